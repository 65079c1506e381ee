// Points are grouped by small numbers first; only the groups are sorted by their words.
#include "record/series_of.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace litopys {

std::string statement_id(const Facts& facts, const StatementDraft& draft) {
  return std::string("s:").append(facts.name(draft.facts.front()));
}

void SeriesMaker::each(const std::vector<FactId>& voices, const std::function<void(RecordSeries&&)>& visit) const {
  std::map<std::tuple<std::uint16_t, std::uint32_t, Unit, std::uint32_t>, std::vector<FactId>> numbered;
  for (FactId v : voices) {
    const Fact& f = facts_.all[v];
    if (f.has_figure && f.stance == Stance::asserted) numbered[{f.measure, f.place, f.unit, f.group}].push_back(v);
  }
  std::map<std::tuple<std::string_view, std::string_view, Unit, std::vector<std::string>>, std::vector<FactId>> series;
  for (auto& [key, list] : numbered) {
    const auto& [measure, place, unit, group] = key;
    auto& same = series[{facts_.measures.names[measure], facts_.places[place].name, unit, facts_.groups[group].members}];
    if (same.empty()) {
      same = std::move(list);
    } else {  // codes that are written alike: "A+B" and "A", "B"
      same.insert(same.end(), list.begin(), list.end());
      std::sort(same.begin(), same.end());
    }
  }
  for (const auto& [key, list] : series) visit(one(list));
}

RecordSeries SeriesMaker::one(const std::vector<FactId>& list) const {
  RecordSeries out;
  const Fact& first = facts_.all[list.front()];
  out.measure = facts_.measures.names[first.measure];
  out.place = facts_.places[first.place].name;
  out.unit = first.unit;
  out.group = facts_.groups[first.group].members;
  out.points.reserve(list.size());
  for (FactId v : list) {
    const Fact& f = facts_.all[v];
    SeriesPoint point;
    point.statement = statement_id(facts_, statements_[f.statement]);
    point.claim = facts_.name(v);
    point.bound = f.bound;
    point.low = f.low;
    if (f.high < kOpen) point.high = f.high;
    if (const auto& when = facts_.claim(f).when) point.when = when->str();
    point.side = f.side;
    point.originator = actors_.name(f.originator);
    point.left_out = f.left_out;
    out.points.push_back(std::move(point));
  }
  put_bands(list, out);
  return out;
}

void SeriesMaker::put_bands(const std::vector<FactId>& list, RecordSeries& out) const {
  std::set<Side> sides;
  std::vector<CurveBound> bounds;
  std::uint32_t curve = System::kNoCurve;
  for (FactId v : list) {
    sides.insert(facts_.all[v].side);
    if (system_.curve_of[v] == System::kNoCurve) continue;
    curve = system_.curve_of[v];
    append_bounds(facts_, v, bounds);
  }
  if (curve == System::kNoCurve) return;
  std::vector<DayNumber> days;
  days.reserve(2 * bounds.size());
  for (const CurveBound& bound : bounds) {
    days.push_back(bound.from);
    days.push_back(bound.to);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  for (const Solved& solved : solved_) {
    if (solved.side() && !sides.contains(*solved.side())) continue;
    if (solved.contradicted(curve)) {
      out.bands.push_back({solved.side(), true, {}, {}, {}});
      continue;
    }
    const auto bands = solved.bands(curve, days);
    for (std::size_t i = 0; i < days.size(); ++i) {
      Band band{solved.side(), false, Day(std::chrono::days(days[i])), bands[i].first, {}};
      if (bands[i].second < kOpen) band.high = bands[i].second;
      out.bands.push_back(band);
    }
  }
}

}  // namespace litopys
