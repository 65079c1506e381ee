// What a page's head says in so many words: JSON-LD, meta elements, title; and which block is the headline.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "page/blocks.h"

namespace litopys {

struct JsonFacts {
  std::string published, modified, publisher, headline, body;  // as written; empty where nothing says so
  int rank = 0;                                                // of the object that `published` came from: an article beats a page
};

struct PageFacts {
  JsonFacts json;
  std::optional<std::size_t> title_block;
  std::optional<std::string> title, url;
  std::string title_outlet;  // the name at the end of the title element
};

// O(page).
[[nodiscard]] PageFacts read_page_facts(const html::Page& page);

// The first meta element of this name (lower case) that says something, without white space at its ends.
[[nodiscard]] std::string meta_of(const html::Page& page, std::string_view name);

// White space at the ends off, runs of it one blank.
[[nodiscard]] std::string collapsed(std::string_view text);

}  // namespace litopys
