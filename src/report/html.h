// Escaping and small pieces of markup for the report.
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"

namespace litopys {

// Appends text as HTML character data or a quoted attribute value: & < > " ' escaped, control characters (but tab and newline) left out,
// malformed UTF-8 as U+FFFD.
void append_escaped(std::string& out, std::string_view text);
[[nodiscard]] std::string escaped(std::string_view text);

// A document id as an HTML id: letters, digits, '-' and '_' stay, every other byte becomes _hh.
[[nodiscard]] std::string anchor(std::string_view id);

// 3500000 → "3,500,000" (English) or "3 500 000" with no-break spaces (Ukrainian); fractions keep theirs.
[[nodiscard]] std::string grouped(Decimal value, bool english);

}  // namespace litopys
