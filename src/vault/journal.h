// What was taken in, when and from where: evidence/items.jsonl, one line each time an item was seen. It outlives record.db.
//
//   {"sha256": "9f86…", "size": 4, "id": "en-1", "path": "reports/en-1.txt", "taken": "2026-11-25T13:43:22.123Z", "notes": []}
//
// Grammar: JSON objects, one a line, each line ended by "\n"; keys in this order; keys that a reader does not know are ignored. A line
// counts once it is whole: what a crash tore off at the end is cut by the next writer and passed over by readers. Drawback: it only grows;
// a reader that wants one item reads them all (record.db is there for that).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

struct ItemLine {
  std::string sha256;
  std::uint64_t size = 0;
  std::string id;     // empty where the content was kept already: its id stands
  std::string path;   // where it was seen this time
  std::string taken;  // UTC, ISO 8601 with milliseconds
  std::vector<std::string> notes;
};

class ItemJournal {
 public:
  // For the one writer: creates the file if `create`, cuts a torn last line (`cut_bytes` tells how much), opens for appending.
  // A missing file without `create` is a kCasebook error.
  [[nodiscard]] static Result<ItemJournal> open_for_writing(const std::filesystem::path& path, bool create);

  // Durable when it returns. On an error nothing of the lines is left in the file.
  [[nodiscard]] Done append(std::span<const ItemLine> lines);

  [[nodiscard]] std::uint64_t size() const { return size_; }            // bytes, always whole lines
  [[nodiscard]] std::uint64_t cut_bytes() const { return cut_bytes_; }  // torn off at opening

  // Calls `each` with every whole line from byte `from` (0, or a place that was given as `end`) and the byte where it ends. A line that is
  // no item line stops with a kCasebook error that names it; so does an error of `each`. Gives the end of the last whole line.
  [[nodiscard]] static Result<std::uint64_t> for_each(const std::filesystem::path& path, std::uint64_t from,
                                                      const std::function<Done(const ItemLine&, std::uint64_t end)>& each);

 private:
  std::filesystem::path path_;
  File file_;
  std::uint64_t size_ = 0;
  std::uint64_t cut_bytes_ = 0;
};

}  // namespace litopys
