#include "record/arrows.h"

#include <algorithm>

namespace litopys {

Arrows sorted_arrows(const System& system, std::vector<const CurveBound*> bounds) {
  Arrows out{system, std::move(bounds), {}};
  std::sort(out.bounds.begin(), out.bounds.end());
  for (std::uint32_t i = 0; i < out.bounds.size(); ++i) out.by_curve[out.bound(i).curve].push_back(i);
  return out;
}

Amount lightest_ring(const System& system, const std::vector<FactId>& facts) {
  std::vector<const CurveBound*> bounds;
  for (FactId f : facts) {
    const std::uint32_t curve = system.curve_of[f];
    if (curve == System::kNoCurve) continue;
    const auto at =
        std::lower_bound(system.bounds.begin(), system.bounds.end(), f, [](const CurveBound& b, FactId id) { return b.fact < id; });
    for (auto b = at; b != system.bounds.end() && b->fact == f; ++b) {
      if (!arrow_idle(*b)) bounds.push_back(&*b);
    }
  }
  const std::size_t n = bounds.size();
  std::vector<Amount> way(n * n, kOpen);  // from i to j, weights of both
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j && arrow_follows(system, *bounds[i], *bounds[j])) way[i * n + j] = arrow_weight(*bounds[j]);
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      if (way[i * n + k] >= kOpen) continue;
      for (std::size_t j = 0; j < n; ++j) {
        if (way[k * n + j] < kOpen) way[i * n + j] = std::min(way[i * n + j], way[i * n + k] + way[k * n + j]);
      }
      if (way[i * n + i] < Amount()) return way[i * n + i];  // going round it again would only grow
    }
  }
  Amount out = kOpen;
  for (std::size_t i = 0; i < n; ++i) out = std::min(out, way[i * n + i]);
  return out;
}

}  // namespace litopys
