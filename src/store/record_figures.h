// The contradictions of figures of the kept record, brought up to date. Inside store/ only.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "store/record_tables.h"

namespace litopys {

// Voices of one measure that bind: claims that do no longer, or did as another's, and those that do now. The bounds of the tables are
// already those of now.
struct MovedVoices {
  struct Come {
    KeptKey curve = 0;
    BoundVoice bound;
  };
  std::set<KeptRow> gone;
  std::map<KeptRow, Come> come;
};

struct MovedConflicts {
  std::vector<KeptFinding> old, now;  // what takes the place of what; a finding in both stays
  bool whole = false;                 // all of the measure was searched
  std::vector<std::string> notes;     // then
};

// What they change of the contradictions of a measure, which are kept in `cell`.
[[nodiscard]] MovedConflicts moved_conflicts(KeptTables& tables, const std::string& measure, KeptKey cell, const MovedVoices& voices);

// What the kept bounds leave open for some voices of a measure (facts of the part): sets the part's system, and what is solved of it, for
// their curves and sides alone.
void solve_part(KeptTables& tables, const std::string& measure, const std::vector<FactId>& voices, KeptPart& part);

}  // namespace litopys
