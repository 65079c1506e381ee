// Fields of a head as HTTP, WARC and mail write them: names without regard to case, values with white space around them (RFC 9110 §5.1,
// §5.5; ISO 28500 §4).
#pragma once

#include <algorithm>
#include <string_view>

namespace litopys {

// Whether two names are one: ASCII letters without regard to case. O(size).
[[nodiscard]] inline bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

// A value without the blanks, tabs and line ends around it.
[[nodiscard]] inline std::string_view field_value(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace litopys
