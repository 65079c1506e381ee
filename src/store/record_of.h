// The record of a casebook: what the claims in record.db say together.
#pragma once

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/record.h"
#include "store/store.h"

namespace litopys {

// Made anew from all claims of the store: the same as `litopys record` of what `read` prints of its documents. Costs a pass over the
// documents and make_record.
[[nodiscard]] Result<Record> record_of(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language = Language::en);

}  // namespace litopys
