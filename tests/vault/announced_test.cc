#include "vault/announced.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temporary_folder.h"
#include "vault/log_sample.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::HasSubstr;

constexpr EvidenceEnd kEnd{2, 48211};

class AnnouncedTest : public ::testing::Test {
 protected:
  void SetUp() override { make_log(folder_ / "log", {3, 2}); }
  [[nodiscard]] CustodyLog log() const { return CustodyLog::open_for_writing(folder_ / "log", sample_key()).value(); }
  // What is left of what was announced for entries `from` to `from` + `n` - 1.
  void announce(const std::vector<LogEntry>& entries) const { folder_.write("announced", log().announcement(entries, kEnd).value()); }
  [[nodiscard]] Result<std::optional<Announcement>> load(char key = 'k') const {
    return load_announcement(announced_path(folder_.path()), sample_key(key).verifier());
  }
  [[nodiscard]] AnnouncedActs acts() const {
    LogReader reader = log().reader().value();
    return {load(), reader};
  }
  static MerkleHash commitment_of(std::uint64_t n) { return sample_entry(n).commitment; }

  TemporaryFolder folder_;
};

TEST_F(AnnouncedTest, IsASignedNoteThatIsNoCheckpoint) {
  const std::vector<LogEntry> entries = sample_entries(5, 2);
  const std::string bytes = log().announcement(entries, kEnd).value();
  const std::string name = sample_key().verifier().name();
  EXPECT_EQ(bytes.substr(0, bytes.find("\n\n") + 1), name + "/announced\n5\n" + base64_of(log().checkpoint().checkpoint.root) +
                                                         "\nevidence 2 48211\n" + base64_of(entries[0].commitment) + "\n" +
                                                         base64_of(entries[1].commitment) + "\n");
  EXPECT_FALSE(open_checkpoint(bytes, sample_key().verifier()));
  folder_.write("announced", bytes);
  const auto loaded = load();
  ASSERT_TRUE(loaded && *loaded) << loaded.error().line();
  EXPECT_EQ(**loaded, (Announcement{5, log().checkpoint().checkpoint.root, kEnd, {entries[0].commitment, entries[1].commitment}}));
  folder_.write("announced", log().checkpoint().bytes);
  EXPECT_THAT(load().error().problem, HasSubstr("is another note than an announcement"));
}

// What stands there is signed; somebody who has the key and another program may still write nonsense.
TEST_F(AnnouncedTest, NamesOnePlaceInOneForm) {
  const auto signed_text = [&](const std::vector<std::string>& lines) {
    const Checkpoint at = log().checkpoint().checkpoint;
    return sample_key().signer().sign(checkpoint_text({at.origin + "/announced", at.size, at.root, lines})).value();
  };
  const std::string commitment = base64_of(commitment_of(5));
  for (const char* line : {"evidence ", "evidence 2", "evidence 2 ", "evidence 2 x", "evidence  2 5", "evidence 2 5 ", "evidence 02 5",
                           "evidence 4294967296 5", "evidence 2 18446744073709551616", "evidence -1 5"}) {
    folder_.write("announced", signed_text({line, commitment}));
    EXPECT_THAT(load().error().problem, HasSubstr("names no place in the evidence")) << line;
  }
  folder_.write("announced", signed_text({commitment, "evidence 2 5"}));
  EXPECT_THAT(load().error().problem, HasSubstr("announces something that is no commitment"));
  // Of before casebook format 4.
  folder_.write("announced", signed_text({commitment}));
  EXPECT_EQ(load().value()->end, std::nullopt);
  EXPECT_EQ(acts().covered(), std::nullopt);
  EXPECT_TRUE(acts().take(commitment_of(5)));
}

TEST_F(AnnouncedTest, SaysUpToWhereTheLogHasTheEvidence) {
  EXPECT_EQ(acts().covered(), std::nullopt) << "nothing was announced";
  announce(sample_entries(5, 2));
  EXPECT_EQ(acts().covered(), (ActEnd{kEnd, 5}));
  ASSERT_TRUE(log().append(sample_entries(5, 2)));
  EXPECT_EQ(acts().covered(), (ActEnd{kEnd, 5})) << "and from there on it can be compared";
  announce({});
  EXPECT_EQ(acts().covered(), (ActEnd{kEnd, 7}));
  ASSERT_TRUE(log().append(sample_entries(7, 1)));
  EXPECT_EQ(acts().covered(), std::nullopt) << "an act came that it does not name: it is not the last one";
}

TEST_F(AnnouncedTest, IsOfTheKeyAlone) {
  EXPECT_EQ(load().value(), std::nullopt) << "there is none";
  announce(sample_entries(5, 2));
  EXPECT_THAT(load('o').error().problem, HasSubstr("is no announcement that the key of the log signed"));
  const std::string bytes = read_whole(folder_ / "announced");
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    folder_.write("announced", changed);
    EXPECT_FALSE(load()) << bit;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    folder_.write("announced", bytes.substr(0, size));
    EXPECT_FALSE(load()) << size;
  }
}

TEST_F(AnnouncedTest, LetsInWhatItNamesInItsOrderAndOnce) {
  announce(sample_entries(5, 3));
  AnnouncedActs left = acts();
  EXPECT_FALSE(left.take(commitment_of(6)));
  EXPECT_EQ(left.problem(), "what was announced last is something else");
  EXPECT_TRUE(left.take(commitment_of(5)));
  EXPECT_FALSE(left.take(commitment_of(5)));
  EXPECT_TRUE(left.take(commitment_of(6)));
  EXPECT_TRUE(left.take(commitment_of(7)));
  EXPECT_FALSE(left.take(commitment_of(8)));
}

// A crash between evidence and log, a stamp, a crash between two appends of whoever logs what is missing.
TEST_F(AnnouncedTest, GoesOnWhereTheLogIs) {
  announce(sample_entries(5, 3));
  LogEntry stamp = sample_entry(77, Act::stamped);
  ASSERT_TRUE(log().append({&stamp, 1}));
  EXPECT_TRUE(acts().take(commitment_of(5)));
  ASSERT_TRUE(log().append(sample_entries(5, 2)));
  AnnouncedActs left = acts();
  EXPECT_FALSE(left.take(commitment_of(5)));
  EXPECT_TRUE(left.take(commitment_of(7)));
  ASSERT_TRUE(log().append(sample_entries(7, 1)));
  EXPECT_FALSE(acts().take(commitment_of(7))) << "it is logged";
}

TEST_F(AnnouncedTest, LetsInNothingOfAnotherStory) {
  announce(sample_entries(5, 3));
  const std::string old = read_whole(folder_ / "announced");
  ASSERT_TRUE(log().append(sample_entries(5, 1)));
  ASSERT_TRUE(log().append(sample_entries(20, 1)));
  EXPECT_FALSE(acts().take(commitment_of(6))) << "another act took its place";
  announce(sample_entries(30, 1));
  folder_.write("announced", old);
  EXPECT_FALSE(acts().take(commitment_of(30)));
  EXPECT_EQ(acts().covered(), std::nullopt);
  // A log of the same key and length that says something else.
  std::filesystem::remove_all(folder_ / "log");
  make_log(folder_ / "log", {1});
  ASSERT_TRUE(log().append(sample_entries(40, 4)));
  EXPECT_FALSE(acts().take(commitment_of(5)));
  // One that was rolled back.
  std::filesystem::remove_all(folder_ / "log");
  make_log(folder_ / "log", {3});
  EXPECT_FALSE(acts().take(commitment_of(5)));
}

}  // namespace
}  // namespace litopys
