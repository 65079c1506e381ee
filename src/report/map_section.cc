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

// The map is drawn twice, for a page and for a phone: scaled down, its words could not be read.
struct MapFrame {
  std::string_view shown;  // class of what shows it
  double width, height;
  double largest;  // radius of the largest circle
  double least;    // km across at least: a map of one town shows its region
};
constexpr MapFrame kPageMap{"wide", 980, 640, 34, 560}, kPhoneMap{"narrow", 350, 330, 20, 420};
constexpr double kTolerance = 1.6;  // km
constexpr double kMargin = 60;      // km around what is counted

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

// Kilometres to a frame's units.
struct MapWindow {
  double scale;
  Point origin;
  MapWindow(const MapFrame& frame, Point low, Point high) {
    const double across =
        std::max({frame.least, high.x - low.x + 2 * kMargin, (high.y - low.y + 2 * kMargin) * frame.width / frame.height});
    scale = frame.width / across;
    origin = {(low.x + high.x - across) / 2, (low.y + high.y - across * frame.height / frame.width) / 2};
  }
  [[nodiscard]] Point place(Point km) const { return {(km.x - origin.x) * scale, (km.y - origin.y) * scale}; }
};

struct MapCircle {
  std::string name, label;  // escaped
  Point at;                 // km
  int count;
  bool area;
};

// Circles and names, the most counted first: they get the room. The land was drawn for the window `land`.
std::string map_svg(const MapFrame& frame, const MapWindow& window, const MapWindow& land, const std::vector<MapCircle>& circles,
                    Language language) {
  const Point corner = window.place(land.origin);
  std::string svg = fmt::format(
      "<svg class='map {0}' viewBox='0 0 {1} {2}' role='img' aria-label='{3}'><clipPath id='frame-{0}'><rect width='{1}' height='{2}'/>"
      "</clipPath><g clip-path='url(#frame-{0})'><rect width='{1}' height='{2}' class='sea'/>"
      "<use href='#land' transform='translate({4:.2f} {5:.2f}) scale({6:.5f})'/>",
      frame.shown, frame.width, frame.height, escaped(word("map.title", language)), corner.x, corner.y, window.scale / land.scale);
  const double unit = circles.empty() ? 1 : frame.largest / std::sqrt(static_cast<double>(circles.front().count));
  LabelPlacer placer(frame.width, frame.height);
  const auto radius = [&](const MapCircle& c) { return std::max(3.0, unit * std::sqrt(static_cast<double>(c.count))); };
  for (const MapCircle& c : circles) {
    const Point at = window.place(c.at);
    const double r = radius(c);
    svg += fmt::format("<circle class='{}' cx='{:.1f}' cy='{:.1f}' r='{:.1f}'><title>{}: {}</title></circle>", c.area ? "area" : "town",
                       at.x, at.y, r, c.name, c.count);
    if (!c.area) placer.occupy(at.x - r, at.y - r, at.x + r, at.y + r);
  }
  for (const MapCircle& c : circles) {
    const Point at = window.place(c.at);
    LabelSpot spot{at.x, at.y + 4, "middle"};
    // A wide circle's name stands within it, or beside it where a town's stands there.
    const double letter = c.area ? LabelPlacer::kBoldLetter : LabelPlacer::kLetter;
    if (!(c.area && placer.place(at.x, at.y, 0, c.label, spot, letter)) && !placer.place(at.x, at.y, radius(c), c.label, spot, letter))
      continue;
    svg += fmt::format("<text class='{}' x='{:.1f}' y='{:.1f}' text-anchor='{}'>{}</text>", c.area ? "areaname" : "townname", spot.x,
                       spot.y, spot.anchor, c.label);
  }
  return svg + "</g></svg>";
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

  // The window: what is counted in Ukraine, with a margin, in the picture's proportions.
  Point low{1e9, 1e9}, high{-1e9, -1e9};
  for (const auto& [code, count] : counts) {
    const auto place = places(code);
    if (!place || !code.starts_with("UA") || code == "UA" || (place->degrees.x == 0 && place->degrees.y == 0)) continue;
    const Point at = project(place->degrees);
    low = {std::min(low.x, at.x), std::min(low.y, at.y)};
    high = {std::max(high.x, at.x), std::max(high.y, at.y)};
  }
  if (low.x > high.x) low = high = project({35.5, 47.5});

  // The land is drawn once, in the units of the page's map; the phone's shows it smaller.
  const MapWindow page(kPageMap, low, high), phone(kPhoneMap, low, high);
  std::string land;
  for (const Shape& s : *neighbours) land += fmt::format("<path class='abroad' d='{}'/>", path_of(s, page.scale, page.origin));
  for (const Shape& s : *regions) land += fmt::format("<path class='home' d='{}'/>", path_of(s, page.scale, page.origin));
  for (const Shape& s : *districts) land += fmt::format("<path class='district' d='{}'/>", path_of(s, page.scale, page.origin));
  for (const Shape& s : *regions) {
    const bool counted = counts.contains(s.iso);
    land += fmt::format("<path class='region{}' d='{}'/>", counted ? " counted" : "", path_of(s, page.scale, page.origin));
  }
  for (const Shape& s : *waters)
    land += fmt::format("<path class='{}' d='{}'/>", s.closed ? "lake" : "river", path_of(s, page.scale, page.origin));

  // Largest first, so that small circles stay on top.
  std::vector<std::pair<std::string, Count>> order(counts.begin(), counts.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second.all > b.second.all; });
  std::string rows, missing;
  std::vector<MapCircle> circles;
  for (const auto& [code, count] : order) {
    const auto place = places(code);
    const std::string name = escaped(!place ? code : language == Language::uk && !place->name_uk.empty() ? place->name_uk : place->name_en);
    rows += fmt::format("<tr><td><b>{}</b></td><td class='code'>{}</td><td class='n' data-name='{}'>{}</td><td>{}</td></tr>", name,
                        escaped(code), word("claims", language), count.all, leading(count, book, language));
    const bool known = place && (place->degrees.x != 0 || place->degrees.y != 0);
    const Point at = known ? page.place(project(place->degrees)) : Point{-1, -1};
    if (at.x < 0 || at.y < 0 || at.x > kPageMap.width || at.y > kPageMap.height) {
      missing += fmt::format("{}{} ({})", missing.empty() ? "" : ", ", name, count.all);
      continue;
    }
    circles.push_back(
        {name, code == "UA-TOT" ? std::string(word("map.tot", language)) : name, project(place->degrees), count.all, place->area});
  }
  const std::string svg =
      fmt::format("<svg width='0' height='0' style='position:absolute' aria-hidden='true'><defs><g id='land'>{}</g></defs></svg>", land) +
      map_svg(kPageMap, page, page, circles, language) + map_svg(kPhoneMap, phone, page, circles, language);

  std::string out = fmt::format("<section id='map'><h2>{}</h2><p class='lead'>{}</p><figure>{}<figcaption>{}</figcaption></figure>",
                                word("map.title", language), word("map.lead", language), svg, word("map.caption", language));
  if (!missing.empty()) out += fmt::format("<p class='small'>{}: {}.</p>", word("nopoint", language), missing);
  out += fmt::format(
      "<table class='stand'><thead><tr><th>{}</th><th></th><th "
      "class='n'>{}</th><th>{}</th></tr></thead><tbody>{}</tbody></table></section>",
      word("place", language), word("claims", language), word("most", language), rows);
  return out;
}

}  // namespace litopys
