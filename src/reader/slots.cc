// Kinds are told apart by a softmax over their logits.
#include "reader/slots.h"

#include <algorithm>
#include <cmath>

#include "codebook/vocabulary.h"

namespace litopys {
namespace {

// Where the classes of kSlotLayout begin, behind the measures, "any measure", stances and credences.
constexpr std::size_t kBeforeSides = 4, kBeforeUnits = 12, kBeforeTargets = 20;

std::optional<std::size_t> slots_at(const SentenceReading& reading, std::size_t measures) {
  const std::size_t before = measures + 1 + Names<Stance>::all.size() + Names<Credence>::all.size();
  if (reading.logits.size() != before + kSlotOutputs) return std::nullopt;
  return before;
}

// The logarithms of the probabilities of the N classes that begin at `at`.
template <std::size_t N>
std::array<float, N> log_chances(const SentenceReading& reading, std::size_t at) {
  std::array<float, N> out{};
  std::copy_n(reading.logits.begin() + static_cast<std::ptrdiff_t>(at), N, out.begin());
  const float most = *std::ranges::max_element(out);
  float sum = 0;
  for (const float logit : out) sum += std::exp(logit - most);
  for (float& logit : out) logit -= most + std::log(sum);
  return out;
}

}  // namespace

std::optional<Side> likeliest_side(const SentenceReading& reading, std::size_t measures) {
  constexpr std::size_t kNamed = 6;  // of kSidesTold, those of a voice with a name
  const auto at = slots_at(reading, measures);
  if (!at) return std::nullopt;
  const auto first = reading.logits.begin() + static_cast<std::ptrdiff_t>(*at + kBeforeSides);
  return kSidesTold[static_cast<std::size_t>(std::max_element(first, first + kNamed) - first)];
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
  return log_chances<4>(reading, *at);
}

std::optional<SideChances> side_chances(const SentenceReading& reading, std::size_t measures) {
  const auto at = slots_at(reading, measures);
  if (!at) return std::nullopt;
  return log_chances<kSidesTold.size()>(reading, *at + kBeforeSides);
}

std::optional<std::array<float, 8>> unit_chances(const SentenceReading& reading, std::size_t measures) {
  const auto at = slots_at(reading, measures);
  if (!at) return std::nullopt;
  std::array<float, 8> out = log_chances<8>(reading, *at + kBeforeUnits);
  for (float& chance : out) chance = std::exp(chance);
  return out;
}

}  // namespace litopys
