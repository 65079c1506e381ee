// When a thing holds: absolute dates, dates without a year, relative expressions, seasons, parts of months, with the words that make
// a bound of them. Resolved as far as the text and its day of publication fix them, and no further.
//
//   published 2023-12-07:
//   "by 1 July"              -> ../2024-07-01 yearless        «з 1 січня»  -> 2024-01-01/.. yearless
//   "since the beginning of the year" -> 2023-01-01/.. relative.en.time.year+0.start
//   "in March 2014"          -> 2014-03 absolute              "from May 2023 to June 2024" -> 2023-05/2024-06 absolute
//
// A date without a year takes the nearest one: what lies ahead costs more in a sentence about the past, what lies behind costs more
// with "by" and in a sentence about the future. Two dates joined lend each other their year. Early, middle and late keep the month as
// it is; "by the end of May" is its last day. Without a day of publication a relative or yearless time has no `when`.
//
// Rows: kinds time, time-frame, time-join, time-part, time-shift, time-tense, time-paper (codebooks/passportization/times.toml says what
// each gives). The names of months, seasons and weekdays stand in page/calendar_names.cc.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one.
class TimeFinder {
 public:
  // A row that cannot be compiled is a kConfig error with its file and line. `book` may be destroyed afterwards.
  [[nodiscard]] static Result<TimeFinder> make(const Codebook& book);

  // The times of each sentence, left to right, disjoint. What a sentence counts from or leaves out ("the next day", "on the 20th", "in
  // March" behind "5 May 2022") it takes from those before it in its paragraph. Cannot fail; O(bytes of the text).
  [[nodiscard]] std::vector<std::vector<Time>> find_all(const Text& text, const Document& document) const;

  TimeFinder(TimeFinder&&) noexcept;
  TimeFinder& operator=(TimeFinder&&) noexcept;
  ~TimeFinder();

 private:
  struct Impl;
  explicit TimeFinder(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace litopys
