// Which side a voice is of, where the encoder's opinion of all that it tells outweighs what the rules know. Used by voice.cc.
#pragma once

#include <span>
#include <vector>

#include "claim/voice.h"
#include "claim/voice_document.h"
#include "reader/reader.h"

namespace litopys {

struct SideEvidence {
  std::span<const SentenceReading> readings;  // by sentence; may be empty
  std::size_t measures = 0;                   // of the codebook
  const DocumentVoice& own;                   // of what nobody else says
};

// Sets the side of voices of `out` (one a sentence). O(sentences, with a logarithm of the names).
void settle_sides(const SideEvidence& evidence, std::vector<Voice>& out);

}  // namespace litopys
