// Nodes stand number by number, so that only those that send a row to the right are looked at: the first that does not ends the look.
#include "reader/mask_forest.h"

#include <algorithm>
#include <bit>

namespace litopys {

MaskForest::MaskForest(const ForestView& forest, std::size_t numbers) : forest_(forest), of_number_(numbers) {
  for (std::size_t t = 0; t < forest.starts.size() && masked_; ++t) {
    masked_ = t <= UINT16_MAX && add_tree(forest.tree(t));
  }
  for (std::vector<Node>& nodes : of_number_) std::ranges::stable_sort(nodes, {}, &Node::value);
}

bool MaskForest::add_tree(std::span<const TreeNode> nodes) {
  const LeafOrder order = leaf_order(nodes);
  if (nodes.empty() || order.count[0] > kLeaves) return false;
  const auto tree = static_cast<std::uint16_t>(first_leaf_.size());
  first_leaf_.push_back(static_cast<std::uint32_t>(leaves_.size()));
  leaves_.resize(leaves_.size() + order.count[0]);
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const TreeNode& node = nodes[n];
    if (node.feature == TreeNode::kLeaf) {
      leaves_[first_leaf_.back() + order.first[n]] = node.value;
    } else {
      of_number_[node.feature].push_back({node.value, tree, static_cast<Leaves>(~order.left_of(node))});
    }
  }
  return true;
}

void MaskForest::close(std::size_t number, float value, std::vector<Leaves>& open) const {
  for (const Node& node : of_number_[number]) {
    if (value <= node.value) break;  // never for what is no number
    open[node.tree] &= node.right;
  }
}

void MaskForest::log_odds_of(std::span<const float> rows, std::size_t apart, std::span<float> out) const {
  const std::size_t numbers = of_number_.size();
  std::vector<Leaves> common(first_leaf_.size(), static_cast<Leaves>(~0U)), open;
  for (std::size_t k = apart; k < numbers && masked_ && !out.empty(); ++k) close(k, rows[k], common);
  for (std::size_t r = 0; r < out.size(); ++r) {
    const std::span<const float> row = rows.subspan(r * numbers, numbers);
    if (!masked_) {
      out[r] = log_odds(forest_, row);
      continue;
    }
    open = common;
    for (std::size_t k = 0; k < apart; ++k) close(k, row[k], open);
    float odds = forest_.base;
    for (std::size_t t = 0; t < open.size(); ++t) odds += leaves_[first_leaf_[t] + static_cast<unsigned>(std::countr_zero(open[t]))];
    out[r] = odds;
  }
}

}  // namespace litopys
