// Clues are gathered in one walk over the lines, then weighed in the order of how sure they are.
#include "page/head_clues.h"

#include <algorithm>
#include <chrono>

#include "base/utf8.h"
#include "page/lines.h"

namespace litopys {
namespace {

constexpr int kManyYears = 2022;        // an office older than this leaves too many years for a weekday to choose from
constexpr int kFirstReportYear = 2014;  // the first passportization of the codebook's subject
constexpr int kLastReportYear = 2026;   // of the reports that exist; no weekday leads beyond it
constexpr int kYearsOn = 3;             // how many years after what a text names it may be written

// Whether more quotation marks open than close before a place of the line.
bool in_quotation(std::string_view view, std::size_t at) {
  const std::string_view before = view.substr(0, at);
  int open = 0;
  bool straight = false;
  for (std::size_t i = 0; i < before.size();) {
    const utf8::Decoded got = utf8::decode(before, i);
    if (got.size == 0) break;
    i += got.size;
    if (got.value == U'«' || got.value == U'“' || got.value == U'„') ++open;
    if (got.value == U'»' || got.value == U'”') --open;
    if (got.value == '"') straight = !straight;
  }
  return open > 0 || straight;
}

// Years in which this day fell on its weekday.
bool year_fits(const CalendarDate& date, int year) {
  const Date full{static_cast<std::int16_t>(year), date.month, date.day, 0};
  if (!full.valid() || !date.weekday) return false;
  return std::chrono::weekday(full.first_day()).iso_encoding() == *date.weekday;
}

// A Cyrillic name's stem: «лубінець» and «лубінця», «сальдо» and «сальдо», «москалькова» and «москалькової» begin so.
std::string without_ending(const std::string& word) {
  static constexpr std::string_view kEndings[] = {"ець", "ец", "ий", "ый", "ой", "а", "я", "о", "й", "ь", "и", "і"};
  for (const std::string_view ending : kEndings) {
    if (word.ends_with(ending) && word.size() >= ending.size() + 6) return word.substr(0, word.size() - ending.size());
  }
  return word;
}

// Officials and bodies of after 2022, as rows whose hits say "no older than". Cyrillic names are matched without their endings.
Codebook offices_of(const Gazetteer& people, std::vector<std::int16_t>& years) {
  Codebook out;
  for (const GazetteerActor& actor : people.actors) {
    if (actor.since < kManyYears || actor.type == ActorType::outlet) continue;
    Row row;
    row.id = std::string(actor.id);
    row.kind = "office";
    for (const GazetteerName& name : people.names_of(actor)) {
      std::string pattern;
      std::size_t count = 0;
      for (const LineWord& word : words_of_line(name.text)) {
        const bool latin = static_cast<unsigned char>(word.folded.front()) < 0x80;
        if (!pattern.empty()) pattern += ' ';
        pattern += latin ? word.folded : without_ending(word.folded) + "*";
        ++count;
      }
      if (count >= 2) row.words.push_back(std::move(pattern));
    }
    if (row.words.empty()) continue;
    out.rows.push_back(std::move(row));
    years.push_back(actor.since);
  }
  return out;
}

// The years that the body names, by themselves or through events whose year is known; its days with their weekday.
struct Clues {
  int latest_year = 0;   // named in digits
  int latest_past = 0;   // of these, without those behind a word such as "until" or "from": a deadline may lie ahead
  int latest_event = 0;  // of the events named
  int latest_era = 0;    // of the officials, bodies and things named: the year since which there are such
  std::vector<CalendarDate> weekday_dates;
  std::vector<CalendarDate> full_dates;
  std::optional<CalendarDate> full_early;     // the latest full date of the first two paragraphs
  bool opens_early = false;                   // and the first of them opens with it: a report of that day,
  std::size_t entries = 0;                    // where no other line opens with one as those of a chronicle do
  std::optional<CalendarDate> partial_early;  // the first day without a year in the first three
  std::optional<std::uint8_t> told_on;        // the first weekday that stands alone in the first two: the day of telling
};

std::optional<HeadClues::Dated> decided(const Clues& clues, const CalendarDate* yearless) {
  // The day itself, named with its year further down.
  if (yearless != nullptr) {
    for (const CalendarDate& full : clues.full_dates) {
      if (full.day == yearless->day && full.month == yearless->month && *full.year >= kEarliestOwnDay && *full.year >= clues.latest_year)
        return HeadClues::Dated{to_date(*yearless, *full.year), "the same day in the text"};
    }
  }
  const int known = std::max(clues.latest_event, clues.latest_era);
  if (std::max(clues.latest_year, known) == 0) return std::nullopt;
  // The years that days with their weekdays leave. Since 2022 no two years up to the last repeat a weekday.
  const auto years_from = [&](int from, const std::vector<CalendarDate>& days) {
    std::vector<int> years;
    if (from == 0) return years;
    const int to = from >= kManyYears ? kLastReportYear : from + kYearsOn;
    for (int year = from; year <= to; ++year) {
      if (std::all_of(days.begin(), days.end(), [&](const CalendarDate& c) { return year_fits(c, year); })) years.push_back(year);
    }
    return years;
  };
  const auto years_of = [&](const std::vector<CalendarDate>& days) {
    std::vector<int> years = years_from(std::max(clues.latest_year, known), days);
    if (years.empty()) years = years_from(std::max(clues.latest_past, known), days);
    // An event may lie ahead of the report ("in the presidential election in March"); who held office then did so already.
    if (years.empty() && clues.latest_era >= kManyYears) years = years_from(std::max(clues.latest_past, clues.latest_era), days);
    return years;
  };
  std::vector<CalendarDate> days = clues.weekday_dates;
  if (yearless != nullptr && yearless->weekday) days.push_back(*yearless);
  if (!days.empty()) {
    const std::vector<int> years = years_of(days);
    if (years.size() != 1) return std::nullopt;
    const auto year = static_cast<std::int16_t>(years.front());
    if (yearless != nullptr) return HeadClues::Dated{to_date(*yearless, year), "weekday"};
    return HeadClues::Dated{Date{year, clues.weekday_dates.back().month, 0, 0}, "weekday"};
  }
  // A wire dated "4 March" says "on Saturday" of that day or of the day before.
  if (yearless != nullptr && clues.told_on) {
    for (const int back : {0, 1}) {
      CalendarDate day = *yearless;
      day.weekday = static_cast<std::uint8_t>((*clues.told_on - 1 + back) % 7 + 1);
      const std::vector<int> years = years_of({day});
      if (years.size() == 1)
        return HeadClues::Dated{to_date(*yearless, static_cast<std::int16_t>(years.front())), "weekday of the telling"};
    }
  }
  if (yearless == nullptr && clues.full_early && *clues.full_early->year == clues.latest_year && clues.latest_year >= clues.latest_event) {
    const std::int16_t year = *clues.full_early->year;
    return HeadClues::Dated{clues.opens_early && clues.entries == 1 ? to_date(*clues.full_early, year) : Date{year, 0, 0, 0}, "body"};
  }
  if (yearless == nullptr && clues.told_on && clues.partial_early && clues.latest_event > 0 && clues.latest_event >= clues.latest_year)
    return HeadClues::Dated{Date{static_cast<std::int16_t>(clues.latest_event), clues.partial_early->month, 0, 0}, "datable event"};
  return std::nullopt;
}

}  // namespace

bool is_paragraph(const std::vector<LineWord>& words, std::string_view view) {
  return words.size() > kHeadParagraphWords || (words.size() >= 14 && view.ends_with('.'));
}

Date to_date(const CalendarDate& date, std::int16_t year) { return Date{year, date.month, date.day, 0}; }

Result<HeadClues> HeadClues::make(const Codebook& book, const Gazetteer* people) {
  HeadClues out;
  out.event_years_.assign(book.rows.size(), 0);
  for (const auto& [kind, target] :
       std::initializer_list<std::pair<std::string_view, PhraseBook*>>{{"dated-event", &out.events_}, {"dated-era", &out.eras_}}) {
    auto phrases = PhraseBook::compile(book, kind);
    if (!phrases) return tl::unexpected(phrases.error());
    *target = std::move(*phrases);
    for (const RowId row : book.rows_of(kind)) {
      if (const auto year = Date::parse(book.rows[row].gives)) out.event_years_[row] = year->year;
    }
  }
  auto offices = PhraseBook::compile(people != nullptr ? offices_of(*people, out.office_years_) : Codebook{}, "office");
  if (!offices) return tl::unexpected(offices.error());
  out.offices_ = std::move(*offices);
  return out;
}

std::optional<HeadClues::Dated> HeadClues::date_of(std::string_view text, const std::vector<Line>& lines,
                                                   const std::vector<std::size_t>& article, Language language, const CalendarDate* yearless,
                                                   const PhraseBook& limits) const {
  Clues clues;
  std::size_t paragraphs = 0;
  for (const std::size_t index : article) {
    const std::string_view view = lines[index].span.of(text);
    const std::vector<CalendarDate> dates = find_dates(view, language, DateDetail::parts);
    const std::vector<LineWord> words = words_of_line(view);
    paragraphs += is_paragraph(words, trimmed(view));
    const bool opens = !dates.empty() && dates.front().span.begin == 0 && dates.front().year && dates.front().day != 0;
    clues.entries += opens ? 1 : 0;
    for (const PhraseHit& hit : events_.find(words)) {
      clues.latest_event = std::max(clues.latest_event, event_years_[hit.row]);
    }
    for (const PhraseHit& hit : eras_.find(words)) clues.latest_era = std::max(clues.latest_era, event_years_[hit.row]);
    for (const PhraseHit& hit : offices_.find(words)) clues.latest_era = std::max<int>(clues.latest_era, office_years_[hit.row]);
    const auto limited = [&](const CalendarDate& date) {
      const auto behind = std::find_if(words.begin(), words.end(), [&](const LineWord& w) { return w.span.begin >= date.span.begin; });
      return behind != words.begin() && !limits.find({*std::prev(behind)}).empty();
    };
    for (const CalendarDate& date : dates) {
      if (date.year && date.day != 0 && date.month != 0) clues.full_dates.push_back(date);
      if (date.year && *date.year >= kFirstReportYear && *date.year < 2100) {
        clues.latest_year = std::max<int>(clues.latest_year, *date.year);
        if (*date.year > clues.latest_past && !limited(date)) clues.latest_past = *date.year;
      }
      if (date.weekday && date.day != 0 && date.month >= 1 && date.month <= 12 && !date.year) clues.weekday_dates.push_back(date);
      if (paragraphs == 0 || paragraphs > 3) continue;
      if (date.year && date.day != 0 && paragraphs <= 2 && (!clues.full_early || *date.year > *clues.full_early->year)) {
        clues.full_early = date;
        clues.opens_early = paragraphs == 1 && &date == &dates.front() && opens;
      }
      if (!date.year && date.day != 0 && date.month != 0 && !clues.partial_early) clues.partial_early = date;
      if (paragraphs > 2 || clues.told_on || !date.weekday || date.day != 0 || date.month != 0 || date.year) continue;
      if (!limited(date) && !in_quotation(view, date.span.begin)) clues.told_on = date.weekday;
    }
  }
  return decided(clues, yearless);
}

}  // namespace litopys
