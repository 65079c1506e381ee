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
// `within` (all of the sentence, or one clause of it) is where those words are looked for; words that govern all of a sentence count
// wherever they stand.
[[nodiscard]] RuledStance ruled_stance(const Scene& scene, std::size_t index, MeasureId measure, std::optional<Span> within = std::nullopt);

// The stance: what the rules say, unless the signs weighed together (claim/stance_weights.h) speak more for another; those count where the
// careful reader looked and the codebook has weights.
[[nodiscard]] Given<Stance> stance_of(const Scene& scene, std::size_t index, MeasureId measure);

// That of each of several figures of `item`: a word in the clause of one does not govern the others (claim/stance_clause.h).
[[nodiscard]] std::vector<Given<Stance>> stances_of(const Scene& scene, std::size_t index, MeasureId measure, Span item,
                                                    std::span<const Span> figures);

}  // namespace litopys
