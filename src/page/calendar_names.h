// Names of the calendar in three languages, all case forms: months, seasons, weekdays, the noun of a year, day numbers in words.
// Wide forms after CLDR 42 (en, uk, ru: format and stand-alone), other cases and newspaper abbreviations our own.
#pragma once

#include <cstdint>
#include <string_view>

namespace litopys::calendar {

enum class NameKind : std::uint8_t {
  month,
  month_short,  // counts only beside a number; may carry a full stop
  season,
  weekday,
  weekday_short,  // counts only beside a date
  year_noun,
  ordinal,  // value: day of the month
  tens,     // value: 20 or 30, before an ordinal of a unit
  suffix,   // ending written behind digits: "14th", "14-го"
  of,       // may stand between day and month or month and year
  joiner,   // between two days of one month
  no_date,  // what stands behind a decimal number but never behind "DD.MM"
  clock     // before "DD.MM" it makes a time of day of it
};

struct Name {
  std::string_view form;  // folded to lower case
  NameKind kind;
  std::uint8_t value;
};

// The entry of a folded word; nullptr for none.
[[nodiscard]] const Name* find_name(std::string_view folded);

}  // namespace litopys::calendar
