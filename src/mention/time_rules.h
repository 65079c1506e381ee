// The arithmetic of times: what a row's `gives` means and which day, month or year it comes to. No text here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/edtf.h"

namespace litopys::time_rules {

enum class Base : unsigned char {
  day,
  week,
  month,
  quarter,
  year,
  last_week,
  weekend,
  last_days,
  last_months,
  last_years,
  last_year,     // the twelve months up to it
  first_months,  // of a year
  same,          // the time before it, so many years off
  its_first,     // its first days, weeks, months or years
  since_then,    // from its end on
  by_then,       // up to its end
  fixed_day,
  fixed_month,
  fixed_year,
  fixed_date,
  easter,
  part_of_year
};
enum class Edge : unsigned char { none, start, end };
enum class Part : unsigned char { none, start, middle, end, week1, ten1, ten3, half1, half2, q1, q2, q3, q4 };
[[nodiscard]] std::optional<Part> parse_part(std::string_view gives);

// On which side of the day that is counted from a time is looked for. A day on the other side counts as several, and more
// where it is `surely`; what is `over` has no future, `either` has both.
enum class Lean : unsigned char { past, future, surely_past, surely_future, over, either };
[[nodiscard]] constexpr bool looks_ahead(Lean lean) { return lean == Lean::future || lean == Lean::surely_future; }

// A time counted from the day of publication, or from the time before it in the passage ("that day", "a week later").
struct Relative {
  Base base = Base::day;
  int offset = 0;
  bool counted = false;   // the offset is a number of the text; `offset` is its sign
  bool anchored = false;  // from the time before it
  Edge edge = Edge::none;
  Part part = Part::none;  // of part_of_year, or of a month
  bool by_month = false;   // of a year back: its month, not all of it
  Base unit = Base::day;   // of its_first
  std::int16_t year = 0;   // of fixed_year and fixed_date
  std::uint8_t month = 0;
  std::uint8_t day = 0;
};

// A whole year, by how far off it is: "last year", "that year".
[[nodiscard]] inline bool is_whole_year(const Relative& relative) {
  return relative.base == Base::year && relative.edge == Edge::none && !relative.counted;
}

// "day-1", "year+0.end", "month-#", "that.day+1", "last-week", "weekend", "last-#days", "last-#months", "last-#years", "last-year",
// "last-6months", "first-#months", "that.same-1", "that.first-week", "that.first-2weeks", "that.first-#weeks", "that.since", "that.until",
// "year-1.month", "month+0.half1", "12-31", "m5", "y2022", "d2022-02-24", "q3", "half1", "easter"; nullopt for anything else.
[[nodiscard]] std::optional<Relative> parse_relative(std::string_view gives);

// First and last date; equal for a point. nullopt where the anchor is too coarse to tell or the calendar ends. `lean` is for what
// comes round every year.
using Dates = std::pair<Date, Date>;
[[nodiscard]] std::optional<Dates> resolve(const Relative& relative, Date from, int count, Lean lean);

// The dates so many years on; a leap day comes to the day before.
[[nodiscard]] Dates years_on(Dates dates, int years);

// The first `count` days, weeks, months or years of what begins at `from`; nullopt where `from` is too coarse to tell.
[[nodiscard]] std::optional<Dates> first_of(Base unit, int count, Date from);

// The first `count` months of the year; the last such that are over, unless `lean` looks ahead.
[[nodiscard]] std::optional<Dates> first_months(int count, Date from, Lean lean);

// A date without a year (day with month, month, season), put into the year nearest to `published`. Where only the year of publication
// is known, that year.
[[nodiscard]] std::optional<Date> nearest(std::uint8_t month, std::uint8_t day, Date published, Lean lean);

// The last one that is over before `published` begins (`shift` -1), or the first that begins after it (+1).
[[nodiscard]] std::optional<Date> beside(std::uint8_t month, std::uint8_t day, Date published, int shift);

// Whether a date lies so close to the day of the report that, without a year, it is of the report's.
[[nodiscard]] bool is_close(Date date, Date published);

// "the 20th": that day in the month of `from` or one beside it. Where `from` is no day: in that month, or nullopt if there is none.
[[nodiscard]] std::optional<Date> day_of_month(std::uint8_t day, Date from, Lean lean);

// Easter Sunday of the eastern churches, which is the one of these reports.
[[nodiscard]] std::optional<Date> easter(int year);

// The weekday (1 Monday .. 7) nearest to `published` on the leaning side; `shift` -1 the one before today, +1 the one after. A
// published month or year alone is given back as it is.
[[nodiscard]] std::optional<Date> weekday(std::uint8_t weekday, Date published, Lean lean, std::optional<int> shift);

// The months of a half or quarter of a year, December for its end; else the date itself twice.
[[nodiscard]] Dates within(Date date, Part part);

// Up to where a bound reaches: "by the end of May" to its last day, "by May" to the month as it is.
[[nodiscard]] Date bound_end(Date date, Part part);

}  // namespace litopys::time_rules
