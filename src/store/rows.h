// Claims to columns and back. Inside store/ only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/edtf.h"
#include "claim/claim.h"
#include "store/database.h"

namespace litopys {

[[nodiscard]] std::string json_list(const std::vector<std::string>& values);
[[nodiscard]] std::vector<std::string> list_of_json(std::string_view json);

// Reads language, outlet, url, title and published of a document from five columns that begin at `column`.
void take_head(const SqlStatement& row, int column, ClaimDocument& document);
[[nodiscard]] std::string json_numbers(const std::vector<std::uint32_t>& values);
[[nodiscard]] std::vector<std::uint32_t> numbers_of_json(std::string_view json);
[[nodiscard]] std::string json_why(const std::vector<Why>& why);
[[nodiscard]] std::vector<Why> why_of_json(std::string_view json);

// The days where a claim stands in time: first and last, for the filter since/until (store.h). Nullopt where nothing dates it.
[[nodiscard]] std::optional<std::pair<Day, Day>> stands(const Claim& claim, const std::optional<Date>& published);

[[nodiscard]] inline std::int64_t day_number(Day day) { return day.time_since_epoch().count(); }

}  // namespace litopys
