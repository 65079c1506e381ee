// The figures of the kept record: whether a new bound is at odds with any other, and the contradictions of a measure. Inside store/ only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "store/record_tables.h"

namespace litopys {

// Whether any of these voices, which bind, stands on a negative ring, of its side or of all together. Looks at the curves of their
// places, their parts and their wholes.
[[nodiscard]] bool at_odds(KeptTables& tables, const std::string& measure, const std::vector<KeptFact>& voices);

struct KeptConflicts {
  std::vector<KeptFinding> sets;
  std::vector<std::string> notes;
};
// All contradictions of the figures of a measure.
[[nodiscard]] KeptConflicts conflicts_of(KeptTables& tables, const std::string& measure, KeptKey cell);

}  // namespace litopys
