// Where a page's running text is, by rules alone: the column of paragraphs, the parts that name themselves furniture, and a first verdict.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "page/block_facts.h"
#include "page/blocks.h"
#include "page/markup.h"

namespace litopys {

// What lies under one element.
struct NodeSums {
  std::uint32_t words = 0, good_words = 0, clean_words = 0;  // clean: running text outside named furniture
  std::uint32_t text_bytes = 0, link_bytes = 0;
  std::uint32_t blocks = 0, good_blocks = 0;
};

// Why the rules leave a block out. The model's forest asks for the furniture by number, in this order.
enum class LeftOut : unsigned char {
  no,
  header,
  meta,
  photo,
  hidden,
  form,
  share,
  subscribe,
  donate,
  advert,
  cookie,
  teaser,
  comments,
  side,
  footer,
  menu,
  outside,  // of the column; until here furniture
  links,
  lone_heading
};
[[nodiscard]] std::string_view name(LeftOut reason);  // as people read it, "" of `no`

struct Column {
  std::vector<NodeSums> sums;                // a node each
  std::vector<std::uint8_t> inside;          // a node each: 1 within the column
  std::vector<LeftOut> furniture;            // a block each: that it lies in, or `no`
  std::vector<LeftOut> junk;                 // a block each: why the rules leave it out, or `no`
  std::uint32_t place = 0;                   // the column's element
  std::size_t lead_begin = 0, lead_end = 0;  // blocks between headline and column
};

// O(page).
[[nodiscard]] Column find_column(const html::Page& page, const std::vector<BlockFacts>& facts, const std::vector<NodeNames>& names);

}  // namespace litopys
