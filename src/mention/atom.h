// A sentence cut finer than words: a hyphenated word is its parts, digits and letters that touch are two atoms. Numbers and times are
// read over atoms, so that "20-річний", "34k", "twenty-three" and «два-три» need no rules of their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

enum class AtomKind : unsigned char { word, number, mark };

struct Atom {
  Span span;  // bytes of Document::text
  AtomKind kind = AtomKind::word;
  bool space_before = false;
  bool capital = false;
  bool whole_token = false;  // the token's readings are this atom's
  std::uint32_t token = 0;   // index into Text::tokens; that of the last one where no token lies here
  char32_t mark = 0;
  std::uint32_t form_begin = 0;  // into Atoms::forms
  std::uint32_t form_end = 0;
  std::uint64_t key = 0;   // of the form (text/token.h, word_key)
  std::uint64_t mask = 0;  // of the form's and its lemmas' keys (mask_of_key): what shares no bit with it is none of them
};

[[nodiscard]] constexpr std::uint64_t mask_of_key(std::uint64_t key) { return 1ULL << (key * 0x9E3779B97F4A7C15ULL >> 58U); }

struct Atoms {
  std::vector<Atom> list;
  std::string forms;  // words folded to lower case (ё = е, apostrophes as ', stress marks off), digits and marks as they are

  [[nodiscard]] std::size_t size() const { return list.size(); }
  [[nodiscard]] const Atom& operator[](std::size_t i) const { return list[i]; }
  [[nodiscard]] std::string_view form(std::size_t i) const {
    return std::string_view(forms).substr(list[i].form_begin, list[i].form_end - list[i].form_begin);
  }
  [[nodiscard]] bool is_word(std::size_t i) const { return i < list.size() && list[i].kind == AtomKind::word; }
  [[nodiscard]] bool is_number(std::size_t i) const { return i < list.size() && list[i].kind == AtomKind::number; }
  [[nodiscard]] bool is_mark(std::size_t i, char32_t m) const {
    return i < list.size() && list[i].kind == AtomKind::mark && list[i].mark == m;
  }
  [[nodiscard]] bool is_dash(std::size_t i) const {
    return i < list.size() && list[i].kind == AtomKind::mark &&
           (list[i].mark == U'-' || (list[i].mark >= 0x2010 && list[i].mark <= 0x2015));
  }
  // True where atom i touches the one before it.
  [[nodiscard]] bool touches(std::size_t i) const { return i > 0 && i < list.size() && !list[i].space_before; }
};

// O(bytes of the sentence). Quotation marks are left out of the list: they say how much a number is vouched for, not what it is. So is
// an apostrophe that is no letter and stands in no number: "year's" is "year" and "s".
[[nodiscard]] Atoms cut_atoms(const Text& text, const Document& document, const Sentence& sentence);

}  // namespace litopys
