// What the careful reader's encoder says of a sentence's claims besides measure, stance and credence. It was tuned to tell them along with
// the measures (tools/careful/slots.py has all of them, in order); what is weighed here is where a claim's places lie. The others (whether
// it has a time, a figure, a source of its own; side, targets) said nothing that the rules did not know.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "reader/reader.h"

namespace litopys {

// The logits of all of these, behind the other logits of a SentenceReading.
inline constexpr std::size_t kSlotOutputs = 35;

// The whole territory or several regions, one region, a place in a region, or elsewhere.
enum class PlaceKind : unsigned char { whole, region, settlement, other };

// The natural logarithm of each kind's probability, by PlaceKind; nullopt where the encoder did not look, or is of before it knew these.
[[nodiscard]] std::optional<std::array<float, 4>> place_kinds(const SentenceReading& reading, std::size_t measures);

}  // namespace litopys
