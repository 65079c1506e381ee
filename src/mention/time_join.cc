#include "mention/time_join.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <utility>

#include "mention/time_around.h"

namespace litopys {
namespace {

using time_rules::Part;

bool are_of_one_grain(const TimePiece& a, const TimePiece& b) {
  return (a.date.day != 0) == (b.date.day != 0) && (a.date.month != 0) == (b.date.month != 0) &&
         a.date.weekday.has_value() == b.date.weekday.has_value();
}

// What can be of a run: a year, a month or a season, whole and with its dates.
bool may_run_on(const ResolvedPiece& resolved) {
  const TimePiece& p = resolved.piece;
  const bool whole = p.part == Part::none && p.months == 0 && (p.frame == TimeFrame::none || p.frame == TimeFrame::point);
  return whole && !p.relative && p.date.day == 0 && !p.date.weekday && !p.bare_day && resolved.dates;
}

// "In September and October", "in 2019, 2020 and 2021", "the summer and autumn of 2023": times that follow one another are one stretch.
// Gives how many of `pieces`, which are not empty, are of the one that the first begins; 1 for none.
std::size_t run_length(const TimeSentence& sentence, std::span<const ResolvedPiece> pieces) {
  std::size_t last = 0;
  while (last + 1 < pieces.size() && may_run_on(pieces[last]) && may_run_on(pieces[last + 1])) {
    const TimePiece& a = pieces[last].piece;
    const TimePiece& b = pieces[last + 1].piece;
    const bool seasons = (a.date.month > 12) == (b.date.month > 12);
    if (!seasons || !are_of_one_grain(a, b) || !(are_joined(sentence, a, b) || are_listed(sentence.atoms, a, b))) break;
    if (pieces[last + 1].dates->first.first_day() != pieces[last].dates->second.last_day() + std::chrono::days(1)) break;
    ++last;
  }
  // Without a word that ends the list it is a list of something else.
  while (last > 0 && !are_joined(sentence, pieces[last - 1].piece, pieces[last].piece) && pieces[last].piece.date.month != 0) --last;
  return last + 1;
}

Time run_from_to(const ResolvedPiece& first, const ResolvedPiece& last) {
  Time time;
  time.span = {first.time.span.begin, last.time.span.end};
  time.form = TimeForm::between;
  time.relative = first.time.relative || last.time.relative;
  time.rule = last.time.rule;
  Date begin = first.dates->first;
  Date end = last.dates->second;
  if (begin.month > 12) {  // seasons bound no interval
    begin = Date::of(begin.first_day());
    end = Date::of(end.last_day());
    begin.day = end.day = 0;
  }
  time.when = When::between(begin, end);
  return time;
}

}  // namespace

std::optional<Time> interval_of(const TimeSentence& sentence, const ResolvedPiece& from, const ResolvedPiece& to) {
  const TimePiece& a = from.piece;
  const TimePiece& b = to.piece;
  const bool opened = a.frame == TimeFrame::since || a.frame == TimeFrame::between;
  const bool dash = sentence.atoms.is_dash(a.end) && a.end + 1 == b.core;
  // "1 June to 30 November 2024": no "from" needed between two of a grain.
  const bool spans = !opened && !dash && a.frame != TimeFrame::until && !a.relative && !b.relative && are_of_one_grain(a, b) &&
                     are_spanned(sentence, a, b);
  if (!(opened && are_joined(sentence, a, b)) && !dash && !spans) return std::nullopt;
  if (a.relative.has_value() != b.relative.has_value() && !opened) return std::nullopt;
  if (dash && !opened && (a.frame == TimeFrame::until || !are_of_one_grain(a, b))) return std::nullopt;
  Time time;
  time.span = {from.time.span.begin, to.time.span.end};
  time.form = TimeForm::between;
  time.relative = from.time.relative || to.time.relative;
  time.rule = from.time.rule == to.time.rule ? from.time.rule : from.time.rule + "+" + to.time.rule;
  if (!from.dates || !to.dates) return time;
  Date begin = from.dates->first;
  const Date end = time_rules::bound_end(to.dates->second, b.part);
  // Two dates without a year fall on either side of what is nearest: the interval's end has the last word.
  if (begin.first_day() > end.last_day() && from.time.rule == "yearless" && to.time.rule == "yearless")
    begin.year = static_cast<std::int16_t>(end.year - (std::pair(begin.month, begin.day) > std::pair(end.month, end.day) ? 1 : 0));
  // "From Monday to Thursday", said on a Wednesday: the Monday before that Thursday.
  if (begin.first_day() > end.last_day() && a.date.weekday && b.date.weekday && a.date.month == 0 && b.date.month == 0 && end.day != 0)
    begin = Date::of(end.first_day() - std::chrono::days((*b.date.weekday - *a.date.weekday + 7) % 7));
  if (!begin.valid() || begin.first_day() > end.last_day()) return std::nullopt;
  time.when = When::between(begin, end);
  return time;
}

std::vector<Time> join_times(const TimeSentence& sentence, std::vector<ResolvedPiece> pieces) {
  std::vector<Time> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    // "That day", and none was named.
    if (pieces[i].piece.relative && pieces[i].piece.relative->anchored && !pieces[i].dates) continue;
    if (i + 1 < pieces.size()) {
      if (auto joined = interval_of(sentence, pieces[i], pieces[i + 1])) {
        out.push_back(std::move(*joined));
        ++i;
        continue;
      }
    }
    if (const std::size_t length = run_length(sentence, std::span(pieces).subspan(i)); length > 1) {
      out.push_back(run_from_to(pieces[i], pieces[i + length - 1]));
      i += length - 1;
      continue;
    }
    out.push_back(std::move(pieces[i].time));
  }
  return out;
}

}  // namespace litopys
