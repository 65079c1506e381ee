// What findings, statement, origins and series promise of a casebook's record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/program.h"

namespace litopys {
namespace {

using litopys::testing::litopys;
using litopys::testing::Outcome;
using litopys::testing::shell;
using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;

// Two totals of one side that cannot both be true, the second carried twice.
void fill(const TemporaryFolder& work) {
  work.write(
      "in/a.txt",
      "Sea Herald\nKherson region, 10 March 2024\n\nAs of 9 March 2024 more than 90,000 residents of the Kherson region have received "
      "Russian passports, occupation head Vladimir Saldo said.\n");
  work.write("in/b.txt",
             "Steppe News\n20 March 2024\n\nAs of 18 March 2024, 61,300 residents of the Kherson region have received Russian passports, "
             "Andrey Alekseenko said.\n");
  ASSERT_EQ(litopys(work, "add my.case in").code, 0);
}

TEST(Findings, ShowWhatCannotAllBeTrueWithItsSentences) {
  const TemporaryFolder work;
  fill(work);
  const Outcome run = litopys(work, "findings my.case");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("contradiction: 1"));
  EXPECT_THAT(run.out, HasSubstr("they cannot both be true"));
  EXPECT_THAT(run.out, HasSubstr("90,000 residents"));
  EXPECT_THAT(run.out, HasSubstr("61,300 residents"));
  EXPECT_THAT(run.err, HasSubstr("1 finding\n"));
}

TEST(Findings, AreChosenByKindPlaceMeasureAndDay) {
  const TemporaryFolder work;
  fill(work);
  for (const char* in : {"--kind contradiction", "--place UA-65", "--place UA", "--measure issuance", "--since 2024-03-20", "--since 2024"})
    EXPECT_EQ(litopys(work, std::string("findings my.case --json ") + in).lines(), 1U) << in;
  for (const char* out : {"--kind update", "--place UA-23", "--measure deadline", "--since 2024-04"})
    EXPECT_EQ(litopys(work, std::string("findings my.case --json ") + out).lines(), 0U) << out;
  const Outcome wrong = litopys(work, "findings my.case --kind contradictoin");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("did you mean contradiction?"));
}

TEST(Findings, OfACasebookAreThoseOfWhatReadPrints) {
  const TemporaryFolder work;
  ASSERT_EQ(litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples/en " LITOPYS_SOURCE_DIR "/samples/ru").code, 0);
  const Outcome casebook = litopys(work, "findings my.case --json");
  const Outcome files = shell(work, "\"$litopys\" read " LITOPYS_SOURCE_DIR "/samples/en " LITOPYS_SOURCE_DIR
                                    "/samples/ru 2> /dev/null | \"$litopys\" record - | grep '\"type\": \"finding\"'");
  EXPECT_EQ(casebook.out, files.out);
  EXPECT_GT(casebook.lines(), 0U);
}

TEST(Statement, ShowsWhoSaidItAndTheWayToTheOutlet) {
  const TemporaryFolder work;
  fill(work);
  const Outcome run = litopys(work, "statement my.case a#1");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("over 90,000 people given passports in Kherson Oblast"));
  EXPECT_THAT(run.out, HasSubstr("Vladimir Saldo\n└─ "));
  EXPECT_THAT(run.out, HasSubstr("contradiction: "));
  EXPECT_EQ(litopys(work, "statement my.case s:a#1").out, run.out);
  const Outcome json = litopys(work, "statement my.case a#1 --json");
  EXPECT_EQ(json.lines(), 1U);
  EXPECT_THAT(json.out, HasSubstr(R"("way": ["Vladimir Saldo", )"));
  const Outcome none = litopys(work, "statement my.case nothing#1");
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.err, HasSubstr("nothing#1: is no statement and no claim of this casebook"));
}

TEST(Origins, TellWhatEachHasSaidAndHowManyOutletsCarryIt) {
  const TemporaryFolder work;
  fill(work);
  const Outcome run = litopys(work, "origins my.case --side russia");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("Vladimir Saldo (russia): 1 statement in 1 outlet, 1 document, first 2024-03-10"));
  EXPECT_EQ(litopys(work, "origins my.case --name saldo --json").lines(), 1U);
}

TEST(Series, ShowsWhatTheFiguresOfEachSideLeaveOpen) {
  const TemporaryFolder work;
  fill(work);
  const Outcome both = litopys(work, "series my.case --place UA-65");
  EXPECT_EQ(both.code, 0) << both.err;
  EXPECT_THAT(both.out, HasSubstr("what the figures leave open"));
  EXPECT_THAT(both.out, HasSubstr("russia: cannot all be true; see litopys findings my.case --kind contradiction --place UA-65"));
  EXPECT_THAT(litopys(work, "series my.case --place UA-65 --json").out, HasSubstr(R"({"side": "russia", "contradicted": true})"));
}

TEST(RecordCommands, RefuseWhatIsNoCasebook) {
  const TemporaryFolder work;
  for (const char* command : {"findings nowhere", "statement nowhere a#1", "origins nowhere", "series nowhere"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 3) << command;
    EXPECT_THAT(run.err, HasSubstr("there is no casebook of this name"));
    EXPECT_EQ(run.out, "");
  }
}

// A report is not what read makes of it, and is told so once; of many broken lines the first are told, and how many more there are.
TEST(Record, ToldOnceThatAFileIsNoneOfItsAndOfManyBrokenLinesTheFirst) {
  const TemporaryFolder work;
  work.write("report.txt", "Sea Herald\n10 March 2024\n\nResidents of Henichesk queue.\n");
  const Outcome text = litopys(work, "record report.txt");
  EXPECT_EQ(text.code, 1);
  EXPECT_EQ(std::ranges::count(text.err, '\n'), 1) << text.err;
  EXPECT_THAT(text.err, HasSubstr("report.txt: is no file of documents with claims"));
  std::string lines = R"({"id": "a", "lang": "en", "text": "", "claims": []})"
                      "\n";
  for (int i = 0; i < 50; ++i) lines += "{broken}\n";
  work.write("broken.jsonl", lines);
  const Outcome broken = litopys(work, "record broken.jsonl");
  EXPECT_EQ(broken.code, 1);
  EXPECT_EQ(std::ranges::count(broken.err, '\n'), 21) << broken.err;
  EXPECT_THAT(broken.err, HasSubstr("broken.jsonl: 30 more lines are no documents"));
  // The end of a document that was cut off above takes nothing from those below it.
  work.write("cut.jsonl", R"(claims": []})"
                          "\n"
                          R"({"id": "b", "lang": "en", "text": "", "claims": []})"
                          "\n");
  const Outcome cut = litopys(work, "record cut.jsonl");
  EXPECT_EQ(cut.code, 1);
  EXPECT_EQ(std::ranges::count(cut.err, '\n'), 1) << cut.err;
  EXPECT_THAT(cut.err, HasSubstr("cut.jsonl:1: no JSON document"));
}

}  // namespace
}  // namespace litopys
