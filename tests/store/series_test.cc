#include "store/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

std::vector<ClaimRow> rows_of(const std::vector<Said>& said) {
  std::vector<ClaimRow> out;
  for (const Said& each : said) {
    ClaimRow row;
    row.document = each.document;
    row.number = 1;
    if (*each.outlet != 0) row.outlet = each.outlet;
    if (*each.published != 0) row.published = each.published;
    row.claim.measure = "issuance";
    row.claim.figure = Figure{*Decimal::parse(each.value), std::nullopt, each.bound, Unit::passport, each.value};
    row.claim.places = {"UA-TOT"};
    row.claim.when = When::parse(each.when);
    row.claim.sources = each.sources;
    row.claim.side = Side::russia;
    out.push_back(std::move(row));
  }
  return out;
}

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
  EXPECT_THAT(dump(series_of(rows_of({
                  {"a", "Wire", "2024-03-02", {"Oleg Agarkov", "Interfax"}, "2000000", Bound::over, "../2024-03"},
                  {"b", "Daily", "2024-03-03", {"oleg agarkov"}, "2000000", Bound::over, "../2024-03"},
                  {"c", "Daily", "2024-03-03", {"Oleg Agarkov"}, "2000000", Bound::exact, "../2024-03"},
                  {"d", "Daily", "2024-03-03", {"Somebody"}, "2000000", Bound::over, "../2024-03"},
              }))),
              ElementsAre("2024-03-01..2024-03-31 Oleg Agarkov over 2000000 | Interfax Wire Daily | a#1 b#1",
                          "2024-03-01..2024-03-31 Oleg Agarkov exact 2000000 | Daily | c#1",
                          "2024-03-01..2024-03-31 Somebody over 2000000 | Daily | d#1"));
}

TEST(Series, OrdersByTimeAndFallsBackToTheDocumentsDate) {
  EXPECT_THAT(dump(series_of(rows_of({
                  {"late", "Wire", "2025-01-05", {}, "3000000", Bound::exact, ""},
                  {"early", "", "2020-01-01", {}, "200000", Bound::about, "../2019-12-31"},
                  {"undated", "Wire", "", {}, "5", Bound::exact, ""},
                  {"since", "Wire", "2023-05-09", {}, "70", Bound::exact, "2022-10-01/.."},
              }))),
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
