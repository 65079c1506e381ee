// Places of a sentence as codes of the guide: names in all case forms of three languages, adjectives («запорізькі лікарні»), and the
// codebook's phrases for territories ("the occupied south").
//
//   PlaceFinder places = PlaceFinder::make(book, gazetteer).value();
//   places.find(text, document, sentence)
//   «у Мелітополі Запорізької області»   { UA-23/Melitopol, setting }: of two that lie in one another the finer one
//   "the Kherson governor"               { UA-65/Kherson, name_part }
//
// Rows: kinds "place" and "place-context" (codebooks/passportization/places.toml says what `gives` may be), and the endings of
// mention/names.h.
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
class PlaceFinder {
 public:
  PlaceFinder();
  ~PlaceFinder();
  PlaceFinder(PlaceFinder&&) noexcept;
  PlaceFinder& operator=(PlaceFinder&&) noexcept;

  // kConfig errors name the row's file and line. Costs tens of milliseconds: the names are inflected here.
  [[nodiscard]] static Result<PlaceFinder> make(const Codebook& book, const Gazetteer& gazetteer);

  // The places of one sentence, by span. A name that several places have is decided by what else the sentence names, occupation,
  // kind and size. Linear in the sentence.
  [[nodiscard]] std::vector<Place> find(const Text& text, const Document& document, const Sentence& sentence) const;

  // The same for all sentences at once: a name that several places have is decided by the regions that the document names.
  [[nodiscard]] std::vector<std::vector<Place>> find_all(const Text& text, const Document& document) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// Places that stand inside an actor's name or title are part of it: sets PlaceRole::name_part. Both by span.begin, as found.
void mark_name_parts(std::vector<Place>& places, const std::vector<Actor>& actors);

}  // namespace litopys
