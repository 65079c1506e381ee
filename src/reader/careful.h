// The careful reader: an encoder's judgement of the sentences that the light reader lets pass, fused with the light one's.
//
//   auto careful = CarefulReader::load("data/reader/careful.model", *light, book);
//   Reader reader = std::move(*careful);
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "reader/encoder_file.h"
#include "reader/light.h"
#include "reader/reader.h"

namespace litopys {

// Log odds that a sentence makes a measure: fusion · (1, encoder's logit of the measure, light log odds (clamped to -5 .. 4; -5 where
// hopeless), 1 where hopeless, encoder's logit of "any measure", log of the document's expected share of sentences with any measure,
// the largest logit of another measure in the sentence, the larger logit of this measure in the sentences beside it). Logits are clamped to
// -8 .. 8; a sentence that the encoder did not see has -8.
[[nodiscard]] float fused(const std::array<float, kFusionWeights>& fusion, const std::array<float, kFusionWeights>& x);

// Immutable; copies share the mapped model; threads may share one.
class CarefulReader {
 public:
  // kConfig errors: a broken file (see EncoderFile::open), a model of another codebook or with other measures than the light reader's.
  [[nodiscard]] static Result<CarefulReader> load(const std::filesystem::path& path, LightReader light, const Codebook& book);

  // One reading a sentence. What is neither likely nor unlikely to be a claim is read twice, in other windows, and the mean counts. About
  // 130 microseconds a token that the encoder reads, of which it reads two fifths again for that; documents without anything to look at
  // cost what the light reader costs.
  [[nodiscard]] std::vector<SentenceReading> operator()(const Document& document, const Text& text,
                                                        const std::vector<Mentions>& mentions) const;

  [[nodiscard]] const EncoderHead& head() const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace litopys
