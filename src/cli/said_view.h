// Reviews and marks as `review`, `mark` and `claims` show them.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/session.h"
#include "store/store.h"

namespace litopys {

// One a row with its note, or a JSON object a line.
void print_said(const std::vector<SaidRow>& rows, bool json, Session& session);

// The signs beside a claim: ✓ right, ✎ corrected, ✗ wrong, ⚑ marked; "" where nobody said anything.
[[nodiscard]] std::string said_signs(const ClaimRow& row);

// The members "review", "read" (where a review changed the claim) and "marks" of a claim's JSON, each only where there is one.
void append_said(JsonWriter& json, const ClaimRow& row, utf8::CodePointIndex& points);

}  // namespace litopys
