// When the thing holds.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "claim/scene.h"

namespace litopys {

// A claim that was made before, as far as it bears on the next one's time.
struct DatedClaim {
  std::size_t index = 0;  // of its sentence
  MeasureId measure = 0;
  std::optional<When> when;
  std::optional<std::int64_t> figure;  // where it is a whole number
};

// Times that the head of a document names: its title and the short lines above the article.
struct HeadTime {
  const Time* time = nullptr;
  std::size_t index = 0;  // of the line's sentence
};

// What else of the sentence and the document bears on a claim's time.
struct WhenFrame {
  bool only = true;               // no other claim of the measure stands in the sentence
  Span part;                      // the stretch of the sentence that the claim stands in; the whole sentence if it has one figure at most
  std::optional<Span> figure;     // the claim's number
  std::optional<When> deadline;   // of a claim of the same sentence
  std::optional<When> earlier;    // of the last claim of the same measure
  const Time* leading = nullptr;  // a date that stands alone before the passage: "August."
  Stance stance = Stance::asserted;
  std::span<const DatedClaim> before;  // the claims so far
  std::span<const HeadTime> head;
};

// The time of sentence `index` if it is nothing but a date, and so dates what follows in its paragraph; else nullptr.
[[nodiscard]] const Time* leading_time(const Scene& scene, std::size_t index);

// The times of the head, in order.
[[nodiscard]] std::vector<HeadTime> head_times(const Scene& scene);

// The time of a claim of `measure` in sentence `index`; no value where the document does not say. A day of reporting ("said on
// Friday") dates running totals only.
[[nodiscard]] Given<std::optional<When>> when_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame);

}  // namespace litopys
