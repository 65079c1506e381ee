// Map shapes: TopoJSON and GeoJSON files of gazetteer/ projected and thinned for the page.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace litopys {

struct Point {
  double x = 0;  // longitude in degrees; after projection, kilometres to the east
  double y = 0;  // latitude in degrees; after projection, kilometres to the south
};

// One shape: outer rings, holes and lines alike (an SVG path with the even-odd rule draws them right).
struct Shape {
  std::string id;    // the geometry's id
  std::string iso;   // property "iso", where there is one
  std::string kind;  // property "kind", where there is one
  bool closed = true;
  std::vector<std::vector<Point>> rings;
};

// The shapes of one object of a TopoJSON file (TopoJSON 1.0, section 2.1.4), projected and thinned to `tolerance` kilometres. Arcs are
// thinned before they are joined, so that neighbours keep one border. Errors: kConfig with the file and what is wrong in it.
[[nodiscard]] Result<std::vector<Shape>> load_topojson(const std::filesystem::path& file, std::string_view object, double tolerance);

// The features of a GeoJSON file (RFC 7946), polygons, multipolygons and lines, projected and thinned.
[[nodiscard]] Result<std::vector<Shape>> load_geojson(const std::filesystem::path& file, double tolerance);

// Conic equidistant with standard parallels 46° and 51° N and central meridian 31.5° E: distances along meridians are true, Ukraine is not
// stretched. Gives kilometres east and south of (31.5° E, 48.5° N).
[[nodiscard]] Point project(Point degrees);

// The SVG path of a shape, (point - origin) * scale; islets of fewer than four points are left out.
[[nodiscard]] std::string path_of(const Shape& shape, double scale, Point origin);

}  // namespace litopys
