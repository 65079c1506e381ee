#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/program.h"

namespace litopys {
namespace {

using litopys::testing::kReport;
using litopys::testing::litopys;
using litopys::testing::Outcome;
using litopys::testing::read_whole;
using litopys::testing::shell;
using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kCommands[] = {"read",     "add",       "claims",  "series", "report",  "learn",  "dump",
                                     "findings", "statement", "origins", "record", "rebuild", "version"};

TEST(Commands, HaveHelpWithAnExample) {
  const TemporaryFolder work;
  for (const char* command : kCommands) {
    const Outcome run = litopys(work, std::string(command) + " --help");
    EXPECT_EQ(run.code, 0) << command;
    EXPECT_THAT(run.out, HasSubstr(std::string("Example: litopys ") + command));
    EXPECT_EQ(run.err, "");
  }
}

TEST(Commands, SayWhatToTypeWhenUsedWrongly) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  ASSERT_EQ(litopys(work, "add my.case a.txt").code, 0);
  struct Case {
    const char* arguments;
    const char* says;
  };
  for (const auto& [arguments, says] : {
           Case{"", "name a command; type: litopys --help"},
           Case{"raed a.txt", "litopys --help"},
           Case{"read", "item is required; type: litopys read --help\nExample: litopys read"},
           Case{"read a.txt --jsonl --pretty", "litopys read --help"},
           Case{"read --jobs 0 a.txt", "litopys read --help"},
           Case{"add my.case", "type: litopys add --help"},
           Case{"claims my.case --measure issuence", "--measure: \"issuence\" is not known; did you mean issuance?"},
           Case{"claims my.case --side nobody", "--side: \"nobody\" is not known; one of: russia, ukraine"},
           Case{"claims my.case --since 2024-13", "--since: \"2024-13\" is no date; write 2024, 2024-03 or 2024-03-20"},
           Case{"claims my.case --place Nowheresville", "is no code and no name that the gazetteer knows"},
           Case{"claims my.case --lang xx", "--lang: \"xx\" is not known; one of: en, uk, ru, und"},
           Case{"claims my.case --text ...", "has no word in it"},
           Case{"claims my.case --json --csv", "litopys claims --help"},
           Case{"report my.case", "type: litopys report --help"},
           Case{"dump nothing a.txt", "litopys dump --help"},
           Case{"learn .", "--output"},
       }) {
    const Outcome run = litopys(work, arguments);
    EXPECT_EQ(run.code, 2) << arguments << run.err;
    EXPECT_THAT(run.err, HasSubstr(says)) << arguments;
    EXPECT_EQ(run.out, "") << arguments;
  }
}

TEST(Read, PrintsOneDocumentALineInInputOrder) {
  const TemporaryFolder work;
  std::string wanted;
  for (int i = 10; i < 40; ++i) {
    std::string text = kReport;
    if (i % 3 == 0) text += std::string(20'000, ' ') + "\nMore.\n";  // some take longer
    work.write("d/" + std::to_string(i) + ".txt", text);
    wanted += std::to_string(i) + " ";
  }
  const Outcome run = litopys(work, "read d -j 4");
  EXPECT_EQ(run.code, 0);
  std::string got;
  for (std::size_t at = run.out.find("{\"id\": \""); at != std::string::npos; at = run.out.find("\n{\"id\": \"", at + 1)) {
    if (run.out[at] == '\n') ++at;
    got += run.out.substr(at + 8, 2) + " ";
  }
  EXPECT_EQ(got, wanted);
}

TEST(Read, IsAPureFunctionOfItsInput) {
  const TemporaryFolder work;
  for (int i = 0; i < 8; ++i) work.write("d/" + std::to_string(i) + ".txt", kReport + std::to_string(i));
  EXPECT_EQ(litopys(work, "read d -j 1").out, litopys(work, "read d -j 4").out);
}

TEST(Read, TakesStandardInputAndHtml) {
  const TemporaryFolder work;
  work.write("a.html", "<html><body><p>" + std::string(kReport) + "</p></body></html>");
  const Outcome run = shell(work, "cat a.html | \"$litopys\" read - a.html");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.lines(), 2U);
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"stdin\""));
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"a\""));
}

TEST(Read, NotesWhereIdsClash) {
  const TemporaryFolder work;
  work.write("x/a.txt", kReport);
  work.write("y/a.txt", kReport);
  const Outcome run = litopys(work, "read x y");
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"a\""));
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"a.txt\""));
  EXPECT_THAT(run.out, HasSubstr("the id is a.txt, because a is another item's"));
}

TEST(Add, KeepsTheSameBytesOnceAndSeesThemTwice) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  work.write("copy.txt", kReport);
  const Outcome first = litopys(work, "add my.case a.txt");
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("my.case: 1 item taken in: 1 new, 0 seen again; 1 document read"));
  const Outcome second = litopys(work, "add my.case a.txt copy.txt");
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_THAT(second.out, HasSubstr("my.case: 2 items taken in: 0 new, 2 seen again"));
  EXPECT_THAT(second.out, HasSubstr("the casebook now: 1 item, 1 document"));
  const Outcome types = shell(work, "zcat my.case/evidence/my-00001.warc.gz | grep -a '^WARC-Type: ' | tr -d '\\r'");
  EXPECT_THAT(types.out, HasSubstr("WARC-Type: warcinfo\nWARC-Type: resource\n"));
  EXPECT_EQ(types.out.find("WARC-Type: resource"), types.out.rfind("WARC-Type: resource")) << "its content is kept once";
  EXPECT_NE(types.out.find("WARC-Type: revisit"), types.out.rfind("WARC-Type: revisit")) << "each time it was seen";
}

TEST(Add, EndsWithASummaryOfClaimsByMeasure) {
  const TemporaryFolder work;
  const Outcome run = litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples/en");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("the casebook now: "));
  EXPECT_THAT(run.out, HasSubstr("  issuance\n"));
}

TEST(Claims, ComeAsTableJsonAndCsv) {
  const TemporaryFolder work;
  ASSERT_EQ(litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples/en").code, 0);
  const Outcome table = shell(work, "COLUMNS=100 \"$litopys\" claims my.case --measure issuance");
  EXPECT_EQ(table.code, 0);
  EXPECT_THAT(table.out, HasSubstr("measure"));
  for (std::size_t at = 0, end = 0; (end = table.out.find('\n', at)) != std::string::npos; at = end + 1) {
    EXPECT_LE(end - at, 400U) << "fits the terminal (bytes; letters may have more than one)";
  }
  EXPECT_THAT(table.out, Not(HasSubstr("\x1b["))) << "no colours where there is no terminal";
  const Outcome json = litopys(work, "claims my.case --measure issuance --json");
  EXPECT_THAT(json.out, ::testing::StartsWith("{\"document\": "));
  EXPECT_THAT(json.out, HasSubstr("\"measure\": \"issuance\""));
  EXPECT_GT(json.lines(), 0U);
  const Outcome csv = litopys(work, "claims my.case --measure issuance --csv");
  EXPECT_THAT(csv.out, ::testing::StartsWith("document,number,published,lang,outlet,measure,bound,value,value2,low,high,unit"));
}

TEST(Claims, FindWordFormsInAllThreeLanguages) {
  const TemporaryFolder work;
  ASSERT_EQ(litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples").code, 0);
  struct Case {
    const char* form;
    const char* other;
  };
  for (const auto& [form, other] : {Case{"passports", "passport"}, Case{"паспортом", "паспорти"}, Case{"паспортами", "паспорт"}}) {
    const Outcome one = litopys(work, std::string("claims my.case --json --text '") + form + "'");
    const Outcome two = litopys(work, std::string("claims my.case --json --text '") + other + "'");
    EXPECT_GT(one.lines(), 0U) << form;
    EXPECT_GT(two.lines(), 0U) << other;
  }
  EXPECT_EQ(litopys(work, "claims my.case --json --text passports").out, litopys(work, "claims my.case --json --text passport").out);
}

TEST(Series, ShowsATableAndAPlot) {
  const TemporaryFolder work;
  ASSERT_EQ(litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples").code, 0);
  const Outcome run = litopys(work, "series my.case --measure issuance --place UA-TOT");
  EXPECT_EQ(run.code, 0) << run.err;
  for (const char* has : {"date", "bound", "value", "originator", "carried by ", "┤", "└", "● exact"}) EXPECT_THAT(run.out, HasSubstr(has));
}

TEST(Report, WritesOnePage) {
  const TemporaryFolder work;
  ASSERT_EQ(litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples/en").code, 0);
  for (const char* language : {"en", "uk"}) {
    const Outcome run = litopys(work, std::string("report my.case -o page.html --lang ") + language);
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(read_whole(work / "page.html"), ::testing::StartsWith("<!"));
  }
  EXPECT_EQ(litopys(work, "report my.case -o /nowhere/page.html").code, 2);
}

TEST(Rebuild, GivesTheIdenticalRecord) {
  const TemporaryFolder work;
  ASSERT_EQ(litopys(work, "add my.case " LITOPYS_SOURCE_DIR "/samples/en").code, 0);
  work.write("empty.txt", "");
  ASSERT_EQ(litopys(work, "add my.case empty.txt " LITOPYS_SOURCE_DIR "/samples/uk").code, 1);
  const std::string dump =
      "sqlite3 my.case/record.db \"select * from item; select * from sighting; select * from act; select * from document; select * from "
      "claim; "
      "select * from claim_place; select * from claim_source; select * from meta\"";
  const Outcome before = shell(work, dump);
  if (before.code != 0) GTEST_SKIP() << "not run: sqlite3 absent";
  const Outcome words = litopys(work, "claims my.case --json --text passports");
  std::filesystem::remove(work / "my.case/record.db");
  EXPECT_EQ(litopys(work, "claims my.case").code, 3);
  const Outcome rebuild = litopys(work, "rebuild my.case");
  EXPECT_EQ(rebuild.code, 1) << "one item cannot be read: " << rebuild.err;
  EXPECT_EQ(shell(work, dump).out, before.out);
  EXPECT_EQ(litopys(work, "claims my.case --json --text passports").out, words.out);
}

// Each stage's dump, given to the stages after it, gives what the report itself gives.
TEST(Withdraw, ReadsWhatIsLeftAsItWasReadBefore) {
  const TemporaryFolder work;
  work.write("in/a.txt", kReport);
  work.write("in/b.txt", std::string(kReport) + "Another.\n");
  ASSERT_EQ(litopys(work, "add my.case in --reader light").code, 0);
  const Outcome withdrawn = litopys(work, "withdraw my.case a --reason asked --reader light");
  EXPECT_EQ(withdrawn.code, 0) << withdrawn.err;
  const Outcome verified = litopys(work, "verify my.case --reader light");
  EXPECT_EQ(verified.code, 0) << verified.err;
  EXPECT_THAT(verified.out, AllOf(HasSubstr("compared with what the log says was read"), Not(HasSubstr("read again:"))));
}

TEST(Dump, IsTheNextStagesInput) {
  const TemporaryFolder work;
  for (const char* sample : {"en/en-2025-03-complete.txt", "en/en-2024-03-million-claims.html"}) {
    const std::string item = std::string(LITOPYS_SOURCE_DIR "/samples/") + sample;
    for (const char* stage : {"page", "text", "mention"}) {
      const Outcome dumped = shell(work, std::string("\"$litopys\" dump ") + stage + " " + item + " > " + stage);
      ASSERT_EQ(dumped.code, 0) << dumped.err;
      EXPECT_EQ(litopys(work, std::string("dump ") + stage + " " + stage).out, read_whole(work / stage)) << sample;
      EXPECT_EQ(litopys(work, std::string("dump claim --json ") + stage).out, litopys(work, "dump claim --json " + item).out)
          << sample << " " << stage;
    }
    EXPECT_EQ(litopys(work, "dump text page").out, read_whole(work / "text")) << sample;
    EXPECT_EQ(litopys(work, "dump mention text").out, read_whole(work / "mention")) << sample;
    EXPECT_EQ(litopys(work, "dump page mention").code, 2) << "a later stage's dump is no input";
  }
}

TEST(Dump, NamesWhatIsWrongInADumpThatWasEdited) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  ASSERT_EQ(shell(work, "\"$litopys\" dump mention a.txt > mention").code, 0);
  const std::string good = read_whole(work / "mention");
  struct Case {
    const char* what;
    const char* becomes;
    const char* says;
  };
  for (const auto& [what, becomes, says] : {
           Case{"\"token_count\": ", "\"token_count\": 99999", "token_count: is missing or is not what it should be"},
           Case{"\"span\": [0, ", "\"span\": [0, 4000000", "span"},
           Case{"\"stage\": \"mention\"", "\"stage\": \"nothing\"", "stage"},
           Case{"\"text\": \"", "\"txt\": \"", "text"},
       }) {
    std::string bad = good;
    const std::size_t at = bad.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    bad.replace(at, std::string(what).size(), becomes);
    work.write("bad", bad);
    const Outcome run = litopys(work, "dump claim bad");
    EXPECT_EQ(run.code, 1) << what << run.err;
    EXPECT_THAT(run.err, HasSubstr(says));
    EXPECT_EQ(run.error_lines(), 1U);
  }
}

TEST(Version, NamesTheDataFiles) {
  const TemporaryFolder work;
  const Outcome run = litopys(work, "version");
  EXPECT_EQ(run.code, 0);
  EXPECT_THAT(run.out, HasSubstr("litopys "));
  EXPECT_THAT(run.out, HasSubstr("codebooks/passportization"));
}

}  // namespace
}  // namespace litopys
