// The kept record: what the claims of record.db say together, worked in as documents come. It equals what would be worked out of all claims
// from nothing; a document costs what it touches and not what the casebook holds.
#pragma once

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "store/store.h"

namespace litopys {

// Works the documents in that the kept record lacks, one transaction. Many at once, or a first time, are cheaper from nothing, and that is
// done then.
[[nodiscard]] Done keep_record(Store& store, const Codebook& book, const Gazetteer& gazetteer);

// Whether it has all documents of the store.
[[nodiscard]] Result<bool> record_is_kept(Store& store, const Codebook& book);

}  // namespace litopys
