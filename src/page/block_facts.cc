// Bytes are sorted into classes by a table; letters beyond ASCII count by their lead byte, which is enough to count words and capitals.
#include "page/block_facts.h"

#include <algorithm>
#include <array>

namespace litopys {
namespace {

using html::Block;
using html::Page;

constexpr std::uint32_t kSentenceWords = 8;
constexpr float kScoreUnit = 1.0F / 1024;

enum Class : unsigned char { kOther, kBlank, kLower, kUpper, kDigit, kStop, kComma, kBar, kLead, kTail };

constexpr std::array<unsigned char, 256> kClasses = [] {
  std::array<unsigned char, 256> out{};
  for (unsigned c = 'a'; c <= 'z'; ++c) out[c] = kLower;
  for (unsigned c = 'A'; c <= 'Z'; ++c) out[c] = kUpper;
  for (unsigned c = '0'; c <= '9'; ++c) out[c] = kDigit;
  out[' '] = out['\n'] = out['\t'] = kBlank;
  out['.'] = out['!'] = out['?'] = kStop;
  out[','] = out[';'] = out[':'] = kComma;
  out['|'] = out['/'] = kBar;
  for (unsigned c = 0x80; c <= 0xBF; ++c) out[c] = kTail;
  for (unsigned c = 0xC0; c <= 0xFF; ++c) out[c] = kLead;
  return out;
}();

// Capitals beyond ASCII: Latin-1 and the Cyrillic of the three languages.
bool capital(unsigned char a, unsigned char b) {
  return (a == 0xC3 && b >= 0x80 && b <= 0x9E) || (a == 0xD0 && b >= 0x80 && b <= 0xAF) || (a == 0xD2 && b == 0x90);
}

// The last character's kind, closing quotation marks and brackets aside.
unsigned char last_of(std::string_view text) {
  while (!text.empty()) {
    const char c = text.back();
    if (c == '"' || c == '\'' || c == ')' || c == ']' || c == ' ') {
      text.remove_suffix(1);
    } else if (text.ends_with("”") || text.ends_with("’") || text.ends_with("“") || text.ends_with("›")) {
      text.remove_suffix(3);
    } else if (text.ends_with("»")) {
      text.remove_suffix(2);
    } else {
      break;
    }
  }
  if (text.empty()) return 0;
  if (text.ends_with("...") || text.ends_with("…")) return 4;
  if (text.back() == '.' || text.ends_with("。")) return 1;
  if (text.back() == '?' || text.back() == '!') return 2;
  return text.back() == ':' ? 3 : 0;
}

unsigned char first_of(std::string_view text) {
  if (text.empty()) return 0;
  const auto a = static_cast<unsigned char>(text[0]);
  const auto b = static_cast<unsigned char>(text.size() > 1 ? text[1] : 0);
  if (kClasses[a] == kLower) return 1;
  if (kClasses[a] == kUpper) return 2;
  if (kClasses[a] == kDigit) return 3;
  if (a == '"' || a == '\'' || text.starts_with("“") || text.starts_with("„") || text.starts_with("«") || text.starts_with("‘")) return 4;
  if (kClasses[a] == kLead && a < 0xE0) return capital(a, b) ? 2 : 1;
  return 0;
}

BlockFacts facts_of(std::string_view text, const Block& block, const HashTable& learned) {
  BlockFacts facts;
  facts.bytes = static_cast<std::uint32_t>(text.size());
  std::uint32_t hash = kHashStart;
  std::uint32_t all = kHashStart;
  std::uint32_t wide = 0;  // characters of scripts that are written without blanks: two make a word
  std::uint32_t run = 0;   // digits in a row
  std::int32_t score = 0;
  std::int32_t worst = 0;
  std::uint32_t scored = 0;
  bool inside = false;
  const std::size_t size = text.size();
  const auto ask = [&] {
    if (hash != kHashStart && scored < kScoredWords) {
      const std::int32_t weight = learned[hash | 1U];
      score += weight;
      worst = std::min(worst, weight);
      ++scored;
    }
    hash = kHashStart;
  };
  for (std::size_t i = 0; i < size; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned char kind = kClasses[c];
    if (kind == kBlank) {
      inside = false;
      run = 0;
      ask();
      continue;
    }
    const bool begins = !inside;
    facts.words += begins;
    inside = true;
    if (kind == kDigit) {
      ++facts.digits;
      ++run;
      if (run == 4 && (i + 1 >= size || kClasses[static_cast<unsigned char>(text[i + 1])] != kDigit)) {
        facts.year = facts.year || (text[i - 3] == '2' && text[i - 2] == '0') || (text[i - 3] == '1' && text[i - 2] == '9');
      }
      continue;
    }
    switch (kind) {
      case kLower:
        ++facts.letters;
        hash = hash_step(hash, c);
        break;
      case kUpper:
        ++facts.letters;
        ++facts.upper;
        facts.capital_words += begins;
        hash = hash_step(hash, c + 32);
        break;
      case kStop:
        facts.stops += i + 1 >= size || text[i + 1] == ' ' || kClasses[static_cast<unsigned char>(text[i + 1])] >= kStop;
        ask();
        break;
      case kComma:
        ++facts.commas;
        if (c == ':') {
          facts.clock =
              facts.clock || (run > 0 && run <= 2 && i + 2 < size && kClasses[static_cast<unsigned char>(text[i + 1])] == kDigit &&
                              kClasses[static_cast<unsigned char>(text[i + 2])] == kDigit);
          facts.address = facts.address || text.compare(i, 3, "://") == 0;
        }
        ask();
        break;
      case kBar:
        facts.bars += begins;
        ask();
        break;
      case kLead: {
        const auto next = static_cast<unsigned char>(i + 1 < size ? text[i + 1] : 0);
        wide += c >= 0xE3 && c <= 0xED;
        if (c == 0xC2) {
          facts.bars += begins && (next == 0xB7 || next == 0xBB);
          facts.copyright = facts.copyright || next == 0xA9;
          ask();
        } else if (c == 0xE2) {
          facts.bars += begins && next == 0x80 && i + 2 < size &&
                        (static_cast<unsigned char>(text[i + 2]) == 0xA2 || static_cast<unsigned char>(text[i + 2]) == 0xBA);
          facts.stops += next == 0x80 && i + 2 < size && static_cast<unsigned char>(text[i + 2]) == 0xA6;
          ask();
        } else {
          ++facts.letters;
          const bool big = capital(c, next);
          facts.upper += big;
          facts.capital_words += begins && big;
          hash = hash_step(hash_step(hash, c), next);
        }
        break;
      }
      case kTail: break;
      default:
        facts.address = facts.address || c == '@';
        ask();
        break;
    }
    run = 0;
  }
  ask();
  for (const char c : text.substr(0, 200)) all = hash_step(all, static_cast<unsigned char>(c));
  facts.text_hash = all;
  facts.address = facts.address || text.find("www.") != std::string_view::npos;
  bool mark = facts.stops + facts.commas > 0;
  if (wide > 8) {
    facts.words += wide / 2;
    mark = mark || text.find("。") != std::string_view::npos || text.find("、") != std::string_view::npos;
  }
  facts.word_score = static_cast<float>(score) * kScoreUnit;
  facts.worst_word = static_cast<float>(worst) * kScoreUnit;
  facts.first = first_of(text);
  facts.last = last_of(text);
  facts.link_share = text.empty() ? 0 : static_cast<float>(block.link_bytes) / static_cast<float>(text.size());
  facts.sentence = (facts.words >= kSentenceWords && mark) || facts.words >= 25;
  facts.good = facts.sentence && facts.link_share < 0.5F;
  return facts;
}

}  // namespace

std::vector<BlockFacts> facts_of(const Page& page, const HashTable& learned_words) {
  std::vector<BlockFacts> out;
  out.reserve(page.blocks.size());
  for (const Block& block : page.blocks) out.push_back(facts_of(block.text.of(page.text), block, learned_words));
  return out;
}

void hashed_text_words(std::string_view text, std::vector<std::uint32_t>& out) {
  // The same cuts as in the walk above.
  std::uint32_t hash = kHashStart;
  const auto flush = [&] {
    if (hash != kHashStart) out.push_back(hash | 1U);
    hash = kHashStart;
  };
  for (std::size_t i = 0; i < text.size() && out.size() < kScoredWords; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    switch (kClasses[c]) {
      case kLower: hash = hash_step(hash, c); break;
      case kUpper: hash = hash_step(hash, c + 32); break;
      case kDigit:
      case kTail: break;
      case kLead:
        if (c == 0xC2 || c == 0xE2) {
          flush();
        } else {
          hash = hash_step(hash_step(hash, c), static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0));
        }
        break;
      default: flush(); break;
    }
  }
  flush();
  if (out.size() > kScoredWords) out.resize(kScoredWords);
}

}  // namespace litopys
