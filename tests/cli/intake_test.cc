// Archives through the whole program: read and screen, without the network.
#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "claim/pipeline.h"
#include "cli/program.h"
#include "intake/open.h"
#include "intake/screen.h"
#include "intake/walk.h"
#include "intake/warc_maker.h"

namespace litopys::testing {
namespace {

using ::testing::HasSubstr;

std::string crawl() {
  const std::string html =
      "<html><head><title>News</title></head><body><article><p>" + std::string(kReport) + "</p></article></body></html>";
  return gzip(warc_record({.type = "warcinfo", .block = "software: ours\r\n", .uri = "", .content_type = "application/warc-fields"}, 1)) +
         gzip(warc_record({.block = http_page(html), .uri = "https://example.org/news/2"}, 2)) +
         gzip(warc_record({.block = http_page("<html><body><p>Weather for the week: rain and some wind.</p></body></html>")}, 3)) +
         gzip(warc_record({.block = http_page(html), .uri = "https://example.org/news/4"}, 4));
}

TEST(IntakeCommands, ReadsThePagesOfAWarc) {
  const TemporaryFolder work;
  work.write("a.warc.gz", crawl());
  const Outcome read = litopys(work, "read a.warc.gz");
  EXPECT_EQ(read.code, 0) << read.err;
  EXPECT_EQ(read.lines(), 3U);
  EXPECT_THAT(read.out, HasSubstr("a.warc-2"));
  EXPECT_THAT(read.out, HasSubstr("https://example.org/news/4"));
  EXPECT_THAT(read.err, HasSubstr("passed over in archives: 1 warcinfo records"));
}

TEST(IntakeCommands, ReadsAroundADamagedRecord) {
  const TemporaryFolder work;
  std::string bytes = crawl();
  bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 0x55);
  work.write("a.warc.gz", bytes);
  const Outcome read = litopys(work, "read a.warc.gz");
  EXPECT_EQ(read.code, 1);
  EXPECT_EQ(read.lines(), 2U);
  EXPECT_THAT(read.err, HasSubstr("a.warc.gz: byte "));
}

// What may be said of how to read is the same for reading and for taking in: columns of tables here, which the casebook keeps with each
// row.
TEST(IntakeCommands, AddReadsTablesByTheColumnsThatItIsTold) {
  const TemporaryFolder work;
  work.write("t.csv", "id,tale,seen\n1,\"" + std::string(kReport) + "\",2024-03-21\n");
  const Outcome plain = litopys(work, "add plain.case t.csv --reader light");
  const Outcome told = litopys(work, "add told.case t.csv --reader light --columns text=tale,date=seen");
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("1 item taken in: 1 new"));
  EXPECT_THAT(litopys(work, "claims told.case --json").out, HasSubstr("2024-03-21")) << plain.out;
  const std::string before = litopys(work, "claims told.case --json").out;
  EXPECT_EQ(litopys(work, "rebuild told.case --reader light").code, 0);
  EXPECT_EQ(litopys(work, "claims told.case --json").out, before);
  for (const char* command : {"add told.case", "read"}) {
    const Outcome lacking = litopys(work, std::string(command) + " t.csv --reader light --columns text=nothing");
    EXPECT_EQ(lacking.code, 1) << command;
    EXPECT_THAT(lacking.err, HasSubstr("no column \"nothing\" for text; the table has: id, tale, seen")) << command;
    const Outcome wrong = litopys(work, std::string(command) + " t.csv --reader light --columns story=tale");
    EXPECT_EQ(wrong.code, 2) << command;
    EXPECT_THAT(wrong.err, HasSubstr("\"story=tale\" is none of text=NAME")) << command;
  }
}

TEST(IntakeCommands, OpensNoSocket) {
  const TemporaryFolder work;
  work.write("in/a.warc.gz", crawl());
  work.write("in/b.html",
             "<!DOCTYPE html SYSTEM \"http://192.0.2.1/x.dtd\"><html><head><base href=\"http://192.0.2.1/\"><link rel=stylesheet "
             "href=\"http://192.0.2.1/a.css\"></head><body><img src=\"http://192.0.2.1/a.png\"><p>Words.</p></body></html>");
  work.write("in/c.xml",
             "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM "
             "\"http://192.0.2.1/x\">]><rss><channel><item><title>&x;</title></item></channel></rss>");
  if (shell(work, "unshare -rn true && strace -V").code != 0) GTEST_SKIP() << "no unshare or strace here";
  const Outcome read = shell(work, "unshare -rn strace -f -e trace=socket,connect -o calls \"$litopys\" read in");
  EXPECT_GE(read.lines(), 4U) << read.err;
  const std::string calls = read_whole(work / "calls");
  EXPECT_THAT(calls, HasSubstr("exited with"));
  EXPECT_EQ(calls.find("connect("), std::string::npos) << calls;
  EXPECT_EQ(calls.find("socket("), std::string::npos) << calls;
}

TEST(IntakeCommands, ScreenSaysWhichRecordsCanHoldAClaimAndWhy) {
  const TemporaryFolder work;
  work.write("a.warc.gz", crawl());
  const Outcome some = litopys(work, "screen a.warc.gz");
  EXPECT_EQ(some.code, 0) << some.err;
  EXPECT_EQ(some.lines(), 2U);
  EXPECT_THAT(some.out, HasSubstr("{\"path\": \"a.warc.gz\", \"offset\": "));
  EXPECT_THAT(some.out, HasSubstr("\"keep\": true, \"stems\": [{\"stem\": \""));
  EXPECT_THAT(some.err, HasSubstr("4 records, 2 of them can hold a claim"));
  const Outcome all = litopys(work, "screen --all a.warc.gz");
  EXPECT_EQ(all.lines(), 4U);
  EXPECT_THAT(all.out, HasSubstr("\"keep\": false, \"why\": \"no stem\""));
  EXPECT_THAT(all.out, HasSubstr("\"keep\": false, \"why\": \"warcinfo records\""));
}

// Parts of one file at once against the file in one go.
TEST(IntakeCommands, ScreenFindsTheSameInPartsAndInOneGo) {
  const TemporaryFolder work;
  {
    std::ofstream file(work / "a.warc", std::ios::binary);
    for (unsigned n = 1; n <= 900; ++n) {
      std::string body = n % 7 == 0 ? "<p>passport</p>" : "<p>weather</p>";
      if (n == 400) body += warc_record({.block = http_page("<p>passport within a record</p>")}, 9999);  // looks like a record
      file << warc_record({.block = http_page(body + std::string(50000, 'x'))}, n);
    }
  }
  const Outcome one = litopys(work, "screen -j 1 a.warc");
  const Outcome two = litopys(work, "screen -j 2 a.warc");
  EXPECT_EQ(one.lines(), 129U);
  EXPECT_EQ(one.out, two.out);
  EXPECT_THAT(two.err, HasSubstr("900 records, 129 of them"));
}

// The promise of the screen: what the whole reading makes a claim of, passes.
TEST(IntakeCommands, ScreenKeepsEveryReportThatMakesAClaim) {
  const std::filesystem::path root = LITOPYS_SOURCE_DIR;
  const auto resources = load_resources(default_paths());
  ASSERT_TRUE(resources);
  const Screen screen = Screen::make(codebook_of(**resources)).value();
  ScreenLook look(screen);
  std::size_t kept = 0;
  Walk walk({(root / "samples/en").string(), (root / "samples/uk").string(), (root / "samples/ru").string(),
             (root / "data/annotated").string(), (root / "tests/annotated").string()});
  while (const auto entry = walk.next()) {
    if (!*entry || (*entry)->path.ends_with(".md")) continue;
    const auto opened = open_item(**entry);
    ASSERT_TRUE(opened);
    if (!look(opened->item.bytes).empty()) {
      ++kept;
      continue;
    }
    const auto read = read_item(opened->item, **resources);
    EXPECT_TRUE(!read || read->claims.empty()) << (*entry)->path;
  }
  EXPECT_GT(kept, 50U);
}

}  // namespace
}  // namespace litopys::testing
