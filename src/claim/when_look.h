// The times that a claim may have, with what speaks for each: those that its sentence names, those of the sentences before it, of the
// claims before it, of the head, the report's own day, and none.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "claim/scene.h"
#include "claim/when.h"
#include "claim/when_rules.h"
#include "claim/when_sign.h"

namespace litopys {

// A time that a claim may have.
struct WhenLook {
  WhenAnswer answer;  // no value: none
  std::array<float, kWhenSigns> signs{};
};

// What a claim's time was chosen from, for those who learn the weights.
struct WhenChoice {
  std::size_t index = 0;  // of the sentence
  MeasureId measure = 0;
  std::optional<Span> figure;
  std::vector<WhenLook> looks;
};

// All that may be chosen for a claim of `measure` in sentence `index`; none first. `ruled` is what the rules say, `pointed` what the
// encoder made of it. A count that is told as a fact has no day after the report. At most 32, and no two of the same value; O(times of nine
// sentences and of the head).
[[nodiscard]] std::vector<WhenLook> when_looks(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame,
                                               const WhenAnswer& ruled, const WhenAnswer& pointed);

// The one that its signs and `weights` speak for most; the first of equals.
[[nodiscard]] const WhenLook& likeliest_when(const std::vector<WhenLook>& looks, const WhenWeights& weights);

// What spoke most for a look, for `why`: "ruled_own +2.0; reader +1.1".
[[nodiscard]] std::string reasons_of(const WhenLook& look, const WhenWeights& weights);

}  // namespace litopys
