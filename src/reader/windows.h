// Stretches of a document that the encoder reads at once: the title, then sentences that stand beside each other, so that each is judged
// with what stands around it and a sentence costs its own length once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Whether the sentence lies on a line of kind title.
[[nodiscard]] inline bool is_title(const Document& document, const Sentence& sentence) {
  return sentence.line < document.lines.size() && document.lines[sentence.line].kind == LineKind::title;
}

}  // namespace litopys
