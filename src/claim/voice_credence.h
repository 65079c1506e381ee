// How far each voice's words are vouched for: words of its sentence and frame, notes that something was not verified (GUIDE ruling 7).
// Used by voice.cc.
#pragma once

#include <vector>

#include "claim/voice.h"
#include "claim/voice_names.h"
#include "claim/voice_rows.h"
#include "mention/mention.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

struct CredenceEvidence {
  const VoiceRows& rows;
  const Text& text;
  const std::vector<Mentions>& mentions;
  const VoiceNames& names;
  const std::vector<std::vector<LexiconHit>>& hits;  // by sentence
};

// Sets credence, its spans and rule in every voice of `out` (one a sentence). A note looks at most 60 sentences back: linear in the text.
void settle_credence(const CredenceEvidence& evidence, std::vector<Voice>& out);

}  // namespace litopys
