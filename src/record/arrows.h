// Bounds as arrows of the constraint graph: a set of claims cannot be true exactly when their bounds close a negative ring. Between two
// bounds of it lie only free steps (to an earlier day, to a part, to zero), so a ring is a ring of bounds, each of which may follow the one
// before.
#pragma once

#include <unordered_map>
#include <vector>

#include "record/system.h"

namespace litopys {

[[nodiscard]] inline bool arrow_from_zero(const CurveBound& b) { return b.kind == BoundKind::high; }
[[nodiscard]] inline bool arrow_to_zero(const CurveBound& b) { return b.kind == BoundKind::low; }
// The day of the point that the bound starts from and of the one it leads to, as an arrow of the constraint graph.
[[nodiscard]] inline DayNumber arrow_tail(const CurveBound& b) { return b.kind == BoundKind::period_high ? b.from : b.to; }
[[nodiscard]] inline DayNumber arrow_head(const CurveBound& b) { return b.kind == BoundKind::period_low ? b.from : b.to; }
[[nodiscard]] inline Amount arrow_weight(const CurveBound& b) {
  return b.kind == BoundKind::low || b.kind == BoundKind::period_low ? Amount() - b.amount : b.amount;
}
[[nodiscard]] inline bool arrow_idle(const CurveBound& b) {
  return b.kind == BoundKind::low || b.kind == BoundKind::period_low ? b.amount <= Amount() : b.amount >= kOpen;
}

// Whether free steps lead from the head of a to the tail of b.
[[nodiscard]] inline bool arrow_follows(const System& system, const CurveBound& a, const CurveBound& b) {
  if (arrow_from_zero(b)) return true;  // nothing is below zero: every point leads to it
  if (arrow_to_zero(a)) return false;
  return arrow_tail(b) <= arrow_head(a) && system.within(b.curve, a.curve);
}

// Two bounds that cannot both hold.
[[nodiscard]] inline bool arrows_opposed(const System& system, const CurveBound& a, const CurveBound& b) {
  return arrow_weight(a) + arrow_weight(b) < Amount() && arrow_follows(system, a, b) && arrow_follows(system, b, a);
}

// The bounds that one search looks at, those of a claim side by side.
struct Arrows {
  const System& system;
  std::vector<const CurveBound*> bounds;  // in the order of System::bounds
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_curve;

  [[nodiscard]] const CurveBound& bound(std::uint32_t i) const { return *bounds[i]; }
};

// In the order of the facts, with `by_curve`.
[[nodiscard]] Arrows sorted_arrows(const System& system, std::vector<const CurveBound*> bounds);

// The weight of a negative ring of the facts' bounds; something not negative where there is none. O(facts³).
[[nodiscard]] Amount lightest_ring(const System& system, const std::vector<FactId>& facts);

// Steps of work that a search may still take. Hostile input has more contradictions than anybody can read.
struct SearchWork {
  static constexpr std::int64_t kMost = 400'000'000;  // of one side's search before it gives up on the rest
  std::int64_t done = 0;
  bool cut_short = false;
  [[nodiscard]] bool spent() const { return done > kMost; }
};

}  // namespace litopys
