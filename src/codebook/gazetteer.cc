// One pass over each table: a cell is a view into the file's text, and nothing is copied but the codes that have to be composed
// ("UA-23" + "/" + "Melitopol"). Fits tables of this size (4 MB, 15,000 places); a table that does not fit in memory would want an index
// made at build time.
#include "codebook/gazetteer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/pieces.h"

namespace litopys {
namespace {

constexpr std::size_t kMostColumns = 32;

// Rows of one tab-separated table, by column name.
class Table {
 public:
  // `columns`: the names that at() takes by their index. An empty `text` has no header and so fails.
  static Result<Table> open(const std::string& file, std::string_view text, std::initializer_list<std::string_view> columns) {
    Table table;
    table.rest_ = text;
    std::array<std::string_view, kMostColumns> header{};
    const std::size_t count = table.cells(header);
    for (std::string_view wanted : columns) {
      const auto found = std::find(header.begin(), header.begin() + count, wanted);
      if (found == header.begin() + count) {
        return fail(ErrorKind::kConfig, file + ":1", "", fmt::format("no column \"{}\" in the header", wanted),
                    "take the table as the repository has it");
      }
      table.column_[table.columns_++] = static_cast<std::size_t>(found - header.begin());
    }
    return table;
  }

  bool next() {
    while (!rest_.empty()) {
      row_.fill({});
      if (cells(row_) > 1) return true;  // an empty line is no row
    }
    return false;
  }

  [[nodiscard]] std::string_view at(std::size_t column) const { return row_[column_[column]]; }

 private:
  std::size_t cells(std::array<std::string_view, kMostColumns>& out) {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::size_t count = 0;
    for (std::size_t begin = 0; count < kMostColumns;) {
      const std::size_t tab = line.find('\t', begin);
      out[count++] = line.substr(begin, tab == std::string_view::npos ? tab : tab - begin);
      if (tab == std::string_view::npos) break;
      begin = tab + 1;
    }
    return count;
  }

  std::string_view rest_;
  std::array<std::string_view, kMostColumns> row_{};
  std::array<std::size_t, kMostColumns> column_{};
  std::size_t columns_ = 0;
};

std::optional<double> degrees(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || error != std::errc() || end != cell.data() + cell.size() || !(value >= -180 && value <= 180)) return std::nullopt;
  return value;
}

std::uint32_t whole(std::string_view cell) {
  std::uint32_t value = 0;
  return std::from_chars(cell.data(), cell.data() + cell.size(), value).ec == std::errc() ? value : 0;
}

// Latin letters: English; Cyrillic by the letters that only one of the two languages has, Ukrainian where none tells.
Language language_of(std::string_view name) {
  bool cyrillic = false;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const std::string_view two = name.substr(i, 2);
    if (two == "ы" || two == "э" || two == "ё" || two == "ъ" || two == "Э") return Language::ru;
    cyrillic |= (static_cast<unsigned char>(two[0]) & 0xFE) == 0xD0;
  }
  return cyrillic ? Language::uk : Language::en;
}

struct LevelName {
  std::string_view word;
  PlaceLevel level;
};
constexpr LevelName kLevels[] = {
    {"oblast", PlaceLevel::region},           {"city-special", PlaceLevel::region}, {"raion", PlaceLevel::district},
    {"raion-former", PlaceLevel::district},   {"hromada", PlaceLevel::hromada},     {"city", PlaceLevel::city},
    {"settlement", PlaceLevel::settlement},   {"village", PlaceLevel::village},     {"city-district", PlaceLevel::city_district},
    {"country", PlaceLevel::country},         {"breakaway", PlaceLevel::country},   {"autonomy", PlaceLevel::region},
    {"ru-subject", PlaceLevel::region},       {"capital", PlaceLevel::city},        {"area", PlaceLevel::territory},
    {"claimed-entity", PlaceLevel::territory}};

PlaceLevel level_of(std::string_view word, PlaceLevel otherwise) {
  for (const LevelName& known : kLevels) {
    if (known.word == word) return known.level;
  }
  return otherwise;
}

// Territories that the tables know under their own id, and the code that GUIDE.md gives what lies there.
struct TerritoryCode {
  std::string_view id, code;
};
constexpr TerritoryCode kTerritories[] = {{"UA-TOT", "UA-TOT"},      {"UA-TOT-NEW", "UA-TOT"}, {"UA-DONBAS", "UA-DONBAS"},
                                          {"UA-ORDLO", "UA-DONBAS"}, {"UA-SOUTH", "UA-SOUTH"}, {"DPR", "UA-14"},
                                          {"LPR", "UA-09"},          {"DNIPRO-LEFT", "UA-65"}, {"DNIPRO-RIGHT", "UA-65"}};

// "Zaporizhzhia Nuclear Power Plant" → "Zaporizhzhia NPP"; airports and crossings go by the name alone.
std::string site_name(std::string_view name, std::string_view kind) {
  std::string out(name.substr(0, name.find(" (")));
  const auto cut = [&](std::string_view tail) {
    if (out.ends_with(tail)) out.resize(out.size() - tail.size());
  };
  if (constexpr std::string_view kLong = "Nuclear Power Plant"; kind == "nuclear-plant" && out.ends_with(kLong)) {
    cut(kLong);
    return out + "NPP";
  }
  if (kind == "airport") cut(" Airport");
  if (kind == "crossing") {
    out.resize(std::min(out.find("–"), out.size()));
    cut(" entry-exit checkpoint");
    cut(" checkpoint");
    cut(" crossing");
  }
  return out;
}

}  // namespace

class GazetteerLoader {
 public:
  explicit GazetteerLoader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<Gazetteer> load() {
    out_.places.reserve(16'000);
    out_.names.reserve(96'000);
    out_.by_id_.reserve(16'000);
    out_.by_code_.reserve(16'000);
    for (auto step : {&GazetteerLoader::world, &GazetteerLoader::ukraine, &GazetteerLoader::sites, &GazetteerLoader::status,
                      &GazetteerLoader::actors}) {
      if (Result<void> done = (this->*step)(); !done) return tl::unexpected(done.error());
    }
    return std::move(out_);
  }

 private:
  Result<std::string_view> text(const char* name) {
    const std::filesystem::path path = folder_ / name;
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    if (!in)
      return fail(ErrorKind::kConfig, path.string(), "", "the gazetteer's table cannot be read", "give its folder with --gazetteer DIR");
    const std::streamoff size = in.tellg();
    auto buffer = std::make_unique<std::string>(static_cast<std::size_t>(std::max<std::streamoff>(size, 0)), '\0');
    in.seekg(0);
    in.read(buffer->data(), size);
    if (!in) return fail(ErrorKind::kConfig, path.string(), "", "the gazetteer's table cannot be read to its end");
    out_.texts_.push_back(std::move(buffer));
    return std::string_view(*out_.texts_.back());
  }

  Result<Table> table(const char* name, std::initializer_list<std::string_view> columns) {
    Result<std::string_view> bytes = text(name);
    if (!bytes) return tl::unexpected(bytes.error());
    return Table::open((folder_ / name).string(), *bytes, columns);
  }

  // The pieces one after the other, kept as long as the gazetteer.
  std::string_view kept(std::initializer_list<std::string_view> pieces) {
    constexpr std::size_t kBlock = 1 << 16;
    std::size_t size = 0;
    for (std::string_view piece : pieces) size += piece.size();
    if (block_ == nullptr || block_->capacity() - block_->size() < size) {
      out_.texts_.push_back(std::make_unique<std::string>());
      block_ = out_.texts_.back().get();
      block_->reserve(std::max(kBlock, size));
    }
    const std::size_t begin = block_->size();
    for (std::string_view piece : pieces) block_->append(piece);
    return std::string_view(*block_).substr(begin);
  }

  void add_names(Language language, std::string_view main, std::string_view aliases) {
    if (!main.empty()) out_.names.push_back({main, language, true});
    each_piece(aliases, '|', [&](std::string_view alias) {
      if (alias != main) out_.names.push_back({alias, language, false});
    });
  }

  void add(GazetteerPlace place, std::uint32_t first_name) {
    place.first_name = first_name;
    place.name_count = static_cast<std::uint32_t>(out_.names.size()) - first_name;
    const auto index = static_cast<std::uint32_t>(out_.places.size());
    out_.by_id_.emplace(place.id, index);
    if (auto [old, fresh] = out_.by_code_.emplace(place.code, index); !fresh) {
      if (out_.places[old->second].population < place.population) old->second = index;
    }
    out_.places.push_back(place);
  }

  std::int32_t index_of(std::string_view id) const {
    const auto found = out_.by_id_.find(id);
    return found == out_.by_id_.end() ? -1 : static_cast<std::int32_t>(found->second);
  }

  Result<void> world() {
    Result<Table> rows = table("world.tsv", {"id", "kind", "parent", "iso", "name_en", "name_uk", "name_ru", "alt_en", "alt_uk", "alt_ru",
                                             "adj_en", "adj_uk", "adj_ru", "lat", "lon", "population"});
    if (!rows) return tl::unexpected(rows.error());
    while (rows->next()) {
      GazetteerPlace place;
      place.id = rows->at(0);
      place.kind = rows->at(1);
      place.level = level_of(place.kind, PlaceLevel::city);
      const std::string_view parent = rows->at(2);
      const std::string_view iso = rows->at(3);
      if (place.level == PlaceLevel::city) {
        place.region = iso.empty() ? parent : iso;
        place.code = kept({place.region, "/", rows->at(4)});
      } else {
        place.code = place.id;
        place.region = place.id;
      }
      const auto first = static_cast<std::uint32_t>(out_.names.size());
      add_names(Language::en, rows->at(4), rows->at(7));
      add_names(Language::uk, rows->at(5), rows->at(8));
      add_names(Language::ru, rows->at(6), rows->at(9));
      place.adjective_en = rows->at(10);
      place.adjective_uk = rows->at(11);
      place.adjective_ru = rows->at(12);
      place.latitude = degrees(rows->at(13));
      place.longitude = degrees(rows->at(14));
      place.exact_point = place.level == PlaceLevel::city && place.latitude.has_value();
      place.population = whole(rows->at(15));
      parents_.push_back(parent);
      add(place, first);
    }
    link_parents(0);
    return {};
  }

  Result<void> ukraine() {
    Result<Table> rows = table("places.tsv", {"id", "level", "parent", "iso", "name_uk", "name_ru", "name_en", "alt_uk", "alt_ru", "alt_en",
                                              "former_uk", "lat", "lon", "coord_src", "population"});
    if (!rows) return tl::unexpected(rows.error());
    const std::size_t begin = out_.places.size();
    while (rows->next()) {
      GazetteerPlace place;
      place.id = rows->at(0);
      place.kind = rows->at(1);
      place.level = level_of(place.kind, PlaceLevel::village);
      place.ukraine = true;
      place.region = rows->at(3);
      std::string_view name = rows->at(6);
      if (place.level == PlaceLevel::region) {
        place.code = place.region;
      } else if (constexpr std::string_view kRaion = " Raion"; place.level == PlaceLevel::district && name.ends_with(kRaion)) {
        name.remove_suffix(kRaion.size());
        place.code = kept({place.region, "/", name, " district"});
      } else {
        place.code = kept({place.region, "/", name});
      }
      const auto first = static_cast<std::uint32_t>(out_.names.size());
      add_names(Language::en, rows->at(6), rows->at(9));
      add_names(Language::uk, rows->at(4), rows->at(7));
      add_names(Language::uk, {}, rows->at(10));
      add_names(Language::ru, rows->at(5), rows->at(8));
      place.latitude = degrees(rows->at(11));
      place.longitude = degrees(rows->at(12));
      place.exact_point = rows->at(13).starts_with("geonames");
      place.population = whole(rows->at(14));
      parents_.push_back(rows->at(2));
      add(place, first);
    }
    link_parents(begin);
    return {};
  }

  Result<void> sites() {
    Result<Table> rows = table(
        "sites.tsv", {"id", "kind", "name_en", "name_uk", "name_ru", "alt_en", "alt_uk", "alt_ru", "parent", "lat", "lon", "precision"});
    if (!rows) return tl::unexpected(rows.error());
    const std::size_t begin = out_.places.size();
    while (rows->next()) {
      GazetteerPlace place;
      place.id = rows->at(0);
      place.kind = rows->at(1);
      place.level = level_of(place.kind, PlaceLevel::site);
      const std::string_view parent_id = rows->at(8);
      const std::int32_t parent = index_of(parent_id);
      if (parent >= 0) place.region = out_.places[parent].region;
      for (const TerritoryCode& territory : kTerritories) {
        if (territory.id == place.id) place.code = territory.code;
      }
      place.ukraine = place.region.starts_with("UA") || parent_id.starts_with("UA");
      if (place.code.empty()) {
        place.code = kept({place.region.empty() ? parent_id : place.region, "/", site_name(rows->at(2), place.kind)});
      } else {
        place.occupied = place.id != "DNIPRO-RIGHT";
        place.region = place.code.size() == 5 ? place.code : std::string_view();
      }
      const auto first = static_cast<std::uint32_t>(out_.names.size());
      add_names(Language::en, rows->at(2), rows->at(5));
      add_names(Language::uk, rows->at(3), rows->at(6));
      add_names(Language::ru, rows->at(4), rows->at(7));
      place.latitude = degrees(rows->at(9));
      place.longitude = degrees(rows->at(10));
      place.exact_point = rows->at(11) == "exact" || rows->at(11) == "settlement";
      parents_.push_back(parent_id);
      add(place, first);
    }
    link_parents(begin);
    return {};
  }

  void link_parents(std::size_t begin) {
    for (std::size_t i = begin; i < out_.places.size(); ++i) {
      if (parents_[i].empty()) continue;
      const std::int32_t parent = index_of(parents_[i]);
      if (parent != static_cast<std::int32_t>(i)) out_.places[i].parent = parent;
    }
  }

  // An entry for a district covers what lies below it, so occupation comes down the tree.
  Result<void> status() {
    Result<Table> rows = table("territory_status.tsv", {"id", "status"});
    if (!rows) return tl::unexpected(rows.error());
    while (rows->next()) {
      if (rows->at(1) != "occupied") continue;
      if (const std::int32_t index = index_of(rows->at(0)); index >= 0) out_.places[index].occupied = true;
    }
    constexpr int kDeepest = 8;  // settlement, hromada, raion, region: a loop in a broken table ends here
    for (GazetteerPlace& place : out_.places) {
      std::int32_t up = place.parent;
      for (int depth = 0; !place.occupied && up >= 0 && depth < kDeepest; ++depth) {
        place.occupied = out_.places[up].ukraine && out_.places[up].level != PlaceLevel::country && out_.places[up].occupied;
        up = out_.places[up].parent;
      }
    }
    return {};
  }

  struct Draft {
    GazetteerActor actor;
    std::vector<GazetteerName> names;
  };

  // names.tsv, then actors.tsv: a row that shares a full name with an actor brings its other names to it.
  Result<void> actors() {
    Result<Table> rows =
        table("names.tsv", {"id", "kind", "side", "name_en", "name_uk", "name_ru", "alt_en", "alt_uk", "alt_ru", "role", "years"});
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Draft> drafts;
    std::unordered_map<std::string_view, std::size_t> by_name;
    const auto add_name = [&](std::size_t draft, Language language, std::string_view name, bool main) {
      auto& names = drafts[draft].names;
      if (name.empty() || std::any_of(names.begin(), names.end(), [&](const GazetteerName& n) { return n.text == name; })) return;
      names.push_back({name, language, main});
      const bool person = drafts[draft].actor.type == ActorType::person;
      if (!person || name.find(' ') != std::string_view::npos) by_name.emplace(name, draft);  // a surname alone joins nobody
    };
    while (rows->next()) {
      Draft draft;
      draft.actor.id = rows->at(0);
      draft.actor.type = rows->at(1) == "person" ? ActorType::person : rows->at(1) == "outlet" ? ActorType::outlet : ActorType::body;
      draft.actor.side = parse_name<Side>(rows->at(2)).value_or(Side::unknown);
      draft.actor.role = rows->at(9);
      const std::string_view years = rows->at(10);
      std::from_chars(years.data(), years.data() + years.size(), draft.actor.since);
      drafts.push_back(std::move(draft));
      const std::size_t index = drafts.size() - 1;
      std::size_t column = 3;
      for (Language language : {Language::en, Language::uk, Language::ru}) {
        add_name(index, language, rows->at(column), true);
        each_piece(rows->at(column + 3), '|', [&](std::string_view alias) { add_name(index, language, alias, false); });
        ++column;
      }
    }
    rows = table("actors.tsv", {"id", "kind", "side", "names"});
    if (!rows) return tl::unexpected(rows.error());
    while (rows->next()) {
      const std::string_view kind = rows->at(1);
      if (kind == "nameless") continue;  // words, not names: rows of the codebook
      std::size_t index = drafts.size();
      each_piece(rows->at(3), '|', [&](std::string_view name) {
        if (index != drafts.size()) return;
        if (const auto found = by_name.find(name); found != by_name.end()) index = found->second;
      });
      if (index == drafts.size()) {
        Draft draft;
        draft.actor.id = rows->at(0);
        draft.actor.type = kind == "person" ? ActorType::person : kind == "outlet" ? ActorType::outlet : ActorType::body;
        draft.actor.side = parse_name<Side>(rows->at(2)).value_or(Side::unknown);
        drafts.push_back(std::move(draft));
      }
      each_piece(rows->at(3), '|', [&](std::string_view name) { add_name(index, language_of(name), name, false); });
    }
    out_.actors.reserve(drafts.size());
    for (Draft& draft : drafts) {
      draft.actor.first_name = static_cast<std::uint32_t>(out_.names.size());
      draft.actor.name_count = static_cast<std::uint32_t>(draft.names.size());
      out_.names.insert(out_.names.end(), draft.names.begin(), draft.names.end());
      out_.actors.push_back(draft.actor);
    }
    return {};
  }

  std::filesystem::path folder_;
  Gazetteer out_;
  std::string* block_ = nullptr;
  std::vector<std::string_view> parents_;  // id of each place's parent
};

const GazetteerPlace* Gazetteer::place(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &places[found->second];
}

const GazetteerPlace* Gazetteer::place_by_id(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &places[found->second];
}

std::string_view Gazetteer::name_of(const GazetteerPlace& place, Language language) const {
  for (const GazetteerName& name : names_of(place)) {
    if (name.main && name.language == language) return name.text;
  }
  return {};
}

Result<Gazetteer> load_gazetteer(const std::filesystem::path& folder) { return GazetteerLoader(folder).load(); }

}  // namespace litopys
