// Stretches of a document that the encoder reads at once: the title, then sentences that stand beside each other, so that each is judged
// with what stands around it and a sentence costs its own length once. tools/careful/data.py makes the same.
//
//   <begin> title <mark> sentence <mark> sentence ... <mark>
#pragma once

#include <cstdint>
#include <vector>

#include "page/document.h"
#include "reader/encoder.h"
#include "text/text.h"

namespace litopys {

inline constexpr std::size_t kTitleTokens = 32, kSentenceTokens = 96, kWindowTokens = 256;

// Whether the sentence lies on a line of kind title.
[[nodiscard]] inline bool is_title(const Document& document, const Sentence& sentence) {
  return sentence.line < document.lines.size() && document.lines[sentence.line].kind == LineKind::title;
}

// Windows in which every wanted sentence is judged once, beside the two before and after it (junk is passed over). `wanted` has an entry a
// sentence. Linear in what is wanted.
[[nodiscard]] std::vector<Window> windows_of(const Document& document, const Text& text, const std::vector<bool>& wanted,
                                             const Encoder& encoder);

}  // namespace litopys
