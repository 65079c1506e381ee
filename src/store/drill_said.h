// The drill on what people said: reviews and marks, changed, dropped, swapped or forged in evidence, log and record. Inside store/ only.
#pragma once

#include <span>

#include "store/drill_copy.h"

namespace litopys {

// Two reviews (one that something is wrong) and two marks, so that there is something to attack. Where the key is not at hand, those that
// are there must do. Gives a problem where there are too few claims.
[[nodiscard]] DrillProblem say_something(const DrillCopy& copy);

// On a copy in which something was said.
[[nodiscard]] std::span<const DrillAttack> attacks_on_what_was_said();

}  // namespace litopys
