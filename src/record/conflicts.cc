// Pairs for all claims at once (conflict_pairs.h); what has no pair is searched by itself (conflict_rings.h). Only curves that touch a
// contradiction are searched.
#include "record/conflicts.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "record/arrows.h"
#include "record/conflict_pairs.h"
#include "record/conflict_rings.h"

namespace litopys {
namespace {

class Search {
 public:
  Search(const System& system, const Solved& solved) : system_(system), solved_(solved) {}

  Conflicts find() {
    std::map<std::uint16_t, std::vector<std::vector<std::uint32_t>>> failing;  // components of curves, by measure
    for (std::vector<std::uint32_t>& component : components()) {
      const bool fails = std::any_of(component.begin(), component.end(), [&](std::uint32_t c) { return solved_.bottom_fails(c); });
      const std::uint16_t measure = system_.curves[component.front()].measure;
      if (fails) failing[measure].push_back(std::move(component));
    }
    Conflicts out;
    for (const auto& [measure, components] : failing) {
      const std::size_t before = found_.size();
      work_ = {};
      for (const auto& component : components) search(component);
      if (found_.size() == before && !work_.cut_short) {
        // Of the component with the first of the claims at odds.
        std::optional<Arrows> first;
        for (const auto& component : components) {
          Arrows here = solved_.arrows_at_odds(component);
          if (!here.bounds.empty() && (!first || here.bound(0).fact < first->bound(0).fact)) first.emplace(std::move(here));
        }
        if (const auto larger = first ? larger_ring(*first, work_) : std::nullopt) keep(*larger);
      }
      out.cut_short = out.cut_short || work_.cut_short;
    }
    for (auto& [facts, conflict] : found_) out.sets.push_back(std::move(conflict));
    return out;
  }

 private:
  // Curves that can bear on each other, and have bounds of this side.
  std::vector<std::vector<std::uint32_t>> components() const {
    std::vector<std::uint32_t> head(system_.curves.size());
    std::iota(head.begin(), head.end(), 0U);
    const auto root = [&](std::uint32_t x) {
      while (head[x] != x) x = head[x] = head[head[x]];
      return x;
    };
    std::vector<bool> active(system_.curves.size(), false);
    for (const CurveBound& bound : system_.bounds) {
      if (!arrow_idle(bound) && solved_.takes_part(bound)) active[bound.curve] = true;
    }
    for (std::uint32_t c = 0; c < system_.curves.size(); ++c) {
      if (!active[c]) continue;
      for (std::uint32_t whole : system_.curves[c].wholes) {
        if (active[whole]) head[root(c)] = root(whole);
      }
    }
    std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
    for (std::uint32_t c = 0; c < system_.curves.size(); ++c) {
      if (active[c]) groups[root(c)].push_back(c);
    }
    std::vector<std::vector<std::uint32_t>> out;
    for (auto& [r, curves] : groups) out.push_back(std::move(curves));
    return out;
  }

  void search(const std::vector<std::uint32_t>& curves) {
    const Arrows arrows = solved_.arrows_at_odds(curves);
    const std::map<FactId, ConflictPair> pairs = best_pairs(arrows, work_);
    for (const auto& [fact, pair] : pairs) keep({{fact, pair.other}, pair.excess});
    small_rings(
        arrows, [&](FactId fact) { return pairs.contains(fact); }, work_, [&](const Conflict& ring) { keep(ring); });
  }

  // Once, whichever of its claims it is the best set of.
  void keep(const Conflict& conflict) {
    std::vector<FactId> key = conflict.facts;
    std::sort(key.begin(), key.end());
    found_.try_emplace(std::move(key), conflict);
  }

  const System& system_;
  const Solved& solved_;
  std::map<std::vector<FactId>, Conflict> found_;
  SearchWork work_;
};

}  // namespace

bool small_sets(const Arrows& at_odds, const std::function<bool(FactId)>& wanted, const std::function<void(const Conflict&)>& keep) {
  SearchWork work;
  const std::map<FactId, ConflictPair> pairs = best_pairs(at_odds, work);
  for (const auto& [fact, pair] : pairs) {
    if (wanted(fact)) keep({{fact, pair.other}, pair.excess});
  }
  small_rings(
      at_odds, [&](FactId fact) { return pairs.contains(fact) || !wanted(fact); }, work, keep);
  return !work.cut_short && !work.spent();
}

bool cannot_be(const System& system, const std::vector<FactId>& facts) { return lightest_ring(system, facts) < Amount(); }

Conflicts find_conflicts(const System& system, const Solved& solved) { return Search(system, solved).find(); }

}  // namespace litopys
