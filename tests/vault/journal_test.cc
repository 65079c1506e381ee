#include "vault/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::read_whole;
using litopys::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ItemLine line(char digit, std::string path) { return {std::string(64, digit), 12, "id", std::move(path), "2025-11-02T10:00:00.000Z", {}}; }

std::vector<std::string> paths_from(const std::filesystem::path& file, std::uint64_t from = 0) {
  std::vector<std::string> out;
  const auto end = ItemJournal::for_each(file, from, [&](const ItemLine& each, std::uint64_t) -> Done {
    out.push_back(each.path);
    return {};
  });
  if (!end) out.push_back(end.error().line());
  return out;
}

TEST(Journal, GivesBackWhatWasAppended) {
  const TemporaryFolder folder;
  const auto file = folder / "items.jsonl";
  auto journal = ItemJournal::open_for_writing(file, true);
  ASSERT_TRUE(journal);
  ItemLine written = line('a', "звіт \"1\".txt");
  written.notes = {"changed while it was read", "друга"};
  ASSERT_TRUE(journal->append(std::vector{written, line('b', "b.txt")}));
  std::vector<ItemLine> got;
  ASSERT_TRUE(ItemJournal::for_each(file, 0, [&](const ItemLine& each, std::uint64_t) -> Done {
    got.push_back(each);
    return {};
  }));
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[0].path, "звіт \"1\".txt");
  EXPECT_EQ(got[0].sha256, std::string(64, 'a'));
  EXPECT_EQ(got[0].size, 12U);
  EXPECT_EQ(got[0].id, "id");
  EXPECT_EQ(got[0].taken, "2025-11-02T10:00:00.000Z");
  EXPECT_THAT(got[0].notes, ElementsAre("changed while it was read", "друга"));
  EXPECT_EQ(journal->size(), std::filesystem::file_size(file));
}

TEST(Journal, GoesOnFromTheEndOfAnyLine) {
  const TemporaryFolder folder;
  const auto file = folder / "items.jsonl";
  auto journal = ItemJournal::open_for_writing(file, true);
  for (const char* path : {"1", "2", "3"}) ASSERT_TRUE(journal->append(std::vector{line('a', path)}));
  std::vector<std::uint64_t> ends;
  ASSERT_TRUE(ItemJournal::for_each(file, 0, [&](const ItemLine&, std::uint64_t end) -> Done {
    ends.push_back(end);
    return {};
  }));
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_THAT(paths_from(file, ends[0]), ElementsAre("2", "3"));
  EXPECT_THAT(paths_from(file, ends[2]), ElementsAre());
}

// Whatever byte a crash stopped at: the whole lines stay, the torn one goes, and the next line is readable.
TEST(Journal, CutsATornLastLineAtAnyByte) {
  const TemporaryFolder folder;
  const auto file = folder / "items.jsonl";
  {
    auto journal = ItemJournal::open_for_writing(file, true);
    ASSERT_TRUE(journal->append(std::vector{line('a', "first"), line('b', "second")}));
  }
  const std::string whole = read_whole(file);
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t length = first; length < whole.size(); ++length) {
    folder.write("items.jsonl", whole.substr(0, length));
    EXPECT_THAT(paths_from(file), ElementsAre("first")) << "length " << length;
    auto journal = ItemJournal::open_for_writing(file, false);
    ASSERT_TRUE(journal);
    EXPECT_EQ(journal->cut_bytes(), length - first);
    ASSERT_TRUE(journal->append(std::vector{line('c', "third")}));
    EXPECT_THAT(paths_from(file), ElementsAre("first", "third")) << "length " << length;
  }
}

TEST(Journal, NamesTheByteOfALineThatIsNone) {
  const TemporaryFolder folder;
  const auto file = folder / "items.jsonl";
  {
    auto journal = ItemJournal::open_for_writing(file, true);
    ASSERT_TRUE(journal->append(std::vector{line('a', "first")}));
  }
  const std::string whole = read_whole(file);
  for (const char* bad :
       {"{}\n", "garbage\n", "{\"sha256\": \"../../etc/passwd\", \"size\": 1, \"path\": \"x\", \"taken\": \"y\"}\n", "\n"}) {
    folder.write("items.jsonl", whole + bad);
    EXPECT_THAT(paths_from(file),
                ElementsAre("first", HasSubstr("items.jsonl: byte " + std::to_string(whole.size()) + ": this line is no item line")))
        << bad;
  }
}

TEST(Journal, SaysWhenItIsMissing) {
  const TemporaryFolder folder;
  const auto got = ItemJournal::open_for_writing(folder / "items.jsonl", false);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kCasebook);
  EXPECT_THAT(got.error().line(), HasSubstr("is missing: nothing tells where the items came from; restore it from a copy"));
}

// A limit on the file's size makes write() stop half-way, as a full disk does.
TEST(Journal, LeavesNothingOfLinesThatDidNotFit) {
  const TemporaryFolder folder;
  const auto file = folder / "items.jsonl";
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    auto journal = ItemJournal::open_for_writing(file, true);
    if (!journal || !journal->append(std::vector{line('a', "first")})) _exit(2);
    const std::uint64_t size = journal->size();
    const rlimit limit{size + 40, size + 40};
    setrlimit(RLIMIT_FSIZE, &limit);
    const Done appended = journal->append(std::vector{line('b', "second")});
    _exit(!appended && std::filesystem::file_size(file) == size ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_THAT(paths_from(file), ElementsAre("first"));
}

}  // namespace
}  // namespace litopys
