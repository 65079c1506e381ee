// Pieces first (time_pieces.h), each with the atoms that it covers; then, from left to right, what stands around a piece is read outwards
// (time_around.h); then each comes to its dates, by the tense of the sentence (time_tense.h) and by what was said before (time_resolve.h);
// then neighbours are joined to intervals and runs (time_join.h). What the sentences before have said comes in as a value, TimePassage:
// here stands how it is gathered.
//
// Fits: "from late March to 1 June 2024". Does not fit: "on the eve of the vote" (no time at all).
#include "mention/time.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "mention/time_around.h"
#include "mention/time_join.h"
#include "mention/time_resolve.h"
#include "mention/time_rows.h"

namespace litopys {
namespace {

std::vector<Time> read_times(const TimeSentence& sentence, const TimePassage& passage) {
  std::vector<TimePiece> pieces = collect_pieces(sentence);
  if (pieces.empty()) return {};
  return join_times(sentence, resolve_pieces(sentence, passage, read_around(sentence, std::move(pieces))));
}

// "2023", «Березень 2014.»: a sentence of one date that has its year.
bool is_date_alone(const Text& text, const Sentence& sentence, const std::vector<Time>& times) {
  constexpr std::ptrdiff_t kFewWords = 3;
  if (times.size() != 1 || times[0].rule != "absolute" || times[0].form != TimeForm::point || !times[0].when) return false;
  const auto tokens = text.tokens_of(sentence);
  return std::count_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind != TokenKind::punctuation; }) <= kFewWords;
}

// A digest of 9 to 15 September is published "in September" as far as its text says; its Tuesday is that of those days all the same.
Date last_day_of_digest(const std::vector<Time>& times, Date published) {
  for (const Time& time : times) {
    if (time.form != TimeForm::between || !time.when || !time.when->end || time.when->end->day == 0) continue;
    const Date& end = *time.when->end;
    if (end.year == published.year && (published.month == 0 || end.month == published.month)) return end;
  }
  return published;
}

// A day of the calendar, whatever its year.
using MonthDay = std::pair<std::uint8_t, std::uint8_t>;

std::optional<MonthDay> day_of(const std::optional<Date>& date) {
  if (!date || date->day == 0) return std::nullopt;
  return MonthDay{date->month, date->day};
}

// "The decree gives them until 10 September 2025 … After 10 September": the day that a text names once with its year is of that year where
// it stands without. A day named with two years is of neither, and what lies close to the day of the report is of its year.
void share_years(std::vector<std::vector<Time>>& sentences, const std::optional<Date>& published) {
  std::map<MonthDay, std::int16_t> years;  // 0: two
  for (const auto& times : sentences) {
    for (const Time& time : times) {
      if (time.rule != "absolute" || !time.when) continue;
      for (const auto& date : {time.when->begin, time.when->end}) {
        const auto day = day_of(date);
        if (!day) continue;
        const auto [known, first] = years.try_emplace(*day, date->year);
        if (!first && known->second != date->year) known->second = 0;
      }
    }
  }
  if (years.empty()) return;
  for (auto& times : sentences) {
    for (Time& time : times) {
      if (!time.rule.starts_with("yearless") || time.form == TimeForm::between || !time.when) continue;
      const auto& date = time.when->begin ? time.when->begin : time.when->end;
      if (published && time_rules::is_close(*date, *published)) continue;
      const auto day = day_of(date);
      const auto known = day ? years.find(*day) : years.end();
      if (known == years.end() || known->second == 0) continue;
      for (auto* end : {&time.when->begin, &time.when->end}) {
        if (*end) (*end)->year = known->second;
      }
      time.rule = "same-day-in-text";
    }
  }
}

}  // namespace

struct TimeFinder::Impl {
  std::array<TimeRows, std::size(kReadLanguages)> languages;
};

TimeFinder::TimeFinder(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
TimeFinder::TimeFinder(TimeFinder&&) noexcept = default;
TimeFinder& TimeFinder::operator=(TimeFinder&&) noexcept = default;
TimeFinder::~TimeFinder() = default;

Result<TimeFinder> TimeFinder::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  for (const Language language : kReadLanguages) {
    auto rows = TimeRows::compile(book, language);
    if (!rows) return tl::unexpected(rows.error());
    impl->languages[static_cast<std::size_t>(language)] = std::move(*rows);
  }
  return TimeFinder(std::unique_ptr<const Impl>(std::move(impl)));
}

std::vector<std::vector<Time>> TimeFinder::find_all(const Text& text, const Document& document) const {
  constexpr std::size_t kHead = 6;  // sentences in which a digest says of which days it is
  std::vector<std::vector<Time>> out(text.sentences.size());
  if (text.language == Language::other) return out;
  const TimeRows& rows = impl_->languages[static_cast<std::size_t>(text.language)];
  TimePassage passage;
  passage.published = document.published;
  std::optional<Date> section;  // the date that heads it: "2023"
  for (std::size_t i = 0; i < text.sentences.size(); ++i) {
    const Sentence& sentence = text.sentences[i];
    if (sentence.span.empty()) continue;
    if (i > 0 && sentence.paragraph != text.sentences[i - 1].paragraph)
      passage = {passage.published, {}, {}, section || passage.published ? section : passage.dated, passage.span};
    out[i] = read_times({rows, text, document.text, sentence.span, cut_atoms(text, document, sentence)}, passage);
    for (const Time& time : out[i]) {
      if (!time.when) continue;
      const auto& date = time.when->begin ? time.when->begin : time.when->end;
      passage.last = date;
      passage.span = time.when;
      if (time.rule == "absolute" && date->month != 0 && (time.form == TimeForm::point || time.form == TimeForm::between))
        passage.dated = date;
    }
    if (i < kHead && passage.published && passage.published->day == 0) passage.published = last_day_of_digest(out[i], *passage.published);
    if (is_date_alone(text, sentence, out[i])) {
      section = passage.dated = out[i][0].when->begin;
    } else if (sentence.heading) {
      section.reset();
    }
  }
  share_years(out, document.published);
  return out;
}

}  // namespace litopys
