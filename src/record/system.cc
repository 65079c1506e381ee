// Each curve is a line of days. Its constraints run along the line: never falling (back), at least so much in a period (back), at most so
// much in a period (forth). Sweeps back and forth until nothing moves are shortest paths; the arrows that moved a day last tell a
// negative cycle early.
#include "record/system.h"

#include "record/arrows.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <unordered_map>

namespace litopys {
namespace {

std::string key_of(const std::vector<std::string>& codes) {
  std::string out;
  for (const std::string& code : codes) out.append(code).append(1, '\n');
  return out;
}

class SystemMaker {
 public:
  SystemMaker(const Facts& facts, const std::vector<FactId>& voices) : facts_(facts), voices_(voices) {}

  System make() {
    out_.curve_of.assign(facts_.all.size(), System::kNoCurve);
    for (FactId id : voices_) {
      const Fact& fact = facts_.all[id];
      if (!facts_.binding(fact)) continue;
      const std::uint32_t curve = curve_id(fact);
      out_.curve_of[id] = curve;
      const std::size_t first = out_.bounds.size();
      append_bounds(facts_, id, out_.bounds);
      for (std::size_t i = first; i < out_.bounds.size(); ++i) {
        out_.bounds[i].curve = curve;
        out_.curves[curve].bounds.push_back(static_cast<std::uint32_t>(i));
      }
    }
    for (auto& [measure, curves] : by_measure_) relate_curves(facts_, out_, curves);
    return std::move(out_);
  }

 private:
  struct Key {
    std::uint16_t measure;
    std::uint32_t place, group;
    auto operator<=>(const Key&) const = default;
  };

  std::uint32_t curve_id(const Fact& fact) {
    const auto [place, fresh_place] = places_.try_emplace(key_of(facts_.places[fact.place].canonical), fact.place);
    const auto [at, fresh] = ids_.try_emplace(Key{fact.measure, place->second, fact.group}, static_cast<std::uint32_t>(out_.curves.size()));
    if (fresh) {
      out_.curves.push_back({fact.measure, place->second, fact.group, {}, {}, {}});
      by_measure_[fact.measure].push_back(at->second);
    }
    return at->second;
  }

  const Facts& facts_;
  const std::vector<FactId>& voices_;
  System out_;
  std::unordered_map<std::string, std::uint32_t> places_;
  std::map<Key, std::uint32_t> ids_;
  std::map<std::uint16_t, std::vector<std::uint32_t>> by_measure_;
};

// Leaves out most of what is no tighter than something of an earlier day (as `along` has them), so that little is left to sort: what stands
// in a sixteenth of the time is compared with the tightest of the sixteenths before. Of days with amounts.
template <class Told, class Along, class Tighter>
void drop_hidden(std::vector<Told>& told, Along along, Tighter tighter) {
  constexpr std::size_t kFew = 24, kParts = 16;
  if (told.size() < kFew) return;
  const auto place = [&](const Told& one) {
    const auto& [day, amount] = one;
    return std::int64_t{along(day)};
  };
  const auto [first, last] =
      std::minmax_element(told.begin(), told.end(), [&](const Told& a, const Told& b) { return place(a) < place(b); });
  const std::int64_t begin = place(*first), width = (place(*last) - begin) / static_cast<std::int64_t>(kParts) + 1;
  const auto part = [&](const Told& one) { return static_cast<std::size_t>((place(one) - begin) / width); };
  std::array<std::optional<Amount>, kParts> tightest;  // of a part, then of all up to it
  for (const Told& one : told) {
    const auto& [day, amount] = one;
    std::optional<Amount>& here = tightest[part(one)];
    if (!here || tighter(amount, *here)) here = amount;
  }
  for (std::size_t i = 1; i < kParts; ++i) {
    if (!tightest[i] || (tightest[i - 1] && tighter(*tightest[i - 1], *tightest[i]))) tightest[i] = tightest[i - 1];
  }
  std::erase_if(told, [&](const Told& one) {
    const auto& [day, amount] = one;
    const std::size_t at = part(one);
    return at > 0 && tightest[at - 1] && !tighter(amount, *tightest[at - 1]);
  });
}

}  // namespace

bool System::within(std::uint32_t inner, std::uint32_t outer) const {
  if (inner == outer) return true;
  const auto& wholes = curves[inner].wholes;
  return std::binary_search(wholes.begin(), wholes.end(), outer);
}

void relate_curves(const Facts& facts, System& system, const std::vector<std::uint32_t>& curves) {
  PlaceWholes wholes(facts);
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> at_place;
  for (std::uint32_t c : curves) {
    at_place[system.curves[c].place].push_back(c);
    wholes.add(system.curves[c].place);
  }
  for (std::uint32_t c : curves) {
    Curve& curve = system.curves[c];
    const auto look = [&](std::uint32_t place) {
      for (std::uint32_t whole : at_place[place]) {
        if (whole != c && facts.group_within(curve.group, system.curves[whole].group)) curve.wholes.push_back(whole);
      }
    };
    look(curve.place);
    for (std::uint32_t place : wholes.of(curve.place)) look(place);
    std::sort(curve.wholes.begin(), curve.wholes.end());
    for (std::uint32_t whole : curve.wholes) system.curves[whole].parts.push_back(c);
  }
}

System make_system(const Facts& facts, const std::vector<FactId>& voices) { return SystemMaker(facts, voices).make(); }

// ---- one curve's line of days ----------------------------------------------------------------------------------------------------

struct Solved::Line {
  struct Arc {
    std::uint32_t from, to;  // days' indices, from < to
    Amount amount;
  };
  std::vector<DayNumber> days;
  std::vector<Amount> low, high;       // of totals
  std::vector<Arc> at_least, at_most;  // by `from`; the tightest of each pair of days

  Line(const System& system, const Solved& solved, std::uint32_t curve) {
    std::vector<std::pair<DayNumber, Amount>> floors, ceilings;  // of totals
    std::vector<const CurveBound*> periods;
    for (std::uint32_t b : system.curves[curve].bounds) {
      const CurveBound& bound = system.bounds[b];
      if (!solved.takes_part(bound) || arrow_idle(bound)) continue;
      switch (bound.kind) {
        case BoundKind::low: floors.emplace_back(bound.to, bound.amount); break;
        case BoundKind::high: ceilings.emplace_back(bound.to, bound.amount); break;
        default:
          periods.push_back(&bound);
          days.push_back(bound.from);
          days.push_back(bound.to);
      }
    }
    // Only steps upwards count: below a higher floor of an earlier day, or above a lower ceiling of a later one, nothing is told.
    drop_hidden(
        floors, [](DayNumber day) { return std::int64_t{day}; }, [](Amount a, Amount b) { return a > b; });
    drop_hidden(
        ceilings, [](DayNumber day) { return -std::int64_t{day}; }, [](Amount a, Amount b) { return a < b; });
    std::sort(floors.begin(), floors.end(),
              [](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : a.second > b.second; });
    std::size_t steps = 0;
    for (const auto& floor : floors) {
      if (steps == 0 || floor.second > floors[steps - 1].second) floors[steps++] = floor;
    }
    floors.resize(steps);
    std::sort(ceilings.begin(), ceilings.end(),
              [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    steps = 0;
    for (const auto& ceiling : ceilings) {
      if (steps == 0 || ceiling.second < ceilings[steps - 1].second) ceilings[steps++] = ceiling;
    }
    ceilings.resize(steps);
    for (const auto& [day, amount] : floors) days.push_back(day);
    for (const auto& [day, amount] : ceilings) days.push_back(day);
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    low.assign(days.size(), Amount());
    high.assign(days.size(), kOpen);
    for (const auto& [day, amount] : floors) low[index(day)] = amount;
    for (const auto& [day, amount] : ceilings) high[index(day)] = amount;
    for (const CurveBound* bound : periods)
      (bound->kind == BoundKind::period_low ? at_least : at_most).push_back({index(bound->from), index(bound->to), bound->amount});
    tighten(at_least, [](Amount a, Amount b) { return a > b; });
    tighten(at_most, [](Amount a, Amount b) { return a < b; });
  }

  std::uint32_t index(DayNumber day) const {
    return static_cast<std::uint32_t>(std::lower_bound(days.begin(), days.end(), day) - days.begin());
  }

  template <class Better>
  static void tighten(std::vector<Arc>& arcs, Better better) {
    std::sort(arcs.begin(), arcs.end(), [&](const Arc& a, const Arc& b) {
      if (a.from != b.from) return a.from < b.from;
      if (a.to != b.to) return a.to < b.to;
      return better(a.amount, b.amount);
    });
    arcs.erase(std::unique(arcs.begin(), arcs.end(), [](const Arc& a, const Arc& b) { return a.from == b.from && a.to == b.to; }),
               arcs.end());
  }

  // Lowers each day's value to what the later days, and the earlier ones with what may have come since, allow. False where it never ends.
  bool settle_highs(std::vector<Amount>& value) const {
    if (at_least.empty() && at_most.empty()) {
      for (std::size_t i = value.size(); i-- > 1;) value[i - 1] = std::min(value[i - 1], value[i]);
      return true;
    }
    std::vector<Arc> back = at_least;  // N(from) <= N(to) - amount, by `to` descending
    std::sort(back.begin(), back.end(), [](const Arc& a, const Arc& b) { return a.to > b.to; });
    return settle(
        value, [](Amount a, Amount b) { return a < b; },
        [&](auto move) {
          std::size_t arc = 0;
          for (std::size_t i = days.size(); i-- > 0;) {
            if (i + 1 < days.size()) move(i, i + 1, value[i + 1]);
            for (; arc < back.size() && back[arc].to == i; ++arc) {
              if (value[i] < kOpen) move(back[arc].from, i, value[i] - back[arc].amount);
            }
          }
          for (const Arc& a : at_most) {
            if (value[a.from] < kOpen) move(a.to, a.from, value[a.from] + a.amount);
          }
        });
  }

  // Raises each day's value likewise. Ends if settle_highs from zeros ends.
  bool settle_lows(std::vector<Amount>& value) const {
    if (at_least.empty() && at_most.empty()) {
      for (std::size_t i = 1; i < value.size(); ++i) value[i] = std::max(value[i], value[i - 1]);
      return true;
    }
    std::vector<Arc> back = at_most;  // N(from) >= N(to) - amount
    std::sort(back.begin(), back.end(), [](const Arc& a, const Arc& b) { return a.to > b.to; });
    return settle(
        value, [](Amount a, Amount b) { return a > b; },
        [&](auto move) {
          std::size_t arc = 0;
          for (std::size_t i = 0; i < days.size(); ++i) {
            if (i > 0) move(i, i - 1, value[i - 1]);
            for (; arc < at_least.size() && at_least[arc].from == i; ++arc) move(at_least[arc].to, i, value[i] + at_least[arc].amount);
          }
          for (const Arc& a : back) move(a.from, a.to, value[a.to] - a.amount);
        });
  }

 private:
  template <class Better, class Sweep>
  bool settle(std::vector<Amount>& value, Better better, Sweep sweep) const {
    constexpr std::uint32_t kNobody = 0xFFFFFFFF;
    constexpr std::size_t kLook = 8;
    std::vector<std::uint32_t> moved_by(value.size(), kNobody);
    bool moved = true;
    for (std::size_t round = 1; moved; ++round) {
      moved = false;
      sweep([&](std::size_t to, std::size_t from, Amount offer) {
        if (!better(offer, value[to])) return;
        value[to] = offer;
        moved_by[to] = static_cast<std::uint32_t>(from);
        moved = true;
      });
      if (moved && round % kLook == 0 && has_cycle(moved_by)) return false;
    }
    return true;
  }

  static bool has_cycle(const std::vector<std::uint32_t>& next) {
    std::vector<std::uint32_t> seen(next.size(), 0);
    for (std::uint32_t start = 0; start < next.size(); ++start) {
      std::uint32_t at = start;
      while (at != 0xFFFFFFFF && seen[at] == 0) {
        seen[at] = start + 1;
        at = next[at];
      }
      if (at != 0xFFFFFFFF && seen[at] == start + 1) return true;
    }
    return false;
  }
};

// ---- all curves of a side --------------------------------------------------------------------------------------------------------

Solved::Solved(const System& system, std::optional<Side> side) : system_(system), side_(side) {
  const std::vector<bool> all(system.curves.size(), true);
  solve(all, all);
}

Solved::Solved(const System& system, std::optional<Side> side, const std::vector<std::uint32_t>& curves) : system_(system), side_(side) {
  std::vector<bool> upper(system.curves.size(), false), lower(system.curves.size(), false);
  for (const std::uint32_t c : curves) {
    upper[c] = lower[c] = true;
    for (const std::uint32_t whole : system.curves[c].wholes) upper[whole] = true;
    for (const std::uint32_t part : system.curves[c].parts) lower[part] = true;
  }
  solve(upper, lower);
}

void Solved::solve(const std::vector<bool>& upper, const std::vector<bool>& lower) {
  const std::size_t n = system_.curves.size();
  high_.resize(n);
  low_.resize(n);
  own_fails_.assign(n, false);
  bottom_fails_.assign(n, false);
  top_fails_.assign(n, false);
  std::vector<std::uint32_t> order;
  for (std::uint32_t c = 0; c < n; ++c) {
    if (upper[c] || lower[c]) order.push_back(c);
  }
  // A whole has fewer wholes than its part.
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::size_t x = system_.curves[a].wholes.size(), y = system_.curves[b].wholes.size();
    return x != y ? x < y : a < b;
  });
  std::vector<Line> lines;
  lines.reserve(order.size());
  for (const std::uint32_t curve : order) {
    const Line& line = lines.emplace_back(system_, *this, curve);
    if (line.days.empty()) continue;
    std::vector<Amount> zeros(line.days.size(), Amount());
    if (!line.settle_highs(zeros)) {
      own_fails_[curve] = bottom_fails_[curve] = top_fails_[curve] = true;
    } else if (upper[curve]) {
      solve_upper(curve, line);
    }
  }
  for (std::size_t i = order.size(); i-- > 0;) {
    if (lower[order[i]] && !lines[i].days.empty() && !own_fails_[order[i]]) solve_lower(order[i], lines[i]);
  }
}

std::vector<Solved> solve_sides(const System& system, std::set<Side> sides) {
  for (const CurveBound& bound : system.bounds) sides.insert(bound.side);
  std::vector<Solved> out;
  for (Side side : sides) out.emplace_back(system, side);
  out.emplace_back(system, std::nullopt);
  return out;
}

void Solved::solve_upper(std::uint32_t curve, const Line& line) {
  const std::size_t n = line.days.size();
  std::vector<Amount> value(n);
  for (std::size_t i = 0; i < n; ++i) value[i] = std::min(line.high[i], high_at(curve, line.days[i], false));
  static_cast<void>(line.settle_highs(value));
  for (std::size_t i = 0; i < n; ++i) {
    if (value[i] < line.low[i]) bottom_fails_[curve] = true;
    if (high_[curve].empty() || high_[curve].back().amount != value[i]) {
      high_[curve].push_back({line.days[i], value[i]});
    } else {
      high_[curve].back().day = line.days[i];
    }
  }
}

void Solved::solve_lower(std::uint32_t curve, const Line& line) {
  const std::size_t n = line.days.size();
  std::vector<Amount> value(n);
  const Steps inherited = lows_of(curve, false);
  std::size_t step = 0;
  Amount so_far;
  for (std::size_t i = 0; i < n; ++i) {
    for (; step < inherited.size() && inherited[step].day <= line.days[i]; ++step) so_far = inherited[step].amount;
    value[i] = std::max(line.low[i], so_far);
  }
  static_cast<void>(line.settle_lows(value));
  for (std::size_t i = 0; i < n; ++i) {
    if (value[i] > line.high[i]) top_fails_[curve] = true;
    if (value[i] > (low_[curve].empty() ? Amount() : low_[curve].back().amount)) low_[curve].push_back({line.days[i], value[i]});
  }
}

// The least of the curve's parts (and of itself) as rising steps.
Solved::Steps Solved::lows_of(std::uint32_t curve, bool with_own) const {
  Steps all;
  for (std::uint32_t part : system_.curves[curve].parts) all.insert(all.end(), low_[part].begin(), low_[part].end());
  if (with_own) all.insert(all.end(), low_[curve].begin(), low_[curve].end());
  drop_hidden(
      all, [](DayNumber day) { return day; }, [](Amount a, Amount b) { return a > b; });
  std::sort(all.begin(), all.end(), [](const Step& a, const Step& b) { return a.day != b.day ? a.day < b.day : a.amount > b.amount; });
  Steps out;
  for (const Step& step : all) {
    if (step.amount > (out.empty() ? Amount() : out.back().amount)) out.push_back(step);
  }
  return out;
}

Amount Solved::high_at(std::uint32_t curve, DayNumber day, bool with_own) const {
  Amount out = kOpen;
  const auto look = [&](const Steps& steps) {
    const auto at = std::lower_bound(steps.begin(), steps.end(), day, [](const Step& s, DayNumber d) { return s.day < d; });
    if (at != steps.end()) out = std::min(out, at->amount);
  };
  for (std::uint32_t whole : system_.curves[curve].wholes) look(high_[whole]);
  if (with_own) look(high_[curve]);
  return out;
}

bool Solved::contradicted(std::uint32_t curve) const {
  if (bottom_fails_[curve] || top_fails_[curve]) return true;
  for (std::uint32_t whole : system_.curves[curve].wholes) {
    if (bottom_fails_[whole]) return true;
  }
  for (std::uint32_t part : system_.curves[curve].parts) {
    if (top_fails_[part]) return true;
  }
  const Steps lows = lows_of(curve, true);
  return std::any_of(lows.begin(), lows.end(), [&](const Step& step) { return high_at(curve, step.day, true) < step.amount; });
}

Arrows Solved::arrows_at_odds(const std::vector<std::uint32_t>& curves) const { return arrows_at_odds(curves, system_); }

Arrows Solved::arrows_at_odds(const std::vector<std::uint32_t>& curves, const System& of) const {
  std::vector<const CurveBound*> out;
  // Of a curve whose periods fail by themselves nothing was solved, so nothing can be told of those that hang on it.
  const auto failed = [&](std::uint32_t c) { return own_fails_[c]; };
  const bool unsolved = std::any_of(curves.begin(), curves.end(), [&](std::uint32_t c) {
    const Curve& curve = system_.curves[c];
    return failed(c) || std::any_of(curve.wholes.begin(), curve.wholes.end(), failed) ||
           std::any_of(curve.parts.begin(), curve.parts.end(), failed);
  });
  for (std::uint32_t c : curves) {
    if (!unsolved && !contradicted(c)) continue;
    const Steps lows = lows_of(c, true);
    const auto low_at = [&](DayNumber day) {
      const auto at = std::upper_bound(lows.begin(), lows.end(), day, [](DayNumber d, const Step& s) { return d < s.day; });
      return at == lows.begin() ? Amount() : (at - 1)->amount;
    };
    for (std::uint32_t b : of.curves[c].bounds) {
      const CurveBound& bound = of.bounds[b];
      if (arrow_idle(bound) || !takes_part(bound)) continue;
      bool odd = unsolved;
      switch (bound.kind) {
        case BoundKind::low: odd = odd || high_at(c, bound.to, true) < bound.amount; break;
        case BoundKind::high: odd = odd || low_at(bound.to) > bound.amount; break;
        case BoundKind::period_low: odd = odd || low_at(bound.from) + bound.amount > high_at(c, bound.to, true); break;
        case BoundKind::period_high: odd = odd || low_at(bound.to) > high_at(c, bound.from, true) + bound.amount; break;
      }
      if (odd) out.push_back(&bound);
    }
  }
  return sorted_arrows(of, std::move(out));
}

std::vector<std::pair<Amount, Amount>> Solved::bands(std::uint32_t curve, const std::vector<DayNumber>& days) const {
  std::vector<std::pair<Amount, Amount>> out;
  const Steps lows = lows_of(curve, true);
  std::size_t step = 0;
  Amount low;
  for (DayNumber day : days) {
    for (; step < lows.size() && lows[step].day <= day; ++step) low = lows[step].amount;
    out.emplace_back(low, high_at(curve, day, true));
  }
  return out;
}

}  // namespace litopys
