// A claim as a person says it should be: "places=UA-65,UA-23" and the like on top of the claim as it is.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "claim/claim.h"
#include "codebook/codebook.h"

namespace litopys {

// What may stand left of "=": for --help.
inline constexpr const char* kSlotWords =
    "measure, value, value2, bound, unit, places, when, sources, side, stance, credence, targets; lists with commas (sources with ;), none "
    "for nothing";

// `claim` with these slots. Places may be named. Errors: kUsage for a slot or a value that the guide or the codebook does not know, and for
// a figure that would be half.
[[nodiscard]] Result<Claim> corrected(Claim claim, const std::vector<std::string>& slots, const Codebook& book);

}  // namespace litopys
