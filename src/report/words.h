// The report's own words in the two languages that it is written in. One table, so that a translator sees all of it.
#pragma once

#include <string_view>

#include "base/language.h"
#include "codebook/vocabulary.h"

namespace litopys {

// A word or phrase by key, "figures.title"; an unknown key gives the key itself, so that a gap shows on the page.
[[nodiscard]] std::string_view word(std::string_view key, Language language);

// Every key, for the test that both languages are complete.
[[nodiscard]] std::size_t word_count();

[[nodiscard]] std::string_view label(Side side, Language language);
[[nodiscard]] std::string_view label(Stance stance, Language language);
[[nodiscard]] std::string_view label(Credence credence, Language language);
[[nodiscard]] std::string_view label(Unit unit, Language language);

// The sign before a number: "over", «понад»; empty for exact and range.
[[nodiscard]] std::string_view label(Bound bound, Language language);

}  // namespace litopys
