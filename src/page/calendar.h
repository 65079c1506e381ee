// Dates as people write them, found in raw text of the three languages: no words need to be cut first, so headers, bylines and
// sentences alike can be asked.
//
//   find_dates("Оновлено у середу, 14 травня 2025 р., о 9:30", Language::uk)
//     -> one date: year 2025, month 5, day 14, weekday 3, span of «14 травня 2025 р.»
//
// Read: "14 May 2025", "May 14th, 2025", "Sept. 10", "14-го травня 2025 року", «первого января», «14 мая 2025 г.», "14.05.2025",
// "14.05.25", "14-V-2025", "14.V.2025", "14-May-2025", "2025-05-14", "14/05/2025" where only one reading exists, "May 2025", «14 травня
// (2025)», days in a row ("10 and 12 May", "10–12 May" give two dates each). A day that no calendar has ("31 April", "30.02.2024") is no
// date. Nothing is resolved here: a missing year stays missing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace litopys {

struct CalendarDate {
  Span span;  // bytes of the text; with the year's noun («року», «г.»), without the weekday
  std::optional<std::int16_t> year;
  std::uint8_t month = 0;               // 1..12; 21..24 spring, summer, autumn, winter; 0 unknown
  std::uint8_t day = 0;                 // 1..31, 0 unknown
  std::optional<std::uint8_t> weekday;  // 1 Monday .. 7 Sunday, where it stands by the date
  Span weekday_span;                    // empty when there is none
  bool year_marked = false;             // the year has its noun or ending: "2024 року", "2024-го"
  bool numeric = false;                 // digits and separators only: "26.09", "2025-05-14"
};

// How much counts as a date.
enum class DateDetail : unsigned char {
  dated,  // at least a day with its month, or a month or season with its year
  parts,  // also a month, a season, a weekday or a year (1900–2099) standing alone; whoever asks must look at what stands around
};

// Dates in `text`, left to right, disjoint. `hint` decides between readings of digits alone: "05/06/2025" and "26.09" are dates only
// in Ukrainian and Russian. Any bytes are input; cannot fail. O(bytes), no allocation but the result; safe to call from many threads.
[[nodiscard]] std::vector<CalendarDate> find_dates(std::string_view text, Language hint, DateDetail detail = DateDetail::dated);

}  // namespace litopys
