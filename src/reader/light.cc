// Scores first, for all sentences; then the second look for what is not hopeless; reasons only for what is kept, since they cost the
// features once more.
#include "reader/light.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "reader/features.h"
#include "reader/mask_forest.h"
#include "reader/second_look.h"

namespace litopys {
namespace {

constexpr std::size_t kMostMeasures = 5, kMostReasons = 5;
constexpr float kSlope = 3.0F;  // a linear score to log odds, roughly

template <class E, std::size_t N>
std::pair<E, float> likeliest_of_scores(const float* scores) {
  float sum = 0, best = 0;
  std::size_t which = 0;
  for (std::size_t i = 0; i < N; ++i) {
    const float p = 1.0F / (1.0F + std::exp(-kSlope * scores[i]));
    sum += p;
    if (p > best) {
      best = p;
      which = i;
    }
  }
  return {static_cast<E>(which), sum > 0 ? best / sum : 0.0F};
}

const std::vector<Cue> kNoCues;

}  // namespace

struct LightReader::Impl {
  std::shared_ptr<const Model> model;
  MaskForest forest;  // the model's
  WordClasses classes;
  std::vector<MeasureId> measures;   // by output
  std::vector<std::string> row_ids;  // by row

  struct Weight {
    std::uint64_t key = 0;
    float weight = 0;
    const Feature* feature = nullptr;
  };

  // What speaks for and against an output, the parts of one reason added up.
  std::vector<Weight> weights_of(std::span<const Feature> features, std::size_t output) const {
    // Weights of one key are added up in the order of the features.
    std::vector<Weight> weights;
    std::vector<std::uint32_t> by_key(std::bit_ceil(features.size() * 2 + 2));  // index + 1 by hash of the key, linear steps
    for (const Feature& f : features) {
      const float weight = kSlope * f.value * model->weight(f.slot, output);
      if (weight == 0 || f.kind == FeatureKind::base) continue;
      // A word's lemma and letters are one reason.
      const FeatureKind kind = f.kind == FeatureKind::letters ? FeatureKind::lemma : f.kind;
      const bool apart = kind != FeatureKind::mention && kind != FeatureKind::subject;
      const std::uint64_t key = static_cast<std::uint64_t>(kind) << 56 | (apart ? std::uint64_t{f.first} << 20 | f.second : 0);
      if (!weights.empty() && weights.back().key == key) {
        weights.back().weight += weight;
        continue;
      }
      std::size_t at = (key * 0x9E3779B97F4A7C15ULL >> 32) % by_key.size();
      while (by_key[at] != 0 && weights[by_key[at] - 1].key != key) at = (at + 1) % by_key.size();
      if (by_key[at] == 0) {
        weights.push_back({key, weight, &f});
        by_key[at] = static_cast<std::uint32_t>(weights.size());
      } else {
        weights[by_key[at] - 1].weight += weight;
      }
    }
    return weights;
  }

  // What speaks most for an output. Names are made only for what is shown.
  std::vector<Reason> reasons(const Featurizer& featurizer, std::span<const Feature> features, const std::vector<Cue>& cues,
                              std::size_t output) const {
    std::vector<Weight> weights = weights_of(features, output);
    const auto strongest = weights.begin() + static_cast<std::ptrdiff_t>(std::min(weights.size(), kMostReasons));
    std::partial_sort(weights.begin(), strongest, weights.end(),
                      [](const Weight& a, const Weight& b) { return a.weight != b.weight ? a.weight > b.weight : a.key < b.key; });
    weights.erase(strongest, weights.end());
    std::vector<Reason> out;
    for (const Weight& w : weights) {
      if (w.weight <= 0) break;
      out.push_back({name(featurizer, *w.feature, cues), w.weight});
    }
    return out;
  }

  // Linear scores of a document's sentences; `manner` gets those of stance and credence.
  ScoreTable linear(Featurizer& featurizer, std::size_t sentences, std::vector<float>* manner) const {
    const std::size_t k = measures.size();
    constexpr std::size_t kManner = kStances + kCredences;
    ScoreTable table{k, std::vector<float>(sentences * (k + 1))};
    if (manner != nullptr) manner->resize(sentences * kManner);
    std::vector<Feature> features;
    std::vector<float> scores(model->width());
    for (std::size_t i = 0; i < sentences; ++i) {
      featurizer.features(i, features);
      model->sum(features, scores);
      std::copy_n(scores.begin(), k + 1, table.scores.begin() + static_cast<std::ptrdiff_t>(i * (k + 1)));
      if (manner == nullptr) continue;
      std::copy_n(scores.begin() + static_cast<std::ptrdiff_t>(k + 1), kManner, manner->begin() + static_cast<std::ptrdiff_t>(i * kManner));
    }
    return table;
  }

  // Log odds where there is hope; the others stay what they are.
  void look_again(const SecondLook& look, const ScoreTable& table, const Text& text, std::vector<float>& odds) const {
    const std::size_t k = measures.size();
    std::vector<std::size_t> asked;  // measures of a sentence
    std::vector<float> rows, answers;
    for (std::size_t i = 0; i < text.sentences.size(); ++i) {
      if (text.sentences[i].junk) continue;
      asked.clear();
      rows.clear();
      for (std::size_t o = 0; o < k; ++o) {
        if (table.row(i)[o] < kHopeless) continue;
        const auto numbers = look.features(i, o);
        rows.insert(rows.end(), numbers.begin(), numbers.end());
        asked.push_back(o);
      }
      answers.resize(asked.size());
      forest.log_odds_of(rows, kOfMeasure, answers);
      for (std::size_t q = 0; q < asked.size(); ++q) odds[i * k + asked[q]] = answers[q];
    }
  }

  // Word classes by the row that fired, so that a person finds it in the codebook.
  std::string name(const Featurizer& featurizer, const Feature& f, const std::vector<Cue>& cues) const {
    const auto row = [&](std::uint32_t c) -> const std::string& {
      const auto cue = std::ranges::find_if(cues, [&](const Cue& one) { return classes.of(one.row) == c; });
      return cue == cues.end() ? classes.name(c) : row_ids[cue->row];
    };
    switch (f.kind) {
      case FeatureKind::concept_: return "cue " + row(f.first);
      case FeatureKind::concepts: return "cues " + row(f.first) + " + " + row(f.second);
      case FeatureKind::order: return "cues " + row(f.first) + " > " + row(f.second);
      default: return featurizer.name(f);
    }
  }
};

Result<LightReader> LightReader::load(const std::filesystem::path& path, const Codebook& book) {
  auto model = Model::open(path);
  if (!model) return tl::unexpected(model.error());
  const ModelHead& head = (*model)->head();
  if (head.codebook != book.id) {
    return fail(ErrorKind::kConfig, path.string(), "head",
                "was learned for the codebook \"" + head.codebook + "\", this one is \"" + book.id + "\"",
                "learn a model for it with litopys learn");
  }
  std::vector<MeasureId> measures;
  for (const std::string& id : head.measures) {
    const auto measure = book.measure(id);
    if (!measure) {
      return fail(ErrorKind::kConfig, path.string(), "head", "knows the measure \"" + id + "\", which the codebook does not have",
                  "learn it anew with litopys learn");
    }
    measures.push_back(*measure);
  }
  std::vector<std::string> row_ids;
  for (const Row& row : book.rows) row_ids.push_back(row.id);
  LightReader out;
  out.impl_ = std::shared_ptr<const Impl>(
      new Impl{*model, MaskForest((*model)->forest(), kSecondLookFeatures), WordClasses(book), std::move(measures), std::move(row_ids)});
  return out;
}

const ModelHead& LightReader::head() const { return impl_->model->head(); }

std::vector<SentenceReading> LightReader::operator()(const Document& document, const Text& text,
                                                     const std::vector<Mentions>& mentions) const {
  return read(document, text, mentions, {});
}

std::vector<SentenceReading> LightReader::read(const Document&, const Text& text, const std::vector<Mentions>& mentions,
                                               const std::function<void(LightScores&)>& rescore) const {
  const std::size_t n = text.sentences.size(), k = impl_->measures.size();
  if (text.language == Language::other || n == 0) return std::vector<SentenceReading>(n);
  const Model& model = *impl_->model;
  Featurizer featurizer(text, mentions, impl_->classes);
  std::vector<Feature> features;
  std::vector<float> manner;
  const ScoreTable table = impl_->linear(featurizer, n, &manner);
  const SecondLook look(table, featurizer, text);
  LightScores all;
  all.measures = k;
  all.odds.assign(n * k, std::numeric_limits<float>::quiet_NaN());
  all.readings.resize(n);
  all.least = model.head().thresholds[static_cast<std::size_t>(text.language)];
  for (std::size_t i = 0; i < n; ++i) {
    SentenceReading& reading = all.readings[i];
    const float* m = manner.data() + i * (kStances + kCredences);
    std::tie(reading.stance, reading.stance_probability) = likeliest_of_scores<Stance, kStances>(m);
    std::tie(reading.credence, reading.credence_probability) = likeliest_of_scores<Credence, kCredences>(m + kStances);
  }
  impl_->look_again(look, table, text, all.odds);
  if (rescore) rescore(all);

  std::vector<std::pair<float, std::size_t>> kept;  // probability, output
  for (std::size_t i = 0; i < n; ++i) {
    SentenceReading& reading = all.readings[i];
    if (text.sentences[i].junk) continue;
    kept.clear();
    for (std::size_t o = 0; o < k; ++o) {
      const float p = 1.0F / (1.0F + std::exp(-all.odds[i * k + o]));
      if (p >= all.least) kept.emplace_back(p, o);  // never for NaN
    }
    if (kept.empty()) continue;
    std::ranges::stable_sort(kept, [](const auto& a, const auto& b) { return a.first > b.first; });
    if (kept.size() > kMostMeasures) kept.resize(kMostMeasures);

    featurizer.features(i, features);
    for (const auto& [probability, o] : kept) {
      MeasureScore& score = reading.measures.emplace_back();
      score.measure = impl_->measures[o];
      score.probability = probability;
      score.reasons = impl_->reasons(featurizer, features, i < mentions.size() ? mentions[i].cues : kNoCues, o);
      if (!all.careful.empty()) {
        score.reasons.insert(score.reasons.begin(), {"careful reader", all.careful[i * k + o]});
        if (score.reasons.size() > kMostReasons) score.reasons.resize(kMostReasons);
      }
    }
  }
  return std::move(all.readings);
}

std::vector<SentenceLook> LightReader::looks(const Text& text, const std::vector<Mentions>& mentions, std::size_t most) const {
  const std::size_t n = text.sentences.size(), k = impl_->measures.size();
  if (text.language == Language::other || n == 0) return {};
  Featurizer featurizer(text, mentions, impl_->classes);
  const ScoreTable table = impl_->linear(featurizer, n, nullptr);
  std::vector<float> odds(n * k, std::numeric_limits<float>::quiet_NaN());
  impl_->look_again(SecondLook(table, featurizer, text), table, text, odds);
  std::vector<SentenceLook> out(n);
  std::vector<Feature> features;
  for (std::size_t i = 0; i < n; ++i) {
    out[i].least = impl_->model->head().thresholds[static_cast<std::size_t>(text.language)];
    std::vector<std::size_t> order(k);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t o) { return table.row(i)[o]; });
    order.resize(std::min(most, k));
    featurizer.features(i, features);
    const std::vector<Cue>& cues = i < mentions.size() ? mentions[i].cues : kNoCues;
    for (const std::size_t o : order) {
      const float odd = odds[i * k + o];
      MeasureLook& look = out[i].measures.emplace_back();
      look.measure = impl_->measures[o];
      look.linear = table.row(i)[o];
      look.hopeless = std::isnan(odd);
      look.probability = look.hopeless ? 0.0F : 1.0F / (1.0F + std::exp(-odd));
      std::vector<Impl::Weight> weights = impl_->weights_of(features, o);
      std::ranges::stable_sort(weights, std::greater<>(), [](const Impl::Weight& w) { return std::fabs(w.weight); });
      weights.resize(std::min(weights.size(), most));
      for (const Impl::Weight& w : weights) look.reasons.push_back({impl_->name(featurizer, *w.feature, cues), w.weight});
    }
  }
  return out;
}

}  // namespace litopys
