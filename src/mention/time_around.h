// What the words and pieces around a piece make of it: shift ("last"), part ("late"), frame ("by"), read outwards; pieces that are one time
// together; the year that two joined dates share.
//
//   "by the end of May"  -> the piece "May" with part end and frame until, from "by" on
#pragma once

#include <vector>

#include "mention/time_pieces.h"

namespace litopys {

// Gives `pieces` (left to right, disjoint) with their surroundings, those that are no time left out: a bare year, a month in lower case
// or a bare day without a word that makes a time of it, a part that has become one with its whole. O(pieces).
[[nodiscard]] std::vector<TimePiece> read_around(const TimeSentence& sentence, std::vector<TimePiece> pieces);

// Whether only a joining word or a dash stands between the two: "March and April".
[[nodiscard]] bool are_joined(const TimeSentence& sentence, const TimePiece& a, const TimePiece& b);
// Whether such a word does as makes a stretch by itself: "1 June to 30 November".
[[nodiscard]] bool are_spanned(const TimeSentence& sentence, const TimePiece& a, const TimePiece& b);
// Whether only a comma does.
[[nodiscard]] bool are_listed(const Atoms& atoms, const TimePiece& a, const TimePiece& b);

}  // namespace litopys
