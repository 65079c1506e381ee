// Forests of any shape, for what must give what walking them gives.
#pragma once

#include <random>
#include <vector>

#include "base/trees.h"

namespace litopys::testing {

// Thirty trees with up to `leaves` leaves each, asking for `numbers` numbers.
inline Forest any_forest(std::mt19937& random, std::size_t numbers, std::size_t leaves) {
  Forest out;
  out.base = -0.25F;
  const auto value = [&] { return static_cast<float>(static_cast<int>(random() % 9)) - 4; };
  for (int t = 0; t < 30; ++t) {
    const auto begin = static_cast<std::uint32_t>(out.nodes.size());
    out.starts.push_back(begin);
    out.nodes.push_back({});
    std::vector<std::size_t> open = {begin};
    for (std::size_t more = random() % leaves; more > 0; --more) {
      const std::size_t pick = random() % open.size();
      TreeNode& node = out.nodes[open[pick]];
      const auto left = static_cast<std::uint16_t>(out.nodes.size() - begin);
      node = {static_cast<std::uint16_t>(random() % numbers), left, static_cast<std::uint16_t>(left + 1), 0, value()};
      open[pick] = out.nodes.size();
      open.push_back(out.nodes.size() + 1);
      out.nodes.resize(out.nodes.size() + 2);
    }
    for (const std::size_t leaf : open) out.nodes[leaf].value = value() / 7;
  }
  return out;
}

}  // namespace litopys::testing
