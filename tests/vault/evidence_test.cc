#include "vault/evidence.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>
#include <vector>

#include "temporary_folder.h"
#include "vault/lock.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;

// FIPS 180-2, appendix B.
TEST(Sha256, GivesTheDigestsOfTheStandard) {
  const Sha256 sha;
  EXPECT_EQ(sha.hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha.hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha.hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(EvidenceFolder, KeepsContentUnderItsDigest) {
  const TemporaryFolder folder;
  const EvidenceFolder evidence(folder / "evidence");
  ASSERT_TRUE(evidence.prepare());
  const std::string bytes("\0bytes\xFF", 7);
  const auto staged = evidence.stage(bytes);
  ASSERT_TRUE(staged);
  EXPECT_FALSE(evidence.has(staged->sha256)) << "it has no name before keep()";
  ASSERT_TRUE(evidence.keep(std::vector{*staged}));
  EXPECT_TRUE(evidence.has(staged->sha256));
  EXPECT_EQ(evidence.path_of(staged->sha256), folder / "evidence" / staged->sha256.substr(0, 2) / staged->sha256.substr(2));
  EXPECT_EQ(evidence.read(staged->sha256).value(), bytes);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "evidence/tmp"));
}

TEST(EvidenceFolder, KeepsOneContentOnce) {
  const TemporaryFolder folder;
  const EvidenceFolder evidence(folder / "evidence");
  ASSERT_TRUE(evidence.prepare());
  // Twice in one batch, and once more when it is kept.
  const auto a = evidence.stage("same");
  const auto b = evidence.stage("same");
  ASSERT_TRUE(evidence.keep(std::vector{*a, *b}));
  const auto c = evidence.stage("same");
  EXPECT_TRUE(c->temporary.empty());
  ASSERT_TRUE(evidence.keep(std::vector{*c}));
  EXPECT_EQ(evidence.read(c->sha256).value(), "same");
  EXPECT_TRUE(std::filesystem::is_empty(folder / "evidence/tmp"));
}

TEST(EvidenceFolder, SaysWhenAFileIsNotWhatWasTakenIn) {
  const TemporaryFolder folder;
  const EvidenceFolder evidence(folder / "evidence");
  ASSERT_TRUE(evidence.prepare());
  const auto staged = evidence.stage("true");
  ASSERT_TRUE(evidence.keep(std::vector{*staged}));
  std::filesystem::permissions(evidence.path_of(staged->sha256), std::filesystem::perms::owner_all);
  std::ofstream(evidence.path_of(staged->sha256)) << "false";
  const auto got = evidence.read(staged->sha256);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kCasebook);
  EXPECT_NE(got.error().line().find("is not what was taken in"), std::string::npos);
}

TEST(EvidenceFolder, RemovesWhatADeadWriterLeft) {
  const TemporaryFolder folder;
  const EvidenceFolder evidence(folder / "evidence");
  ASSERT_TRUE(evidence.prepare());
  ASSERT_TRUE(evidence.stage("never kept"));
  EXPECT_FALSE(std::filesystem::is_empty(folder / "evidence/tmp"));
  ASSERT_TRUE(evidence.prepare());
  EXPECT_TRUE(std::filesystem::is_empty(folder / "evidence/tmp"));
}

TEST(EvidenceFolder, IsStagedByManyThreads) {
  const TemporaryFolder folder;
  const EvidenceFolder evidence(folder / "evidence");
  ASSERT_TRUE(evidence.prepare());
  std::vector<StagedItem> staged(40);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < staged.size(); i += 4) staged[i] = evidence.stage("content " + std::to_string(i)).value();
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(evidence.keep(staged));
  for (std::size_t i = 0; i < staged.size(); ++i) EXPECT_EQ(evidence.read(staged[i].sha256).value(), "content " + std::to_string(i));
}

TEST(WriterLock, AdmitsOneAndNamesIt) {
  const TemporaryFolder folder;
  const auto first = WriterLock::take(folder / "lock");
  ASSERT_TRUE(first);
  const auto second = WriterLock::take(folder / "lock");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().line(),
            folder.path().string() + ": process " + std::to_string(getpid()) + " is writing to this casebook; wait until it has ended");
}

TEST(WriterLock, GoesWithItsProcessHoweverThatEnds) {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = WriterLock::take(folder / "lock");
    if (lock) kill(getpid(), SIGKILL);
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(WriterLock::take(folder / "lock"));
}

}  // namespace
}  // namespace litopys
