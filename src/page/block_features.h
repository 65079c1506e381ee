// A block as numbers, for the forest that tells article from furniture.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "page/block_facts.h"
#include "page/blocks.h"
#include "page/column.h"
#include "page/markup.h"

namespace litopys {

// What furniture phrases (page/lines.h) say of a block.
struct PhraseFacts {
  std::uint8_t weight = 0;
  Part kind = Part::none;
};

struct Scene {
  const html::Page& page;
  const std::vector<BlockFacts>& facts;
  const std::vector<NodeNames>& names;
  const Column& column;
  const std::vector<PhraseFacts>& phrases;
  std::optional<std::size_t> title_block;
};

// Features of the first look, and of the second, which has the first look's probabilities of the block and its neighbours besides.
[[nodiscard]] std::size_t first_features();
[[nodiscard]] std::size_t all_features();
[[nodiscard]] std::string_view feature_name(std::size_t feature);

// Rows of all_features() numbers, a block each; those of the second look are 0. O(page).
[[nodiscard]] std::vector<float> block_features(const Scene& scene);

// Fills in the second look's numbers from the first's probabilities, a block each.
void add_second_look(const html::Page& page, std::span<const float> first, std::vector<float>& rows);

}  // namespace litopys
