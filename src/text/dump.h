// The stage's result as text for people and tests, and as JSON for the scorer of sentences and words.
#pragma once

#include <string>

#include "page/document.h"
#include "text/text.h"

namespace litopys {

// A line a sentence, "[begin,end) flags «text»", then a line a token: two blanks, the form, its readings "lemma tags" divided by |.
//   [0,42) heading «...»
//     паспортів  паспорт noun gen pl | ...
[[nodiscard]] std::string dump(const Text& text, const Document& document);

// One reading's tags, "noun gen pl": what is unknown is left out.
[[nodiscard]] std::string tags(const Reading& reading);

// {"file": document.id, "sentences": [[s, e], ...], "words": [[s, e, "lemma"], ...]} in code points, one line.
// Here a sentence has its bullet, dash or emoji (as corpora count them), which Sentence::span leaves out of the quote.
[[nodiscard]] std::string dump_json(const Text& text, const Document& document);

}  // namespace litopys
