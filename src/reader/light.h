// The light reader: words, word classes and context in linear scorers, and a second look over the document's scores. Megabytes a second.
//
//   auto light = LightReader::load("data/reader/light.model", book);
//   Reader reader = std::move(*light);
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "reader/model.h"
#include "reader/reader.h"

namespace litopys {

// What is known of a document before it is decided what each sentence makes. A second reader may change all of it.
struct LightScores {
  std::size_t measures = 0;               // of the model; ids below in their order
  std::vector<float> odds;                // sentence * measures: log odds, NaN where the linear score leaves no hope
  std::vector<SentenceReading> readings;  // stance and credence; no measures yet
  float least = 0;                        // probability that is enough
  std::vector<float> careful;             // as `odds`, what the second reader said by itself, to be named among the reasons; empty: none
};

// Immutable; copies share the mapped model; threads may share one.
class LightReader {
 public:
  // kConfig errors: a broken file (see Model::open), a model of another codebook, a measure that the codebook does not have.
  // `book` may be destroyed afterwards.
  [[nodiscard]] static Result<LightReader> load(const std::filesystem::path& path, const Codebook& book);

  // One reading a sentence. Junk sentences and documents of other languages make nothing. Linear in the text.
  [[nodiscard]] std::vector<SentenceReading> operator()(const Document& document, const Text& text,
                                                        const std::vector<Mentions>& mentions) const;

  // The same where `rescore` looks at the scores before the decision; it is not called for a document without scores.
  [[nodiscard]] std::vector<SentenceReading> read(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                                  const std::function<void(LightScores&)>& rescore) const;

  // What stands behind its judgement on every sentence: for each the `most` measures with the highest score, with the `most` strongest
  // reasons for and against each. Several times as dear as reading. Empty for a language that it does not read.
  [[nodiscard]] std::vector<SentenceLook> looks(const Text& text, const std::vector<Mentions>& mentions, std::size_t most) const;

  [[nodiscard]] const ModelHead& head() const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace litopys
