// Whom a measure is done to.
#pragma once

#include <string>
#include <vector>

#include "claim/scene.h"

namespace litopys {

// Ids of the groups that `part` of sentence `index` names (codebook kind `target-group`), in the codebook's order. Where it names none:
// `earlier`, the targets of the claim before in the same passage, if the measure's habit is to go on; else the group that the measure
// befalls by its nature. A word for people at large steps back before a group of its own.
[[nodiscard]] Given<std::vector<std::string>> targets_of(const Scene& scene, std::size_t index, MeasureId measure, Span part,
                                                         const std::vector<TargetId>& earlier);

// What its groups are weighed by (claim/target_weights.h).
[[nodiscard]] TargetSigns target_signs(const Scene& scene, std::size_t index, MeasureId measure, Span part,
                                       const std::vector<TargetId>& earlier);

}  // namespace litopys
