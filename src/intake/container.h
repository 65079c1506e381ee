// Containers: one file that holds many items (an archive, a feed, an export). Each format is one function of the shape below, told apart by
// content in intake/take.h; the way from a path to items is the same for all.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/item.h"
#include "intake/open.h"

namespace litopys {

// Takes the next item, or what is wrong at one place of the container (which goes on after it); false: stop.
using Give = std::function<bool(Result<OpenedItem>)>;

// How far the opening of containers goes; a bomb ends in one kLimit line.
struct ContainerLimits {
  std::uint64_t largest_item = kLargestItem;
  std::uint64_t largest_total = 64ULL << 30U;  // decompressed bytes of one container held in memory or on disk
  unsigned deepest = 4;                        // containers within containers
  std::uint64_t most_items = 50'000'000;
  double largest_ratio = 250;  // decompressed to compressed of one file that was named, once over 256 MB
  std::uint64_t ratio_from = 256ULL << 20U;
  std::string columns = {};        // which columns of a table hold what, as the user says (intake/table.h)
  bool keep_warc_records = false;  // Item::warc_record is filled
};

// Splits `container` (whole bytes in memory) into items whose bytes are exact slices or decompressed members of it. Gives every item in
// order; damage is given as an Error with place, then the next good member is sought. Linear time; memory: one item.
using Split = void (*)(const Item& container, const ContainerLimits& limits, const Give& give);

}  // namespace litopys
