// The year of a report by what it says of other years: "last year" or "three years ago" beside an event whose year is known. Internal to
// page/head.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "page/calendar.h"
#include "page/phrases.h"

namespace litopys {

// Words of a line, from the first to the last.
struct WordRange {
  std::size_t first = 0, last = 0;
};

// "last year", «торік»: years from the report's own.
struct YearWord {
  WordRange words;
  int years = 0;  // -1 for "last year"
};

struct DatedEvent {
  WordRange words;
  int year = 0;
};

// One line of the body with what was found in it.
struct YearLine {
  std::string_view view;
  std::span<const LineWord> words;
  std::span<const CalendarDate> dates;
  std::span<const DatedEvent> events;
  std::span<const YearWord> year_words;
};

// The years to which the line leads: "Last year, in April 2023," and "Three years ago Moscow opened the fast track" were written the year
// after the one and three years after the other. A word and an event must stand in one sentence, near one another; a date must follow the
// word at once, behind a comma. O(words × (events + dates)).
[[nodiscard]] std::vector<int> years_told(const YearLine& line);

}  // namespace litopys
