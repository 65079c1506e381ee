// Of a curve's voices only the tightest are read where nothing is at odds: what they leave open must be what all leave open.
#include "store/record_bounds.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "record/arrows.h"
#include "record/system.h"

namespace litopys {
namespace {

constexpr DayNumber kDays = 30;

BoundVoice random_voice(std::mt19937& random, std::int64_t claim) {
  const auto number = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  BoundVoice out;
  out.claim = claim;
  out.side = number(2) == 0 ? Side::russia : Side::ukraine;
  DayNumber from = number(kDays), to = number(kDays);
  if (from > to) std::swap(from, to);
  const bool period = from < to && number(3) == 0;
  // Most tell the truth about a curve that grows by a hundred a day.
  const int truth = 100 * (period ? to - from : to);
  const Int128 unit = 1'000'000'000;
  const auto amount = [&](int apart) { return Amount::raw(unit * std::max(0, truth + (number(12) == 0 ? -apart : apart))); };
  const auto put = [&](BoundKind kind, Amount value) { out.bounds.at(out.count++) = {0, 0, kind, out.side, from, to, value}; };
  if (!period) from = to;
  const int which = number(3);
  if (which != 0) put(period ? BoundKind::period_low : BoundKind::low, amount(-number(150)));
  if (which != 1) put(period ? BoundKind::period_high : BoundKind::high, number(8) == 0 ? kOpen : amount(number(150)));
  return out;
}

// Curve 0 is a part of curve 1.
System system_of(const std::vector<std::vector<BoundVoice>>& voices) {
  System out;
  out.curves.resize(2);
  out.curves[0].wholes = {1};
  out.curves[1].parts = {0};
  for (std::uint32_t curve = 0; curve < voices.size(); ++curve) {
    for (const BoundVoice& voice : voices[curve]) {
      for (CurveBound bound : voice.all()) {
        bound.fact = static_cast<FactId>(out.curve_of.size());
        bound.curve = curve;
        out.curves[curve].bounds.push_back(static_cast<std::uint32_t>(out.bounds.size()));
        out.bounds.push_back(bound);
      }
      out.curve_of.push_back(curve);
    }
  }
  return out;
}

std::set<std::uint32_t> curves_at_odds(const Solved& solved) {
  std::set<std::uint32_t> out;
  for (const CurveBound* bound : solved.arrows_at_odds({0, 1}).bounds) out.insert(bound->curve);
  return out;
}

TEST(TightestVoices, LeaveOpenWhatAllLeaveOpen) {
  std::vector<DayNumber> days;
  for (DayNumber day = -1; day <= kDays; ++day) days.push_back(day);
  int contradicted = 0, consistent = 0, spared = 0;
  for (unsigned seed = 1; seed <= 2000 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<std::vector<BoundVoice>> all(2), tight;
    for (int i = static_cast<int>(random() % 12); i >= 0; --i) all[random() % 2].push_back(random_voice(random, i));
    for (const auto& voices : all) tight.push_back(tightest(voices));
    spared += static_cast<int>(all[0].size() + all[1].size() - tight[0].size() - tight[1].size());
    const System whole = system_of(all), few = system_of(tight);
    for (const std::optional<Side> side : {std::optional(Side::russia), std::optional(Side::ukraine), std::optional<Side>()}) {
      const Solved by_all(whole, side), by_few(few, side);
      EXPECT_EQ(curves_at_odds(by_few), curves_at_odds(by_all));
      std::vector<const CurveBound*> odd = by_few.arrows_at_odds({0, 1}, whole).bounds;
      EXPECT_EQ(odd, by_all.arrows_at_odds({0, 1}).bounds);
      for (const std::uint32_t curve : {0U, 1U}) {
        ASSERT_EQ(by_few.contradicted(curve), by_all.contradicted(curve));
        if (by_all.contradicted(curve)) {
          ++contradicted;
        } else {
          EXPECT_EQ(by_few.bands(curve, days), by_all.bands(curve, days));
          ++consistent;
        }
      }
    }
  }
  EXPECT_GT(contradicted, 100);
  EXPECT_GT(consistent, 100);
  EXPECT_GT(spared, 100);
}

TEST(TightestVoices, StayWhenOneMoreIsJudgedWithThemAlone) {
  for (unsigned seed = 1; seed <= 500 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<BoundVoice> all, tight;
    for (int i = 0; i < 15; ++i) {
      all.push_back(random_voice(random, i));
      tight.push_back(all.back());
      tight = tightest(tight);
    }
    std::string one_by_one, at_once;
    for (const BoundVoice& voice : tight) pack_voice(voice, one_by_one);
    for (const BoundVoice& voice : tightest(all)) pack_voice(voice, at_once);
    EXPECT_EQ(one_by_one, at_once);
  }
}

}  // namespace
}  // namespace litopys
