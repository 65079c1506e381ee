// A claim that somebody found wrong: its number stays taken, so that the names of the others stay theirs.
#pragma once

#include "claim/claim.h"

namespace litopys {

// It has neither words nor measure, and is no claim to any rule of the record.
[[nodiscard]] inline bool taken_out(const Claim& claim) { return claim.quote.empty() && claim.measure.empty(); }

}  // namespace litopys
