// Places and public actors with their names in three languages, from the tables in gazetteer/ (gazetteer/README.md has their licences).
// Only facts: what counts as a mention of a place is decided in mention/.
//
//   Gazetteer world = load_gazetteer("gazetteer").value();
//   const GazetteerPlace* city = world.place("UA-23/Melitopol");
//   for (const GazetteerName& n : world.names_of(*city)) ...   // "Melitopol", "Мелітополь", "Мелитополь"
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "codebook/vocabulary.h"

namespace litopys {

enum class PlaceLevel : unsigned char {
  country,    // also Abkhazia, South Ossetia, Transnistria
  region,     // oblasts, Crimea, Kyiv, Sevastopol; federal subjects of Russia
  territory,  // UA-TOT, UA-DONBAS, UA-SOUTH, the "republics", banks of rivers: several regions or parts of one
  district,   // raions, before and after 2020
  hromada,
  city,
  settlement,
  village,
  city_district,
  site,  // plants, crossings, prisons, airports
};

struct GazetteerName {
  std::string_view text;
  Language language = Language::en;
  bool main = false;  // the first name of its language; the others are aliases and former names
};

struct GazetteerPlace {
  std::string_view id;      // KATOTTG code, id of sites.tsv or world.tsv
  std::string_view code;    // as GUIDE.md writes it: "UA-65", "UA-23/Melitopol", "UA-65/Henichesk district", "RU-ROS"
  std::string_view region;  // ISO 3166-2 of the region, or the country's code; "" for a territory of several regions
  std::string_view kind;    // as the table has it: "oblast", "crossing", "capital"
  std::string_view adjective_en, adjective_uk, adjective_ru;  // countries only: "Ukrainian", stems «українськ», «украинск»
  PlaceLevel level = PlaceLevel::village;
  bool ukraine = false;
  bool occupied = false;     // listed as occupied at some time, itself or a unit above it (territory_status.tsv)
  bool exact_point = false;  // false: latitude and longitude are a parent's or a label point
  std::int32_t parent = -1;  // index into Gazetteer::places
  std::uint32_t population = 0;
  std::optional<double> latitude, longitude;  // degrees, WGS 84
  std::uint32_t first_name = 0, name_count = 0;
};

enum class ActorType : unsigned char { person, body, outlet };

struct GazetteerActor {
  std::string_view id;
  ActorType type = ActorType::person;
  Side side = Side::unknown;
  std::string_view role;   // English, for people to read
  std::int16_t since = 0;  // the first year of the office or of the body's life; 0 where the table does not say
  std::uint32_t first_name = 0, name_count = 0;
};

// Owns its tables' text; everything else points into it. Movable, not copyable. Immutable after loading, threads may share it.
class Gazetteer {
 public:
  Gazetteer() = default;
  Gazetteer(Gazetteer&&) = default;
  Gazetteer& operator=(Gazetteer&&) = default;
  Gazetteer(const Gazetteer&) = delete;
  Gazetteer& operator=(const Gazetteer&) = delete;

  std::vector<GazetteerPlace> places;
  std::vector<GazetteerActor> actors;
  std::vector<GazetteerName> names;  // of places and actors

  [[nodiscard]] std::span<const GazetteerName> names_of(const GazetteerPlace& p) const {
    return std::span(names).subspan(p.first_name, p.name_count);
  }
  [[nodiscard]] std::span<const GazetteerName> names_of(const GazetteerActor& a) const {
    return std::span(names).subspan(a.first_name, a.name_count);
  }
  // The place with this GUIDE code; of several villages with one code the most populous. nullptr when there is none.
  [[nodiscard]] const GazetteerPlace* place(std::string_view code) const;
  // The district that is named after the town with this code: "UA-65/Henichesk district" of "UA-65/Henichesk". nullptr when there is none.
  [[nodiscard]] const GazetteerPlace* district_of(std::string_view town) const { return place(std::string(town) + " district"); }
  // The place with this id.
  [[nodiscard]] const GazetteerPlace* place_by_id(std::string_view id) const;
  // The main name in a language, "" when the tables do not have it.
  [[nodiscard]] std::string_view name_of(const GazetteerPlace& place, Language language) const;

 private:
  friend class GazetteerLoader;
  std::vector<std::unique_ptr<std::string>> texts_;  // files and composed codes; blocks never move
  std::unordered_map<std::string_view, std::uint32_t> by_id_, by_code_;
};

// Reads places.tsv, sites.tsv, world.tsv, names.tsv, actors.tsv and territory_status.tsv of `folder`. A missing file or a table whose
// header lacks a column is a kConfig error with file and line; a short row counts as having empty cells.
[[nodiscard]] Result<Gazetteer> load_gazetteer(const std::filesystem::path& folder);

}  // namespace litopys
