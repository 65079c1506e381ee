// Which measures a sentence makes. Two readers stand behind this interface: the light one (reader/light.h, words and cues in a linear
// scorer) and the careful one (reader/careful.h, an encoder beside the light one). A reader sees the whole document, so that a sentence
// can be judged by what stands before it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "reader/pointers.h"
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
  // What the careful reader's encoder said, clamped to -8 .. 8: a logit a measure, one of "any measure", one a stance, one a credence,
  // then those of reader/slots.h. Empty where it did not look.
  std::vector<float> logits;
  // By PointerSlot, which words its claims rest on; empty where the encoder did not look, or does not point.
  std::vector<Pointing> pointing;
};

// What stood behind a judgement, also one against a measure: for people who ask why a sentence made a claim, or none.
struct MeasureLook {
  MeasureId measure = 0;
  float linear = 0;             // the scorer's sum, about -1 to 1
  bool hopeless = false;        // so low that nobody looked again
  float probability = 0;        // 0 where it is hopeless
  std::vector<Reason> reasons;  // what weighed most either way, strongest first; negative weights speak against it
};
struct SentenceLook {
  std::vector<MeasureLook> measures;  // by linear score, highest first
  float least = 0;                    // the probability that makes a claim, in the document's language
};

// One judgement a sentence, in order. Pure; threads may share a reader.
using Reader = std::function<std::vector<SentenceReading>(const Document&, const Text&, const std::vector<Mentions>&)>;

}  // namespace litopys
