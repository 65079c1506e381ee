#include "claim/json.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/utf8.h"
#include "claim/dump.h"

namespace litopys {
namespace {

ClaimDocument sample() {
  ClaimDocument doc;
  doc.id = "uk-1";
  doc.path = "reports/uk-1.txt";
  doc.language = Language::uk;
  doc.outlet = "Вісник";
  doc.published = "2024-05";
  doc.junk = {4, 5};
  doc.text = "Вже видано понад 2,8 млн паспортів. Решта чекає.";
  Claim claim;
  claim.quote = "Вже видано понад 2,8 млн паспортів.";
  claim.span = {0, static_cast<std::uint32_t>(claim.quote.size())};
  claim.measure = "issuance";
  claim.figure = Figure{*Decimal::make(28, 5), std::nullopt, Bound::over, Unit::passport, "понад 2,8 млн"};
  claim.places = {"UA-23/Melitopol", "UA-TOT"};
  claim.when = When::parse("../2024-05");
  claim.sources = {"Олег Агарков", "Інтерфакс"};
  claim.side = Side::russia;
  claim.credence = Credence::distanced;
  claim.targets = {"residents"};
  claim.confidence = 0.8125;
  const std::size_t begin = doc.text.find("понад");
  claim.why = {{"figure", "figure.nearest", {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + 21)}}, ""}};
  doc.claims.push_back(claim);
  return doc;
}

std::string json_of(const ClaimDocument& doc, bool pretty = false) {
  std::string out;
  append_json(out, doc, pretty);
  return out;
}

bool same(const ClaimDocument& a, const ClaimDocument& b) { return json_of(a) == json_of(b); }

TEST(ClaimJson, WritesTheKeysOfTheGuideAndOffsetsInCodePoints) {
  EXPECT_EQ(json_of(sample()),
            R"({"id": "uk-1", "path": "reports/uk-1.txt", "lang": "uk", "outlet": "Вісник", "url": null, "published": "2024-05", )"
            R"("title": null, "junk": [4, 5], "claims": [{"quote": "Вже видано понад 2,8 млн паспортів.", "start": 0, "end": 35, )"
            R"("measure": "issuance", "figure": {"value": 2800000, "bound": "over", "unit": "passport", "text": "понад 2,8 млн"}, )"
            R"("places": ["UA-23/Melitopol", "UA-TOT"], "when": "../2024-05", "sources": ["Олег Агарков", "Інтерфакс"], )"
            R"("side": "russia", "stance": "asserted", "credence": "distanced", "targets": ["residents"], "confidence": 0.8125, )"
            R"("why": [{"slot": "figure", "rule": "figure.nearest", "spans": [[11, 24]], "note": ""}]}], "notes": [], )"
            R"("text": "Вже видано понад 2,8 млн паспортів. Решта чекає."})");
}

TEST(ClaimJson, ReadsBackWhatItWrote) {
  const auto got = parse_claim_document(json_of(sample()), "x");
  ASSERT_TRUE(got) << got.error().line();
  const ClaimDocument before = sample();
  EXPECT_EQ(json_of(*got), json_of(before));
  EXPECT_EQ(got->claims[0].span, before.claims[0].span);
  EXPECT_EQ(got->claims[0].why[0].spans, before.claims[0].why[0].spans);
  EXPECT_EQ(got->claims[0].figure->value, before.claims[0].figure->value);
  EXPECT_TRUE(got->notes.empty());
}

TEST(ClaimJson, PrettyIsTheSameDocument) {
  const std::string pretty = json_of(sample(), true);
  EXPECT_NE(pretty.find("\n  {\n"), std::string::npos) << pretty;
  const auto got = parse_claim_document(pretty, "x");
  ASSERT_TRUE(got) << got.error().line();
  EXPECT_TRUE(same(*got, sample()));
}

TEST(ClaimJson, ReadsAnAnnotationWithKeysOfTheGuideOnly) {
  const auto got = parse_claim_document(
      R"({"id": "a", "lang": "en", "outlet": null, "url": null, "published": null, "title": "T", "junk": [], "extra": {"a": [1]},
          "claims": [{"quote": "q", "measure": "motive", "figure": null, "places": [], "when": null, "sources": [], "side": "outlet",
                      "stance": "asserted", "credence": "plain", "targets": []}]})",
      "a.json");
  ASSERT_TRUE(got) << got.error().line();
  EXPECT_TRUE(got->notes.empty());
  EXPECT_EQ(got->claims[0].span, Span{});
}

TEST(ClaimJson, FindsRepeatedQuotesInOrder) {
  const auto got = parse_claim_document(
      R"({"id": "a", "text": "Так. Ні. Так.", "claims": [{"quote": "Так.", "measure": "motive"}, {"quote": "Так.", "measure": "fine"}]})",
      "a");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->claims[0].span.begin, 0U);
  EXPECT_EQ(got->claims[1].span.of(got->text), "Так.");
  EXPECT_GT(got->claims[1].span.begin, got->claims[0].span.begin);
}

// Sizes at which a walk through the text for each span, or a comparison at each of its letters, takes minutes: the time limit sees it.
TEST(ClaimJson, SpansThatLeapThroughALongTextAreFoundWithoutWalkingThere) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += i % 7 == 0 ? "€" : "Я";  // letters of three bytes across the marks
  const std::string leap = "[0, 1], [299998, 299999], [299999, 300000], [2048, 2050]";
  std::string spans = leap;
  for (int i = 0; i < 150'000; ++i) spans += ", " + leap;
  const auto got = parse_claim_document(R"({"id": "a", "text": ")" + text +
                                            R"(", "claims": [{"quote": "ЯЯ", "measure": "fine", "start": 1, "end": 3, "why": [)" +
                                            R"({"slot": "when", "rule": "r", "spans": [)" + spans + R"(], "note": ""}]}]})",
                                        "a");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->notes, std::vector<std::string>{});
  const std::vector<Span>& found = got->claims[0].why[0].spans;
  ASSERT_EQ(found.size(), 600'004U);
  EXPECT_EQ(found[0].of(got->text), "€");
  EXPECT_EQ(found[1].of(got->text), "Я");
  EXPECT_EQ(found[2].end, got->text.size());
  EXPECT_EQ(found[3].of(got->text), "ЯЯ");
  EXPECT_EQ(utf8::count_code_points(std::string_view(got->text).substr(0, found[3].begin)), 2048U);
  EXPECT_EQ(got->claims[0].span.of(got->text), "ЯЯ");
}

TEST(ClaimJson, AQuoteThatNearlyStandsEverywhereIsLookedForInOneWalk) {
  const std::string text(1'500'000, 'a');
  std::string claims;
  for (int i = 0; i < 20; ++i) {
    claims += R"({"quote": ")" + std::string(i % 2 == 0 ? 100'000 : 500'000, 'a') + R"(b", "measure": "fine"}, )";
  }
  const auto got = parse_claim_document(
      R"({"id": "a", "text": ")" + text + R"(", "claims": [)" + claims + R"({"quote": "aaaa", "measure": "fine"}]})", "a");
  ASSERT_TRUE(got);
  ASSERT_EQ(got->notes.size(), 20U);
  EXPECT_EQ(got->notes.front(), "claim 1: quote is not in the text");
  EXPECT_EQ(got->claims.back().span, (Span{0, 4}));
}

struct OddClaim {
  const char* claim;
  const char* note;
  const char* figure;
};

const OddClaim kOdd[] = {
    {R"("figure": {"value": "many", "bound": "over", "unit": "person"})", "claim 1: figure value is no number", "-"},
    {R"("figure": {"bound": "over", "unit": "person"})", "claim 1: figure value is no number", "-"},
    {R"("figure": 12)", "claim 1: figure is no object", "-"},
    {R"("figure": {"value": 9, "value2": 4, "bound": "range", "unit": "day"})",
     "claim 1: figure range has its ends swapped, read as the range", "4..9"},
    {R"("figure": {"value": 9, "bound": "range", "unit": "day"})", "claim 1: figure is a range without its end", "-"},
    {R"("figure": {"value": 9, "value2": 10, "bound": "over", "unit": "day"})", "claim 1: figure has a value2 beside bound over, left out",
     "9"},
    {R"("figure": {"value": 9, "bound": "more", "unit": "day"})", "claim 1: bound \"more\" is none of the guide's, read as exact", "9"},
    {R"("when": "2024-02-31")", "claim 1: when \"2024-02-31\" is no EDTF date", "-"},
    {R"("when": "2024/2022")", "claim 1: when \"2024/2022\" ends before it starts", "-"},
    {R"("side": "martian")", "claim 1: side \"martian\" is none of the guide's, read as unknown", "-"},
    {R"("targets": "all")", "claim 1: targets is no list", "-"},
    {R"("places": ["UA-43", 7])", "claim 1: places has an entry that is no text", "-"},
    {R"("start": 1, "end": 3)", "claim 1: start and end do not give the quote", "-"},
    {R"("confidence": 7)", "claim 1: confidence is no number from 0 to 1", "-"},
    {R"("why": [{"slot": "when", "rule": "r", "spans": [[3, 900]]}])", "claim 1: why of \"when\" has a span that is not in the text", "-"},
};

TEST(ClaimJson, KeepsTheClaimAndNamesWhatIsOddInIt) {
  for (const auto& [claim, note, figure] : kOdd) {
    const std::string json =
        std::string(R"({"id": "a", "text": "Дано всім.", "claims": [{"quote": "Дано всім.", "measure": "fine", )") + claim + "}]}";
    const auto got = parse_claim_document(json, "a");
    ASSERT_TRUE(got) << json;
    ASSERT_EQ(got->claims.size(), 1U) << json;
    EXPECT_EQ(got->claims[0].quote, "Дано всім.");
    EXPECT_EQ(got->notes, std::vector<std::string>{note}) << json;
    const auto& f = got->claims[0].figure;
    EXPECT_EQ(f ? f->value.str() + (f->value2 ? ".." + f->value2->str() : "") : "-", figure) << json;
  }
}

struct NoDocument {
  const char* json;
  const char* line;
};

const NoDocument kNoDocuments[] = {
    {"[1]", "f.json: no JSON object, but a document with claims is one"},
    {R"({"id": "a"})", "f.json: claims: missing, but a document with claims has them (none is an empty list)"},
    {R"({"id": "a", "claims": 5})", "f.json: claims: no list"},
    {R"({"id": "a", "claims": [{}, 5]})", "f.json: claims[1]: no object"},
    {R"({"claims": []})", "f.json: id: missing, but claims are named by it"},
};

TEST(ClaimJson, SaysWhatIsNoDocument) {
  for (const auto& [json, line] : kNoDocuments) {
    const auto got = parse_claim_document(json, "f.json");
    ASSERT_FALSE(got) << json;
    EXPECT_EQ(got.error().line(), line);
    EXPECT_EQ(got.error().kind, ErrorKind::kMalformed);
  }
  for (const char* broken : {"", "{", "{\"id\": \"a\", \"claims\": [}", "\xff\xfe", "nul"}) {
    EXPECT_FALSE(parse_claim_document(broken, "f.json")) << broken;
  }
}

TEST(ClaimJson, KeepsFiguresExactAndSurvivesAThousandDigits) {
  for (const char* digits : {"123456789012345678", "0.1", "2800000", "123456789.123456789", "-3", "0"}) {
    ClaimDocument doc = sample();
    doc.claims[0].figure->value = *Decimal::parse(digits);
    const auto got = parse_claim_document(json_of(doc), "x");
    ASSERT_TRUE(got);
    ASSERT_TRUE(got->claims[0].figure) << digits;
    EXPECT_EQ(got->claims[0].figure->value, doc.claims[0].figure->value) << digits;
  }
  const std::string many = R"({"id": "a", "claims": [{"quote": "q", "measure": "fine", "figure": {"value": )" + std::string(1000, '9') +
                           R"(, "bound": "exact", "unit": "day"}}], "outlet": 12345678901234567890})";
  const auto got = parse_claim_document(many, "x");
  ASSERT_TRUE(got) << got.error().line();
  EXPECT_EQ(got->notes, (std::vector<std::string>{"outlet is no text", "claim 1: figure value is no number"}));
}

// Any document that the program can hold comes back the same.
RC_GTEST_PROP(ClaimJson, WrittenAndReadAgainIsTheSame, ()) {
  const auto word = [] {
    std::string out;
    for (const auto value : *rc::gen::container<std::vector<char32_t>>(
             rc::gen::element<char32_t>(U'a', U'ї', U'"', U'\\', U'\n', U' ', U'\uE000', U'\U0001F600', U'\u0301', U'\x01', U'{', U'['))) {
      utf8::append(out, value);
    }
    return out;
  };
  ClaimDocument doc;
  doc.id = word();
  doc.path = word();
  doc.text = word() + "Речення." + word();
  doc.language = *rc::gen::element(Language::en, Language::uk, Language::ru, Language::other);
  if (*rc::gen::arbitrary<bool>()) doc.outlet = word();
  const auto begin = static_cast<std::uint32_t>(doc.text.find("Речення."));
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    Claim claim;
    claim.quote = "Речення.";
    claim.span = {begin, begin + static_cast<std::uint32_t>(claim.quote.size())};
    claim.measure = "m" + word();
    if (*rc::gen::arbitrary<bool>()) {
      Figure figure;
      figure.value = *Decimal::make(*rc::gen::inRange<std::int64_t>(-99999999999999999, 99999999999999999), *rc::gen::inRange(-6, 1));
      figure.text = word();
      figure.unit = *rc::gen::element(Unit::passport, Unit::day, Unit::other);
      claim.figure = figure;
    }
    claim.confidence = *rc::gen::inRange(0, 1000001) / 1e6;
    claim.sources = {"s" + word()};
    claim.stance = *rc::gen::element(Stance::asserted, Stance::denied, Stance::possible);
    claim.when = *rc::gen::element(std::optional<When>{}, When::parse("2024-21"), When::parse("../2024-01-05"), When::parse("2019/.."));
    claim.why = {{word(), word(), {{0, begin}, claim.span}, word()}};
    doc.claims.push_back(claim);
  }
  const bool pretty = *rc::gen::arbitrary<bool>();
  const auto got = parse_claim_document(json_of(doc, pretty), "x");
  RC_ASSERT(got.has_value());
  RC_ASSERT(got->notes.empty());
  RC_ASSERT(json_of(*got) == json_of(doc));
  for (std::size_t i = 0; i < doc.claims.size(); ++i) {
    RC_ASSERT(got->claims[i].span == doc.claims[i].span);
    RC_ASSERT(got->claims[i].why[0].spans == doc.claims[i].why[0].spans);
  }
}

TEST(ClaimDump, UnderlinesTheWordsBehindASlot) {
  EXPECT_EQ(explain(sample()),
            "uk-1  uk  published 2024-05  1 claims\n"
            "\n"
            "#1 issuance 0.81\n"
            "  | Вже видано понад 2,8 млн паспортів.\n"
            "  |            ^^^^^^^^^^^^^ figure\n"
            "    measure   issuance\n"
            "    figure    over 2800000 passport  (figure.nearest)\n"
            "    places    UA-23/Melitopol, UA-TOT\n"
            "    when      ../2024-05\n"
            "    sources   Олег Агарков > Інтерфакс\n"
            "    side      russia\n"
            "    stance    asserted\n"
            "    credence  distanced\n"
            "    targets   residents\n");
}

TEST(ClaimDump, NamesWordsOfAnotherSentenceByTheirLine) {
  ClaimDocument doc;
  doc.id = "x";
  doc.text = "У Мелітополі.\nВидають паспорти всім, хто прийде, а хто не прийде, тому не видають.";
  Claim claim;
  const auto second = static_cast<std::uint32_t>(doc.text.find("Видають"));
  claim.span = {second, static_cast<std::uint32_t>(doc.text.size())};
  claim.quote = claim.span.of(doc.text);
  claim.measure = "issuance";
  claim.places = {"UA-23/Melitopol"};
  claim.why = {{"places", "place.before", {{0, 24}}, ""}, {"measure", "reader", {{second, second + 31}}, "weight 2"}};
  doc.claims = {claim};
  EXPECT_EQ(explain(doc, 40),
            "x  und  published unknown  1 claims\n"
            "\n"
            "#1 issuance 0.00\n"
            "  | Видають паспорти всім, хто прийде, а хто\n"
            "  | ^^^^^^^^^^^^^^^^ measure\n"
            "  | не прийде, тому не видають.\n"
            "    measure   issuance  (reader; weight 2)\n"
            "    places    UA-23/Melitopol  (place.before \"У Мелітополі.\" in line 1)\n"
            "    side      outlet\n"
            "    stance    asserted\n"
            "    credence  plain\n");
}

}  // namespace
}  // namespace litopys
