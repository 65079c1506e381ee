// Figures as bounds: the interval that a figure gives, and the bounds on a curve that a binding claim sets with it.
#pragma once

#include <vector>

#include "record/words.h"

namespace litopys {

// Sets low, high, exact_low and exact_high of a fact's figure. False where it is no count: negative, too large, too fine.
[[nodiscard]] bool set_interval(Fact& fact);

// One inequality on the curve of a claim's measure, place and group.
enum class BoundKind : unsigned char {
  low,          // N(to) >= amount
  high,         // N(to) <= amount
  period_low,   // N(to) - N(from) >= amount
  period_high,  // N(to) - N(from) <= amount
};

struct CurveBound {
  FactId fact = 0;
  std::uint32_t curve = 0;
  BoundKind kind = BoundKind::low;
  Side side = Side::unknown;  // of the fact
  DayNumber from = 0;
  DayNumber to = 0;
  Amount amount;
};

// Appends what the claim bounds (its `curve` left at 0), also lows of zero and open highs, so that every day it names is seen.
void append_bounds(const Facts& facts, FactId fact, std::vector<CurveBound>& out);

}  // namespace litopys
