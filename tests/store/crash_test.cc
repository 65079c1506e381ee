// The crash rule, call by call and in one process: what was acknowledged is never lost, and whatever fails or ends the program, `verify`
// finds what lies there sound and the next writer goes on. tests/cli/crash_test.cc asks the same of the program itself, here and there.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <set>

#include "store/crash_rule.h"
#include "store/faults.h"
#include "store/forged.h"
#include "store/power.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::IsEmpty;

struct Ended {
  std::set<std::string> acknowledged;
  bool killed = false, failed = false;
  std::uint64_t calls = 0;  // of a run that came to its end
};

// add_all in a process of its own with one fault.
Ended run_with(const std::filesystem::path& folder, const Contents& contents, Fault fault, std::uint64_t nth) {
  Ended out;
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return out;
  const pid_t child = fork();
  if (child == 0) {
    ::close(pipe_ends[0]);
    arm(fault, nth);
    const auto acknowledge = [&](const KeptItem& item) { syscall(SYS_write, pipe_ends[1], item.sha256.data(), item.sha256.size()); };
    const bool good = add_all(folder, contents, acknowledge);
    const std::string calls = "!" + std::to_string(disarm());
    syscall(SYS_write, pipe_ends[1], calls.data(), calls.size());
    _exit(good ? 0 : 1);
  }
  ::close(pipe_ends[1]);
  std::string said;
  char bytes[4096];
  for (ssize_t got = 0; (got = ::read(pipe_ends[0], bytes, sizeof bytes)) > 0;) said.append(bytes, static_cast<std::size_t>(got));
  ::close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  out.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  EXPECT_TRUE(out.killed || WIFEXITED(status)) << "it crashed with signal " << WTERMSIG(status);
  out.failed = WIFEXITED(status) && WEXITSTATUS(status) != 0;
  const std::size_t end = said.find('!');
  if (end != std::string::npos) out.calls = std::strtoull(said.c_str() + end + 1, nullptr, 10);
  for (std::size_t at = 0; at + 64 <= std::min(end, said.size()); at += 64) out.acknowledged.insert(said.substr(at, 64));
  return out;
}

// Each system call of a run that makes a casebook, and of one that adds to it, with each fault in turn. LITOPYS_FULL=1 takes them all,
// LITOPYS_FULL=7 each seventh, LITOPYS_FULL=4/2 the third (from 0) of four parts; by default a spread of them.
TEST(CasebookCrash, LosesNothingWhicheverSystemCallFails) {
  ASSERT_TRUE(all_resources());
  const char* wanted = std::getenv("LITOPYS_FULL");
  char* slash = nullptr;
  const std::uint64_t stride = wanted != nullptr ? std::max<std::uint64_t>(1, std::strtoull(wanted, &slash, 10)) : 47;
  const std::uint64_t part = slash != nullptr && *slash == '/' ? std::strtoull(slash + 1, nullptr, 10) : 0;
  const TemporaryFolder folder;
  const std::filesystem::path made = folder / "made.case";
  const std::filesystem::path casebook = folder / "my.case";
  ASSERT_EQ(::mkdir(made.c_str(), 0755), 0);
  syncs_are_real(false);  // no power is lost here: an fsync counts, and fails when it is told to, and need not reach a disk
  const Ended whole = run_with(made, contents_of("one"), Fault::none, 0);
  ASSERT_EQ(whole.acknowledged.size(), 2U);
  std::uint64_t runs = 0, killed = 0, failed = 0, calls = 0;
  std::size_t turn = 0;
  for (const bool adding : {false, true}) {
    const auto fresh = [&] {
      std::filesystem::remove_all(casebook);
      if (adding) std::filesystem::copy(made, casebook, std::filesystem::copy_options::recursive);
    };
    fresh();
    const Contents contents = contents_of(adding ? "two" : "one");
    const std::uint64_t count = run_with(casebook, contents, Fault::none, 0).calls;
    ASSERT_GT(count, 100U);
    calls += count;
    for (std::uint64_t nth = 1; nth <= count; ++nth) {
      for (const Fault fault : kFaults) {
        if (turn++ % stride != part) continue;
        const std::string when = std::string(adding ? "adding" : "making") + ", call " + std::to_string(nth) + " of " +
                                 std::to_string(count) + ", " + name_of(fault);
        fresh();
        Ended run = run_with(casebook, contents, fault, nth);
        ++runs;
        killed += run.killed ? 1 : 0;
        failed += run.failed ? 1 : 0;
        if (adding) run.acknowledged.insert(whole.acknowledged.begin(), whole.acknowledged.end());
        if (runs % 2 == 0) {  // and somebody without the key comes before the next writer
          expect_sound(casebook, run.acknowledged, when);
          expect_no_forgery_taken(casebook, when);
        }
        expect_crash_rule(casebook, run.acknowledged, when);
        if (HasFailure()) return;
        if (stride < 10 && runs % 100 == 0) {
          std::printf("%llu faults so far, at %s\n", static_cast<unsigned long long>(runs), when.c_str());
          std::fflush(stdout);
        }
      }
    }
  }
  syncs_are_real(true);
  EXPECT_GT(killed, runs / 5);
  EXPECT_GT(failed, runs / 10) << "most errors are told";
  std::printf("%llu system calls; %llu faults: %llu runs killed, %llu ended with an error, %llu went on\n",
              static_cast<unsigned long long>(calls), static_cast<unsigned long long>(runs), static_cast<unsigned long long>(killed),
              static_cast<unsigned long long>(failed), static_cast<unsigned long long>(runs - killed - failed));
}

// A disk that fails for a moment: what cannot be read is not taken for torn and cut, and nothing is logged that names the wrong segment.
TEST(CasebookCrash, TakesNothingForTornThatCannotBeRead) {
  ASSERT_TRUE(all_resources());
  const TemporaryFolder folder;
  const std::filesystem::path made = folder / "made.case";
  const std::filesystem::path casebook = folder / "my.case";
  take_in(made, contents_of("one"));
  // Acts that the record does not know yet, as a crash leaves them: the next writer reads them.
  std::filesystem::copy(made / "record.db", folder / "record.db");
  take_in(made, contents_of("two"));
  std::filesystem::copy(folder / "record.db", made / "record.db", std::filesystem::copy_options::overwrite_existing);
  std::uint64_t nth = 1;
  for (bool reached = true; reached; ++nth) {
    std::filesystem::remove_all(casebook);
    std::filesystem::copy(made, casebook, std::filesystem::copy_options::recursive);
    const Ended run = run_with(casebook, contents_of("three"), Fault::unreadable, nth);
    reached = run.calls >= nth;
    const std::string when = "read " + std::to_string(nth) + " of evidence";
    expect_crash_rule(casebook, run.acknowledged, when);
    if (HasFailure()) return;
  }
  EXPECT_GT(nth, 3U);
}

// Damage where the log has a record is nothing that a crash leaves, even where the record of it all is behind and it is the very end: the
// next writer stops and cuts nothing.
TEST(CasebookCrash, CutsNothingThatTheLogHas) {
  ASSERT_TRUE(all_resources());
  const TemporaryFolder folder;
  const std::filesystem::path casebook = folder / "my.case";
  const std::filesystem::path segment = casebook / "evidence/my-00001.warc.gz";
  take_in(casebook, contents_of("one"));
  std::filesystem::copy(casebook / "record.db", folder / "record.db");
  take_in(casebook, contents_of("two"));
  const std::string whole = read_whole(segment);
  for (const std::size_t back : {std::size_t{40}, whole.size() / 3}) {
    std::filesystem::copy(folder / "record.db", casebook / "record.db", std::filesystem::copy_options::overwrite_existing);
    std::string bytes = whole;
    bytes[bytes.size() - back] = static_cast<char>(bytes[bytes.size() - back] ^ 1);
    folder.write("my.case/evidence/my-00001.warc.gz", bytes);
    const auto opened = Casebook::open(casebook, all_resources(), [](const std::string&) {});
    EXPECT_FALSE(opened) << back;
    EXPECT_EQ(read_whole(segment), bytes) << back;
    EXPECT_THAT(damages(casebook), ::testing::Not(IsEmpty())) << back;
  }
}

// Kills at random, one after the other into the same casebook, twenty to each. LITOPYS_KILLS=10000 for the long run.
TEST(CasebookCrash, SurvivesKillsAtRandom) {
  ASSERT_TRUE(all_resources());
  const char* wanted = std::getenv("LITOPYS_KILLS");
  const std::uint64_t kills = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 40;
  const TemporaryFolder folder;
  const std::filesystem::path casebook = folder / "my.case";
  std::uint64_t done = 0;
  std::uint64_t items = 0;
  std::uint32_t random = 12345;
  while (done < kills) {
    std::filesystem::remove_all(casebook);
    std::set<std::string> kept;
    for (int round = 0; round < 20; ++round) {
      random = random * 1664525U + 1013904223U;
      const std::string when = "round " + std::to_string(round) + " after " + std::to_string(done) + " kills";
      const Ended run = run_with(casebook, contents_of(std::to_string(round)),
                                 (random >> 31U) != 0 ? Fault::kill_before : Fault::kill_after, 1 + (random >> 8U) % 500);
      ASSERT_TRUE(run.killed || !run.failed) << when;
      done += run.killed ? 1 : 0;
      kept.insert(run.acknowledged.begin(), run.acknowledged.end());
      expect_sound(casebook, kept, when);
      if (HasFailure()) return;
    }
    const std::string when = "after " + std::to_string(done) + " kills";
    expect_crash_rule(casebook, kept, when);
    if (HasFailure()) return;
    items += kept.size();
  }
  std::printf("%llu kills, %llu items acknowledged, none lost\n", static_cast<unsigned long long>(done),
              static_cast<unsigned long long>(items));
}

}  // namespace
}  // namespace litopys
