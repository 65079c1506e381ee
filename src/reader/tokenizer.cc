// Viterbi over character positions. Pieces lie sorted, so that those that begin at a position are found by narrowing a range byte by byte:
// no tree has to be built when the file is opened.
#include "reader/tokenizer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::string_view kBlank = "\xE2\x96\x81";  // U+2581
constexpr std::size_t kMostBytes = 1U << 16;
constexpr float kUnknownPenalty = 10.0F;  // below the least likely piece, as SentencePiece has it

bool left_out(char32_t c) {
  return c == 0xAD || c == 0x301 || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0x202A && c <= 0x202E);
}

// Letters written with a mark of their own: и + breve, е and і + diaeresis.
char32_t composed(char32_t letter, char32_t mark) {
  if (mark == 0x306) return letter == 0x438 ? 0x439 : letter == 0x418 ? 0x419 : 0;
  if (mark != 0x308) return 0;
  switch (letter) {
    case 0x435: return 0x451;
    case 0x415: return 0x401;
    case 0x456: return 0x457;
    case 0x406: return 0x407;
    default: return 0;
  }
}

}  // namespace

bool sound(const PieceTable& t) {
  const std::size_t n = t.scores.size();
  if (n == 0 || n > (1U << 24) || t.offsets.size() != n + 1 || t.offsets.front() != 0 || t.offsets.back() != t.bytes.size()) return false;
  if (t.becomes.size() != t.normal.size() + 1 || t.becomes.front() != 0 || t.becomes.back() != t.normal_bytes.size()) return false;
  for (std::size_t i = 0; i < n; ++i) {
    if (t.offsets[i] >= t.offsets[i + 1] || t.offsets[i + 1] > t.bytes.size() || !std::isfinite(t.scores[i])) return false;
  }
  const auto piece = [&](std::size_t i) { return t.bytes.substr(t.offsets[i], t.offsets[i + 1] - t.offsets[i]); };
  for (std::size_t i = 1; i < n; ++i) {
    if (piece(i - 1) >= piece(i)) return false;
  }
  for (std::size_t i = 0; i < t.normal.size(); ++i) {
    if (t.becomes[i] > t.becomes[i + 1] || (i > 0 && t.normal[i - 1] >= t.normal[i])) return false;
  }
  return true;
}

PieceTokenizer::PieceTokenizer(const PieceTable& table) : table_(table) {
  const auto n = static_cast<std::uint32_t>(pieces());
  std::uint32_t at = 0;
  for (std::size_t b = 0; b < 256; ++b) {
    first_[b] = at;
    while (at < n && static_cast<unsigned char>(table_.bytes[table_.offsets[at]]) == b) ++at;
  }
  first_[256] = n;
  for (std::uint32_t i = 0; i < table_.normal.size() && table_.normal[i] < short_.size(); ++i) short_[table_.normal[i]] = i + 1;
  unknown_score_ = *std::ranges::min_element(table_.scores) - kUnknownPenalty;
}

std::string_view PieceTokenizer::piece(std::uint32_t id) const {
  if (id >= pieces()) return {};
  return table_.bytes.substr(table_.offsets[id], table_.offsets[id + 1] - table_.offsets[id]);
}

std::string PieceTokenizer::normalise(std::string_view text) const {
  if (text.size() > kMostBytes) text = text.substr(0, kMostBytes);
  std::string out;
  out.reserve(text.size() + text.size() / 2 + 8);
  bool blank = true;  // one goes in front of the next character
  char32_t previous = 0;
  const auto put = [&](char32_t c) {
    if (c == ' ') {
      blank = true;
      return;
    }
    if (blank) out += kBlank;
    blank = false;
    utf8::append(out, c);
  };
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded decoded = utf8::decode(text, i);
    i += decoded.size;
    const char32_t c = decoded.value;
    if (left_out(c)) continue;
    if (const char32_t whole = composed(previous, c); whole != 0 && !blank && out.size() >= 2) {
      out.resize(out.size() - 2);  // the letter before: Cyrillic, two bytes
      utf8::append(out, whole);
      previous = whole;
      continue;
    }
    previous = c;
    std::uint32_t entry = 0;
    if (c < short_.size()) {
      entry = short_[c];
    } else {
      const auto at = std::ranges::lower_bound(table_.normal, static_cast<std::uint32_t>(c));
      if (at != table_.normal.end() && *at == c) entry = static_cast<std::uint32_t>(at - table_.normal.begin()) + 1;
    }
    if (entry == 0) {
      put(c);
      continue;
    }
    const std::string_view instead =
        table_.normal_bytes.substr(table_.becomes[entry - 1], table_.becomes[entry] - table_.becomes[entry - 1]);
    for (std::size_t k = 0; k < instead.size();) {
      const utf8::Decoded one = utf8::decode(instead, k);
      k += one.size;
      put(one.value);
    }
  }
  return out;
}

std::vector<std::uint32_t> PieceTokenizer::cut(std::string_view text, std::size_t most) const {
  const std::string s = normalise(text);
  const std::size_t n = s.size();
  if (n == 0 || pieces() == 0) return {};
  constexpr float kNever = -std::numeric_limits<float>::infinity();
  struct Best {
    float score = kNever;
    std::uint32_t from = 0, piece = 0;
  };
  std::vector<Best> best(n + 1);
  best[0].score = 0;
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  for (std::size_t i = 0; i < n; ++i) {
    if (best[i].score == kNever) continue;
    const float score = best[i].score;
    std::size_t next = i + 1;
    while (next < n && continues(s[next])) ++next;
    bool single = false;
    const auto b = static_cast<unsigned char>(s[i]);
    std::uint32_t low = first_[b], high = first_[b + 1U];
    for (std::size_t length = 1; low < high;) {
      if (table_.offsets[low + 1] - table_.offsets[low] == length) {  // the shortest of the range stands first
        const std::size_t end = i + length;
        const float sum = score + table_.scores[low];
        if (sum > best[end].score) best[end] = {sum, static_cast<std::uint32_t>(i), low};
        single = single || end == next;
        ++low;
      }
      if (i + length >= n) break;
      const auto byte = static_cast<unsigned char>(s[i + length]);
      const auto at = [&](std::uint32_t p) { return static_cast<unsigned char>(table_.bytes[table_.offsets[p] + length]); };
      std::uint32_t l = low, h = high;
      while (l < h) {
        const std::uint32_t middle = l + (h - l) / 2;
        if (at(middle) < byte) {
          l = middle + 1;
        } else {
          h = middle;
        }
      }
      low = l;
      h = high;
      while (l < h) {
        const std::uint32_t middle = l + (h - l) / 2;
        if (at(middle) <= byte) {
          l = middle + 1;
        } else {
          h = middle;
        }
      }
      high = l;
      ++length;
    }
    if (!single && score + unknown_score_ > best[next].score) {
      best[next] = {score + unknown_score_, static_cast<std::uint32_t>(i), unknown()};
    }
  }
  std::vector<std::uint32_t> out;
  for (std::size_t i = n; i > 0; i = best[i].from) {
    // Unknown characters in a row are one piece.
    if (best[i].piece != unknown() || out.empty() || out.back() != unknown()) out.push_back(best[i].piece);
  }
  std::ranges::reverse(out);
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace litopys
