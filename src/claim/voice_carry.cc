// Log odds fitted by logistic regression: first over the training passages, then, drawn towards that, over the sentences without a frame
// of the annotated documents. Checked by document in eight parts: four out of five such sentences are given to the right voice.
#include "claim/voice_carry.h"

namespace litopys {
namespace {

constexpr std::array<double, static_cast<std::size_t>(CarrySign::count)> kCarryWeights = {
    -0.11, -1.32, -0.05, -0.08, 0.23,  -0.74, -0.79, 0.61, 0.36,  -0.31, -0.17, -0.82, 0.63,  0.90,
    0.00,  -0.12, 0.02,  -0.05, -0.35, 0.63,  -1.48, 0.23, 0.42,  -0.70, -0.40, 0.02,  -0.43, -0.74,
    0.24,  -0.76, 0.56,  0.41,  -0.19, -0.39, -0.22, 0.09, -0.01, 0.00,  -0.95, -0.26, 0.03};

}  // namespace

double carry_sum(const CarrySigns& signs) {
  double score = 0;
  for (std::size_t k = 0; k < signs.size(); ++k) score += signs[k] ? kCarryWeights[k] : 0.0;
  return score;
}

bool goes_on(const CarrySigns& signs) { return carry_sum(signs) > 0; }

}  // namespace litopys
