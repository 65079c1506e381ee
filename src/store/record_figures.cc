// A system of the bounds as the rows have them: no claims are read for it.
#include "store/record_figures.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "record/arrows.h"

namespace litopys {
namespace {

// Bounds of some curves of one measure, solved like those of a whole record.
struct KeptSystem {
  Facts facts;
  System system;
  std::vector<KeptRow> claims;  // of each fact
};

// Makes the curves of a measure and what lies within what; bounds come after.
void make_curves(const std::vector<KeptTables::CurveRow>& curves, KeptSystem& out) {
  out.facts.measures.names.emplace_back();
  std::vector<std::uint32_t> all(curves.size());
  std::iota(all.begin(), all.end(), 0U);
  for (const std::uint32_t i : all) {
    out.facts.places.push_back({curves[i].codes, curves[i].codes, {}});
    out.facts.groups.push_back({curves[i].members});
    out.system.curves.push_back({0, i, i, {}, {}, {}});
  }
  relate_curves(out.facts, out.system, all);
}

struct CurveFact {
  KeptRow claim = 0;
  std::uint32_t curve = 0;
  Side side = Side::unknown;
  std::string bounds;
};

// Facts in the order given.
void put_bounds(const std::vector<CurveFact>& facts, KeptSystem& out) {
  for (const CurveFact& from : facts) {
    const auto id = static_cast<FactId>(out.facts.all.size());
    Fact& fact = out.facts.all.emplace_back();
    fact.side = from.side;
    out.claims.push_back(from.claim);
    const auto first = static_cast<std::uint32_t>(out.system.bounds.size());
    unpack_bounds(from.bounds, id, from.curve, out.system.bounds);
    for (auto b = first; b < out.system.bounds.size(); ++b) out.system.curves[from.curve].bounds.push_back(b);
    out.system.curve_of.push_back(from.curve);
  }
}

}  // namespace

std::set<KeptKey> at_odds(KeptTables& tables, const std::string& measure, const std::vector<KeptFact>& voices) {
  const std::vector<KeptTables::CurveRow> rows = tables.curves(measure);
  std::unordered_map<KeptKey, std::uint32_t> number;
  for (std::uint32_t i = 0; i < rows.size(); ++i) number.emplace(rows[i].curve, i);
  KeptSystem kept;
  make_curves(rows, kept);
  std::set<std::uint32_t> touched, wanted;
  for (const KeptFact& voice : voices) touched.insert(number.at(voice.curve));
  for (const std::uint32_t c : touched) {
    const Curve& curve = kept.system.curves[c];
    wanted.insert(c);
    wanted.insert(curve.wholes.begin(), curve.wholes.end());
    wanted.insert(curve.parts.begin(), curve.parts.end());
  }
  std::vector<CurveFact> facts;
  for (const std::uint32_t c : wanted) {
    tables.each_bound(rows[c].curve, [&](const KeptTables::BoundRow& row) {
      facts.push_back({row.claim, c, row.side, std::string(row.bounds)});
    });
  }
  put_bounds(facts, kept);
  std::unordered_map<KeptRow, FactId> fact_of;
  for (FactId f = 0; f < kept.claims.size(); ++f) fact_of.emplace(kept.claims[f], f);
  const std::vector<std::uint32_t> curves(touched.begin(), touched.end());
  std::map<FactId, KeptKey> asked;
  std::set<std::optional<Side>> sides{std::nullopt};
  for (const KeptFact& voice : voices) {
    asked.emplace(fact_of.at(voice.claim), voice.curve);
    sides.insert(voice.side);
  }
  std::set<KeptKey> out;
  for (const std::optional<Side> side : sides) {
    const Solved solved(kept.facts, kept.system, side);
    for (const CurveBound* bound : solved.arrows_at_odds(curves).bounds) {
      if (const auto voice = asked.find(bound->fact); voice != asked.end()) out.insert(voice->second);
    }
  }
  return out;
}

KeptConflicts conflicts_of(KeptTables& tables, const std::string& measure, KeptKey cell, const std::set<KeptKey>& touched) {
  const std::vector<KeptTables::CurveRow> rows = tables.curves(measure);
  KeptSystem kept;
  make_curves(rows, kept);
  std::vector<bool> wanted(rows.size(), touched.empty());
  std::vector<std::uint32_t> reached;
  const auto reach = [&](std::uint32_t c) {
    if (wanted[c]) return;
    wanted[c] = true;
    reached.push_back(c);
  };
  for (std::uint32_t c = 0; c < rows.size(); ++c) {
    if (touched.contains(rows[c].curve)) reach(c);
  }
  while (!reached.empty()) {
    const Curve& curve = kept.system.curves[reached.back()];
    reached.pop_back();
    for (const std::uint32_t whole : curve.wholes) reach(whole);
    for (const std::uint32_t part : curve.parts) reach(part);
  }
  // In the order of the record.
  std::vector<std::tuple<DayNumber, std::string, std::uint32_t, CurveFact>> ordered;
  KeptConflicts out;
  for (std::uint32_t c = 0; c < rows.size(); ++c) {
    if (!wanted[c]) continue;
    out.curves.insert(rows[c].curve);
    tables.each_bound(rows[c].curve, [&](const KeptTables::BoundRow& row) {
      ordered.emplace_back(row.last, tables.id_of(row.document), row.number, CurveFact{row.claim, c, row.side, std::string(row.bounds)});
    });
  }
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a), std::get<2>(a)) < std::tie(std::get<0>(b), std::get<1>(b), std::get<2>(b));
  });
  std::vector<CurveFact> facts;
  facts.reserve(ordered.size());
  for (auto& each : ordered) facts.push_back(std::move(std::get<3>(each)));
  put_bounds(facts, kept);
  std::vector<FindingDraft> found;
  find_figures(kept.facts, kept.system, solve_sides(kept.facts, kept.system), found, out.notes);
  for (const FindingDraft& draft : found) {
    KeptFinding& set = out.sets.emplace_back();
    set.rule = "figures";
    set.cell = cell;
    set.excess = draft.excess;
    for (const FactId f : draft.facts) set.claims.push_back(kept.claims[f]);
  }
  return out;
}

}  // namespace litopys
