// Each form is looked for by its marks: strokes between digits, cells between dots, an address, an ordinal beside the word for a day.
#include "page/head_stamp.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "base/utf8.h"
#include "page/calendar_names.h"
#include "page/head_clues.h"
#include "page/lines.h"
#include "page/web_dates.h"

namespace litopys {
namespace {

constexpr std::size_t kStampBytes = 400;   // of a line
constexpr std::size_t kTextBytes = 65536;  // of the text, for the months that it names
constexpr std::size_t kAddressWords = 2;   // before an address: "Original link:"
constexpr std::size_t kMostCells = 12;
constexpr std::size_t kEndingBytes = 6;  // of an ordinal: «-тя»
constexpr int kMostWarDays = 3650;
constexpr int kFewWarDays = 10;  // "day 3 of the war" tells of the beginning, later than that day

bool stamp_digit(char c) { return c >= '0' && c <= '9'; }

// The digits at `at` as a number, -1 for none or more than four.
int digits_at(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  int value = 0;
  while (at < text.size() && stamp_digit(text[at])) {
    if (at - begin == 4) return -1;
    value = value * 10 + (text[at++] - '0');
  }
  return at == begin ? -1 : value;
}

int whole_number(std::string_view text) {
  std::size_t at = 0;
  const int value = digits_at(text, at);
  return at == text.size() ? value : -1;
}

Date valid_day(int year, int month, int day) {
  if (year < kEarliestOwnDay || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const Date out{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day), 0};
  return out.valid() ? out : Date{};
}

CalendarDate as_calendar(const Date& date, std::size_t begin, std::size_t end, bool numeric) {
  CalendarDate out;
  out.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  out.year = date.year;
  out.month = date.month;
  out.day = date.day;
  out.numeric = numeric;
  return out;
}

unsigned month_named(std::string_view word) {
  if (word.empty() || word.size() > 32) return 0;
  const calendar::Name* name = calendar::find_name(utf8::lowered(word));
  if (name == nullptr || (name->kind != calendar::NameKind::month && name->kind != calendar::NameKind::month_short)) return 0;
  return name->value;
}

// How many months before a day another of the text lies; what would lie ahead of it is of the year before.
int months_back(const Date& day, const CalendarDate& other) {
  constexpr int kMonths = 12;
  if (other.month == day.month) return other.day > day.day ? kMonths : 0;
  return (day.month - other.month + kMonths) % kMonths;
}

// Of two readings the one from which the months named in the text lie less far back.
Date likelier(Date day_first, Date month_first, std::string_view text, Language language) {
  if (day_first.year == 0) return month_first;
  if (month_first.year == 0 || day_first == month_first) return day_first;
  int back = 0, back_other = 0;
  for (const CalendarDate& date : find_dates(text.substr(0, kTextBytes), language, DateDetail::parts)) {
    if (date.month < 1 || date.month > 12 || date.numeric || (date.year && *date.year != day_first.year)) continue;
    back += months_back(day_first, date);
    back_other += months_back(month_first, date);
  }
  return back_other < back ? month_first : day_first;
}

// "/12-02-2026/": a part of a path by itself, in either order.
std::optional<Date> two_ways_in_path(std::string_view path, std::string_view text, Language language) {
  for (std::size_t i = path.find('/'); i != std::string_view::npos; i = path.find('/', i + 1)) {
    const std::string_view part = path.substr(i + 1, path.find('/', i + 1) - i - 1);
    if (part.size() != 10 || part[2] != '-' || part[5] != '-') continue;
    const int first = whole_number(part.substr(0, 2)), second = whole_number(part.substr(3, 2)), year = whole_number(part.substr(6));
    const Date read = likelier(valid_day(year, second, first), valid_day(year, first, second), text, language);
    if (read.year != 0) return read;
  }
  return std::nullopt;
}

}  // namespace

std::optional<CalendarDate> slash_date(std::string_view line, std::string_view text, Language language) {
  line = line.substr(0, kStampBytes);
  for (std::size_t i = 0; i < line.size();) {
    if (!stamp_digit(line[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    std::array<int, 3> part{};
    std::size_t count = 0;
    std::size_t last = i;  // where the last number begins
    while (count < 3) {
      last = i;
      part[count] = digits_at(line, i);
      if (part[count] < 0) break;
      ++count;
      if (count == 3 || i >= line.size() || line[i] != '/') break;
      ++i;
    }
    const bool glued = begin > 0 && (line[begin - 1] == '/' || line[begin - 1] == '.' || line[begin - 1] == '-');
    const bool runs_on = i < line.size() && (line[i] == '/' || stamp_digit(line[i]));
    const std::size_t year_digits = i - last;
    if (count == 3 && !glued && !runs_on && (year_digits == 2 || year_digits == 4)) {
      const int year = year_digits == 2 ? 2000 + part[2] : part[2];
      const Date read = likelier(valid_day(year, part[1], part[0]), valid_day(year, part[0], part[1]), text, language);
      if (read.year != 0) return as_calendar(read, begin, i, true);
    }
    while (i < line.size() && (stamp_digit(line[i]) || line[i] == '/')) ++i;
  }
  return std::nullopt;
}

std::optional<CalendarDate> date_in_cells(std::string_view line) {
  line = line.substr(0, kStampBytes);
  std::vector<Span> cells;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= line.size() && cells.size() < kMostCells;) {
    const utf8::Decoded got = i < line.size() ? utf8::decode(line, i) : utf8::Decoded{};
    const char32_t c = got.value;
    const bool mark = c == U'·' || c == U'•' || c == '|' || c == '/' || c == '>' || c == U'›' || c == U'»' || c == U'→';
    if (i >= line.size() || got.size == 0 || mark) {
      const std::string_view cell = trimmed(line.substr(begin, i - begin));
      const auto at = static_cast<std::uint32_t>(cell.empty() ? begin : static_cast<std::size_t>(cell.data() - line.data()));
      cells.push_back({at, at + static_cast<std::uint32_t>(cell.size())});
      if (i >= line.size() || got.size == 0) break;
      begin = i + got.size;
    }
    i += got.size;
  }
  for (std::size_t k = 0; k + 1 < cells.size(); ++k) {
    const int year = whole_number(cells[k].of(line));
    const std::string_view second = cells[k + 1].of(line);
    const unsigned named = month_named(second);
    const int day = k + 2 < cells.size() ? whole_number(cells[k + 2].of(line)) : -1;
    const Date full = valid_day(year, named != 0 ? static_cast<int>(named) : whole_number(second), day);
    if (full.year != 0) return as_calendar(full, cells[k].begin, cells[k + 2].end, false);
    if (named != 0 && valid_day(year, static_cast<int>(named), 1).year != 0) {
      const Date month{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(named), 0, 0};
      return as_calendar(month, cells[k].begin, cells[k + 1].end, false);
    }
  }
  return std::nullopt;
}

std::optional<StampDate> date_in_address(std::string_view line, std::string_view text, Language language) {
  line = line.substr(0, kStampBytes);
  std::size_t begin = std::string_view::npos;
  for (const std::string_view opens : {"https://", "http://", "www."}) begin = std::min(begin, line.find(opens));
  if (begin == std::string_view::npos) return std::nullopt;
  std::size_t end = begin;
  while (end < line.size() && line[end] != ' ' && line[end] != '\t' && line[end] != ')' && line[end] != ']' && line[end] != '>') ++end;
  if (words_of_line(line.substr(0, begin)).size() > kAddressWords || words_of_line(line.substr(end)).size() > kAddressWords)
    return std::nullopt;
  const std::string_view address = line.substr(begin, end - begin);
  const std::size_t path = address.find('/', address.find("//") == std::string_view::npos ? 0 : address.find("//") + 2);
  if (path == std::string_view::npos) return std::nullopt;
  auto date = date_in_url(address.substr(path));
  if (!date) date = two_ways_in_path(address.substr(path), text, language);
  if (!date) return std::nullopt;
  return StampDate{*date, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

std::optional<StampDate> war_day_in(std::string_view line, const std::vector<LineWord>& words, const PhraseBook& days,
                                    const PhraseBook& wars) {
  const bool named = !wars.find(words).empty();
  std::vector<bool> is_day(words.size() + 1);
  for (const PhraseHit& hit : days.find(words)) is_day[hit.first] = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // The ending may be written on: "854th".
    std::size_t digits = 0;
    int count = digits_at(words[i].folded, digits);
    if (count < 0 || words[i].folded.size() - digits > kEndingBytes) continue;
    std::size_t behind = i + 1;
    // «1 023-й», "1,023rd": thousands stand apart.
    if (count < 10 && behind < words.size() && words[behind].folded.size() == 3 && words[behind].span.begin - words[i].span.end <= 3) {
      const int rest = whole_number(words[behind].folded);
      if (rest >= 0) {
        count = count * 1000 + rest;
        ++behind;
      }
    }
    const std::size_t last = behind - 1;
    // An ending in the next word, behind a dash: «182-й».
    if (behind < words.size() && words[behind].folded.size() <= kEndingBytes && words[behind].span.begin - words[last].span.end == 1 &&
        line[words[last].span.end] == '-')
      ++behind;
    const bool beside = is_day[behind] || (i > 0 && is_day[i - 1]);
    if (!beside || count < kFewWarDays || count > kMostWarDays) continue;
    const std::chrono::sys_days first = std::chrono::sys_days(std::chrono::year(2022) / std::chrono::February / 24);
    const std::chrono::year_month_day day(first + std::chrono::days(count - 1));
    return StampDate{valid_day(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                               static_cast<int>(static_cast<unsigned>(day.day()))),
                     {words[i].span.begin, words[last].span.end},
                     named};
  }
  return std::nullopt;
}

}  // namespace litopys
