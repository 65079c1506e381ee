// Text that no report is, through all stages: no crash, offsets right, and time that grows with the text alone. Sizes are such that a step
// which looks at everything for everything would take minutes: the tests' time limit sees it.
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "claim/json.h"
#include "claim/pipeline.h"

namespace litopys {
namespace {

const Resources& resources() {
  static const std::shared_ptr<const Resources> kResources = [] {
    ResourcePaths paths = default_paths();
    paths.careful.clear();
    auto loaded = load_resources(paths);
    if (!loaded) throw std::runtime_error(loaded.error().line());
    return *loaded;
  }();
  return *kResources;
}

std::string times(std::string_view piece, std::size_t count) {
  std::string out;
  out.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

constexpr const char* kFrame = "People in Kherson without a Russian passport are refused treatment, the occupation head Saldo said.\n";

bool at_a_letter(const std::string& text, std::size_t byte) {
  return byte == text.size() || (static_cast<unsigned char>(text[byte]) & 0xC0U) != 0x80U;
}

// Reads it; every quote and every span of `why` is a piece of the text between letters, and what is written can be read back.
ClaimDocument read_whole(const std::string& bytes) {
  const Result<ClaimDocument> got = read_item(Item{"hostile", "hostile.txt", bytes}, resources());
  EXPECT_TRUE(got) << got.error().line();
  if (!got) return {};
  for (const Claim& claim : got->claims) {
    EXPECT_LE(claim.span.end, got->text.size());
    EXPECT_EQ(claim.quote, claim.span.of(got->text));
    EXPECT_TRUE(at_a_letter(got->text, claim.span.begin) && at_a_letter(got->text, claim.span.end));
    for (const Why& why : claim.why) {
      for (const Span& span : why.spans) {
        EXPECT_LE(span.begin, span.end) << why.slot;
        EXPECT_LE(span.end, got->text.size()) << why.slot;
        EXPECT_TRUE(at_a_letter(got->text, span.begin) && at_a_letter(got->text, span.end)) << why.slot;
      }
    }
  }
  std::string json;
  append_json(json, *got);
  const Result<ClaimDocument> again = parse_claim_document(json, "again");
  EXPECT_TRUE(again) << again.error().line();
  if (again) {
    EXPECT_EQ(again->claims.size(), got->claims.size());
  }
  // `why` of one claim does not grow with the document.
  std::size_t quotes = 0;
  for (const Claim& claim : got->claims) quotes += claim.quote.size();
  EXPECT_LT(json.size(), got->text.size() * 4 + quotes * 4 + got->claims.size() * 8000 + 10'000);
  return *got;
}

TEST(Hostile, ASentenceOfAMegabyte) {
  const std::string piece = "people without passports, who were told by Fedorov that they may be deported by 1 June 2024, ";
  read_whole(kFrame + ("In Kherson the office said that " + times(piece, 1'000'000 / piece.size())) + "and so on.");
}

TEST(Hostile, NumbersOnNumbersInOneSentence) {
  read_whole(kFrame + ("In Kherson they issued passports: " + times("5 passports 7 people 12 percent ", 12'000)));
}

TEST(Hostile, TenThousandNestedQuotationMarks) {
  read_whole(kFrame + times("«", 10'000) + " passport " + times("»", 10'000));
  read_whole(kFrame + times("“he said “", 10'000) + kFrame);
  read_whole(kFrame + times("\" said the \" ", 10'000) + kFrame);
  read_whole(kFrame + times("(", 10'000) + "passport" + times(")", 10'000));
}

TEST(Hostile, NumbersOfAThousandDigits) {
  const ClaimDocument document = read_whole(kFrame + times("Over " + times("9", 1000) + " passports were issued in Kherson. ", 40));
  for (const Claim& claim : document.claims) EXPECT_FALSE(claim.figure && claim.figure->text.size() > 1000);
}

TEST(Hostile, DatesThatCannotBe) {
  const ClaimDocument document =
      read_whole(kFrame + times("On 31 February 2024, by 99.99.2023 and from 2024-13-45 to 0 June they issued passports in Kherson. ", 50));
  for (const Claim& claim : document.claims) {
    if (!claim.when) continue;
    EXPECT_TRUE(When::parse(claim.when->str())) << claim.when->str();
    EXPECT_EQ(claim.when->str().find("02-31"), std::string::npos);
    EXPECT_EQ(claim.when->str().find("-13"), std::string::npos);
  }
}

TEST(Hostile, LettersOfTwoAlphabetsInOneWord) {
  // Кherson with a Cyrillic letter, pаssport with another.
  const ClaimDocument document =
      read_whole(std::string(kFrame) + "In Кherson they handed out 500 pаssports. In Kherson they handed out 500 passports.");
  EXPECT_FALSE(document.claims.empty());
  read_whole(kFrame + times("Кhеrsоn раsspоrts ", 5'000));
}

TEST(Hostile, MarksThatNobodySeesChangeNothing) {
  // Zero-width spaces, direction marks, soft hyphens and stress marks inside words.
  const ClaimDocument plain =
      read_whole("Мешканцям Херсона без російського паспорта відмовляють у лікуванні.\nЖителям Херсона выдали 500 паспортов.\n");
  const ClaimDocument marked = read_whole(
      "Ме\u0301шканцям Херсона без росі\u00ADйського па\u0301спорта відмовля\u0301ють у лікуванні.\nЖи\u0301телям Херсона вы\u0301дали 500 "
      "паспорто\u0301в.\n");
  ASSERT_EQ(marked.claims.size(), plain.claims.size());
  for (std::size_t i = 0; i < plain.claims.size(); ++i) {
    EXPECT_EQ(marked.claims[i].measure, plain.claims[i].measure);
    EXPECT_EQ(marked.claims[i].places, plain.claims[i].places);
  }
  read_whole(times("\u202E" + std::string(kFrame) + "\u202C\u200B\u2066", 300));
  read_whole(kFrame + times("\u200B", 100'000) + kFrame);
  read_whole(kFrame + ("п" + times("\u0301", 100'000)) + kFrame);
}

TEST(Hostile, AllCapitalsAreRead) {
  const ClaimDocument document = read_whole(times("ЖИТЕЛЯМ ХЕРСОНА БЕЗ РОССИЙСКОГО ПАСПОРТА ОТКАЗЫВАЮТ В ЛЕЧЕНИИ, ЗАЯВИЛ САЛЬДО. ", 800));
  EXPECT_GE(document.claims.size(), 700U);
}

TEST(Hostile, TextWithoutAnyMarksOrLineEnds) {
  read_whole(times("people in Kherson without a Russian passport are refused treatment said the head of the administration ", 5'000));
  read_whole(times("паспорт", 50'000));
  read_whole(kFrame + times("екс-", 50'000) + "паспорт");
  read_whole(kFrame + times("a.a.", 20'000) + " passport");
  read_whole(times("passport\nKherson\n", 10'000));
}

TEST(Hostile, BytesOfAllKinds) {
  std::string noise = kFrame;
  for (unsigned i = 0, x = 7; i < 60'000; ++i)
    noise += static_cast<char>((x = x * 1664525U + 1013904223U) >> 24U | (i % 3 == 0 ? 0x20U : 0U));
  // Whatever the page stage makes of it, refusing it included.
  const Result<ClaimDocument> got = read_item(Item{"noise", "noise.txt", noise}, resources());
  if (got) {
    for (const Claim& claim : got->claims) EXPECT_EQ(claim.quote, claim.span.of(got->text));
  }
}

}  // namespace
}  // namespace litopys
