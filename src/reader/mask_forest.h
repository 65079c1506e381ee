// A forest of small trees (base/trees.h) that is asked for rows which differ in their first few numbers only, without walking: each node
// says by one comparison which leaves of its tree are out of reach, and the leftmost leaf that is left is the answer (QuickScorer, Lucchese
// et al., SIGIR 2015). What the rows have in common is compared once. The sums are those of log_odds to the last bit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/trees.h"

namespace litopys {

class MaskForest {
 public:
  static constexpr std::uint32_t kLeaves = 16;  // of a tree; where one has more, the trees are walked

  // `forest` must outlive it; `numbers` in a row.
  MaskForest(const ForestView& forest, std::size_t numbers);

  // Log odds of each of out.size() rows, which lie one behind the other; they differ in their first `apart` numbers.
  // O(nodes) once, and O(nodes of the first `apart` numbers + trees) a row.
  void log_odds_of(std::span<const float> rows, std::size_t apart, std::span<float> out) const;

 private:
  using Leaves = std::uint16_t;  // of a tree, a bit each, the leftmost the lowest
  struct Node {
    float value = 0;  // above, or no number: to the right
    std::uint16_t tree = 0;
    Leaves right = 0;  // all but the leaves to the left
  };
  bool add_tree(std::span<const TreeNode> nodes);
  void close(std::size_t number, float value, std::vector<Leaves>& open) const;

  ForestView forest_;
  std::vector<std::vector<Node>> of_number_;  // by the number that they ask for, the lowest value first
  std::vector<std::uint32_t> first_leaf_;     // of each tree, in:
  std::vector<float> leaves_;
  bool masked_ = true;
};

}  // namespace litopys
