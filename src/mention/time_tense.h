// The tenses of a sentence, and on which side of the day that it is counted from a time of it lies.
//
//   "Saldo said on Monday that they will …"  -> "Monday" by a past: the last one
//   "On Monday they will vote."              -> by a future: the next
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "mention/time_pieces.h"

namespace litopys {

// The verbs that have a tense, and the words that make one ("will", «буде»).
struct SentenceTenses {
  std::vector<std::pair<std::size_t, Tense>> verbs;  // by atom
  bool future = false;                               // one of them is
};

[[nodiscard]] SentenceTenses read_tenses(const TimeSentence& sentence);

// The tense of the verb nearest to `piece`; a mark between them counts as some words. A present beside a future is one: "the vote is on
// 10 September and will be guarded". Tense::unknown where there is no verb. Ask it of a piece whose surroundings are read.
[[nodiscard]] Tense tense_of(const SentenceTenses& tenses, const TimePiece& piece, const Atoms& atoms);

// Where a date without a year, or a weekday, is looked for: by its tense, its frame, and what is a matter of record (the date of a decree,
// the head of a chronicle's entry), which is over whatever the sentence goes on to say.
[[nodiscard]] time_rules::Lean lean_of(const TimeSentence& sentence, const SentenceTenses& tenses, const TimePiece& piece);

}  // namespace litopys
