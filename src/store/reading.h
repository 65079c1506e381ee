// An item as the record keeps it: what was read, or why it could not be, with the words for search.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "claim/claim.h"
#include "claim/pipeline.h"
#include "intake/item.h"

namespace litopys {

// The most bytes that are read as one document. The largest report we know has one; what is larger is a dump of many documents or no text
// at all, and reading it would cost gigabytes for one document that nobody can use. It is kept, not read.
// Commands also hold at most so many bytes in flight: reading takes about 45 bytes a byte (measured on one text of 1 MB full of claims), so
// the program stays under 1.5 GB whatever the input.
inline constexpr std::size_t kLargestDocument = 32UL << 20U;

// read_item with what can go wrong in one item made a value: kLimit for an item over kLargestDocument or memory that runs out, kMalformed
// for a fault of the program (which names the item and goes on with the next).
[[nodiscard]] Result<ClaimDocument> read_safely(const Item& item, const Resources& resources);

struct ItemReading {
  std::optional<ClaimDocument> document;
  std::optional<Error> problem;          // why there is no document
  std::string words;                     // of the document's sentences, for search
  std::vector<std::string> claim_words;  // of each claim's quote
};

// How the record keeps a problem. Without the item's name: that is the path of this sighting, and another sighting has another.
[[nodiscard]] std::string_view kind_in_record(ErrorKind kind);
[[nodiscard]] std::optional<ErrorKind> kind_of_record(std::string_view name);
[[nodiscard]] std::string line_in_record(Error problem);

[[nodiscard]] ItemReading read_for_record(const Item& item, const Resources& resources);

// Reads the item's pictures into its `transcript`, where the resources allow it and there are any. Gives why it could not.
[[nodiscard]] std::optional<Error> read_pictures_of(Item& item, const Resources& resources);

// What every reading of one item goes through first.
[[nodiscard]] std::optional<Error> too_large_to_read(const std::string& path, std::uint64_t size);

}  // namespace litopys
