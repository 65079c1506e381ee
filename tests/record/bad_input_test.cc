// Bad input of the record stage, as documents that somebody else wrote bring it: each is named in one line with document and claim, left
// out of the system, shown as left out, and all else goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "claim/json.h"
#include "record/json.h"
#include "record/sample.h"

namespace litopys {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A document "bad" with the claim, beside one with a sound claim about another place.
Record beside_a_sound_one(const std::string& claim_json) {
  const std::string bad =
      R"({"id": "bad", "lang": "en", "outlet": "Sea Herald", "published": "2024-06-01", "claims": [)" + claim_json + "]}";
  return record_of({parse_claim_document(bad, "bad").value(),
                    document("good", "Steppe News", "2024-06-02",
                             {claim("issuance exact 43 passport", "UA-23", "../2024-05-09", {"Balitsky"}, Side::russia)})});
}

std::string with(const std::string& fields) {
  return R"({"quote": "So many.", "measure": "issuance", "places": ["UA-65"], "sources": ["Saldo"], "side": "russia", "stance": "asserted", )" +
         fields + "}";
}

void expect_left_out(const Record& record, const std::string& why) {
  EXPECT_THAT(record.notes, ElementsAre(::testing::AllOf(StartsWith("bad#1: "), HasSubstr(why), HasSubstr("left out"))));
  EXPECT_EQ(band(record, "UA-23", "russia", "2024-05-09"), "43..43") << "all else goes on";
  EXPECT_THAT(findings(record), IsEmpty());
  for (const RecordSeries& series : record.series) {
    if (series.place != "UA-65") continue;
    EXPECT_THAT(series.bands, IsEmpty());
    for (const SeriesPoint& point : series.points) EXPECT_TRUE(point.left_out) << "shown as left out";
  }
  EXPECT_EQ(record.statements.size(), 2U) << "the claim stays a statement";
}

TEST(RecordBadInput, ARangeWithItsEndsSwappedIsReadAsTheRange) {
  const Record record = beside_a_sound_one(
      with(R"("figure": {"value": 90, "value2": 40, "bound": "range", "unit": "passport", "text": "90 to 40"}, "when": "../2024-05-09")"));
  EXPECT_EQ(band(record, "UA-65", "russia", "2024-05-09"), "40..90");
  EXPECT_THAT(record.notes, IsEmpty());
}

TEST(RecordBadInput, ATimeThatEndsBeforeItStartsBindsNothing) {
  expect_left_out(beside_a_sound_one(with(
                      R"("figure": {"value": 71, "bound": "exact", "unit": "passport", "text": "71"}, "when": "2024-05-02/2024-05-01")")),
                  "ends before it starts");
}

TEST(RecordBadInput, ATimeThatIsNoDateBindsNothing) {
  expect_left_out(
      beside_a_sound_one(with(R"("figure": {"value": 71, "bound": "exact", "unit": "passport", "text": "71"}, "when": "next Tuesday")")),
      "is no EDTF date");
}

TEST(RecordBadInput, AChainThatBitesItsTailBindsNothing) {
  expect_left_out(beside_a_sound_one(R"({"quote": "So many.", "measure": "issuance", "places": ["UA-65"], "sources": ["TASS", "RIA Novosti",
      "TASS"], "side": "media", "stance": "asserted", "when": "../2024-05-09",
      "figure": {"value": 71, "bound": "exact", "unit": "passport", "text": "71"}})"),
                  "come back to TASS");
}

TEST(RecordBadInput, AFigureThatIsNoNumberBindsNothing) {
  for (const char* value : {"\"many\"", "null", "[1]", "{}"}) {
    SCOPED_TRACE(value);
    expect_left_out(beside_a_sound_one(with(std::string(R"("figure": {"value": )") + value +
                                            R"(, "bound": "exact", "unit": "passport", "text": "many"}, "when": "../2024-05-09")")),
                    "is no number");
  }
}

TEST(RecordBadInput, AFigureThatIsNoCountBindsNothing) {
  for (const char* value : {"-5", "1e17", "0.0000000001"}) {
    SCOPED_TRACE(value);
    const Record record =
        beside_a_sound_one(with(std::string(R"("figure": {"value": )") + value +
                                R"(, "bound": "exact", "unit": "passport", "text": "so many"}, "when": "../2024-05-09")"));
    EXPECT_EQ(band(record, "UA-23", "russia", "2024-05-09"), "43..43");
    if (std::string_view(value) != "1e17") expect_left_out(record, "left out");
  }
}

TEST(RecordBadInput, ManyClaimsOfOneTextAreOneStatement) {
  constexpr std::size_t kDocuments = 400, kEach = 50;
  std::vector<ClaimDocument> documents;
  std::string text;
  for (int word = 0; word < 60; ++word) text += "word" + std::to_string(word) + " ";
  for (std::size_t d = 0; d < kDocuments; ++d) {
    std::vector<Claim> claims(kEach, claim("issuance exact 41 passport", "UA-65", "../2024-05-09", {"Saldo"}, Side::russia));
    documents.push_back(document("d" + std::to_string(d), "Outlet " + std::to_string(d), "2024-05-10", std::move(claims), text));
  }
  const Record record = record_of(std::move(documents));
  ASSERT_EQ(record.statements.size(), 1U);
  EXPECT_EQ(record.statements[0].claims.size(), kDocuments * kEach);
  EXPECT_EQ(record.statements[0].outlets.size(), kDocuments);
  ASSERT_EQ(record.reprints.size(), 1U);
  EXPECT_EQ(record.reprints[0].documents.size(), kDocuments);
  ASSERT_EQ(record.findings.size(), 1U);
  EXPECT_EQ(record.findings[0].kind, FindingKind::one_origin);
}

TEST(RecordBadInput, OfTwoDocumentsWithOneIdTheFullerIsKept) {
  const auto said = [](const char* value) {
    return claim(std::string("issuance exact ") + value + " passport", "UA-65", "../2024-05-09", {"Saldo"}, Side::russia);
  };
  const Record record =
      record_of({document("a", "X", "2024-06-01", {said("41")}), document("a", "X", "2024-06-01", {said("41"), said("42")})});
  EXPECT_THAT(record.notes, ElementsAre("a: a second document with this id, left out with its 1 claims"));
  EXPECT_EQ(record.statements.size(), 2U);
}

TEST(RecordBadInput, AMeasureOfANewerCodebookIsShownAndBoundsNothing) {
  const Record record =
      record_of({document("a", "X", "2024-06-01",
                          {claim("teleportation exact 41 passport", "UA-65", "../2024-05-09", {"Saldo"}, Side::russia),
                           claim("teleportation exact 42 passport", "UA-65", "../2024-05-09", {"Saldo"}, Side::russia)})});
  EXPECT_THAT(record.notes, ElementsAre(StartsWith("a#1: measure teleportation is not in this codebook")));
  ASSERT_EQ(record.series.size(), 1U);
  EXPECT_EQ(record.series[0].measure, "teleportation");
  EXPECT_THAT(record.series[0].bands, IsEmpty());
  EXPECT_THAT(findings(record), IsEmpty());
}

TEST(RecordBadInput, APlaceThatTheGazetteerLacksIsPlacedByItsCode) {
  const Record record =
      record_of({document("a", "X", "2024-06-01",
                          {claim("issuance over 90 passport", "UA-65/Nowheresville", "../2024-05-09", {"Saldo"}, Side::russia),
                           claim("issuance at-most 41 passport", "UA-65", "../2024-05-20", {"Balitsky"}, Side::russia)})});
  EXPECT_THAT(findings(record), ElementsAre("contradiction a#1 a#2"));
  EXPECT_THAT(record.findings[0].says, HasSubstr("Nowheresville"));
  EXPECT_THAT(record.notes, IsEmpty());
}

TEST(RecordBadInput, NothingAtAllGivesAnEmptyRecord) {
  std::string lines;
  append_jsonl(lines, record_of({}));
  append_jsonl(lines, record_of({document("a", "", "", {})}));
  EXPECT_EQ(lines, "");
}

}  // namespace
}  // namespace litopys
