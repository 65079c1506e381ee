// A softmax regression: one sum a stance. Words in scope, habits and the encoder err in different ways, so a sum over what all of them say
// is right more often than any order of precedence.
#include "claim/stance_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "claim/weights.h"

namespace litopys {
namespace {

constexpr auto& kStanceNames = Names<Stance>::all;
constexpr auto& kCredenceNames = Names<Credence>::all;

}  // namespace

std::vector<std::string> stance_sign_names(const Codebook& book) {
  std::vector<std::string> out;
  for (const std::string_view stance : kStanceNames) out.push_back(fmt::format("said.{}", stance));
  for (const std::string_view stance : kStanceNames) out.push_back(fmt::format("default.{}", stance));
  out.emplace_back("voted");
  for (const Measure& measure : book.measures) out.push_back("measure." + measure.id);
  for (const Measure& measure : book.measures) out.push_back("reader." + measure.id);
  out.emplace_back("reader.any");
  for (const std::string_view stance : kStanceNames) out.push_back(fmt::format("reader.{}", stance));
  for (const std::string_view credence : kCredenceNames) out.push_back(fmt::format("reader.{}", credence));
  return out;
}

std::vector<float> stance_signs(const Codebook& book, MeasureId measure, Stance said, bool voted, const SentenceReading& reading) {
  const std::size_t measures = book.measures.size();
  const std::size_t told = measures + 1 + kStanceNames.size() + kCredenceNames.size();
  if (reading.logits.size() < told) return {};
  std::vector<float> out(2 * kStanceNames.size() + 1 + measures, 0.0F);
  const auto stance = static_cast<std::size_t>(said);
  out[stance] = 1;
  if (!voted) out[kStanceNames.size() + stance] = 1;
  if (voted) out[2 * kStanceNames.size()] = 1;
  out[2 * kStanceNames.size() + 1 + measure] = 1;
  out.insert(out.end(), reading.logits.begin(), reading.logits.begin() + static_cast<std::ptrdiff_t>(told));
  return out;
}

StanceWeights StanceWeights::of_words(const std::vector<std::string>& words, const Codebook& book) {
  const std::vector<std::string> signs = stance_sign_names(book);
  StanceWeights out;
  for (std::vector<float>& weights : out.of) weights.assign(signs.size() + 1, 0.0F);
  for (const std::string& word : words) {
    const auto [key, value] = sign_weight(word);
    const std::size_t colon = key.find(':');
    const auto stance = parse_name<Stance>(key.substr(0, colon));
    const bool of_sign = colon != std::string_view::npos;
    const auto sign = of_sign ? std::find(signs.begin(), signs.end(), key.substr(colon + 1)) : signs.end();
    if (!stance || (of_sign && sign == signs.end())) continue;
    out.of[static_cast<std::size_t>(*stance)][static_cast<std::size_t>(sign - signs.begin())] = value;
  }
  return out;
}

Stance StanceWeights::likeliest(const std::vector<float>& signs) const {
  std::size_t best = 0;
  float most = 0;
  for (std::size_t s = 0; s < of.size(); ++s) {
    float sum = of[s].back();
    for (std::size_t i = 0; i < signs.size() && i + 1 < of[s].size(); ++i) sum += of[s][i] * signs[i];
    if (s == 0 || sum > most) best = s, most = sum;
  }
  return static_cast<Stance>(best);
}

std::string StanceWeights::reasons(const Codebook& book, const std::vector<float>& signs, Stance one, Stance other) const {
  constexpr std::size_t kMost = 3;
  const std::vector<std::string> names = stance_sign_names(book);
  const std::vector<float>&for_one = of[static_cast<std::size_t>(one)], &for_other = of[static_cast<std::size_t>(other)];
  std::vector<SignShare> shares;
  for (std::size_t i = 0; i < signs.size() && i < names.size(); ++i) shares.push_back({signs[i] * (for_one[i] - for_other[i]), names[i]});
  std::ranges::stable_sort(shares, [](const SignShare& a, const SignShare& b) { return std::abs(a.share) > std::abs(b.share); });
  shares.resize(std::min(kMost, shares.size()));
  return shares_text(shares);
}

}  // namespace litopys
