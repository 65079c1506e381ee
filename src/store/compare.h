// Two records, row by row. Inside store/.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace litopys {

// Steps through every table of both in the order of its key, the search indexes by their terms too, and calls `differs` with the first row
// of each table in which the two differ ("claim: row 17: column quote"), what `right` has and what `looked_at` has. `rows` counts what was
// compared. Errors: one of them cannot be read.
using Differs = std::function<void(const std::string& problem, const std::string& expected, const std::string& found)>;
[[nodiscard]] tl::expected<void, Error> compare_stores(Store& right, Store& looked_at, std::uint64_t& rows, const Differs& differs);

}  // namespace litopys
