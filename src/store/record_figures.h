// The figures of the kept record: whether a new bound is at odds with any other, and the contradictions of a measure. Inside store/ only.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "store/record_tables.h"

namespace litopys {

// The curves of those of these voices, which bind, that stand on a negative ring, of their side or of all together. Looks at the curves of
// their places, their parts and their wholes.
[[nodiscard]] std::set<KeptKey> at_odds(KeptTables& tables, const std::string& measure, const std::vector<KeptFact>& voices);

struct KeptConflicts {
  std::set<KeptKey> curves;  // that were looked at
  std::vector<KeptFinding> sets;
  std::vector<std::string> notes;
};
// The contradictions of the figures of a measure: of the curves given and all that hang together with them by parts and wholes; with no
// curves of all.
[[nodiscard]] KeptConflicts conflicts_of(KeptTables& tables, const std::string& measure, KeptKey cell, const std::set<KeptKey>& touched);

}  // namespace litopys
