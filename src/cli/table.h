// A table fitted to the terminal: narrow columns, and a long text in the room that they leave, or on a line below where that is little.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"

namespace litopys {

struct TableColumn {
  std::string title;
  int most = 20;          // columns that it may take
  bool right = false;     // numbers
  bool keep_end = false;  // names whose end tells them apart
};

struct TableRow {
  std::vector<std::string> cells;  // one a column
  std::string text;                // the long one
};

// Rows are held back until the widths are known, at most kHeld of them; then they stream.
class Table {
 public:
  static constexpr std::size_t kHeld = 500;
  Table(std::vector<TableColumn> columns, std::string text_title, Terminal terminal, Output& out)
      : columns_(std::move(columns)), text_title_(std::move(text_title)), terminal_(terminal), out_(out) {}
  // False once nothing can be written any more.
  bool add(TableRow row);
  void finish();

 private:
  void settle();
  bool print(const TableRow& row);

  std::vector<TableColumn> columns_;
  std::string text_title_;
  Terminal terminal_;
  Output& out_;
  std::vector<TableRow> held_;
  std::vector<int> widths_;
  int text_width_ = 0;
  bool below_ = false;  // the text stands on a line of its own
  bool settled_ = false;
};

}  // namespace litopys
