// The options that choose claims, shared by `claims` and `series`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/session.h"
#include "store/store.h"

namespace litopys {

struct FilterWords {
  std::vector<std::string> measures, places, sides, stances, languages;
  std::optional<std::string> source, since, until, text, document, codebook;
  bool reviewed = false, unreviewed = false, marked = false;
  std::vector<std::string> verdicts, tags;
};

// Declares --measure, --place, --side, --source, --since, --until, --lang, --stance, --document, --text,
// --reviewed, --unreviewed, --verdict, --marked and --tag. `words` outlives the parsing.
void declare_filter(Command& command, FilterWords& words);

// The words as a filter. A word that is no measure, side, place, date ... is a kUsage error that names the near ones.
[[nodiscard]] Result<ClaimFilter> filter_of(const FilterWords& words, Session& session);

// A place as people write it, as a code: a code stays, a name in one of the three languages is looked up.
[[nodiscard]] Result<std::string> place_code_of(const std::string& place);

}  // namespace litopys
