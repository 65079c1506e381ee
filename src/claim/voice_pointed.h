// Whose words a sentence is where the encoder points at somebody else than the rules name, and is much surer. Used by voice.cc.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "claim/voice.h"
#include "claim/voice_names.h"
#include "mention/mention.h"
#include "page/document.h"
#include "reader/reader.h"
#include "text/text.h"

namespace litopys {

struct PointedEvidence {
  const Document& document;
  const Text& text;
  const std::vector<Mentions>& mentions;
  const VoiceNames& names;
  std::span<const SentenceReading> readings;         // by sentence; may be empty
  std::size_t measures = 0;                          // of the codebook
  const Voice& own;                                  // of what nobody else says
  std::function<Side(const NamedVoice&)> otherwise;  // the side of a voice whose words do not tell it
};

// Somebody whom the encoder points at.
struct PointedVoice {
  Voice voice;
  float probability = 0;
  bool here = false;  // named in the sentence itself
};

// Those whom it points at for sentence `i`; `ruled` is what the rules say of each sentence. Nobody where it did not look. No outlet's name.
[[nodiscard]] std::vector<PointedVoice> pointed_voices(const PointedEvidence& evidence, std::size_t i, std::span<const Voice> ruled);

// Replaces voices of `out` (one a sentence). A sentence of several voices keeps them. Linear in what is pointed at, and in the names there.
void settle_pointed(const PointedEvidence& evidence, std::vector<Voice>& out);

}  // namespace litopys
