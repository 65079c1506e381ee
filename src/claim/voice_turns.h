// Whose turn it is in a conversation: interviews told with dashes or as questions and answers, transcripts and chats with a name before
// each turn.
// Used by voice.cc.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "claim/voice.h"
#include "claim/voice_names.h"
#include "claim/voice_rows.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

// The rule of a voice whose turn it is.
inline constexpr std::string_view kTurnRule = "interview";

struct Turns {
  std::vector<std::uint16_t> of;  // by sentence: 0 is nobody's turn, n is voices[n - 1]; empty where the document is no conversation
  std::vector<Voice> voices;

  // Whose turn sentence `i` is; nullptr: nobody's.
  [[nodiscard]] const Voice* at(std::size_t i) const { return i < of.size() && of[i] != 0 ? &voices[of[i] - 1] : nullptr; }
};

// `hits` has the rows found in each sentence; `own` is the voice of what nobody else says. Linear in the text.
[[nodiscard]] Turns turns_of(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                             const VoiceNames& names, const std::vector<std::vector<LexiconHit>>& hits, const Voice& own);

}  // namespace litopys
