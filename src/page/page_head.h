// Title, outlet, address and date of publication of a page: what its head, its markup and its visible lines say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "page/article.h"
#include "page/blocks.h"
#include "page/document.h"
#include "page/page_facts.h"

namespace litopys {

struct PageHead {
  std::optional<std::size_t> title_block;
  std::optional<std::string> title, outlet, url;
  std::optional<Date> published;
  std::vector<DateEvidence> evidence;  // best first
};

// `verdicts` are ArticleFinder's. Dates of parts that are teasers, comments or menus do not count. Strongest first: JSON-LD, meta
// elements, <time> and itemprop, the address, lines of the head, lines of the foot. O(page).
[[nodiscard]] PageHead read_page_head(const html::Page& page, const PageFacts& known, const std::vector<BlockVerdict>& verdicts,
                                      Language language);

// A date in an address: "/2024/03/21/", "/2024-03-21-title", "/20240321". A month alone counts too: "/2024/03/".
[[nodiscard]] std::optional<Date> date_in_url(std::string_view url);

}  // namespace litopys
