#include "reader/second_look.h"

#include <algorithm>
#include <cmath>

namespace litopys {
namespace {

constexpr std::array<std::string_view, kSecondLookFeatures> kNames = {"its score",
                                                                      "behind the sentence's best",
                                                                      "rank in the sentence",
                                                                      "the same before",
                                                                      "the same after",
                                                                      "the same two before",
                                                                      "share of the measure in the document",
                                                                      "highest of the measure in the document",
                                                                      "best of the sentence",
                                                                      "second of the sentence",
                                                                      "best before",
                                                                      "best after",
                                                                      "best two before",
                                                                      "share of claims in the document",
                                                                      "best three of the document",
                                                                      "share of sentences with the subject",
                                                                      "subject here",
                                                                      "subject before",
                                                                      "subject in the last three",
                                                                      "length of the document",
                                                                      "place in the document",
                                                                      "any claim",
                                                                      "heading",
                                                                      "length of the sentence",
                                                                      "any claim before",
                                                                      "any claim after",
                                                                      "any claim, best three of the document",
                                                                      "claims nearby",
                                                                      "subject after",
                                                                      "measures that score",
                                                                      "setting here",
                                                                      "setting in the last three",
                                                                      "share of sentences with the setting",
                                                                      "share of sentences with subject and setting",
                                                                      "counts people or passports",
                                                                      "counted before"};

float squashed(float score) { return 1.0F / (1.0F + std::exp(-3.0F * (score + 0.2F))); }

float mean_of_top(std::vector<float> values, std::size_t most) {
  if (values.empty()) return -1;
  const std::size_t n = std::min(values.size(), most);
  std::ranges::partial_sort(values, values.begin() + static_cast<std::ptrdiff_t>(n), std::greater<>());
  float sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += values[i];
  return sum / static_cast<float>(n);
}

}  // namespace

SecondLook::SecondLook(const ScoreTable& table, const Featurizer& featurizer, const Text& text)
    : table_(table), featurizer_(featurizer), text_(text) {
  const std::size_t n = table.sentences(), k = table.measures;
  best_.assign(n, -1);
  second_.assign(n, -1);
  document_.assign(k, 0);
  highest_.assign(k, -9);
  std::vector<float> any(n), any_score(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::span<const float> row = table.row(i);
    float none = 1, best = -9, second = -9;
    for (std::size_t m = 0; m < k; ++m) {
      const float p = squashed(row[m]);
      none *= 1 - p;
      document_[m] += p;
      highest_[m] = std::max(highest_[m], row[m]);
      if (row[m] > best) {
        second = best;
        best = row[m];
      } else {
        second = std::max(second, row[m]);
      }
    }
    best_[i] = best;
    second_[i] = second;
    any[i] = 1 - none;
    any_score[i] = row[k];
    any_share_ += any[i];
  }
  const auto sentences = static_cast<float>(std::max<std::size_t>(n, 1));
  any_share_ /= sentences;
  for (float& d : document_) d /= sentences;
  top_ = mean_of_top(best_, 3);
  any_top_ = mean_of_top(any_score, 3);
  near_.assign(n, 0);
  constexpr std::size_t kNear = 5;
  double window = 0;
  std::size_t from = 0, to = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (; to < std::min(n, i + kNear + 1); ++to) window += any[to];
    for (; from + kNear < i; ++from) window -= any[from];
    near_[i] = to - from > 1 ? static_cast<float>((window - any[i]) / static_cast<double>(to - from - 1)) : any[i];
  }
}

std::array<float, kSecondLookFeatures> SecondLook::features(std::size_t i, std::size_t m) const {
  const std::size_t n = table_.sentences();
  const std::span<const float> row = table_.row(i);
  const auto score = [&](std::ptrdiff_t at, std::size_t which) {
    return at < 0 || at >= static_cast<std::ptrdiff_t>(n) ? -1.0F : table_.row(static_cast<std::size_t>(at))[which];
  };
  const auto best = [&](std::ptrdiff_t at) {
    return at < 0 || at >= static_cast<std::ptrdiff_t>(n) ? -1.0F : best_[static_cast<std::size_t>(at)];
  };
  const auto subject = [&](std::size_t at) { return at < n && featurizer_.subject(at) ? 1.0F : 0.0F; };
  const auto here = static_cast<std::ptrdiff_t>(i);
  float rank = 0, scoring = 0;
  for (std::size_t other = 0; other < table_.measures; ++other) {
    rank += row[other] > row[m] ? 1.0F : 0.0F;
    scoring += row[other] > -0.4F ? 1.0F : 0.0F;
  }
  float recent = subject(i);
  float setting = featurizer_.setting(i) ? 1.0F : 0.0F;
  for (std::size_t back = 1; back <= 3 && back <= i; ++back) {
    recent = std::max(recent, subject(i - back));
    if (featurizer_.setting(i - back)) setting = 1;
  }
  return {row[m],
          best_[i] - row[m],
          rank,
          score(here - 1, m),
          score(here + 1, m),
          score(here - 2, m),
          document_[m],
          highest_[m],
          best_[i],
          second_[i],
          best(here - 1),
          best(here + 1),
          best(here - 2),
          any_share_,
          top_,
          static_cast<float>(featurizer_.subject_share()),
          subject(i),
          i > 0 ? subject(i - 1) : 0.0F,
          recent,
          std::log(static_cast<float>(n)),
          static_cast<float>(i) / static_cast<float>(n),
          row[table_.measures],
          text_.sentences[i].heading ? 1.0F : 0.0F,
          std::min(2.0F, static_cast<float>(featurizer_.words(i)) / 20.0F),
          score(here - 1, table_.measures),
          score(here + 1, table_.measures),
          any_top_,
          near_[i],
          subject(i + 1),
          scoring,
          featurizer_.setting(i) ? 1.0F : 0.0F,
          setting,
          static_cast<float>(featurizer_.setting_share()),
          static_cast<float>(featurizer_.both_share()),
          featurizer_.counts(i) ? 1.0F : 0.0F,
          i > 0 && featurizer_.counts(i - 1) ? 1.0F : 0.0F};
}

std::string_view SecondLook::name(std::size_t feature) { return feature < kNames.size() ? kNames[feature] : "?"; }

}  // namespace litopys
