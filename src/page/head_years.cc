#include "page/head_years.h"

#include <algorithm>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kRelatedWords = 16;  // between a word for a year and the event that it dates
constexpr std::size_t kMostBytes = 48;     // between such a word and the date that is set beside it
constexpr std::size_t kBesideWords = 3;
constexpr std::uint32_t kDayReach = 4;  // bytes: " of "

bool sentence_ends_in(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if ((text[i] == '.' || text[i] == '!' || text[i] == '?') && text[i + 1] == ' ' && utf8::is_upper(utf8::decode(text, i + 2).value))
      return true;
  }
  return false;
}

bool stand_together(const YearLine& line, const WordRange& a, const WordRange& b) {
  const std::size_t from = std::min(a.last, b.last), to = std::max(a.first, b.first);
  if (to <= from) return true;  // one within the other
  if (to - from > kRelatedWords) return false;
  const std::uint32_t begin = line.words[from].span.end;
  // The letter that may open a sentence belongs to the second.
  return !sentence_ends_in(line.view.substr(begin, line.words[to].span.begin + 2 - begin));
}

// "By 1 July of this year": the words tell of the day before them.
bool belongs_to_day(const YearLine& line, const YearWord& word) {
  const std::uint32_t begin = line.words[word.words.first].span.begin;
  return std::ranges::any_of(
      line.dates, [&](const CalendarDate& date) { return date.day != 0 && date.span.end <= begin && begin - date.span.end <= kDayReach; });
}

bool set_beside(const YearLine& line, const YearWord& word, const CalendarDate& date) {
  const std::uint32_t end = line.words[word.words.last].span.end;
  if (date.span.begin < end || date.span.begin - end > kMostBytes || line.view[end] != ',') return false;
  return words_of_line(line.view.substr(end, date.span.begin - end)).size() <= kBesideWords;
}

}  // namespace

std::vector<int> years_told(const YearLine& line) {
  std::vector<int> out;
  for (const YearWord& word : line.year_words) {
    if (belongs_to_day(line, word)) continue;
    for (const DatedEvent& event : line.events) {
      if (stand_together(line, word.words, event.words)) out.push_back(event.year - word.years);
    }
    if (word.years >= 0) continue;
    for (const CalendarDate& date : line.dates) {
      if (date.year && set_beside(line, word, date)) out.push_back(*date.year - word.years);
    }
  }
  return out;
}

}  // namespace litopys
