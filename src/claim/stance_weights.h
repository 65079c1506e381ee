// The signs by which a claim's stance is weighed once words, habit and reader have each said theirs, and the learned weights of these
// signs (kind `weights`, row `stance`, made by tools/slots/fit_stance.py).
//
// Signs, by name:
//   said.STANCE      what the rules say: the strongest word in scope, else the reader, else the measure's habit
//   voted            they say so by a word of the sentence
//   default.STANCE   they say so without one
//   measure.MEASURE  which measure it is
//   reader.MEASURE, reader.any, reader.STANCE, reader.CREDENCE   the encoder's logits of the sentence
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "claim/claim.h"
#include "codebook/codebook.h"
#include "reader/reader.h"

namespace litopys {

// The names of all signs, in the order of the values that stance_signs gives.
[[nodiscard]] std::vector<std::string> stance_sign_names(const Codebook& book);

// The values of the signs of a claim whose stance the rules say to be `said`, by a word of the sentence where `voted`; empty where the
// encoder did not look at the sentence. O(measures).
[[nodiscard]] std::vector<float> stance_signs(const Codebook& book, MeasureId measure, Stance said, bool voted,
                                              const SentenceReading& reading);

struct StanceWeights {
  std::array<std::vector<float>, Names<Stance>::all.size()> of;  // by stance and sign; the last of a list is added as it is

  // Of words "planned:measure.target=0.31"; "planned=-0.2" is added as it is. What names no sign is passed over.
  [[nodiscard]] static StanceWeights of_words(const std::vector<std::string>& words, const Codebook& book);

  // The stance that the signs speak for most. Precondition: `signs` came from stance_signs over the same codebook, not empty.
  [[nodiscard]] Stance likeliest(const std::vector<float>& signs) const;

  // What spoke most for `one` rather than `other`, for `why`: "reader.planned +1.2; voted -0.6".
  [[nodiscard]] std::string reasons(const Codebook& book, const std::vector<float>& signs, Stance one, Stance other) const;
};

}  // namespace litopys
