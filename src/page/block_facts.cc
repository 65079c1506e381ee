// Sixty-four bytes at a time become a mask of bits for each class of bytes (SSE2 where the machine has it), and counts are counts of bits;
// what needs its neighbours (full stops, clocks, years) is looked at where a mask has a bit. Letters beyond ASCII count by their lead byte,
// which is enough to count words and capitals.
#include "page/block_facts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "page/scan.h"

namespace litopys {
namespace {

using html::Block;
using html::Page;

constexpr std::uint32_t kSentenceWords = 8;  // run like a sentence where there is a mark
constexpr std::uint32_t kLongWords = 25;     // need none
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

// A bit for each of up to 64 bytes.
struct Masks {
  std::uint64_t blank = 0, lower = 0, upper = 0, digit = 0, stop = 0, comma = 0, colon = 0, bar = 0, at = 0, lead = 0, latin = 0, signs = 0,
                cased = 0;
};

#if defined(__SSE2__)
Masks masks_of(const char* bytes, std::size_t count) {
  Masks out;
  const auto all = [](int byte) { return _mm_set1_epi8(static_cast<char>(byte)); };
  for (std::size_t begin = 0; begin < count; begin += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + begin));
    const auto is = [&](int byte) { return _mm_cmpeq_epi8(v, all(byte)); };
    const auto within = [&](int low, int high) { return _mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(v, all(low)), all(high)), v); };
    const auto either = [](__m128i a, __m128i b) { return _mm_or_si128(a, b); };
    const auto put = [&](std::uint64_t& mask, __m128i hits) {
      mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hits))) << begin;
    };
    put(out.blank, either(is(' '), either(is('\n'), is('\t'))));
    put(out.lower, within('a', 'z'));
    put(out.upper, within('A', 'Z'));
    put(out.digit, within('0', '9'));
    put(out.stop, either(is('.'), either(is('!'), is('?'))));
    const __m128i colon = is(':');
    put(out.colon, colon);
    put(out.comma, either(colon, either(is(','), is(';'))));
    put(out.bar, either(is('|'), is('/')));
    put(out.at, is('@'));
    if (_mm_movemask_epi8(v) == 0) continue;
    put(out.lead, within(0xC0, 0xFF));
    put(out.latin, is(0xC2));
    put(out.signs, is(0xE2));
    put(out.cased, either(is(0xC3), either(is(0xD0), is(0xD2))));
  }
  return out;
}
#else
Masks masks_of(const char* bytes, std::size_t count) {
  Masks out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    const std::uint64_t bit = std::uint64_t{1} << i;
    switch (kClasses[c]) {
      case kBlank: out.blank |= bit; break;
      case kLower: out.lower |= bit; break;
      case kUpper: out.upper |= bit; break;
      case kDigit: out.digit |= bit; break;
      case kStop: out.stop |= bit; break;
      case kComma: out.comma |= bit; break;
      case kBar: out.bar |= bit; break;
      case kLead: out.lead |= bit; break;
      default: break;
    }
    if (c == ':') out.colon |= bit;
    if (c == '@') out.at |= bit;
    if (c == 0xC2) out.latin |= bit;
    if (c == 0xE2) out.signs |= bit;
    if (c == 0xC3 || c == 0xD0 || c == 0xD2) out.cased |= bit;
  }
  return out;
}
#endif

// The same for blanks and for bytes beyond ASCII alone.
void masks_of_blanks(const char* bytes, std::size_t count, std::uint64_t& blank, std::uint64_t& high) {
#if defined(__SSE2__)
  for (std::size_t begin = 0; begin < count; begin += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + begin));
    const __m128i lines = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
    const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')), lines);
    blank |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hits))) << begin;
    high |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(v))) << begin;
  }
#else
  for (std::size_t i = 0; i < count; ++i) {
    blank |= static_cast<std::uint64_t>(kClasses[static_cast<unsigned char>(bytes[i])] == kBlank) << i;
    high |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]) >> 7U) << i;
  }
#endif
}

std::uint32_t bits(std::uint64_t mask) { return static_cast<std::uint32_t>(std::popcount(mask)); }

template <class Work>
void each_bit(std::uint64_t mask, Work work) {
  for (; mask != 0; mask &= mask - 1) work(static_cast<std::size_t>(std::countr_zero(mask)));
}

// Hands the text to `work` sixty-four bytes at a time, with how many of them are its own. `readable` bytes may be read from its beginning:
// more than are its own.
template <class Work>
void each_chunk(std::string_view text, std::size_t readable, Work work) {
  for (std::size_t begin = 0; begin < text.size(); begin += 64) {
    const std::size_t count = std::min<std::size_t>(text.size() - begin, 64);
    if (begin + 64 <= readable) {
      work(text.data() + begin, begin, count);
    } else {
      std::array<char, 64> padded{};
      std::memcpy(padded.data(), text.data() + begin, count);
      work(padded.data(), begin, count);
    }
  }
}

std::uint64_t own_bits(std::size_t count) { return count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1; }

// Words in a text: runs between blanks, and in scripts that are written without blanks one for two characters.
struct WordCount {
  std::uint32_t words = 0;
  bool wide = false;  // such a script
};

WordCount words_of(std::string_view text, std::size_t readable) {
  WordCount out;
  std::uint32_t wide = 0;
  bool blank_before = true;
  each_chunk(text, readable, [&](const char* bytes, std::size_t, std::size_t count) {
    std::uint64_t blank = 0, high = 0;
    masks_of_blanks(bytes, count, blank, high);
    const std::uint64_t own = own_bits(count);
    out.words += bits(~blank & (blank << 1U | static_cast<std::uint64_t>(blank_before)) & own);
    blank_before = (blank >> 63U) != 0;
    if ((high & own) == 0) return;
    for (std::size_t i = 0; i < count; ++i)
      wide += static_cast<unsigned char>(static_cast<unsigned char>(bytes[i]) - 0xE3U) <= 0xEDU - 0xE3U;
  });
  out.wide = wide > 8;
  if (out.wide) out.words += wide / 2;
  return out;
}

void complete(std::string_view text, std::size_t readable, BlockFacts& facts) {
  facts.completed = true;
  const std::size_t size = text.size();
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(i < size ? text[i] : 0); };
  const auto digit_at = [&](std::size_t i) { return kClasses[byte_at(i)] == kDigit; };
  bool blank_before = true;
  each_chunk(text, readable, [&](const char* bytes, std::size_t begin, std::size_t count) {
    const Masks m = masks_of(bytes, count);
    const std::uint64_t own = own_bits(count);
    const std::uint64_t words = ~m.blank & (m.blank << 1U | static_cast<std::uint64_t>(blank_before)) & own;
    blank_before = (m.blank >> 63U) != 0;
    facts.digits += bits(m.digit & own);
    facts.letters += bits((m.lower | m.upper | (m.lead & ~m.latin & ~m.signs)) & own);
    facts.upper += bits(m.upper & own);
    facts.capital_words += bits(words & m.upper);
    facts.commas += bits(m.comma & own);
    facts.bars += bits(words & m.bar);
    facts.address = facts.address || (m.at & own) != 0;
    each_bit(m.stop & own, [&](std::size_t k) {
      const std::size_t next = begin + k + 1;
      facts.stops += next >= size || text[next] == ' ' || kClasses[byte_at(next)] >= kStop;
    });
    each_bit(m.colon & own, [&](std::size_t k) {
      const std::size_t i = begin + k;
      if (i > 0 && digit_at(i - 1) && !(i > 2 && digit_at(i - 2) && digit_at(i - 3)))
        facts.clock = facts.clock || (digit_at(i + 1) && digit_at(i + 2));
      facts.address = facts.address || text.compare(i, 3, "://") == 0;
    });
    if (!facts.year) {
      // Runs of exactly four digits.
      each_bit(m.digit & ~(m.digit << 1U) & own, [&](std::size_t k) {
        const std::size_t i = begin + k;
        if ((i > 0 && digit_at(i - 1)) || !digit_at(i + 1) || !digit_at(i + 2) || !digit_at(i + 3) || digit_at(i + 4)) return;
        facts.year = facts.year || (text[i] == '2' && text[i + 1] == '0') || (text[i] == '1' && text[i + 1] == '9');
      });
    }
    if ((m.lead & own) == 0) return;
    each_bit(m.cased & own, [&](std::size_t k) {
      const bool big = capital(byte_at(begin + k), byte_at(begin + k + 1));
      facts.upper += big;
      facts.capital_words += big && (words >> k & 1U) != 0;
    });
    each_bit((m.latin | m.signs) & own, [&](std::size_t k) {
      const bool begins = (words >> k & 1U) != 0;
      const unsigned char next = byte_at(begin + k + 1), third = byte_at(begin + k + 2);
      if ((m.latin >> k & 1U) != 0) {
        facts.bars += begins && (next == 0xB7 || next == 0xBB);
        facts.copyright = facts.copyright || next == 0xA9;
      } else if (next == 0x80) {
        facts.bars += begins && (third == 0xA2 || third == 0xBA);
        facts.stops += third == 0xA6;
      }
    });
  });
  facts.address = facts.address || scan::needle(text, "www.") != std::string_view::npos;
  facts.first = first_of(text);
}

BlockFacts outline_of(std::string_view text, std::size_t readable, const Block& block) {
  BlockFacts facts;
  facts.bytes = static_cast<std::uint32_t>(text.size());
  const WordCount count = words_of(text, readable);
  facts.words = count.words;
  facts.text_hash = hash_of_bytes(text.substr(0, 200));
  facts.last = last_of(text);
  facts.link_share = text.empty() ? 0 : static_cast<float>(block.link_bytes) / static_cast<float>(text.size());
  if (facts.link_share >= 0.5F || facts.words < kSentenceWords) return facts;
  facts.good = facts.words >= kLongWords;
  if (facts.good) return facts;
  complete(text, readable, facts);
  facts.good = facts.stops + facts.commas > 0 ||
               (count.wide && (text.find("。") != std::string_view::npos || text.find("、") != std::string_view::npos));
  return facts;
}

// Letters in lower case; 1 for what stands inside words without a say (digits, the rest of a letter beyond ASCII).
constexpr std::array<unsigned char, 256> kHashed = [] {
  std::array<unsigned char, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    if (kClasses[c] == kLower) out[c] = static_cast<unsigned char>(c);
    if (kClasses[c] == kUpper) out[c] = static_cast<unsigned char>(c + 32);
    if (kClasses[c] == kDigit || kClasses[c] == kTail) out[c] = 1;
  }
  return out;
}();

// Hands the hashes of the first words to `take`.
template <class Take>
void first_words(std::string_view text, Take take) {
  std::uint32_t hash = kHashStart;
  std::size_t count = 0;
  const auto flush = [&] {
    if (hash != kHashStart && count < kScoredWords) {
      take(hash | 1U);
      ++count;
    }
    hash = kHashStart;
  };
  for (std::size_t i = 0; i < text.size() && count < kScoredWords; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned char letter = kHashed[c];
    if (letter > 1) {
      hash = hash_step(hash, letter);
    } else if (letter == 1) {
      continue;
    } else if (c < 0xC0 || c == 0xC2 || c == 0xE2) {
      flush();
    } else {
      hash = hash_step(hash_step(hash, c), static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0));
    }
  }
  flush();
}

}  // namespace

std::vector<BlockFacts> outlines_of(const Page& page) {
  std::vector<BlockFacts> out;
  out.reserve(page.blocks.size());
  for (const Block& block : page.blocks) out.push_back(outline_of(block.text.of(page.text), page.text.size() - block.text.begin, block));
  return out;
}

void complete(const Page& page, std::size_t block, BlockFacts& facts) {
  const Span text = page.blocks[block].text;
  if (!facts.completed) complete(text.of(page.text), page.text.size() - text.begin, facts);
}

void score_words(std::string_view text, const HashTable& learned, BlockFacts& facts) {
  std::int32_t score = 0, worst = 0;
  first_words(text, [&](std::uint32_t word) {
    const std::int32_t weight = learned[word];
    score += weight;
    worst = std::min(worst, weight);
  });
  facts.word_score = static_cast<float>(score) * kScoreUnit;
  facts.worst_word = static_cast<float>(worst) * kScoreUnit;
}

void hashed_text_words(std::string_view text, std::vector<std::uint32_t>& out) {
  first_words(text, [&](std::uint32_t word) { out.push_back(word); });
}

}  // namespace litopys
