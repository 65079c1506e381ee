#include "cli/table.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kLeastText = 36;  // narrower than this a sentence is no sentence any more
constexpr std::size_t kTextLines = 4;
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kFaint = "\x1b[2m";
constexpr const char* kNormal = "\x1b[0m";

}  // namespace

bool Table::add(TableRow row) {
  for (std::string& cell : row.cells) cell = plain_line(cell);
  row.text = plain_line(row.text);
  if (settled_) return print(row);
  held_.push_back(std::move(row));
  if (held_.size() >= kHeld) settle();
  return !out_.closed();
}

void Table::finish() {
  if (!settled_) settle();
}

void Table::settle() {
  settled_ = true;
  if (held_.empty()) return;
  int used = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int width = columns_of(columns_[i].title);
    bool empty = true;
    for (const TableRow& row : held_) {
      width = std::max(width, std::min(columns_[i].most, columns_of(row.cells[i])));
      empty = empty && row.cells[i].empty();
    }
    widths_.push_back(empty ? 0 : width);
    if (!empty) used += width + 2;
  }
  // The widest gives way until all fit.
  while (used - 2 > terminal_.width) {
    const auto widest = std::max_element(widths_.begin(), widths_.end());
    if (*widest <= 6) break;
    --*widest;
    --used;
  }
  below_ = terminal_.width - used < kLeastText;
  text_width_ = below_ ? terminal_.width - 4 : terminal_.width - used;
  TableRow titles;
  for (const TableColumn& column : columns_) titles.cells.push_back(column.title);
  if (!below_) titles.text = text_title_;
  if (terminal_.colours) out_.write(kBold);
  print(titles);
  for (const TableRow& row : held_) {
    if (!print(row)) break;
  }
  held_.clear();
}

bool Table::print(const TableRow& row) {
  std::string line;
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    if (widths_[i] == 0) continue;
    line += columns_[i].keep_end ? fitted_end(row.cells[i], widths_[i]) : fitted(row.cells[i], widths_[i], columns_[i].right);
    line += "  ";
  }
  if (!below_) line += fitted(row.text, text_width_);
  line.erase(line.find_last_not_of(' ') + 1);
  line += terminal_.colours ? std::string(kNormal) + "\n" : "\n";
  if (below_ && !row.text.empty()) {
    for (const std::string& below : wrapped(row.text, text_width_, kTextLines)) {
      line += "    ";
      if (terminal_.colours) line += kFaint;
      line += below;
      if (terminal_.colours) line += kNormal;
      line += '\n';
    }
  }
  return out_.write(line);
}

}  // namespace litopys
