// A forest of small trees (base/trees.h) asked for sixteen rows at a time, without walking: each node says by one comparison which leaves
// of its tree are out of reach, and the leftmost leaf that is left is the answer (QuickScorer, Lucchese et al., SIGIR 2015). The sums are
// those of log_odds to the last bit.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/trees.h"

namespace litopys {

class WideForest {
 public:
  static constexpr std::size_t kRows = 16;
  static constexpr std::size_t kLeaves = 8;  // of a tree at most

  WideForest() = default;
  // Empty (so that log_odds must be asked) where a tree has more leaves, or the machine no bytes in sixteens.
  explicit WideForest(const ForestView& forest);
  [[nodiscard]] bool empty() const { return trees_.empty(); }

  // Log odds of each row; thirty-two at a time where the machine can (AVX2). Precondition: the rows hold as many numbers as the forest's
  // features ask for. O(rows * nodes / 16).
  void ask(std::span<const float* const> rows, std::span<float> out) const;

 private:
  struct Question {
    std::uint32_t feature = 0;
    float value = 0;         // above: to the right
    std::uint32_t left = 0;  // the leaves to the left, a bit each, in each byte
  };
  struct Tree {
    std::uint32_t begin = 0, end = 0;  // questions
    std::array<float, kLeaves> leaves{};
  };
  // The first rows, as many as are worth it (0 where the machine cannot); gives how many are done.
  std::size_t ask_by_thirty_two(std::span<const float* const> rows, std::span<float> out) const;

  float base_ = 0;
  std::size_t width_ = 0;  // numbers of a row that are asked for
  std::vector<Question> questions_;
  std::vector<Tree> trees_;
};

}  // namespace litopys
