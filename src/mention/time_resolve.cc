#include "mention/time_resolve.h"

#include <chrono>
#include <cstdint>
#include <utility>

#include "mention/time_tense.h"

namespace litopys {
namespace {

using time_rules::Base;
using time_rules::Dates;
using time_rules::Lean;
using time_rules::Part;

constexpr std::size_t kTimesBack = 4;  // in a sentence: farther ones speak of something else

// The part of a date that a piece means.
std::optional<Dates> meant_of(Date date, const TimePiece& p) {
  if (p.months == 0 || date.month != 0) return time_rules::within(date, p.part);
  return time_rules::first_months(p.months, date, Lean::either);
}

// From left to right: `done_` is what the sentence has said before the piece that is looked at.
class PieceResolver {
 public:
  PieceResolver(const TimeSentence& sentence, const TimePassage& passage)
      : sentence_(sentence), passage_(passage), published_(passage.published), tenses_(read_tenses(sentence)) {}

  std::vector<ResolvedPiece> run(std::vector<TimePiece> pieces) {
    for (TimePiece& piece : pieces) {
      Found found = piece.relative ? counted_dates(piece) : calendar_dates(piece);
      Time time = time_by_itself(piece, found);
      done_.push_back({std::move(piece), found.dates, std::move(time)});
    }
    return std::move(done_);
  }

 private:
  struct Found {
    std::optional<Dates> dates;
    bool relative = false;
    std::string rule;
  };

  // What an earlier piece of the sentence says of the year: "wrote last year that … by December".
  [[nodiscard]] std::optional<Date> anchor_before() const {
    const std::size_t i = done_.size();
    for (std::size_t k = i; k-- > 0 && i - k <= kTimesBack;) {
      const TimePiece& p = done_[k].piece;
      const bool year_back = p.relative && p.relative->base == Base::year && p.relative->edge == time_rules::Edge::none;
      if (!year_back && !p.year_off && !(p.shift && *p.shift != 0 && p.date.month != 0)) continue;
      const auto& dates = done_[k].dates;
      return dates ? std::optional<Date>(dates->first) : std::nullopt;
    }
    return std::nullopt;
  }

  // The time from which "that day" and "the 20th" are counted: the one before it in the sentence, else the passage's last.
  [[nodiscard]] std::optional<Date> time_before() const {
    if (!done_.empty() && done_.back().dates) return done_.back().dates->first;
    return passage_.last;
  }

  // The same, or what the paragraphs before told of last: "that month", "of the same year" reach so far, "that day" does not.
  [[nodiscard]] std::optional<Date> wide_time_before() const {
    const auto before = time_before();
    return before || !passage_.earlier ? before : all_of(*passage_.earlier).first;
  }

  // All of that time.
  [[nodiscard]] std::optional<Dates> dates_before() const {
    if (done_.size() > 1) {
      const auto joined = interval_of(sentence_, done_[done_.size() - 2], done_.back());
      if (joined && joined->when) return Dates{*joined->when->begin, *joined->when->end};
    }
    if (!done_.empty() && done_.back().dates) return done_.back().dates;
    return passage_.span ? std::optional<Dates>(all_of(*passage_.span)) : std::nullopt;
  }
  // That, or what the paragraphs before told of last.
  [[nodiscard]] std::optional<Dates> wide_dates_before() const {
    const auto before = dates_before();
    return before || !passage_.earlier ? before : all_of(*passage_.earlier);
  }
  // That, or the month of the report.
  [[nodiscard]] std::optional<Dates> then_or_report() const {
    const auto then = wide_dates_before();
    if (then || !published_) return then;
    const Date month{published_->year, published_->month, 0, 0};
    return Dates{month, month};
  }

  [[nodiscard]] static Dates all_of(const When& when) {
    const auto& begin = when.begin ? when.begin : when.end;
    return {*begin, when.end ? *when.end : *begin};
  }

  // Whether it is the end of what is counted: "As of 1 March 300 had, a year earlier 200".
  [[nodiscard]] bool bound_before() const {
    if (!done_.empty() && done_.back().dates) {
      const TimeFrame frame = done_.back().piece.frame;
      return frame == TimeFrame::until || frame == TimeFrame::as_of;
    }
    return passage_.span && !passage_.span->begin;
  }

  // Whether it has no end.
  [[nodiscard]] bool since_before() const {
    if (!done_.empty() && done_.back().dates) return done_.back().time.form == TimeForm::since;
    return passage_.span && !passage_.span->end;
  }

  // Whether a piece says when something was, and not up to or from when.
  [[nodiscard]] static bool is_told(const TimePiece& p) { return p.frame == TimeFrame::none || p.frame == TimeFrame::point; }

  // A year in the past that the sentence has named for what it tells: "In January 2024 it reported on the plan of the first quarter".
  [[nodiscard]] std::optional<Date> year_named_before() const {
    const std::size_t i = done_.size();
    for (std::size_t k = i; k-- > 0 && i - k <= kTimesBack;) {
      const TimePiece& p = done_[k].piece;
      if (p.relative || !p.date.year || p.date.month == 0 || p.dated || !is_told(p)) continue;
      return published_ && *p.date.year < published_->year ? std::optional<Date>(Date{*p.date.year, 0, 0, 0}) : std::nullopt;
    }
    return std::nullopt;
  }

  // The date before it whose year it shares.
  [[nodiscard]] std::optional<Date> dated_before() const {
    const std::size_t i = done_.size();
    for (std::size_t k = i; k-- > 0 && i - k <= kTimesBack;) {
      const TimePiece& p = done_[k].piece;
      if (!p.relative && p.date.year && p.date.month != 0 && p.frame != TimeFrame::since && p.frame != TimeFrame::until)
        return Date{*p.date.year, p.date.month, p.date.day, 0};
    }
    return passage_.dated;
  }

  // Of a phrase that counts from another day, or names one without a date ("since the full-scale invasion").
  [[nodiscard]] Found counted_dates(const TimePiece& p) const {
    const time_rules::Relative& relative = *p.relative;
    const bool event = relative.base == Base::fixed_date;
    const Lean lean = lean_of(sentence_, tenses_, p);
    Found out;
    out.relative = relative.base != Base::fixed_year && !event;
    out.rule = out.relative ? "relative." + p.row : event ? "event." + p.row : "absolute";
    if (relative.base == Base::same) {
      const int years = relative.counted ? relative.offset * p.count : relative.offset;
      if (const auto then = years == 0 ? dates_before() : then_or_report()) out.dates = time_rules::years_on(*then, years);
      if (years != 0) return out;
      // "Since March … In that time": up to the report. Of what only has an end there is no such time.
      if (out.dates && since_before() && published_) out.dates->second = *published_;
      if (bound_before()) out.dates.reset();
      return out;
    }
    if (relative.base == Base::its_first) {
      if (const auto then = wide_dates_before()) out.dates = time_rules::first_of(relative.unit, first_count(p), then->first);
      return out;
    }
    if (relative.base == Base::since_then || relative.base == Base::by_then) {
      if (const auto then = wide_dates_before()) out.dates = Dates{then->second, then->second};
      return out;
    }
    if (out.relative) {
      // "In two months it will open" is counted from the day of the report, "two months later it opened" from another.
      const bool from_now = !relative.anchored || (relative.offset > 0 && looks_ahead(lean));
      const bool of_a_year = relative.base == Base::part_of_year || relative.base == Base::first_months;
      const auto named = of_a_year ? year_named_before() : std::nullopt;
      auto from = named ? named : from_now ? published_ : relative.base == Base::day ? time_before() : wide_time_before();
      // "Two weeks earlier he had said": than what the report tells, where nothing else is dated.
      if (!from && relative.offset < 0) from = published_;
      if (from) out.dates = time_rules::resolve(relative, *from, p.count, lean);
      // "At the end of the year it opened": in those days, not on the last of them.
      if (relative.edge != time_rules::Edge::none && is_told(p) && out.dates) out.dates->first.day = out.dates->second.day = 0;
      // «з нового року» is from the day behind the one by which «до нового року» ends.
      const bool turn = relative.base == Base::fixed_day && relative.month == 12 && relative.day == 31;
      if (turn && p.frame == TimeFrame::since && out.dates)
        out.dates->first = out.dates->second = Date::of(out.dates->first.last_day() + std::chrono::days(1));
    } else {
      out.dates = time_rules::resolve(relative, Date{relative.year, 0, 0, 0}, 0, Lean::either);
    }
    // Whoever wrote before the event means another.
    if (event && out.dates && published_ && out.dates->first.first_day() > published_->last_day()) out.dates.reset();
    if (out.dates && out.dates->first == out.dates->second) out.dates = meant_of(out.dates->first, p);
    return out;
  }

  // Of a date of the calendar or a bare day.
  [[nodiscard]] Found calendar_dates(const TimePiece& p) const {
    const CalendarDate& d = p.date;
    const Lean lean = lean_of(sentence_, tenses_, p);
    Found out;
    std::optional<Date> date;
    const auto year = d.year ? d.year : p.lent_year;
    if (year) {
      out.rule = "absolute";
      date = Date{*year, d.month, d.day, 0};
    } else if (p.bare_day) {
      out.relative = true;
      out.rule = "bare-day";
      const auto before = time_before();
      if (before && before->month != 0 && before->month <= 12) {
        date = time_rules::day_of_month(d.day, *before, lean == Lean::past ? Lean::either : Lean::future);
      } else if (published_ && published_->day != 0) {
        date = time_rules::day_of_month(d.day, *published_, lean);
      }
    } else if (p.that) {
      out.relative = true;
      out.rule = "that";
      if (const auto before = wide_time_before()) date = time_rules::nearest(d.month, d.day, *before, Lean::either);
    } else {
      out.relative = true;
      out.rule = d.month == 0 ? "weekday" : d.month > 12 ? "season" : d.day != 0 ? "yearless" : "month";
      date = date_of_passage(p, lean);
      if (date) {
        out.rule += "-of-passage";
      } else if (published_) {
        date = date_by_publication(p, *published_, lean);
      }
    }
    if (date && date->valid()) out.dates = meant_of(*date, p);
    return out;
  }

  // A date without a year, by that of the date before it; nullopt where it does not share it.
  [[nodiscard]] std::optional<Date> date_of_passage(const TimePiece& p, Lean lean) const {
    const CalendarDate& d = p.date;
    const auto dated = d.month == 0 || p.year_off || p.shift || looks_ahead(lean) ? std::nullopt : dated_before();
    if (!dated || (published_ && dated->year >= published_->year)) return std::nullopt;
    // "The decree of 2023 makes it possible from 1 July" speaks of what is to come.
    const bool past = tense_of(tenses_, p, sentence_.atoms) == Tense::past;
    if (p.frame == TimeFrame::since && !past) return std::nullopt;
    if (!published_) return time_rules::nearest(d.month, d.day, *dated, Lean::future);
    // What lies close to the day of the report is of its year.
    if (const auto of_report = time_rules::nearest(d.month, d.day, *published_, Lean::either)) {
      const bool to_come = past && of_report->first_day() > published_->last_day();
      if (!to_come && time_rules::is_close(*of_report, *published_)) return std::nullopt;
    }
    const auto date = time_rules::nearest(d.month, d.day, *dated, Lean::future);
    return date && date->first_day() > published_->last_day() ? std::nullopt : date;
  }

  // A date without a year, or a weekday, counted from the day of the report.
  [[nodiscard]] std::optional<Date> date_by_publication(const TimePiece& p, Date published, Lean lean) const {
    const CalendarDate& d = p.date;
    if (d.month == 0) return time_rules::weekday(*d.weekday, published, lean, p.shift && *p.shift != 0 ? p.shift : std::nullopt);
    if (p.year_off) {
      const auto from = p.year_off_that ? wide_time_before() : published;
      if (!from) return std::nullopt;
      return Date{static_cast<std::int16_t>(from->year + *p.year_off), d.month, d.day, 0};
    }
    if (p.shift) {
      if (*p.shift != 0) return time_rules::beside(d.month, d.day, published, *p.shift);
      if (d.month <= 12) return Date{published.year, d.month, d.day, 0};
      return time_rules::nearest(d.month, d.day, published, Lean::past);
    }
    if (const auto anchor = anchor_before()) return time_rules::nearest(d.month, d.day, *anchor, Lean::future);
    return time_rules::nearest(d.month, d.day, published, lean);
  }

  [[nodiscard]] Time time_by_itself(const TimePiece& p, const Found& found) const {
    Time time;
    time.span = {sentence_.atoms[p.first].span.begin, sentence_.atoms[p.end - 1].span.end};
    time.relative = found.relative;
    time.rule = found.rule;
    // "As of 1 January clinics will ask for it": nobody counts as of a day to come, it begins then.
    const bool begins = p.frame == TimeFrame::as_of && published_ && found.dates && found.dates->first.first_day() > published_->last_day();
    const auto is = [&](Base base) { return p.relative && p.relative->base == base; };
    const bool open_since = p.frame == TimeFrame::since || begins || is(Base::since_then);
    const bool counted =
        p.frame == TimeFrame::counted && published_ && found.dates && found.dates->first.first_day() <= published_->last_day();
    const bool bound = p.frame == TimeFrame::until || p.frame == TimeFrame::as_of || counted || is(Base::by_then) ||
                       (is(Base::same) && p.relative->offset != 0 && bound_before());
    time.form = open_since ? TimeForm::since : bound ? TimeForm::until : TimeForm::point;
    if (!found.dates) return time;
    const auto& [first, last] = *found.dates;
    if (time.form == TimeForm::until) {
      const bool its_first = last.month > 12 && p.frame == TimeFrame::until && p.part == Part::none;  // "by autumn"
      time.when = When::until(its_first ? Date{last.year, Date::of(last.first_day()).month, 0, 0} : time_rules::bound_end(last, p.part));
    } else if (time.form == TimeForm::since) {
      time.when = When::since(first);
    } else if (first == last) {
      time.when = When::point(first);
    } else {
      time.form = TimeForm::between;
      time.when = When::between(first, last);
    }
    return time;
  }

  const TimeSentence& sentence_;
  const TimePassage& passage_;
  const std::optional<Date>& published_;
  SentenceTenses tenses_;
  std::vector<ResolvedPiece> done_;
};

}  // namespace

std::vector<ResolvedPiece> resolve_pieces(const TimeSentence& sentence, const TimePassage& passage, std::vector<TimePiece> pieces) {
  if (pieces.empty()) return {};
  return PieceResolver(sentence, passage).run(std::move(pieces));
}

}  // namespace litopys
