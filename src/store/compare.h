// Two records, row by row. Inside store/.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "store/store.h"

namespace litopys {

// Steps through every table of both in the order of its key, the search indexes by their terms too, and calls `differs` with the first row
// of each table in which the two differ ("claim: row 17: column quote"), what `right` has and what `looked_at` has. `rows` counts what was
// compared. Errors: one of them cannot be read.
using Differs = std::function<void(const std::string& problem, const std::string& expected, const std::string& found)>;
enum class Texts : unsigned char { compared, left_out };  // of documents, and the search indexes
[[nodiscard]] tl::expected<void, Error> compare_stores(Store& right, Store& looked_at, std::uint64_t& rows, const Differs& differs,
                                                       Texts texts = Texts::compared);

// What a record keeps of what its claims say together (store/record_kept.h), against what its claims give when that is worked out from
// nothing, line by line as `litopys record --json` has it; the first difference is told. Nothing where nothing is kept, or it is behind:
// then it is worked out whenever it is shown. Memory: one record.
// Precondition: documents and claims are right (compare_stores).
[[nodiscard]] tl::expected<void, Error> compare_kept(Store& looked_at, const Codebook& book, const Gazetteer& gazetteer,
                                                     std::uint64_t& lines, const Differs& differs);

}  // namespace litopys
