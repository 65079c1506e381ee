// Tokens grouped into sentences, over line ends where a line was broken.
//
// A sentence ends at . ! ? … before white space and what can begin one (a capital, a digit, a quotation mark, a dash), at the end of a
// paragraph, heading or list item, and at an emoji before a capital. It does not end at an abbreviation's point, an initial's, or where
// the next word is in lower case. A semicolon or colon ends nothing. A line runs on into the next one when it has no final mark and the
// next begins in lower case, or the paragraph is wrapped at a width.
//
// Abbreviations are rows of kind "abbreviation" (codebooks/.../abbreviations.toml); `words` are the abbreviations without their last
// point, not patterns; `gives` is
//   open     something belonging to it follows: «ул.», «г.», "Mr.": never an end
//   number   so before a number («стр. 31», "No. 3", "Sept. 9"), an end before another capital
//   close    can end a sentence («т.д.», «млн.», "a.m.", "U.S."): ends it before a word that is no name
//   starter  no abbreviation but a word that begins sentences ("The", "He"): decides after `close` where there is no dictionary
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// The tokens of one line: indices into Text::tokens.
struct LineTokens {
  std::uint32_t line = 0;  // index into Document::lines (or the line's number where the document has none)
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  LineKind kind = LineKind::article;
};

// Immutable; threads may share one.
class SentenceSplitter {
 public:
  SentenceSplitter();
  ~SentenceSplitter();
  SentenceSplitter(SentenceSplitter&&) noexcept;
  SentenceSplitter& operator=(SentenceSplitter&&) noexcept;

  [[nodiscard]] static Result<SentenceSplitter> make(const Codebook& book);

  // Fills text.sentences from text.tokens. `lines` holds every line, empty ones too. Linear in tokens and lines.
  void split(std::string_view document_text, const std::vector<LineTokens>& lines, Text& text) const;

  struct Impl;  // opaque; named by the .cc file only

 private:
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
