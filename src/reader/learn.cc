// Two stages, so two honest halves: the second look must learn from scores as they will be on text that the linear part has not seen.
// Hence folds: each fold's documents are scored by weights learned on the others; on these scores the forest learns. Quality is reported
// from forests that have not seen the fold either. What is written is learned from everything.
#include "reader/learn.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

#include "reader/features.h"
#include "reader/linear.h"
#include "reader/second_look.h"

namespace litopys {
namespace {

constexpr int kFolds = 5;
constexpr int kEveryFold = -1;  // single sentences: always in the training part

std::uint64_t fold_hash(std::string_view bytes) {
  std::uint64_t h = 1469598103934665603ULL;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return h ^ (h >> 31);
}

bool made_like_real(const TrainingDocument& d) { return d.id.find("-r-") != std::string::npos; }

// Spreads languages and kinds evenly over the folds; which documents meet is decided by a hash of their ids.
std::vector<int> folds_of(const std::vector<TrainingDocument>& documents) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (documents[i].kind != TrainingDocument::Kind::single) order.push_back(i);
  }
  const auto key = [&](std::size_t i) {
    const TrainingDocument& d = documents[i];
    return std::tuple(d.kind, d.text.language, made_like_real(d), fold_hash(d.id), d.id);
  };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<int> out(documents.size(), kEveryFold);
  for (std::size_t i = 0; i < order.size(); ++i) out[order[i]] = static_cast<int>(i % kFolds);
  return out;
}

struct Examples {
  SparseRows rows;                          // all sentences of all documents
  std::vector<std::vector<Answer>> labels;  // by output, then row
  std::vector<float> costs;                 // by row
  std::vector<int> folds;                   // by row
  std::vector<std::size_t> first_row;       // by document
};

Examples examples_of(const std::vector<TrainingDocument>& documents, const WordClasses& classes, std::size_t measures,
                     const std::vector<int>& folds, const LearnOptions& options) {
  Examples out;
  std::vector<Feature> features;
  std::vector<SparseValue> row;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    out.first_row.push_back(out.rows.size());
    Featurizer featurizer(documents[d].text, documents[d].mentions, classes);
    for (std::size_t i = 0; i < documents[d].sentences.size(); ++i) {
      featurizer.features(i, features);
      row.clear();
      for (const Feature& f : features) row.push_back({f.slot, f.value});
      out.rows.add(row);
      out.costs.push_back(documents[d].kind == TrainingDocument::Kind::annotated ? options.annotated_cost : 1.0F);
      out.folds.push_back(folds[d]);
    }
  }
  out.labels.assign(outputs_of(measures), std::vector<Answer>(out.rows.size(), Answer::skip));
  for (std::size_t d = 0; d < documents.size(); ++d) {
    for (std::size_t i = 0; i < documents[d].sentences.size(); ++i) {
      const TrainingSentence& s = documents[d].sentences[i];
      if (!s.labelled) continue;
      const std::size_t r = out.first_row[d] + i;
      for (std::size_t m = 0; m <= measures; ++m) out.labels[m][r] = Answer::no;
      for (const MeasureId m : s.measures) out.labels[m][r] = Answer::yes;
      if (s.measures.empty()) continue;
      out.labels[measures][r] = Answer::yes;
      const auto manner = [&](std::size_t begin, std::size_t count, std::size_t which) {
        for (std::size_t o = 0; o < count; ++o) out.labels[begin + o][r] = o == which ? Answer::yes : Answer::no;
      };
      if (s.stance) manner(measures + 1, kStances, static_cast<std::size_t>(*s.stance));
      if (s.credence) manner(measures + 1 + kStances, kCredences, static_cast<std::size_t>(*s.credence));
    }
  }
  return out;
}

// The weights of all outputs, learned on the rows outside `fold` (all rows for a fold that does not exist).
std::vector<std::vector<float>> train_all(const Examples& examples, int fold, const LearnOptions& options) {
  std::vector<float> costs = examples.costs;
  for (std::size_t r = 0; r < costs.size(); ++r) {
    if (examples.folds[r] == fold && fold != kEveryFold) costs[r] = 0;
  }
  std::vector<std::vector<float>> out(examples.labels.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t o = next++; o < out.size(); o = next++) {
      out[o] = train_linear(examples.rows, examples.labels[o], costs, {options.cost, options.passes, kSlots});
    }
  };
  // Outputs do not depend on each other, so that the number of threads changes nothing.
  {
    std::vector<std::jthread> threads;
    try {
      for (unsigned t = 1; t < std::min(4U, std::thread::hardware_concurrency()); ++t) threads.emplace_back(work);
    } catch (const std::system_error&) {  // no more threads to be had: those that are here do it all
    }
    work();
  }
  return out;
}

float dot(std::span<const SparseValue> row, const std::vector<float>& weights) {
  float out = 0;
  for (const SparseValue& v : row) out += v.value * weights[v.slot];
  return out;
}

// One question of the second look: does sentence i of document d make measure m?
struct Pair {
  std::size_t document = 0, sentence = 0;
  std::uint16_t measure = 0;
  std::uint8_t gold = 0;
  int fold = 0;
  float cost = 1;
  float odds = 0;
};

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

class Learner {
 public:
  Learner(const std::vector<TrainingDocument>& documents, const Codebook& book, const LearnOptions& options)
      : documents_(documents), book_(book), options_(options), classes_(book), measures_(book.measures.size()) {
    folds_ = folds_of(documents);
    examples_ = examples_of(documents, classes_, measures_, folds_, options);
  }

  void score_by_folds() {
    tables_.resize(documents_.size());
    manner_.resize(examples_.rows.size() * (kStances + kCredences));
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      tables_[d] = {measures_, std::vector<float>(documents_[d].sentences.size() * (measures_ + 1))};
    }
    for (int fold = 0; fold < kFolds; ++fold) {
      const std::vector<std::vector<float>> weights = train_all(examples_, fold, options_);
      for (std::size_t d = 0; d < documents_.size(); ++d) {
        if (folds_[d] != fold) continue;
        for (std::size_t i = 0; i < documents_[d].sentences.size(); ++i) {
          const std::size_t r = examples_.first_row[d] + i;
          const auto row = examples_.rows.row(r);
          for (std::size_t o = 0; o <= measures_; ++o) tables_[d].scores[i * (measures_ + 1) + o] = dot(row, weights[o]);
          for (std::size_t o = 0; o < kStances + kCredences; ++o) {
            manner_[r * (kStances + kCredences) + o] = dot(row, weights[measures_ + 1 + o]);
          }
        }
      }
    }
  }

  void collect_pairs() {
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      if (folds_[d] == kEveryFold) continue;
      const Featurizer featurizer(documents_[d].text, documents_[d].mentions, classes_);
      const SecondLook look(tables_[d], featurizer, documents_[d].text);
      for (std::size_t i = 0; i < documents_[d].sentences.size(); ++i) {
        const TrainingSentence& s = documents_[d].sentences[i];
        if (!s.labelled) continue;
        for (std::size_t m = 0; m < measures_; ++m) {
          if (tables_[d].row(i)[m] < kHopeless) continue;
          const auto x = look.features(i, m);
          values_.insert(values_.end(), x.begin(), x.end());
          Pair p;
          p.document = d;
          p.sentence = i;
          p.measure = static_cast<std::uint16_t>(m);
          p.gold = std::ranges::binary_search(s.measures, static_cast<MeasureId>(m)) ? 1 : 0;
          p.fold = folds_[d];
          p.cost = documents_[d].kind == TrainingDocument::Kind::annotated ? options_.annotated_second_look : 1.0F;
          pairs_.push_back(p);
        }
      }
    }
  }

  [[nodiscard]] Forest forest_without(int fold) const {
    std::vector<float> values, costs;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (pairs_[i].fold == fold) continue;
      const auto x = std::span(values_).subspan(i * kSecondLookFeatures, kSecondLookFeatures);
      values.insert(values.end(), x.begin(), x.end());
      labels.push_back(pairs_[i].gold);
      costs.push_back(pairs_[i].cost);
    }
    ForestOptions options;
    options.smallest_leaf = static_cast<int>(std::clamp<std::size_t>(labels.size() / 50, 3, 40));
    return train_forest(values, kSecondLookFeatures, labels, costs, options);
  }

  void look_twice_by_folds() {
    for (int fold = 0; fold < kFolds; ++fold) {
      const Forest forest = forest_without(fold);
      for (std::size_t i = 0; i < pairs_.size(); ++i) {
        if (pairs_[i].fold == fold) {
          pairs_[i].odds = log_odds(forest, std::span(values_).subspan(i * kSecondLookFeatures, kSecondLookFeatures));
        }
      }
    }
  }

  // Hits, predictions and gold of the annotated documents that `in` takes, at a threshold of probability.
  template <class Filter>
  LearnReport::Score count(const std::string& group, float threshold, Filter in, bool any_measure = false) const {
    LearnReport::Score out;
    out.group = group;
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      if (folds_[d] == kEveryFold || !in(documents_[d])) continue;
      ++out.documents;
      for (const TrainingSentence& s : documents_[d].sentences) {
        out.gold += !s.labelled ? 0 : any_measure ? (s.measures.empty() ? 0 : 1) : s.measures.size();
      }
    }
    std::size_t last = SIZE_MAX, last_document = SIZE_MAX;
    bool hit = false;
    for (const Pair& p : pairs_) {
      if (!in(documents_[p.document]) || sigmoid(p.odds) < threshold) continue;
      if (!any_measure) {
        ++out.predicted;
        out.hit += p.gold;
        continue;
      }
      if (p.document != last_document || p.sentence != last) {
        ++out.predicted;
        hit = !documents_[p.document].sentences[p.sentence].measures.empty();
        out.hit += hit ? 1 : 0;
        last = p.sentence;
        last_document = p.document;
      }
    }
    return out;
  }

  // One threshold for all that is best over the languages on average, then each language's own within reach of it. Passages, of which
  // there are more, count half as much as documents: a few documents shall not pull the threshold far. Documents made like real ones are
  // few beside the dense ones, and what is read out there is like them; they count by themselves, all languages together.
  [[nodiscard]] std::array<float, 3> thresholds() const {
    constexpr double kLikeReal = 0.7;
    const auto lifelike = [this](float t) { return count("", t, [](const TrainingDocument& d) { return made_like_real(d); }).f1(); };
    const auto quality = [&](Language language, float t) {
      const auto of = [&](TrainingDocument::Kind kind) {
        return count("", t, [&](const TrainingDocument& d) { return d.kind == kind && d.text.language == language; }).f1();
      };
      return of(TrainingDocument::Kind::annotated) + 0.5 * of(TrainingDocument::Kind::passage) + kLikeReal * lifelike(t);
    };
    std::array<std::vector<double>, 3> by_language;
    std::vector<float> steps;
    for (float t = 0.10F; t < 0.60F; t += 0.01F) steps.push_back(t);
    for (const Language language : kReadLanguages) {
      std::vector<double>& q = by_language[static_cast<std::size_t>(language)];
      for (const float t : steps) q.push_back(quality(language, t));
      // Smoothed over five steps: the peak of few documents is an accident.
      std::vector<double> smooth(q.size());
      for (std::size_t i = 0; i < q.size(); ++i) {
        const std::size_t begin = i < 2 ? 0 : i - 2, end = std::min(q.size(), i + 3);
        for (std::size_t k = begin; k < end; ++k) smooth[i] += q[k] / static_cast<double>(end - begin);
      }
      q = std::move(smooth);
    }
    std::size_t best = 20;  // 0.30, also where all are equally good
    const auto sum = [&](std::size_t i) { return by_language[0][i] + by_language[1][i] + by_language[2][i]; };
    for (std::size_t i = 0; i < steps.size(); ++i) best = sum(i) > sum(best) + 1e-9 ? i : best;
    std::array<float, 3> out{};
    for (std::size_t l = 0; l < 3; ++l) {
      constexpr std::size_t kReach = 4;
      std::size_t own = best;
      for (std::size_t i = best < kReach ? 0 : best - kReach; i <= std::min(best + kReach, steps.size() - 1); ++i) {
        if (by_language[l][i] > by_language[l][own] + 1e-9) own = i;
      }
      out[l] = steps[own];
    }
    return out;
  }

  [[nodiscard]] LearnReport report(const std::array<float, 3>& thresholds) const {
    LearnReport out;
    const auto annotated = [](const TrainingDocument& d) { return d.kind == TrainingDocument::Kind::annotated; };
    for (const bool any : {false, true}) {
      std::vector<LearnReport::Score>& scores = any ? out.sentences : out.claims;
      LearnReport::Score all;
      all.group = "all";
      for (const Language language : kReadLanguages) {
        const float t = thresholds[static_cast<std::size_t>(language)];
        const std::string lang(code(language));
        const auto of = [&](const TrainingDocument& d) { return annotated(d) && d.text.language == language; };
        scores.push_back(count(lang, t, of, any));
        for (std::size_t LearnReport::Score::*field :
             {&LearnReport::Score::documents, &LearnReport::Score::gold, &LearnReport::Score::predicted, &LearnReport::Score::hit}) {
          all.*field += scores.back().*field;
        }
        scores.push_back(count(
            lang + " dense", t, [&](const TrainingDocument& d) { return of(d) && !made_like_real(d); }, any));
        scores.push_back(count(
            lang + " made like real", t, [&](const TrainingDocument& d) { return of(d) && made_like_real(d); }, any));
        scores.push_back(count(
            lang + " passages", t,
            [&](const TrainingDocument& d) { return d.kind == TrainingDocument::Kind::passage && d.text.language == language; }, any));
      }
      scores.insert(scores.begin(), all);
    }
    out.odds.resize(documents_.size());
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      if (folds_[d] != kEveryFold) out.odds[d].assign(documents_[d].sentences.size() * measures_, std::numeric_limits<float>::quiet_NaN());
    }
    for (const Pair& p : pairs_) out.odds[p.document][p.sentence * measures_ + p.measure] = p.odds;

    std::size_t asked = 0, stance = 0, asked_credence = 0, credence = 0;
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      if (folds_[d] == kEveryFold || !annotated(documents_[d])) continue;
      for (std::size_t i = 0; i < documents_[d].sentences.size(); ++i) {
        const TrainingSentence& s = documents_[d].sentences[i];
        const float* m = manner_.data() + (examples_.first_row[d] + i) * (kStances + kCredences);
        if (s.stance) {
          ++asked;
          stance += static_cast<std::size_t>(std::max_element(m, m + kStances) - m) == static_cast<std::size_t>(*s.stance) ? 1 : 0;
        }
        if (s.credence) {
          ++asked_credence;
          const float* c = m + kStances;
          credence += static_cast<std::size_t>(std::max_element(c, c + kCredences) - c) == static_cast<std::size_t>(*s.credence) ? 1 : 0;
        }
      }
    }
    out.stance = asked == 0 ? 0 : static_cast<double>(stance) / static_cast<double>(asked);
    out.credence = asked_credence == 0 ? 0 : static_cast<double>(credence) / static_cast<double>(asked_credence);

    out.text = fmt::format("cross-validated, {} folds; thresholds en {:.2f} uk {:.2f} ru {:.2f}\n", kFolds, thresholds[0], thresholds[1],
                           thresholds[2]);
    out.text += fmt::format("{:<22}{:>10}{:>8}{:>8}{:>8}{:>8}{:>12}\n", "", "documents", "gold", "P", "R", "claims", "sentences");
    for (std::size_t i = 0; i < out.claims.size(); ++i) {
      const LearnReport::Score& s = out.claims[i];
      const auto share = [](std::size_t a, std::size_t b) { return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b); };
      out.text += fmt::format("{:<22}{:>10}{:>8}{:>8.3f}{:>8.3f}{:>8.3f}{:>12.3f}\n", s.group, s.documents, s.gold,
                              share(s.hit, s.predicted), share(s.hit, s.gold), s.f1(), out.sentences[i].f1());
    }
    out.text += fmt::format("stance right {:.3f}, credence right {:.3f} (on annotated sentences with claims)\n", out.stance, out.credence);
    return out;
  }

  [[nodiscard]] TrainedModel final_model(const std::array<float, 3>& thresholds, const LearnReport& report) const {
    TrainedModel out;
    out.head.codebook = book_.id;
    out.head.codebook_version = book_.version;
    for (const Measure& m : book_.measures) out.head.measures.push_back(m.id);
    out.head.training = fingerprint(documents_);
    std::array<std::size_t, 3> kinds{};
    for (const TrainingDocument& d : documents_) ++kinds[static_cast<std::size_t>(d.kind)];
    out.head.made_from = fmt::format("{} documents, {} passages, {} single sentences", kinds[0], kinds[1], kinds[2]);
    out.head.quality = "cross-validated claims F1:";
    for (const LearnReport::Score& s : report.claims) out.head.quality += fmt::format(" {} {:.3f};", s.group, s.f1());
    out.head.thresholds = thresholds;
    out.weights = train_all(examples_, kEveryFold, options_);
    out.forest = forest_without(kEveryFold);
    return out;
  }

 private:
  const std::vector<TrainingDocument>& documents_;
  const Codebook& book_;
  LearnOptions options_;
  WordClasses classes_;
  std::size_t measures_;
  std::vector<int> folds_;
  Examples examples_;
  std::vector<ScoreTable> tables_;  // by document
  std::vector<float> manner_;       // by row: stance and credence scores
  std::vector<Pair> pairs_;
  std::vector<float> values_;  // of pairs_
};

}  // namespace

Result<LearnReport> learn(const std::vector<TrainingDocument>& documents, const Codebook& book, const std::filesystem::path& out,
                          const LearnOptions& options) {
  const auto labelled = [](const TrainingDocument& d) {
    return std::ranges::any_of(d.sentences, [](const TrainingSentence& s) { return s.labelled && !s.measures.empty(); });
  };
  if (std::ranges::none_of(documents, labelled)) {
    return fail(ErrorKind::kMalformed, out.string(), "", "no sentence makes a measure of this codebook: nothing to learn from");
  }
  Learner learner(documents, book, options);
  learner.score_by_folds();
  learner.collect_pairs();
  learner.look_twice_by_folds();
  const std::array<float, 3> thresholds = learner.thresholds();
  LearnReport report = learner.report(thresholds);
  if (options.cross_validate_only) return report;
  if (auto written = write_model(learner.final_model(thresholds, report), out); !written) return tl::unexpected(written.error());
  return report;
}

}  // namespace litopys
