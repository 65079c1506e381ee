#include "reader/trees.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace litopys {
namespace {

struct Table {
  std::vector<float> rows, weights;
  std::vector<std::uint8_t> labels;
};

// Yes where exactly one of two numbers is above a half: no line separates that.
Table exclusive_or() {
  Table out;
  for (int i = 0; i < 30; ++i) {
    for (int k = 0; k < 30; ++k) {
      const float x = static_cast<float>(i) / 30.0F, y = static_cast<float>(k) / 31.0F;
      out.rows.insert(out.rows.end(), {x, y});
      out.labels.push_back((x > 0.4F) != (y > 0.6F) ? 1 : 0);
      out.weights.push_back(1);
    }
  }
  return out;
}

TEST(Trees, LearnWhatNoLineSeparates) {
  const Table t = exclusive_or();
  const Forest forest = train_forest(t.rows, 2, t.labels, t.weights);
  ASSERT_TRUE(sound(forest, 2));
  int right = 0;
  for (std::size_t i = 0; i < t.labels.size(); ++i) {
    right += (log_odds(forest, std::span(t.rows).subspan(i * 2, 2)) > 0) == (t.labels[i] != 0) ? 1 : 0;
  }
  EXPECT_GT(right, 880);  // of 900
}

// Of each group's rows the largest is right, however large the others are; of a group whose rows are all marked false none is.
TEST(Trees, LearnAChoiceWithinEachGroup) {
  Table t;
  std::vector<std::size_t> groups;
  for (int g = 0; g < 200; ++g) {
    groups.push_back(t.labels.size());
    const bool none = g % 5 == 0;
    for (int k = 0; k < 3; ++k) {
      t.rows.insert(t.rows.end(), {static_cast<float>(k), none ? 1.0F : 0.0F});
      t.labels.push_back(!none && k == 2 ? 1 : 0);
      t.weights.push_back(1);
    }
  }
  const Forest forest = train_forest(t.rows, 2, t.labels, t.weights, {.trees = 60, .leaves = 3, .smallest_leaf = 10, .rate = 0.2F}, groups);
  ASSERT_TRUE(sound(forest, 2));
  EXPECT_GT(log_odds(forest, std::array{2.0F, 0.0F}), log_odds(forest, std::array{1.0F, 0.0F}));
  EXPECT_GT(log_odds(forest, std::array{2.0F, 0.0F}), 0);
  for (const float k : {0.0F, 1.0F, 2.0F}) EXPECT_LT(log_odds(forest, std::array{k, 1.0F}), 0) << k;
}

// Any number of rows, so that those left over behind the last eight are asked too.
TEST(Trees, ManyRowsTogetherGiveWhatEachGivesAlone) {
  const Table t = exclusive_or();
  const Forest forest = train_forest(t.rows, 2, t.labels, t.weights);
  for (const std::size_t count : {0U, 1U, 7U, 8U, 9U, 31U, 900U}) {
    std::vector<const float*> rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(t.rows.data() + i * 2);
    std::vector<float> odds(count);
    log_odds_of_rows(forest, rows, odds);
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_EQ(odds[i], log_odds(forest, std::span(t.rows).subspan(i * 2, 2))) << i << " of " << count;
  }
}

TEST(Trees, ANumberThatIsNoneGoesTheRightWay) {
  const Table t = exclusive_or();
  const Forest forest = train_forest(t.rows, 2, t.labels, t.weights);
  const float none = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(log_odds(forest, std::array{none, none}), log_odds(forest, std::array{9.0F, 9.0F}));
}

TEST(Trees, AForestWhoseWalkWouldNotEndIsNotSound) {
  Forest forest;
  forest.starts = {0};
  forest.nodes.resize(3);
  forest.nodes[0].feature = 0;
  forest.nodes[0].left = 1;
  forest.nodes[0].right = 2;
  EXPECT_TRUE(sound(forest, 1));
  EXPECT_FALSE(sound(forest, 0)) << "a feature that is not there";
  forest.nodes[0].left = 0;
  EXPECT_FALSE(sound(forest, 1)) << "a node that is its own child";
  forest.nodes[0].left = 7;
  EXPECT_FALSE(sound(forest, 1)) << "a child outside the tree";
  forest.nodes[0].left = 1;
  forest.starts = {0, 9};
  EXPECT_FALSE(sound(forest, 1)) << "a tree outside the forest";
}

}  // namespace
}  // namespace litopys
