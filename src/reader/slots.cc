// Kinds are told apart by a softmax over their logits.
#include "reader/slots.h"

#include <algorithm>
#include <cmath>

#include "codebook/vocabulary.h"

namespace litopys {
namespace {

// The classes stand in this order behind the measures, "any measure", stances and credences (tools/careful/slots.py): times 3, origins 3,
// kinds of place 4, same places 2, figure 2, sides 8, targets 13.
constexpr std::size_t kTimesAndOrigins = 6, kBeforeSides = 14, kBeforeTargets = 22;

std::optional<std::size_t> slots_at(const SentenceReading& reading, std::size_t measures) {
  const std::size_t before = measures + 1 + Names<Stance>::all.size() + Names<Credence>::all.size();
  if (reading.logits.size() != before + kSlotOutputs) return std::nullopt;
  return before;
}

}  // namespace

std::optional<Side> likeliest_side(const SentenceReading& reading, std::size_t measures) {
  constexpr std::array kSides{Side::russia, Side::ukraine, Side::international, Side::ngo, Side::media, Side::resident};
  const auto at = slots_at(reading, measures);
  if (!at) return std::nullopt;
  const auto first = reading.logits.begin() + static_cast<std::ptrdiff_t>(*at + kBeforeSides);
  return kSides[static_cast<std::size_t>(std::max_element(first, first + kSides.size()) - first)];
}

std::optional<float> target_logit(const SentenceReading& reading, std::size_t measures, std::string_view group) {
  constexpr std::array<std::string_view, kSlotOutputs - kBeforeTargets> kGroups{
      "residents", "pensioners", "children",  "parents", "workers", "officials", "prisoners",
      "men",       "patients",   "displaced", "owners",  "voters",  "refusers"};
  const auto at = slots_at(reading, measures);
  const auto known = std::ranges::find(kGroups, group);
  if (!at || known == kGroups.end()) return std::nullopt;
  return reading.logits[*at + kBeforeTargets + static_cast<std::size_t>(known - kGroups.begin())];
}

std::optional<std::array<float, 4>> place_kinds(const SentenceReading& reading, std::size_t measures) {
  const auto at = slots_at(reading, measures);
  if (!at) return std::nullopt;
  std::array<float, 4> out{};
  std::copy_n(reading.logits.begin() + static_cast<std::ptrdiff_t>(*at + kTimesAndOrigins), out.size(), out.begin());
  const float most = *std::ranges::max_element(out);
  float sum = 0;
  for (const float logit : out) sum += std::exp(logit - most);
  for (float& logit : out) logit -= most + std::log(sum);
  return out;
}

}  // namespace litopys
