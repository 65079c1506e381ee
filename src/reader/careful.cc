// The light reader knows cues, the whole document and what is hopeless; the encoder knows what sentences mean. Where they disagree neither
// is right by rule, so a logistic sum learned from both on documents that neither had seen decides.
#include "reader/careful.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "reader/encoder.h"
#include "reader/windows.h"

namespace litopys {
namespace {

constexpr float kFar = 8.0F, kLeastLight = -5.0F, kMostLight = 4.0F;
// A document none of whose sentences reaches these log odds is about something else: every annotated document with a claim has one
// that does (the lowest best is -1.53, cross-validated), and the encoder would cost it thirty times the light reader.
constexpr float kLeastOfDocument = -2.0F;
// A sentence of which some measure is neither likely nor unlikely is read again in windows of its own, with what stands on both sides of
// it, and what the encoder says both times is averaged: two readings err less than one. By log odds.
constexpr float kUnsureFrom = -0.8F, kUnsureTo = 0.8F;
constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

// What the encoder says of some sentences of a document.
struct Said {
  std::size_t outputs = 0;                      // a row
  std::vector<std::uint32_t> row_of;            // by sentence; kNoRow for the others
  std::vector<float> numbers;                   // row by row
  std::vector<std::vector<Pointing>> pointing;  // row by row; empty where it does not point

  [[nodiscard]] const float* row(std::size_t sentence) const { return numbers.data() + row_of[sentence] * outputs; }
};

// The mean of both where there are two.
void average(Said& said, const Said& again) {
  for (std::size_t i = 0; i < again.row_of.size(); ++i) {
    if (again.row_of[i] == kNoRow) continue;
    for (std::size_t o = 0; o < said.outputs; ++o) {
      float& number = said.numbers[said.row_of[i] * said.outputs + o];
      number = (number + again.row(i)[o]) / 2;
    }
  }
}

// Those of `windows` that are not what was read before (a short document is one window however it is cut), without the words: where they
// point nobody asks.
std::vector<Window> others(std::vector<Window> windows, const std::vector<Window>& before, std::size_t n) {
  if (windows.empty()) return windows;
  std::vector<const Window*> of(n);
  for (const Window& w : before) {
    for (const Window::Judged& j : w.judged) of[j.sentence] = &w;
  }
  std::erase_if(windows, [&](const Window& w) { return of[w.judged.front().sentence]->tokens == w.tokens; });
  for (Window& w : windows) w.words.clear();
  return windows;
}

template <class E, std::size_t N>
std::pair<E, float> likeliest(const float* logits) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < N; ++i) best = logits[i] > logits[best] ? i : best;
  float sum = 0;
  for (std::size_t i = 0; i < N; ++i) sum += std::exp(logits[i] - logits[best]);
  return {static_cast<E>(best), 1.0F / sum};
}

}  // namespace

float fused(const std::array<float, kFusionWeights>& fusion, const std::array<float, kFusionWeights>& x) {
  float out = 0;
  for (std::size_t i = 0; i < kFusionWeights; ++i) out += fusion[i] * x[i];
  return out;
}

struct CarefulReader::Impl {
  LightReader light;
  Encoder encoder;
  std::vector<MeasureId> measures;  // of the encoder's outputs
  std::size_t in_book = 0;          // measures that the codebook has

  // One row of outputs by the codebook's measures (those that the encoder does not know are out of the question).
  [[nodiscard]] std::vector<float> logits_of(const float* row) const {
    std::vector<float> out(in_book, -kFar);
    for (std::size_t m = 0; m < measures.size(); ++m) out[measures[m]] = std::clamp(row[m], -kFar, kFar);
    for (std::size_t o = measures.size(); o < encoder.head().outputs; ++o) out.push_back(std::clamp(row[o], -kFar, kFar));
    return out;
  }

  void rescore(const Document& document, const Text& text, LightScores& scores) const {
    const EncoderHead& head = encoder.head();
    const std::size_t n = text.sentences.size(), k = scores.measures;
    std::vector<bool> wanted(n);
    bool any = false;  // false for NaN too
    for (std::size_t i = 0; i < n; ++i) {
      if (text.sentences[i].junk) continue;
      for (std::size_t m = 0; m < k; ++m) {
        wanted[i] = wanted[i] || scores.odds[i * k + m] >= head.least_light;
        any = any || scores.odds[i * k + m] >= kLeastOfDocument;
      }
    }
    scores.least = head.thresholds[static_cast<std::size_t>(text.language)];
    if (!any) {
      std::ranges::fill(scores.odds, std::numeric_limits<float>::quiet_NaN());
      return;
    }
    const std::vector<Window> windows = windows_of(document, text, wanted, encoder);
    Said said = said_of(windows, n);
    const std::vector<float> theirs = std::move(scores.odds);
    std::vector<bool> unsure(n);
    fuse(text, wanted, theirs, said, scores);
    for (std::size_t i = 0; i < n * k; ++i) {
      if (scores.odds[i] > kUnsureFrom && scores.odds[i] < kUnsureTo) unsure[i / k] = true;
    }
    const std::vector<Window> again = others(windows_of(document, text, unsure, encoder), windows, n);
    if (!again.empty()) {
      average(said, said_of(again, n));
      fuse(text, wanted, theirs, said, scores);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (said.row_of[i] == kNoRow) continue;
      const float* row = said.row(i);
      SentenceReading& reading = scores.readings[i];
      reading.logits = logits_of(row);
      if (!said.pointing.empty()) reading.pointing = std::move(said.pointing[said.row_of[i]]);
      if (head.manner) {
        std::tie(reading.stance, reading.stance_probability) = likeliest<Stance, kStances>(row + k + 1);
        std::tie(reading.credence, reading.credence_probability) = likeliest<Credence, kCredences>(row + k + 1 + kStances);
      }
    }
  }

  // What the encoder says of `windows`, of a document of `n` sentences.
  [[nodiscard]] Said said_of(const std::vector<Window>& windows, std::size_t n) const {
    Said out;
    out.outputs = encoder.head().outputs;
    out.row_of.assign(n, kNoRow);
    EncoderOutputs outputs = encoder.outputs(windows);
    std::uint32_t next = 0;
    for (const Window& w : windows) {
      for (const Window::Judged& j : w.judged) out.row_of[j.sentence] = next++;
    }
    out.numbers = std::move(outputs.numbers);
    out.pointing = std::move(outputs.pointing);
    return out;
  }

  // Puts the sum of both readers into `scores`; `of_light` are the light one's log odds.
  void fuse(const Text& text, const std::vector<bool>& wanted, const std::vector<float>& of_light, const Said& said,
            LightScores& scores) const {
    const std::size_t n = text.sentences.size(), k = scores.measures;
    std::vector<float> logits(n * (k + 1), -kFar);
    for (std::size_t i = 0; i < n; ++i) {
      if (said.row_of[i] == kNoRow) continue;
      for (std::size_t m = 0; m <= k; ++m) logits[i * (k + 1) + m] = std::clamp(said.row(i)[m], -kFar, kFar);
    }
    std::vector<std::size_t> real;  // sentences that are no junk
    float share = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (text.sentences[i].junk) continue;
      real.push_back(i);
      share += 1.0F / (1.0F + std::exp(-logits[i * (k + 1) + k]));
    }
    share = std::log((share + 0.1F) / (static_cast<float>(real.size()) + 1.0F));
    scores.careful.assign(n * k, -kFar);
    std::vector<float> odds(n * k, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t r = 0; r < real.size(); ++r) {
      const std::size_t i = real[r];
      if (!wanted[i]) continue;
      const float* own = logits.data() + i * (k + 1);
      std::size_t first = 0;
      for (std::size_t m = 1; m < k; ++m) first = own[m] > own[first] ? m : first;
      float second = -kFar;
      for (std::size_t m = 0; m < k; ++m) second = m != first && own[m] > second ? own[m] : second;
      for (std::size_t m = 0; m < k; ++m) {
        const float theirs = of_light[i * k + m];
        const bool hopeless = std::isnan(theirs);
        float beside = -kFar;
        if (r > 0) beside = std::max(beside, logits[real[r - 1] * (k + 1) + m]);
        if (r + 1 < real.size()) beside = std::max(beside, logits[real[r + 1] * (k + 1) + m]);
        odds[i * k + m] = fused(encoder.head().fusion, {1.0F, own[m], hopeless ? kLeastLight : std::clamp(theirs, kLeastLight, kMostLight),
                                                        hopeless ? 1.0F : 0.0F, own[k], share, m == first ? second : own[first], beside});
        scores.careful[i * k + m] = own[m];
      }
    }
    scores.odds = std::move(odds);
  }
};

Result<CarefulReader> CarefulReader::load(const std::filesystem::path& path, LightReader light, const Codebook& book) {
  auto file = EncoderFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const EncoderHead& head = (*file)->head;
  const auto other = [&](std::string problem) {
    return fail(ErrorKind::kConfig, path.string(), "head", std::move(problem), "read with --reader light, or train it anew");
  };
  if (head.codebook != book.id) return other("was trained for the codebook \"" + head.codebook + "\", this one is \"" + book.id + "\"");
  if (head.measures != light.head().measures) return other("knows other measures than the light reader's model");
  std::vector<MeasureId> measures;
  for (const std::string& id : head.measures) {
    const auto measure = book.measure(id);
    if (!measure) return other("knows the measure \"" + id + "\", which the codebook has not");
    measures.push_back(*measure);
  }
  CarefulReader out;
  out.impl_ = std::shared_ptr<const Impl>(new Impl{std::move(light), Encoder(*file), std::move(measures), book.measures.size()});
  return out;
}

const EncoderHead& CarefulReader::head() const { return impl_->encoder.head(); }

std::vector<SentenceReading> CarefulReader::operator()(const Document& document, const Text& text,
                                                       const std::vector<Mentions>& mentions) const {
  return impl_->light.read(document, text, mentions, [&](LightScores& scores) { impl_->rescore(document, text, scores); });
}

}  // namespace litopys
