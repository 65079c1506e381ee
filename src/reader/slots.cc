// Kinds are told apart by a softmax over their logits.
#include "reader/slots.h"

#include <algorithm>
#include <cmath>

#include "codebook/vocabulary.h"

namespace litopys {

std::optional<std::array<float, 4>> place_kinds(const SentenceReading& reading, std::size_t measures) {
  constexpr std::size_t kTimesAndOrigins = 6;  // three classes of each stand before the places
  const std::size_t before = measures + 1 + Names<Stance>::all.size() + Names<Credence>::all.size();
  if (reading.logits.size() != before + kSlotOutputs) return std::nullopt;
  std::array<float, 4> out{};
  std::copy_n(reading.logits.begin() + static_cast<std::ptrdiff_t>(before + kTimesAndOrigins), out.size(), out.begin());
  const float most = *std::ranges::max_element(out);
  float sum = 0;
  for (const float logit : out) sum += std::exp(logit - most);
  for (float& logit : out) logit -= most + std::log(sum);
  return out;
}

}  // namespace litopys
