// Half-open byte ranges of one text. Inside the program offsets are always bytes of UTF-8; code points exist only where JSON is
// written or read (base/utf8.h has the one function for that step).
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace litopys {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(std::uint32_t offset) const { return begin <= offset && offset < end; }
  [[nodiscard]] constexpr bool covers(Span other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  // The bytes themselves. Precondition: the span lies inside `text`.
  [[nodiscard]] constexpr std::string_view of(std::string_view text) const { return text.substr(begin, size()); }

  friend constexpr bool operator==(Span, Span) = default;
  friend constexpr auto operator<=>(Span, Span) = default;
};

// The smallest span that covers both.
[[nodiscard]] constexpr Span joined(Span a, Span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

}  // namespace litopys
