// A small forest of decision trees for yes-or-no questions over a few dense numbers (gradient boosting with histograms, logistic loss).
// Deterministic. Used where what counts is how numbers stand to each other: blocks and dates of a page, the second look at a sentence.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace litopys {

// A leaf has feature kLeaf and `value` in log odds; another node sends x[feature] <= value to `left`, the rest (NaN too) to `right`.
// Children stand after their parent, so that every walk ends.
struct TreeNode {
  static constexpr std::uint16_t kLeaf = 0xFFFF;
  std::uint16_t feature = kLeaf;
  std::uint16_t left = 0, right = 0;  // from the tree's first node
  std::uint16_t unused = 0;
  float value = 0;
};
static_assert(sizeof(TreeNode) == 12);

struct Forest {
  float base = 0;                     // log odds before any tree
  std::vector<TreeNode> nodes;        // of all trees
  std::vector<std::uint32_t> starts;  // the first node of each tree
};

// As Forest, over memory that somebody else holds.
struct ForestView {
  float base = 0;
  std::span<const TreeNode> nodes;
  std::span<const std::uint32_t> starts;
  ForestView() = default;
  ForestView(const Forest& f) : base(f.base), nodes(f.nodes), starts(f.starts) {}  // NOLINT: meant to convert

  // The nodes of one tree. Precondition: sound.
  [[nodiscard]] std::span<const TreeNode> tree(std::size_t t) const {
    return nodes.subspan(starts[t], (t + 1 < starts.size() ? starts[t + 1] : nodes.size()) - starts[t]);
  }
};

// Where a tree's leaves stand from left to right: for each node how many leaves are below it (1 for a leaf) and which is the first.
struct LeafOrder {
  std::vector<std::uint32_t> count, first;

  // The leaves below a node's left child as bits, the leftmost lowest: out of reach where a row goes right. Precondition: the tree has at
  // most 31 leaves, and the node is none.
  [[nodiscard]] std::uint32_t left_of(const TreeNode& node) const { return ((1U << count[node.left]) - 1U) << first[node.left]; }
};

// O(nodes). Precondition: sound.
[[nodiscard]] LeafOrder leaf_order(std::span<const TreeNode> tree);

// Log odds for one vector. Precondition: every node's feature is below x.size().
[[nodiscard]] float log_odds(const ForestView& forest, std::span<const float> x);

// The same numbers for many vectors, a few at a time in step: a walk waits for memory at each node, several walks wait together.
// `rows` begin at least as many numbers as the forest's features ask for; `out` has one place a row.
void log_odds_of_rows(const ForestView& forest, std::span<const float* const> rows, std::span<float> out);

// Whether starts, children and features are such that log_odds is safe and ends.
[[nodiscard]] bool sound(const ForestView& forest, std::size_t features);

struct ForestOptions {
  int trees = 120;
  int leaves = 15;
  int smallest_leaf = 40;  // rows
  float rate = 0.06F;
};

// rows: n * features numbers, row by row; labels and weights have n entries. O(trees * n * features).
//
// With `groups` (where each group's first row is, ascending, the first 0) rows are not judged one by one: of each group's rows one is
// right, or none of them, and what is learned is a choice (softmax over the rows and a "none of these" that has log odds 0).
[[nodiscard]] Forest train_forest(std::span<const float> rows, std::size_t features, std::span<const std::uint8_t> labels,
                                  std::span<const float> weights, const ForestOptions& options = {},
                                  std::span<const std::size_t> groups = {});

}  // namespace litopys
