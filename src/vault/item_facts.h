// What is known of an item besides its bytes, as the header of its WARC record keeps it: one line of JSON in Litopys-Item.
//
//   Litopys-Item: {"id": "en-1", "path": "reports/en-1.txt", "taken": "2026-11-25T13:43:22.123Z", "sha256": "9f86…", "size": 4}
//
// Keys that a reader does not know are ignored; keys without a value are left out. All text is UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/item.h"

namespace litopys {

// What was read in an item when it was taken in, so that the log commits to it: whoever has the record can tell whether it says that still.
struct ReadingFacts {
  std::string reader;  // reading_id of claim/pipeline.h
  std::string sha256;  // reading_digest of store/reading_digest.h, 64 hex digits

  [[nodiscard]] bool operator==(const ReadingFacts&) const = default;
};

struct ItemFacts {
  std::string id;      // empty where the content was kept already: its id stands
  std::string path;    // where it was seen this time
  std::string taken;   // UTC, ISO 8601 with milliseconds
  std::string sha256;  // of the item's bytes, 64 hex digits
  std::uint64_t size = 0;
  std::vector<std::string> notes;
  Origin origin;
  bool again = false;       // this is a sighting of content that is kept elsewhere
  bool conversion = false;  // the record that follows holds the bytes: the payload of this one is coded
  bool transcript = false;  // the act's last record holds what was read in the item's pictures
  std::optional<ReadingFacts> reading = {};

  [[nodiscard]] bool operator==(const ItemFacts&) const = default;
};

// One line, without line end.
[[nodiscard]] std::string facts_json(const ItemFacts& facts);
// facts_of_json(facts_json(x)) == x for facts of valid UTF-8. Nullopt where it is no JSON, or lacks path, taken, sha256 or size.
[[nodiscard]] std::optional<ItemFacts> facts_of_json(std::string_view json);

// What a container claims of an item can be long or broken; what is kept of each part is at most this, valid UTF-8. The item is read with
// what is kept, so that reading it again gives the same.
inline constexpr std::size_t kLongestOrigin = 16U << 10U;
void make_keepable(Item& item);
[[nodiscard]] std::string keepable(std::string_view text);

}  // namespace litopys
