// What the careful reader's encoder says of a sentence's claims besides measure, stance and credence. It was tuned to tell them along with
// the measures (tools/careful/slots.py).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "codebook/vocabulary.h"
#include "reader/reader.h"

namespace litopys {

// The logits of all of these, behind the other logits of a SentenceReading, in the order and number that a model's file states.
inline constexpr std::string_view kSlotLayout = "places 4 side 8 unit 8 targets 13";
inline constexpr std::size_t kSlotOutputs = 33;

// The whole territory or several regions, one region, a place in a region, or elsewhere.
enum class PlaceKind : unsigned char { whole, region, settlement, other };

// The natural logarithm of each kind's probability, by PlaceKind; nullopt where the encoder did not look, or is of before it knew these.
[[nodiscard]] std::optional<std::array<float, 4>> place_kinds(const SentenceReading& reading, std::size_t measures);

// Whose words the sentence's claim is, of those whom a voice with a name can belong to; nullopt likewise.
[[nodiscard]] std::optional<Side> likeliest_side(const SentenceReading& reading, std::size_t measures);

// The sides that the encoder tells apart, and the natural logarithm of each one's probability; nullopt likewise.
inline constexpr std::array kSidesTold{Side::russia, Side::ukraine,  Side::international, Side::ngo,
                                       Side::media,  Side::resident, Side::outlet,        Side::unknown};
using SideChances = std::array<float, kSidesTold.size()>;
[[nodiscard]] std::optional<SideChances> side_chances(const SentenceReading& reading, std::size_t measures);

// How likely the sentence's figure counts each, by Unit; nullopt likewise.
[[nodiscard]] std::optional<std::array<float, 8>> unit_chances(const SentenceReading& reading, std::size_t measures);

// The logit that a claim of the sentence befalls `group`; nullopt likewise, and of a group that the encoder does not know.
[[nodiscard]] std::optional<float> target_logit(const SentenceReading& reading, std::size_t measures, std::string_view group);

}  // namespace litopys
