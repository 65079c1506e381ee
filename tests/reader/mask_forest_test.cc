#include "reader/mask_forest.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <random>

#include "any_forest.h"

namespace litopys {
namespace {

using litopys::testing::any_forest;

constexpr std::size_t kNumbers = 12;

// With more leaves than its masks hold it walks; both ways are asked.
TEST(MaskForest, GivesEachRowWhatWalkingGivesToTheLastBit) {
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    const Forest forest = any_forest(random, kNumbers, round % 2 == 0 ? MaskForest::kLeaves : 3 * MaskForest::kLeaves);
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
