// The crash rule: what `add` acknowledged is never lost, and a crash at any instant leaves a casebook that opens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "cli/program.h"
#include "store/casebook.h"

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

// Goes on with the casebook as its next user would, and finds everything that was acknowledged, its bytes too.
void expect_whole(const TemporaryFolder& work, const std::vector<std::string>& digests, const std::string& when) {
  const Outcome next = litopys(work, "add my.case late.txt");
  ASSERT_EQ(next.code, 0) << when << ": " << next.err;
  auto casebook = open_casebook(work / "my.case");
  ASSERT_TRUE(casebook) << when << ": " << casebook.error().line();
  EXPECT_FALSE(casebook->behind) << when;
  const EvidenceFolder evidence(work / "my.case/evidence");
  std::set<std::string> known;
  ASSERT_TRUE(casebook->record.items([&](const ItemRow& item) {
    known.insert(item.sha256);
    const auto bytes = evidence.read(item.sha256);
    EXPECT_TRUE(bytes) << when << ": " << (bytes ? "" : bytes.error().line());
    return true;
  }));
  for (const std::string& digest : digests)
    EXPECT_TRUE(known.contains(digest)) << when << ": " << digest << " was acknowledged and is lost";
  const auto before = casebook->record.dump();
  ASSERT_TRUE(before);
  const Outcome rebuild = litopys(work, "rebuild my.case");
  EXPECT_EQ(rebuild.code, 0) << when << ": " << rebuild.err;
  auto rebuilt = open_casebook(work / "my.case");
  ASSERT_TRUE(rebuilt) << when;
  EXPECT_EQ(rebuilt->record.dump().value(), *before) << when << ": the record is not what the evidence says";
}

void write_reports(const TemporaryFolder& work, int count) {
  for (int i = 0; i < count; ++i) work.write("reports/" + std::to_string(i) + ".txt", kReport + std::to_string(i));
  work.write("late.txt", std::string(kReport) + "late");
}

TEST(Crash, LosesNothingThatWasAcknowledgedWhereverItHappens) {
  const TemporaryFolder work;
  write_reports(work, 12);
  if (shell(work, "strace -f -o /dev/null -e trace=none true").code != 0) GTEST_SKIP() << "not run: strace absent or not allowed";
  struct Point {
    const char* call;
    int nth;
  };
  // Each a different step: the evidence's bytes, its names, the item lines, the record's log, its checkpoint.
  int killed = 0;
  for (const auto& [call, nth] :
       {Point{"fsync", 1}, Point{"fsync", 3}, Point{"rename", 1}, Point{"rename", 4}, Point{"rename", 9}, Point{"fdatasync", 1},
        Point{"fdatasync", 2}, Point{"fdatasync", 4}, Point{"pwrite64", 2}, Point{"pwrite64", 30}, Point{"pwrite64", 60}, Point{"write", 9},
        Point{"write", 20}, Point{"ftruncate", 2}}) {
    const std::string when = std::string(call) + " " + std::to_string(nth);
    std::filesystem::remove_all(work / "my.case");
    const Outcome run = shell(work, "strace -f -o /dev/null -e trace=" + std::string(call) + " -e inject=" + call +
                                        ":signal=SIGKILL:when=" + std::to_string(nth) + " \"$litopys\" add my.case reports -v -j 2");
    if (run.code == 137) ++killed;
    expect_whole(work, acknowledged(run.out), when);
    if (HasFatalFailure()) return;
  }
  EXPECT_GE(killed, 8) << "most points were reached";
}

// A system call that fails is told, and harms nothing either.
TEST(Crash, SurvivesAFailingDisk) {
  const TemporaryFolder work;
  write_reports(work, 6);
  if (shell(work, "strace -f -o /dev/null -e trace=none true").code != 0) GTEST_SKIP() << "not run: strace absent or not allowed";
  for (const char* fault :
       {"fsync:error=EIO:when=3", "fdatasync:error=EIO:when=1", "rename:error=EIO:when=4", "fdatasync:error=ENOSPC:when=1"}) {
    std::filesystem::remove_all(work / "my.case");
    const std::string call = std::string(fault).substr(0, std::string(fault).find(':'));
    const Outcome run =
        shell(work, "strace -f -o /dev/null -e trace=" + call + " -e inject=" + fault + " \"$litopys\" add my.case reports -v -j 1");
    EXPECT_EQ(run.code, 3) << fault << ": " << run.err;
    EXPECT_THAT(run.err, ::testing::AnyOf(::testing::HasSubstr("the disk reports an error"), ::testing::HasSubstr("the disk is full")))
        << fault;
    expect_whole(work, acknowledged(run.out), fault);
    if (HasFatalFailure()) return;
  }
}

TEST(Crash, OneWriterAtATime) {
  const TemporaryFolder work;
  write_reports(work, 1);
  ASSERT_EQ(litopys(work, "add my.case late.txt").code, 0);
  const auto lock = WriterLock::take(work / "my.case/lock");
  ASSERT_TRUE(lock);
  for (const char* command : {"add my.case reports", "rebuild my.case"}) {
    const Outcome run = litopys(work, command);
    EXPECT_EQ(run.code, 3) << command;
    EXPECT_THAT(run.err, ::testing::HasSubstr("is writing to this casebook; wait until it has ended")) << command;
  }
  EXPECT_EQ(litopys(work, "claims my.case").code, 0) << "reading goes on beside a writer";
}

}  // namespace
}  // namespace litopys
