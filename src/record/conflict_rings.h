// Sets of three to five figures that cannot all be true, and larger ones.
#pragma once

#include <functional>
#include <optional>

#include "record/arrows.h"
#include "record/conflicts.h"

namespace litopys {

// Calls `keep` with the best ring of three to five bounds through each claim that is not in `paired`: fewest claims, then largest excess,
// then first claims; no smaller set of its claims is contradicted by itself.
void small_rings(const Arrows& arrows, const std::function<bool(FactId)>& paired, SearchWork& work,
                 const std::function<void(const Conflict&)>& keep);

// One set of more than five, where there is one: any ring, with claims left out as long as the rest cannot be true.
[[nodiscard]] std::optional<Conflict> larger_ring(const Arrows& arrows, SearchWork& work);

}  // namespace litopys
