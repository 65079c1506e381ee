// Tables of reports: CSV (RFC 4180), TSV and their like, and JSON lines.
//
// One item a row with text: the exact bytes of the row. Its format tells the page stage how to read it: "csv-row 2c text=3 title=1" (the
// delimiter in hexadecimal, columns counted from 0) or "jsonl-row text=body title=headline". The origin says title, outlet, address and
// date, as the row has them.
//
// Which column is which: by `ContainerLimits::columns` where the user says so ("text=Body,date=When,outlet=Paper"), else by usual names in
// English, Ukrainian and Russian ("text", "body", "текст", "published", "дата", "url", "source", ...).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/container.h"

namespace litopys {

// Whether the first line is a header with a column of text, or the first lines are JSON objects with one. What litopys itself has written
// (objects with "claims") is no table of reports.
[[nodiscard]] bool looks_like_table(std::string_view head);

// The same for columns that the user has named. What has the shape of a table (a header of short names and rows of as many cells, JSON
// objects) counts even where it lacks a named column: split_table then says so.
[[nodiscard]] bool looks_like_table_of(std::string_view head, std::string_view columns);

// What is wrong with "text=Body,date=When" in itself (a word that is no kind of column, no "=", an empty name, a kind twice); nullopt where
// nothing is.
[[nodiscard]] std::optional<std::string> columns_problem(std::string_view columns);

// A Split (intake/container.h). Rows without text are counted in a note. A table that lacks a column which the user has named is not read:
// kMalformed at its header, with the columns that it has; of JSON lines, where no line has it. Damage (kMalformed, "line N"): a quote that
// does not close, a line that is no JSON object; the next line is gone on with, and after 100 lines of it the rest is counted only.
// O(bytes).
void split_table(const Item& container, const ContainerLimits& limits, const Give& give);

// A cell of a row: where its inside lies in the row, and whether it was quoted ("" inside then stands for one quote).
struct TableCell {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool quoted = false;
};

// The cells of the row that begins at `at`; `at` becomes the byte after its line end, `closed` false where a quote does not close in
// `most` bytes. O(row).
[[nodiscard]] std::vector<TableCell> table_cells(std::string_view bytes, std::size_t& at, char delimiter, bool& closed,
                                                 std::size_t most = std::string_view::npos);

// A cell as text.
[[nodiscard]] std::string cell_text(std::string_view bytes, const TableCell& cell);

// "text=%D1%82" of Origin::format as its parts; names and values are percent-encoded where they hold blanks, "=" or "%".
[[nodiscard]] std::string row_parameter(std::string_view format, std::string_view name);

}  // namespace litopys
