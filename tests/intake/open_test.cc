#include "intake/open.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;

TEST(Open, GivesTheBytesExactly) {
  const TemporaryFolder folder;
  const std::string bytes("\xEF\xBB\xBFтекст\r\n\0\xFF\xFE\x00", 20);
  const std::string path = folder.write("a.txt", bytes);
  const auto got = open_item({.id = "a", .path = path, .size = bytes.size()});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->item.bytes, bytes);
  EXPECT_EQ(got->item.id, "a");
  EXPECT_EQ(got->item.path, path);
  EXPECT_FALSE(got->changed);
}

TEST(Open, GivesAnEmptyFileAsEmpty) {
  const TemporaryFolder folder;
  const auto got = open_item({.id = "a", .path = folder.write("a.txt", "")});
  ASSERT_TRUE(got);
  EXPECT_EQ(got->item.bytes, "");
}

TEST(Open, RefusesWhatIsTooLargeByName) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a.txt", std::string(2 << 20U, 'x'));
  const auto got = open_item({.id = "a", .path = path}, 1 << 20U);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kLimit);
  EXPECT_EQ(got.error().line(), path + ": has 2 MB; a document may have 1 MB; not read; split it into its documents");
}

TEST(Open, DoesNotWaitForAPipeThatTookTheFilesPlace) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  const auto got = open_item({.id = "pipe", .path = (folder / "pipe").string()});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kUnreadable);
  EXPECT_NE(got.error().line().find("is not a file any more"), std::string::npos);
}

TEST(Open, ReportsAFileThatIsGone) {
  const auto got = open_item({.id = "a", .path = "/nowhere/a.txt"});
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().line(), "/nowhere/a.txt: cannot be opened: No such file or directory; skipped");
}

// One thread writes to the file for as long as the other reads it, so that both certainly overlap.
TEST(Open, KeepsWhatItReadOfAFileThatChangesAndSaysSo) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a.txt", std::string(16U << 20U, 'x'));
  std::atomic<bool> written{false};
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    std::ofstream file(path, std::ios::app);
    while (!stop) {
      file << "more\n" << std::flush;
      written = true;
    }
  });
  while (!written) std::this_thread::yield();
  auto got = open_item({.id = "a", .path = path});
  for (int again = 0; again < 100 && got && !got->changed; ++again)
    got = open_item({.id = "a", .path = path});  // the writer may have slept
  stop = true;
  writer.join();
  ASSERT_TRUE(got);
  EXPECT_TRUE(got->changed);
  EXPECT_GE(got->item.bytes.size(), 16U << 20U);
  ASSERT_EQ(got->notes.size(), 1U);
  EXPECT_TRUE(got->notes[0].starts_with("changed while it was read: ")) << got->notes[0];
}

TEST(Open, ReadsAStreamToItsEndAndUpToTheLimit) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a.txt", std::string(3000, 'y'));
  for (const std::uint64_t largest : {std::uint64_t{2999}, std::uint64_t{3000}}) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    const auto got = read_stream(fileno(file), {.id = "stdin", .path = "-", .size = 0, .standard_input = true}, largest);
    std::fclose(file);
    EXPECT_EQ(got.has_value(), largest == 3000);
  }
}

// Mode bits do not stop root, so a child that is nobody opens the file.
TEST(Open, ReportsAMissingPermission) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  const std::string path = folder.write("secret.txt", "x");
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const pid_t child = fork();
  if (child == 0) {
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(9);
    const auto got = open_item({.id = "secret", .path = path});
    const bool right =
        !got && got.error().line() == path + ": no permission to read it; skipped; ask its owner, or run as a user who may read it";
    _exit(right ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 9) GTEST_SKIP() << "not run: root here may not become another user";
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace litopys
