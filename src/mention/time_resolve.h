// Which dates a piece means: counted from the day of publication, or from what the passage has said before it.
//
//   published 2023-12-07:  "In March 2022 … it opened on 5 May."  -> 2022-03; 2022-05-05, of the passage's year
#pragma once

#include <optional>
#include <vector>

#include "base/edtf.h"
#include "mention/time_join.h"
#include "mention/time_pieces.h"

namespace litopys {

// What the document and the sentences before tell a sentence about its times.
struct TimePassage {
  std::optional<Date> published;  // what is counted from
  std::optional<Date> last;       // the last time of the paragraph, from which "the next day" and "the 20th" are counted: where it begins,
  std::optional<When> span;       // and all of it
  std::optional<Date> dated;      // the last that had its year: a date without one shares it
  std::optional<When> earlier;    // the last time of the paragraph before, which only "since then" and the like may mean
};

// Gives each of `pieces`, whose surroundings are read, with its dates and with the time that it is by itself; none is left out. Within the
// sentence one is counted from those before it. What no anchor fixes has no dates. O(bytes of the sentence).
[[nodiscard]] std::vector<ResolvedPiece> resolve_pieces(const TimeSentence& sentence, const TimePassage& passage,
                                                        std::vector<TimePiece> pieces);

}  // namespace litopys
