// What a character means to the tokeniser and the sentence splitter.
#pragma once

#include <string_view>

#include "base/utf8.h"

namespace litopys {

enum class CharClass : unsigned char { space, letter, digit, mark, apostrophe, hyphen, symbol, ignorable, punctuation };

// Marks that stand on the letter before them (stress, decomposed й and ї).
[[nodiscard]] constexpr bool is_combining(char32_t c) { return c >= 0x300 && c <= 0x36F; }

// Characters that show nothing: soft hyphen, joiners, variation selectors, direction marks.
[[nodiscard]] constexpr bool is_ignorable(char32_t c) {
  return c == 0xAD || (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0x20E3 || (c >= 0xE0020 && c <= 0xE007F);
}

[[nodiscard]] constexpr bool is_emoji(char32_t c) {
  return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2300 && c <= 0x23FF) ||
         (c >= 0x25A0 && c <= 0x25FF) || (c >= 0x2B00 && c <= 0x2BFF) || c == 0x203C || c == 0x2049 || c == 0x3030 || c == 0x303D;
}

[[nodiscard]] constexpr bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2018 || c == '`' || c == 0xB4 || c == 0x2032;
}

[[nodiscard]] constexpr bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
[[nodiscard]] constexpr bool is_dash(char32_t c) { return is_hyphen(c) || (c >= 0x2012 && c <= 0x2015) || c == 0x2212; }

[[nodiscard]] constexpr bool is_double_quote(char32_t c) {
  return c == '"' || c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F) || c == 0x2033;
}

[[nodiscard]] inline CharClass classify(char32_t c) {
  if (c < 0x80) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return CharClass::letter;
    if (c >= '0' && c <= '9') return CharClass::digit;
    if (c == '\'' || c == '`') return CharClass::apostrophe;
    if (c == '-') return CharClass::hyphen;
    return utf8::is_space(c) ? CharClass::space : CharClass::punctuation;
  }
  if (c >= 0x400 && c <= 0x481) return CharClass::letter;
  if (is_apostrophe(c)) return CharClass::apostrophe;
  if (is_hyphen(c)) return CharClass::hyphen;
  if (utf8::is_space(c)) return CharClass::space;
  if (is_combining(c)) return CharClass::mark;
  if (is_ignorable(c)) return CharClass::ignorable;
  if (is_emoji(c)) return CharClass::symbol;
  if (utf8::is_letter(c)) return CharClass::letter;
  return CharClass::punctuation;
}

}  // namespace litopys
