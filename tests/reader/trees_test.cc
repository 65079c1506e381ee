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
