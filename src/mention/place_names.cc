// Each name in all its case forms (mention/names.h), with what people make of it: the adjective of a town or district, «Бердянщина», the
// words for a district beside it.
#include "mention/place_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/pieces.h"
#include "base/utf8.h"

namespace litopys {
namespace {

// Regions with occupied parts: all their villages are looked for, elsewhere only towns.
constexpr std::string_view kRegions[] = {"UA-43", "UA-40", "UA-14", "UA-09", "UA-23", "UA-65", "UA-63", "UA-48"};

bool has_space(std::string_view name) { return name.find(' ') != std::string_view::npos; }

std::string_view first_word(std::string_view name) { return name.substr(0, name.find(' ')); }

class PlaceNamer {
 public:
  PlaceNamer(const Codebook& book, const Gazetteer& gazetteer) : gazetteer_(gazetteer), out_{NameIndex(book), {}, {}, {}, {}} {}

  PlaceNames run(const Codebook& book) {
    std::vector<const Row*> units, town_adjectives;
    for (const Row& row : book.rows) {
      if (row.kind == "place-context" && row.gives == "unit") units.push_back(&row);
      if (row.kind == "town-adjective") town_adjectives.push_back(&row);
    }
    for (const GazetteerActor& actor : gazetteer_.actors) {
      if (actor.type != ActorType::person) continue;
      for (const GazetteerName& name : gazetteer_.names_of(actor)) {
        if (name.main && has_space(name.text)) out_.given_names.insert(utf8::lowered(first_word(name.text)));
      }
    }
    std::unordered_set<std::string_view> settled;  // names that a settlement has: a crossing of that name is called by its full one
    for (const GazetteerPlace& place : gazetteer_.places) {
      if (place.level < PlaceLevel::city || place.level > PlaceLevel::village) continue;
      for (const GazetteerName& name : gazetteer_.names_of(place)) settled.insert(name.text);
    }
    out_.seat.resize(gazetteer_.places.size());
    for (std::uint32_t i = 0; i < out_.seat.size(); ++i) out_.seat[i] = i;
    for (std::uint32_t i = 0; i < out_.seat.size(); ++i) {
      const GazetteerPlace& place = gazetteer_.places[i];
      if (place.level < PlaceLevel::city || place.level > PlaceLevel::village || place.parent < 0) continue;
      std::uint32_t& at = out_.seat[static_cast<std::size_t>(place.parent)];
      const bool none = at == static_cast<std::uint32_t>(place.parent);
      if (gazetteer_.places[place.parent].level == PlaceLevel::hromada && (none || rank(place) > rank(gazetteer_.places[at]))) at = i;
    }
    std::map<std::string_view, std::uint32_t> largest;  // city by region
    for (std::uint32_t i = 0; i < gazetteer_.places.size(); ++i) {
      const GazetteerPlace& place = gazetteer_.places[i];
      if (place.level == PlaceLevel::city && place.ukraine && in_regions(place.region)) {
        if (!place.occupied) out_.held.insert(i);
        std::uint32_t& most = largest.try_emplace(place.region, i).first->second;
        if (gazetteer_.places[most].population < place.population) most = i;
      }
      add_place(i, settled, units, town_adjectives);
    }
    for (const auto& [region, city] : largest) {
      if (out_.held.contains(city)) out_.held_seats.insert(city);
    }
    return std::move(out_);
  }

 private:
  static std::uint64_t rank(const GazetteerPlace& place) {
    const std::uint64_t level = place.level == PlaceLevel::city ? 2 : place.level == PlaceLevel::settlement ? 1 : 0;
    return level << 32 | place.population;
  }

  void add_place(std::uint32_t index, const std::unordered_set<std::string_view>& settled, const std::vector<const Row*>& units,
                 const std::vector<const Row*>& town_adjectives) {
    const GazetteerPlace& place = gazetteer_.places[index];
    const bool local = place.ukraine && in_regions(place.region);
    switch (place.level) {
      case PlaceLevel::city_district: return;
      case PlaceLevel::village:
      case PlaceLevel::settlement:
        if (place.ukraine && !local) return;
        break;
      case PlaceLevel::territory:
        if (place.code.find('/') == std::string_view::npos || place.region.empty() || place.region == "UA") {
          add_acronyms(index);
          return;
        }
        break;
      case PlaceLevel::site:
        if (place.kind == "water" || place.kind == "building" || place.kind == "canal" || place.region == "UA") return;
        break;
      default: break;
    }
    const bool unit = place.level == PlaceLevel::hromada || place.level == PlaceLevel::district;
    const bool any_case = place.code == "RU" || place.code == "UA";
    // Posts write «у мелітополі»; plausible() asks for a preposition then.
    constexpr std::uint32_t kKnown = 2'000;
    const bool in_posts = local && (place.level == PlaceLevel::region || place.level == PlaceLevel::city ||
                                    (place.level == PlaceLevel::settlement && place.population > kKnown));
    for (const GazetteerName& name : gazetteer_.names_of(place)) {
      if (unit && !has_space(name.text)) continue;  // the bare adjective of a district says nothing
      if (place.level == PlaceLevel::site && !has_space(name.text) && settled.contains(name.text)) continue;
      if (place.level == PlaceLevel::region && name.language != Language::en && is_bare_adjective(name)) continue;
      out_.index.add(name.text, name.language, index * 2, {.any_case = any_case || in_posts, .first_capital = true});
    }
    if (place.level == PlaceLevel::district) {
      add_units(index, units);
      add_english_units(index, units);
      add_district_adjective(index);
    }
    if (!place.ukraine && place.level == PlaceLevel::country) {
      if (!place.adjective_en.empty()) out_.index.add(place.adjective_en, Language::en, index * 2 + 1, {});
      each_piece(place.adjective_uk, '|', [&](std::string_view stem) { out_.index.add_adjective(stem, Language::uk, index * 2 + 1); });
      each_piece(place.adjective_ru, '|', [&](std::string_view stem) { out_.index.add_adjective(stem, Language::ru, index * 2 + 1); });
    }
    if (place.ukraine && place.level == PlaceLevel::region) {
      for (const GazetteerName& name : gazetteer_.names_of(place)) {
        if (!name.main || name.language == Language::en || !has_space(name.text)) continue;
        std::string stem(first_word(name.text));  // «Херсонська», «Херсонская»
        stem.resize(stem.size() - (name.language == Language::uk ? std::string_view("а") : std::string_view("ая")).size());
        if (stem.ends_with("ськ") || stem.ends_with("ск") || stem.ends_with("цьк") || stem.ends_with("цк") || stem.ends_with("зьк")) {
          out_.index.add_adjective(stem, name.language, index * 2 + 1);
        }
      }
    }
    // Villages whose adjective nobody uses would only be mistaken for surnames.
    const bool of_district = place.level == PlaceLevel::settlement && gazetteer_.district_of(place.code) != nullptr;
    if (local && (place.level == PlaceLevel::city || of_district)) add_town_adjective(index, town_adjectives);
  }

  static bool is_bare_adjective(const GazetteerName& name) {
    return !has_space(name.text) &&
           (name.text.ends_with("ська") || name.text.ends_with("цька") || name.text.ends_with("зька") || name.text.ends_with("ская"));
  }

  void add_acronyms(std::uint32_t index) {
    for (const GazetteerName& name : gazetteer_.names_of(gazetteer_.places[index])) {
      if (!has_space(name.text) && utf8::is_upper(utf8::decode_before(name.text, name.text.size()).value)) {
        out_.index.add(name.text, name.language, index * 2, {.any_case = false, .inflect = false});
      }
    }
  }

  // "Henichesk" and each word for a district in its language.
  void add_with_units(std::string_view name, Language language, std::uint32_t index, const std::vector<const Row*>& units, bool any_case) {
    for (const Row* row : units) {
      if (row->language != language) continue;
      for (const std::string& unit : row->words) {
        for (const std::string& words : spelt_out(unit)) {
          out_.index.add(fmt::format("{} {}", name, words), language, index * 2, {.any_case = any_case, .first_capital = true});
        }
      }
    }
  }

  // «Генічеський район» is called «Генічеський округ» by others.
  void add_units(std::uint32_t index, const std::vector<const Row*>& units) {
    for (const GazetteerName& name : gazetteer_.names_of(gazetteer_.places[index])) {
      if (!name.main) continue;
      const std::size_t blank = name.text.rfind(' ');
      if (blank == std::string_view::npos) continue;
      add_with_units(name.text.substr(0, blank), name.language, index, units, false);
    }
  }

  // "Genichesk district", by any of the names that the town has in English.
  void add_english_units(std::uint32_t index, const std::vector<const Row*>& units) {
    constexpr std::string_view kDistrict = " district";
    std::string_view code = gazetteer_.places[index].code;
    if (!code.ends_with(kDistrict) || !in_regions(gazetteer_.places[index].region)) return;
    code.remove_suffix(kDistrict.size());
    const GazetteerPlace* town = gazetteer_.place(code);
    if (town == nullptr) return;
    for (const GazetteerName& name : gazetteer_.names_of(*town)) {
      if (name.language == Language::en) add_with_units(name.text, Language::en, index, units, true);
    }
  }

  // The phrases that a simple pattern stands for: "муниципальный|городской =округ" → two.
  static std::vector<std::string> spelt_out(std::string_view pattern) {
    std::vector<std::string> out = {""};
    each_piece(pattern, ' ', [&](std::string_view item) {
      std::vector<std::string> longer;
      for (const std::string& begun : out) {
        each_piece(item, '|', [&](std::string_view word) {
          longer.push_back(fmt::format("{}{}{}", begun, begun.empty() ? "" : " ", word.substr(word.starts_with('=') ? 1 : 0)));
        });
      }
      out = std::move(longer);
    });
    return out;
  }

  void add_town_adjective(std::uint32_t index, const std::vector<const Row*>& rows) {
    for (const GazetteerName& name : gazetteer_.names_of(gazetteer_.places[index])) {
      if (!name.main || name.language == Language::en || has_space(name.text)) continue;
      const std::string lower = folded_name(name.text);
      const Row* best = nullptr;
      std::string_view best_ending;
      for (const Row* row : rows) {
        for (const std::string& ending : row->words) {
          if (row->language == name.language && lower.ends_with(ending) && ending.size() > best_ending.size())
            best = row, best_ending = ending;
        }
      }
      if (best == nullptr) continue;
      const bool keeps = best->options.contains("keeps");
      const std::string stem = lower.substr(0, lower.size() - (keeps ? 0 : best_ending.size())) + best->gives;
      out_.index.add_adjective(stem, name.language, index * 2 + 1);
      if (name.language == Language::uk) add_land(index, stem);
    }
  }

  // «Голопристанський район»: the adjective of a town of two words is that of its district, and «Голопристанщина» the land.
  void add_district_adjective(std::uint32_t index) {
    constexpr std::string_view kDistrict = " district", kEnd = "ий";
    const GazetteerPlace& district = gazetteer_.places[index];
    if (!district.code.ends_with(kDistrict) || !in_regions(district.region)) return;
    const GazetteerPlace* town = gazetteer_.place(district.code.substr(0, district.code.size() - kDistrict.size()));
    if (town == nullptr) return;
    const auto at = static_cast<std::uint32_t>(town - gazetteer_.places.data());
    for (const GazetteerName& name : gazetteer_.names_of(*town)) {
      if (!name.main || name.language == Language::en || !has_space(name.text)) continue;
      for (const GazetteerName& unit : gazetteer_.names_of(district)) {
        if (!unit.main || unit.language != name.language) continue;
        std::string stem = folded_name(first_word(unit.text));
        if (!stem.ends_with(kEnd)) continue;
        stem.resize(stem.size() - kEnd.size());
        out_.index.add_adjective(stem, name.language, at * 2 + 1);
        if (name.language == Language::uk) add_land(at, stem);
      }
    }
  }

  // «Бердянщина», the land around Berdiansk: its district where there is one of that name.
  void add_land(std::uint32_t index, std::string_view adjective) {
    constexpr std::string_view kHard = "ськ", kSoft = "цьк";
    if (!adjective.ends_with(kHard) && !adjective.ends_with(kSoft)) return;
    std::string land(adjective.substr(0, adjective.size() - kHard.size()));
    land += adjective.ends_with(kHard) ? "щина" : "ччина";
    const GazetteerPlace* district = gazetteer_.district_of(gazetteer_.places[index].code);
    const auto at = district == nullptr ? index : static_cast<std::uint32_t>(district - gazetteer_.places.data());
    out_.index.add(land, Language::uk, at * 2, {.any_case = true});
  }

  const Gazetteer& gazetteer_;
  PlaceNames out_;
};

}  // namespace

bool in_regions(std::string_view region) { return std::find(std::begin(kRegions), std::end(kRegions), region) != std::end(kRegions); }

PlaceNames PlaceNames::make(const Codebook& book, const Gazetteer& gazetteer) { return PlaceNamer(book, gazetteer).run(book); }

}  // namespace litopys
