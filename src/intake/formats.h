// The table of containers that are split in memory (mail folders, feeds, exports of chats, tables). A new format is a line in formats.cc.
#pragma once

#include <span>
#include <string_view>

#include "intake/container.h"

namespace litopys {

struct Format {
  std::string_view name;  // as Origin and messages name it: "telegram-json"
  bool (*sniff)(
      std::string_view head);  // of the first 64 KB (or all, where it is less): by content, never by a name. Cheap; false when in doubt
  Split split;
};

// In the order that they are asked in; the first that knows the bytes takes them.
[[nodiscard]] std::span<const Format> formats();

// The bytes that `sniff` sees at most.
inline constexpr std::size_t kSniffed = 64U << 10U;

}  // namespace litopys
