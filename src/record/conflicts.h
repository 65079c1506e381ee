// Smallest sets of figures that cannot all be true.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "record/system.h"

namespace litopys {

inline constexpr std::size_t kLargestSet = 5;

struct Conflict {
  std::vector<FactId> facts;  // in the order of the cycle
  Amount excess;              // how far the cycle is below zero
};

struct Conflicts {
  std::vector<Conflict> sets;  // each once, by their claims
  bool cut_short = false;      // the search was ended before all claims had their best set
};

// For each claim of the solved side's contradicted systems the best set of at most five claims that cannot all be true though all its
// parts can: fewest claims, then largest excess, then first claims. A measure's system that only fails by larger sets gives one of them.
[[nodiscard]] Conflicts find_conflicts(const System& system, const Solved& solved);

// The best sets of the claims that are wanted, as find_conflicts has them, of bounds that stand on negative rings; the claim first whose
// best set it is. Those of other claims may be among them. False where the search was ended before all had theirs.
[[nodiscard]] bool small_sets(const Arrows& at_odds, const std::function<bool(FactId)>& wanted,
                              const std::function<void(const Conflict&)>& keep);

// Whether claims (any few) cannot all be true.
[[nodiscard]] bool cannot_be(const System& system, const std::vector<FactId>& facts);

}  // namespace litopys
