// The record of a casebook: what the claims in record.db say together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/record.h"
#include "store/store.h"

namespace litopys {

// The same as `litopys record` of what `read` prints of the store's documents. From the kept record (store/record_kept.h) where it has all
// documents, at the cost of reading and telling; else worked out anew.
[[nodiscard]] Result<Record> record_of(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language = Language::en);

// The same from the kept record, for who has read the store's documents already; their texts are not asked for.
// Precondition: it has all of them (record_is_kept).
[[nodiscard]] Result<Record> kept_record_of(Store& store, std::vector<ClaimDocument> documents, const Codebook& book,
                                            const Gazetteer& gazetteer, Language language = Language::en);

// What somebody wants to see of it.
struct RecordPart {
  std::vector<FindingKind> kinds;        // of the findings; none: all
  std::optional<std::string> statement;  // by its id or the name of a claim: this statement and the findings that hold a claim of it
};

// A record with the findings and the statement wanted, as the whole record has them, and their claims; series and the rest are not in it.
// Costs what is shown. Where the record is not kept, or no claim has the name, it is the whole one. `findings`: how many there are in all.
struct RecordShown {
  Record record;
  std::size_t findings = 0;
};
[[nodiscard]] Result<RecordShown> record_of(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language,
                                            const RecordPart& wanted);

}  // namespace litopys
