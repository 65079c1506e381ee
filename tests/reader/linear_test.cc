#include "reader/linear.h"

#include <gtest/gtest.h>

#include <array>

namespace litopys {
namespace {

// Rows with slot 0 set are yes, with slot 1 no; slot 2 is noise in all of them.
SparseRows simple_rows() {
  SparseRows rows;
  for (int i = 0; i < 20; ++i) {
    const std::array<SparseValue, 2> row{SparseValue{static_cast<std::uint32_t>(i % 2), 1.0F}, SparseValue{2, 0.5F}};
    rows.add(row);
  }
  return rows;
}

TEST(Linear, SeparatesWhatOneFeatureTellsApart) {
  std::vector<Answer> labels;
  for (int i = 0; i < 20; ++i) labels.push_back(i % 2 == 0 ? Answer::yes : Answer::no);
  const auto w = train_linear(simple_rows(), labels, std::vector<float>(20, 1.0F), {1.0F, 50, 3});
  EXPECT_GT(w[0], 0.5F);
  EXPECT_LT(w[1], -0.5F);
  EXPECT_NEAR(w[2], 0.0F, 0.2F);
}

TEST(Linear, RowsThatSayNothingAndRowsWithoutCostDoNotCount) {
  std::vector<Answer> labels(20, Answer::skip);
  labels[0] = Answer::yes;
  labels[1] = Answer::no;
  std::vector<Answer> contradicted = labels;
  contradicted[2] = Answer::no;  // against row 0, but it costs nothing
  std::vector<float> costs(20, 1.0F);
  costs[2] = 0;
  EXPECT_EQ(train_linear(simple_rows(), labels, std::vector<float>(20, 1.0F), {1.0F, 15, 3}),
            train_linear(simple_rows(), contradicted, costs, {1.0F, 15, 3}));
}

TEST(Linear, NothingToLearnFromGivesZeroWeights) {
  EXPECT_EQ(train_linear(SparseRows(), {}, {}, {1.0F, 15, 3}), std::vector<float>(3, 0.0F));
}

}  // namespace
}  // namespace litopys
