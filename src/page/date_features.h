// Dates of a page as candidates with numbers, for the forest that finds the day of publication.
#pragma once

#include <cstddef>

namespace litopys {

[[nodiscard]] std::size_t date_features();

}  // namespace litopys
