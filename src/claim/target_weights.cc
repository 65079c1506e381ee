#include "claim/target_weights.h"

#include <algorithm>
#include <string_view>

#include "claim/weights.h"
#include "reader/slots.h"

namespace litopys {
namespace {

bool holds(const std::vector<TargetId>& groups, TargetId group) { return std::ranges::find(groups, group) != groups.end(); }

float* weight_of(TargetWeights::Of& of, std::string_view sign, const Codebook& book) {
  if (sign.empty()) return &of.bias;
  if (sign == "said") return &of.said;
  if (sign == "reader") return &of.reader;
  if (sign == "named") return &of.named;
  if (sign == "general") return &of.general;
  if (sign == "away") return &of.away;
  if (sign == "earlier") return &of.earlier;
  if (sign == "nobody") return &of.nobody;
  if (sign == "without") return &of.without;
  const auto measure = book.measure(sign);
  return measure ? &of.measure[*measure] : nullptr;
}

}  // namespace

TargetWeights TargetWeights::of_words(const std::vector<std::string>& words, const Codebook& book) {
  TargetWeights out;
  out.of.resize(book.targets.size());
  for (Of& of : out.of) of.measure.assign(book.measures.size(), 0.0F);
  for (const std::string& word : words) {
    const SignWeight sign = sign_weight(word);
    const std::size_t dot = sign.name.find('.');
    const auto group = book.target(sign.name.substr(0, dot));
    if (!group) continue;
    const std::string_view what = dot == std::string_view::npos ? std::string_view{} : sign.name.substr(dot + 1);
    if (float* const weight = weight_of(out.of[*group], what, book)) *weight = sign.value;
  }
  return out;
}

std::optional<std::vector<TargetId>> TargetWeights::weighed(const TargetSigns& signs, const SentenceReading& reading,
                                                            const Codebook& book) const {
  std::vector<TargetId> out;
  for (std::size_t group = 0; group < of.size(); ++group) {
    const auto id = static_cast<TargetId>(group);
    const bool said = holds(signs.said, id);
    const auto logit = target_logit(reading, book.measures.size(), book.targets[group].id);
    if (!logit) {
      if (reading.logits.empty()) return std::nullopt;
      if (said) out.push_back(id);  // a group that the encoder does not know
      continue;
    }
    const Of& weights = of[group];
    if (weights.said == 0 && weights.reader == 0) {
      if (said) out.push_back(id);
      continue;
    }
    float sum = weights.bias + weights.measure[signs.measure] + weights.reader * *logit;
    if (said) sum += weights.said;
    if (holds(signs.named, id)) sum += weights.named;
    if (holds(signs.general, id)) sum += weights.general;
    if (holds(signs.away, id)) sum += weights.away;
    if (holds(signs.earlier, id)) sum += weights.earlier;
    if (signs.named.empty()) sum += weights.nobody;
    if (signs.without) sum += weights.without;
    if (sum > 0) out.push_back(id);
  }
  return out;
}

}  // namespace litopys
