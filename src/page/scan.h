// Looking for a byte or a few bytes in memory, sixteen at a time where the machine can (SSE2), without a call: most runs in markup are
// short. All take [at, end) of `bytes` and give `end` where there is nothing. No byte outside of the range is read.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace litopys::scan {

[[nodiscard]] inline std::size_t byte(const char* bytes, std::size_t at, std::size_t end, char a) {
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8(a);
  // Sixty-four at once: where it is found is then no branch that is hard to foretell.
  for (; at + 64 <= end; at += 64) {
    const auto* const from = reinterpret_cast<const __m128i*>(bytes + at);
    const auto hits = [&](int k) {
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128(from + k), va))))
             << (16 * k);
    };
    const std::uint64_t mask = hits(0) | hits(1) | hits(2) | hits(3);
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
  for (; at + 16 <= end; at += 16) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, va)));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < end && bytes[at] != a) ++at;
  return at;
}

// The first of up to three bytes; of fewer one stands twice.
[[nodiscard]] inline std::size_t any(const char* bytes, std::size_t at, std::size_t end, char a, char b, char c) {
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b), vc = _mm_set1_epi8(c);
  for (; at + 16 <= end; at += 16) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(sixteen, va), _mm_cmpeq_epi8(sixteen, vb)), _mm_cmpeq_epi8(sixteen, vc));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < end && bytes[at] != a && bytes[at] != b && bytes[at] != c) ++at;
  return at;
}

// The first byte beyond ASCII.
[[nodiscard]] inline std::size_t beyond_ascii(const char* bytes, std::size_t at, std::size_t end) {
#if defined(__SSE2__)
  for (; at + 16 <= end; at += 16) {
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at))));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < end && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

// How many ASCII letters stand in the run of ASCII that begins at `at`, which is moved to its end.
[[nodiscard]] inline std::size_t ascii_letters(const char* bytes, std::size_t& at, std::size_t end) {
  std::size_t count = 0;
#if defined(__SSE2__)
  for (; at + 16 <= end; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i small = _mm_or_si128(v, _mm_set1_epi8(0x20));
    const __m128i hits = _mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(small, _mm_set1_epi8('a')), _mm_set1_epi8('z')), small);
    const auto letters = static_cast<unsigned>(_mm_movemask_epi8(hits)), beyond = static_cast<unsigned>(_mm_movemask_epi8(v));
    if (beyond != 0) {
      const auto run = static_cast<unsigned>(std::countr_zero(beyond));
      at += run;
      return count + static_cast<std::size_t>(std::popcount(letters & ((1U << run) - 1U)));
    }
    count += static_cast<std::size_t>(std::popcount(letters));
  }
#endif
  for (; at < end && static_cast<unsigned char>(bytes[at]) < 0x80; ++at)
    count += static_cast<unsigned char>((static_cast<unsigned char>(bytes[at]) | 0x20U) - 'a') < 26U;
  return count;
}

// Whether one of three bytes is in [at, end); up to `readable` bytes may be looked at.
[[nodiscard]] inline bool has_any(const char* bytes, std::size_t at, std::size_t end, std::size_t readable, char a, char b, char c) {
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b), vc = _mm_set1_epi8(c);
  for (; at < end && at + 16 <= readable; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)), _mm_cmpeq_epi8(v, vc));
    const unsigned own = end - at >= 16 ? 0xFFFFU : (1U << (end - at)) - 1U;
    if ((static_cast<unsigned>(_mm_movemask_epi8(hits)) & own) != 0) return true;
  }
  if (at >= end) return false;
#endif
  return any(bytes, at, end, a, b, c) != end;
}

// The first byte beyond ASCII, or zero.
[[nodiscard]] inline std::size_t plain_ascii(const char* bytes, std::size_t at, std::size_t end) {
#if defined(__SSE2__)
  for (; at + 16 <= end; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(v, _mm_cmpeq_epi8(v, _mm_setzero_si128()))));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < end && bytes[at] != 0 && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

// The first digit of ASCII.
[[nodiscard]] inline std::size_t digit(const char* bytes, std::size_t at, std::size_t end) {
#if defined(__SSE2__)
  const __m128i low = _mm_set1_epi8('0'), high = _mm_set1_epi8('9');
  for (; at + 16 <= end; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(v, low), high), v)));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < end && (bytes[at] < '0' || bytes[at] > '9')) ++at;
  return at;
}

// The first byte that is no blank of HTML (space, tab, LF, FF, CR).
[[nodiscard]] inline std::size_t not_blank(const char* bytes, std::size_t at, std::size_t end) {
#if defined(__SSE2__)
  for (; at + 16 <= end; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i lines = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\r')));
    const __m128i feeds = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\f')));
    const __m128i blank = _mm_or_si128(_mm_or_si128(lines, feeds), _mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(blank)) ^ 0xFFFFU;
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\f')) ++at;
  return at;
}

// How many of the sixteen bytes at `bytes` stand before the first one that can end a tag's name: control characters, blank, '/' and '>'.
[[nodiscard]] inline std::size_t tag_name_size(const char* bytes) {
#if defined(__SSE2__)
  const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(' ')), v);
  const __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')), _mm_cmpeq_epi8(v, _mm_set1_epi8('>')));
  return static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, marks))) | 0x10000U));
#else
  std::size_t size = 0;
  while (size < 16 && static_cast<unsigned char>(bytes[size]) > ' ' && bytes[size] != '/' && bytes[size] != '>') ++size;
  return size;
#endif
}

// The end of a run of visible text: the first control character, blank, or lead byte of a character that may be a space or nothing
// (U+0080..00BF, U+1000..3FFF, U+F000..FFFF). With `single`, a blank that an ASCII letter follows stays inside. Up to `readable` bytes may
// be looked at.
[[nodiscard]] inline std::size_t text_end(const char* bytes, std::size_t at, std::size_t end, std::size_t readable, bool single) {
#if defined(__SSE2__)
  const __m128i control = _mm_set1_epi8(0x1F), space = _mm_set1_epi8(' '), e1 = _mm_set1_epi8('\xE1'), e3 = _mm_set1_epi8('\xE3');
  const __m128i inside = _mm_set1_epi8(single ? '\xFF' : '\0');
  for (; at < end && at + 17 <= readable; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at + 1));
    const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, control), v);
    const __m128i blank = _mm_andnot_si128(_mm_and_si128(_mm_cmpgt_epi8(next, space), inside), _mm_cmpeq_epi8(v, space));
    const __m128i wide = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\xC2')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\xEF')));
    const __m128i middle = _mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(v, e1), e3), v);
    auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(low, blank), _mm_or_si128(wide, middle))));
    if (end - at <= 16) {
      // What lies behind is not the text's own, nor does it follow the text's last blank.
      const std::size_t rest = end - at;
      mask |= 1U << rest | static_cast<unsigned>(bytes[end - 1] == ' ') << (rest - 1);
      return at + static_cast<std::size_t>(std::countr_zero(mask));
    }
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  for (; at < end; ++at) {
    const auto c = static_cast<unsigned char>(bytes[at]);
    if (c == ' ' && single && at + 1 < end && bytes[at + 1] > ' ' && static_cast<unsigned char>(bytes[at + 1]) < 0x80) continue;
    if (c <= ' ' || c == 0xC2 || (c >= 0xE1 && c <= 0xE3) || c == 0xEF) break;
  }
  return std::min(at, end);
}

// How many of the bytes [at, end) are `a`. Up to `readable` bytes may be looked at.
[[nodiscard]] inline std::size_t count(const char* bytes, std::size_t at, std::size_t end, std::size_t readable, char a) {
  std::size_t out = 0;
#if defined(__SSE2__)
  for (; at < end && at + 16 <= readable; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(a))));
    out += static_cast<std::size_t>(std::popcount(end - at >= 16 ? mask : mask & ((1U << (end - at)) - 1U)));
  }
#endif
  for (; at < end; ++at) out += bytes[at] == a;
  return out;
}

// Where `needle` (two bytes at least) begins in `text` from `at` on, npos where it does not: its first and its last byte are looked for
// together, so that a common first letter costs nothing.
[[nodiscard]] inline std::size_t needle(std::string_view text, std::string_view needle, std::size_t at = 0) {
  const std::size_t size = needle.size();
  if (text.size() < size) return std::string_view::npos;
  const std::size_t end = text.size() - size + 1;  // of the places where it may begin
#if defined(__SSE2__)
  const __m128i first = _mm_set1_epi8(needle.front()), last = _mm_set1_epi8(needle.back());
  for (; at + 16 <= end; at += 16) {
    const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i b = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + size - 1));
    auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, last))));
    for (; mask != 0; mask &= mask - 1) {
      const std::size_t here = at + static_cast<std::size_t>(std::countr_zero(mask));
      if (std::memcmp(text.data() + here + 1, needle.data() + 1, size - 1) == 0) return here;
    }
  }
#endif
  for (; at < end; ++at) {
    if (text[at] == needle.front() && std::memcmp(text.data() + at, needle.data(), size) == 0) return at;
  }
  return std::string_view::npos;
}

}  // namespace litopys::scan
