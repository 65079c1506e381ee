// What every splitter says of an item that it takes out of its container.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "intake/container.h"

namespace litopys {

// An item with its own id ("CONTAINER-SUFFIX"), path ("CONTAINER!MEMBER") and origin (container, member, offset, length, format); bytes
// are the container's [offset, offset + length).
[[nodiscard]] OpenedItem member_item(const Item& container, std::string_view suffix, std::string member, std::string format,
                                     std::uint64_t offset, std::uint64_t length);

// Hands items on with one item's delay, so that what is counted to the end (passed over, left out) can be a note of the last one, and
// keeps the limits that all splitters share.
class MemberGiver {
 public:
  MemberGiver(const Item& container, const ContainerLimits& limits, const Give& give)
      : container_(container), limits_(limits), give_(give) {}

  // Takes an item; false: stop (the reader wants no more, or a limit was met, which has been said).
  bool item(OpenedItem item);
  // Says what is wrong at one place; false: stop.
  bool error(ErrorKind kind, std::string place, std::string problem, std::string next);
  // Gives the last item; `note` (unless empty) goes with it. To be called once, at the end.
  void finish(std::string note = {});

  [[nodiscard]] std::uint64_t items() const { return items_; }
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  bool pass(Result<OpenedItem> result);
  bool flush();

  const Item& container_;
  const ContainerLimits& limits_;
  const Give& give_;
  std::optional<OpenedItem> waiting_;
  std::uint64_t items_ = 0;
  bool stopped_ = false;
};

// Seconds since 1970 as "2024-02-01T10:00:00Z"; "" outside the years 1970 to 9999.
[[nodiscard]] std::string iso_time(std::int64_t unix_seconds);

}  // namespace litopys
