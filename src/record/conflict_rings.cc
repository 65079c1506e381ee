// Each claim is searched by itself: layers of cheapest ways of one to four further bounds say whether a ring through it can be negative,
// and a walk backwards along them, cut where it can no longer win, finds the best ring without a smaller set in it.
#include "record/conflict_rings.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr std::int64_t kRootWork = 8'000'000;  // steps of one claim's search

class Rings {
 public:
  Rings(const Arrows& arrows, SearchWork& work) : arrows_(arrows), work_(work) {
    for (const auto& [curve, here] : arrows_.by_curve) {
      Heads& heads = heads_[curve];
      for (std::uint32_t i : here) {
        if (!arrow_to_zero(arrows_.bound(i))) heads.bounds.push_back(i);
      }
      std::sort(heads.bounds.begin(), heads.bounds.end(), [&](std::uint32_t a, std::uint32_t b) {
        return arrow_head(arrows_.bound(a)) != arrow_head(arrows_.bound(b)) ? arrow_head(arrows_.bound(a)) < arrow_head(arrows_.bound(b))
                                                                            : a < b;
      });
      for (std::uint32_t i : heads.bounds) heads.days.push_back(arrow_head(arrows_.bound(i)));
      heads.cheapest.resize(heads.bounds.size());
    }
  }

  // Of the bounds begin to end, which are one claim's.
  std::optional<Conflict> best(std::uint32_t begin, std::uint32_t end) {
    if (work_.spent()) {
      work_.cut_short = true;
      return std::nullopt;
    }
    best_ = {};
    root_ends_ = work_.done + kRootWork;
    std::vector<std::vector<std::vector<Amount>>> layers;  // of each root
    for (std::uint32_t root = begin; root < end; ++root) {
      layers.emplace_back(1, std::vector<Amount>(2 * arrows_.bounds.size(), kOpen));
      layers.back()[0][(arrow_from_zero(arrows_.bound(root)) ? arrows_.bounds.size() : 0) + root] = arrow_weight(arrows_.bound(root));
      for (std::size_t k = 1; k < kLargestSet; ++k) {
        layers.back().emplace_back(2 * arrows_.bounds.size());
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
    if (work_.done > root_ends_) work_.cut_short = true;
    if (best_.facts.empty()) return std::nullopt;
    return best_;
  }

 private:
  // Heads by curve and day, so that the cheapest way to a tail is a look at each of its wholes.
  struct Heads {
    std::vector<DayNumber> days;        // ascending
    std::vector<std::uint32_t> bounds;  // leading there
    std::vector<Amount> cheapest;       // from here on
  };

  // next[b] = the cheapest way that ends with b, one bound longer than those of `layer`. A ring that comes by zero twice is two rings, so
  // a bound from zero is taken once: ways without one come first in a layer, then those with it.
  void step(const std::vector<Amount>& layer, std::vector<Amount>& next) {
    const std::size_t n = arrows_.bounds.size();
    for (std::size_t half = 0; half < 2; ++half) {
      const Amount* here = layer.data() + half * n;
      for (auto& [curve, heads] : heads_) {
        Amount cheapest = kOpen;
        for (std::size_t i = heads.bounds.size(); i-- > 0;) heads.cheapest[i] = cheapest = std::min(cheapest, here[heads.bounds[i]]);
      }
      const Amount anywhere = *std::min_element(here, here + n);
      for (std::uint32_t i = 0; i < n; ++i) {
        if (arrow_from_zero(arrows_.bound(i))) {
          if (half == 0) next[i] = kOpen;
          if (half == 0) next[n + i] = anywhere < kOpen ? anywhere + arrow_weight(arrows_.bound(i)) : kOpen;
          continue;
        }
        const Amount way = way_to(i);
        next[half * n + i] = way < kOpen ? way + arrow_weight(arrows_.bound(i)) : kOpen;
      }
    }
    work_.done += static_cast<std::int64_t>(n) * 4;
  }

  Amount way_to(std::uint32_t i) const {
    Amount out = kOpen;
    const auto look = [&](std::uint32_t curve) {
      const auto heads = heads_.find(curve);
      if (heads == heads_.end()) return;
      const auto at = std::lower_bound(heads->second.days.begin(), heads->second.days.end(), arrow_tail(arrows_.bound(i)));
      if (at != heads->second.days.end())
        out = std::min(out, heads->second.cheapest[static_cast<std::size_t>(at - heads->second.days.begin())]);
    };
    look(arrows_.bound(i).curve);
    for (std::uint32_t whole : arrows_.system.curves[arrows_.bound(i).curve].wholes) look(whole);
    return out;
  }

  // Adds the bound before the one at the path's end; `layer` bounds stand before it, `after` is the weight of those behind the root.
  void walk(std::size_t layer, Amount after) {
    const std::uint32_t next = path_.back();
    const auto n = static_cast<std::uint32_t>(arrows_.bounds.size());
    const bool zero_behind =
        std::any_of(path_.begin() + 1, path_.end(), [&](std::uint32_t i) { return arrow_from_zero(arrows_.bound(i)); });
    const std::vector<Amount>& ways = (*layers_)[layer];
    work_.done += n;
    for (std::uint32_t i = 0; i < n; ++i) {
      const Amount way = zero_behind ? ways[i] : std::min(ways[i], ways[n + i]);
      if (way >= kOpen || way + after >= Amount()) continue;
      if (!best_.facts.empty() && way + after > Amount() - best_.excess) continue;
      if (!arrow_follows(arrows_.system, arrows_.bound(i), arrows_.bound(next)) || fits_not(i)) continue;
      path_.push_back(i);
      if (layer > 1) {
        walk(layer - 1, after + arrow_weight(arrows_.bound(i)));
      } else if (arrow_follows(arrows_.system, arrows_.bound(path_.front()), arrows_.bound(i))) {
        ring(after + arrow_weight(arrows_.bound(i)) + arrow_weight(arrows_.bound(path_.front())));
      }
      path_.pop_back();
      if (work_.done > root_ends_) return;
    }
  }

  // A claim twice, or two that cannot be true by themselves, make no smallest set of three or more.
  bool fits_not(std::uint32_t i) {
    constexpr std::int64_t kCost = 4;
    work_.done += kCost * static_cast<std::int64_t>(path_.size());
    return std::any_of(path_.begin(), path_.end(), [&](std::uint32_t other) {
      if (arrows_.bound(other).fact == arrows_.bound(i).fact) return true;
      return any_bound(i, [&](std::uint32_t mine) {
        return any_bound(other,
                         [&](std::uint32_t theirs) { return arrows_opposed(arrows_.system, arrows_.bound(mine), arrows_.bound(theirs)); });
      });
    });
  }

  // Of the bounds of one claim, which stand side by side.
  template <class Holds>
  bool any_bound(std::uint32_t i, Holds holds) const {
    while (i > 0 && arrows_.bound(i - 1).fact == arrows_.bound(i).fact) --i;
    for (const FactId fact = arrows_.bound(i).fact; i < arrows_.bounds.size() && arrows_.bound(i).fact == fact; ++i) {
      if (holds(i)) return true;
    }
    return false;
  }

  void ring(Amount total) {
    if (total >= Amount()) return;
    std::vector<FactId> facts;
    for (std::uint32_t i : path_) facts.push_back(arrows_.bound(i).fact);
    std::reverse(facts.begin() + 1, facts.end());  // the path was walked backwards
    std::vector<FactId> sorted = facts;
    std::sort(sorted.begin(), sorted.end());
    const Amount excess = Amount() - total;
    if (!best_.facts.empty() && (excess < best_.excess || (excess == best_.excess && best_sorted_ <= sorted))) return;
    if (sorted.size() > 3) {
      constexpr std::int64_t kCost = 500;
      work_.done += kCost * static_cast<std::int64_t>(sorted.size());
      for (std::size_t leave = 0; leave < sorted.size(); ++leave) {
        std::vector<FactId> fewer = sorted;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(leave));
        if (lightest_ring(arrows_.system, fewer) < Amount()) return;
      }
    }
    best_ = {std::move(facts), excess};
    best_sorted_ = std::move(sorted);
  }

  const Arrows& arrows_;
  SearchWork& work_;
  std::unordered_map<std::uint32_t, Heads> heads_;
  const std::vector<std::vector<Amount>>* layers_ = nullptr;
  std::vector<std::uint32_t> path_;
  Conflict best_;
  std::vector<FactId> best_sorted_;
  std::int64_t root_ends_ = 0;
};

}  // namespace

void small_rings(const Arrows& arrows, const std::function<bool(FactId)>& paired, SearchWork& work,
                 const std::function<void(const Conflict&)>& keep) {
  Rings rings(arrows, work);
  for (std::uint32_t i = 0; i < arrows.bounds.size();) {
    std::uint32_t end = i + 1;
    while (end < arrows.bounds.size() && arrows.bound(end).fact == arrows.bound(i).fact) ++end;
    if (!paired(arrows.bound(i).fact)) {
      if (const auto ring = rings.best(i, end)) keep(*ring);
    }
    i = end;
  }
}

}  // namespace litopys
