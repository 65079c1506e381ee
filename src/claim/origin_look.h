// Whose words a sentence may be, with what speaks for each: nobody's, whom the rules name, whom the encoder made of that, whom it points
// at, and who spoke around it. Used by voice.cc.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "claim/origin_sign.h"
#include "claim/voice.h"
#include "claim/voice_pointed.h"

namespace litopys {

struct OriginEvidence {
  const PointedEvidence& pointed;
  std::span<const Voice> ruled;                     // by sentence, before the encoder was asked
  std::span<const std::optional<double>> carrying;  // by sentence: how much speaks for the voice in hand going on; nullopt: nobody in hand
  std::span<const std::string> in_hand;             // by sentence: whose voice that is
};

// A voice that a sentence may have.
struct OriginLook {
  Voice voice;  // no sources: nobody
  std::array<float, kOriginSigns> signs{};
};

// What a sentence's voice was chosen from, for those who learn the weights.
struct OriginChoice {
  std::size_t index = 0;  // of the sentence
  std::vector<OriginLook> looks;
};

// Replaces voices of `out` (one a sentence, as settle_pointed left them) by what `weights` choose; a sentence of several voices keeps them.
// Tells `choices` what was chosen from. Linear in the text.
void choose_origins(const OriginEvidence& evidence, const OriginWeights* weights, std::vector<Voice>& out,
                    std::vector<OriginChoice>* choices);

}  // namespace litopys
