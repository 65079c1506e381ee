// One series of a casebook's record, without reading the rest.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/record.h"
#include "store/store.h"

namespace litopys {

struct SeriesPart {
  std::string measure;
  std::string place;                                // a code: the series of exactly this place
  std::vector<std::pair<std::string, int>> claims;  // document and number: their statements are wanted too
};

// A record with the series of the measure and place in each unit and group, and with the statements of its points and of the claims, as the
// whole record has them. Costs these claims and the bounds of the place, its parts and its wholes. Where the record is not kept it is the
// whole one.
[[nodiscard]] Result<Record> record_of_series(Store& store, const Codebook& book, const Gazetteer& gazetteer, const SeriesPart& wanted);

}  // namespace litopys
