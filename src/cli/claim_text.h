// Claims as people and spreadsheets read them.
#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "store/store.h"

namespace litopys {

// "2 800 000", "0.5", digits in groups of three by no-break spaces.
[[nodiscard]] std::string grouped_digits(Decimal value);

// "> 2 000 000", "≈ 85 %", "1 500 000–2 000 000", "several × 1 000".
[[nodiscard]] std::string figure_text(const Figure& figure);

// A CSV line (RFC 4180) for `row`, with its line end, and the header for it.
[[nodiscard]] std::string csv_header();
[[nodiscard]] std::string csv_line(const ClaimRow& row);
// One field, quoted where it must be.
[[nodiscard]] std::string csv_field(std::string_view text);

// Appends the row as one JSON object with its line end: document, number, path, lang, outlet, title, published, and the claim as `read` has
// it.
void append_claim_line(std::string& out, const ClaimRow& row, utf8::CodePointIndex& points);

}  // namespace litopys
