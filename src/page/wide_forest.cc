// Sixteen rows stand side by side, number by number; a node's comparison gives sixteen bytes that are all ones where a row goes right.
#include "page/wide_forest.h"

#include <algorithm>

#if defined(__SSE2__)
#include <emmintrin.h>
#include <xmmintrin.h>
#endif

namespace litopys {

WideForest::WideForest(const ForestView& forest) : base_(forest.base) {
#if defined(__SSE2__)
  for (const TreeNode& node : forest.nodes) {
    if (node.feature != TreeNode::kLeaf) width_ = std::max<std::size_t>(width_, node.feature + 1U);
  }
  for (std::size_t t = 0; t < forest.starts.size(); ++t) {
    const std::size_t begin = forest.starts[t], end = t + 1 < forest.starts.size() ? forest.starts[t + 1] : forest.nodes.size();
    const TreeNode* const nodes = forest.nodes.data() + begin;
    Tree tree;
    tree.begin = static_cast<std::uint32_t>(questions_.size());
    // Leaves from left to right; children stand after their parent, so that from the last node to the first each knows how many leaves
    // it has.
    std::vector<std::uint32_t> leaves(end - begin, 1), first(end - begin, 0);
    for (std::size_t n = end - begin; n-- > 0;) {
      if (nodes[n].feature != TreeNode::kLeaf) leaves[n] = leaves[nodes[n].left] + leaves[nodes[n].right];
    }
    if (leaves.empty() || leaves[0] > kLeaves) {
      trees_.clear();
      return;
    }
    for (std::size_t n = 0; n < end - begin; ++n) {
      const TreeNode& node = nodes[n];
      if (node.feature == TreeNode::kLeaf) {
        tree.leaves[first[n]] = node.value;
        continue;
      }
      first[node.left] = first[n];
      first[node.right] = first[n] + leaves[node.left];
      const std::uint32_t left = ((1U << leaves[node.left]) - 1U) << first[n];
      questions_.push_back({node.feature, node.value, left * 0x01010101U});
    }
    tree.end = static_cast<std::uint32_t>(questions_.size());
    trees_.push_back(tree);
  }
#endif
}

void WideForest::ask([[maybe_unused]] std::span<const float* const> rows, [[maybe_unused]] std::span<float> out) const {
#if defined(__SSE2__)
  const __m128i none = _mm_setzero_si128();
  // `step` in the bytes that have a bit of `bits`.
  const auto steps = [&](__m128i bytes, int bits, int step) {
    const __m128i without = _mm_cmpeq_epi8(_mm_and_si128(bytes, _mm_set1_epi8(static_cast<char>(bits))), none);
    return _mm_andnot_si128(without, _mm_set1_epi8(static_cast<char>(step)));
  };
  std::vector<float> numbers(width_ * kRows);
  for (std::size_t begin = 0; begin < rows.size(); begin += kRows) {
    const std::size_t count = std::min(kRows, rows.size() - begin);
    std::array<const float*, kRows> own;
    for (std::size_t r = 0; r < kRows; ++r) own[r] = rows[begin + std::min(r, count - 1)];
    // Four numbers of four rows at a time are turned on their side.
    std::size_t f = 0;
    for (; f + 4 <= width_; f += 4) {
      for (std::size_t r = 0; r < kRows; r += 4) {
        __m128 a = _mm_loadu_ps(own[r] + f), b = _mm_loadu_ps(own[r + 1] + f), c = _mm_loadu_ps(own[r + 2] + f),
               d = _mm_loadu_ps(own[r + 3] + f);
        _MM_TRANSPOSE4_PS(a, b, c, d);
        float* const to = numbers.data() + f * kRows + r;
        _mm_storeu_ps(to, a);
        _mm_storeu_ps(to + kRows, b);
        _mm_storeu_ps(to + 2 * kRows, c);
        _mm_storeu_ps(to + 3 * kRows, d);
      }
    }
    for (; f < width_; ++f) {
      for (std::size_t r = 0; r < kRows; ++r) numbers[f * kRows + r] = own[r][f];
    }
    alignas(16) std::array<float, kRows> sums;
    sums.fill(base_);
    for (const Tree& tree : trees_) {
      __m128i alive = _mm_set1_epi8(-1);
      for (std::uint32_t q = tree.begin; q < tree.end; ++q) {
        const Question& question = questions_[q];
        const float* const x = numbers.data() + question.feature * kRows;
        const __m128 value = _mm_set1_ps(question.value);
        const auto right = [&](std::size_t k) { return _mm_castps_si128(_mm_cmpnle_ps(_mm_loadu_ps(x + 4 * k), value)); };
        const __m128i all = _mm_packs_epi16(_mm_packs_epi32(right(0), right(1)), _mm_packs_epi32(right(2), right(3)));
        alive = _mm_andnot_si128(_mm_and_si128(all, _mm_set1_epi32(static_cast<int>(question.left))), alive);
      }
      const __m128i lowest = _mm_and_si128(alive, _mm_sub_epi8(none, alive));
      // The place of a byte's only bit.
      const __m128i place = _mm_or_si128(_mm_or_si128(steps(lowest, 0xAA, 1), steps(lowest, 0xCC, 2)), steps(lowest, 0xF0, 4));
      alignas(16) std::array<std::uint8_t, kRows> leaf;
      _mm_store_si128(reinterpret_cast<__m128i*>(leaf.data()), place);
      for (std::size_t r = 0; r < kRows; ++r) sums[r] += tree.leaves[leaf[r]];
    }
    std::copy_n(sums.begin(), count, out.begin() + static_cast<std::ptrdiff_t>(begin));
  }
#endif
}

}  // namespace litopys
