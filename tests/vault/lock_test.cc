#include "vault/lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <optional>

#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;

TEST(WriterLock, AdmitsOneAndNamesIt) {
  const TemporaryFolder folder;
  const auto first = WriterLock::take(folder / "lock");
  ASSERT_TRUE(first);
  const auto second = WriterLock::take(folder / "lock");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().line(),
            folder.path().string() + ": process " + std::to_string(getpid()) + " is writing to this casebook; wait until it has ended");
}

TEST(WriterLock, WaitsForTheOtherWriterAndSaysForWhom) {
  const TemporaryFolder folder;
  std::optional<WriterLock> first = WriterLock::take(folder / "lock").value();
  std::string told;
  // The first writer ends while the second waits.
  const auto second = WriterLock::take(folder / "lock", {std::chrono::hours(1), [&](const std::string& who) {
                                                           told += who;
                                                           first.reset();
                                                         }});
  EXPECT_TRUE(second);
  EXPECT_EQ(told, "process " + std::to_string(getpid()));
}

TEST(WriterLock, NamesTheOtherWriterWhenThePatienceEnds) {
  const TemporaryFolder folder;
  const auto first = WriterLock::take(folder / "lock");
  int told = 0;
  const auto second = WriterLock::take(folder / "lock", {std::chrono::milliseconds(1), [&](const std::string&) { ++told; }});
  ASSERT_FALSE(second);
  EXPECT_EQ(told, 1);
  EXPECT_NE(second.error().line().find("process " + std::to_string(getpid()) + " is writing to this casebook"), std::string::npos);
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
