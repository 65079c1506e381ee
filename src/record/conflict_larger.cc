// For what no search of small sets reaches.
#include <algorithm>

#include "record/conflict_rings.h"

namespace litopys {
namespace {

// The claims of any negative ring, found by relaxing until the arrows that moved a bound last close one.
std::vector<FactId> some_ring(const Arrows& arrows, SearchWork& work) {
  const auto n = static_cast<std::uint32_t>(arrows.bounds.size());
  std::vector<Amount> way(n);
  std::vector<std::uint32_t> before(n, n);
  for (std::uint32_t i = 0; i < n; ++i) way[i] = arrow_weight(arrows.bound(i));
  for (std::uint32_t round = 0; round <= n && !work.spent(); ++round) {
    bool moved = false;
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) {
        if (i == j || way[j] + arrow_weight(arrows.bound(i)) >= way[i] || !arrow_follows(arrows.system, arrows.bound(j), arrows.bound(i)))
          continue;
        way[i] = way[j] + arrow_weight(arrows.bound(i));
        before[i] = j;
        moved = true;
      }
    }
    work.done += static_cast<std::int64_t>(n) * n;
    if (!moved) return {};
    std::vector<std::uint32_t> seen(n, n);
    for (std::uint32_t start = 0; start < n; ++start) {
      std::uint32_t at = start;
      while (at != n && seen[at] == n) {
        seen[at] = start;
        at = before[at];
      }
      if (at == n || seen[at] != start) continue;
      std::vector<FactId> facts;
      for (std::uint32_t member = before[at]; facts.push_back(arrows.bound(member).fact), member != at; member = before[member]) {
      }
      std::sort(facts.begin(), facts.end());
      facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
      return facts;
    }
  }
  return {};
}

}  // namespace

// Leaves out claim after claim as long as the rest cannot be true.
std::optional<Conflict> larger_ring(const Arrows& arrows, SearchWork& work) {
  constexpr std::size_t kMost = 60;
  std::vector<FactId> facts = some_ring(arrows, work);
  if (facts.empty() || facts.size() > kMost) {
    work.cut_short = true;
    return std::nullopt;
  }
  for (std::size_t chunk = facts.size() / 2; chunk > 0; chunk /= 2) {
    for (std::size_t at = facts.size(); at > 0;) {
      const std::size_t from = at > chunk ? at - chunk : 0;
      std::vector<FactId> fewer(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(from));
      fewer.insert(fewer.end(), facts.begin() + static_cast<std::ptrdiff_t>(at), facts.end());
      if (lightest_ring(arrows.system, fewer) < Amount()) facts = std::move(fewer);
      at = from;
    }
  }
  const Amount ring = lightest_ring(arrows.system, facts);
  if (ring >= Amount()) return std::nullopt;
  return Conflict{facts, Amount() - ring};
}

}  // namespace litopys
