// Sixteen rows stand side by side, number by number; a node's comparison gives sixteen bytes that are all ones where a row goes right.
#include "page/wide_forest.h"

#include <algorithm>

#if defined(__SSE2__)
#include <emmintrin.h>
#include <immintrin.h>
#include <xmmintrin.h>
#endif

namespace litopys {

WideForest::WideForest(const ForestView& forest) : base_(forest.base) {
#if defined(__SSE2__)
  for (const TreeNode& node : forest.nodes) {
    if (node.feature != TreeNode::kLeaf) width_ = std::max<std::size_t>(width_, node.feature + 1U);
  }
  for (std::size_t t = 0; t < forest.starts.size(); ++t) {
    const std::span<const TreeNode> nodes = forest.tree(t);
    const LeafOrder order = leaf_order(nodes);
    Tree tree;
    tree.begin = static_cast<std::uint32_t>(questions_.size());
    if (nodes.empty() || order.count[0] > kLeaves) {
      trees_.clear();
      return;
    }
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      const TreeNode& node = nodes[n];
      if (node.feature == TreeNode::kLeaf) {
        tree.leaves[order.first[n]] = node.value;
      } else {
        questions_.push_back({node.feature, node.value, order.left_of(node) * 0x01010101U});
      }
    }
    tree.end = static_cast<std::uint32_t>(questions_.size());
    trees_.push_back(tree);
  }
#endif
}

#if defined(__SSE2__)
namespace {

// `count` rows (the last one again where there are fewer) number by number: rows of `lot` numbers.
void turn_on_side(const float* const* rows, std::size_t count, std::size_t lot, std::size_t width, float* numbers) {
  const auto own = [&](std::size_t r) { return rows[std::min(r, count - 1)]; };
  for (std::size_t r = 0; r < lot; r += 4) {
    const float *const first = own(r), *const second = own(r + 1), *const third = own(r + 2), *const fourth = own(r + 3);
    std::size_t f = 0;
    for (; f + 4 <= width; f += 4) {
      __m128 a = _mm_loadu_ps(first + f), b = _mm_loadu_ps(second + f), c = _mm_loadu_ps(third + f), d = _mm_loadu_ps(fourth + f);
      _MM_TRANSPOSE4_PS(a, b, c, d);
      float* const to = numbers + f * lot + r;
      _mm_storeu_ps(to, a);
      _mm_storeu_ps(to + lot, b);
      _mm_storeu_ps(to + 2 * lot, c);
      _mm_storeu_ps(to + 3 * lot, d);
    }
    for (; f < width; ++f) {
      float* const to = numbers + f * lot + r;
      to[0] = first[f];
      to[1] = second[f];
      to[2] = third[f];
      to[3] = fourth[f];
    }
  }
}

}  // namespace

// As ask() below, in vectors twice as wide; a tree's leaves are one vector, so that eight rows take their numbers at once.
[[gnu::target("avx2")]] std::size_t WideForest::ask_by_thirty_two(std::span<const float* const> rows, std::span<float> out) const {
  constexpr std::size_t kLot = 2 * kRows;
  std::vector<float> numbers(width_ * kLot);
  std::size_t done = 0;
  for (; rows.size() - done > kRows; done += std::min(kLot, rows.size() - done)) {
    const std::size_t count = std::min(kLot, rows.size() - done);
    turn_on_side(rows.data() + done, count, kLot, width_, numbers.data());
    const __m256i none = _mm256_setzero_si256();
    __m256 sums0 = _mm256_set1_ps(base_), sums1 = sums0, sums2 = sums0, sums3 = sums0;
    for (const Tree& tree : trees_) {
      __m256i alive = _mm256_set1_epi8(-1);
      for (std::uint32_t q = tree.begin; q < tree.end; ++q) {
        const Question& question = questions_[q];
        const float* const x = numbers.data() + question.feature * kLot;
        const __m256 value = _mm256_set1_ps(question.value);
        const __m256i a = _mm256_castps_si256(_mm256_cmp_ps(_mm256_loadu_ps(x), value, _CMP_NLE_US));
        const __m256i b = _mm256_castps_si256(_mm256_cmp_ps(_mm256_loadu_ps(x + 8), value, _CMP_NLE_US));
        const __m256i c = _mm256_castps_si256(_mm256_cmp_ps(_mm256_loadu_ps(x + 16), value, _CMP_NLE_US));
        const __m256i d = _mm256_castps_si256(_mm256_cmp_ps(_mm256_loadu_ps(x + 24), value, _CMP_NLE_US));
        const __m256i all = _mm256_packs_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
        alive = _mm256_andnot_si256(_mm256_and_si256(all, _mm256_set1_epi32(static_cast<int>(question.left))), alive);
      }
      const __m256i lowest = _mm256_and_si256(alive, _mm256_sub_epi8(none, alive));
      // The place of a byte's only bit.
      const __m256i odd = _mm256_cmpeq_epi8(_mm256_and_si256(lowest, _mm256_set1_epi8(static_cast<char>(0xAA))), none);
      const __m256i pair = _mm256_cmpeq_epi8(_mm256_and_si256(lowest, _mm256_set1_epi8(static_cast<char>(0xCC))), none);
      const __m256i half = _mm256_cmpeq_epi8(_mm256_and_si256(lowest, _mm256_set1_epi8(static_cast<char>(0xF0))), none);
      const __m256i place =
          _mm256_or_si256(_mm256_or_si256(_mm256_andnot_si256(odd, _mm256_set1_epi8(1)), _mm256_andnot_si256(pair, _mm256_set1_epi8(2))),
                          _mm256_andnot_si256(half, _mm256_set1_epi8(4)));
      const __m256 leaves = _mm256_loadu_ps(tree.leaves.data());
      const __m128i low = _mm256_castsi256_si128(place), high = _mm256_extracti128_si256(place, 1);
      sums0 = _mm256_add_ps(sums0, _mm256_permutevar8x32_ps(leaves, _mm256_cvtepu8_epi32(low)));
      sums1 = _mm256_add_ps(sums1, _mm256_permutevar8x32_ps(leaves, _mm256_cvtepu8_epi32(_mm_srli_si128(low, 8))));
      sums2 = _mm256_add_ps(sums2, _mm256_permutevar8x32_ps(leaves, _mm256_cvtepu8_epi32(high)));
      sums3 = _mm256_add_ps(sums3, _mm256_permutevar8x32_ps(leaves, _mm256_cvtepu8_epi32(_mm_srli_si128(high, 8))));
    }
    // Packing worked on halves of a vector: of each eight rows the first four lie in the lower half.
    alignas(32) std::array<float, kLot> sums;
    _mm256_store_ps(sums.data(), sums0);
    _mm256_store_ps(sums.data() + 8, sums1);
    _mm256_store_ps(sums.data() + 16, sums2);
    _mm256_store_ps(sums.data() + 24, sums3);
    for (std::size_t r = 0; r < count; ++r) out[done + r] = sums[(r >> 2U & 1U) * 16 + (r >> 3U) * 4 + (r & 3U)];
  }
  return done;
}
#endif

void WideForest::ask([[maybe_unused]] std::span<const float* const> rows, [[maybe_unused]] std::span<float> out) const {
#if defined(__SSE2__)
  const __m128i none = _mm_setzero_si128();
  // `step` in the bytes that have a bit of `bits`.
  const auto steps = [&](__m128i bytes, int bits, int step) {
    const __m128i without = _mm_cmpeq_epi8(_mm_and_si128(bytes, _mm_set1_epi8(static_cast<char>(bits))), none);
    return _mm_andnot_si128(without, _mm_set1_epi8(static_cast<char>(step)));
  };
  std::vector<float> numbers(width_ * kRows);
  const std::size_t done = __builtin_cpu_supports("avx2") ? ask_by_thirty_two(rows, out) : 0;
  for (std::size_t begin = done; begin < rows.size(); begin += kRows) {
    const std::size_t count = std::min(kRows, rows.size() - begin);
    turn_on_side(rows.data() + begin, count, kRows, width_, numbers.data());
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
