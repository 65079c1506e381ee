// What figures leave open: for each measure, place and group an unknown curve N(day), not negative, never falling, a part's never above
// its whole's. Bounds of claims are difference constraints on it.
//
// Upper bounds come down from wholes to parts and lower bounds go up from parts to wholes, never back, so a curve's band is found from
// its own bounds, its wholes' upper and its parts' lower ones: no shortest paths over the whole system are needed.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "record/figures.h"
#include "record/record.h"
#include "record/words.h"

namespace litopys {

struct Curve {
  std::uint16_t measure = 0;
  std::uint32_t place = 0;  // one of the places with the same codes
  std::uint32_t group = 0;
  std::vector<std::uint32_t> wholes;  // curves of wider places or groups, itself left out
  std::vector<std::uint32_t> parts;
  std::vector<std::uint32_t> bounds;  // indices into System::bounds
};

struct Arrows;  // record/arrows.h

struct System {
  std::vector<Curve> curves;
  std::vector<CurveBound> bounds;       // in the order of their facts
  std::vector<std::uint32_t> curve_of;  // of a fact; kNoCurve where it binds nothing
  static constexpr std::uint32_t kNoCurve = 0xFFFFFFFF;

  [[nodiscard]] bool within(std::uint32_t inner, std::uint32_t outer) const;  // a part of it, or itself
};

// The system of the voices that bind, ascending.
[[nodiscard]] System make_system(const Facts& facts, const std::vector<FactId>& voices);
// Sets the wholes and parts of curves of one measure (indices into the system's).
void relate_curves(const Facts& facts, System& system, const std::vector<std::uint32_t>& curves);

// The sides of a system and its curves' bounds; `Solved` is what one of them leaves open.
class Solved {
 public:
  // `side` none: all together.
  Solved(const System& system, std::optional<Side> side);
  // Of these curves only: their wholes' upper ends and their parts' lower ends, and nothing may be asked of any other curve.
  Solved(const System& system, std::optional<Side> side, const std::vector<std::uint32_t>& curves);

  // Its claims about this curve, its parts and its wholes cannot all be true.
  [[nodiscard]] bool contradicted(std::uint32_t curve) const;
  // Cannot be true by what its own lows meet from its wholes.
  [[nodiscard]] bool bottom_fails(std::uint32_t curve) const { return bottom_fails_[curve]; }
  // Tight bounds on ascending days, unless contradicted.
  [[nodiscard]] std::vector<std::pair<Amount, Amount>> bands(std::uint32_t curve, const std::vector<DayNumber>& days) const;
  // Of the bounds of these curves those that stand on a negative ring: what they say alone goes against what the others leave open. Only
  // these can be in a contradiction, and of a million claims they are few.
  [[nodiscard]] Arrows arrows_at_odds(const std::vector<std::uint32_t>& curves) const;
  // Of the bounds of another system with the same curves, whose bounds leave open what those of the solved one do.
  [[nodiscard]] Arrows arrows_at_odds(const std::vector<std::uint32_t>& curves, const System& of) const;
  [[nodiscard]] bool takes_part(const CurveBound& bound) const { return !side_ || bound.side == *side_; }
  [[nodiscard]] std::optional<Side> side() const { return side_; }

 private:
  struct Step {
    DayNumber day;
    Amount amount;
  };
  using Steps = std::vector<Step>;

  struct Line;  // a curve's own days and bounds while it is solved
  void solve(const std::vector<bool>& upper, const std::vector<bool>& lower);
  void solve_upper(std::uint32_t curve, const Line& line);
  void solve_lower(std::uint32_t curve, const Line& line);
  [[nodiscard]] Steps lows_of(std::uint32_t curve, bool with_own) const;
  [[nodiscard]] Amount high_at(std::uint32_t curve, DayNumber day, bool with_own) const;

  const System& system_;
  std::optional<Side> side_;
  std::vector<Steps> high_;  // on own days: the most it can be; between days that of the next
  std::vector<Steps> low_;   // the least; between days that of the day before
  std::vector<bool> own_fails_, bottom_fails_, top_fails_;
};

// Each side that has bounds or is among `sides` (without bounds it leaves everything open), then all together.
[[nodiscard]] std::vector<Solved> solve_sides(const System& system, std::set<Side> sides = {});

}  // namespace litopys
