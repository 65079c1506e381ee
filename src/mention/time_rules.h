// The arithmetic of times: what a row's `gives` means and which day, month or year it comes to. No text here.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/edtf.h"

namespace litopys::time_rules {

enum class Base : unsigned char { day, week, month, year, last_days, fixed_day, fixed_month };
enum class Edge : unsigned char { none, start, end };

// A time counted from the day of publication.
struct Relative {
  Base base = Base::day;
  int offset = 0;
  bool counted = false;  // the offset is a number of the text; `offset` is its sign
  Edge edge = Edge::none;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
};

// "day-1", "year+0.end", "month-#", "last-#days", "12-31", "m5"; nullopt for anything else.
[[nodiscard]] std::optional<Relative> parse_relative(std::string_view gives);

// First and last date; equal for a point. nullopt where the anchor is too coarse to tell or the calendar ends.
using Dates = std::pair<Date, Date>;
[[nodiscard]] std::optional<Dates> resolve(const Relative& relative, Date published, int count);

enum class Lean : unsigned char { past, future };

// A date without a year (day with month, month, season), put into the year nearest to `published`; what lies against the lean counts
// double. Where only the year of publication is known, that year.
[[nodiscard]] std::optional<Date> nearest(std::uint8_t month, std::uint8_t day, Date published, Lean lean);

// The weekday (1 Monday .. 7) nearest to `published` on the leaning side; `shift` -1 the one before today, +1 the one after. A
// published month or year alone is given back as it is.
[[nodiscard]] std::optional<Date> weekday(std::uint8_t weekday, Date published, Lean lean, std::optional<int> shift);

enum class Part : unsigned char { none, start, middle, end, half1, half2, q1, q2, q3, q4 };
[[nodiscard]] std::optional<Part> parse_part(std::string_view gives);

// The months of a half or quarter of a year; else the date itself twice.
[[nodiscard]] Dates within(Date date, Part part);

}  // namespace litopys::time_rules
