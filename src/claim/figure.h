// Which number of a sentence belongs to which measure.
#pragma once

#include <vector>

#include "claim/scene.h"

namespace litopys {

// A figure with the words that it stands on.
struct FigureChoice {
  Figure figure;
  Span span;  // of the quantity
};

// For each of `measures` (those that sentence `index` makes) its figures from left to right, with the reason; none is an answer. One
// quantity may serve two measures only where the sentence has no other (an order to several hundred workers, and its date).
// Durations count only where they are the sentence's one number, under a measure that takes days.
[[nodiscard]] std::vector<std::vector<Given<FigureChoice>>> figures_of(const Scene& scene, std::size_t index,
                                                                       const std::vector<MeasureId>& measures);

}  // namespace litopys
