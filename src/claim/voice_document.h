// Whose document it is: the voice of what nobody else says. Used by voice.cc.
#pragma once

#include <array>
#include <vector>

#include "claim/voice.h"
#include "claim/voice_rows.h"
#include "claim/voice_sign.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

struct DocumentVoice {
  Voice voice;
  std::array<float, kDocumentSides.size()> sums{};  // what speaks for each side, as a natural logarithm up to a constant
};

// The outlet's, or the body's or person's whose document it is (GUIDE rulings 9 and 22), with what weighed most in `note`. The outlet's
// where the codebook has no weights. `hits` has the rows found in each sentence. Linear in the text.
[[nodiscard]] DocumentVoice document_voice(const VoiceRows& rows, const Document& document, const Text& text,
                                           const std::vector<Mentions>& mentions, const std::vector<std::vector<LexiconHit>>& hits);

}  // namespace litopys
