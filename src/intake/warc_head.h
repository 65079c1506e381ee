// A WARC record's own lines (ISO 28500:2017, 4): the version, the fields, a blank line.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "intake/warc.h"

namespace litopys {

// Where the head ends that `look` begins with, behind its blank line; npos where that is not there.
[[nodiscard]] std::size_t end_of_warc_head(std::string_view look);

// What `head` (from "WARC/" to its blank line) says goes to `record`, its fields to `fields`, which the record's views are of. False where
// it gives no length. O(bytes).
bool read_warc_head(std::string_view head, WarcRecord& record, std::vector<WarcField>& fields);

}  // namespace litopys
