// From a document to its sentences and words: the whole stage behind one object.
//
//   Result<TextAnalyser> analyser = TextAnalyser::load("data/morphology", book);
//   Text text = analyser->analyse(document);
//   for (const Sentence& s : text.sentences) for (const Token& t : text.tokens_of(s)) ... text.lemma(t)
//
// What counts as one token is said in text/token.h, what as one sentence in text/sentence.h.
#pragma once

#include <filesystem>
#include <memory>

#include "base/language.h"
#include "base/result.h"
#include "codebook/codebook.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Immutable after load; threads may share one.
class TextAnalyser {
 public:
  TextAnalyser();
  ~TextAnalyser();
  TextAnalyser(TextAnalyser&&) noexcept;
  TextAnalyser& operator=(TextAnalyser&&) noexcept;

  // The dictionaries uk.dict, ru.dict and en.dict of `morphology_dir` (each may be missing: its words then have guessed readings only)
  // and the rows of kind "abbreviation". A broken dictionary is a kConfig error.
  [[nodiscard]] static Result<TextAnalyser> load(const std::filesystem::path& morphology_dir, const Codebook& book);

  // The language of a document's lines (text/language.h); of a Cyrillic text that has no telling letter («Видали сорок паспортiв» has one,
  // «Роздали паспорти» none) the one whose dictionary knows more of its words.
  [[nodiscard]] Language language_of(const Document& document) const;

  // Lines that Document::lines leaves out are not read; without lines the text is cut at its line feeds. Document::language decides
  // which dictionary is asked first; `other` is detected from the text. Cannot fail: any bytes are input. Linear in the text.
  [[nodiscard]] Text analyse(const Document& document) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
