// Numbers as bounds: "over 2 million" is a floor, not 2,000,000. Digits with every grouping and decimal habit of the three languages,
// words, shares of a whole, ranges, bounds before and behind, percent, currency, counted nouns. Exact: never through a double.
//
//   "понад 2,8 млн паспортів"  -> over 2800000 passport, span of «понад 2,8 млн»
//   "one in ten residents"     -> exact 10 percent
//   "hundreds of people"       -> several 100 person
//
// Dates, ages, ordinals, articles, pages, houses, phone numbers and times of day are no quantities; a numeral with two readings
// ("2,8,3") is left out. A third is 33.3 percent: one decimal where the division does not end. "One" in words counts only in a
// share or before a scale; the rest of small numbers is given, whether a claim takes them is not decided here.
//
// Rows: kinds numeral, share, range, bound, unit, no-quantity, multiple (codebooks/passportization/{numerals,bounds,units}.toml say
// what each gives).
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one.
class QuantityFinder {
 public:
  // A row that cannot be compiled is a kConfig error with its file and line. `book` may be destroyed afterwards.
  [[nodiscard]] static Result<QuantityFinder> make(const Codebook& book);

  // The quantities of `sentence`, left to right, disjoint; none is an answer. Cannot fail; O(bytes of the sentence).
  [[nodiscard]] std::vector<Quantity> find(const Text& text, const Document& document, const Sentence& sentence) const;

  QuantityFinder(QuantityFinder&&) noexcept;
  QuantityFinder& operator=(QuantityFinder&&) noexcept;
  ~QuantityFinder();

 private:
  struct Impl;
  explicit QuantityFinder(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
