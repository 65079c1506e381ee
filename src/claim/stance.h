// Is it so, planned, threatened, possible, or said not to be so?
#pragma once

#include "claim/scene.h"

namespace litopys {

// What the rules say of the stance of `measure` in sentence `index`: the strongest word of the codebook (kind `stance`) in whose scope the
// measure's words stand, else what the reader makes of the sentence as a whole, else the measure's habit. Linear in the sentence's cues
// and tokens.
struct RuledStance {
  Given<Stance> given;
  bool voted = false;  // by a word of the sentence
};
[[nodiscard]] RuledStance ruled_stance(const Scene& scene, std::size_t index, MeasureId measure);

// The stance: what the rules say, unless the signs weighed together (claim/stance_weights.h) speak more for another; those count where the
// careful reader looked and the codebook has weights.
[[nodiscard]] Given<Stance> stance_of(const Scene& scene, std::size_t index, MeasureId measure);

}  // namespace litopys
