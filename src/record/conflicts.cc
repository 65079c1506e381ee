// A set of claims cannot be true exactly when their bounds close a negative cycle; between two bounds of it lie only free steps (to an
// earlier day, to a part, to zero). So a cycle is a ring of bounds, each of which may follow the one before, and a smallest set has one
// bound of each of its claims.
//
// Pairs are found for all claims at once by looking at the tightest bounds on each curve. What has no pair is searched by itself: layers
// of cheapest ways of one to four further bounds say whether a ring through the claim can be negative, and a walk backwards along them,
// cut where it can no longer win, finds the best ring without a smaller set in it. Only curves that touch a contradiction are searched.
#include "record/conflicts.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace litopys {
namespace {

constexpr std::int64_t kWork = 400'000'000;    // steps of one side's search before it gives up on the rest
constexpr std::int64_t kRootWork = 8'000'000;  // and of one claim's

bool from_zero(const CurveBound& b) { return b.kind == BoundKind::high; }
bool to_zero(const CurveBound& b) { return b.kind == BoundKind::low; }
// The day of the point that the bound starts from and of the one it leads to, as an arrow of the constraint graph.
DayNumber tail_day(const CurveBound& b) { return b.kind == BoundKind::period_high ? b.from : b.to; }
DayNumber head_day(const CurveBound& b) { return b.kind == BoundKind::period_low ? b.from : b.to; }
Amount weight(const CurveBound& b) { return b.kind == BoundKind::low || b.kind == BoundKind::period_low ? Amount() - b.amount : b.amount; }
bool idle(const CurveBound& b) {
  return b.kind == BoundKind::low || b.kind == BoundKind::period_low ? b.amount <= Amount() : b.amount >= kOpen;
}

// Whether free steps lead from the head of a to the tail of b.
bool follows(const System& system, const CurveBound& a, const CurveBound& b) {
  if (from_zero(b)) return true;  // nothing is below zero: every point leads to it
  if (to_zero(a)) return false;
  return tail_day(b) <= head_day(a) && system.within(b.curve, a.curve);
}

// The weight of a negative ring of the facts' bounds; something else where there is none.
Amount lightest_ring(const System& system, const std::vector<FactId>& facts) {
  std::vector<const CurveBound*> bounds;
  for (FactId f : facts) {
    const std::uint32_t curve = system.curve_of[f];
    if (curve == System::kNoCurve) continue;
    const auto at =
        std::lower_bound(system.bounds.begin(), system.bounds.end(), f, [](const CurveBound& b, FactId id) { return b.fact < id; });
    for (auto b = at; b != system.bounds.end() && b->fact == f; ++b) {
      if (!idle(*b)) bounds.push_back(&*b);
    }
  }
  const std::size_t n = bounds.size();
  std::vector<Amount> way(n * n, kOpen);  // from i to j, weights of both
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j && follows(system, *bounds[i], *bounds[j])) way[i * n + j] = weight(*bounds[j]);
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      if (way[i * n + k] >= kOpen) continue;
      for (std::size_t j = 0; j < n; ++j) {
        if (way[k * n + j] < kOpen) way[i * n + j] = std::min(way[i * n + j], way[i * n + k] + way[k * n + j]);
      }
      if (way[i * n + i] < Amount()) return way[i * n + i];  // going round it again would only grow
    }
  }
  Amount out = kOpen;
  for (std::size_t i = 0; i < n; ++i) out = std::min(out, way[i * n + i]);
  return out;
}

// Two bounds that cannot both hold.
bool opposed(const System& system, const CurveBound& a, const CurveBound& b) {
  return weight(a) + weight(b) < Amount() && follows(system, a, b) && follows(system, b, a);
}

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
    for (const auto& [measure, components] : failing) {
      const std::size_t before = found_.size();
      for (const auto& component : components) search(component);
      if (found_.size() == before && !out_.cut_short) larger(components.front());
    }
    for (auto& [facts, conflict] : found_) out_.sets.push_back(std::move(conflict));
    return std::move(out_);
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
      if (!idle(bound) && solved_.takes_part(bound)) active[bound.curve] = true;
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

  const CurveBound& bound(std::uint32_t i) const { return *bounds_[i]; }

  void gather(const std::vector<std::uint32_t>& curves) {
    bounds_.clear();
    by_curve_.clear();
    for (std::uint32_t c : curves) {
      for (std::uint32_t b : system_.curves[c].bounds) {
        if (!idle(system_.bounds[b]) && solved_.takes_part(system_.bounds[b])) bounds_.push_back(&system_.bounds[b]);
      }
    }
    std::sort(bounds_.begin(), bounds_.end(), [](const CurveBound* a, const CurveBound* b) { return a < b; });
    for (std::uint32_t i = 0; i < bounds_.size(); ++i) by_curve_[bound(i).curve].push_back(i);
  }

  void search(const std::vector<std::uint32_t>& curves) {
    gather(curves);
    pairs();
    prepare();
    for (std::uint32_t i = 0; i < bounds_.size();) {
      std::uint32_t end = i + 1;
      while (end < bounds_.size() && bound(end).fact == bound(i).fact) ++end;
      if (!best_pair_.contains(bound(i).fact)) rings(i, end);
      i = end;
    }
  }

  // ---- sets of two -----------------------------------------------------------------------------------------------------------------

  struct Ceiling {
    DayNumber day;
    Amount amount;
    FactId fact;
  };

  struct Pair {
    Amount excess;
    FactId other = kNoFact;
  };

  void offer(FactId a, FactId b, Amount excess) {
    if (a == b || excess <= Amount()) return;
    for (int turn = 0; turn < 2; ++turn) {
      Pair& best = best_pair_[a];
      if (best.other == kNoFact || excess > best.excess || (excess == best.excess && b < best.other)) best = {excess, b};
      std::swap(a, b);
    }
  }

  void pairs() {
    best_pair_.clear();
    // Of each curve: the lowest ceiling from a day on, and the highest floor up to a day. A period's least is a floor at its end.
    std::unordered_map<std::uint32_t, std::vector<Ceiling>> ceilings, floors;
    for (const auto& [curve, here] : by_curve_) {
      std::vector<Ceiling>& tops = ceilings[curve];
      std::vector<Ceiling>& bottoms = floors[curve];
      for (std::uint32_t i : here) {
        const CurveBound& b = bound(i);
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
    for (std::uint32_t i = 0; i < bounds_.size(); ++i) {
      const CurveBound& b = bound(i);
      const Curve& curve = system_.curves[b.curve];
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
        work_ += static_cast<std::int64_t>(by_curve_[b.curve].size());
        if (work_ > kWork) continue;
        for (std::uint32_t j : by_curve_[b.curve]) {
          const CurveBound& less = bound(j);
          if (less.kind != BoundKind::period_low || less.from < b.from || less.to > b.to || less.amount <= b.amount) continue;
          offer(b.fact, less.fact, less.amount - b.amount);
        }
      }
    }
    for (const auto& [fact, pair] : best_pair_) keep({fact, pair.other}, pair.excess);
  }

  void offer_one(FactId a, FactId b, Amount excess) {
    if (a == b) return;
    Pair& best = best_pair_[a];
    if (best.other == kNoFact || excess > best.excess || (excess == best.excess && b < best.other)) best = {excess, b};
  }

  void keep(std::vector<FactId> facts, Amount excess) {
    std::vector<FactId> key = facts;
    std::sort(key.begin(), key.end());
    found_.try_emplace(std::move(key), Conflict{std::move(facts), excess});
  }

  // ---- sets of three to five -------------------------------------------------------------------------------------------------------

  // Heads by curve and day, so that the cheapest way to a tail is a look at each of its wholes.
  struct Heads {
    std::vector<DayNumber> days;        // ascending
    std::vector<std::uint32_t> bounds;  // leading there
    std::vector<Amount> cheapest;       // from here on
  };

  void prepare() {
    heads_.clear();
    for (const auto& [curve, here] : by_curve_) {
      Heads& heads = heads_[curve];
      for (std::uint32_t i : here) {
        if (!to_zero(bound(i))) heads.bounds.push_back(i);
      }
      std::sort(heads.bounds.begin(), heads.bounds.end(), [&](std::uint32_t a, std::uint32_t b) {
        return head_day(bound(a)) != head_day(bound(b)) ? head_day(bound(a)) < head_day(bound(b)) : a < b;
      });
      for (std::uint32_t i : heads.bounds) heads.days.push_back(head_day(bound(i)));
      heads.cheapest.resize(heads.bounds.size());
    }
  }

  // next[b] = the cheapest way that ends with b, one bound longer than those of `layer`. A ring that comes by zero twice is two rings, so
  // a bound from zero is taken once: ways without one come first in a layer, then those with it.
  void step(const std::vector<Amount>& layer, std::vector<Amount>& next) {
    const std::size_t n = bounds_.size();
    for (std::size_t half = 0; half < 2; ++half) {
      const Amount* here = layer.data() + half * n;
      for (auto& [curve, heads] : heads_) {
        Amount cheapest = kOpen;
        for (std::size_t i = heads.bounds.size(); i-- > 0;) heads.cheapest[i] = cheapest = std::min(cheapest, here[heads.bounds[i]]);
      }
      const Amount anywhere = *std::min_element(here, here + n);
      for (std::uint32_t i = 0; i < n; ++i) {
        if (from_zero(bound(i))) {
          if (half == 0) next[i] = kOpen;
          if (half == 0) next[n + i] = anywhere < kOpen ? anywhere + weight(bound(i)) : kOpen;
          continue;
        }
        const Amount way = way_to(i);
        next[half * n + i] = way < kOpen ? way + weight(bound(i)) : kOpen;
      }
    }
    work_ += static_cast<std::int64_t>(n) * 4;
  }

  Amount way_to(std::uint32_t i) const {
    Amount out = kOpen;
    const auto look = [&](std::uint32_t curve) {
      const auto heads = heads_.find(curve);
      if (heads == heads_.end()) return;
      const auto at = std::lower_bound(heads->second.days.begin(), heads->second.days.end(), tail_day(bound(i)));
      if (at != heads->second.days.end())
        out = std::min(out, heads->second.cheapest[static_cast<std::size_t>(at - heads->second.days.begin())]);
    };
    look(bound(i).curve);
    for (std::uint32_t whole : system_.curves[bound(i).curve].wholes) look(whole);
    return out;
  }

  void rings(std::uint32_t begin, std::uint32_t end) {
    if (work_ > kWork) {
      out_.cut_short = true;
      return;
    }
    best_ = {};
    root_ends_ = work_ + kRootWork;
    std::vector<std::vector<std::vector<Amount>>> layers;  // of each root
    for (std::uint32_t root = begin; root < end; ++root) {
      layers.emplace_back(1, std::vector<Amount>(2 * bounds_.size(), kOpen));
      layers.back()[0][(from_zero(bound(root)) ? bounds_.size() : 0) + root] = weight(bound(root));
      for (std::size_t k = 1; k < kLargestSet; ++k) {
        layers.back().emplace_back(2 * bounds_.size());
        step(layers.back()[k - 1], layers.back()[k]);
      }
    }
    for (std::size_t size = 3; size <= kLargestSet && best_.facts.empty(); ++size) {
      for (std::uint32_t root = begin; root < end; ++root) {
        layers_ = &layers[root - begin];
        path_ = {root};
        walk(size - 1, Amount());
      }
    }
    if (work_ > root_ends_) out_.cut_short = true;
    if (!best_.facts.empty()) keep(best_.facts, best_.excess);
  }

  // Adds the bound before the one at the path's end; `layer` bounds stand before it, `after` is the weight of those behind the root.
  void walk(std::size_t layer, Amount after) {
    const std::uint32_t next = path_.back();
    const auto n = static_cast<std::uint32_t>(bounds_.size());
    const bool zero_behind = std::any_of(path_.begin() + 1, path_.end(), [&](std::uint32_t i) { return from_zero(bound(i)); });
    const std::vector<Amount>& ways = (*layers_)[layer];
    work_ += n;
    for (std::uint32_t i = 0; i < n; ++i) {
      const Amount way = zero_behind ? ways[i] : std::min(ways[i], ways[n + i]);
      if (way >= kOpen || way + after >= Amount()) continue;
      if (!best_.facts.empty() && way + after > Amount() - best_.excess) continue;
      if (!follows(system_, bound(i), bound(next)) || fits_not(i)) continue;
      path_.push_back(i);
      if (layer > 1) {
        walk(layer - 1, after + weight(bound(i)));
      } else if (follows(system_, bound(path_.front()), bound(i))) {
        ring(after + weight(bound(i)) + weight(bound(path_.front())));
      }
      path_.pop_back();
      if (work_ > root_ends_) return;
    }
  }

  // A claim twice, or two that cannot be true by themselves, make no smallest set of three or more.
  bool fits_not(std::uint32_t i) {
    constexpr std::int64_t kCost = 4;
    work_ += kCost * static_cast<std::int64_t>(path_.size());
    return std::any_of(path_.begin(), path_.end(), [&](std::uint32_t other) {
      if (bound(other).fact == bound(i).fact) return true;
      return any_bound(i, [&](std::uint32_t mine) {
        return any_bound(other, [&](std::uint32_t theirs) { return opposed(system_, bound(mine), bound(theirs)); });
      });
    });
  }

  // Of the bounds of one claim, which stand side by side.
  template <class Holds>
  bool any_bound(std::uint32_t i, Holds holds) const {
    while (i > 0 && bound(i - 1).fact == bound(i).fact) --i;
    for (const FactId fact = bound(i).fact; i < bounds_.size() && bound(i).fact == fact; ++i) {
      if (holds(i)) return true;
    }
    return false;
  }

  void ring(Amount total) {
    if (total >= Amount()) return;
    std::vector<FactId> facts;
    for (std::uint32_t i : path_) facts.push_back(bound(i).fact);
    std::reverse(facts.begin() + 1, facts.end());  // the path was walked backwards
    std::vector<FactId> sorted = facts;
    std::sort(sorted.begin(), sorted.end());
    const Amount excess = Amount() - total;
    if (!best_.facts.empty() && (excess < best_.excess || (excess == best_.excess && best_sorted_ <= sorted))) return;
    if (sorted.size() > 3) {
      constexpr std::int64_t kCost = 500;
      work_ += kCost * static_cast<std::int64_t>(sorted.size());
      for (std::size_t leave = 0; leave < sorted.size(); ++leave) {
        std::vector<FactId> fewer = sorted;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(leave));
        if (lightest_ring(system_, fewer) < Amount()) return;
      }
    }
    best_ = {std::move(facts), excess};
    best_sorted_ = std::move(sorted);
  }

  // ---- larger sets: one of them ----------------------------------------------------------------------------------------------------

  // Leaves out claim after claim as long as the rest cannot be true.
  void larger(const std::vector<std::uint32_t>& curves) {
    constexpr std::size_t kMost = 60;
    gather(curves);
    std::vector<FactId> facts = some_ring();
    if (facts.empty() || facts.size() > kMost) {
      out_.cut_short = true;
      return;
    }
    for (std::size_t chunk = facts.size() / 2; chunk > 0; chunk /= 2) {
      for (std::size_t at = facts.size(); at > 0;) {
        const std::size_t from = at > chunk ? at - chunk : 0;
        std::vector<FactId> fewer(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(from));
        fewer.insert(fewer.end(), facts.begin() + static_cast<std::ptrdiff_t>(at), facts.end());
        if (lightest_ring(system_, fewer) < Amount()) facts = std::move(fewer);
        at = from;
      }
    }
    const Amount ring = lightest_ring(system_, facts);
    if (ring < Amount()) keep(facts, Amount() - ring);
  }

  // The claims of any negative ring, found by relaxing until the arrows that moved a bound last close one.
  std::vector<FactId> some_ring() {
    prepare();
    const auto n = static_cast<std::uint32_t>(bounds_.size());
    std::vector<Amount> way(n);
    std::vector<std::uint32_t> before(n, n);
    for (std::uint32_t i = 0; i < n; ++i) way[i] = weight(bound(i));
    for (std::uint32_t round = 0; round <= n && work_ <= kWork; ++round) {
      bool moved = false;
      for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t j = 0; j < n; ++j) {
          if (i == j || way[j] + weight(bound(i)) >= way[i] || !follows(system_, bound(j), bound(i))) continue;
          way[i] = way[j] + weight(bound(i));
          before[i] = j;
          moved = true;
        }
      }
      work_ += static_cast<std::int64_t>(n) * n;
      if (!moved) return {};
      std::vector<std::uint32_t> seen(n, n);
      for (std::uint32_t start = 0; start < n; ++start) {
        std::uint32_t at = start;
        while (at != n && seen[at] == n) {
          seen[at] = start;
          at = before[at];
        }
        if (at == n || seen[at] != start) continue;
        std::vector<FactId> facts;
        for (std::uint32_t member = before[at]; facts.push_back(bound(member).fact), member != at; member = before[member]) {
        }
        std::sort(facts.begin(), facts.end());
        facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
        return facts;
      }
    }
    return {};
  }

  const System& system_;
  const Solved& solved_;
  Conflicts out_;
  std::map<std::vector<FactId>, Conflict> found_;
  std::vector<const CurveBound*> bounds_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_curve_;
  std::map<FactId, Pair> best_pair_;
  std::unordered_map<std::uint32_t, Heads> heads_;
  const std::vector<std::vector<Amount>>* layers_ = nullptr;
  std::vector<std::uint32_t> path_;
  Conflict best_;
  std::vector<FactId> best_sorted_;
  std::int64_t work_ = 0;
  std::int64_t root_ends_ = 0;
};

}  // namespace

bool cannot_be(const System& system, const std::vector<FactId>& facts) { return lightest_ring(system, facts) < Amount(); }

Conflicts find_conflicts(const System& system, const Solved& solved) { return Search(system, solved).find(); }

}  // namespace litopys
