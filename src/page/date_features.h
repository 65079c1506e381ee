// Candidates of one day together as numbers, for the forest that finds the day of publication.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "page/date_candidates.h"

namespace litopys {

[[nodiscard]] std::size_t date_features();
[[nodiscard]] std::string_view date_feature_name(std::size_t feature);

// One day of a page with all that speaks for it.
struct DateGroup {
  Date date;
  std::vector<std::size_t> members;  // indexes of candidates
};

// Days in the order of their first candidate; candidates without a day are left out.
[[nodiscard]] std::vector<DateGroup> group_dates(const std::vector<DateCandidate>& candidates);

// Rows of date_features() numbers, a group each. `article` says of each block whether it is the article's.
[[nodiscard]] std::vector<float> rows_of_dates(const html::Page& page, const std::vector<DateCandidate>& candidates,
                                               const std::vector<DateGroup>& groups, const std::vector<bool>& article,
                                               std::optional<std::size_t> title);

}  // namespace litopys
