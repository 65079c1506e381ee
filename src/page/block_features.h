// A block as numbers, for the forest that tells article from furniture.
#pragma once

#include <cstdint>
#include <optional>
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

struct BlockScene {
  const html::Page& page;
  const std::vector<BlockFacts>& facts;
  const std::vector<NodeNames>& names;
  const Column& column;
  const std::vector<PhraseFacts>& phrases;
  std::optional<std::size_t> title_block;
};

[[nodiscard]] std::size_t block_feature_count();
[[nodiscard]] std::string_view block_feature_name(std::size_t feature);

// Rows of block_feature_count() numbers, a block each: of `asked`, ascending, where it is given, else of all. Of other blocks than those
// and headings the phrases are not looked at. O(page).
[[nodiscard]] std::vector<float> block_features(const BlockScene& scene, const std::vector<std::uint32_t>* asked = nullptr);

}  // namespace litopys
