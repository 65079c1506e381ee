// What a record is worked out to: numbers, step after step. For the steps themselves and for those who keep them (store/record_kept.h).
#pragma once

#include <vector>

#include "record/findings.h"
#include "record/record_work.h"
#include "record/system.h"
#include "record/utterance.h"
#include "record/words.h"

namespace litopys {

struct RecordWork::Parts {
  const Codebook& book;
  const Gazetteer& gazetteer;
  Facts facts;
  Actors actors;
  std::vector<Reprints> reprints;
  std::vector<StatementDraft> statements;
  Evidence evidence{facts, statements, {}};
  System system;
  std::vector<Solved> solved;
  std::vector<FindingDraft> findings;
  std::vector<std::string> notes;  // besides those of the facts

  // Facts without chains; nothing else is done yet. Keeps references to both tables.
  Parts(Facts&& made, Actors&& known, const Codebook& codebook, const Gazetteer& places);
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void work();   // all steps
  void speak();  // the voices of the statements
  void solve();  // the system of the voices
  void find();
};

// Each set of claims once a kind, by kind, then by claims.
void sort_findings(std::vector<FindingDraft>& drafts);

}  // namespace litopys
