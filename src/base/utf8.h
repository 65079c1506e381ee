// UTF-8 by hand where ICU would be a call per letter. All functions take any bytes; none allocates unless it gives a string.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace litopys::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t value;      // kReplacement for a malformed sequence
  std::uint32_t size;  // bytes eaten, at least 1; 0 only at the end of the text
};

namespace detail {  // what is neither ASCII nor Latin nor Cyrillic goes the long way
[[nodiscard]] Decoded decode_any(std::string_view text, std::size_t offset);
[[nodiscard]] char32_t lower_any(char32_t value);
[[nodiscard]] bool is_letter_any(char32_t value);
void append_any(std::string& out, char32_t value);
}  // namespace detail

// The code point that starts at `offset`. A malformed sequence gives kReplacement for its maximal subpart (Unicode 15, 3.9, table 3-8).
[[nodiscard]] inline Decoded decode(std::string_view text, std::size_t offset) {
  if (offset < text.size()) {
    const auto first = static_cast<unsigned char>(text[offset]);
    if (first < 0x80) return {first, 1};
    if (first >= 0xC2 && first <= 0xDF && offset + 1 < text.size()) {
      const auto second = static_cast<unsigned char>(text[offset + 1]);
      if ((second & 0xC0U) == 0x80) return {(first & 0x1FU) << 6 | (second & 0x3FU), 2};
    }
  }
  return detail::decode_any(text, offset);
}

// The code point that ends right before `offset`; value 0 and size 0 at the beginning.
[[nodiscard]] Decoded decode_before(std::string_view text, std::size_t offset);

inline void append(std::string& out, char32_t value) {
  if (value < 0x80) {
    out += static_cast<char>(value);
  } else if (value < 0x800) {
    const char bytes[] = {static_cast<char>(0xC0U | value >> 6), static_cast<char>(0x80U | (value & 0x3FU))};
    out.append(bytes, 2);
  } else {
    detail::append_any(out, value);
  }
}

// The offset of the first malformed byte, or npos where all is well-formed.
[[nodiscard]] std::size_t first_invalid(std::string_view text);

// `text` with each malformed sequence replaced by U+FFFD; counts the replacements.
[[nodiscard]] std::string repaired(std::string_view text, std::size_t* replaced = nullptr);

// Simple (one to one) case folding to lower case for Latin (ASCII, Latin-1, Latin Extended-A), Greek and Cyrillic; others unchanged.
[[nodiscard]] inline char32_t lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c >= 0x430 && c <= 0x45F) return c;
  if (c >= 0x410 && c <= 0x42F) return c + 32;  // А-Я
  if (c >= 0x400 && c <= 0x40F) return c + 80;  // Ѐ-Џ: Ё, Є, І, Ї
  return detail::lower_any(c);
}
[[nodiscard]] inline bool is_upper(char32_t value) { return lower(value) != value; }
// Latin, Greek, Cyrillic and other letters (ICU's u_isalpha outside ASCII and Cyrillic).
[[nodiscard]] inline bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (c >= 0x400 && c <= 0x481) || detail::is_letter_any(c);
}
[[nodiscard]] constexpr bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x52F; }
// White_Space, and no-break, thin, zero-width spaces and the BOM.
[[nodiscard]] constexpr bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 ||
         c == 0x3000 || c == 0xFEFF;
}
[[nodiscard]] constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }  // ASCII only: figures in reports are written with these

void append_lower(std::string& out, std::string_view text);
[[nodiscard]] std::string lowered(std::string_view text);
// How many letters `text` has where all of them are upper case; 0 where one is not. Linear.
[[nodiscard]] std::size_t capitals(std::string_view text);

[[nodiscard]] std::size_t count_code_points(std::string_view text);

// Byte offsets to code-point offsets of one text (the step to JSON). Ask in any order; asking left to right costs O(n) in all.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text) : text_(text) {}
  [[nodiscard]] std::size_t at(std::size_t byte_offset);

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::size_t point_ = 0;
};

}  // namespace litopys::utf8
