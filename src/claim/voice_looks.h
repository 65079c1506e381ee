// What speaks for each side whose document this may be. Used by voice_document.cc and tools/slots.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "claim/voice_rows.h"
#include "claim/voice_sign.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

// One side with its signs.
struct VoiceLook {
  Side side = Side::outlet;
  std::array<float, kVoiceSigns> signs{};
  Span words;  // the first that speak for it; empty where none do
};

// One look for each of kDocumentSides, in that order. `hits` has the rows found in each sentence. Linear in the text.
[[nodiscard]] std::vector<VoiceLook> voice_looks(const VoiceRows& rows, const Document& document, const Text& text,
                                                 const std::vector<Mentions>& mentions, const std::vector<std::vector<LexiconHit>>& hits);

}  // namespace litopys
