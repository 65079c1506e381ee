// Linear scorers over sparse rows: training by dual coordinate descent (L2-regularised squared hinge loss, as in liblinear: Hsieh et al.,
// ICML 2008). Deterministic: the order of examples comes from a fixed generator, each output is trained by itself.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace litopys {

struct SparseValue {
  std::uint32_t slot = 0;
  float value = 0;
};

// Rows of a sparse matrix, one after another.
class SparseRows {
 public:
  void add(std::span<const SparseValue> row) {
    values_.insert(values_.end(), row.begin(), row.end());
    ends_.push_back(values_.size());
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::span<const SparseValue> row(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(values_).subspan(begin, ends_[i] - begin);
  }

 private:
  std::vector<SparseValue> values_;
  std::vector<std::size_t> ends_;
};

struct LinearOptions {
  float cost = 1.0F;  // of an error, against the size of the weights
  int passes = 15;    // at most; stops earlier where nothing moves
  std::uint32_t slots = 0;
};

enum class Answer : std::int8_t { skip = 0, no = -1, yes = 1 };  // skip: the row says nothing about this output

// The weights of one output. labels and costs (a factor of `cost`) have one entry a row. O(passes * values).
[[nodiscard]] std::vector<float> train_linear(const SparseRows& rows, std::span<const Answer> labels, std::span<const float> costs,
                                              const LinearOptions& options);

}  // namespace litopys
