// Which measures a sentence makes. Two readers are meant to stand behind this interface: the light one (reader/light.h, words and
// cues in a linear scorer) and the careful one (an encoder; not built yet). A reader sees the whole document, so that a sentence can
// be judged by what stands before it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

struct Reason {
  std::string what;  // "cue en.issuance.hand-out", "word паспорт", "before: decree"
  float weight = 0;  // share of the score, in log odds
};

struct MeasureScore {
  MeasureId measure = 0;
  float probability = 0;        // calibrated on cross-validation
  std::vector<Reason> reasons;  // what weighed most, strongest first, at most five
};

// The judgement on one sentence: the measures that it is taken to make, best first (none is an answer).
struct SentenceReading {
  std::vector<MeasureScore> measures;
  Stance stance = Stance::asserted;  // what the words as a whole suggest; claim/ lets explicit cues win
  float stance_probability = 0;
  Credence credence = Credence::plain;
  float credence_probability = 0;
};

// One judgement a sentence, in order. Pure; threads may share a reader.
using Reader = std::function<std::vector<SentenceReading>(const Document&, const Text&, const std::vector<Mentions>&)>;

}  // namespace litopys
