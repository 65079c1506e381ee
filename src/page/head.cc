// A head is a few short lines before the first paragraph: title, dates, names of the outlet, labels. Each date there has a strength by
// its place (a line of its own, a dateline, the end of the title); the strongest with a year decides, the others stay as evidence.
// Years are never taken from the clock: a text without a year has none, unless a weekday fixes it.
#include "page/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/utf8.h"
#include "page/calendar.h"
#include "page/head_day.h"
#include "page/head_stamp.h"
#include "page/lines.h"
#include "page/scan.h"

namespace litopys {
namespace {

constexpr std::size_t kHeadLines = 8;    // lines with text that can belong to the head
constexpr std::size_t kHeadBytes = 400;  // of a line, looked through for dates
constexpr std::size_t kFootLines = 4;    // and to the foot
constexpr std::size_t kCreditWords = 10;
constexpr std::size_t kCreditLine = 2;     // the last line, from the title on, that may be nothing but what tells of the paper
constexpr std::size_t kClosingWords = 24;  // and how long it is at most
constexpr std::size_t kEntryLines = 12;    // in which a chronicle has shown that it is one
constexpr std::size_t kDaysInTurn = 3;     // headings of days from which on a text is a chronicle,
constexpr std::size_t kTurnLines = 24;     // in so many of its lines,
constexpr std::size_t kTurnBytes = 60;     // each no longer than this
constexpr std::size_t kFrameBytes = 140;   // of a line of the page's frame that is looked at for a date
constexpr int kDaysAfterCount = 7;         // of the war's day that a report counts
constexpr std::size_t kTitleWords = 30;    // longer headlines exist, but not as plain text
constexpr std::size_t kMostWords = 96;     // of a line that is looked through for the outlet

enum Strength {
  kBody = 10,
  kBodyWeekday = 20,
  kAddressMonth = 45,
  kFoot = 50,
  kCloses = 55,
  kFrame = 60,
  kWarDay = 62,
  kMadeOn = 65,
  kTitleEnd = 70,
  kMonthLine = 72,
  kToldAtFoot = 73,
  kAddress = 75,
  kDateline = 80,
  kHeadLine = 90,
  kLabelled = 95
};

// "1 June to 30 November 2024", more than two weeks: what a report is about, and it came out later. A digest of a week comes out at its
// end.
bool is_period(const CalendarDate& from, const CalendarDate& to) {
  constexpr int kMonths = 12, kDays = 30, kTwoWeeks = 14;
  if (from.month == 0 || to.month == 0) return false;
  const int months = (to.month - from.month + kMonths) % kMonths;
  return months > 0 && months * kDays + (to.day == 0 ? kDays : to.day) - from.day > kTwoWeeks;
}

// What a word before a date says of it: "Published", "Updated", "compiled on", or "as of", which dates the state of things in a headline.
enum class DateLabel : unsigned char { none, published, other, as_of, made };

constexpr std::uint32_t kLabelReach = 24;  // bytes between a label and its date

struct Found {
  int strength = 0;
  CalendarDate date;
  DateEvidence evidence;
  bool month_only = false;                    // days in a row: only the month is sure
  std::optional<std::int16_t> labelled_year;  // the only year of the line, for a day without one behind "Published"
};

// «№ 31, 28 июля – 3 августа 2025 года» and below it «Напечатано 4 августа»: the year of what it follows within two months.
std::optional<std::int16_t> year_before(const CalendarDate& day, const std::vector<Found>& found) {
  constexpr std::chrono::days kTwoMonths(60);
  for (const Found& one : found) {
    if (!one.date.year || one.date.month == 0) continue;
    const Date of = to_date(day, *one.date.year), before = one.evidence.date;
    if (!of.valid() || !before.valid()) continue;
    const auto since = of.first_day() - before.first_day();
    if (since >= std::chrono::days(0) && since <= kTwoMonths) return one.date.year;
  }
  return std::nullopt;
}

struct HeadLine {
  std::size_t index = 0;  // into the lines
  std::string_view view;
  std::vector<LineWord> words;
  std::vector<CalendarDate> dates;
  bool dated = false;     // it is there for its date
  bool dateline = false;  // a paragraph that begins with place and date
};

// An entry of a chronicle: a line that opens with a full date and goes on. Its day is what it tells of.
bool is_entry(const HeadLine& line) {
  constexpr std::size_t kEntryWords = 5;
  return !line.dates.empty() && line.dates.front().span.begin == 0 && line.dates.front().year && line.words.size() >= kEntryWords &&
         line.view.ends_with('.');
}

// Where a date begins with its weekday before it.
std::uint32_t begin_with_weekday(const CalendarDate& date) {
  return date.weekday && !date.weekday_span.empty() ? std::min(date.span.begin, date.weekday_span.begin) : date.span.begin;
}

// Where a date ends with its weekday behind it.
std::uint32_t end_with_weekday(const CalendarDate& date) {
  return date.weekday ? std::max(date.span.end, date.weekday_span.end) : date.span.end;
}

// The line as it stands, with its dates.
HeadLine line_at(std::size_t index, std::string_view view, Language language) {
  HeadLine line;
  line.index = index;
  line.view = view;
  line.words = words_of_line(view);
  line.dates = find_dates(view.substr(0, kHeadBytes), language);
  return line;
}

bool is_cell_mark(char32_t c) {
  return c == '.' || c == ',' || c == ';' || c == '|' || c == U'·' || c == U'•' || c == '(' || c == ')' || c == '[' || c == ']' ||
         c == U'—' || c == U'–' || c == '/';
}

bool starts_upper(std::string_view word) {
  return utf8::is_upper(utf8::decode(word, 0).value) || utf8::is_digit(utf8::decode(word, 0).value);
}

bool all_caps(std::string_view text) { return utf8::capitals(text) >= 3; }

// How many lines are nothing but a day without its year, the headings of a chronicle: «11 вересня, понеділок», «12 вересня». Counts no
// further than it must.
std::size_t days_in_turn(std::string_view text, const std::vector<Line>& lines, const std::vector<std::size_t>& filled, Language language) {
  std::size_t days = 0;
  for (std::size_t k = 0; k < filled.size() && k < kTurnLines && days < kDaysInTurn; ++k) {
    const std::string_view view = trimmed(lines[filled[k]].span.of(text));
    if (view.size() > kTurnBytes) continue;
    const std::vector<CalendarDate> dates = find_dates(view, language);
    if (dates.size() != 1 || dates.front().year || dates.front().day == 0) continue;
    const std::size_t rest = words_of_line(view).size() - words_of_line(dates.front().span.of(view)).size();
    days += rest <= 1 ? 1 : 0;
  }
  return days;
}

// Letters and figures only: emoji, flags and marks at either end fall off.
std::string_view without_signs(std::string_view text) {
  text = trimmed(text);
  const auto sign = [](char32_t c) {
    return !utf8::is_letter(c) && !utf8::is_digit(c) && c != '"' && c != U'«' && c != U'»' && c != U'“' && c != U'”' && c != '(' &&
           c != ')' && c != '?' && c != '!' && c != '.' && c != U'…' && c != '%' && c != '\'';
  };
  while (!text.empty() && sign(utf8::decode(text, 0).value)) text.remove_prefix(utf8::decode(text, 0).size);
  while (!text.empty() && sign(utf8::decode_before(text, text.size()).value))
    text.remove_suffix(utf8::decode_before(text, text.size()).size);
  return trimmed(text);
}

// Whether a clock time ("14:05", "9.30") covers the word: figures beside a colon or point and figures.
bool is_clock_part(std::string_view line, Span word) {
  const auto digits = [&](Span s) {
    return std::all_of(line.begin() + s.begin, line.begin() + s.end, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (word.size() > 2 || !digits(word)) return false;
  const bool before = word.begin >= 2 && (line[word.begin - 1] == ':' || line[word.begin - 1] == '.') && line[word.begin - 2] >= '0' &&
                      line[word.begin - 2] <= '9';
  const bool after = word.end + 1 < line.size() && (line[word.end] == ':' || line[word.end] == '.') && line[word.end + 1] >= '0' &&
                     line[word.end + 1] <= '9';
  return before || after;
}

// "22.10" right behind a full date is a clock time, though it could be a day by itself.
void drop_clocks(std::string_view line, std::vector<CalendarDate>& dates) {
  for (std::size_t i = 1; i < dates.size(); ++i) {
    const CalendarDate& full = dates[i - 1];
    const CalendarDate& clock = dates[i];
    if (!full.year || full.day == 0 || clock.year || !clock.numeric || clock.span.begin - full.span.end > 3) continue;
    if (!words_of_line(line.substr(full.span.end, clock.span.begin - full.span.end)).empty()) continue;
    dates.erase(dates.begin() + static_cast<std::ptrdiff_t>(i));
    --i;
  }
}

// A wide gap parts the cells of a line as a mark does: "Politics   23 May 2023   By the desk".
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == 0xA0; }

// Words of the cell around a date that are neither date nor clock: how much else the cell says.
std::size_t words_beside(const HeadLine& line, const CalendarDate& date) {
  const std::string_view view = line.view;
  std::size_t begin = 0;
  std::size_t end = view.size();
  const std::uint32_t first = begin_with_weekday(date), last = end_with_weekday(date);
  for (std::size_t i = 0; i < std::min(view.size(), kHeadBytes);) {
    const utf8::Decoded got = utf8::decode(view, i);
    if (got.size == 0) break;
    const bool gap = got.value == '\t' || (is_blank(got.value) && is_blank(utf8::decode(view, i + got.size).value));
    if (gap || is_cell_mark(got.value)) {
      if (i < first) begin = i + got.size;
      if (i >= last && end == view.size()) end = i;
    }
    i += got.size;
  }
  std::size_t others = 0;
  for (const LineWord& word : line.words) {
    if (word.span.begin < begin || word.span.end > end) continue;
    if (word.span.begin >= first && word.span.end <= last) continue;
    if (is_clock_part(view, word.span)) continue;
    ++others;
  }
  return others;
}

// Words of the line that are neither date nor clock time.
std::size_t words_beside_all(const HeadLine& line) {
  return static_cast<std::size_t>(std::count_if(line.words.begin(), line.words.end(), [&](const LineWord& word) {
    if (is_clock_part(line.view, word.span)) return false;
    return std::none_of(line.dates.begin(), line.dates.end(), [&](const CalendarDate& date) {
      return (date.span.begin <= word.span.begin && word.span.end <= date.span.end) ||
             (date.weekday && date.weekday_span.covers(word.span));
    });
  }));
}

// A headline without the emoji and flags around it.
std::string_view without_outer_signs(std::string_view text) {
  text = trimmed(text);
  const auto sign = [](char32_t c) {
    return c >= 0x2000 && !utf8::is_letter(c) && c != U'“' && c != U'”' && c != U'„' && c != U'’' && c != U'‘' && c != U'…' && c != U'—' &&
           c != U'–' && c != U'№';
  };
  std::string_view out = text;
  while (!out.empty() && sign(utf8::decode(out, 0).value)) out.remove_prefix(utf8::decode(out, 0).size);
  while (!out.empty() && sign(utf8::decode_before(out, out.size()).value)) out.remove_suffix(utf8::decode_before(out, out.size()).size);
  return out.empty() ? text : trimmed(out);
}

// Whether a word of the line opens a sentence or a cell: "Compiled in Prague. Issued 3 May 2024", "(cut-off 1 May; issued 3 May)".
bool opens_a_cell(std::string_view view, std::uint32_t at) {
  const std::string_view before = trimmed(view.substr(0, at));
  return before.empty() || std::string_view(".|;(").find(before.back()) != std::string_view::npos || before.ends_with("·");
}

// The weekday that opens a line of the head and stands alone there: "Thursday. Figures as of 21:30". Two are about something else.
std::optional<std::uint8_t> weekday_of_head(const std::vector<std::string_view>& lines, Language language) {
  std::optional<std::uint8_t> weekday;
  for (const std::string_view line : lines) {
    const std::vector<CalendarDate> dates = find_dates(line.substr(0, kFrameBytes), language, DateDetail::parts);
    if (dates.empty() || !dates.front().weekday || dates.front().day != 0 || dates.front().span.begin != 0) continue;
    const std::string_view behind = trimmed(line.substr(dates.front().span.end));
    if (!behind.empty() && behind.front() != '.' && behind.front() != ',') continue;
    if (weekday && weekday != dates.front().weekday) return std::nullopt;
    weekday = dates.front().weekday;
  }
  return weekday;
}

std::optional<std::int16_t> only_year_of(const std::vector<CalendarDate>& dates) {
  std::optional<std::int16_t> year;
  for (const CalendarDate& date : dates) {
    if (date.year && year && *year != *date.year) return std::nullopt;
    if (date.year) year = date.year;
  }
  return year;
}

Found of_war_day(const StampDate& stamp, std::string_view line) {
  Found out;
  out.strength = kWarDay;
  out.date.span = stamp.span;
  out.date.year = stamp.date.year;
  out.date.month = stamp.date.month;
  out.date.day = stamp.date.day;
  out.evidence = {"day of the war", std::string(stamp.span.of(line)), stamp.date};
  return out;
}

// The year in which a day without one lies by the war's day that is counted beside it. Who counts differs by a day, and a report may come
// out days after the one it counts; where the war is not named the two must be the same day, give or take one.
std::optional<std::int16_t> year_by_war_day(const CalendarDate& day, const StampDate& counted) {
  for (const int year : {counted.date.year - 1, counted.date.year + 0, counted.date.year + 1}) {
    const Date full = to_date(day, static_cast<std::int16_t>(year));
    if (!full.valid()) continue;
    const auto apart = (full.first_day() - counted.date.first_day()).count();
    if (counted.named ? apart >= -2 && apart <= kDaysAfterCount : apart >= -1 && apart <= 1) return static_cast<std::int16_t>(year);
  }
  return std::nullopt;
}

// "The week of 12 July 2021" begins that day, and the report of it came out later.
bool is_week_of(const HeadLine& line, const CalendarDate& date, std::span<const std::uint32_t> weeks) {
  const std::uint32_t begin = begin_with_weekday(date);
  return date.day != 0 && std::ranges::any_of(weeks, [&](std::uint32_t end) {
           return end <= begin && words_of_line(line.view.substr(end, begin - end)).empty();
         });
}

// A few words behind the title that end with a full day and tell of the paper itself: "Collected from our earlier pages. Closed on 31
// January 2025."
bool closes_credit(const HeadLine& line, const CalendarDate& date) {
  if (date.day == 0 || !date.year || line.words.size() > kClosingWords) return false;
  return words_of_line(line.view.substr(end_with_weekday(date))).empty();
}

// A paragraph that opens with the day and the hour of writing: "26 August 2025, 11:04. Questions are answered by …".
bool opens_with_stamp(const HeadLine& line, const CalendarDate& date) {
  const std::uint32_t begin = begin_with_weekday(date);
  if (begin != 0 || date.day == 0) return false;
  const std::uint32_t end = end_with_weekday(date);
  const auto behind = std::find_if(line.words.begin(), line.words.end(), [&](const LineWord& word) { return word.span.begin >= end; });
  return behind != line.words.end() && behind->span.begin - end <= 3 && is_clock_part(line.view, behind->span);
}

// Whether a line ends as a sentence does, behind closing marks too: «Хто там?», "Never!"
bool ends_as_speech_does(std::string_view line) {
  while (!line.empty()) {
    const utf8::Decoded last = utf8::decode_before(line, line.size());
    const char32_t c = last.value;
    if (c == U'.' || c == U'!' || c == U'?' || c == U'…') return true;
    if (c != U'"' && c != U'”' && c != U'“' && c != U'»' && c != U'\'' && c != U'’' && c != U')') return false;
    line.remove_suffix(last.size);
  }
  return false;
}

}  // namespace

Language language_by_letters(std::string_view text) {
  // Letters that tell the two Cyrillic languages apart: U+0400 to U+047F by their place there, 1 Ukrainian, 2 Russian.
  static constexpr std::array<std::uint8_t, 128> kTelling = [] {
    std::array<std::uint8_t, 128> out{};
    for (const char32_t c : {U'і', U'ї', U'є', U'І', U'Ї', U'Є'}) out[c - 0x400] = 1;
    for (const char32_t c : {U'ы', U'э', U'ъ', U'ё', U'Ы', U'Э', U'Ъ', U'Ё'}) out[c - 0x400] = 2;
    return out;
  }();
  std::size_t latin = 0, cyrillic = 0;
  std::array<std::size_t, 3> telling{};
  for (std::size_t i = 0; i < text.size();) {
    const unsigned char b = static_cast<unsigned char>(text[i]);
    if (b < 0x80) {
      latin += scan::ascii_letters(text.data(), i, text.size());
      continue;
    }
    if ((b == 0xD0 || b == 0xD1) && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xC0U) == 0x80) {
      ++cyrillic;
      ++telling[kTelling[(b & 1U) * 64U + (static_cast<unsigned char>(text[i + 1]) & 0x3FU)]];
      i += 2;
      continue;
    }
    const utf8::Decoded got = utf8::decode(text, i);
    i += got.size;
    if (!utf8::is_cyrillic(got.value)) continue;
    ++cyrillic;
    telling[1] += got.value == U'ґ' || got.value == U'Ґ';
  }
  if (latin + cyrillic == 0) return Language::other;
  if (latin > cyrillic) return Language::en;
  return telling[1] >= telling[2] ? Language::uk : Language::ru;
}

Result<HeadReader> HeadReader::make(const Codebook& book, const Gazetteer* people) {
  HeadReader out;
  for (const auto& [kind, target] : std::initializer_list<std::pair<std::string_view, PhraseBook*>>{{"date-label", &out.date_labels_},
                                                                                                    {"date-limit", &out.date_limits_},
                                                                                                    {"year-of-other", &out.year_others_},
                                                                                                    {"war-day", &out.war_day_words_},
                                                                                                    {"war-name", &out.war_words_},
                                                                                                    {"outlet-label", &out.outlet_labels_},
                                                                                                    {"outlet-noun", &out.outlet_nouns_},
                                                                                                    {"kicker", &out.kickers_}}) {
    auto phrases = PhraseBook::compile(book, kind);
    if (!phrases) return tl::unexpected(phrases.error());
    *target = std::move(*phrases);
  }
  out.gives_.reserve(book.rows.size());
  for (const Row& row : book.rows) out.gives_.push_back(row.gives);
  auto clues = HeadClues::make(book, people);
  if (!clues) return tl::unexpected(clues.error());
  out.clues_ = std::move(*clues);
  return out;
}

Head HeadReader::read(std::string_view text, const std::vector<Line>& lines, Language language) const {
  Head head;
  std::vector<std::size_t> filled;  // article lines with text
  std::vector<std::size_t> passed;  // short lines of the page's frame before the first paragraph: "COMMENT | 22 July 2021" dates the report
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view view = trimmed(lines[i].span.of(text));
    if (view.empty()) continue;
    if (lines[i].kind != LineKind::junk) {
      filled.push_back(i);
    } else if (filled.size() + passed.size() < kHeadLines && view.size() <= kFrameBytes) {
      passed.push_back(i);
    }
  }
  if (filled.empty()) return head;

  // The head: up to the first paragraph, that one included for its dateline.
  std::vector<HeadLine> top;
  const auto line_of = [&](std::size_t index) { return line_at(index, trimmed(lines[index].span.of(text)), language); };
  std::size_t entries = 0;
  for (const std::size_t index : filled) {
    if (top.size() >= kHeadLines) break;
    HeadLine line = line_of(index);
    entries += is_entry(line) ? 1 : 0;
    drop_clocks(line.view, line.dates);
    if (line.dates.empty()) {
      auto date = slash_date(line.view, text, language);
      if (!date) date = date_in_cells(line.view);
      if (date) line.dates.push_back(*date);
    }
    const bool paragraph = is_paragraph(line.words, line.view);
    top.push_back(std::move(line));
    if (paragraph) break;
  }

  std::vector<Found> found;
  const auto add = [&](int strength, const HeadLine& line, const CalendarDate& date, std::string from, bool month_only) {
    Found one;
    one.strength = strength;
    one.date = date;
    one.month_only = month_only;
    one.evidence.from = std::move(from);
    one.evidence.words = std::string(date.span.of(line.view));
    if (date.year) one.evidence.date = to_date(date, *date.year);
    if (month_only) one.evidence.date.day = 0;
    found.push_back(std::move(one));
  };

  for (std::size_t k = top.size(); k < filled.size() && k < kEntryLines && entries < 2; ++k)
    entries += is_entry(line_of(filled[k])) ? 1 : 0;
  const bool chronicle = entries >= 2 || days_in_turn(text, lines, filled, language) >= kDaysInTurn;

  for (std::size_t k = 0; k < top.size(); ++k) {
    HeadLine& line = top[k];
    const bool paragraph = is_paragraph(line.words, line.view);
    if (chronicle && is_entry(line)) continue;
    std::vector<std::uint32_t> weeks;  // where "week of" ends
    // A word such as "Published" or "Updated" says what the date behind it is.
    std::vector<std::pair<std::uint32_t, DateLabel>> labels;  // where it ends, and which kind
    for (const PhraseHit& hit : date_labels_.find(line.words)) {
      const std::string& gives = gives_[hit.row];
      if (gives == "week") {
        weeks.push_back(line.words[hit.first + hit.count - 1].span.end);
        continue;
      }
      const bool opens = gives == "published" && opens_a_cell(line.view, line.words[hit.first].span.begin);
      if (paragraph && hit.first != 0 && !opens && (gives != "made" || line.words.size() > kHeadParagraphWords)) continue;
      labels.emplace_back(line.words[hit.first + hit.count - 1].span.end, gives == "published" ? DateLabel::published
                                                                          : gives == "as-of"   ? DateLabel::as_of
                                                                          : gives == "made"    ? DateLabel::made
                                                                                               : DateLabel::other);
    }
    std::sort(labels.begin(), labels.end());
    for (CalendarDate& date : line.dates) {
      if (date.year && is_week_of(line, date, weeks)) date.day = 0;
    }
    for (std::size_t d = 0; d < line.dates.size(); ++d) {
      const CalendarDate& date = line.dates[d];
      if (date.month == 0 && !date.year) continue;
      const bool row_next = d + 1 < line.dates.size() && in_a_row(line.view, date, line.dates[d + 1]);
      const bool row_before = d > 0 && in_a_row(line.view, line.dates[d - 1], date);
      if (row_next) continue;
      const bool month_only = row_before && line.dates[d - 1].month == date.month;
      if (row_before && is_period(line.dates[d - 1], date)) continue;
      DateLabel label = DateLabel::none;
      const std::uint32_t begin = begin_with_weekday(date);
      for (const auto& [end, kind] : labels) {
        if (end <= begin && begin - end < kLabelReach) label = kind;
      }
      const std::string where = fmt::format("line {}", line.index + 1);
      if (label == DateLabel::published) {
        add(kLabelled, line, date, where, month_only);
        if (!date.year) found.back().labelled_year = only_year_of(line.dates);
        line.dated = line.words.size() <= 12;
        continue;
      }
      if (label == DateLabel::as_of && !paragraph && date.year && date.day != 0) {
        add(kTitleEnd, line, date, where, month_only);
        continue;
      }
      if (label == DateLabel::made && (date.year || date.day != 0)) {
        add(kMadeOn, line, date, where, month_only);
        if (!date.year) found.back().labelled_year = only_year_of(line.dates);
        continue;
      }
      if (label == DateLabel::other) {
        add(kFoot + 1, line, date, where + ", updated", month_only);
        continue;
      }
      // Place and date before the first sentence: "KYIV, March 21 (CNW) -".
      const std::string_view before = line.view.substr(0, date.span.begin);
      const std::string_view after = trimmed(line.view.substr(end_with_weekday(date)));
      const std::vector<LineWord> place = words_of_line(before);
      const bool named = !place.empty() && place.size() <= 6 &&
                         std::all_of(place.begin(), place.end(), [&](const LineWord& w) { return starts_upper(w.span.of(before)); });
      const char32_t next = utf8::decode(after, 0).value;
      const bool placed =
          trimmed(before).ends_with(',') || (date.year && trimmed(before).ends_with('(') && next == ')') ||
          (place.size() <= 3 && (trimmed(before).ends_with('.') || (paragraph && date.year && trimmed(before).ends_with("—"))));
      if (named && placed && date.day != 0 &&
          (after.empty() || next == '(' || next == ')' || next == '/' || next == '-' || next == U'—' || next == U'–' || next == '.' ||
           next == ':')) {
        add(kDateline, line, date, "dateline", false);
        line.dateline = paragraph || !after.empty();
        line.dated = true;
        continue;
      }
      if (paragraph && opens_with_stamp(line, date)) {
        add(kHeadLine, line, date, where, month_only);
        continue;
      }
      const bool limit = !place.empty() && !date_limits_.find({place.back()}).empty();
      if (paragraph) {
        if (!limit && k <= kCreditLine && closes_credit(line, date)) add(kCloses, line, date, where, month_only);
        continue;
      }
      if (limit && date.day == 0) continue;
      if (date.day == 0 && ends_a_stretch(line.view, date, language)) {
        add(kAddressMonth, line, date, where, month_only);
        continue;
      }
      const std::size_t beside = words_beside(line, date);
      if (beside <= 1) {
        add(date.day == 0 ? kMonthLine : kHeadLine, line, date, where, month_only);
        line.dated = line.dated || line.words.size() <= 14;
        continue;
      }
      // "Summary for 6 November 2023": a full date that ends the line, and no limit ("until", «до»). "Broadcast of Wednesday, 10 August
      // 2022, 20:00", «Объявление от 12.11.2024 № 318»: a weekday, a clock or a number behind it date the document itself.
      const bool clock = std::any_of(line.words.begin(), line.words.end(),
                                     [&](const LineWord& w) { return is_clock_part(line.view, w.span) && w.span.begin >= date.span.end; });
      const bool numbered = after.starts_with("№") || after.starts_with("No") || after.starts_with("N ");
      const bool stamped = date.day != 0 && (date.weekday || clock || numbered);
      if ((date.year || (date.weekday && words_of_line(after).empty())) && (words_of_line(after).empty() || stamped)) {
        if (!limit || numbered) add(kTitleEnd, line, date, where, month_only);
      }
    }
  }

  // What no sentence writes: the address of the report, and the count of the war's days.
  std::optional<StampDate> war_day;
  std::size_t seen = 0;
  for (std::size_t i = 0; i < lines.size() && i <= top.back().index && seen < kHeadLines; ++i) {
    HeadLine line;
    line.index = i;
    line.view = trimmed(lines[i].span.of(text));
    if (line.view.empty()) continue;
    ++seen;
    if (const auto stamp = lines[i].reason != "teaser" ? date_in_address(line.view, text, language) : std::nullopt) {
      CalendarDate date;
      date.span = stamp->span;
      date.year = stamp->date.year;
      date.month = stamp->date.month;
      date.day = stamp->date.day;
      add(date.day != 0 ? kAddress : kAddressMonth, line, date, "address", false);
    }
    if (lines[i].kind == LineKind::junk || war_day) continue;
    const auto known = std::ranges::find(top, i, &HeadLine::index);
    line.words = known != top.end() ? known->words : words_of_line(line.view);
    if (is_paragraph(line.words, line.view)) {
      line.view = line.view.substr(0, kFrameBytes);
      line.words = words_of_line(line.view);
    }
    war_day = war_day_in(line.view, line.words, war_day_words_, war_words_);
    if (war_day && war_day->named) found.push_back(of_war_day(*war_day, line.view));
  }

  for (const std::size_t index : passed) {
    if (index > top.back().index) break;
    HeadLine line;
    line.index = index;
    line.view = trimmed(lines[index].span.of(text));
    line.words = words_of_line(line.view);
    line.dates = find_dates(line.view, language);
    drop_clocks(line.view, line.dates);
    if (line.dates.size() != 1 || line.dates.front().day == 0 || !line.dates.front().year) continue;
    const std::string_view before = line.view.substr(0, line.dates.front().span.begin);
    const std::string_view after = line.view.substr(line.dates.front().span.end);
    if (words_of_line(after).empty() && !trimmed(before).ends_with('['))
      add(kFrame, line, line.dates.front(), fmt::format("line {}", index + 1), false);
  }

  // The foot.
  for (std::size_t k = filled.size() > top.size() + kFootLines ? filled.size() - kFootLines : std::min(top.size(), filled.size());
       k < filled.size(); ++k) {
    HeadLine line;
    line.index = filled[k];
    line.view = trimmed(lines[line.index].span.of(text));
    line.words = words_of_line(line.view);
    if (line.words.size() > 14) continue;
    line.dates = find_dates(line.view, language);
    for (const CalendarDate& date : line.dates) {
      if (!date.year) continue;
      const bool told = std::ranges::any_of(date_labels_.find(line.words), [&](const PhraseHit& hit) {
        const std::string& gives = gives_[hit.row];
        const std::uint32_t end = line.words[hit.first + hit.count - 1].span.end;
        return (gives == "made" || gives == "published") && end <= date.span.begin && date.span.begin - end <= 2;
      });
      if (told || (date.day != 0 && words_beside(line, date) <= 1)) {
        // "Issued on 26 May 2025" tells more than the month of a title.
        add(told && date.day != 0 ? kToldAtFoot : kFoot, line, date, fmt::format("line {}", line.index + 1), false);
      }
    }
  }

  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.strength > b.strength; });
  // A day without a year that the count of the war's days leads to, or a label beside the only year of its line or after another date.
  for (Found& one : found) {
    if (one.date.year || one.date.month == 0) continue;
    std::optional<std::int16_t> year;
    if (war_day && one.date.day != 0) year = year_by_war_day(one.date, *war_day);
    if (!year && one.labelled_year) year = one.labelled_year;
    if (!year && (one.strength == kLabelled || one.strength == kMadeOn) && one.date.day != 0) year = year_before(one.date, found);
    if (!year || !to_date(one.date, *year).valid()) continue;
    one.date.year = year;
    one.evidence.date = to_date(one.date, *year);
  }
  // A year that stands alone heads a part of a chronicle where the line of the paper's own month is there too.
  const bool month_told =
      std::ranges::any_of(found, [](const Found& one) { return one.date.year && one.date.month != 0 && one.strength >= kTitleEnd; });
  const Found* best = nullptr;
  for (const Found& one : found) {
    if (one.date.month == 0 && month_told) continue;
    if (one.date.year && *one.date.year >= kEarliestOwnDay && (one.date.month != 0 || one.strength >= kMonthLine)) {
      best = &one;
      break;
    }
  }
  // "Survey for July 2023", and below it "Drawn up on 4 August": the day of making tells more than the month, which it follows.
  if (best != nullptr && best->evidence.date.day == 0 && best->evidence.date.valid()) {
    const auto made = std::ranges::find_if(found, [&](const Found& one) {
      return one.strength == kMadeOn && one.date.year && one.date.day != 0 &&
             one.evidence.date.first_day() >= best->evidence.date.first_day();
    });
    if (made != found.end()) best = &*made;
  }
  const Found* yearless = nullptr;
  for (const Found& one : found) {
    if (!one.date.year && one.date.day != 0) {
      yearless = &one;
      break;
    }
  }
  if (best != nullptr) {
    head.published = best->evidence.date;
  } else {
    CalendarDate day = yearless != nullptr ? yearless->date : CalendarDate{};
    if (yearless != nullptr && !day.weekday) {
      std::vector<std::string_view> views;
      for (const HeadLine& line : top) views.push_back(line.view);
      day.weekday = weekday_of_head(views, language);
    }
    if (const auto dated = clues_.date_of(text, lines, filled, language, yearless != nullptr ? &day : nullptr, date_limits_)) {
      head.published = dated->date;
      head.evidence.push_back({dated->from, yearless != nullptr ? yearless->evidence.words : std::string(), dated->date});
    }
  }
  if (!chronicle && (!head.published || head.published->day == 0)) {
    std::vector<DatedLine> dated;
    for (const HeadLine& line : top) dated.push_back({line.view, &line.dates, is_paragraph(line.words, line.view)});
    if (const auto day = day_in_head(dated, head.published, language, date_limits_)) {
      head.published = day->date;
      head.evidence.insert(head.evidence.begin(), {"head", std::string(day->words), day->date});
    }
  }
  if (!head.published && yearless == nullptr) {
    std::vector<DatedLine> dated;
    for (const HeadLine& line : top) dated.push_back({line.view, &line.dates, is_paragraph(line.words, line.view)});
    auto period = period_in_head(dated, language, date_limits_, date_labels_, year_others_);
    if (!period && filled.size() > top.size()) {
      // The last line of credits: "Subtitles: Northlight Access, 2023".
      const std::string_view last = trimmed(lines[filled.back()].span.of(text));
      if (words_of_line(last).size() <= kCreditWords && !last.ends_with('.'))
        period = period_in_head(std::array{DatedLine{last, nullptr, false}}, language, date_limits_, date_labels_, year_others_);
    }
    if (period) {
      head.published = period->date;
      head.evidence.insert(head.evidence.begin(), {"head", std::string(period->words), period->date});
    }
  }
  if (head.published && head.published->month > 12) head.published->month = 0;  // a season: the year is what is said
  for (Found& one : found) head.evidence.push_back(std::move(one.evidence));

  // The title: the first line of the head that is no label, no date, no outlet and no paragraph.
  for (std::size_t k = 0; k < top.size(); ++k) {
    const HeadLine& line = top[k];
    std::string_view view = line.view;
    const auto hits = [&](const PhraseBook& book) { return book.find(line.words); };
    // The outlet, where the head names it.
    if (!head.outlet && k < 4 && line.words.size() <= 40) {
      for (const PhraseHit& hit : hits(outlet_labels_)) {
        if (gives_[hit.row] != "quoted") continue;
        const std::string_view rest = view.substr(line.words[hit.first].span.begin);
        const std::size_t open = std::min(rest.find("«"), rest.find("“"));
        if (open > 80) continue;  // also where there is none
        const std::size_t close = std::min(rest.find("»", open), rest.find("”", open));
        if (close == std::string_view::npos) continue;
        const std::size_t begin = open + utf8::decode(rest, open).size;
        head.outlet = std::string(rest.substr(begin, close - begin));
        break;
      }
    }
    if (line.dateline || (line.dated && k < 8)) {
      // "/Agency/" or "(AGENCY)" behind the date.
      if (line.dateline && !head.outlet) {
        const std::size_t end = line.dates.front().span.end;
        const std::string_view rest = view.substr(end, 60);
        for (const auto& [open, close] : std::initializer_list<std::pair<char, char>>{{'(', ')'}, {'/', '/'}}) {
          const std::size_t a = rest.find(open);
          if (a > 4) continue;  // also where there is none
          const std::size_t b = rest.find(close, a + 1);
          if (b == std::string_view::npos) continue;
          const std::string_view name = trimmed(rest.substr(a + 1, b - a - 1));
          const std::vector<LineWord> words = words_of_line(name);
          if (!words.empty() && words.size() <= 4 && name.find(',') == std::string_view::npos && starts_upper(words.front().span.of(name)))
            head.outlet = std::string(name);
        }
      }
    }
    if (head.title) continue;
    // "date 2024-11-28 Headline": the label and the date fall off.
    const std::string_view behind = line.dates.empty() ? std::string_view() : trimmed(view.substr(line.dates.front().span.end));
    const bool labelled = !line.dates.empty() && words_of_line(view.substr(0, line.dates.front().span.begin)).size() == 1 &&
                          !date_labels_.find({line.words.front()}).empty() && !behind.empty() &&
                          !is_cell_mark(utf8::decode(behind, 0).value);
    if (labelled) view = behind;
    const std::vector<LineWord> words = words_of_line(view);
    if (words.size() < 2 || line.dateline) continue;
    if (words.size() > kTitleWords) break;
    if (view.front() == '[' && view.back() == ']') continue;
    const auto next_title = [&] {
      for (std::size_t n = k + 1; n < top.size(); ++n) {
        if (top[n].dated) continue;
        return top[n].words.size() >= 3 && top[n].words.size() <= kTitleWords && !top[n].view.ends_with('.') && !top[n].view.ends_with(':');
      }
      return false;
    }();
    if (k == 0 && words.size() <= 8 && !view.ends_with('.')) {
      const auto nouns = outlet_nouns_.find(line.words);
      const bool stamp_next = top.size() > 1 && top[1].view.front() == '[' && top[1].view.find(':') != std::string_view::npos;
      const bool signs = without_signs(view).size() < view.size();
      if ((!nouns.empty() && next_title && (all_caps(view) || signs || words.size() <= 4)) || (stamp_next && words.size() <= 5)) {
        if (!head.outlet) {
          std::string name(without_signs(view.substr(0, view.find('|'))));
          if (all_caps(name) && !nouns.empty()) {
            std::string lower;
            const std::uint32_t first = utf8::decode(name, 0).size;
            utf8::append_lower(lower, std::string_view(name).substr(first));
            name = name.substr(0, first) + lower;
          }
          head.outlet = std::move(name);
        }
        continue;
      }
    }
    // A line that is there for its date, or a row of cells one of which is a date, is no headline.
    if (line.dated) {
      const std::size_t others = words_beside_all(line);
      const bool cells = view.find(" | ") != std::string_view::npos || view.find(" · ") != std::string_view::npos ||
                         view.find(" • ") != std::string_view::npos;
      if (!labelled && (cells || others <= 1 || (others <= 3 && (k > 0 || next_title)))) continue;
    }
    const auto kicker = kickers_.find(line.words);
    if (next_title && ((!kicker.empty() && kicker.front().first == 0 && words.size() <= 6) || (all_caps(view) && words.size() <= 3)))
      continue;
    // Broken lines of a post, or running text: no headline.
    if (is_paragraph(words, view) || (filled.size() == 1 && ends_as_speech_does(view))) break;
    const bool adjacent = line.index + 1 < lines.size() && !lines[line.index + 1].span.empty();
    if (adjacent) {
      const std::string_view next = trimmed(lines[line.index + 1].span.of(text));
      const char32_t letter = utf8::decode(next, 0).value;
      if (utf8::is_letter(letter) && !utf8::is_upper(letter)) break;
      if (letter == ',') break;
    }
    if (utf8::is_letter(utf8::decode(view, 0).value) && !utf8::is_upper(utf8::decode(view, 0).value)) break;
    head.title_line = line.index;
    head.title = std::string(without_outer_signs(view));
  }

  // "Read the original article on X": anywhere, also on lines that are junk.
  if (!head.outlet) {
    FoldedLine words;
    for (const Line& line : lines) {
      const std::string_view view = trimmed(line.span.of(text));
      if (view.empty() || view.size() > 300) continue;
      words.read(view, kMostWords);
      for (const PhraseHit& hit : outlet_labels_.find(words)) {
        if (gives_[hit.row] != "after") continue;
        const std::string_view rest = without_signs(view.substr(words.span(hit.first + hit.count - 1).end));
        const std::vector<LineWord> name = words_of_line(rest);
        if (!name.empty() && name.size() <= 7 && starts_upper(name.front().span.of(rest))) head.outlet = std::string(rest);
      }
      if (head.outlet) break;
    }
  }
  return head;
}

}  // namespace litopys
