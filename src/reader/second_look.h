// The second look: whether a sentence makes a measure, judged from the linear scores of the whole document. It sees how this score stands
// to the sentence's other scores, what the sentences around it score, and how much of the document is about the campaign at all; that is
// what lets a war update yield its three sentences and no more.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "reader/features.h"

namespace litopys {

// Linear scores of a document: for each sentence the measures' scores, then that of "makes any measure".
struct ScoreTable {
  std::size_t measures = 0;
  std::vector<float> scores;  // sentences * (measures + 1)

  [[nodiscard]] std::size_t sentences() const { return scores.size() / (measures + 1); }
  [[nodiscard]] std::span<const float> row(std::size_t i) const { return std::span(scores).subspan(i * (measures + 1), measures + 1); }
};

inline constexpr std::size_t kSecondLookFeatures = 36;
inline constexpr std::size_t kOfMeasure = 8;  // the first are of the measure, the others the same for all measures of a sentence
// What is below this linear score is not looked at again.
inline constexpr float kHopeless = -1.1F;

class SecondLook {
 public:
  // Both must outlive it. O(sentences * measures).
  SecondLook(const ScoreTable& table, const Featurizer& featurizer, const Text& text);

  // The numbers for one sentence and measure. O(1).
  [[nodiscard]] std::array<float, kSecondLookFeatures> features(std::size_t sentence, std::size_t measure) const;

  // For a person: what the n-th number is.
  [[nodiscard]] static std::string_view name(std::size_t feature);

 private:
  const ScoreTable& table_;
  const Featurizer& featurizer_;
  const Text& text_;
  std::vector<float> best_, second_;       // by sentence
  std::vector<float> document_, highest_;  // by measure: expected share of sentences, highest score
  std::vector<float> near_;                // by sentence: expected claims among the five before and after, a share
  float any_share_ = 0, top_ = 0, any_top_ = 0;
};

}  // namespace litopys
