// Bytes read as ASCII, whatever the locale: what formats' own words, headers and digits are written in. Text of reports is base/utf8.h's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace litopys::ascii {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
[[nodiscard]] constexpr unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

// A to Z as small letters; all other bytes stay.
[[nodiscard]] inline std::string lowered(std::string_view bytes) {
  std::string out(bytes);
  for (char& c : out) c = lower(c);
  return out;
}

// Without the blanks and control bytes (up to U+0020) at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view bytes) {
  while (!bytes.empty() && byte_at(bytes, 0) <= ' ') bytes.remove_prefix(1);
  while (!bytes.empty() && byte_at(bytes, bytes.size() - 1) <= ' ') bytes.remove_suffix(1);
  return bytes;
}

// Without the byte order mark of UTF-8.
[[nodiscard]] constexpr std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

// Two small hexadecimal digits a byte.
[[nodiscard]] inline std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += kDigits[byte_at(bytes, i) >> 4U];
    out += kDigits[byte_at(bytes, i) & 15U];
  }
  return out;
}

}  // namespace litopys::ascii
