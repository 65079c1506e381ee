// The voices that bind a curve, packed: a system of many curves reads them without a row for each. Inside store/ only.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/figures.h"

namespace litopys {

// A voice that binds, with what puts it in the order of the record.
struct BoundVoice {
  std::int64_t claim = 0, document = 0;  // rows
  std::uint32_t number = 0;              // of the claim in its document
  DayNumber last = 0;                    // of the publication
  Side side = Side::unknown;
  std::array<CurveBound, 2> bounds;  // neither fact nor curve is set; a claim sets two at most
  std::uint8_t count = 0;            // of them
  [[nodiscard]] std::span<const CurveBound> all() const { return {bounds.data(), count}; }
};

// Appends it. Numbers stand in little-endian order, whatever the machine.
void pack_voice(const BoundVoice& voice, std::string& out);
// Reads them in turn into one object. False where bytes are missing or say what no claim does.
[[nodiscard]] bool each_packed_voice(std::string_view packed, const std::function<void(const BoundVoice&)>& visit);
// Of the voices that bind one curve those that say something which no other of their side says as tightly: what these leave open is what
// all leave open, and where none of these stands on a ring that cannot close, none of all does. n log n.
[[nodiscard]] std::vector<BoundVoice> tightest(const std::vector<BoundVoice>& voices);
// All but those of a claim.
[[nodiscard]] std::string packed_without(std::string_view packed, std::int64_t claim);

}  // namespace litopys
