// One utterance in many mouths: who stands behind a claim (chains, relays shown) and which claims are one statement.
#pragma once

#include <vector>

#include "record/names.h"
#include "record/words.h"

namespace litopys {

struct StatementDraft {
  std::vector<FactId> facts;  // ascending
  FactId voice = kNoFact;     // the claim that speaks for it
};

// Gives each fact its chain; `original` of the documents is set already (copies speak with the first document's own voice).
void set_chains(Facts& facts, Actors& actors);

// Follows shown relays: sets `originator`, `shown_by` and `on_ring`. Needs chains.
void set_originators(Facts& facts);

// Every fact in exactly one statement, by their first facts; sets `statement`. Needs originators.
[[nodiscard]] std::vector<StatementDraft> make_statements(Facts& facts);

}  // namespace litopys
