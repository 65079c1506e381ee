// Looking for a byte or a few bytes in memory, sixteen at a time where the machine can (SSE2), without a call: most runs in markup are
// short. All take [at, end) of `bytes` and give `end` where there is nothing. No byte outside of the range is read.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace litopys::scan {

[[nodiscard]] inline std::size_t byte(const char* bytes, std::size_t at, std::size_t end, char a) {
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8(a);
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
