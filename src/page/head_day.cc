// A head names days for two reasons: when the paper was made, and what it is about. The second are periods, deadlines and decrees; what
// stands in a row, behind "from" or "until", or outside the period that the title names is left alone.
#include "page/head_day.h"

#include <algorithm>

#include "page/head_clues.h"
#include "page/lines.h"

namespace litopys {
namespace {

constexpr std::size_t kShortWords = 24;
constexpr std::string_view kCellMarks = ".,;)";
constexpr std::size_t kDayOpening = 100;  // bytes of a paragraph that still belong to the head

struct DayNamed {
  const CalendarDate* date = nullptr;
  std::string_view words;
  bool sentence = false;  // in a line that ends with a full stop
};

// The days of the head that may be its own.
std::vector<DayNamed> days_named_in(std::span<const DatedLine> lines, bool paragraphs, const PhraseBook& limits) {
  std::vector<DayNamed> out;
  for (const DatedLine& line : lines) {
    // A short sentence may still be the head's: "Submitted by two groups, 30 October 2024. Summary."
    const bool short_line = line.paragraph && words_of_line(line.view).size() < kShortWords;
    if (line.paragraph && !short_line && !paragraphs) continue;
    for (std::size_t d = 0; d < line.dates->size(); ++d) {
      const CalendarDate& date = (*line.dates)[d];
      if (date.day == 0 || (line.paragraph && date.span.end > kDayOpening)) continue;
      const std::string_view after = line.view.substr(date.span.end);
      if (line.paragraph && !paragraphs && !after.empty() && kCellMarks.find(after.front()) == std::string_view::npos) continue;
      const bool row = (d + 1 < line.dates->size() && in_a_row(line.view, date, (*line.dates)[d + 1])) ||
                       (d > 0 && in_a_row(line.view, (*line.dates)[d - 1], date));
      if (row) continue;
      const std::vector<LineWord> before = words_of_line(line.view.substr(0, date.span.begin));
      if (!before.empty() && !limits.find({before.back()}).empty()) continue;
      out.push_back({&date, date.span.of(line.view), line.view.ends_with('.')});
    }
  }
  return out;
}

bool day_lies_in(const Date& day, const Date& coarse) {
  return day.year == coarse.year && (coarse.month == 0 || day.month == coarse.month);
}

// The only year that the head names: in a date, or by itself ("Thursday, 2022", "No. 38/2023").
std::optional<std::int16_t> only_year_named(std::span<const DatedLine> lines, Language language) {
  std::optional<std::int16_t> year;
  for (const DatedLine& line : lines) {
    for (const CalendarDate& date : find_dates(line.view.substr(0, kDayOpening), language, DateDetail::parts)) {
      if (!date.year) continue;
      if (year && *year != *date.year) return std::nullopt;
      year = date.year;
    }
  }
  return year;
}

}  // namespace

bool in_a_row(std::string_view view, const CalendarDate& a, const CalendarDate& b) {
  return b.span.begin >= a.span.end && b.span.begin - a.span.end <= 6 &&
         words_of_line(view.substr(a.span.end, b.span.begin - a.span.end)).size() <= 1;
}

std::optional<HeadDay> day_in_head(std::span<const DatedLine> lines, const std::optional<Date>& coarse, Language language,
                                   const PhraseBook& limits) {
  const std::vector<DayNamed> named = days_named_in(lines, !coarse, limits);
  std::optional<HeadDay> full;
  std::size_t days = 0;  // full ones, each later than those before
  for (const DayNamed& one : named) {
    if (!one.date->year || *one.date->year < kEarliestOwnDay) continue;
    const Date day = to_date(*one.date, *one.date->year);
    if ((coarse && !day_lies_in(day, *coarse)) || (full && day.first_day() == full->date.first_day())) continue;
    ++days;
    if (!full || day.first_day() > full->date.first_day()) full = HeadDay{day, one.words};
  }
  // With nothing known but several days the head is about them.
  if (full && (coarse || days == 1)) return full;
  const auto year = only_year_named(lines, language);
  if (full || !year || *year < kEarliestOwnDay) return std::nullopt;
  std::optional<HeadDay> yearless;
  for (const DayNamed& one : named) {
    if (one.date->year || one.sentence) continue;
    const Date day = to_date(*one.date, *year);
    if (coarse && !day_lies_in(day, *coarse)) continue;
    if (yearless && yearless->date.first_day() != day.first_day()) return std::nullopt;
    yearless = HeadDay{day, one.words};
  }
  return yearless;
}

}  // namespace litopys
