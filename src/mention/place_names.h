// The names by which places are looked for: those of the gazetteer in all case forms of three languages, their adjectives, the lands and
// districts named after towns. Which of the finds are places is for mention/place.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "mention/names.h"

namespace litopys {

// Whether a region has occupied parts: all its villages are looked for, elsewhere only towns.
[[nodiscard]] bool in_regions(std::string_view region);

// Made once; tens of milliseconds, since the names are inflected here. Immutable afterwards.
struct PlaceNames {
  NameIndex index;                               // value = index of the place * 2 + (1 for its adjective)
  std::unordered_set<std::string> given_names;   // first names of the gazetteer's persons, folded
  std::vector<std::uint32_t> seat;               // of a hromada its largest settlement; otherwise the place itself
  std::unordered_set<std::uint32_t> held;        // cities of the regions that Ukraine has held throughout,
  std::unordered_set<std::uint32_t> held_seats;  // and those that are their region's largest

  // Rows: kinds "place-context" (gives = "unit"), "town-adjective" and the endings of mention/names.h.
  [[nodiscard]] static PlaceNames make(const Codebook& book, const Gazetteer& gazetteer);
};

}  // namespace litopys
