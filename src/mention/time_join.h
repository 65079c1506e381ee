// Pieces that have their dates, and what becomes of neighbours: intervals ("from May to June") and runs ("in September and October").
#pragma once

#include <optional>
#include <vector>

#include "mention/mention.h"
#include "mention/time_pieces.h"

namespace litopys {

// A piece and what it comes to. `dates` are all that it means (equal for a point), without its frame; `time` is what it is by itself, with
// it: "by May 2024" has the dates 2024-05/2024-05 and the time ../2024-05.
struct ResolvedPiece {
  TimePiece piece;
  std::optional<time_rules::Dates> dates;
  Time time;
};

// The interval that neighbours are, or nullopt: "from 1 to 5 May", "2014–2022", "1 June to 30 November". Without `when` where one of them
// has no dates.
[[nodiscard]] std::optional<Time> interval_of(const TimeSentence& sentence, const ResolvedPiece& from, const ResolvedPiece& to);

// Gives the times of a sentence, left to right, disjoint: of two that are an interval one, of those that are a run one, of any other its
// own. What is counted from a time that nobody named ("that day") is none.
[[nodiscard]] std::vector<Time> join_times(const TimeSentence& sentence, std::vector<ResolvedPiece> pieces);

}  // namespace litopys
