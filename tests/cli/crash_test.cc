// The crash rule, asked of the program itself: what `add` acknowledged is never lost, and a crash at any instant leaves a casebook that
// opens. tests/store/crash_test.cc goes through it call by call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "cli/program.h"
#include "store/casebook.h"
#include "vault/evidence_reader.h"

namespace litopys {
namespace {

using litopys::testing::kReport;
using litopys::testing::litopys;
using litopys::testing::Outcome;
using litopys::testing::read_whole;
using litopys::testing::shell;
using litopys::testing::TemporaryFolder;

// The digests of the lines "kept  DIGEST  PATH".
std::vector<std::string> acknowledged(const std::string& out) {
  std::vector<std::string> digests;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("kept  ") && line.size() > 70) digests.push_back(line.substr(6, 64));
  }
  return digests;
}

// What the crash left verifies as it lies there; so does what its next user makes of it, and everything that was acknowledged is in it.
void expect_whole(const TemporaryFolder& work, const std::vector<std::string>& digests, const std::string& when) {
  const Outcome left = litopys(work, "verify my.case --quick");
  if (std::filesystem::exists(work / "my.case/casebook.toml")) {
    EXPECT_EQ(left.code, 0) << when << ": " << left.err;
  } else {
    EXPECT_TRUE(digests.empty()) << when;
  }
  const Outcome next = litopys(work, "add my.case late.txt");
  ASSERT_EQ(next.code, 0) << when << ": " << next.err;
  {
    auto casebook = open_casebook(work / "my.case");
    ASSERT_TRUE(casebook) << when << ": " << casebook.error().line();
    EXPECT_FALSE(casebook->behind) << when;
    for (const std::string& digest : digests) {
      const auto sightings = casebook->record.sightings(digest);
      ASSERT_TRUE(sightings && !sightings->empty()) << when << ": " << digest << " was acknowledged and is lost";
      const auto act = read_evidence(work / "my.case/evidence", sightings->front().place);
      ASSERT_TRUE(act) << when << ": " << act.error().line();
      EXPECT_EQ(sha256_hex(act->bytes), digest) << when;
    }
  }
  const Outcome all = litopys(work, "verify my.case -j 1");
  EXPECT_EQ(all.code, 0) << when << ": " << all.err;
}

void write_reports(const TemporaryFolder& work, int count) {
  for (int i = 0; i < count; ++i) work.write("reports/" + std::to_string(i) + ".txt", kReport + std::to_string(i));
  work.write("late.txt", std::string(kReport) + "late");
}

constexpr const char* kCalls[] = {"write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "mkdir", "unlink", "openat", "close"};

std::string traced(const std::string& call, const std::string& inject) {
  return "strace -f -o /dev/null -e trace=" + call + " -e inject=" + call + ":" + inject + " \"$litopys\" add my.case reports -v -j 1";
}

// Kills at random, one after the other into the same casebook, as a bad day would. LITOPYS_KILLS=10000 for the long run.
TEST(Crash, SurvivesABadDay) {
  const TemporaryFolder work;
  if (shell(work, "strace -f -o /dev/null -e trace=none true").code != 0) GTEST_SKIP() << "not run: needs strace, and leave to use it";
  const char* wanted = std::getenv("LITOPYS_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 6;
  std::set<std::string> all;
  unsigned random = 12345;
  for (int round = 0; round < kills; ++round) {
    for (int i = 0; i < 3; ++i) work.write("reports/" + std::to_string(i) + ".txt", kReport + std::to_string(round * 10 + i));
    random = random * 1664525U + 1013904223U;
    const char* call = kCalls[(random >> 8U) % 6];
    const Outcome run = shell(work, traced(call, "signal=SIGKILL:when=" + std::to_string(1 + (random >> 16U) % 12)));
    for (const std::string& digest : acknowledged(run.out)) all.insert(digest);
    if (!std::filesystem::exists(work / "my.case/casebook.toml")) continue;
    const Outcome verify = litopys(work, "verify my.case --quick");
    ASSERT_EQ(verify.code, 0) << "round " << round << ", " << call << ": " << verify.err;
  }
  work.write("late.txt", std::string(kReport) + "late");
  expect_whole(work, {all.begin(), all.end()}, "after " + std::to_string(kills) + " kills");
}

// A system call that fails is told.
TEST(Crash, TellsOfAFailingDisk) {
  const TemporaryFolder work;
  write_reports(work, 3);
  if (shell(work, "strace -f -o /dev/null -e trace=none true").code != 0) GTEST_SKIP() << "not run: needs strace, and leave to use it";
  for (const char* fault :
       {"fsync:error=EIO:when=3", "fdatasync:error=EIO:when=1", "rename:error=EIO:when=4", "fdatasync:error=ENOSPC:when=1"}) {
    std::filesystem::remove_all(work / "my.case");
    const std::string call = std::string(fault).substr(0, std::string(fault).find(':'));
    const Outcome run = shell(work, traced(call, std::string(fault).substr(call.size() + 1)));
    EXPECT_EQ(run.code, 3) << fault << ": " << run.err;
    EXPECT_THAT(run.err, ::testing::AnyOf(::testing::HasSubstr("the disk reports an error"), ::testing::HasSubstr("the disk is full")))
        << fault;
    expect_whole(work, acknowledged(run.out), fault);
    if (HasFailure()) return;
  }
}

TEST(Crash, ASecondWriterWaitsForTheFirst) {
  const TemporaryFolder work;
  write_reports(work, 1);
  ASSERT_EQ(litopys(work, "add my.case late.txt").code, 0);
  // The holder of the lock lets go of it once the second has said that it waits, which it says into a pipe.
  const Outcome run = shell(work,
                            "mkfifo said\nexec 8<> said 9<> my.case/lock\nflock 9\n"
                            "\"$litopys\" add my.case reports --wait 600 2>&8 8>&- 9>&- &\n"
                            "read -r line <&8\necho \"$line\"\nflock -u 9\nwait $!");
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, ::testing::HasSubstr("waiting for process ")) << run.err;
  EXPECT_THAT(run.out, ::testing::HasSubstr("1 item taken in"));
  EXPECT_EQ(litopys(work, "verify my.case --quick").code, 0);
  const auto lock = WriterLock::take(work / "my.case/lock");
  ASSERT_TRUE(lock);
  EXPECT_THAT(litopys(work, "rebuild my.case --wait 1").err, ::testing::HasSubstr("is writing to this casebook; wait until it has ended"));
}

TEST(Crash, OneWriterAtATime) {
  const TemporaryFolder work;
  write_reports(work, 1);
  ASSERT_EQ(litopys(work, "add my.case late.txt").code, 0);
  const auto lock = WriterLock::take(work / "my.case/lock");
  ASSERT_TRUE(lock);
  for (const char* command : {"add my.case reports", "rebuild my.case", "verify my.case"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 3) << command;
    EXPECT_THAT(run.err, ::testing::HasSubstr("is writing to this casebook; wait until it has ended")) << command;
  }
  EXPECT_EQ(litopys(work, "claims my.case").code, 0) << "reading goes on beside a writer";
}

}  // namespace
}  // namespace litopys
