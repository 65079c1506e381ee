// Each feature is cut once into at most 64 bins of about equal count; a tree then grows leaf by leaf, always splitting where the loss falls
// most, from histograms of first and second derivatives. The smaller child's histogram is counted, the larger's is the difference.
#include "base/trees.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace litopys {
namespace {

constexpr std::size_t kBins = 64;
constexpr double kRidge = 1.0;  // added to the second derivative: small leaves move little

struct Cell {
  double gradient = 0, curvature = 0;
  std::uint32_t count = 0;
};
using Histogram = std::vector<Cell>;  // features * kBins

struct Leaf {
  std::uint32_t begin = 0, end = 0;  // rows in `order`
  std::uint16_t node = 0;
  Histogram histogram;
  double gain = 0;
  std::size_t feature = 0, bin = 0;  // rows in bins <= bin go left
};

double score(double g, double h) { return g * g / (h + kRidge); }

void find_split(Leaf& leaf, std::size_t features, int smallest) {
  leaf.gain = 0;
  for (std::size_t f = 0; f < features; ++f) {
    const Cell* cells = leaf.histogram.data() + f * kBins;
    Cell all;
    for (std::size_t b = 0; b < kBins; ++b) {
      all.gradient += cells[b].gradient;
      all.curvature += cells[b].curvature;
      all.count += cells[b].count;
    }
    Cell left;
    for (std::size_t b = 0; b + 1 < kBins; ++b) {
      left.gradient += cells[b].gradient;
      left.curvature += cells[b].curvature;
      left.count += cells[b].count;
      if (static_cast<int>(left.count) < smallest) continue;
      if (static_cast<int>(all.count - left.count) < smallest) break;
      const double gain = score(left.gradient, left.curvature) + score(all.gradient - left.gradient, all.curvature - left.curvature) -
                          score(all.gradient, all.curvature);
      if (gain > leaf.gain + 1e-9) {
        leaf.gain = gain;
        leaf.feature = f;
        leaf.bin = b;
      }
    }
  }
}

}  // namespace

float log_odds(const ForestView& forest, std::span<const float> x) {
  float out = forest.base;
  for (const std::uint32_t start : forest.starts) {
    const TreeNode* tree = forest.nodes.data() + start;
    const TreeNode* at = tree;
    while (at->feature != TreeNode::kLeaf) {
      // Without a branch: which side it is cannot be foretold.
      const std::uint32_t both = at->left | std::uint32_t{at->right} << 16U;
      at = tree + (both >> (x[at->feature] <= at->value ? 0U : 16U) & 0xFFFFU);
    }
    out += at->value;
  }
  return out;
}

void log_odds_of_rows(const ForestView& forest, std::span<const float* const> rows, std::span<float> out) {
  constexpr std::size_t kTogether = 8;
  std::size_t begin = 0;
  for (; begin + kTogether <= rows.size(); begin += kTogether) {
    std::array<const float*, kTogether> x;
    std::array<float, kTogether> sums;
    for (std::size_t k = 0; k < kTogether; ++k) {
      x[k] = rows[begin + k];
      sums[k] = forest.base;
    }
    for (const std::uint32_t start : forest.starts) {
      const TreeNode* tree = forest.nodes.data() + start;
      std::array<std::uint32_t, kTogether> at{};
      for (bool more = true; more;) {
        more = false;
        for (std::size_t k = 0; k < kTogether; ++k) {
          const TreeNode& node = tree[at[k]];
          const bool leaf = node.feature == TreeNode::kLeaf;
          const std::uint32_t both = node.left | std::uint32_t{node.right} << 16U;
          const std::uint32_t next = both >> (x[k][leaf ? 0 : node.feature] <= node.value ? 0U : 16U) & 0xFFFFU;
          at[k] = leaf ? at[k] : next;
          more |= !leaf;
        }
      }
      for (std::size_t k = 0; k < kTogether; ++k) sums[k] += tree[at[k]].value;
    }
    for (std::size_t k = 0; k < kTogether; ++k) out[begin + k] = sums[k];
  }
  for (; begin < rows.size(); ++begin) out[begin] = log_odds(forest, std::span<const float>(rows[begin], TreeNode::kLeaf));
}

LeafOrder leaf_order(std::span<const TreeNode> tree) {
  LeafOrder out{std::vector<std::uint32_t>(tree.size(), 1), std::vector<std::uint32_t>(tree.size(), 0)};
  // Children stand after their parent, so that from the last node to the first each knows how many leaves it has.
  for (std::size_t n = tree.size(); n-- > 0;) {
    if (tree[n].feature != TreeNode::kLeaf) out.count[n] = out.count[tree[n].left] + out.count[tree[n].right];
  }
  for (std::size_t n = 0; n < tree.size(); ++n) {
    if (tree[n].feature == TreeNode::kLeaf) continue;
    out.first[tree[n].left] = out.first[n];
    out.first[tree[n].right] = out.first[n] + out.count[tree[n].left];
  }
  return out;
}

bool sound(const ForestView& forest, std::size_t features) {
  for (std::size_t t = 0; t < forest.starts.size(); ++t) {
    const std::size_t begin = forest.starts[t], end = t + 1 < forest.starts.size() ? forest.starts[t + 1] : forest.nodes.size();
    if (begin >= end || end > forest.nodes.size()) return false;
    for (std::size_t i = begin; i < end; ++i) {
      const TreeNode& node = forest.nodes[i];
      if (node.feature == TreeNode::kLeaf) continue;
      const std::size_t here = i - begin, size = end - begin;
      if (node.feature >= features || node.left <= here || node.right <= here || node.left >= size || node.right >= size) return false;
    }
  }
  return true;
}

Forest train_forest(std::span<const float> rows, std::size_t features, std::span<const std::uint8_t> labels, std::span<const float> weights,
                    const ForestOptions& options, std::span<const std::size_t> groups) {
  Forest out;
  const std::size_t n = labels.size();
  if (n == 0) return out;

  // Bins.
  std::vector<std::vector<float>> cuts(features);    // the largest value of each bin but the last
  std::vector<std::vector<float>> splits(features);  // midway to the next bin: what lies between was not seen and goes either way
  std::vector<std::uint8_t> bins(n * features);
  std::vector<float> column(n);
  for (std::size_t f = 0; f < features; ++f) {
    for (std::size_t i = 0; i < n; ++i) column[i] = rows[i * features + f];
    std::ranges::sort(column);
    for (std::size_t b = 1; b < kBins; ++b) {
      const float cut = column[b * (n - 1) / kBins];
      if (cut < column.back() && (cuts[f].empty() || cut > cuts[f].back())) {
        cuts[f].push_back(cut);
        splits[f].push_back(cut + (*std::ranges::upper_bound(column, cut) - cut) / 2);
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      bins[i * features + f] = static_cast<std::uint8_t>(std::ranges::lower_bound(cuts[f], rows[i * features + f]) - cuts[f].begin());
    }
  }

  double yes = 0, all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    yes += labels[i] != 0 ? weights[i] : 0;
    all += weights[i];
  }
  const double share = std::clamp(yes / std::max(all, 1e-9), 1e-4, 1 - 1e-4);
  out.base = static_cast<float>(std::log(share / (1 - share)));

  std::vector<double> odds(n, out.base);
  std::vector<Cell> derivative(n);
  std::vector<std::uint32_t> order(n), scratch(n);
  const auto count = [&](const Leaf& leaf) {
    Histogram h(features * kBins);
    for (std::uint32_t k = leaf.begin; k < leaf.end; ++k) {
      const std::uint32_t i = order[k];
      const std::uint8_t* row = bins.data() + static_cast<std::size_t>(i) * features;
      for (std::size_t f = 0; f < features; ++f) {
        Cell& cell = h[f * kBins + row[f]];
        cell.gradient += derivative[i].gradient;
        cell.curvature += derivative[i].curvature;
        ++cell.count;
      }
    }
    return h;
  };

  const auto derive = [&](std::size_t i, double p) {
    derivative[i] = {weights[i] * ((labels[i] != 0 ? 1.0 : 0.0) - p), weights[i] * p * (1 - p), 1};
  };
  for (int t = 0; t < options.trees; ++t) {
    if (groups.empty()) {
      for (std::size_t i = 0; i < n; ++i) derive(i, 1 / (1 + std::exp(-odds[i])));
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const std::size_t begin = groups[g], end = g + 1 < groups.size() ? groups[g + 1] : n;
      double sum = 1;
      for (std::size_t i = begin; i < end; ++i) sum += std::exp(odds[i]);
      for (std::size_t i = begin; i < end; ++i) derive(i, std::exp(odds[i]) / sum);
    }
    std::iota(order.begin(), order.end(), 0U);
    std::vector<TreeNode> tree(1);
    std::vector<Leaf> leaves(1);
    leaves[0].end = static_cast<std::uint32_t>(n);
    leaves[0].histogram = count(leaves[0]);
    find_split(leaves[0], features, options.smallest_leaf);
    while (static_cast<int>(leaves.size()) < options.leaves) {
      std::size_t best = 0;
      for (std::size_t l = 1; l < leaves.size(); ++l) {
        if (leaves[l].gain > leaves[best].gain) best = l;
      }
      if (leaves[best].gain <= 1e-6) break;
      Leaf parent = std::move(leaves[best]);
      const auto goes_left = [&](std::uint32_t i) { return bins[static_cast<std::size_t>(i) * features + parent.feature] <= parent.bin; };
      const auto middle = std::stable_partition(order.begin() + parent.begin, order.begin() + parent.end, goes_left);
      const auto cut = static_cast<std::uint32_t>(middle - order.begin());
      Leaf left, right;
      left.begin = parent.begin;
      left.end = right.begin = cut;
      right.end = parent.end;
      left.node = static_cast<std::uint16_t>(tree.size());
      right.node = static_cast<std::uint16_t>(tree.size() + 1);
      TreeNode& node = tree[parent.node];
      node.feature = static_cast<std::uint16_t>(parent.feature);
      node.value = splits[parent.feature][parent.bin];
      node.left = left.node;
      node.right = right.node;
      tree.resize(tree.size() + 2);
      Leaf& small = left.end - left.begin <= right.end - right.begin ? left : right;
      Leaf& large = &small == &left ? right : left;
      small.histogram = count(small);
      large.histogram = std::move(parent.histogram);
      for (std::size_t c = 0; c < large.histogram.size(); ++c) {
        large.histogram[c].gradient -= small.histogram[c].gradient;
        large.histogram[c].curvature -= small.histogram[c].curvature;
        large.histogram[c].count -= small.histogram[c].count;
      }
      find_split(left, features, options.smallest_leaf);
      find_split(right, features, options.smallest_leaf);
      leaves[best] = std::move(left);
      leaves.push_back(std::move(right));
    }
    for (const Leaf& leaf : leaves) {
      double g = 0, h = 0;
      for (std::uint32_t k = leaf.begin; k < leaf.end; ++k) {
        g += derivative[order[k]].gradient;
        h += derivative[order[k]].curvature;
      }
      const double value = options.rate * g / (h + kRidge);
      tree[leaf.node].value = static_cast<float>(value);
      for (std::uint32_t k = leaf.begin; k < leaf.end; ++k) odds[order[k]] += value;
    }
    out.starts.push_back(static_cast<std::uint32_t>(out.nodes.size()));
    out.nodes.insert(out.nodes.end(), tree.begin(), tree.end());
  }
  return out;
}

}  // namespace litopys
