// Rows of the codebook compiled to a matcher over words, by lemma. Linear in the sentence for a given lexicon.
//
// A pattern is items separated by blanks, matched against consecutive words (punctuation between them breaks a match, but for
// hyphens, quotation marks and apostrophes):
//   видати         a word with this lemma in any of its readings, or exactly this form (case folded, ё = е)
//   =passed        exactly this form
//   паспорт*       a word that starts so (form or lemma)
//   дати|надати    any of several items
//   ..3            a gap of up to three words (punctuation allowed inside, but no sentence end)
//   _              any one word
//   #              a number (digits or a numeral)
//   ,              that very mark; also  : ; — ( ) " and «» written as "
// An item may be prefixed with ! for "no such word here" only directly before another item: "!не більше ніж".
//
//   Lexicon bounds = Lexicon::compile(book, {"bound"}, Language::uk).value();
//   for (const LexiconHit& hit : bounds.find(text, sentence)) ... book.rows[hit.row].gives
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "text/text.h"

namespace litopys {

struct LexiconHit {
  RowId row = 0;
  std::uint32_t first_token = 0;  // index into Text::tokens
  std::uint32_t token_count = 0;  // gaps included
  Span span;                      // bytes of Document::text
};

// Immutable after compile; threads may share one.
class Lexicon {
 public:
  Lexicon();
  ~Lexicon();
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;

  // The rows of these kinds and this language. A pattern that cannot be parsed is a kConfig error with the row's file and line.
  // `book` may be destroyed afterwards; row ids stay those of `book`.
  [[nodiscard]] static Result<Lexicon> compile(const Codebook& book, std::span<const std::string_view> kinds, Language language);

  // All hits in one sentence, by first token, then longest first. Overlapping hits are all given: the stage that asks decides.
  [[nodiscard]] std::vector<LexiconHit> find(const Text& text, const Sentence& sentence) const;

  struct Impl;  // opaque; named by the .cc file only

 private:
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
