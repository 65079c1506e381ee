#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "record/json.h"
#include "record/names.h"
#include "record/sample.h"
#include "record/wording.h"

namespace litopys {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Side kRussia = Side::russia;
constexpr Side kUkraine = Side::ukraine;

TEST(RecordWords, NamesAreOnePersonInEveryListedFormAndCase) {
  const Record r = record_of(
      {document("a", "ТАСС", "2024-03-05", {claim("issuance exact 2710 passport", "UA-65", "../2024-03-04", {"Сальдо"}, kRussia)}),
       document("b", "Reuters", "2024-03-06", {claim("issuance exact 2710 person", "UA-65", "", {"Volodymyr Saldo"}, kRussia)}),
       document("c", "НВ", "2024-03-07", {claim("issuance exact 2710 person", "UA-65", "../2024-03", {"Владимира Сальдо"}, kRussia)})});
  EXPECT_THAT(statements(r), ElementsAre("a#1 b#1 c#1"));
  EXPECT_EQ(r.statements.front().voice, "a#1");
}

TEST(RecordWords, ListedNamesAreKnownInTheirCasesAndNotInAnothersName) {
  Actors actors(test_data().book, *test_data().gazetteer);
  const std::vector<std::pair<const char*, const char*>> same = {{"Пушилин", "Пушилиным"},
                                                                 {"Пушилін", "Пушиліним"},
                                                                 {"Денис Пушилин", "Денису Пушилину"},
                                                                 {"Балицкий", "Балицким"},
                                                                 {"Балицький", "Балицькому"},
                                                                 {"Путин", "Путине"},
                                                                 {"Владимир Путин", "Владимиром Путиным"},
                                                                 {"Рогов", "Роговым"},
                                                                 {"Пасічник", "Пасічником"},
                                                                 {"Лубінець", "Лубінцем"},
                                                                 {"Ірина Волк", "Ірині Волк"},
                                                                 {"Денисова", "Денисовой"},
                                                                 {"Казакова", "Казакову"},
                                                                 {"Медуза", "Медузой"},
                                                                 {"Кремль", "Кремлём"},
                                                                 {"Слуцкий", "Слуцкого"},
                                                                 {"Савва", "Савви"},
                                                                 {"Верещук", "Іриною Верещук"},
                                                                 {"Интерфакс", "Интерфаксу"}};
  for (const auto& [one, other] : same) EXPECT_EQ(actors.of(one, Side::unknown), actors.of(other, Side::unknown)) << other;
  const std::vector<std::pair<const char*, const char*>> unlike = {
      {"Казакова", "Казаков"}, {"Денисова", "Денисов"}, {"Губарева", "Губарев"}, {"Слуцкий", "Слуцкая"},  {"Волк", "Волков"},
      {"Рогов", "Роговенко"},  {"Савва", "Саввин"},     {"Путин", "Путинский"},  {"Федоров", "Федоренко"}};
  for (const auto& [one, other] : unlike) EXPECT_NE(actors.of(one, Side::unknown), actors.of(other, Side::unknown)) << other;
}

TEST(RecordWording, BodiesTakeAnArticleAndNamesDoNot) {
  EXPECT_EQ(with_article("Ministry of Defence of Ukraine"), "the Ministry of Defence of Ukraine");
  EXPECT_EQ(with_article("National Resistance Center"), "the National Resistance Center");
  EXPECT_EQ(with_article("\"Interior Ministry\" of the DPR"), "the \"Interior Ministry\" of the DPR");
  EXPECT_EQ(with_article("Human Rights Watch"), "Human Rights Watch");
  EXPECT_EQ(with_article("OSCE"), "OSCE");
}

TEST(RecordWords, NamesThatNobodyListsAreEqualWithoutCaseMarksAndArticle) {
  const Record r = record_of({document("a", "X", "2024-03-05", {claim("coercion", "UA-65", "", {"The Ferry Workers' Union"}, Side::ngo)}),
                              document("b", "Y", "2024-03-06", {claim("coercion", "UA-65", "", {"ferry workers union"}, Side::ngo)})});
  EXPECT_THAT(statements(r), ElementsAre("a#1 b#1"));
}

TEST(RecordWords, NamelessVoicesAreOthersInEachDocument) {
  const Record r = record_of({document("a", "X", "2024-03-05", {claim("coercion", "UA-65", "", {"locals"}, Side::resident)}),
                              document("b", "Y", "2024-03-05", {claim("coercion", "UA-65", "", {"locals"}, Side::resident)}),
                              document("c", "Y", "2024-03-05", {claim("coercion", "UA-65", "", {}, Side::unknown)})});
  EXPECT_THAT(statements(r), ElementsAre("a#1", "b#1", "c#1"));
}

TEST(RecordWords, TwoRegionsTogetherAreTheTerritoryOfTheirName) {
  const Record r = record_of(
      {document("a", "X", "2024-03-05", {claim("issuance exact 77 passport", "UA-09+UA-14", "../2024-03-01", {"Rogov"}, kRussia)}),
       document("b", "Y", "2024-03-05", {claim("issuance exact 77 passport", "UA-DONBAS", "../2024-03-01", {"Rogov"}, kRussia)})});
  EXPECT_THAT(statements(r), ElementsAre("a#1 b#1"));
  EXPECT_EQ(r.series.front().place, "UA-DONBAS");
}

TEST(RecordWords, EveryPublicActorIsOneInAllItsListedNames) {
  Actors actors(test_data().book, *test_data().gazetteer);
  std::ifstream table(std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer/actors.tsv");
  std::map<ActorId, std::string> rows;
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    if (cells[1] == "nameless") continue;
    std::stringstream names(cells[3]);
    std::set<ActorId> who;
    for (std::string name; std::getline(names, name, '|');) {
      who.insert(actors.of(name, *parse_name<Side>(cells[2])));
      EXPECT_FALSE(actors.nameless(name)) << name;
    }
    EXPECT_EQ(who.size(), 1U) << cells[0];
    EXPECT_TRUE(rows.emplace(*who.begin(), cells[0]).second) << cells[0] << " and " << rows[*who.begin()];
  }
  EXPECT_GT(rows.size(), 50U);
}

TEST(RecordUtterance, ARelayShownIsFollowedToWhoeverSpokeFirst) {
  const Record r = record_of(
      {document("a", "TASS", "2024-05-02", {claim("issuance about 4400 passport", "UA-23", "../2024-05-01", {"Balitsky"}, kRussia)}),
       document("b", "Kyiv Post", "2024-05-03", {claim("issuance about 4400 passport", "UA-23", "", {"TASS"}, kRussia)}),
       document("c", "Guardian", "2024-05-04", {claim("issuance about 4400 passport", "UA-23", "", {"Kyiv Post"}, Side::media)})});
  EXPECT_THAT(statements(r), ElementsAre("a#1 b#1 c#1"));
  EXPECT_THAT(findings(r), UnorderedElementsAre("true-origin a#1 b#1", "true-origin b#1 c#1", "one-origin a#1 b#1 c#1"));
  EXPECT_THAT(r.statements.front().outlets.size(), 3U);
}

TEST(RecordUtterance, OnARingEveryClaimKeepsItsFace) {
  const Record r =
      record_of({document("a", "Interfax", "2024-05-02", {claim("issuance exact 4400 passport", "UA-23", "", {"RIA Novosti"}, kRussia)}),
                 document("b", "RIA Novosti", "2024-05-03", {claim("issuance exact 4400 passport", "UA-23", "", {"Interfax"}, kRussia)}),
                 document("c", "Guardian", "2024-05-04", {claim("issuance exact 4400 passport", "UA-23", "", {"Interfax"}, kRussia)})});
  // The third leads into the ring where Interfax stands behind RIA Novosti.
  EXPECT_THAT(findings(r), UnorderedElementsAre("circular a#1 b#1", "true-origin a#1 c#1"));
  EXPECT_THAT(statements(r), ElementsAre("a#1 c#1", "b#1"));
}

TEST(RecordUtterance, ACopySpeaksWithTheFirstDocumentsOwnVoice) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "word" + std::to_string(i * 7) + " ";
  const Record r =
      record_of({document("a", "X", "2024-05-02", {claim("coercion", "UA-23", "", {}, Side::outlet)}, text),
                 document("b", "Y", "2024-05-03", {claim("coercion", "UA-23", "", {}, Side::outlet)}, text + "Something else at the end."),
                 document("c", "Z", "2024-05-03", {claim("coercion", "UA-23", "", {}, Side::outlet)}, "An own text.")});
  ASSERT_EQ(r.reprints.size(), 1U);
  EXPECT_THAT(r.reprints.front().documents, ElementsAre("a", "b"));
  EXPECT_THAT(statements(r), ElementsAre("a#1 b#1", "c#1"));
}

TEST(RecordFigures, EveryBoundGivesItsInterval) {
  struct Row {
    const char* figure;
    const char* band;
  };
  for (const Row& row :
       {Row{"exact 41", "41..41"}, Row{"exact 1300", "1250..1350"}, Row{"exact 1340", "1340..1340"}, Row{"about 455", "409.5..500.5"},
        Row{"about 30000", "25000..35000"}, Row{"over 900", "900.."}, Row{"at-least 900", "900.."}, Row{"under 900", "0..900"},
        Row{"at-most 900", "0..900"}, Row{"several 10", "20..100"}, Row{"range 40..70", "40..70"}, Row{"range 70..40", "40..70"},
        Row{"exact 0", "0..0"}}) {
    const Record r =
        record_of({document("a", "X", "2024-05-02",
                            {claim(std::string("issuance ") + row.figure + " passport", "UA-23", "../2024-05-01", {"Rogov"}, kRussia)})});
    EXPECT_EQ(band(r, "UA-23", "russia", "2024-05-01"), row.band) << row.figure;
  }
}

TEST(RecordFigures, DaysAreCutAtThePublicationAndAYearsDayIsUnknown) {
  const Record month =
      record_of({document("a", "X", "2024-05-12", {claim("issuance exact 41 passport", "UA-23", "../2024-05", {"Rogov"}, kRussia)})});
  EXPECT_EQ(band(month, "UA-23", "russia", "2024-05-12"), "41..41");
  const Record year =
      record_of({document("a", "X", "2025-02-12", {claim("issuance exact 41 passport", "UA-23", "../2024", {"Rogov"}, kRussia)})});
  EXPECT_EQ(band(year, "UA-23", "russia", "2024-12-31"), "41..");
  EXPECT_EQ(band(year, "UA-23", "russia", "2023-12-31"), "0..41");
}

TEST(RecordFigures, WhatBindsNothingIsShownAndBoundsNothing) {
  const Record r = record_of({document("a", "X", "2024-05-12",
                                       {claim("issuance exact 41 percent", "UA-23", "../2024-05-01", {"Rogov"}, kRussia),
                                        claim("issuance exact -5 passport", "UA-23", "../2024-05-01", {"Rogov"}, kRussia),
                                        claim("infrastructure exact 7 office", "UA-23", "../2024-05-01", {"Rogov"}, kRussia)})});
  ASSERT_EQ(r.series.size(), 3U);
  for (const RecordSeries& s : r.series) EXPECT_THAT(s.bands, IsEmpty()) << s.measure;
  EXPECT_THAT(r.notes, ElementsAre(testing::HasSubstr("a#2: -5")));
}

TEST(RecordSystem, APartIsNeverAboveItsWholeAndNothingIsSummed) {
  const Record r = record_of({document("a", "X", "2024-05-12",
                                       {claim("issuance at-most 900 passport", "UA-23", "../2024-05-01", {"Rogov"}, kRussia),
                                        claim("issuance over 600 passport", "UA-23/Melitopol", "../2024-04-01", {"Rogov"}, kRussia),
                                        claim("issuance over 500 passport", "UA-23/Tokmak", "../2024-04-01", {"Rogov"}, kUkraine)})});
  EXPECT_EQ(band(r, "UA-23", "russia", "2024-05-01"), "600..900");
  EXPECT_EQ(band(r, "UA-23/Melitopol", "russia", "2024-04-01"), "600..900");
  EXPECT_EQ(band(r, "UA-23/Tokmak", "ukraine", "2024-04-01"), "500..");
  EXPECT_EQ(band(r, "UA-23/Tokmak", "all", "2024-04-01"), "500..900");
  EXPECT_THAT(findings(r), IsEmpty());
}

TEST(RecordSystem, APeriodIsAddedToATotal) {
  const Record r = record_of({document("a", "X", "2024-07-12",
                                       {claim("issuance exact 101 passport", "UA-23", "../2024-04-30", {"Rogov"}, kRussia),
                                        claim("issuance range 10..12 passport", "UA-23", "2024-05", {"Rogov"}, kRussia)})});
  EXPECT_EQ(band(r, "UA-23", "russia", "2024-05-31"), "111..113");
}

TEST(RecordFindings, SixClaimsThatOnlyTogetherCannotBeTrueAreOneFinding) {
  std::vector<Claim> claims{claim("issuance exact 101 passport", "UA-23", "../2024-01-31", {"Rogov"}, kRussia)};
  for (const char* month : {"2024-02", "2024-03", "2024-04", "2024-05"}) {
    claims.push_back(claim("issuance at-least 11 passport", "UA-23", month, {"Rogov"}, kRussia));
  }
  claims.push_back(claim("issuance exact 144 passport", "UA-23", "../2024-05-31", {"Rogov"}, kRussia));
  const Record r = record_of({document("a", "X", "2024-07-12", claims)});
  EXPECT_THAT(findings(r), ElementsAre("contradiction a#1 a#2 a#3 a#4 a#5 a#6"));
}

TEST(RecordFindings, TheBestSetOfEachClaimIsToldAndNoLargerOne) {
  const Record r = record_of(
      {document("a", "X", "2024-02-01", {claim("issuance over 300 passport", "UA-23", "../2024-01-10", {"Rogov"}, kRussia)}),
       document("b", "X", "2024-02-02", {claim("issuance over 250 passport", "UA-23", "../2024-01-11", {"Balitsky"}, kRussia)}),
       document("c", "X", "2024-02-03", {claim("issuance at-most 211 passport", "UA-23", "../2024-01-20", {"Saldo"}, kRussia)}),
       document("d", "X", "2024-02-04", {claim("issuance over 9 passport", "UA-23", "2024-01-11/2024-01-15", {"Volk"}, kRussia)})});
  EXPECT_THAT(findings(r), ElementsAre("contradiction a#1 c#1", "contradiction b#1 c#1"));
}

TEST(RecordFindings, DenialsStandAgainstTheNearestAssertionOfEachSide) {
  const Record r = record_of({document("a", "X", "2024-02-01", {claim("coercion", "UA-TOT", "", {"Peskov"}, kRussia, Stance::denied)}),
                              document("b", "Y", "2024-02-11", {claim("coercion", "UA-23", "", {"Lubinets"}, kUkraine)}),
                              document("c", "Y", "2024-01-28", {claim("coercion", "UA-65", "", {"Fedorov"}, kUkraine)}),
                              document("d", "Y", "2024-02-02", {claim("coercion", "UA-43", "", {"Lubinets"}, kUkraine)}),
                              document("e", "Y", "2024-02-02", {claim("motive", "UA-TOT", "", {"Lubinets"}, kUkraine, Stance::denied)}),
                              document("f", "Y", "2024-02-02", {claim("motive", "UA-TOT", "", {"Peskov"}, kRussia)})});
  EXPECT_THAT(findings(r), ElementsAre("contradiction a#1 c#1"));
}

TEST(RecordFindings, DeadlinesContradictWhileBothLieAhead) {
  const auto deadline = [](const char* id, const char* published, const char* when, const char* who) {
    return document(id, "X", published, {claim("deadline", "UA-65", when, {who}, kRussia, Stance::planned)});
  };
  EXPECT_THAT(
      findings(record_of({deadline("a", "2024-02-01", "../2024-06-01", "Saldo"), deadline("b", "2024-03-01", "../2024-08-01", "Rogov")})),
      ElementsAre("contradiction a#1 b#1"));
  EXPECT_THAT(
      findings(record_of({deadline("a", "2024-02-01", "../2024-06-01", "Saldo"), deadline("b", "2024-06-02", "../2024-08-01", "Rogov")})),
      IsEmpty());
  EXPECT_THAT(
      findings(record_of({deadline("a", "2024-02-01", "../2024-06", "Saldo"), deadline("b", "2024-03-01", "../2024-06-15", "Rogov")})),
      IsEmpty());
}

TEST(RecordFindings, WhatIsCompletedDoesNotGoOn) {
  const auto completed = [](std::string quote) {
    Claim c = claim("issuance", "UA-65", "../2024-06-01", {"Saldo"}, kRussia);
    c.quote = std::move(quote);
    return document("a", "X", "2024-06-02", {c});
  };
  const ClaimDocument later = document("b", "Y", "2024-09-01", {claim("issuance", "UA-65/Kherson", "2024-07", {"Lubinets"}, kUkraine)});
  EXPECT_THAT(findings(record_of({completed("The handing out was finished, he told them."), later})), ElementsAre("contradiction a#1 b#1"));
  EXPECT_THAT(findings(record_of({completed("Видачу завершено."), later})), ElementsAre("contradiction a#1 b#1"));
  EXPECT_THAT(findings(record_of({completed("It is nearly finished."), later})), IsEmpty());
  EXPECT_THAT(findings(record_of({completed("They hand out papers."), later})), IsEmpty());
}

TEST(RecordFindings, AnUpdateIsBeyondDoubtAndFromTheLatestBefore) {
  const auto total = [](const char* id, const char* published, const char* figure, const char* when) {
    return document(id, "X", published, {claim(std::string("issuance ") + figure + " passport", "UA-65", when, {"Saldo"}, kRussia)});
  };
  EXPECT_THAT(
      findings(record_of({total("a", "2024-01-10", "exact 101", "../2024-01-09"), total("b", "2024-03-10", "exact 151", "../2024-03-09"),
                          total("c", "2024-05-10", "about 160", "../2024-05-09"), total("d", "2024-07-10", "exact 201", "../2024-07-09")})),
      ElementsAre("update a#1 b#1", "update c#1 d#1"));
  EXPECT_THAT(
      findings(record_of({total("a", "2024-01-10", "exact 101", "../2024-01-09"), total("b", "2025-03-10", "exact 151", "../2024")})),
      IsEmpty());
}

TEST(RecordFindings, AnOldFigureToldAgainLongAfterIsRestated) {
  const auto told = [](const char* id, const char* published, const char* when) {
    return document(id, "X", published, {claim("issuance exact 4711 passport", "UA-65", when, {"Saldo"}, kRussia)});
  };
  EXPECT_THAT(findings(record_of({told("a", "2024-01-10", "../2024-01-09"), told("b", "2024-02-10", ""), told("c", "2024-02-11", "")})),
              ElementsAre("restated a#1 c#1"));
  EXPECT_THAT(findings(record_of({told("a", "2024-01-10", "../2024-01-09"), told("b", "2024-06-10", "../2024-01")})), IsEmpty());
}

TEST(RecordFindings, APlanIsMetOrMissedAsEachSideTellsIt) {
  const Record r = record_of(
      {document("a", "X", "2024-01-10", {claim("target exact 5000 person", "UA-65", "../2024-06-30", {"Saldo"}, kRussia, Stance::planned)}),
       document("b", "X", "2024-07-05", {claim("issuance over 5100 passport", "UA-65", "../2024-07-01", {"Volk"}, kRussia)}),
       document("c", "X", "2024-07-06", {claim("issuance at-most 3100 passport", "UA-65", "../2024-07-02", {"Lubinets"}, kUkraine)})});
  EXPECT_THAT(findings(r), UnorderedElementsAre("plan-met a#1 b#1", "plan-missed a#1 c#1", "contradiction b#1 c#1"));
}

TEST(RecordFindings, FiguresThatCountOtherThingsAreScope) {
  const Record r = record_of(
      {document("a", "X", "2024-01-10",
                {claim("issuance exact 51 passport", "UA-65", "../2024-01-09", {"Saldo"}, kRussia),
                 claim("application exact 901 application", "UA-65", "../2024-01-09", {"Volk"}, kRussia)}),
       document("b", "X", "2024-01-20", {claim("issuance exact 11 passport", "UA-65/Kherson", "../2024-01-09", {"Saldo"}, kRussia)})});
  EXPECT_THAT(findings(r), UnorderedElementsAre("scope a#1 a#2", "scope a#1 b#1"));
}

TEST(RecordFindings, OneFigureInTwoRoundingsIsRounding) {
  const Record r = record_of({document("a", "X", "2024-01-10",
                                       {claim("issuance exact 2236000 passport", "UA-65", "../2024-01-09", {"Saldo"}, kRussia),
                                        claim("issuance about 2200000 passport", "UA-65", "../2024-01-09", {"Saldo"}, kRussia)})});
  EXPECT_THAT(findings(r), ElementsAre("rounding a#1 a#2"));
}

TEST(RecordFindings, ASentenceNamesWhoSaidWhatAndEveryStepItsClaim) {
  const Record r =
      record_of({document("a", "X", "2024-02-01", {claim("issuance over 300 passport", "UA-23", "../2024-01-10", {"Rogov"}, kRussia)}),
                 document("c", "X", "2024-02-03", {claim("issuance at-most 211 passport", "UA-23", "../2024-01-20", {"Saldo"}, kRussia)})});
  ASSERT_EQ(r.findings.size(), 1U);
  EXPECT_THAT(r.findings[0].says,
              testing::AllOf(testing::HasSubstr("Vladimir Rogov"), testing::HasSubstr("over 300"), testing::HasSubstr("211")));
  EXPECT_THAT(r.findings[0].because, testing::Contains(testing::StartsWith("a#1: ")));
  EXPECT_THAT(r.findings[0].because, testing::Contains(testing::StartsWith("c#1: ")));
}

TEST(RecordJson, HasAnObjectALineForEverythingInTheRecord) {
  const Record r =
      record_of({document("a", "X", "2024-02-01", {claim("issuance over 300 passport", "UA-23", "../2024-01-10", {"Rogov"}, kRussia)}),
                 document("c", "X", "2024-02-03", {claim("issuance about 211 passport", "UA-23", "../2024-01-20", {"Saldo"}, kUkraine)})});
  std::string lines;
  append_jsonl(lines, r);
  EXPECT_THAT(lines, testing::HasSubstr(R"({"type": "statement", "id": "s:a#1", "claims": ["a#1"])"));
  EXPECT_THAT(lines, testing::HasSubstr(R"({"side": "ukraine", "at": "2024-01-10", "low": 0, "high": 232.1})"));
  EXPECT_THAT(lines, testing::HasSubstr(R"({"side": "all", "contradicted": true})"));
  EXPECT_THAT(lines, testing::HasSubstr(R"({"type": "finding", "kind": "contradiction", "claims": ["a#1", "c#1"], "says": ")"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')),
            r.statements.size() + r.reprints.size() + r.series.size() + r.findings.size() + r.notes.size());
}

TEST(RecordLaw, TheOrderOfTheDocumentsDoesNotMatterAndEveryClaimIsInOneStatement) {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> places{"UA-65", "UA-65/Kherson", "UA-23", "UA-TOT", "UA-DONBAS", "UA"};
  const std::vector<std::string> whens{"", "../2024-01", "../2024-01-20", "2024-01", "../2024", "2023-11/..", "../2024-03-02"};
  const std::vector<std::string> names{"Saldo", "TASS", "RIA Novosti", "Lubinets", "locals", "British intelligence"};
  const std::vector<std::string> whats{
      "issuance exact 41 passport", "issuance about 45 person",        "issuance over 30 passport", "coercion", "issuance",
      "target at-least 44 person",  "application exact 90 application"};
  for (int round = 0; round < 60; ++round) {
    std::vector<ClaimDocument> documents;
    for (int d = 0; d < 6; ++d) {
      std::vector<Claim> claims;
      for (std::size_t c = pick(4); c < 4; ++c) {
        std::vector<std::string> sources;
        for (std::size_t s = pick(3); s > 0; --s) sources.push_back(names[pick(names.size())]);
        claims.push_back(claim(whats[pick(whats.size())], places[pick(places.size())], whens[pick(whens.size())], sources,
                               static_cast<Side>(pick(9)), static_cast<Stance>(pick(5)),
                               pick(4) == 0 ? std::vector<std::string>{"children"} : std::vector<std::string>{}));
      }
      const std::string published =
          pick(9) == 0 ? "" : "2024-0" + std::to_string(1 + pick(6)) + (pick(3) == 0 ? "" : "-1" + std::to_string(pick(9)));
      documents.push_back(document("d" + std::to_string(d), names[pick(names.size())], published, std::move(claims)));
    }
    std::multiset<std::string> all;
    for (const ClaimDocument& d : documents) {
      for (std::size_t n = 1; n <= d.claims.size(); ++n) all.insert(d.id + "#" + std::to_string(n));
    }
    std::string once, again;
    const Record record = record_of(documents);
    append_jsonl(once, record);
    std::shuffle(documents.begin(), documents.end(), random);
    append_jsonl(again, record_of(documents));
    EXPECT_EQ(once, again) << round;
    std::multiset<std::string> said;
    for (const Statement& s : record.statements) said.insert(s.claims.begin(), s.claims.end());
    EXPECT_EQ(said, all) << round;
  }
}

}  // namespace
}  // namespace litopys
