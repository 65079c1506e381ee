// The times of a sentence before anything around them is read: dates of the calendar, phrases that count from another day, bare days,
// each with the atoms that it covers.
//
//   "by the end of May, two weeks later"  -> "May"; "two weeks later"
//
// Here stand also the two values that every later step takes: the sentence and a piece. The steps, in order: collect_pieces, read_around
// (mention/time_around.h), resolve_pieces (mention/time_resolve.h), join_times (mention/time_join.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"
#include "mention/atom.h"
#include "mention/time_rows.h"
#include "mention/time_rules.h"
#include "page/calendar.h"
#include "text/text.h"

namespace litopys {

// A sentence as the steps see it; what it refers to must live as long.
struct TimeSentence {
  const TimeRows& rows;
  const Text& text;
  const std::string& bytes;  // Document::text
  Span span;
  Atoms atoms;
};

// One time of a sentence. It is a date of the calendar, a bare day ("the 20th": `date` has the day alone) or `relative`.
struct TimePiece {
  std::size_t first = 0, end = 0;  // atoms, outwards to the frame
  std::size_t core = 0;            // first atom of the date itself
  CalendarDate date;               // of the calendar
  bool bare_day = false;           // "the 20th"
  std::optional<time_rules::Relative> relative;
  int count = 0;    // the number that a relative one counts
  std::string row;  // that a relative one is of

  // What the words and pieces by it say of it.
  TimeFrame frame = TimeFrame::none;
  time_rules::Part part = time_rules::Part::none;
  int months = 0;               // of a year: its first so many
  std::optional<int> shift;     // of a month, season or weekday
  bool that = false;            // the one nearest to the time before it
  std::optional<int> year_off;  // "May last year"
  bool year_off_that = false;   // "May of that year": counted from the time before
  bool dated = false;           // of a law or a report: «від 15 квітня»
  std::optional<std::int16_t> lent_year;
};

// Gives the pieces of `sentence`, left to right, disjoint. A year beside its month is of it already («травня минулого року»). Some are no
// time by themselves (a bare year, "may"): read_around decides. O(bytes of the sentence).
[[nodiscard]] std::vector<TimePiece> collect_pieces(const TimeSentence& sentence);

// How many days, weeks, months or years "the first two weeks" are. Precondition: a piece of Base::its_first.
[[nodiscard]] inline int first_count(const TimePiece& piece) { return piece.relative->counted ? piece.count : piece.relative->offset; }

// The word behind a bare day: «29 числа».
[[nodiscard]] inline bool is_day_word(const Atoms& atoms, std::size_t at) { return atoms.is_word(at) && atoms.form(at) == "числа"; }

// «Травень.», "MARCH:", "2023": a chronicle's heading, of what has been.
[[nodiscard]] bool is_chronicle_heading(const TimePiece& piece, const Atoms& atoms);

}  // namespace litopys
