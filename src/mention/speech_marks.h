// The first of the two steps of speech.h: a sentence's words with what punctuation and the codebook's rows say of them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mention/speech.h"

namespace litopys {

// Marks and frames; no speakers yet. `rows` is indexed by RowId. O(tokens and hits of the sentence).
[[nodiscard]] SpeechMarks mark_words(std::string_view document_text, const Text& text, const Sentence& sentence,
                                     const std::vector<LexiconHit>& hits, const std::vector<SpeechRow>& rows);

// "state-run", "council-led": the sentence's word `i` is the first part of a compound; not "council-in-exile".
[[nodiscard]] bool is_joined_to_next(std::string_view document_text, std::span<const Token> tokens, std::uint32_t i);

}  // namespace litopys
