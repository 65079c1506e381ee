// A head names days for two reasons: when the paper was made, and what it is about. The second are periods, deadlines and decrees; what
// stands in a row, behind "from" or "until", or outside the period that the title names is left alone.
#include "page/head_day.h"

#include <algorithm>
#include <chrono>

#include "base/utf8.h"
#include "page/head_clues.h"
#include "page/lines.h"

namespace litopys {
namespace {

constexpr std::size_t kShortWords = 24;
constexpr std::size_t kCellWords = 6;
constexpr std::string_view kCellMarks = ".,;)";
constexpr std::size_t kDayOpening = 160;   // bytes of a paragraph that still belong to the head
constexpr std::size_t kYearOpening = 100;  // and those in which it names its year
constexpr std::size_t kCellOpening = 60;   // and those of a long one in which it names its month
constexpr std::size_t kFirstLines = 2;     // a year in these counts whatever those behind them name,
constexpr std::size_t kImprintWords = 4;   // and in the next where the line says little else: «Київ, 2024 рік»

struct DayNamed {
  const CalendarDate* date = nullptr;
  std::string_view words;
  bool sentence = false;  // in a line that ends with a full stop
};

std::uint32_t begin_of(const CalendarDate& date) {
  return date.weekday && !date.weekday_span.empty() ? std::min(date.span.begin, date.weekday_span.begin) : date.span.begin;
}

// "Submitted by two groups, 30 October 2024." names the paper's day; "The term ran out on 10 September 2025." what it tells of.
bool is_set_off(std::string_view before) {
  before = trimmed(before);
  if (before.empty()) return true;
  const char32_t last = utf8::decode_before(before, before.size()).value;
  return last == ',' || last == '(' || last == '[' || last == '.' || last == ':' || last == ';' || last == '|' || last == '/' ||
         last == '-' || last == U'—' || last == U'–' || last == U'·' || last == U'•';
}

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
      const std::uint32_t end = date.weekday ? std::max(date.span.end, date.weekday_span.end) : date.span.end;
      const std::string_view after = line.view.substr(end);
      if (line.paragraph && !paragraphs && !after.empty() && kCellMarks.find(after.front()) == std::string_view::npos) continue;
      if ((line.paragraph || line.view.ends_with('.')) && !is_set_off(line.view.substr(0, begin_of(date)))) continue;
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

// The year in the number of an issue: "No. 38/2023", "Policy Note 2022/19". 0 for none.
std::int16_t year_of_issue(std::string_view view) {
  const auto digit = [&](std::size_t at) { return at < view.size() && view[at] >= '0' && view[at] <= '9'; };
  for (std::size_t stroke = view.find('/'); stroke != std::string_view::npos; stroke = view.find('/', stroke + 1)) {
    std::size_t begin = stroke, end = stroke + 1;
    while (begin > 0 && digit(begin - 1)) --begin;
    while (digit(end)) ++end;
    const bool year_first = stroke - begin == 4 && end - stroke - 1 <= 3;
    const bool year_last = end - stroke - 1 == 4 && stroke - begin <= 3;
    if (begin == stroke || end == stroke + 1 || (!year_first && !year_last)) continue;
    if ((begin > 0 && view[begin - 1] == '/') || (end < view.size() && view[end] == '/')) continue;
    int year = 0;
    for (const char c : year_first ? view.substr(begin, 4) : view.substr(stroke + 1, 4)) year = year * 10 + (c - '0');
    if (year >= kEarliestOwnDay && year < 2100) return static_cast<std::int16_t>(year);
  }
  return 0;
}

// Years that lines name: in a date, by themselves ("Thursday, 2022"), or in the number of an issue.
struct YearsNamed {
  std::optional<std::int16_t> year;
  bool several = false;
  void add(std::int16_t one) {
    several = several || (year && *year != one);
    year = one;
  }
  void add_all(std::string_view view, const std::vector<CalendarDate>& dates) {
    for (const CalendarDate& date : dates) {
      if (date.year) add(*date.year);
    }
    if (const std::int16_t issue = year_of_issue(view); issue != 0) add(issue);
  }
  [[nodiscard]] std::optional<std::int16_t> only() const { return several ? std::nullopt : year; }
};

std::optional<std::int16_t> only_year_named(std::span<const DatedLine> lines, Language language, bool paragraphs) {
  YearsNamed named;
  for (const DatedLine& line : lines) {
    if (line.paragraph && !paragraphs) continue;
    const std::string_view view = line.view.substr(0, line.paragraph ? kYearOpening : kDayOpening);
    named.add_all(view, find_dates(view, language, DateDetail::parts));
  }
  return named.only();
}

// Whether a part of a date stands at an end of its cell, with few words beside it, and is no limit.
bool ends_a_cell(std::string_view view, const CalendarDate& part, const PhraseBook& limits) {
  constexpr std::string_view kMarks = ".,;:()|[]/";
  const auto is_mark = [&](char32_t c) {
    return (c < 0x80 && kMarks.find(static_cast<char>(c)) != std::string_view::npos) || c == U'·' || c == U'•' || c == U'—' || c == U'–';
  };
  std::size_t begin = 0, end = view.size();
  for (std::size_t i = 0; i < view.size();) {
    const utf8::Decoded got = utf8::decode(view, i);
    if (got.size == 0) break;
    if (is_mark(got.value)) {
      if (i < part.span.begin) begin = i + got.size;
      if (i >= part.span.end && end == view.size()) end = i;
    }
    i += got.size;
  }
  const std::vector<LineWord> before = words_of_line(view.substr(begin, part.span.begin - begin));
  const std::vector<LineWord> after = words_of_line(view.substr(part.span.end, end - part.span.end));
  if (!before.empty() && !limits.find({before.back()}).empty()) return false;
  return (before.empty() || after.empty()) && before.size() + after.size() <= kCellWords;
}

}  // namespace

bool in_a_row(std::string_view view, const CalendarDate& a, const CalendarDate& b) {
  return b.span.begin >= a.span.end && b.span.begin - a.span.end <= 6 &&
         words_of_line(view.substr(a.span.end, b.span.begin - a.span.end)).size() <= 1;
}

bool ends_a_stretch(std::string_view view, const CalendarDate& month, Language language) {
  const std::vector<CalendarDate> parts = find_dates(view, language, DateDetail::parts);
  return std::ranges::any_of(parts, [&](const CalendarDate& part) {
    return part.month != 0 && part.span.end <= month.span.begin && part.month != month.month && in_a_row(view, part, month);
  });
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
  // What the paragraphs tell of counts only where the lines above them name no year.
  auto year = only_year_named(lines, language, false);
  if (!year) year = only_year_named(lines, language, true);
  if (full || !year || *year < kEarliestOwnDay) return std::nullopt;
  std::optional<HeadDay> yearless;
  for (const DayNamed& one : named) {
    if (one.date->year || one.sentence) continue;
    const Date day = to_date(*one.date, *year);
    if (!day.valid()) continue;
    if (one.date->weekday && std::chrono::weekday(day.first_day()).iso_encoding() != *one.date->weekday) continue;
    if (coarse && !day_lies_in(day, *coarse)) continue;
    if (yearless && yearless->date.first_day() != day.first_day()) return std::nullopt;
    yearless = HeadDay{day, one.words};
  }
  return yearless;
}

std::optional<HeadDay> period_in_head(std::span<const DatedLine> lines, Language language, const PhraseBook& limits,
                                      const PhraseBook& labels, const PhraseBook& others) {
  YearsNamed named;
  std::optional<HeadDay> month, bare;
  bool months = false;  // more than one
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const DatedLine& line = lines[k];
    const bool running = line.paragraph && words_of_line(line.view).size() >= kShortWords;
    const std::string_view view = line.view.substr(0, running ? kCellOpening : kDayOpening);
    const std::vector<CalendarDate> parts = find_dates(view, language, DateDetail::parts);
    // The entry of a chronology: "2014. May: a vote, and no papers follow."
    if (!parts.empty() && parts.front().span.begin == 0 && parts.front().year && parts.front().month == 0) {
      const std::string_view behind = view.substr(parts.front().span.end);
      if ((behind.starts_with('.') || behind.starts_with(':')) && !words_of_line(behind).empty()) continue;
    }
    YearsNamed here;
    here.add_all(view, parts);
    if (here.year && !running) named.add(*here.year);
    named.several = named.several || (here.several && !running);
    for (const CalendarDate& part : parts) {
      if (part.day != 0 || part.month > 12) continue;
      const std::vector<LineWord> before = words_of_line(view.substr(0, part.span.begin));
      const std::vector<LineWord> label(before.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(before.size(), 2)), before.end());
      const bool labelled_year = part.year && !labels.find(label).empty();
      if (!labelled_year && !ends_a_cell(view, part, limits)) continue;
      const auto year = part.year ? part.year : here.only();
      if (part.month != 0 && year && *year >= kEarliestOwnDay && (part.year ? !running || part.span.end < view.size() : !line.paragraph)) {
        const Date date{*year, part.month, 0, 0};
        months = months || (month && month->date != date);
        if (!month) month = HeadDay{date, part.span.of(view)};
      } else if (part.month == 0 && part.year && *part.year >= kEarliestOwnDay && !running && !bare && named.only() == part.year &&
                 (k < kFirstLines || (k == kFirstLines && words_of_line(view).size() <= kImprintWords)) &&
                 (before.empty() || labelled_year || others.find({before.back()}).empty())) {
        bare = HeadDay{Date{*part.year, 0, 0, 0}, part.span.of(view)};
      }
    }
  }
  if (month && !months) return month;
  return bare;
}

}  // namespace litopys
