#include "store/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace litopys {
namespace {

using ::testing::ElementsAre;

struct Said {
  const char* document;
  const char* outlet;  // "" for none
  const char* published;
  std::vector<std::string> sources;
  const char* value;
  Bound bound;
  const char* when;  // "" for none
};

const Codebook& codebook() {
  static const Codebook book = load_codebook(std::filesystem::path(LITOPYS_SOURCE_DIR) / "codebooks/passportization").value();
  return book;
}

const Gazetteer& gazetteer() {
  static const Gazetteer world = load_gazetteer(std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer").value();
  return world;
}

Record record_of(const std::vector<Said>& said) {
  std::vector<ClaimDocument> documents;
  for (const Said& each : said) {
    ClaimDocument document;
    document.id = each.document;
    if (*each.outlet != 0) document.outlet = each.outlet;
    if (*each.published != 0) document.published = each.published;
    Claim claim;
    claim.measure = "issuance";
    claim.figure = Figure{*Decimal::parse(each.value), std::nullopt, each.bound, Unit::passport, each.value};
    claim.places = {"UA-TOT"};
    claim.when = When::parse(each.when);
    claim.sources = each.sources;
    claim.side = each.sources.empty() ? Side::outlet : Side::russia;
    document.claims.push_back(std::move(claim));
    documents.push_back(std::move(document));
  }
  return make_record(std::move(documents), codebook(), gazetteer());
}

bool every(const std::string&) { return true; }

// "first..last originator bound value | carriers | claims"
std::vector<std::string> dump(const std::vector<SeriesEntry>& points) {
  std::vector<std::string> out;
  for (const SeriesEntry& point : points) {
    std::string line = Date::of(point.first).str() + ".." + Date::of(point.last).str() + (point.dated ? "" : "?") + " " + point.originator +
                       " " + std::string(name(point.figure.bound)) + " " + point.figure.value.str() + " |";
    for (const std::string& carrier : point.carriers) line += " " + carrier;
    line += " |";
    for (const std::string& claim : point.claims) line += " " + claim;
    out.push_back(std::move(line));
  }
  return out;
}

TEST(Series, JoinsWhatOneOriginatorSaidOnceHoweverManyCarryIt) {
  EXPECT_THAT(dump(series_of(record_of({
                                 {"a", "Wire", "2024-03-02", {"Oleg Agarkov", "Interfax"}, "2000000", Bound::over, "../2024-03"},
                                 {"b", "Daily", "2024-03-03", {"oleg agarkov"}, "2000000", Bound::over, "../2024-03"},
                                 {"c", "Daily", "2024-03-03", {"Oleg Agarkov"}, "2000000", Bound::exact, "../2024-03"},
                                 {"d", "Daily", "2024-03-03", {"Somebody"}, "2000000", Bound::over, "../2024-03"},
                             }),
                             every)),
              ElementsAre("2024-03-01..2024-03-31 Oleg Agarkov over 2000000 | Interfax Wire Daily | a#1 b#1",
                          "2024-03-01..2024-03-31 Oleg Agarkov exact 2000000 | Daily | c#1",
                          "2024-03-01..2024-03-31 Somebody over 2000000 | Daily | d#1"));
}

TEST(Series, OrdersByTimeAndFallsBackToTheDocumentsDate) {
  EXPECT_THAT(dump(series_of(record_of({
                                 {"late", "Wire", "2025-01-05", {}, "3000000", Bound::exact, ""},
                                 {"early", "", "2020-01-01", {}, "200000", Bound::about, "../2019-12-31"},
                                 {"undated", "Wire", "", {}, "5", Bound::exact, ""},
                                 {"since", "Wire", "2023-05-09", {}, "70", Bound::exact, "2022-10-01/.."},
                             }),
                             every)),
              ElementsAre("2019-12-31..2019-12-31 early about 200000 | | early#1", "2022-10-01..2023-05-09 Wire exact 70 | | since#1",
                          "2025-01-05..2025-01-05? Wire exact 3000000 | | late#1"));
}

TEST(Series, TakesThePlaceItselfAndSeveralRegionsOfIt) {
  EXPECT_TRUE(in_series_of({"UA-TOT"}, "UA-TOT"));
  EXPECT_TRUE(in_series_of({"UA-DONBAS"}, "UA-TOT"));
  EXPECT_TRUE(in_series_of({"UA-09", "UA-14"}, "UA-TOT"));
  EXPECT_FALSE(in_series_of({"UA-65"}, "UA-TOT"));
  EXPECT_FALSE(in_series_of({"UA-TOT"}, "UA-DONBAS"));
  EXPECT_FALSE(in_series_of({}, "UA-TOT"));
  EXPECT_TRUE(in_series_of({"UA-65"}, "UA-65"));
  EXPECT_FALSE(in_series_of({"UA-65/Kherson"}, "UA-65"));
}

}  // namespace
}  // namespace litopys
