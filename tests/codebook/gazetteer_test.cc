#include "codebook/gazetteer.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

namespace litopys {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer";

class LoadedGazetteer : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = load_gazetteer(kFolder);
    ASSERT_TRUE(loaded) << loaded.error().line();
    world_ = new Gazetteer(std::move(*loaded));
  }
  static void TearDownTestSuite() { delete world_; }
  static bool has_name(std::span<const GazetteerName> names, std::string_view wanted) {
    return std::any_of(names.begin(), names.end(), [&](const GazetteerName& n) { return n.text == wanted; });
  }
  static const GazetteerActor* actor(std::string_view name) {
    for (const GazetteerActor& a : world_->actors) {
      if (has_name(world_->names_of(a), name)) return &a;
    }
    return nullptr;
  }
  static inline Gazetteer* world_ = nullptr;
};

struct Known {
  const char* code;
  PlaceLevel level;
  const char* name;  // one of its names
};

const Known kKnown[] = {
    {"UA-65", PlaceLevel::region, "Херсонщина"},
    {"UA-43", PlaceLevel::region, "Crimea"},
    {"UA-40", PlaceLevel::region, "Севастополь"},
    {"UA-23/Melitopol", PlaceLevel::city, "Мелитополь"},
    {"UA-23/Zaporizhzhia NPP", PlaceLevel::site, "ЗАЕС"},
    {"UA-65/Henichesk district", PlaceLevel::district, "Генический район"},
    {"UA-14/Bakhmut", PlaceLevel::city, "Артемівськ"},
    {"UA-09/Izvaryne", PlaceLevel::settlement, "Ізварине"},
    {"UA-TOT", PlaceLevel::territory, "ТОТ"},
    {"UA-DONBAS", PlaceLevel::territory, "Донбасс"},
    {"UA-SOUTH", PlaceLevel::territory, "occupied south"},
    {"UA", PlaceLevel::country, "Україна"},
    {"RU", PlaceLevel::country, "РФ"},
    {"RU-ROS", PlaceLevel::region, "Ростовская область"},
    {"RU-MOS/Sheremetyevo", PlaceLevel::site, "Шереметьево"},
    {"GE-AB", PlaceLevel::country, "Абхазія"},
    {"GE/South Ossetia", PlaceLevel::country, "Южная Осетия"},
    {"MD-SN", PlaceLevel::country, "Придністров'я"},
};

TEST_F(LoadedGazetteer, HasThePlacesOfTheGuideUnderTheirCodes) {
  for (const auto& [code, level, name] : kKnown) {
    const GazetteerPlace* place = world_->place(code);
    ASSERT_NE(place, nullptr) << code;
    EXPECT_EQ(place->level, level) << code;
    EXPECT_TRUE(has_name(world_->names_of(*place), name)) << code << " without " << name;
  }
  EXPECT_EQ(world_->place("UA-99"), nullptr);
}

TEST_F(LoadedGazetteer, GivesMainNamesByLanguage) {
  const GazetteerPlace* place = world_->place("UA-65/Henichesk");
  ASSERT_NE(place, nullptr);
  EXPECT_EQ(world_->name_of(*place, Language::en), "Henichesk");
  EXPECT_EQ(world_->name_of(*place, Language::uk), "Генічеськ");
  EXPECT_EQ(world_->name_of(*place, Language::ru), "Геническ");
  EXPECT_EQ(world_->place_by_id(place->id), place);
}

TEST_F(LoadedGazetteer, BringsOccupationDownFromTheDistrict) {
  EXPECT_TRUE(world_->place("UA-23/Melitopol")->occupied);
  EXPECT_TRUE(world_->place("UA-43/Yalta")->occupied);
  EXPECT_FALSE(world_->place("UA-46/Lviv")->occupied);
  EXPECT_FALSE(world_->place("RU-ROS")->occupied);
}

TEST_F(LoadedGazetteer, MarksPointsThatAreOnlyAParents) {
  EXPECT_TRUE(world_->place("UA-23/Melitopol")->exact_point);
  std::size_t borrowed = 0;
  for (const GazetteerPlace& place : world_->places) borrowed += place.latitude && !place.exact_point;
  EXPECT_GT(borrowed, 1000U);
}

TEST_F(LoadedGazetteer, KeepsParentsWithinTheTree) {
  for (const GazetteerPlace& place : world_->places) {
    ASSERT_LT(place.parent, static_cast<std::int32_t>(world_->places.size()));
    if (place.parent >= 0) {
      EXPECT_NE(&world_->places[place.parent], &place) << place.id;
    }
    EXPECT_FALSE(place.code.empty()) << place.id;
    EXPECT_LE(place.first_name + place.name_count, world_->names.size());
  }
  const GazetteerPlace* site = world_->place("UA-23/Zaporizhzhia NPP");
  ASSERT_GE(site->parent, 0);
  EXPECT_EQ(world_->places[site->parent].code, "UA-23/Enerhodar");
}

TEST_F(LoadedGazetteer, JoinsActorsOfBothTablesByName) {
  const GazetteerActor* kolokoltsev = actor("Vladimir Kolokoltsev");
  ASSERT_NE(kolokoltsev, nullptr);
  EXPECT_EQ(kolokoltsev->side, Side::russia);
  EXPECT_TRUE(has_name(world_->names_of(*kolokoltsev), "Володимир Колокольцев"));
  std::set<std::string_view> ids;
  for (const GazetteerActor& a : world_->actors) {
    EXPECT_TRUE(ids.insert(a.id).second) << a.id;
    EXPECT_GT(a.name_count, 0U) << a.id;
  }
}

class BrokenGazetteer : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "litopys-gazetteer-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    for (const char* file : {"places.tsv", "sites.tsv", "world.tsv", "names.tsv", "actors.tsv", "territory_status.tsv"}) {
      std::filesystem::copy_file(kFolder / file, folder_ / file);
    }
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(BrokenGazetteer, NamesTheMissingTable) {
  std::filesystem::remove(folder_ / "sites.tsv");
  const auto loaded = load_gazetteer(folder_);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().line(),
            (folder_ / "sites.tsv").string() + ": the gazetteer's table cannot be read; give its folder with --gazetteer DIR");
}

TEST_F(BrokenGazetteer, NamesTheMissingColumn) {
  std::ofstream(folder_ / "sites.tsv") << "id\tkind\tname_en\n";
  const auto loaded = load_gazetteer(folder_);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().line(),
            (folder_ / "sites.tsv").string() + ":1: no column \"name_uk\" in the header; take the table as the repository has it");
}

TEST_F(BrokenGazetteer, TakesShortRowsAndLoopsOfParents) {
  std::ofstream(folder_ / "world.tsv") << "id\tkind\tparent\talpha2\talpha3\tiso\tname_en\tname_uk\tname_ru\talt_en\talt_uk\talt_ru\tadj_en"
                                          "\tadj_uk\tadj_ru\tlat\tlon\tpopulation\r\nA\tcountry\tB\r\nB\tcountry\tA\r\n\r\nC\tcity\n";
  const auto loaded = load_gazetteer(folder_);
  ASSERT_TRUE(loaded) << loaded.error().line();
  EXPECT_NE(loaded->place("A"), nullptr);
}

}  // namespace
}  // namespace litopys
