// Makes a dictionary file (text/morphology.h) from a table of word forms. Used by tools/morphology and by tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace litopys {

// One reading of one form. `weight` orders the readings of a form, highest first.
struct FormRow {
  std::string form, lemma, tags;
  std::uint32_t weight = 0;
};

// Gives the file's bytes, the same for the same rows in any order. Errors (kMalformed): unknown tags, more than 254 letters, a letter
// beyond U+05FF, an empty form. Endings for guessing are learned where at least `least` forms of one ending agree.
// Memory: about 100 bytes a distinct form. Time: about 10 s for three million forms.
[[nodiscard]] Result<std::string> build_dictionary(std::vector<FormRow> rows, std::string_view notice, std::uint32_t least = 12);

}  // namespace litopys
