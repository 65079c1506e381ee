// Found for all claims at once: of each curve the lowest ceiling from a day on and the highest floor up to a day, and for each bound the
// tightest that it meets on its own curve, its wholes or its parts.
#include "record/conflict_pairs.h"

#include <algorithm>

namespace litopys {
namespace {

class Pairs {
 public:
  Pairs(const Arrows& arrows, SearchWork& work) : arrows_(arrows), work_(work) {}

  std::map<FactId, ConflictPair> find() {
    // Of each curve: the lowest ceiling from a day on, and the highest floor up to a day. A period's least is a floor at its end.
    std::unordered_map<std::uint32_t, std::vector<Ceiling>> ceilings, floors;
    for (const auto& [curve, here] : arrows_.by_curve) {
      std::vector<Ceiling>& tops = ceilings[curve];
      std::vector<Ceiling>& bottoms = floors[curve];
      for (std::uint32_t i : here) {
        const CurveBound& b = arrows_.bound(i);
        if (b.kind == BoundKind::high) tops.push_back({b.to, b.amount, b.fact});
        if (b.kind == BoundKind::low || b.kind == BoundKind::period_low) bottoms.push_back({b.to, b.amount, b.fact});
      }
      std::sort(tops.begin(), tops.end(), [](const Ceiling& a, const Ceiling& b) { return a.day < b.day; });
      for (std::size_t i = tops.size(); i-- > 1;) {
        const Ceiling& later = tops[i];
        Ceiling& here_top = tops[i - 1];
        if (later.amount < here_top.amount || (later.amount == here_top.amount && later.fact < here_top.fact)) {
          here_top.amount = later.amount;
          here_top.fact = later.fact;
        }
      }
      std::sort(bottoms.begin(), bottoms.end(), [](const Ceiling& a, const Ceiling& b) { return a.day < b.day; });
      for (std::size_t i = 1; i < bottoms.size(); ++i) {
        const Ceiling& before = bottoms[i - 1];
        if (before.amount > bottoms[i].amount || (before.amount == bottoms[i].amount && before.fact < bottoms[i].fact)) {
          bottoms[i].amount = before.amount;
          bottoms[i].fact = before.fact;
        }
      }
    }
    const auto from_day = [](const Ceiling& c, DayNumber day) { return c.day < day; };
    const auto to_day = [](DayNumber day, const Ceiling& c) { return day < c.day; };
    for (std::uint32_t i = 0; i < arrows_.bounds.size(); ++i) {
      const CurveBound& b = arrows_.bound(i);
      const Curve& curve = arrows_.system.curves[b.curve];
      if (b.kind == BoundKind::low || b.kind == BoundKind::period_low) {
        const auto look = [&](std::uint32_t c) {
          const auto tops = ceilings.find(c);
          if (tops == ceilings.end()) return;
          const auto at = std::lower_bound(tops->second.begin(), tops->second.end(), b.to, from_day);
          if (at != tops->second.end() && at->amount < b.amount) offer_one(b.fact, at->fact, b.amount - at->amount);
        };
        look(b.curve);
        for (std::uint32_t whole : curve.wholes) look(whole);
      } else if (b.kind == BoundKind::high) {
        const auto look = [&](std::uint32_t c) {
          const auto bottoms = floors.find(c);
          if (bottoms == floors.end()) return;
          const auto at = std::upper_bound(bottoms->second.begin(), bottoms->second.end(), b.to, to_day);
          if (at != bottoms->second.begin() && (at - 1)->amount > b.amount) offer_one(b.fact, (at - 1)->fact, (at - 1)->amount - b.amount);
        };
        look(b.curve);
        for (std::uint32_t part : curve.parts) look(part);
      } else {
        work_.done += static_cast<std::int64_t>(arrows_.by_curve.at(b.curve).size());
        if (work_.spent()) continue;
        for (std::uint32_t j : arrows_.by_curve.at(b.curve)) {
          const CurveBound& less = arrows_.bound(j);
          if (less.kind != BoundKind::period_low || less.from < b.from || less.to > b.to || less.amount <= b.amount) continue;
          offer(b.fact, less.fact, less.amount - b.amount);
        }
      }
    }
    return std::move(best_);
  }

 private:
  struct Ceiling {
    DayNumber day;
    Amount amount;
    FactId fact;
  };

  void offer(FactId a, FactId b, Amount excess) {
    if (a == b || excess <= Amount()) return;
    for (int turn = 0; turn < 2; ++turn) {
      ConflictPair& best = best_[a];
      if (best.other == kNoFact || excess > best.excess || (excess == best.excess && b < best.other)) best = {excess, b};
      std::swap(a, b);
    }
  }

  void offer_one(FactId a, FactId b, Amount excess) {
    if (a == b) return;
    ConflictPair& best = best_[a];
    if (best.other == kNoFact || excess > best.excess || (excess == best.excess && b < best.other)) best = {excess, b};
  }

  const Arrows& arrows_;
  SearchWork& work_;
  std::map<FactId, ConflictPair> best_;
};

}  // namespace

std::map<FactId, ConflictPair> best_pairs(const Arrows& arrows, SearchWork& work) { return Pairs(arrows, work).find(); }

}  // namespace litopys
