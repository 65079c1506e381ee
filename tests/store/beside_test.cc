// One process writes, others read: whoever reads sees whole items, all that were acknowledged, and waits for nobody.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/casebook_made.h"

namespace litopys {
namespace {

using namespace litopys::testing;

constexpr int kItems = 12;

std::string report_of(int number) { return std::string(kText) + "Report " + std::to_string(number) + ".\n"; }

// Takes an item in for each byte that comes from `go`, and says so when it is acknowledged.
bool write_when_told(const std::filesystem::path& folder, int go, int done) {
  auto casebook = Casebook::open(folder, all_resources(), [](const std::string&) {});
  if (!casebook) return false;
  char byte = 0;
  for (int number = 1; ::read(go, &byte, 1) == 1; ++number) {
    OpenedItem opened;
    opened.item.id = "r" + std::to_string(number);
    opened.item.path = opened.item.id + ".txt";
    opened.item.bytes = report_of(number);
    auto taken = casebook->take(std::move(opened));
    const auto acknowledge = [&](const KeptItem&) { (void)!::write(done, "k", 1); };
    if (!taken || !casebook->add(*std::move(taken), acknowledge) || !casebook->flush(acknowledge)) return false;
  }
  return true;
}

bool is_acknowledged(int done) {
  pollfd waiting{done, POLLIN, 0};
  return poll(&waiting, 1, 0) != 0;  // also where the writer is gone
}

// How many items a reader sees who opens the casebook now; each with its text.
int seen_now(const std::filesystem::path& folder) {
  auto reader = open_casebook(folder);
  EXPECT_TRUE(reader) << reader.error().line();
  if (!reader) return -1;
  int items = 0;
  std::vector<std::string> ids;
  EXPECT_TRUE(reader->record.items([&](const ItemRow& row) {
    ids.push_back(row.id);
    ++items;
    return true;
  }));
  for (const std::string& id : ids) {
    const auto text = reader->record.text_of(id);
    EXPECT_TRUE(text) << id;
    if (text && id != "first") {
      EXPECT_NE(text->find("Report " + id.substr(1) + "."), std::string::npos) << id;
    }
  }
  return items;
}

TEST(CasebookBeside, IsReadWhileAnotherProcessWrites) {
  ASSERT_TRUE(all_resources());
  const TemporaryFolder folder;
  const std::filesystem::path casebook = folder / "my.case";
  take_in(casebook, {{"first", kText}});
  int go[2], done[2];
  ASSERT_EQ(pipe(go), 0);
  ASSERT_EQ(pipe(done), 0);
  const pid_t writer = fork();
  ASSERT_GE(writer, 0);
  if (writer == 0) {
    ::close(go[1]);
    ::close(done[0]);
    _exit(write_when_told(casebook, go[0], done[1]) ? 0 : 1);
  }
  ::close(go[0]);
  ::close(done[1]);
  for (int number = 1; number <= kItems; ++number) {
    ASSERT_EQ(::write(go[1], "g", 1), 1);
    do {
      const int seen = seen_now(casebook);
      ASSERT_TRUE(seen == number || seen == number + 1) << seen << " items, while number " << number << " is taken in";
    } while (!is_acknowledged(done[0]));
    char byte = 0;
    ASSERT_EQ(::read(done[0], &byte, 1), 1) << "the writer failed at number " << number;
    ASSERT_EQ(seen_now(casebook), number + 1) << "what was acknowledged is seen";
  }
  ::close(go[1]);
  int status = 0;
  ASSERT_EQ(waitpid(writer, &status, 0), writer);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  ::close(done[0]);
  EXPECT_EQ(damages(casebook, true), std::vector<std::string>());
}

}  // namespace
}  // namespace litopys
