#include "page/wide_forest.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>
#include <vector>

namespace litopys {
namespace {

constexpr std::size_t kFeatures = 12;

// A forest of trees with up to `leaves` leaves, of any shape.
Forest any_forest(std::mt19937& random, std::size_t leaves) {
  Forest out;
  out.base = -0.25F;
  const auto value = [&] { return static_cast<float>(static_cast<int>(random() % 9)) - 4; };
  for (int t = 0; t < 30; ++t) {
    const auto begin = static_cast<std::uint32_t>(out.nodes.size());
    out.starts.push_back(begin);
    out.nodes.push_back({});
    std::vector<std::size_t> open = {begin};
    for (std::size_t more = random() % leaves; more > 0; --more) {
      const std::size_t pick = random() % open.size();
      const std::size_t node = open[pick];
      const auto left = static_cast<std::uint16_t>(out.nodes.size() - begin);
      out.nodes[node].feature = static_cast<std::uint16_t>(random() % kFeatures);
      out.nodes[node].left = left;
      out.nodes[node].right = static_cast<std::uint16_t>(left + 1);
      out.nodes[node].value = value();
      open[pick] = out.nodes.size();
      open.push_back(out.nodes.size() + 1);
      out.nodes.resize(out.nodes.size() + 2);
    }
    for (const std::size_t leaf : open) out.nodes[leaf].value = value() / 7;
  }
  return out;
}

TEST(WideForest, GivesEachRowWhatWalkingGivesToTheLastBit) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const Forest forest = any_forest(random, WideForest::kLeaves);
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
  Forest forest = any_forest(random, 2);
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
