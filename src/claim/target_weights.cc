#include "claim/target_weights.h"

#include <algorithm>
#include <string_view>

#include "claim/weights.h"
#include "reader/slots.h"

namespace litopys {

TargetWeights TargetWeights::of_words(const std::vector<std::string>& words, const Codebook& book) {
  TargetWeights out;
  out.of.resize(book.targets.size());
  for (const std::string& word : words) {
    const SignWeight sign = sign_weight(word);
    const std::size_t dot = sign.name.find('.');
    const auto group = book.target(sign.name.substr(0, dot));
    if (!group) continue;
    Of& of = out.of[*group];
    const std::string_view what = dot == std::string_view::npos ? std::string_view{} : sign.name.substr(dot + 1);
    (what == "said" ? of.said : what == "reader" ? of.reader : of.bias) = sign.value;
  }
  return out;
}

std::optional<std::vector<TargetId>> TargetWeights::weighed(const std::vector<TargetId>& said, const SentenceReading& reading,
                                                            const Codebook& book) const {
  std::vector<TargetId> out;
  for (std::size_t group = 0; group < of.size(); ++group) {
    const auto id = static_cast<TargetId>(group);
    const bool named = std::ranges::find(said, id) != said.end();
    const auto logit = target_logit(reading, book.measures.size(), book.targets[group].id);
    if (!logit) {
      if (reading.logits.empty()) return std::nullopt;
      if (named) out.push_back(id);  // a group that the encoder does not know
      continue;
    }
    const Of& weights = of[group];
    const bool weighs = weights.said != 0 || weights.reader != 0;
    if (weighs ? weights.bias + (named ? weights.said : 0) + weights.reader * *logit > 0 : named) out.push_back(id);
  }
  return out;
}

}  // namespace litopys
