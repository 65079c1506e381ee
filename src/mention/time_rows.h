// What the codebook says of times (codebooks/passportization/times.toml), ready for use.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/number.h"
#include "mention/phrase.h"
#include "mention/time_rules.h"

namespace litopys {

// What the words before a time make of it.
// `counted`: as of the day where it opens a clause («на 1 июля их было сто», but «назначено на 1 июля»).
enum class TimeFrame : unsigned char { none, until, as_of, counted, since, dated, point, between };

// The rows of one language, kinds `time` and `time-…`.
struct TimeRows {
  NumberRows numbers;
  Phrases times, frames, joins, parts, shifts, tenses, papers;
  std::unordered_map<RowId, time_rules::Relative> relative_of;
  std::unordered_map<RowId, TimeFrame> frame_of;
  std::unordered_map<RowId, time_rules::Part> part_of;
  std::unordered_map<RowId, int> shift_of;    // without those that give "that"
  std::unordered_map<RowId, bool> future_of;  // of a tense row; false for what only looks like one
  std::unordered_set<RowId> spanning;         // joins that need no word before the first of the two
  std::unordered_map<RowId, std::string> ids;

  [[nodiscard]] static Result<TimeRows> compile(const Codebook& book, Language language);
};

}  // namespace litopys
