// What a page's head says in so many words: JSON-LD, meta elements, title; and which block is the headline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/blocks.h"

namespace litopys {

enum class JsonDate : unsigned char { published, created, modified };

struct JsonFacts {
  struct Stamp {
    JsonDate kind = JsonDate::published;
    int rank = 0;  // of the object that it came from: an article (3) beats a page (2) and others (1)
    std::string value;
  };
  std::vector<Stamp> dates;
  std::string publisher, headline, body;  // as written; empty where nothing says so
  std::vector<std::string> authors;       // of an article, at most 8
  std::string image, url;                 // addresses of an article's picture and of itself
};

struct PageFacts {
  JsonFacts json;
  std::optional<std::size_t> title_block;
  std::optional<std::string> title, url;
  std::string title_outlet;  // the name at the end of the title element
  std::string address;       // where the page was fetched from, if somebody knows; not of the page itself
};

// O(page).
[[nodiscard]] PageFacts read_page_facts(const html::Page& page);

// The first meta element of this name (lower case) that says something, without white space at its ends.
[[nodiscard]] std::string meta_of(const html::Page& page, std::string_view name);

// White space at the ends off, runs of it one blank.
[[nodiscard]] std::string collapsed(std::string_view text);

}  // namespace litopys
