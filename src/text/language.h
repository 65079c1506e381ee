// Which of the three languages a text is in.
#pragma once

#include <span>
#include <string_view>

#include "base/language.h"
#include "page/document.h"

namespace litopys {

// The language of `text` by its letters (і ї є ґ speak for Ukrainian, ы э ъ ё for Russian), its commonest words and CLD2; `other` for
// what is none of the three or too short to tell (no letters). Any bytes are input. O(bytes), of which the first 32 KiB are looked at.
[[nodiscard]] Language detect_language(std::string_view text);

// The language of a document's article and title lines; of all lines where there are none. A report that quotes a second language has
// the language of its most bytes.
[[nodiscard]] Language detect_language(std::string_view text, std::span<const Line> lines);

// Whether a letter stands in the text that of Ukrainian and Russian only one has. Where none does, whoever has dictionaries knows better
// (text/analyser.h).
[[nodiscard]] bool letters_tell(std::string_view text);

}  // namespace litopys
