// Title, outlet, address and date of publication of a page: what its head, its markup and its visible lines say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "page/article.h"
#include "page/blocks.h"
#include "page/date_candidates.h"
#include "page/document.h"
#include "page/page_facts.h"
#include "page/page_model.h"

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
                                      const DateFinder& finder, const PageModel* model);

}  // namespace litopys
