// Who is named in a sentence: officials, bodies and outlets of the gazetteer in all their case forms, and people known by the form of
// their name only ("Vasyl K.", "Mr Vodolatsky", «голова громади Ірина Шевченко»).
//
//   ActorFinder actors = ActorFinder::make(book, gazetteer).value();
//   actors.find(text, document, sentence)
//   «за словами міського голови Івана Федорова»  { name "Івана Федорова", person, ukraine, id "p:ivan-fedorov",
//                                                  with_title «міського голови Івана Федорова» }
//
// A first name alone is a private person: side resident. The side of others that the gazetteer lacks stays unknown here; common nouns
// for voices ("the mayor", "residents") are found with the reporting frames (mention/attribution.h).
//
// Rows, kind "title": words before or after a name that belong to it; gives = the side that the title settles, or "".
// Kind "given-name": first names, for texts without a dictionary. Rows of kind "speaker" with kind = "office" are titles too.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one. The gazetteer must outlive it.
class ActorFinder {
 public:
  ActorFinder();
  ~ActorFinder();
  ActorFinder(ActorFinder&&) noexcept;
  ActorFinder& operator=(ActorFinder&&) noexcept;

  // kConfig errors name the row's file and line.
  [[nodiscard]] static Result<ActorFinder> make(const Codebook& book, const Gazetteer& gazetteer);

  // The actors of one sentence, by span, not overlapping. Linear in the sentence.
  [[nodiscard]] std::vector<Actor> find(const Text& text, const Document& document, const Sentence& sentence) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
