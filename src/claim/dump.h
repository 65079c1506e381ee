// A document with its claims for a person at a terminal: each claim with its sentence, the words that its slots rest on underlined.
//
//   #1 issuance 0.91
//   | Over 2 million residents of the region have received passports, the ministry said on Monday.
//   | ^^^^^^^^^^^^^^ figure
//     figure    over 2000000 passport   (figure.nearest)
#pragma once

#include <string>

#include "claim/claim.h"

namespace litopys {

// Gives the whole document as text with line ends, colourless, at most `width` columns for the sentences (a longer word stands out).
// Cannot fail: spans outside the text or the sentence are named by their line instead of underlined. O(text + spans).
[[nodiscard]] std::string explain(const ClaimDocument& document, std::size_t width = 110);

}  // namespace litopys
