// Machine-readable dates come before visible ones, because they say what they are; of visible ones those close to the headline count.
#include "page/page_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "base/utf8.h"
#include "page/date_features.h"
#include "page/html_tokenizer.h"
#include "page/lines.h"

namespace litopys {
namespace {

using html::Page;

constexpr std::size_t kMostEvidence = 40;
constexpr std::uint32_t kNearTitle = 8;  // blocks

// Machines write the time of Greenwich; near midnight that is another day than where the outlet is. A page that shows the day before or
// after by its headline is right.
std::optional<std::size_t> local_day(const std::vector<DateCandidate>& candidates, const std::vector<DateGroup>& groups, std::size_t best,
                                     std::optional<std::size_t> title) {
  int hour = -1;
  for (const std::size_t i : groups[best].members) {
    if (candidates[i].hour < 0) return std::nullopt;  // somebody says this very day without a clock of Greenwich
    hour = candidates[i].hour;
  }
  if (!title || (hour > 3 && hour < 20)) return std::nullopt;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if ((groups[g].date.first_day() - groups[best].date.first_day()).count() != (hour >= 20 ? 1 : -1)) continue;
    for (const std::size_t i : groups[g].members) {
      const DateCandidate& c = candidates[i];
      const std::uint32_t at = static_cast<std::uint32_t>(*title);
      if (c.source == DateSource::visible && (c.block > at ? c.block - at : at - c.block) <= kNearTitle) return g;
    }
  }
  return std::nullopt;
}

}  // namespace

PageHead read_page_head(const Page& page, const PageFacts& known, const std::vector<BlockVerdict>& verdicts, const DateFinder& finder,
                        const PageModel* model) {
  PageHead head;
  const JsonFacts& json = known.json;
  head.url = known.url;
  head.title = known.title;
  head.title_block = known.title_block;
  // --- outlet ---
  for (std::string name : {meta_of(page, "og:site_name"), json.publisher, meta_of(page, "application-name"), meta_of(page, "publisher"),
                           meta_of(page, "dc.publisher"), known.title_outlet}) {
    name = collapsed(name);
    if (name.empty() || name.find("://") != std::string::npos) continue;
    head.outlet = std::move(name);
    break;
  }

  // --- date ---
  std::vector<DateCandidate> candidates = finder.find(page, known);
  const std::vector<DateGroup> groups = group_dates(candidates);
  std::vector<bool> article(page.blocks.size());
  for (std::size_t b = 0; b < article.size(); ++b) article[b] = verdicts[b].kind != LineKind::junk;
  std::vector<std::pair<float, std::size_t>> order;
  if (model != nullptr) {
    const std::vector<float> rows = rows_of_dates(page, candidates, groups, article, known.title_block);
    for (std::size_t g = 0; g < groups.size(); ++g)
      order.emplace_back(log_odds(model->date, std::span<const float>(rows).subspan(g * date_features(), date_features())), g);
  } else {
    for (std::size_t g = 0; g < groups.size(); ++g) order.emplace_back(-static_cast<float>(g), g);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (order.size() > 1) {
    if (const auto local = local_day(candidates, groups, order.front().second, known.title_block)) {
      const auto at = std::find_if(order.begin(), order.end(), [&](const auto& o) { return o.second == *local; });
      at->first = order.front().first;
      std::rotate(order.begin(), at, at + 1);
    }
  }
  const float least = model != nullptr ? model->date_threshold : -1e9F;
  if (!order.empty() && order.front().first >= least) {
    head.published = groups[order.front().second].date;
  } else {
    // No day that can be trusted; an address may still name the month.
    for (const DateCandidate& c : candidates) {
      if (c.source == DateSource::url && c.date.day == 0 && !head.published) head.published = c.date;
    }
  }
  for (const auto& [score, g] : order) {
    for (const std::size_t i : groups[g].members) {
      if (head.evidence.size() < kMostEvidence) head.evidence.push_back(std::move(candidates[i].evidence));
    }
  }
  for (DateCandidate& c : candidates) {
    if (c.date.day == 0 && head.evidence.size() < kMostEvidence) head.evidence.push_back(std::move(c.evidence));
  }
  return head;
}

}  // namespace litopys
