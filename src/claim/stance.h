// Is it so, planned, threatened, possible, or said not to be so?
#pragma once

#include "claim/scene.h"

namespace litopys {

// The stance of `measure` in sentence `index`: the strongest word of the codebook (kind `stance`) in whose scope the measure's words
// stand, else what the reader makes of the sentence as a whole, else the measure's habit. Linear in the sentence's cues and tokens.
[[nodiscard]] Given<Stance> stance_of(const Scene& scene, std::size_t index, MeasureId measure);

}  // namespace litopys
