// Log odds fitted by logistic regression over the sentences without a frame of the annotated documents and training passages, checked by
// document in eight parts: three out of four such sentences in passages and five out of six in documents are given to the right voice.
#include "claim/voice_carry.h"

namespace litopys {
namespace {

constexpr std::array<double, static_cast<std::size_t>(CarrySign::count)> kCarryWeights = {
    0.20, -1.07, -0.11, 0.03, 0.32,  -0.71, -0.82, 0.72,  0.43, -0.02, -0.29, -0.91, 0.84,  1.06,
    0.00, -0.04, 0.13,  0.00, -0.29, 0.66,  -1.26, -0.14, 0.37, -0.81, -0.60, -0.15, -0.90, -0.77,
    0.19, -0.63, 0.61,  0.39, -0.21, -0.39, -0.26, 0.05,  0.68, 0.00,  -0.87, -0.13, 0.07};

}  // namespace

bool goes_on(const CarrySigns& signs) {
  double score = 0;
  for (std::size_t k = 0; k < signs.size(); ++k) score += signs[k] ? kCarryWeights[k] : 0.0;
  return score > 0;
}

}  // namespace litopys
