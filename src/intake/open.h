// From an entry to its bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/item.h"
#include "intake/walk.h"

namespace litopys {

// The largest item: its bytes are held in memory once. Archives of whole sites are larger, and are no single report.
inline constexpr std::uint64_t kLargestItem = 1ULL << 30U;

struct OpenedItem {
  Item item;
  std::vector<std::string> notes;  // what a reader should know of the taking: "changed while it was read"
  bool changed = false;            // size or time of change differed before and after: the bytes may be of no one version
};

// Reads the whole item. Errors: kUnreadable (missing, no permission, a read error, with the byte where it happened), kLimit (larger than
// `largest`). A file that changes meanwhile is given as read, with a note. Never waits for the other end of a pipe that is named as a file.
[[nodiscard]] Result<OpenedItem> open_item(const Entry& entry, std::uint64_t largest = kLargestItem);

// The same of a file descriptor (not closed here), for standard input.
[[nodiscard]] Result<OpenedItem> read_stream(int file_descriptor, const Entry& entry, std::uint64_t largest = kLargestItem);

}  // namespace litopys
