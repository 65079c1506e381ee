#include "intake/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Each entry as "id path", each error as its line, with the folder's own path left out.
std::vector<std::string> walked(const TemporaryFolder& folder, std::vector<std::string> names) {
  std::vector<std::string> out;
  Walk walk(std::move(names));
  while (const auto entry = walk.next()) {
    std::string line = *entry ? (*entry)->id + " " + (*entry)->path : entry->error().line();
    const std::string prefix = folder.path().string() + "/";
    for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) line.erase(at, prefix.size());
    out.push_back(std::move(line));
  }
  return out;
}

TEST(Walk, TakesNamesAsGivenAndFoldersByTheBytesOfTheirNames) {
  const TemporaryFolder folder;
  for (const char* name : {"d/b.txt", "d/a.html", "d/Z.txt", "d/sub/c.txt", "z.txt", "d/ї.txt"}) folder.write(name, "x");
  EXPECT_THAT(walked(folder, {(folder / "z.txt").string(), "-", (folder / "d").string()}),
              ElementsAre("z z.txt", "stdin -", "Z d/Z.txt", "a d/a.html", "b d/b.txt", "c d/sub/c.txt", "ї d/ї.txt"));
}

TEST(Walk, GivesEachItemAnIdOfItsOwn) {
  const TemporaryFolder folder;
  for (const char* name : {"d/a/r.txt", "d/b/r.txt", "d/b/r.html", "d/c/b/r.txt"}) folder.write(name, "x");
  EXPECT_THAT(walked(folder, {(folder / "d").string(), (folder / "d/a/r.txt").string()}),
              ElementsAre("r d/a/r.txt", "r.html d/b/r.html", "r.txt d/b/r.txt", "b/r.txt d/c/b/r.txt", "a/r.txt d/a/r.txt"));
}

TEST(Walk, NumbersWhatHasNoNameLeft) {
  IdGiver ids;
  EXPECT_EQ(ids.give("r.txt"), "r");
  EXPECT_EQ(ids.give("r.txt"), "r.txt");
  EXPECT_EQ(ids.give("r.txt"), "r.txt#2");
  EXPECT_EQ(ids.give("r.txt"), "r.txt#3");
  EXPECT_EQ(ids.give("-"), "stdin");
  EXPECT_EQ(ids.give("-"), "-#2");
  EXPECT_EQ(ids.give(".hidden"), ".hidden");
}

TEST(Walk, SaysWhereAnIdIsNotTheStem) {
  EXPECT_EQ(id_note({.id = "r", .path = "d/r.txt"}), "");
  EXPECT_EQ(id_note({.id = "d/r.txt", .path = "d/r.txt"}), "the id is d/r.txt, because r is another item's");
}

TEST(Walk, LeavesOutHiddenNamesAnnotationsAndCasebooksInFoldersOnly) {
  const TemporaryFolder folder;
  for (const char* name : {"d/en-1.txt", "d/en-1.json", "d/alone.json", "d/.git/config", "d/.note.txt", "d/my.case/casebook.toml",
                           "d/my.case/evidence/ab/cdef", "d/two.part.txt", "d/two.json"}) {
    folder.write(name, "x");
  }
  EXPECT_THAT(walked(folder, {(folder / "d").string()}),
              ElementsAre("alone d/alone.json", "en-1 d/en-1.txt", "two d/two.json", "two.part d/two.part.txt"));
  EXPECT_THAT(walked(folder, {(folder / "d/en-1.json").string(), (folder / "d/.note.txt").string()}),
              ElementsAre("en-1 d/en-1.json", ".note d/.note.txt"));
}

TEST(Walk, ReportsAFolderLoopOnceAndGoesOn) {
  const TemporaryFolder folder;
  folder.write("d/sub/a.txt", "x");
  folder.write("d/z.txt", "x");
  std::filesystem::create_directory_symlink("..", folder / "d/sub/back");
  EXPECT_THAT(walked(folder, {(folder / "d").string()}), ElementsAre("a d/sub/a.txt",
                                                                     "d/sub/back: is a folder loop: it leads back to " +
                                                                         (folder / "d").string().substr(folder.path().string().size() + 1) +
                                                                         "; skipped, what is in there is taken once",
                                                                     "z d/z.txt"));
}

TEST(Walk, WalksATreeOfLinksToLinksOnce) {
  const TemporaryFolder folder;
  // 2^30 ways lead to the last folder.
  for (int level = 0; level < 30; ++level) {
    const std::filesystem::path here = folder / ("d/" + std::to_string(100 + level));
    std::filesystem::create_directories(here);
    for (const char* link : {"l1", "l2"}) std::filesystem::create_directory_symlink("../" + std::to_string(101 + level), here / link);
  }
  folder.write("d/130/deep.txt", "x");
  const auto got = walked(folder, {(folder / "d").string()});
  ASSERT_EQ(got.size(), 1U);
  EXPECT_THAT(got[0], HasSubstr("deep"));
}

TEST(Walk, FollowsNoLinkOutOfTheFolder) {
  const TemporaryFolder folder;
  folder.write("secret/a.txt", "x");
  folder.write("in/b.txt", "x");
  folder.write("in/sub/c.txt", "x");
  std::filesystem::create_symlink("../secret/a.txt", folder / "in/1-file");
  std::filesystem::create_directory_symlink("../secret", folder / "in/2-folder");
  std::filesystem::create_symlink("sub/c.txt", folder / "in/3-within.txt");
  std::filesystem::create_directory_symlink("in", folder / "named");
  for (const char* name : {"in", "named"}) {
    const auto got = walked(folder, {(folder / name).string()});
    ASSERT_EQ(got.size(), 5U) << name;
    EXPECT_THAT(got[0], HasSubstr("1-file: is a link that leads out of the folder, to "));
    EXPECT_THAT(got[1], HasSubstr("2-folder: is a link that leads out of the folder, to "));
    EXPECT_THAT(got[2], HasSubstr("3-within"));
  }
  EXPECT_EQ(walked(folder, {(folder / "in/1-file").string()}).size(), 1U) << "named by itself it is taken";
}

TEST(Walk, KeepsTheIdsOfMembersForThem) {
  IdGiver ids;
  EXPECT_EQ(ids.give("a/crawl-3.html"), "crawl-3");
  EXPECT_EQ(ids.give("a/crawl.warc.gz"), "crawl.warc");
  ids.open_container("crawl");
  EXPECT_EQ(ids.member("crawl-2"), "crawl-2");
  EXPECT_EQ(ids.member("crawl-3"), "crawl-3#2");
  EXPECT_EQ(ids.give("b/crawl-4.html"), "b/crawl-4.html");
  EXPECT_EQ(ids.give("b/crawler.html"), "crawler");
}

TEST(Walk, ReportsLinksThatLeadNowhereOrToThemselves) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("nothing", folder / "a");
  std::filesystem::create_symlink("b", folder / "b");
  folder.write("c.txt", "x");
  EXPECT_THAT(walked(folder, {folder.path().string()}),
              ElementsAre("a: is a link that leads nowhere; skipped", "b: is a link that leads to itself; skipped", "c c.txt"));
}

TEST(Walk, ReportsWhatIsNotThere) {
  const TemporaryFolder folder;
  EXPECT_THAT(walked(folder, {(folder / "missing.txt").string()}), ElementsAre("missing.txt: No such file or directory; check the name"));
}

TEST(Walk, RefusesPipesSocketsAndDevices) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  const int socket_fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, (folder / "socket").c_str(), sizeof address.sun_path - 1);
  ASSERT_EQ(bind(socket_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_THAT(walked(folder, {folder.path().string(), "/dev/zero"}),
              ElementsAre("pipe: is a pipe, not a file; skipped; to read from a pipe, name -", "socket: is a socket, not a file; skipped",
                          "/dev/zero: is a device, not a file; skipped"));
  close(socket_fd);
}

}  // namespace
}  // namespace litopys
