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

// For each of `measures` (those that sentence `index` makes) its figures from left to right, with the reason; none is an answer. A
// quantity serves one measure. A duration counts only where the measure takes them (habit `durations`), it is the sentence's one duration
// and the measure has no other number.
[[nodiscard]] std::vector<std::vector<Given<FigureChoice>>> figures_of(const Scene& scene, std::size_t index,
                                                                       const std::vector<MeasureId>& measures);

}  // namespace litopys
