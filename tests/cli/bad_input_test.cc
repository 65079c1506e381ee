// Each kind of bad input of the issue: one clear line, the rest goes on, the exit code tells, nothing kept is harmed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/program.h"

namespace litopys {
namespace {

using litopys::testing::kReport;
using litopys::testing::litopys;
using litopys::testing::may_mount;
using litopys::testing::Outcome;
using litopys::testing::read_whole;
using litopys::testing::shell;
using litopys::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// `bad` is refused with one line that has `says`; the report beside it is read; the same holds for a casebook, which keeps the bytes where
// `kept`.
void expect_refused(const TemporaryFolder& work, const std::string& bad, const std::string& says, bool kept) {
  work.write("good.txt", kReport);
  const Outcome read = litopys(work, "read " + bad + " good.txt");
  EXPECT_EQ(read.code, 1) << read.err;
  EXPECT_EQ(read.error_lines(), 1U) << read.err;
  EXPECT_THAT(read.err, StartsWith("litopys: " + bad)) << "names the item";
  EXPECT_THAT(read.err, HasSubstr(says));
  EXPECT_EQ(read.lines(), 1U) << "the other report is read";
  EXPECT_THAT(read.out, HasSubstr("\"id\": \"good\""));

  const Outcome add = litopys(work, "add my.case " + bad + " good.txt");
  EXPECT_EQ(add.code, 1) << add.err;
  EXPECT_THAT(add.err, HasSubstr(says));
  EXPECT_THAT(add.out, HasSubstr(says)) << "the summary has the reason";
  EXPECT_THAT(add.out, HasSubstr(kept ? "the casebook now: 2 items, 1 document" : "the casebook now: 1 item, 1 document"));
  EXPECT_EQ(litopys(work, "claims my.case").code, 0);
}

// A report that can be read in spite of its bytes.
void expect_read(const TemporaryFolder& work, const std::string& name, const std::string& has) {
  const Outcome read = litopys(work, "read " + name);
  EXPECT_EQ(read.code, 0) << read.err;
  EXPECT_EQ(read.lines(), 1U);
  EXPECT_THAT(read.out, HasSubstr(has));
  EXPECT_EQ(litopys(work, "add my.case " + name).code, 0);
}

TEST(BadInput, EmptyFile) {
  const TemporaryFolder work;
  work.write("bad.txt", "");
  expect_refused(work, "bad.txt", "empty", true);
}

TEST(BadInput, BinaryFile) {
  const TemporaryFolder work;
  std::string bytes(
      "\x7f"
      "ELF\x02\x01\x01\0\0\0",
      10);
  for (unsigned i = 0, x = 1; i < 20000; ++i) bytes += static_cast<char>((x = x * 1664525U + 1013904223U) >> 24U);
  work.write("bad.bin", bytes);
  expect_refused(work, "bad.bin", "", true);
}

TEST(BadInput, FolderLoop) {
  const TemporaryFolder work;
  work.write("bad/in/a.txt", kReport);
  std::filesystem::create_directory_symlink("..", work / "bad/in/back");
  work.write("good.txt", kReport);
  const Outcome read = litopys(work, "read bad good.txt");
  EXPECT_EQ(read.code, 1);
  EXPECT_EQ(read.err, "litopys: bad/in/back: is a folder loop: it leads back to bad; skipped, what is in there is taken once\n");
  EXPECT_EQ(read.lines(), 2U);
}

// Mode bits do not stop root: the program is run as nobody.
TEST(BadInput, UnreadablePermissions) {
  const TemporaryFolder work;
  std::filesystem::permissions(work.path(), std::filesystem::perms::all);
  work.write("bad.txt", kReport);
  work.write("shut/a.txt", kReport);
  work.write("good.txt", kReport);
  std::filesystem::permissions(work / "bad.txt", std::filesystem::perms::none);
  std::filesystem::permissions(work / "shut", std::filesystem::perms::none);
  const std::string as_nobody = getuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
  if (shell(work, as_nobody + "\"$litopys\" version").code != 0) GTEST_SKIP() << "not run: nobody may not run the program here";
  const Outcome read = shell(work, as_nobody + "\"$litopys\" read bad.txt shut good.txt");
  EXPECT_EQ(read.code, 1);
  EXPECT_EQ(read.err,
            "litopys: bad.txt: no permission to read it; skipped; ask its owner, or run as a user who may read it\n"
            "litopys: shut: no permission to list this folder; skipped with all that is in it\n");
  EXPECT_EQ(read.lines(), 1U);
  std::filesystem::permissions(work / "shut", std::filesystem::perms::owner_all);
}

TEST(BadInput, TwoHundredMegabytesOfOneLine) {
  const TemporaryFolder work;
  {
    std::ofstream file(work / "bad.txt");
    const std::string piece(1U << 20U, 'x');
    for (int i = 0; i < 200; ++i) file << piece;
  }
  expect_refused(work, "bad.txt", "has 200 MB; a document may have 32 MB; not read; split it into its documents", true);
  // Memory stays far below the file's size where only a look at its size is needed.
  const Outcome bounded = shell(work, "ulimit -v 1500000; \"$litopys\" read bad.txt");
  EXPECT_EQ(bounded.code, 1);
  EXPECT_THAT(bounded.err, HasSubstr("has 200 MB"));
}

TEST(BadInput, LongLineWithinTheLimit) {
  const TemporaryFolder work;
  std::string text;
  while (text.size() < 300'000) text += "People in Kherson received passports, and ";
  work.write("a.txt", text);
  const Outcome read = litopys(work, "read a.txt");
  EXPECT_EQ(read.code, 0) << read.err;
  EXPECT_EQ(read.lines(), 1U);
}

TEST(BadInput, InvalidUtf8) {
  const TemporaryFolder work;
  work.write("a.txt", std::string(kReport) + "\xC3\x28 \xFF\xFE broken \xE2\x82\n");
  expect_read(work, "a.txt", "90,000 residents");
}

TEST(BadInput, Utf16) {
  const TemporaryFolder work;
  std::string bytes = "\xFF\xFE";
  for (const char* c = kReport; *c != 0; ++c) bytes += *c, bytes += '\0';
  work.write("a.txt", bytes);
  expect_read(work, "a.txt", "90,000 residents");
}

TEST(BadInput, Windows1251) {
  const TemporaryFolder work;
  // «Жители Херсонской области получили паспорта, сообщил глава администрации.» and again, in windows-1251.
  const std::string text =
      "Жители Херсонской области получили паспорта, сообщил глава администрации. Без паспорта в больницу не принимают.";
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
      bytes += text[i];
      continue;
    }
    const unsigned letter = (first & 0x1FU) << 6U | (static_cast<unsigned char>(text[++i]) & 0x3FU);
    bytes += static_cast<char>(letter - 0x410U + 0xC0U);
  }
  work.write("a.txt", bytes);
  expect_read(work, "a.txt", "Жители Херсонской области получили паспорта");
}

TEST(BadInput, NulBytes) {
  const TemporaryFolder work;
  std::string text = kReport;
  text.insert(60, std::string("\0\0", 2));
  work.write("a.txt", text);
  const Outcome read = litopys(work, "read a.txt");
  EXPECT_LE(read.code, 1);
  EXPECT_EQ(read.lines() + read.error_lines(), 1U) << "read, or refused with one line";
  EXPECT_LE(litopys(work, "add my.case a.txt").code, 1);
}

TEST(BadInput, HtmlNestedAHundredThousandDeep) {
  const TemporaryFolder work;
  std::string html = "<!DOCTYPE html><html><body>";
  for (int i = 0; i < 100'000; ++i) html += "<div>";
  html += "<p>" + std::string(kReport) + "</p>";
  work.write("a.html", html);
  expect_read(work, "a.html", "90,000 residents");
}

TEST(BadInput, TagWithAMillionAttributes) {
  const TemporaryFolder work;
  std::string html = "<!DOCTYPE html><html><body><p";
  for (int i = 0; i < 1'000'000; ++i) html += " a" + std::to_string(i) + "=1";
  html += ">" + std::string(kReport) + "</p></body></html>";
  work.write("a.html", html);
  expect_read(work, "a.html", "90,000 residents");
}

// The writer appends for as long as the program runs.
TEST(BadInput, FileThatChangesWhileItIsRead) {
  const TemporaryFolder work;
  work.write("good.txt", kReport);
  {
    std::ofstream file(work / "bad.txt");
    file << kReport;
    const std::string piece(1U << 20U, ' ');
    for (int i = 0; i < 40; ++i) file << piece;
  }
  const std::string growing = "(while :; do echo x >> bad.txt; done) & writer=$!; ";
  const Outcome add = shell(work, growing + "\"$litopys\" add my.case bad.txt good.txt; code=$?; kill $writer; exit $code");
  EXPECT_EQ(add.code, 1);
  EXPECT_THAT(add.err, HasSubstr("bad.txt: changed while it was read: "));
  EXPECT_THAT(add.err, HasSubstr("kept as it was taken; add it again"));
  EXPECT_THAT(add.out, HasSubstr("the casebook now: 2 items"));
  EXPECT_THAT(shell(work, "zcat my.case/evidence/my-00001.warc.gz | grep -a Litopys-Item").out, HasSubstr("changed while it was read"));
}

TEST(BadInput, FullDisk) {
  const TemporaryFolder work;
  if (!may_mount(work)) GTEST_SKIP() << "not run: no mount namespaces here";
  work.write("first.txt", kReport);
  work.write("second.txt", std::string(kReport) + std::string(200'000, ' ') + "Second.\n");
  const Outcome run = shell(work, R"(
mkdir disk
cat > inside <<'END'
mount -t tmpfs -o size=2m tmpfs disk
"$litopys" add disk/my.case first.txt > one 2>&1; echo "first $?"
cat /dev/zero > disk/filler 2> /dev/null
"$litopys" add disk/my.case second.txt > two 2>&1; echo "full $?"
rm disk/filler
"$litopys" claims disk/my.case --document first > claims 2>&1; echo "claims $?"
"$litopys" add disk/my.case second.txt > three 2>&1; echo "again $?"
END
unshare -m sh inside)");
  EXPECT_EQ(run.out, "first 0\nfull 3\nclaims 0\nagain 0\n") << run.err << read_whole(work / "two") << read_whole(work / "three");
  EXPECT_THAT(read_whole(work / "two"),
              HasSubstr("the disk is full; free some space and run the same command again; what was acknowledged before is kept"));
  EXPECT_THAT(read_whole(work / "three"), HasSubstr("the casebook now: 2 items, 2 documents"));
}

TEST(BadInput, ReadOnlyCasebook) {
  const TemporaryFolder work;
  if (!may_mount(work)) GTEST_SKIP() << "not run: no mount namespaces here";
  work.write("first.txt", kReport);
  work.write("second.txt", std::string(kReport) + "Second.\n");
  ASSERT_EQ(litopys(work, "add my.case first.txt").code, 0);
  const Outcome run = shell(work, R"(
cat > inside <<'END'
mount --bind my.case my.case && mount -o remount,ro,bind my.case
"$litopys" add my.case second.txt > add 2>&1; echo "add $?"
"$litopys" rebuild my.case > rebuild 2>&1; echo "rebuild $?"
"$litopys" claims my.case > claims 2>&1; echo "claims $?"
END
unshare -m sh inside)");
  EXPECT_EQ(run.out, "add 3\nrebuild 3\nclaims 0\n") << run.err << read_whole(work / "add") << read_whole(work / "claims");
  EXPECT_THAT(read_whole(work / "add"),
              HasSubstr("the casebook lies on a read-only disk; copy the casebook to a place where you may write"));
}

TEST(BadInput, CasebookOfANewerFormat) {
  const TemporaryFolder work;
  work.write("first.txt", kReport);
  ASSERT_EQ(litopys(work, "add my.case first.txt").code, 0);
  std::string toml = read_whole(work / "my.case/casebook.toml");
  toml.replace(toml.find("format = 4"), 10, "format = 9");
  work.write("my.case/casebook.toml", toml);
  for (const char* command :
       {"add my.case first.txt", "claims my.case", "rebuild my.case", "series my.case", "report my.case -o page.html"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 3) << command;
    EXPECT_EQ(run.err,
              "litopys: my.case/casebook.toml: has format 9; this litopys reads up to 4; use a newer litopys; nothing was changed\n")
        << command;
  }
}

TEST(BadInput, CasebookOfTheFormatBeforeTheLog) {
  const TemporaryFolder work;
  work.write("first.txt", kReport);
  work.write("my.case/casebook.toml",
             "format = 1\ncreated = '2025-11-02T10:15:30.250Z'\n[codebook]\nid = 'passportization'\nversion = '1'\n");
  work.write("my.case/evidence/items.jsonl", "");
  for (const char* command : {"add my.case first.txt", "claims my.case", "rebuild my.case"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 3) << command;
    EXPECT_THAT(
        run.err,
        HasSubstr("has format 1, from before the custody log; this litopys reads 2 to 4; take the same reports into a new casebook"));
  }
}

TEST(BadInput, CasebookWithAPieceMissing) {
  const TemporaryFolder work;
  work.write("first.txt", kReport);
  struct Case {
    const char* piece;
    const char* says;
  };
  for (const auto& [piece, says] :
       {Case{"casebook.toml", "casebook.toml: is missing: the rest of a casebook is there; restore it from a copy"},
        Case{"evidence/my-00001.warc.gz", "evidence"},
        Case{"log", "log: is missing: without the custody log the casebook proves nothing; restore it"},
        Case{"log.vkey", "log.vkey: is missing: without it no signature"},
        Case{"evidence", "evidence: is missing: without it the casebook proves nothing; restore it"}}) {
    std::filesystem::remove_all(work / "my.case");
    ASSERT_EQ(litopys(work, "add my.case first.txt").code, 0);
    std::filesystem::remove_all(work / (std::string("my.case/") + piece));
    for (const char* command : {"claims my.case", "add my.case first.txt", "rebuild my.case"}) {
      const Outcome run = litopys(work, command);
      EXPECT_EQ(run.code, 3) << command << " without " << piece;
      EXPECT_THAT(run.err, HasSubstr(says)) << command;
    }
  }
}

TEST(BadInput, FolderThatIsNoCasebook) {
  const TemporaryFolder work;
  work.write("first.txt", kReport);
  work.write("papers/letter.txt", "x");
  const Outcome add = litopys(work, "add papers first.txt");
  EXPECT_EQ(add.code, 3);
  EXPECT_EQ(
      add.err,
      "litopys: papers: is a folder with other things in it (letter.txt), not a casebook; name the folder of a casebook, or a new one\n");
  EXPECT_EQ(litopys(work, "add first.txt first.txt").code, 3);
  const Outcome claims = litopys(work, "claims nowhere");
  EXPECT_EQ(claims.code, 3);
  EXPECT_EQ(claims.err, "litopys: nowhere: there is no casebook of this name; make one with: litopys add nowhere REPORTS\n");
}

TEST(BadInput, BrokenCodebookRow) {
  const TemporaryFolder work;
  work.write("first.txt", kReport);
  std::filesystem::copy(std::filesystem::path(LITOPYS_SOURCE_DIR) / "codebooks/passportization", work / "book",
                        std::filesystem::copy_options::recursive);
  std::ofstream(work / "book/bounds.toml", std::ios::app)
      << "\n[[bound]]\nid = \"en.broken\"\nlang = \"en\"\nwords = [\"broken\"]\ngives = \"ovr\"\n";
  for (const char* command : {"read first.txt --codebook book", "add my.case first.txt --codebook book"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 2) << command;
    EXPECT_EQ(run.error_lines(), 1U) << run.err;
    EXPECT_THAT(run.err, HasSubstr("book/bounds.toml:"));
    EXPECT_THAT(run.err, HasSubstr("ovr"));
    EXPECT_EQ(run.out, "");
  }
  EXPECT_FALSE(std::filesystem::exists(work / "my.case"));
}

// A user whose processes are counted alone: with one thread besides the program's own all is read; with none, one line says so.
TEST(BadInput, NoMoreThreads) {
  const TemporaryFolder work;
  std::filesystem::permissions(work.path(), std::filesystem::perms::all);
  work.write("a.txt", kReport);
  work.write("b.txt", kReport);
  const auto limited = [](int processes) {
    return "setpriv --reuid=2018317 --regid=2018317 --clear-groups prlimit --nproc=" + std::to_string(processes) + " \"$litopys\" ";
  };
  if (getuid() != 0 || shell(work, limited(9) + "version").code != 0)
    GTEST_SKIP() << "not run: needs root, and others must be able to run the program";
  const Outcome one = shell(work, limited(2) + "read a.txt b.txt --jobs 4");
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(one.lines(), 2U);
  EXPECT_EQ(one.err, "");
  const Outcome none = shell(work, limited(1) + "read a.txt b.txt");
  EXPECT_EQ(none.code, 1) << none.err;
  EXPECT_EQ(none.error_lines(), 1U) << none.err;
  EXPECT_THAT(none.err, StartsWith("litopys: the system gives no thread to read with: "));
  EXPECT_THAT(none.err, HasSubstr("raise the limit of processes (ulimit -u)"));
  const Outcome add = shell(work, limited(2) + "add my.case a.txt b.txt");
  EXPECT_EQ(add.code, 0) << add.err;
  EXPECT_EQ(shell(work, limited(1) + "verify my.case").code, 0);
}

// What is dated before what came before it is said, when it is written and when it is verified.
TEST(BadInput, ClockThatWasSetBack) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  work.write("b.txt", std::string(kReport) + "Second.\n");
  if (shell(work, "faketime '2035-01-01' true").code != 0) GTEST_SKIP() << "not run: needs faketime";
  ASSERT_EQ(shell(work, "faketime '2035-01-01 10:00:00' \"$litopys\" add my.case a.txt").code, 0);
  const Outcome add = litopys(work, "add my.case b.txt");
  EXPECT_EQ(add.code, 0);
  EXPECT_THAT(add.err, HasSubstr("this machine's clock says 20"));
  EXPECT_THAT(add.err, HasSubstr("which is before the last act of the casebook (2035-01-01T"));
  const Outcome verify = litopys(work, "verify my.case --quick");
  EXPECT_EQ(verify.code, 0) << "the order of the log does not rest on the clock";
  EXPECT_THAT(verify.out, HasSubstr("note            log entry 2 is dated 20"));
  EXPECT_THAT(verify.out, HasSubstr(": the clock was set back, or was wrong before"));
  EXPECT_THAT(litopys(work, "add my.case a.txt").err, Not(HasSubstr("clock"))) << "the last act is of today again";
}

// The key is asked for before anything is written.
TEST(BadInput, WrongPassphraseAndLostKey) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  work.write("b.txt", std::string(kReport) + "Second.\n");
  ASSERT_EQ(shell(work, "LITOPYS_PASSPHRASE=right \"$litopys\" add my.case a.txt").code, 0);
  const auto refused = [&](const std::string& command, const char* says) {
    const Outcome before = shell(work, "find my.case -type f ! -name lock -exec sha256sum {} + | sort");
    const Outcome run = shell(work, command);
    EXPECT_EQ(run.code, 3) << run.err;
    EXPECT_EQ(run.error_lines(), 1U) << run.err;
    EXPECT_THAT(run.err, HasSubstr(says));
    EXPECT_EQ(shell(work, "find my.case -type f ! -name lock -exec sha256sum {} + | sort").out, before.out) << "nothing harmed";
  };
  refused("LITOPYS_PASSPHRASE=wrong \"$litopys\" add my.case b.txt", "the passphrase is wrong; nothing was changed");
  refused("\"$litopys\" add my.case b.txt < /dev/null", "no passphrase was given");
  EXPECT_EQ(litopys(work, "verify my.case --quick").code, 0) << "who checks needs no key";
  ASSERT_EQ(shell(work, "mv my.case/log.key kept").code, 0);
  refused("LITOPYS_PASSPHRASE=right \"$litopys\" add my.case b.txt", "the signing key is lost");
  ASSERT_EQ(shell(work, "mv kept my.case/log.key").code, 0);
  EXPECT_EQ(shell(work, "LITOPYS_PASSPHRASE=right \"$litopys\" add my.case b.txt").code, 0);
}

// Where a file of the casebook should stand, something else stands: it is said, and nothing waits for a pipe.
TEST(BadInput, PipesAndFoldersInPlaceOfFiles) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  for (const char* piece : {"casebook.toml", "record.db", "log.key", "log.vkey", "log/checkpoint", "evidence/my-00001.warc.gz"}) {
    for (const char* kind : {"mkfifo", "mkdir"}) {
      std::filesystem::remove_all(work / "my.case");
      ASSERT_EQ(litopys(work, "add my.case a.txt").code, 0);
      const std::string path = std::string("my.case/") + piece;
      ASSERT_EQ(shell(work, "rm " + path + " && " + kind + " " + path).code, 0);
      const Outcome add = shell(work, "timeout 60 \"$litopys\" add my.case a.txt");
      EXPECT_EQ(add.code, 3) << kind << " " << piece << ": " << add.err;
      EXPECT_EQ(add.error_lines(), 1U) << kind << " " << piece << ": " << add.err;
      EXPECT_THAT(add.err, HasSubstr("; ")) << "what to do";
      const Outcome verify = shell(work, "timeout 60 \"$litopys\" verify my.case --quick");
      EXPECT_NE(verify.code, 124) << kind << " " << piece;
      if (std::string(piece) != "log.key") {
        EXPECT_NE(verify.code, 0) << kind << " " << piece;
      }
    }
  }
}

TEST(BadInput, OutputThatCannotBeWrittenIsNoTroubleOfTheCasebook) {
  const TemporaryFolder work;
  work.write("a.txt", kReport);
  ASSERT_EQ(litopys(work, "add my.case a.txt").code, 0);
  for (const char* command : {"proof my.case a -o nowhere/x", "report my.case -o nowhere/x", "export my.case --wacz nowhere/x",
                              "export my.case --bag nowhere/x"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 2) << command << ": " << run.err;
    EXPECT_EQ(run.error_lines(), 1U) << run.err;
    EXPECT_THAT(run.err, HasSubstr("name another ")) << command;
  }
}

TEST(BadInput, FullStandardOutput) {
  const TemporaryFolder work;
  work.write("first.txt", kReport);
  const Outcome run = shell(work, "\"$litopys\" read first.txt > /dev/full");
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.err, "litopys: standard output: cannot be written: No space left on device; the output is not whole\n");
}

TEST(BadInput, ReaderThatGoesAwayIsNoError) {
  const TemporaryFolder work;
  for (int i = 0; i < 200; ++i) work.write("many/" + std::to_string(i) + ".txt", kReport);
  const Outcome run = shell(work, "{ \"$litopys\" read many; echo $? > code; } | head -n 1");
  EXPECT_EQ(run.lines(), 1U);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(read_whole(work / "code"), "0\n");
}

}  // namespace
}  // namespace litopys
