#include "page/wide_forest.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>
#include <vector>

#include "any_forest.h"

namespace litopys {
namespace {

using litopys::testing::any_forest;

constexpr std::size_t kFeatures = 12;

TEST(WideForest, GivesEachRowWhatWalkingGivesToTheLastBit) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const Forest forest = any_forest(random, kFeatures, WideForest::kLeaves);
    ASSERT_TRUE(sound(forest, kFeatures));
    const WideForest wide(forest);
    if (wide.empty()) GTEST_SKIP() << "this machine has no bytes in sixteens";
    const std::size_t count = random() % 50;  // never a whole number of sixteens for long
    std::vector<float> numbers(count * kFeatures);
    for (float& number : numbers) {
      number = static_cast<float>(static_cast<int>(random() % 11)) - 5;
      if (random() % 20 == 0) number = std::numeric_limits<float>::quiet_NaN();
    }
    std::vector<const float*> rows;
    for (std::size_t r = 0; r < count; ++r) rows.push_back(numbers.data() + r * kFeatures);
    std::vector<float> got(count);
    wide.ask(rows, got);
    for (std::size_t r = 0; r < count; ++r) {
      const float walked = log_odds(forest, std::span<const float>(rows[r], kFeatures));
      EXPECT_EQ(std::bit_cast<std::uint32_t>(got[r]), std::bit_cast<std::uint32_t>(walked)) << "row " << r << " of round " << round;
    }
  }
}

TEST(WideForest, LeavesTreesOfMoreLeavesToWhoWalksThem) {
  std::mt19937 random(8);
  Forest forest = any_forest(random, kFeatures, 2);
  forest.starts.push_back(static_cast<std::uint32_t>(forest.nodes.size()));
  for (std::uint16_t n = 0; n < WideForest::kLeaves; ++n) {  // a comb
    forest.nodes.push_back({0, static_cast<std::uint16_t>(2 * n + 1), static_cast<std::uint16_t>(2 * n + 2), 0, static_cast<float>(n)});
    forest.nodes.push_back({});
  }
  forest.nodes.push_back({});
  ASSERT_TRUE(sound(forest, kFeatures));
  EXPECT_TRUE(WideForest(forest).empty());
  EXPECT_TRUE(WideForest(Forest{}).empty());
}

}  // namespace
}  // namespace litopys
