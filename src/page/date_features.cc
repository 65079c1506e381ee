// Distances in days to what the head says, support by kinds of source, and the place of the best visible line.
#include "page/date_features.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace litopys {
namespace {

constexpr std::string_view kDateFeatureNames[] = {"json published",
                                                  "json created",
                                                  "json modified",
                                                  "meta published",
                                                  "meta date",
                                                  "meta modified",
                                                  "element published",
                                                  "element modified",
                                                  "element",
                                                  "attribute",
                                                  "script",
                                                  "url",
                                                  "visible",
                                                  "title",
                                                  "image",
                                                  "address",
                                                  "script other",
                                                  "json rank",
                                                  "first of its source",
                                                  "month of url",
                                                  "visible in article",
                                                  "visible outside",
                                                  "fewest words",
                                                  "from title",
                                                  "before title",
                                                  "order",
                                                  "named month",
                                                  "named markup",
                                                  "says published",
                                                  "says updated",
                                                  "ambiguous",
                                                  "month first",
                                                  "english",
                                                  "american",
                                                  "begins block",
                                                  "dates in block",
                                                  "regions",
                                                  "tag",
                                                  "until latest",
                                                  "since earliest",
                                                  "from json published",
                                                  "from meta published",
                                                  "from modified",
                                                  "from url",
                                                  "from element",
                                                  "days",
                                                  "support",
                                                  "most support",
                                                  "hour",
                                                  "near column",
                                                  "position",
                                                  "sources",
                                                  "next day supported",
                                                  "day before supported",
                                                  "in heading",
                                                  "order of elements",
                                                  "link share",
                                                  "alone in region"};
constexpr std::size_t kDateFeatures = std::size(kDateFeatureNames);
constexpr float kNever = 1000;

float days_between(const Date& a, const Date& b) { return static_cast<float>((a.first_day() - b.first_day()).count()); }

float clamped_log(float days) { return std::log2(1 + std::min(std::abs(days), 4000.0F)); }

std::uint32_t words_of(std::string_view text) { return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), ' ')) + 1; }

}  // namespace

std::size_t date_features() { return kDateFeatures; }
std::string_view date_feature_name(std::size_t feature) { return kDateFeatureNames[feature]; }

std::vector<DateGroup> group_dates(const std::vector<DateCandidate>& candidates) {
  std::vector<DateGroup> out;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].date.day == 0) continue;
    auto found = std::find_if(out.begin(), out.end(), [&](const DateGroup& g) { return g.date == candidates[i].date; });
    if (found == out.end()) {
      out.push_back({candidates[i].date, {}});
      found = out.end() - 1;
    }
    found->members.push_back(i);
  }
  return out;
}

std::vector<float> rows_of_dates(const html::Page& page, const std::vector<DateCandidate>& candidates, const std::vector<DateGroup>& groups,
                                 const std::vector<bool>& article, std::optional<std::size_t> title) {
  std::vector<float> rows;
  rows.reserve(groups.size() * kDateFeatures);
  if (groups.empty()) return rows;
  // The first candidate of each source; the url's month; the column's ends.
  std::array<const DateCandidate*, kDateSources> first{};
  const DateCandidate* month = nullptr;
  for (const DateCandidate& c : candidates) {
    if (c.date.day == 0) {
      month = &c;
      continue;
    }
    const DateCandidate*& at = first[static_cast<std::size_t>(c.source)];
    if (at == nullptr || c.rank > at->rank) at = &c;
  }
  Date latest = groups[0].date, earliest = groups[0].date;
  std::size_t most = 0;
  for (const DateGroup& group : groups) {
    latest = std::max(latest.first_day(), group.date.first_day()) == group.date.first_day() ? group.date : latest;
    earliest = std::min(earliest.first_day(), group.date.first_day()) == group.date.first_day() ? group.date : earliest;
    most = std::max(most, group.members.size());
  }
  std::size_t column_begin = article.size(), column_end = 0;
  for (std::size_t b = 0; b < article.size(); ++b) {
    if (!article[b]) continue;
    column_begin = std::min(column_begin, b);
    column_end = b;
  }
  const std::size_t anchor = title.value_or(column_begin);
  const bool english = page.language.starts_with("en"), american = page.language.starts_with("en-US") || page.language.starts_with("en_US");
  const auto from = [&](DateSource source, const Date& date) {
    const DateCandidate* at = first[static_cast<std::size_t>(source)];
    return at == nullptr ? kNever : std::clamp(days_between(date, at->date), -40.0F, 40.0F);
  };
  float order = 0, element_order = 0;
  for (const DateGroup& group : groups) {
    std::array<float, kDateSources> count{};
    float rank = 0, first_of = 0, fewest = 99, from_title = 99, before = 0, in_article = 0, outside = 0, named = 0, markup = 0,
          published = 0, updated = 0;
    float ambiguous = 1, month_first = 1, begins = 0, in_block = 99, regions = 20, tag = -1, hour = -1, near_column = 99, position = 1,
          heading = 0, links = 1;
    std::array<bool, kDateSources> kinds{};
    for (const std::size_t i : group.members) {
      const DateCandidate& c = candidates[i];
      const auto source = static_cast<std::size_t>(c.source);
      count[source] = std::min(count[source] + 1, 6.0F);
      kinds[source] = true;
      rank = std::max(rank, static_cast<float>(c.rank));
      if (first[source] == &c) first_of += 1;
      if (!c.ambiguous) ambiguous = 0;
      if (!c.month_first) month_first = 0;
      if (c.hour >= 0) hour = static_cast<float>(c.hour);
      if (c.label > 0) published += 1;
      if (c.label < 0) updated += 1;
      if (c.named) markup += 1;
      if (c.words) named = 1;
      if (c.block == html::kNone || c.block >= page.blocks.size()) continue;
      const html::Block& block = page.blocks[c.block];
      const html::Node& inner = page.nodes[block.inner];
      (article[c.block] ? in_article : outside) += 1;
      const float distance = static_cast<float>(c.block) - static_cast<float>(anchor);
      // The member nearest to the headline speaks for the group.
      if (std::abs(distance) >= std::abs(from_title)) continue;
      from_title = std::clamp(distance, -98.0F, 98.0F);
      before = distance < 0 ? 1 : 0;
      fewest = static_cast<float>(std::min(words_of(block.text.of(page.text)), 90U));
      begins = c.begin < 4 ? 1 : 0;
      in_block = c.in_block;
      regions = (inner.regions & html::kNav) != 0      ? 6.0F
                : (inner.regions & html::kFooter) != 0 ? 5.0F
                : (inner.regions & html::kAside) != 0  ? 4.0F
                : (inner.regions & html::kHeader) != 0 ? 3.0F
                : (inner.regions & html::kForm) != 0   ? 2.0F
                                                       : 0.0F;
      tag = static_cast<float>(page.nodes[block.node].level);
      near_column = c.block < column_begin ? static_cast<float>(column_begin - c.block)
                    : c.block > column_end ? -static_cast<float>(c.block - column_end)
                                           : 0;
      near_column = std::clamp(near_column, -40.0F, 40.0F);
      position = static_cast<float>(c.block) / static_cast<float>(page.blocks.size());
      heading = (inner.regions & html::kHeading) != 0 ? 1 : 0;
      links = static_cast<float>(block.link_bytes) / static_cast<float>(std::max<std::size_t>(block.text.size(), 1));
    }
    const auto supported = [&](int shift) {
      return std::any_of(groups.begin(), groups.end(),
                         [&](const DateGroup& other) { return days_between(other.date, group.date) == static_cast<float>(shift); });
    };
    const float visible = count[static_cast<std::size_t>(DateSource::visible)];
    const float elements = count[static_cast<std::size_t>(DateSource::element)];
    const std::array<float, kDateFeatures - kDateSources> rest = {
        rank,
        first_of,
        month == nullptr                                                               ? 0.0F
        : month->date.year == group.date.year && month->date.month == group.date.month ? 1.0F
                                                                                       : -1.0F,
        in_article,
        outside,
        fewest,
        from_title,
        before,
        order,
        named,
        markup,
        published,
        updated,
        ambiguous,
        month_first,
        english ? 1.0F : 0.0F,
        american ? 1.0F : 0.0F,
        begins,
        in_block,
        regions,
        tag,
        clamped_log(days_between(latest, group.date)),
        clamped_log(days_between(group.date, earliest)),
        from(DateSource::json_published, group.date),
        from(DateSource::meta_published, group.date),
        from(first[static_cast<std::size_t>(DateSource::json_modified)] != nullptr ? DateSource::json_modified : DateSource::meta_modified,
             group.date),
        from(DateSource::url, group.date),
        from(DateSource::element, group.date),
        static_cast<float>(std::min<std::size_t>(groups.size(), 40)),
        static_cast<float>(std::min<std::size_t>(group.members.size(), 12)),
        group.members.size() == most ? 1.0F : 0.0F,
        hour,
        near_column,
        position,
        static_cast<float>(std::count(kinds.begin(), kinds.end(), true)),
        supported(1) ? 1.0F : 0.0F,
        supported(-1) ? 1.0F : 0.0F,
        heading,
        element_order,
        links,
        in_article + outside == 1 ? 1.0F : 0.0F};
    rows.insert(rows.end(), count.begin(), count.end());
    rows.insert(rows.end(), rest.begin(), rest.end());
    if (visible > 0) order += 1;
    if (elements > 0) element_order += 1;
  }
  return rows;
}

}  // namespace litopys
