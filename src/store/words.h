// Words for full-text search: found by lemma in all three languages, so that «паспорти» finds «паспортом» and "passports" finds "passport".
//
// What is indexed for a word are all its lemmas and its form, folded; a query word becomes "any of its lemmas in any of the three
// languages, or its form". Folding: lower case, ё is е, apostrophes and stress marks off, hyphens part words. SQLite's unicode61 then has
// nothing to decide.
#pragma once

#include <string>
#include <string_view>

#include "base/span.h"
#include "claim/pipeline.h"
#include "text/text.h"

namespace litopys {

// Appends the indexed words of the tokens that lie in `span`, separated by blanks.
void append_index_words(std::string& out, const Text& text, Span span);

// One word folded as above.
[[nodiscard]] std::string folded_word(std::string_view word);

// A query of a person as an FTS5 expression: all words, in any order. A word that ends in * finds all words that begin so. Empty where the
// query has no word.
[[nodiscard]] std::string match_expression(std::string_view query, const Resources& resources);

// Names for comparison without case and spelling variants: lower case, ё is е, apostrophes off.
[[nodiscard]] std::string search_name(std::string_view name);

}  // namespace litopys
