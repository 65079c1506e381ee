// What review and mark promise: who says what of which claim, and what the record says then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"

namespace litopys {
namespace {

using litopys::testing::litopys;
using litopys::testing::Outcome;
using litopys::testing::read_whole;
using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Two totals of one side that cannot both be true.
void fill(const TemporaryFolder& work) {
  work.write("in/a.txt",
             "Sea Herald\nKherson region, 10 March 2024\n\nAs of 9 March 2024 more than 90,000 residents of the Kherson region have "
             "received Russian passports, occupation head Vladimir Saldo said.\n");
  work.write("in/b.txt",
             "Steppe News\n20 March 2024\n\nAs of 18 March 2024, 61,300 residents of the Kherson region have received Russian passports, "
             "Andrey Alekseenko said.\n");
  ASSERT_EQ(litopys(work, "add my.case in").code, 0);
}

TEST(ReviewCommand, TakesAWrongClaimOutOfTheRecordAndSaysWhoDidIt) {
  const TemporaryFolder work;
  fill(work);
  ASSERT_THAT(litopys(work, "findings my.case").out, HasSubstr("contradiction: 1"));
  const Outcome run = litopys(work, "review my.case b#1 --wrong --by 'O. Koval' --note 'an old figure' --json");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"verdict\": \"wrong\", \"by\": \"O. Koval\", \"note\": \"an old figure\""));
  EXPECT_THAT(litopys(work, "findings my.case").out, Not(HasSubstr("contradiction")));
  const Outcome claims = litopys(work, "claims my.case");
  EXPECT_THAT(claims.out, Not(HasSubstr("b#1")));
  EXPECT_THAT(claims.err, HasSubstr("1 claim was found wrong and left out"));
  EXPECT_THAT(litopys(work, "claims my.case --reviewed").out, HasSubstr("b#1 ✗"));
  EXPECT_THAT(litopys(work, "claims my.case --verdict wrong --csv").out, HasSubstr(",wrong,O. Koval,"));
  EXPECT_EQ(litopys(work, "series my.case --measure issuance --place UA-65 --json").out.find("61300"), std::string::npos);
  EXPECT_EQ(litopys(work, "verify my.case").code, 0);
  EXPECT_EQ(litopys(work, "review my.case b#1 --open --by 'O. Koval'").code, 0);
  EXPECT_THAT(litopys(work, "findings my.case").out, HasSubstr("contradiction: 1"));
  EXPECT_EQ(litopys(work, "review my.case --json").lines(), 2U) << "both stay on record";
}

TEST(ReviewCommand, CorrectsSlots) {
  const TemporaryFolder work;
  fill(work);
  const Outcome run = litopys(work, "review my.case b#1 --set value=161300 --set 'places=Melitopol, UA-65' --set when=none --by K");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("corrected"));
  const Outcome json = litopys(work, "claims my.case --document b --json");
  EXPECT_THAT(json.out, HasSubstr("\"value\": 161300"));
  EXPECT_THAT(json.out, HasSubstr("\"read\": {\"quote\""));
  EXPECT_THAT(json.out, HasSubstr("\"value\": 61300"));
  EXPECT_THAT(litopys(work, "claims my.case").out, HasSubstr("b#1 ✎"));
  EXPECT_EQ(litopys(work, "review my.case b#1 --right --by K --json").code, 0);
  EXPECT_EQ(litopys(work, "claims my.case --verdict corrected --json").lines(), 1U) << "right now, and still not what was read";
  // A proof shows the claim as it was read, and nobody's word on it.
  const Outcome proof = litopys(work, "proof my.case b#1 -o - | sed -n 's/^extra //p' | base64 -d");
  EXPECT_THAT(proof.out, HasSubstr("61300"));
  EXPECT_THAT(proof.out, Not(HasSubstr("161300")));
  EXPECT_EQ(litopys(work, "verify my.case").code, 0);
}

TEST(ReviewCommand, RefusesWhatItDoesNotUnderstandAndSaysNothingThen) {
  const TemporaryFolder work;
  fill(work);
  const struct {
    const char* arguments;
    const char* problem;
  } wrong[] = {
      {"review my.case b#1 --right", "--by NAME"},
      {"review my.case b#1 --by K", "--right, --wrong"},
      {"review my.case --wrong --by K", "names no claim"},
      {"review my.case b#7 --wrong --by K", "no claim of this name"},
      {"review my.case a#1 b#7 --wrong --by K", "no claim of this name"},
      {"review my.case b --wrong --by K", "no claim of this name"},
      {"review my.case b#1 --open --by K", "nobody has reviewed it"},
      {"review my.case b#1 --right --wrong --by K", "excludes"},
      {"review my.case b#1 --set side=rusia --by K", "did you mean russia?"},
      {"review my.case b#1 --set plases=UA-65 --by K", "did you mean places?"},
      {"review my.case b#1 --set measure=issuanse --by K", "did you mean issuance?"},
      {"review my.case b#1 --set value=many --by K", "is no number"},
      {"review my.case b#1 --set bound=range --by K", "two ends"},
      {"review my.case b#1 --set value2=5 --by K", "ends before it starts"},
      {"review my.case b#1 --set when=yesterday --by K", "is no time"},
      {"review my.case b#1 --set places=Atlantis --by K", "Atlantis"},
      {"review my.case b#1 --set side --by K", "names no value"},
      {"review my.case b#1 --set value=61300 --by K", "says that already"},
      {"mark my.case --tag x", "names nothing to mark"},
      {"mark my.case b", "names no word"},
      {"mark my.case nobody --tag x", "no item and no claim"},
  };
  for (const auto& [arguments, problem] : wrong) {
    const Outcome run = litopys(work, arguments);
    EXPECT_EQ(run.code, 2) << arguments << run.err;
    EXPECT_THAT(run.err, HasSubstr(problem)) << arguments;
    EXPECT_THAT(run.out, IsEmpty()) << arguments;
  }
  EXPECT_EQ(litopys(work, "review nowhere.case a#1 --right --by K").code, 3);
  EXPECT_FALSE(std::filesystem::exists(work / "nowhere.case"));
  EXPECT_THAT(litopys(work, "review my.case --json").out, IsEmpty());
  EXPECT_THAT(litopys(work, "mark my.case --json").out, IsEmpty());
}

TEST(MarkCommand, PutsWordsOnItemsAndClaims) {
  const TemporaryFolder work;
  fill(work);
  EXPECT_EQ(litopys(work, "mark my.case a b#1 --tag 'for the court' --by K --note 'asked for'").code, 0);
  EXPECT_EQ(litopys(work, "claims my.case --marked --json").lines(), 2U);
  EXPECT_EQ(litopys(work, "mark my.case a --tag 'for the court' --remove").code, 0);
  const Outcome left = litopys(work, "claims my.case --tag 'for the court' --json");
  EXPECT_EQ(left.lines(), 1U);
  EXPECT_THAT(left.out, HasSubstr("\"marks\": [{\"of\": \"claim\", \"tag\": \"for the court\", \"by\": \"K\", \"note\": \"asked for\""));
  EXPECT_THAT(litopys(work, "claims my.case").out, HasSubstr("b#1 ⚑"));
  EXPECT_EQ(litopys(work, "mark my.case --json").lines(), 3U);
  EXPECT_EQ(litopys(work, "verify my.case").code, 0);
}

TEST(Report, ShowsWhoCheckedAClaimAndWhatWasTakenOut) {
  const TemporaryFolder work;
  fill(work);
  ASSERT_EQ(litopys(work, "review my.case a#1 --right --by 'O. <Koval>'").code, 0);
  ASSERT_EQ(litopys(work, "review my.case b#1 --wrong --by 'O. Koval' --note 'an old figure'").code, 0);
  ASSERT_EQ(litopys(work, "mark my.case a --tag 'for the court'").code, 0);
  for (const char* language : {"en", "uk"}) {
    ASSERT_EQ(litopys(work, std::string("report my.case -o page.html --lang ") + language).code, 0);
    const std::string page = read_whole(work / "page.html");
    EXPECT_THAT(page, HasSubstr("✓ O. &lt;Koval&gt;</span>"));
    EXPECT_THAT(page, HasSubstr("⚑ for the court</span>"));
    const std::size_t out = page.find("<section id='taken-out'>");
    ASSERT_NE(out, std::string::npos);
    EXPECT_THAT(page.substr(out), HasSubstr("61,300 residents"));
    EXPECT_THAT(page.substr(out), HasSubstr("an old figure"));
    EXPECT_EQ(page.substr(0, out).find("61,300 residents"), std::string::npos) << "it counts in nothing above";
  }
}

}  // namespace
}  // namespace litopys
