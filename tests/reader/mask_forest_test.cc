#include "reader/mask_forest.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

namespace litopys {
namespace {

constexpr std::size_t kNumbers = 12;

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
      TreeNode& node = out.nodes[open[pick]];
      const auto left = static_cast<std::uint16_t>(out.nodes.size() - begin);
      node = {static_cast<std::uint16_t>(random() % kNumbers), left, static_cast<std::uint16_t>(left + 1), 0, value()};
      open[pick] = out.nodes.size();
      open.push_back(out.nodes.size() + 1);
      out.nodes.resize(out.nodes.size() + 2);
    }
    for (const std::size_t leaf : open) out.nodes[leaf].value = value() / 7;
  }
  return out;
}

// With more leaves than its masks hold it walks; both ways are asked.
TEST(MaskForest, GivesEachRowWhatWalkingGivesToTheLastBit) {
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    const Forest forest = any_forest(random, round % 2 == 0 ? MaskForest::kLeaves : 3 * MaskForest::kLeaves);
    ASSERT_TRUE(sound(forest, kNumbers));
    const MaskForest masked(forest, kNumbers);
    const std::size_t count = random() % 8, apart = random() % (kNumbers + 1);
    std::vector<float> rows(count * kNumbers);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i] = random() % 20 == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(static_cast<int>(random() % 11)) - 5;
      if (i >= kNumbers && i % kNumbers >= apart) rows[i] = rows[i % kNumbers];
    }
    std::vector<float> got(count);
    masked.log_odds_of(rows, apart, got);
    for (std::size_t r = 0; r < count; ++r) {
      const float walked = log_odds(forest, std::span<const float>(rows).subspan(r * kNumbers, kNumbers));
      EXPECT_EQ(std::bit_cast<std::uint32_t>(got[r]), std::bit_cast<std::uint32_t>(walked)) << "round " << round << ", row " << r;
    }
  }
}

}  // namespace
}  // namespace litopys
