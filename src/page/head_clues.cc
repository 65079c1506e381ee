// Clues are gathered in one walk over the lines, then weighed in the order of how sure they are.
#include "page/head_clues.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/utf8.h"
#include "page/head_years.h"
#include "page/lines.h"

namespace litopys {
namespace {

constexpr int kManyYears = 2022;        // an office older than this leaves too many years for a weekday to choose from
constexpr int kFirstReportYear = 2014;  // the first passportization of the codebook's subject
constexpr int kLastReportYear = 2026;   // of the reports that exist; no weekday leads beyond it
constexpr int kYearsOn = 3;             // how many years after what a text names it may be written
constexpr int kNewsMonths = 1;          // a report that tells news comes out in the month of it or so many later

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
  std::vector<int> told_years;                // to which "last year" and the like lead beside what they date
  int term = 0;                               // the year in which a term was set that the first three paragraphs see ahead
  std::vector<Date> news;                     // months of what the first two tell as news,
  std::optional<Date> news_of_day;            // and of what they tell beside a weekday
  std::vector<int> bare_years;                // as for latest_past, each time that one is named without a month;
  std::vector<int> years_with_last;           // and of these, each before "last year" in its line
  bool this_year = false;                     // "this year" is named
};

// The year that follows from what a text says of other years; 0 for none.
int year_by_telling(const Clues& clues) {
  const auto& told = clues.told_years;
  if (!told.empty() && std::ranges::all_of(told, [&](int year) { return year == told.front(); }) && told.front() >= clues.latest_past)
    return told.front();
  if (clues.term != 0 && clues.latest_past <= clues.term && std::max(clues.latest_event, clues.latest_era) <= clues.term) return clues.term;
  // "Every week in 2023. … sent out last year", of the latest year that the text names, and more than once.
  if (!clues.this_year && clues.latest_year == clues.latest_past && std::ranges::count(clues.bare_years, clues.latest_past) >= 2 &&
      std::ranges::find(clues.years_with_last, clues.latest_past) != clues.years_with_last.end())
    return clues.latest_past + 1;
  return 0;
}

// The month of news from which a report of this day comes.
std::optional<Date> news_before(const Clues& clues, int month) {
  for (const Date& news : clues.news) {
    const bool near = month >= news.month && month <= news.month + kNewsMonths;
    if (near && news.year >= clues.latest_past && news.year >= std::max(clues.latest_event, clues.latest_era)) return news;
  }
  return std::nullopt;
}

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
  const auto of_year = [&](int year, std::string from) {
    const auto own = static_cast<std::int16_t>(year);
    return HeadClues::Dated{yearless != nullptr ? to_date(*yearless, own) : Date{own, 0, 0, 0}, std::move(from)};
  };
  const auto year_told = [&]() -> std::optional<HeadClues::Dated> {
    const auto news = yearless != nullptr ? news_before(clues, yearless->month) : std::nullopt;
    const int year = news ? news->year : year_by_telling(clues);
    if (year == 0 || (yearless != nullptr && yearless->weekday && !year_fits(*yearless, year))) return std::nullopt;
    return of_year(year, news ? "datable event" : "years told");
  };
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
  // "The court said on Tuesday, 4 March 2025, …"
  if (yearless == nullptr && clues.full_early && clues.full_early->weekday && *clues.full_early->year == clues.latest_year &&
      clues.latest_year >= known)
    return HeadClues::Dated{to_date(*clues.full_early, *clues.full_early->year), "body"};
  std::vector<CalendarDate> days = clues.weekday_dates;
  if (yearless != nullptr && yearless->weekday) days.push_back(*yearless);
  if (!days.empty()) {
    const std::vector<int> years = years_of(days);
    if (years.size() != 1) return year_told();
    const auto year = static_cast<std::int16_t>(years.front());
    if (yearless != nullptr) return HeadClues::Dated{to_date(*yearless, year), "weekday"};
    return HeadClues::Dated{Date{year, clues.weekday_dates.back().month, 0, 0}, "weekday"};
  }
  // A wire dated "4 March" says "on Saturday" of that day or of the day before.
  if (yearless != nullptr && clues.told_on) {
    for (const int back : {0, 1}) {
      CalendarDate day = *yearless;
      day.weekday = static_cast<std::uint8_t>((*clues.told_on - 1 + back) % 7 + 1);
      std::vector<int> years = years_of({day});
      // What the text says of a later year may lie ahead of it, before the day of telling is taken for the day before.
      if (years.empty() && back == 0 && known != 0) {
        years = years_from(known, {day});
        if (years.size() > 1) break;
      }
      if (years.size() == 1)
        return HeadClues::Dated{to_date(*yearless, static_cast<std::int16_t>(years.front())), "weekday of the telling"};
    }
  }
  if (auto told = year_told()) return told;
  if (yearless != nullptr) return std::nullopt;
  if (clues.partial_early) {
    if (const auto news = news_before(clues, clues.partial_early->month))
      return HeadClues::Dated{Date{news->year, clues.partial_early->month, 0, 0}, "datable event"};
  }
  if (clues.news_of_day && clues.news_of_day->year >= clues.latest_past) return HeadClues::Dated{*clues.news_of_day, "datable event"};
  if (clues.full_early && *clues.full_early->year == clues.latest_year && clues.latest_year >= clues.latest_event) {
    const std::int16_t year = *clues.full_early->year;
    return HeadClues::Dated{clues.opens_early && clues.entries == 1 ? to_date(*clues.full_early, year) : Date{year, 0, 0, 0}, "body"};
  }
  return std::nullopt;
}

}  // namespace

bool is_paragraph(const std::vector<LineWord>& words, std::string_view view) {
  return words.size() > kHeadParagraphWords || (words.size() >= 14 && view.ends_with('.'));
}

Date to_date(const CalendarDate& date, std::int16_t year) { return Date{year, date.month, date.day, 0}; }

Result<HeadClues> HeadClues::make(const Codebook& book, const Gazetteer* people) {
  HeadClues out;
  out.row_dates_.assign(book.rows.size(), Date{});
  out.row_years_.assign(book.rows.size(), 0);
  for (const auto& [kind, target] : std::initializer_list<std::pair<std::string_view, PhraseBook*>>{{"dated-event", &out.events_},
                                                                                                    {"dated-news", &out.news_},
                                                                                                    {"dated-term", &out.terms_},
                                                                                                    {"dated-era", &out.eras_},
                                                                                                    {"date-ahead", &out.ahead_},
                                                                                                    {"date-of-other", &out.others_},
                                                                                                    {"year-word", &out.year_words_}}) {
    auto phrases = PhraseBook::compile(book, kind);
    if (!phrases) return tl::unexpected(phrases.error());
    *target = std::move(*phrases);
    for (const RowId row : book.rows_of(kind)) {
      const std::string& gives = book.rows[row].gives;
      if (kind == "year-word") {
        std::from_chars(gives.data(), gives.data() + gives.size(), out.row_years_[row]);
      } else if (const auto date = Date::parse(gives)) {
        out.row_dates_[row] = *date;
      }
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
    std::vector<DatedEvent> events;
    const auto event = [&](const PhraseHit& hit) {
      events.push_back({{hit.first, hit.first + hit.count - 1}, row_dates_[hit.row].year});
      clues.latest_event = std::max<int>(clues.latest_event, row_dates_[hit.row].year);
    };
    for (const PhraseHit& hit : events_.find(words)) event(hit);
    const std::vector<PhraseHit> terms = terms_.find(words);
    for (const PhraseHit& hit : terms) event(hit);
    const std::vector<PhraseHit> news = news_.find(words);
    for (const PhraseHit& hit : news) event(hit);
    std::vector<YearWord> year_words;
    for (const PhraseHit& hit : year_words_.find(words)) {
      year_words.push_back({{hit.first, hit.first + hit.count - 1}, row_years_[hit.row]});
      clues.this_year = clues.this_year || year_words.back().years == 0;
    }
    for (const int year : years_told({view, words, dates, events, year_words})) clues.told_years.push_back(year);
    for (const PhraseHit& hit : eras_.find(words)) clues.latest_era = std::max<int>(clues.latest_era, row_dates_[hit.row].year);
    for (const PhraseHit& hit : offices_.find(words)) clues.latest_era = std::max<int>(clues.latest_era, office_years_[hit.row]);
    // The word before a date, or none.
    const auto stands_behind = [&](const CalendarDate& date, const PhraseBook& book) {
      const auto behind = std::find_if(words.begin(), words.end(), [&](const LineWord& w) { return w.span.begin >= date.span.begin; });
      return behind != words.begin() && !book.find({*std::prev(behind)}).empty();
    };
    const auto limited = [&](const CalendarDate& date) { return stands_behind(date, limits); };
    for (const CalendarDate& date : dates) {
      const bool full = date.year && date.day != 0 && date.month != 0;
      if (full) clues.full_dates.push_back(date);
      if (date.year && *date.year >= kFirstReportYear && *date.year < 2100) {
        clues.latest_year = std::max<int>(clues.latest_year, *date.year);
        if (!limited(date)) {
          clues.latest_past = std::max<int>(clues.latest_past, *date.year);
          if (date.month == 0) {
            clues.bare_years.push_back(*date.year);
            const bool last = std::ranges::any_of(
                year_words, [&](const YearWord& word) { return word.years == -1 && words[word.words.first].span.begin > date.span.end; });
            if (last) clues.years_with_last.push_back(*date.year);
          }
        }
      }
      if (date.weekday && date.day != 0 && date.month >= 1 && date.month <= 12 && !date.year) clues.weekday_dates.push_back(date);
      if (paragraphs == 0 || paragraphs > 3) continue;
      if (full && stands_behind(date, ahead_)) {
        for (const PhraseHit& hit : terms) {
          if (words[hit.first].span.begin == date.span.begin) clues.term = std::max<int>(clues.term, row_dates_[hit.row].year);
        }
      }
      const bool own = paragraphs <= 2 && !limited(date) && !stands_behind(date, others_);
      if (date.year && date.day != 0 && own && (!clues.full_early || *date.year > *clues.full_early->year)) {
        clues.full_early = date;
        clues.opens_early = paragraphs == 1 && &date == &dates.front() && opens;
      }
      if (!date.year && date.day != 0 && date.month != 0 && !clues.partial_early) clues.partial_early = date;
      if (paragraphs > (yearless != nullptr ? 3U : 2U) || clues.told_on || !date.weekday || date.day != 0 || date.month != 0 || date.year)
        continue;
      if (!limited(date) && !stands_behind(date, others_) && !in_quotation(view, date.span.begin)) clues.told_on = date.weekday;
    }
    const bool looks_back = std::ranges::any_of(year_words, [](const YearWord& word) { return word.years < 0; });
    if (paragraphs > 2 || looks_back) continue;
    for (const PhraseHit& hit : news) {
      clues.news.push_back(row_dates_[hit.row]);
      const bool of_day =
          std::ranges::any_of(dates, [&](const CalendarDate& date) { return date.weekday && !date.year && !limited(date); });
      if (of_day && !clues.news_of_day) clues.news_of_day = row_dates_[hit.row];
    }
  }
  return decided(clues, yearless);
}

}  // namespace litopys
