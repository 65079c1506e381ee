// A figure as an interval, after RECORD.md "Figures as bounds": what the words leave open stays open.
#pragma once

#include <optional>

#include "claim/claim.h"

namespace litopys {

struct Interval {
  Decimal low;
  std::optional<Decimal> high;  // nullopt: open
};

// "3.5 million" is 3,450,000 to 3,550,000 (rounded to its last non-zero digit), "over 3 million" is from 3 million on, "several thousand"
// 2,000 to 10,000. Arithmetic that leaves the range of Decimal falls back to the value itself.
[[nodiscard]] Interval interval_of(const Figure& figure);

}  // namespace litopys
