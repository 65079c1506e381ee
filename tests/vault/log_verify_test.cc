#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temporary_folder.h"
#include "vault/log.h"
#include "vault/log_sample.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> names_of(const std::filesystem::path& folder) {
  std::vector<std::string> out;
  EXPECT_TRUE(for_each_file(folder, [&](const std::string& name) -> Done {
    out.push_back(name);
    return {};
  }));
  std::sort(out.begin(), out.end());
  return out;
}

TEST(VerifyLog, FindsNothingWrongWithASoundLog) {
  const TemporaryFolder folder;
  for (const std::vector<std::uint64_t>& appends :
       std::vector<std::vector<std::uint64_t>>{{}, {1}, {255}, {256}, {257}, {1, 1, 1}, {256, 256}, {300, 300, 1}}) {
    const std::string name = "log" + std::to_string(names_of(folder.path()).size());
    make_log(folder / name, appends);
    const Checked checked = check_log(folder / name);
    EXPECT_THAT(checked.damages, IsEmpty());
    EXPECT_EQ(checked.check.checkpoints, appends.size() + 1);
    EXPECT_THAT(checked.check.notes, IsEmpty());
    EXPECT_EQ(checked.check.entries, checked.check.size);
  }
}

// Every bit of every file, one at a time: it is named, and named where it is.
TEST(VerifyLog, NamesEveryFlippedBitWithItsFile) {
  const TemporaryFolder folder;
  make_log(folder / "log", {2});
  std::size_t flips = 0;
  for (const std::string& name : names_of(folder / "log")) {
    const std::string good = read_whole(folder / ("log/" + name));
    // Three notes of one kind: every bit of the newest, a part of the kept ones.
    const std::size_t step = name.starts_with("checkpoints/") ? 11 : 1;
    for (std::size_t bit = 0; bit < 8 * good.size(); bit += step) {
      std::string bad = good;
      bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
      folder.write("log/" + name, bad);
      const Checked checked = check_log(folder / "log");
      ++flips;
      ASSERT_THAT(checked.damages, Contains(StartsWith("log/" + name + ":"))) << name << " bit " << bit;
      ASSERT_THAT(checked.damages, SizeIs(1)) << name << " bit " << bit << '\n' << ::testing::PrintToString(checked.damages);
    }
    folder.write("log/" + name, good);
  }
  EXPECT_GT(flips, 3000U);
  EXPECT_THAT(check_log(folder / "log").damages, IsEmpty());
}

// In a larger log one byte in a place of each kind of file: one line, at the right byte.
TEST(VerifyLog, TellsADamagedEntryFromADamagedHash) {
  const TemporaryFolder folder;
  make_log(folder / "log", {600, 7});
  const auto spoil = [&](const std::string& name, std::size_t at) {
    const std::string good = read_whole(folder / ("log/" + name));
    std::string bad = good;
    bad.at(at) = static_cast<char>(bad[at] ^ 0x10);
    folder.write("log/" + name, bad);
    const Checked checked = check_log(folder / "log");
    folder.write("log/" + name, good);
    EXPECT_EQ(checked.damages.size(), 1U) << ::testing::PrintToString(checked.damages);
    return checked.damages.empty() ? std::string() : checked.damages[0];
  };
  const std::size_t entry = 2 + entry_text(sample_entry(0)).value().size();
  EXPECT_THAT(spoil("tile/0/001", 32 * 44 + 5), StartsWith("log/tile/0/001: byte 1408: is not the leaf hash of entry 300; expected "));
  EXPECT_THAT(spoil("tile/0/002.p/95", 3), StartsWith("log/tile/0/002.p/95: byte 0: is not the leaf hash of entry 512"));
  EXPECT_THAT(spoil("tile/0/002.p/88", 40), StartsWith("log/tile/0/002.p/88: byte 40: is not the beginning"));
  EXPECT_THAT(spoil("tile/1/000.p/2", 33), StartsWith("log/tile/1/000.p/2: byte 32: is not the hash of the tile below"));
  EXPECT_THAT(spoil("tile/entries/000", entry * 3 + 20), AllOf(StartsWith("log/tile/entries/000: byte " + std::to_string(entry * 3 + 2)),
                                                               HasSubstr("entry 3 is not what was signed")));
  EXPECT_THAT(spoil("tile/entries/002.p/95", entry * 94 + 20), HasSubstr("entry 606 is not what was signed"));
  EXPECT_THAT(spoil("tile/entries/002.p/88", 20), HasSubstr("is not the beginning"));
  EXPECT_THAT(spoil("tile/entries/001", entry * 5), AllOf(StartsWith("log/tile/entries/001: byte "), HasSubstr("is promised")));
}

TEST(VerifyLog, NamesWhatIsMissing) {
  const TemporaryFolder folder;
  make_log(folder / "good", {600, 7, 1});
  for (const std::string& name : names_of(folder / "good")) {
    std::filesystem::remove_all(folder / "log");
    std::filesystem::copy(folder / "good", folder / "log", std::filesystem::copy_options::recursive);
    std::filesystem::remove(folder / ("log/" + name));
    const Checked checked = check_log(folder / "log");
    // A checkpoint in the middle cannot be missed: nothing says that it was ever there. An outside anchor can.
    if (name == "checkpoints/600" || name == "checkpoints/607" || name == "checkpoints/000") {
      EXPECT_THAT(checked.damages, IsEmpty()) << name;
      continue;
    }
    EXPECT_THAT(checked.damages, Contains(StartsWith("log/" + name + ": is missing"))) << name;
    EXPECT_THAT(checked.damages, SizeIs(1)) << name << ::testing::PrintToString(checked.damages);
  }
}

TEST(VerifyLog, NamesWhatDoesNotBelongThere) {
  const TemporaryFolder folder;
  make_log(folder / "log", {5});
  for (const char* name : {"tile/0/0", "tile/x", "evil", "tile/0/000.p/abc", "checkpoints/5", "checkpoints/x000/005", ".hidden"}) {
    folder.write("log/" + std::string(name), "x");
    EXPECT_THAT(check_log(folder / "log").damages, ElementsAre(StartsWith("log/" + std::string(name) + ": is "))) << name;
    std::filesystem::remove(folder / ("log/" + std::string(name)));
  }
  std::filesystem::create_symlink("/etc/passwd", folder / "log/tile/0/000.p/3");
  EXPECT_THAT(check_log(folder / "log").damages, ElementsAre(HasSubstr("is a link")));
}

TEST(VerifyLog, FindsSwappedEntriesReorderedLeavesAndACutLog) {
  const TemporaryFolder folder;
  make_log(folder / "log", {4, 4});
  const std::string bundle = read_whole(folder / "log/tile/entries/000.p/8");
  const std::size_t one = 2 + entry_text(sample_entry(0)).value().size();
  folder.write("log/tile/entries/000.p/8", bundle.substr(one, one) + bundle.substr(0, one) + bundle.substr(2 * one));
  EXPECT_THAT(check_log(folder / "log").damages, ElementsAre(HasSubstr("entry 0 and 1 more is not what was signed")));
  folder.write("log/tile/entries/000.p/8", bundle.substr(0, 7 * one));
  EXPECT_THAT(check_log(folder / "log").damages,
              ElementsAre(HasSubstr("another number of entries than its name says; expected 8, found 7")));
  // The tile changed along with the entries: then the root tells.
  folder.write("log/tile/entries/000.p/8", bundle.substr(one, one) + bundle.substr(0, one) + bundle.substr(2 * one));
  const std::string tile = read_whole(folder / "log/tile/0/000.p/8");
  folder.write("log/tile/0/000.p/8", tile.substr(32, 32) + tile.substr(0, 32) + tile.substr(64));
  EXPECT_THAT(check_log(folder / "log").damages, Contains(HasSubstr("log/checkpoints/008: signs another root than the entries give")));
}

TEST(VerifyLog, FindsARollback) {
  const TemporaryFolder folder;
  make_log(folder / "log", {4, 4, 4});
  std::filesystem::copy_file(folder / "log/checkpoints/004", folder / "log/checkpoint", std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(check_log(folder / "log").damages, ElementsAre(HasSubstr("log/checkpoint: is older than the checkpoints that are kept")));
}

// A log made anew with the same key holds by itself; a checkpoint from outside tells.
TEST(VerifyLog, NeedsAnAnchorForALogThatWasRebuilt) {
  const TemporaryFolder folder;
  make_log(folder / "log", {4, 4});
  const std::string anchor = read_whole(folder / "log/checkpoints/004");
  std::filesystem::remove_all(folder / "log");
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  ASSERT_TRUE(log->append(sample_entries(100, 8)));
  EXPECT_THAT(check_log(folder / "log").damages, IsEmpty());
  const auto anchored = [&](const std::string& bytes) {
    std::vector<std::string> out;
    verify_anchors(folder / "log", sample_key().verifier(), std::span(&bytes, 1),
                   [&](const Damage& damage) { out.push_back(damage.line()); });
    return out;
  };
  EXPECT_THAT(anchored(anchor), ElementsAre(HasSubstr("anchor 1: signs another history: the log was rebuilt")));
  // Kept inside, the old checkpoint does the same.
  folder.write("log/checkpoints/004", anchor);
  EXPECT_THAT(check_log(folder / "log").damages, Contains(HasSubstr("log/checkpoints/004: signs another root")));
  std::filesystem::remove_all(folder / "log");
  make_log(folder / "log", {2});
  EXPECT_THAT(anchored(anchor), ElementsAre(HasSubstr("the log was cut or rolled back")));
  make_log(folder / "log", {2, 5});
  EXPECT_THAT(anchored(anchor), IsEmpty());
  EXPECT_THAT(anchored("nonsense"), ElementsAre(HasSubstr("no empty line")));
}

TEST(VerifyLog, GivesTheEntriesThatHold) {
  const TemporaryFolder folder;
  make_log(folder / "log", {300});
  std::string bundle = read_whole(folder / "log/tile/entries/000");
  bundle[30] ^= 1;
  folder.write("log/tile/entries/000", bundle);
  std::vector<std::uint64_t> seen;
  check_log(folder / "log", sample_key(),
            {.prefix = "log/", .on_entry = [&](std::uint64_t index, std::string_view) { seen.push_back(index); }});
  EXPECT_THAT(seen, SizeIs(299));
  EXPECT_THAT(seen, Not(Contains(0)));
}

TEST(VerifyLog, SaysWhenAnEntryIsNotOfACustodyLog) {
  const TemporaryFolder folder;
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  const std::vector<std::string> entries{entry_text(sample_entry(0)).value(), "[1]"};
  ASSERT_TRUE(log->append_bytes(entries));
  EXPECT_THAT(check_log(folder / "log").damages, ElementsAre(HasSubstr("entry 1 is no JSON object")));
}

TEST(VerifyLog, GoesOnWhereAWholeStretchIsLost) {
  const TemporaryFolder folder;
  make_log(folder / "log", {700});
  std::filesystem::remove(folder / "log/tile/0/001");
  std::filesystem::remove(folder / "log/tile/entries/001");
  std::string bundle = read_whole(folder / "log/tile/entries/002.p/188");
  bundle[30] ^= 1;
  folder.write("log/tile/entries/002.p/188", bundle);
  const Checked checked = check_log(folder / "log");
  EXPECT_THAT(checked.damages, Contains(HasSubstr("what is after entry 256 cannot be proved")));
  EXPECT_THAT(checked.damages, Contains(HasSubstr("entry 512 is not what was signed")));
}

}  // namespace
}  // namespace litopys
