// What the parts of the report that show statements have in common.
#pragma once

#include <string>
#include <string_view>

#include "base/language.h"
#include "record/record.h"
#include "report/report.h"
#include "report/said.h"

namespace litopys {

// Who said it, in the report's language: residents by no name, a document without an outlet by its title. Plain text.
[[nodiscard]] std::string shown_originator(const Record& record, const Statement& statement, const NameLookup& names, Language language);

// The HTML id of a claim by its name "DOCUMENT#N".
[[nodiscard]] std::string claim_anchor(std::string_view claim);

// "17 outlets, 2 origins"; the origins only where they are more than one.
[[nodiscard]] std::string outlets_words(std::size_t outlets, std::size_t origins, Language language);

// "12 statements".
[[nodiscard]] std::string statements_words(std::size_t statements, Language language);

// Markup of a claim's figure, its time and its places: the head of a card.
[[nodiscard]] std::string claim_head(const Claim& claim, const PlaceLookup& places, Language language);

// "as of 2024-03", plain.
[[nodiscard]] std::string when_words(const Claim& claim, Language language);

// Claims by measure, those of one statement on one card with all who carry it; statements of one figure side by side.
[[nodiscard]] std::string claims_section(const Record& record, const Codebook& book, const PlaceLookup& places, const NameLookup& names,
                                         const SaidSigns& said, Language language);

// "What cannot all be true": each contradiction as a sentence and the chain of its claims; below it the record's other findings.
[[nodiscard]] std::string findings_section(const Record& record, const PlaceLookup& places, const NameLookup& names, const SaidSigns& said,
                                           Language language);

}  // namespace litopys
