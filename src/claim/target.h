// Whom a measure is done to.
#pragma once

#include <string>
#include <vector>

#include "claim/scene.h"

namespace litopys {

// Ids of the groups that sentence `index` names (codebook kind `target-group`), in the codebook's order; where it names none and goes
// on with what the sentence before says, that one's. A word for people at large steps back before a group of its own. `before` are the
// targets of the claims of the sentence before, as this function gave them.
[[nodiscard]] Given<std::vector<std::string>> targets_of(const Scene& scene, std::size_t index, MeasureId measure);

}  // namespace litopys
