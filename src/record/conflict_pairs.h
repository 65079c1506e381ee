// Sets of two figures that cannot both be true.
#pragma once

#include <map>

#include "record/arrows.h"

namespace litopys {

struct ConflictPair {
  Amount excess;
  FactId other = kNoFact;
};

// For each claim that has one, the claim that it misses by most (the first of equals). Near linear, but for periods that bound from above.
[[nodiscard]] std::map<FactId, ConflictPair> best_pairs(const Arrows& arrows, SearchWork& work);

}  // namespace litopys
