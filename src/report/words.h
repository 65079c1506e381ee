// The report's own words in the two languages that it is written in. One table, so that a translator sees all of it.
#pragma once

#include <string>
#include <string_view>

#include "base/language.h"
#include "claim/claim.h"
#include "codebook/vocabulary.h"

namespace litopys {

// A word or phrase by key, "figures.title"; an unknown key gives the key itself, so that a gap shows on the page.
[[nodiscard]] std::string_view word(std::string_view key, Language language);

// "24 documents", "24 документи": a counted noun by key ("documents", "claims", "sources", "contradictions", "statements", "outlets",
// "origins"); with the unit of a figure see unit_after.
[[nodiscard]] std::string counted_words(std::size_t n, std::string_view key, Language language);
// The noun alone in the form that the number asks for.
[[nodiscard]] std::string_view noun_after(std::size_t n, std::string_view key, Language language);
// The unit of a figure as it stands after its number: "person", «особи»; empty for other units.
[[nodiscard]] std::string_view unit_after(const Figure& figure, Language language);

// Every key, for the test that both languages are complete.
[[nodiscard]] std::size_t word_count();

[[nodiscard]] std::string_view label(Side side, Language language);
[[nodiscard]] std::string_view label(Stance stance, Language language);
[[nodiscard]] std::string_view label(Credence credence, Language language);

// The sign before a number: "over", «понад»; empty for exact and range.
[[nodiscard]] std::string_view label(Bound bound, Language language);

}  // namespace litopys
