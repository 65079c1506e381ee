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

// The code point that starts at `offset`. A malformed sequence gives kReplacement for its maximal subpart (Unicode 15, 3.9, table 3-8).
[[nodiscard]] Decoded decode(std::string_view text, std::size_t offset);

// The code point that ends right before `offset`; value 0 and size 0 at the beginning.
[[nodiscard]] Decoded decode_before(std::string_view text, std::size_t offset);

void append(std::string& out, char32_t value);

// The offset of the first malformed byte, or npos where all is well-formed.
[[nodiscard]] std::size_t first_invalid(std::string_view text);

// `text` with each malformed sequence replaced by U+FFFD; counts the replacements.
[[nodiscard]] std::string repaired(std::string_view text, std::size_t* replaced = nullptr);

// Simple (one to one) case folding to lower case for Latin (ASCII, Latin-1, Latin Extended-A), Greek and Cyrillic; others unchanged.
[[nodiscard]] char32_t lower(char32_t value);
[[nodiscard]] bool is_upper(char32_t value);
[[nodiscard]] bool is_letter(char32_t value);  // Latin, Greek, Cyrillic and other letters (ICU's u_isalpha outside ASCII and Cyrillic)
[[nodiscard]] bool is_cyrillic(char32_t value);
[[nodiscard]] bool is_space(char32_t value);  // White_Space, and no-break, thin, zero-width spaces and the BOM
[[nodiscard]] bool is_digit(char32_t value);  // ASCII digits only: figures in reports are written with these

void append_lower(std::string& out, std::string_view text);
[[nodiscard]] std::string lowered(std::string_view text);

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
