// Circles of equal area for equal counts over Ukraine's regions; the occupied territories as pseudo-areas get a circle at their label
// point. Shapes are thinned to what a printed column can show (about a kilometre).
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/figures.h"
#include "report/html.h"
#include "report/labels.h"
#include "report/sections.h"
#include "report/words.h"

namespace litopys {
namespace {

constexpr double kWidth = 980, kHeight = 640;
constexpr double kTolerance = 1.6;  // km
constexpr double kMargin = 60;      // km around what is counted
constexpr double kLeast = 560;      // km across at least: a map of one town shows its region

struct Count {
  int all = 0;
  std::map<std::string, int> by_measure;
};

std::string leading(const Count& count, const Codebook& book, Language language) {
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [measure, n] : count.by_measure) order.emplace_back(-n, measure);
  std::sort(order.begin(), order.end());
  std::string out;
  for (std::size_t i = 0; i < order.size() && i < 3; ++i) {
    if (i > 0) out += ", ";
    out += fmt::format("{} ({})", escaped(measure_label(book, order[i].second, language)), -order[i].first);
  }
  return out;
}

}  // namespace

Result<std::string> map_section(const std::vector<ReportDocument>& documents, const Codebook& book, const PlaceLookup& places,
                                const ReportOptions& options) {
  const Language language = options.language;
  std::map<std::string, Count> counts;
  for (const ReportDocument& d : documents) {
    for (const Claim& claim : d.document.claims) {
      for (const std::string& place : claim.places) {
        ++counts[place].all;
        ++counts[place].by_measure[claim.measure];
      }
    }
  }
  if (counts.empty() || options.shapes.empty()) return std::string{};

  const auto open_folder = [&](const char* name) {
    const auto apart = options.shapes / "osm" / name;
    return std::filesystem::exists(apart) ? apart : options.shapes / name;
  };
  auto regions = load_topojson(open_folder("ukraine_admin.topojson"), "adm1", kTolerance);
  if (!regions) return tl::unexpected(regions.error());
  auto districts = load_topojson(open_folder("ukraine_admin.topojson"), "adm2", kTolerance);
  if (!districts) return tl::unexpected(districts.error());
  auto neighbours = load_topojson(open_folder("neighbours.topojson"), "countries", kTolerance * 2);
  if (!neighbours) return tl::unexpected(neighbours.error());
  auto waters = load_geojson(open_folder("water.geojson"), kTolerance);
  if (!waters) return tl::unexpected(waters.error());

  // The window: what is counted in Ukraine, with a margin, in the page's proportions.
  Point low{1e9, 1e9}, high{-1e9, -1e9};
  for (const auto& [code, count] : counts) {
    const auto place = places(code);
    if (!place || !code.starts_with("UA") || code == "UA" || (place->degrees.x == 0 && place->degrees.y == 0)) continue;
    const Point at = project(place->degrees);
    low = {std::min(low.x, at.x), std::min(low.y, at.y)};
    high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  if (low.x > high.x) low = high = project({35.5, 47.5});
  const double across = std::max({kLeast, high.x - low.x + 2 * kMargin, (high.y - low.y + 2 * kMargin) * kWidth / kHeight});
  const double scale = kWidth / across;
  const Point origin{(low.x + high.x - across) / 2, (low.y + high.y - across * kHeight / kWidth) / 2};

  std::string svg = fmt::format(
      "<svg class='map' viewBox='0 0 {0} {1}' role='img' aria-label='{2}'><clipPath id='frame'><rect width='{0}' height='{1}'/></clipPath>"
      "<g clip-path='url(#frame)'><rect width='{0}' height='{1}' class='sea'/>",
      kWidth, kHeight, escaped(word("map.title", language)));
  for (const Shape& s : *neighbours) svg += fmt::format("<path class='abroad' d='{}'/>", path_of(s, scale, origin));
  for (const Shape& s : *regions) svg += fmt::format("<path class='home' d='{}'/>", path_of(s, scale, origin));
  for (const Shape& s : *districts) svg += fmt::format("<path class='district' d='{}'/>", path_of(s, scale, origin));
  for (const Shape& s : *regions) {
    const bool counted = counts.contains(s.iso);
    svg += fmt::format("<path class='region{}' d='{}'/>", counted ? " counted" : "", path_of(s, scale, origin));
  }
  for (const Shape& s : *waters) svg += fmt::format("<path class='{}' d='{}'/>", s.closed ? "lake" : "river", path_of(s, scale, origin));

  // Largest first, so that small circles stay on top.
  std::vector<std::pair<std::string, Count>> order(counts.begin(), counts.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second.all > b.second.all; });
  const double unit = 34 / std::sqrt(static_cast<double>(order.front().second.all));
  std::string circles, names, rows, missing;
  LabelPlacer placer(kWidth, kHeight);
  struct Circle {
    std::string name;
    double x, y, r;
    bool area;
  };
  std::vector<Circle> drawn;
  for (const auto& [code, count] : order) {
    const auto place = places(code);
    const std::string name = escaped(!place ? code : language == Language::uk && !place->name_uk.empty() ? place->name_uk : place->name_en);
    rows += fmt::format("<tr><td>{}</td><td class='code'>{}</td><td class='n'>{}</td><td>{}</td></tr>", name, escaped(code), count.all,
                        leading(count, book, language));
    if (!place || (place->degrees.x == 0 && place->degrees.y == 0)) {
      missing += fmt::format("{}{} ({})", missing.empty() ? "" : ", ", name, count.all);
      continue;
    }
    const Point at = project(place->degrees);
    const double x = (at.x - origin.x) * scale, y = (at.y - origin.y) * scale;
    if (x < 0 || y < 0 || x > kWidth || y > kHeight) {
      missing += fmt::format("{}{} ({})", missing.empty() ? "" : ", ", name, count.all);
      continue;
    }
    const double r = std::max(3.0, unit * std::sqrt(static_cast<double>(count.all)));
    circles += fmt::format("<circle class='{}' cx='{:.1f}' cy='{:.1f}' r='{:.1f}'><title>{}: {}</title></circle>",
                           place->area ? "area" : "town", x, y, r, name, count.all);
    drawn.push_back({code == "UA-TOT" ? std::string(word("map.tot", language)) : name, x, y, r, place->area});
    if (!place->area) placer.occupy(x - r, y - r, x + r, y + r);
  }
  for (const Circle& c : drawn) {  // the most counted first: they get the room
    LabelSpot spot{c.x, c.y + 4, "middle"};
    if (placer.place(c.x, c.y, c.area ? 0 : c.r, c.name, spot)) {
      names += fmt::format("<text class='{}' x='{:.1f}' y='{:.1f}' text-anchor='{}'>{}</text>", c.area ? "areaname" : "townname", spot.x,
                           spot.y, spot.anchor, c.name);
    }
  }
  svg += circles + names + "</g></svg>";

  std::string out = fmt::format("<section id='map'><h2>{}</h2><p class='lead'>{}</p><figure>{}<figcaption>{}</figcaption></figure>",
                                word("map.title", language), word("map.lead", language), svg, word("map.caption", language));
  if (!missing.empty()) out += fmt::format("<p class='small'>{}: {}.</p>", word("nopoint", language), missing);
  out +=
      fmt::format("<table><thead><tr><th>{}</th><th></th><th class='n'>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table></section>",
                  word("place", language), word("claims", language), word("most", language), rows);
  return out;
}

}  // namespace litopys
