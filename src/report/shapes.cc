// TopoJSON keeps borders once, as arcs that neighbouring shapes share; decoding is summing deltas, projecting, thinning, and joining arcs.
// Thinning is Douglas-Peucker with an explicit stack: a border of any length needs no recursion. Fits our own files of some ten thousand
// points; on a spiral it would be quadratic, so it is not for strangers' shapes.
#include "report/shapes.h"

#include <simdjson.h>

#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace litopys {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

tl::unexpected<Error> bad(const std::filesystem::path& file, std::string problem) {
  return fail(ErrorKind::kConfig, file.string(), {}, std::move(problem), "put back the file that came with litopys");
}

double number(element e) {
  double out = 0;
  return e.get(out) == simdjson::SUCCESS ? out : 0.0;
}

std::string property(element geometry, const char* key) {
  std::string_view out;
  if (geometry["properties"][key].get(out) == simdjson::SUCCESS) return std::string(out);
  return {};
}

double squared_distance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double length = dx * dx + dy * dy;
  double t = length == 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / length;
  t = t < 0 ? 0 : (t > 1 ? 1 : t);
  const double ex = p.x - a.x - t * dx, ey = p.y - a.y - t * dy;
  return ex * ex + ey * ey;
}

std::vector<Point> thinned(const std::vector<Point>& line, double tolerance) {
  if (line.size() < 3) return line;
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> work;
  // A closed ring has equal ends: split it at its farthest point first, or everything lies near one point.
  work.emplace_back(0, line.size() - 1);
  while (!work.empty()) {
    const auto [from, to] = work.back();
    work.pop_back();
    double worst = 0;
    std::size_t at = from;
    for (std::size_t i = from + 1; i < to; ++i) {
      const double d = squared_distance(line[i], line[from], line[to]);
      if (d > worst) {
        worst = d;
        at = i;
      }
    }
    if (worst <= tolerance * tolerance) continue;
    keep[at] = true;
    work.emplace_back(from, at);
    work.emplace_back(at, to);
  }
  std::vector<Point> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i]) out.push_back(line[i]);
  }
  return out;
}

using Arcs = std::vector<std::vector<Point>>;

std::optional<Arcs> decode_arcs(element root, double tolerance) {
  double scale_x = 1, scale_y = 1, shift_x = 0, shift_y = 0;
  if (element transform; root["transform"].get(transform) == simdjson::SUCCESS) {
    scale_x = number(transform["scale"].at(0).value_unsafe());
    scale_y = number(transform["scale"].at(1).value_unsafe());
    shift_x = number(transform["translate"].at(0).value_unsafe());
    shift_y = number(transform["translate"].at(1).value_unsafe());
  }
  array list;
  if (root["arcs"].get(list) != simdjson::SUCCESS) return std::nullopt;
  Arcs arcs;
  for (element arc : list) {
    array positions;
    if (arc.get(positions) != simdjson::SUCCESS) return std::nullopt;
    double x = 0, y = 0;
    std::vector<Point> out;
    for (element position : positions) {
      array pair;
      if (position.get(pair) != simdjson::SUCCESS || pair.size() < 2) return std::nullopt;
      x += number(pair.at(0).value_unsafe());
      y += number(pair.at(1).value_unsafe());
      out.push_back(project({x * scale_x + shift_x, y * scale_y + shift_y}));
    }
    arcs.push_back(thinned(out, tolerance));
  }
  return arcs;
}

// A ring of arc indexes; ~i is arc i backwards.
bool add_ring(array indexes, const Arcs& arcs, Shape& shape) {
  std::vector<Point> ring;
  for (element index : indexes) {
    std::int64_t i = 0;
    if (index.get(i) != simdjson::SUCCESS) return false;
    const bool backwards = i < 0;
    const auto at = static_cast<std::size_t>(backwards ? ~i : i);
    if (at >= arcs.size()) return false;
    const std::vector<Point>& arc = arcs[at];
    const std::size_t skip = ring.empty() ? 0 : 1;  // the joint stands in both arcs
    for (std::size_t k = skip; k < arc.size(); ++k) ring.push_back(backwards ? arc[arc.size() - 1 - k] : arc[k]);
  }
  shape.rings.push_back(std::move(ring));
  return true;
}

bool add_positions(array positions, double tolerance, Shape& shape) {
  std::vector<Point> ring;
  for (element position : positions) {
    array pair;
    if (position.get(pair) != simdjson::SUCCESS || pair.size() < 2) return false;
    ring.push_back(project({number(pair.at(0).value_unsafe()), number(pair.at(1).value_unsafe())}));
  }
  shape.rings.push_back(thinned(ring, tolerance));
  return true;
}

// Walks `depth` levels of nested arrays down to rings.
template <class Leaf>
bool each_ring(element nested, int depth, const Leaf& leaf) {
  array list;
  if (nested.get(list) != simdjson::SUCCESS) return false;
  if (depth == 0) return leaf(list);
  for (element inner : list) {
    if (!each_ring(inner, depth - 1, leaf)) return false;
  }
  return true;
}

int depth_of(std::string_view type) {
  if (type == "LineString") return 0;
  if (type == "Polygon" || type == "MultiLineString") return 1;
  if (type == "MultiPolygon") return 2;
  return -1;
}

}  // namespace

Result<std::vector<Shape>> load_topojson(const std::filesystem::path& file, std::string_view object, double tolerance) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.load(file.string()).get(root)) return bad(file, simdjson::error_message(error));
  const auto arcs = decode_arcs(root, tolerance);
  if (!arcs) return bad(file, "its arcs are not lists of positions");
  array geometries;
  if (root["objects"][object]["geometries"].get(geometries) != simdjson::SUCCESS)
    return bad(file, fmt::format("has no object '{}'", object));
  std::vector<Shape> shapes;
  for (element geometry : geometries) {
    Shape shape;
    std::string_view id, type;
    if (geometry["id"].get(id) == simdjson::SUCCESS) shape.id = id;
    if (geometry["type"].get(type) != simdjson::SUCCESS) continue;
    shape.iso = property(geometry, "iso");
    shape.kind = property(geometry, "kind");
    element nested;
    const int depth = depth_of(type);
    if (depth < 0 || geometry["arcs"].get(nested) != simdjson::SUCCESS) continue;
    const bool read = each_ring(nested, depth, [&](array ring) { return add_ring(ring, *arcs, shape); });
    if (!read) return bad(file, fmt::format("shape '{}' names an arc that is not there", shape.id));
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

Result<std::vector<Shape>> load_geojson(const std::filesystem::path& file, double tolerance) {
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.load(file.string()).get(root)) return bad(file, simdjson::error_message(error));
  array features;
  if (root["features"].get(features) != simdjson::SUCCESS) return bad(file, "has no features");
  std::vector<Shape> shapes;
  for (element feature : features) {
    Shape shape;
    std::string_view type;
    shape.kind = property(feature, "kind");
    element nested;
    if (feature["geometry"]["type"].get(type) != simdjson::SUCCESS) continue;
    const int depth = depth_of(type);
    if (depth < 0 || feature["geometry"]["coordinates"].get(nested) != simdjson::SUCCESS) continue;
    shape.closed = type.ends_with("Polygon");
    const bool read = each_ring(nested, depth, [&](array ring) { return add_positions(ring, tolerance, shape); });
    if (!read) return bad(file, "a feature's coordinates are not pairs of numbers");
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

Point project(Point degrees) {
  constexpr double kEarth = 6371.0;  // km
  constexpr double kRadians = std::numbers::pi / 180;
  constexpr double kLongitude = 31.5 * kRadians, kLatitude = 48.5 * kRadians, kFirst = 46 * kRadians, kSecond = 51 * kRadians;
  const double n = (std::cos(kFirst) - std::cos(kSecond)) / (kSecond - kFirst);
  const double g = std::cos(kFirst) / n + kFirst;
  const double rho = g - degrees.y * kRadians, rho_origin = g - kLatitude;
  const double theta = n * (degrees.x * kRadians - kLongitude);
  return {kEarth * rho * std::sin(theta), -kEarth * (rho_origin - rho * std::cos(theta))};
}

std::string path_of(const Shape& shape, double scale, Point origin) {
  std::string out;
  for (const auto& ring : shape.rings) {
    if (shape.closed && ring.size() < 4) continue;  // an islet below the tolerance
    for (std::size_t i = 0; i < ring.size(); ++i) {
      out += fmt::format("{}{:.1f} {:.1f}", i == 0 ? "M" : "L", (ring[i].x - origin.x) * scale, (ring[i].y - origin.y) * scale);
    }
    if (shape.closed) out += 'Z';
  }
  return out;
}

}  // namespace litopys
