// What a linguist asks of the program: why is this so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"

namespace litopys {
namespace {

using litopys::testing::kReport;
using litopys::testing::litopys;
using litopys::testing::Outcome;
using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Explain, ShowsWhatWasSeenAndWhyItIsAClaim) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  const Outcome run = litopys(work, "explain --reader light a.txt");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("sentence 2"));
  EXPECT_THAT(run.out, HasSubstr("More than 90,000 residents of the Kherson region"));
  EXPECT_THAT(run.out, HasSubstr("over 90000 person"));
  EXPECT_THAT(run.out, HasSubstr("UA-65"));
  EXPECT_THAT(run.out, HasSubstr("Vladimir Saldo"));
  EXPECT_THAT(run.out, HasSubstr("claim issuance"));
  EXPECT_THAT(run.out, HasSubstr("figure.nearest"));
  EXPECT_THAT(run.out, Not(HasSubstr("\x1b["))) << "no colours where it is no terminal";
}

TEST(Explain, OneLineAlone) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  const Outcome run = litopys(work, "explain --reader light a.txt:1");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("10 March 2024"));
  EXPECT_THAT(run.out, Not(HasSubstr("90,000")));
  const Outcome beyond = litopys(work, "explain --reader light a.txt:99");
  EXPECT_EQ(beyond.code, 2);
  EXPECT_THAT(beyond.err, HasSubstr("line 99"));
}

TEST(Explain, SaysWhyADocumentAboutSomethingElseMakesNoClaims) {
  const TemporaryFolder work;
  work.write("a.txt", "British passports will be blue again. People without one are refused boarding, the minister said on Monday.\n");
  const Outcome run = litopys(work, "explain --reader light a.txt");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("no claim: the document nowhere names the land or the occupier"));
  const Outcome json = litopys(work, "explain --reader light --json a.txt");
  EXPECT_THAT(json.out, HasSubstr("\"subject\": true, \"setting\": false"));
  EXPECT_THAT(json.out, HasSubstr("\"obstacle\""));
}

TEST(Explain, GivesAProgramTheSame) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  const Outcome run = litopys(work, "explain --reader light --json a.txt");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.lines(), 1U);
  EXPECT_THAT(run.out, HasSubstr("\"kind\": \"figure\""));
  EXPECT_THAT(run.out, HasSubstr("\"measure\": \"issuance\", \"linear\": "));
  EXPECT_THAT(run.out, HasSubstr("\"claims\": [{\"quote\": \"More than 90,000"));
}

TEST(CodebookCheck, NamesEachWrongRowAndEachExampleThatFails) {
  const TemporaryFolder work;
  work.write("book/codebook.toml", "[codebook]\nid = \"small\"\nversion = \"1\"\ntitle = \"Small\"\n");
  work.write("book/measures.toml",
             "[[measure]]\nid = \"issuance\"\nlabel = { en = \"Issuance\", uk = \"Видача\", ru = \"Выдача\" }\n\n[[cue]]\nid = "
             "\"en.good\"\nlang = \"en\"\n"
             "gives = \"issuance\"\nwords = [\"hand out\"]\nyes = [\"they handed out\", \"they gave\"]\nno = [\"hand out of sight\"]\n\n"
             "[[cue]]\nid = \"en.wrong\"\nlang = \"en\"\ngives = \"issuence\"\nwords = [\"x\"]\n\n"
             "[[cue]]\nid = \"en.worse\"\nlang = \"xx\"\ngives = \"issuance\"\nwords = [\"x\"]\n");
  const Outcome run = litopys(work, "codebook check book");
  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, HasSubstr("measures.toml:"));
  EXPECT_THAT(run.out, HasSubstr("en.wrong"));
  EXPECT_THAT(run.out, HasSubstr("issuence"));
  EXPECT_THAT(run.out, HasSubstr("en.worse"));
  EXPECT_THAT(run.out, HasSubstr("row en.good: does not fire on its example \"they gave\""));
  EXPECT_THAT(run.out, HasSubstr("row en.good: fires on its own counter-example \"hand out of sight\""));
  EXPECT_THAT(run.out, Not(HasSubstr("\"they handed out\"")));
}

TEST(CodebookCheck, FindsNothingWrongWithTheCampaignsOwnAndNamesRowsThatNeverFired) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  const Outcome run = litopys(work, "codebook check '" LITOPYS_SOURCE_DIR "/codebooks/passportization' --coverage a.txt");
  EXPECT_EQ(run.code, 0) << run.out.substr(0, 2000) << run.err;
  EXPECT_THAT(run.out, HasSubstr("never fired"));
  EXPECT_THAT(run.out, Not(HasSubstr("row class.en.passport never fired")));
  EXPECT_THAT(run.out, HasSubstr("row class.uk.passport never fired"));
}

}  // namespace
}  // namespace litopys
