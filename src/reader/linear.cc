#include "reader/linear.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace litopys {

std::vector<float> train_linear(const SparseRows& rows, std::span<const Answer> labels, std::span<const float> costs,
                                const LinearOptions& options) {
  std::vector<float> weights(options.slots, 0.0F);
  std::vector<std::uint32_t> order;
  std::vector<float> length(rows.size(), 0.0F);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (labels[i] == Answer::skip || costs[i] <= 0) continue;
    order.push_back(static_cast<std::uint32_t>(i));
    for (const SparseValue& v : rows.row(i)) length[i] += v.value * v.value;
  }
  std::vector<float> alpha(rows.size(), 0.0F);
  std::uint64_t state = 88172645463325252ULL;  // xorshift64 (Marsaglia 2003)
  constexpr float kStill = 0.02F;
  for (int pass = 0; pass < options.passes && !order.empty(); ++pass) {
    for (std::size_t i = order.size() - 1; i > 0; --i) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      std::swap(order[i], order[state % (i + 1)]);
    }
    float largest = 0;
    for (const std::uint32_t i : order) {
      const float y = labels[i] == Answer::yes ? 1.0F : -1.0F;
      const float diagonal = 0.5F / (options.cost * costs[i]);
      float score = 0;
      for (const SparseValue& v : rows.row(i)) score += weights[v.slot] * v.value;
      const float gradient = y * score - 1.0F + diagonal * alpha[i];
      if (alpha[i] <= 0 && gradient >= 0) continue;
      largest = std::max(largest, std::fabs(gradient));
      const float before = alpha[i];
      alpha[i] = std::max(0.0F, before - gradient / (length[i] + diagonal));
      const float step = (alpha[i] - before) * y;
      for (const SparseValue& v : rows.row(i)) weights[v.slot] += step * v.value;
    }
    if (largest < kStill) break;
  }
  return weights;
}

}  // namespace litopys
