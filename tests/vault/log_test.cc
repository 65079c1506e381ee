#include "vault/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <map>

#include "temporary_folder.h"
#include "vault/log_sample.h"
#include "vault/small_file.h"
#include "vault/tessera_log.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> out;
  EXPECT_TRUE(for_each_file(folder, [&](const std::string& name) -> Done {
    out[name] = read_whole(folder / name);
    return {};
  }));
  return out;
}

TEST(CustodyLog, WritesTesserasTestLogByteForByte) {
  const TemporaryFolder folder;
  const std::string bytes = bytes_from_base64(kTesseraSeed).value();
  std::array<std::uint8_t, 32> seed{};
  std::memcpy(seed.data(), bytes.data() + 1, seed.size());
  const LogKey key = LogKey::of(NoteSigner::make("example.com/log/testdata", seed).value());
  auto log = CustodyLog::open_for_writing(folder / "log", key);
  ASSERT_TRUE(log) << log.error().line();
  const auto published = [](std::uint64_t n) {
    return "example.com/log/testdata\n" + std::to_string(n) + "\n" + std::string(kTesseraSizes[n].root) +
           "\n\n— example.com/log/testdata " + std::string(kTesseraSizes[n].signature) + "\n";
  };
  EXPECT_EQ(read_whole(folder / "log/checkpoint"), published(0));
  for (std::uint64_t n = 1; n <= 15; ++n) {
    const std::string leaf(kTesseraLeaves[n - 1]);
    EXPECT_EQ(log->append_bytes(std::span(&leaf, 1)).value(), n - 1);
    EXPECT_EQ(read_whole(folder / "log/checkpoint"), published(n));
    EXPECT_EQ(read_whole(folder / ("log/checkpoints/" + tile_number(n))), published(n));
    EXPECT_EQ(hex_of(sha256_of(read_whole(folder / ("log/" + tile_name(0, 0, n))))), kTesseraSizes[n].tile) << n;
    EXPECT_EQ(hex_of(sha256_of(read_whole(folder / ("log/" + bundle_name(0, n))))), kTesseraSizes[n].bundle) << n;
  }
  const Checked checked = check_log(folder / "log", key, {.prefix = "", .on_entry = {}, .entries_are_ours = false});
  EXPECT_THAT(checked.damages, IsEmpty());
  EXPECT_EQ(checked.check.checkpoints, 16U);
  EXPECT_EQ(checked.check.entries, 15U);
}

TEST(CustodyLog, GivesBackWhatWasAppended) {
  const TemporaryFolder folder;
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  ASSERT_TRUE(log);
  EXPECT_EQ(log->append(sample_entries(0, 3)).value(), 0U);
  EXPECT_EQ(log->append(sample_entries(3, 1)).value(), 3U);
  EXPECT_EQ(log->append({}).value(), 4U);
  EXPECT_EQ(log->size(), 4U);
  auto reader = LogReader::open(folder / "log", sample_key().verifier());
  ASSERT_TRUE(reader) << reader.error().line();
  for (std::uint64_t i = 0; i < 4; ++i) EXPECT_EQ(reader->entry(i).value(), sample_entry(i));
  EXPECT_THAT(reader->entry(4).error().line(), HasSubstr("there is no entry 4"));
  std::vector<std::uint64_t> seen;
  ASSERT_TRUE(reader->for_each(1, [&](std::uint64_t index, std::string_view text) -> Done {
    seen.push_back(index);
    EXPECT_EQ(parse_entry(text).value(), sample_entry(index));
    return {};
  }));
  EXPECT_THAT(seen, ElementsAre(1, 2, 3));
  EXPECT_EQ(LogReader::open_at(folder / "log", sample_key().verifier(), 3).value().size(), 3U);
  EXPECT_FALSE(LogReader::open_at(folder / "log", sample_key().verifier(), 2)) << "no append ended there";
  EXPECT_THAT(LogReader::open(folder / "log", sample_key('x').verifier()).error().line(), HasSubstr("is not signed by"));
}

// However the same entries are cut into appends, and wherever the writer is opened anew, the tree and its full tiles are the same.
TEST(CustodyLog, IsTheSameHoweverItGrew) {
  constexpr std::uint64_t kEntries = 66'000;  // a full tile of level 1 and more
  const TemporaryFolder folder;
  MerkleFrontier frontier;
  for (std::uint64_t i = 0; i < kEntries; ++i) frontier.append(leaf_hash(entry_text(sample_entry(i)).value()));
  make_log(folder / "once", {kEntries});
  std::uint64_t at = 0;
  for (const std::uint64_t n : {1U, 254U, 1U, 1U, 511U, 4000U, 60'000U, 767U, 465U}) {
    make_log(folder / "often", {n});
    at += n;
  }
  ASSERT_EQ(at, kEntries);
  for (const char* name : {"once", "often"}) {
    const Checked checked = check_log(folder / name);
    EXPECT_THAT(checked.damages, IsEmpty()) << name;
    EXPECT_EQ(checked.check.root, frontier.root()) << name;
    EXPECT_EQ(checked.check.entries, kEntries) << name;
  }
  const auto once = files_of(folder / "once/tile");
  const auto often = files_of(folder / "often/tile");
  EXPECT_EQ(once, often) << "partial files that full ones replaced are gone";
  EXPECT_EQ(once.count("1/000"), 1U);
  EXPECT_EQ(once.count("2/000.p/1"), 1U);
}

TEST(CustodyLog, ProvesEntriesAndGrowthFromItsTiles) {
  const TemporaryFolder folder;
  make_log(folder / "log", {1, 299, 700, 25});
  auto reader = LogReader::open(folder / "log", sample_key().verifier());
  ASSERT_TRUE(reader);
  const MerkleHash root = reader->checkpoint().checkpoint.root;
  for (std::uint64_t i = 0; i < 1025; i += 7) {
    const auto path = reader->inclusion(i, 1025);
    ASSERT_TRUE(path) << path.error().line();
    EXPECT_TRUE(inclusion_holds(leaf_hash(entry_text(sample_entry(i)).value()), i, 1025, *path, root));
  }
  for (std::uint64_t from = 0; from <= 1025; from += 5) {
    const auto path = reader->consistency(from, 1025);
    ASSERT_TRUE(path) << path.error().line();
    EXPECT_TRUE(consistency_holds(from, reader->root(from).value(), 1025, root, *path));
  }
  EXPECT_FALSE(reader->inclusion(5, 1026));
  EXPECT_FALSE(reader->root(1026));
  EXPECT_FALSE(reader->consistency(5, 1026));
}

TEST(CustodyLog, RefusesAnEntryThatIsTooLargeAndGoesOn) {
  const TemporaryFolder folder;
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  const std::string large(65'536, 'a');
  EXPECT_THAT(log->append_bytes(std::span(&large, 1)).error().line(), HasSubstr("larger than 65,535"));
  EXPECT_TRUE(log->append(sample_entries(0, 1)));
}

TEST(CustodyLog, DropsWhatWasNeverSigned) {
  const TemporaryFolder folder;
  make_log(folder / "log", {3});
  const auto before = files_of(folder / "log");
  // As an append that was cut off right before its checkpoint leaves it.
  make_log(folder / "other", {3, 300});
  std::filesystem::copy(folder / "other/tile", folder / "log/tile",
                        std::filesystem::copy_options::recursive | std::filesystem::copy_options::skip_existing);
  folder.write("log/tmp/0", "half");
  const Checked unfinished = check_log(folder / "log");
  EXPECT_THAT(unfinished.damages, IsEmpty());
  EXPECT_EQ(unfinished.check.size, 3U);
  EXPECT_GT(unfinished.check.unfinished, 3U);
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  ASSERT_TRUE(log) << log.error().line();
  EXPECT_EQ(log->size(), 3U);
  EXPECT_GT(log->recovery().files_dropped, 3U);
  EXPECT_EQ(files_of(folder / "log"), before);
  ASSERT_TRUE(log->append(sample_entries(3, 2)));
  EXPECT_THAT(check_log(folder / "log").damages, IsEmpty());
}

TEST(CustodyLog, RollsItsNewestCheckpointForward) {
  const TemporaryFolder folder;
  make_log(folder / "log", {3, 2});
  std::filesystem::copy_file(folder / "log/checkpoints/003", folder / "log/checkpoint", std::filesystem::copy_options::overwrite_existing);
  const Checked behind = check_log(folder / "log");
  EXPECT_THAT(behind.damages, IsEmpty());
  EXPECT_EQ(behind.check.size, 5U);
  EXPECT_THAT(behind.check.notes, ElementsAre(HasSubstr("one append behind")));
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  ASSERT_TRUE(log);
  EXPECT_EQ(log->size(), 5U);
  EXPECT_THAT(log->recovery().lines, ElementsAre(HasSubstr("brought up to that")));
  EXPECT_EQ(read_whole(folder / "log/checkpoint"), read_whole(folder / "log/checkpoints/005"));
}

TEST(CustodyLog, MakesTilesAgainThatTheEntriesGive) {
  const TemporaryFolder folder;
  make_log(folder / "log", {300});
  const auto before = files_of(folder / "log");
  folder.write("log/tile/0/001.p/44", "torn");
  std::filesystem::remove(folder / "log/tile/1/000.p/1");
  auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
  ASSERT_TRUE(log) << log.error().line();
  EXPECT_EQ(log->recovery().tiles_made_again, 2U);
  EXPECT_EQ(files_of(folder / "log"), before);
}

TEST(CustodyLog, TouchesNothingWhereEntriesAreNotWhatWasSigned) {
  const TemporaryFolder folder;
  make_log(folder / "log", {300});
  std::string bundle = read_whole(folder / "log/tile/entries/001.p/44");
  bundle[100] ^= 1;
  folder.write("log/tile/entries/001.p/44", bundle);
  const auto before = files_of(folder / "log");
  EXPECT_THAT(CustodyLog::open_for_writing(folder / "log", sample_key()).error().line(), HasSubstr("litopys verify"));
  EXPECT_EQ(files_of(folder / "log"), before);
}

TEST(CustodyLog, OpensNothingThatAnotherKeySigned) {
  const TemporaryFolder folder;
  make_log(folder / "log", {3});
  EXPECT_THAT(CustodyLog::open_for_writing(folder / "log", sample_key('x')).error().line(), HasSubstr("is not signed by"));
  std::filesystem::remove(folder / "log/checkpoint");
  std::filesystem::remove_all(folder / "log/checkpoints");
  EXPECT_THAT(CustodyLog::open_for_writing(folder / "log", sample_key()).error().line(), HasSubstr("no checkpoint that signs them"));
}

// Dropping what is beyond the last checkpoint must not finish what a rollback began.
TEST(CustodyLog, DropsNothingWhereMoreWasAcknowledged) {
  const TemporaryFolder folder;
  make_log(folder / "log", {3, 2});
  std::filesystem::copy_file(folder / "log/checkpoints/003", folder / "log/checkpoint", std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove(folder / "log/checkpoints/005");
  const auto before = files_of(folder / "log");
  EXPECT_THAT(CustodyLog::open_for_writing(folder / "log", sample_key(), 5).error().line(), HasSubstr("it was rolled back"));
  EXPECT_EQ(files_of(folder / "log"), before);
  EXPECT_FALSE(CustodyLog::open_for_writing(folder / "new", sample_key(), 1));
}

TEST(CustodyLog, NeverSignsTwoStories) {
  const TemporaryFolder folder;
  make_log(folder / "log", {3});
  const CheckpointFolder checkpoints(folder / "log");
  const auto other = sign_checkpoint({sample_key().verifier().name(), 3, leaf_hash("another"), {}}, sample_key().signer());
  EXPECT_THAT(checkpoints.keep(*other).error().line(), HasSubstr("another checkpoint of the same size"));
}

// ---- crashes

// Runs `grow` in a process whose files may not grow past `limit` bytes: the first write that goes beyond kills it.
template <class Grow>
int in_a_process_with_file_limit(rlim_t limit, const Grow& grow) {
  const pid_t child = fork();
  if (child == 0) {
    const rlimit most{limit, limit};
    setrlimit(RLIMIT_FSIZE, &most);
    grow();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST(CustodyLog, SurvivesAWriteThatKillsItsProcess) {
  int killed = 0;
  for (const rlim_t limit : {0, 1, 31, 32, 33, 100, 160, 195, 220, 250, 300, 1000, 4000, 8191, 8192, 20'000, 40'000}) {
    const TemporaryFolder folder;
    make_log(folder / "log", {5, 1});
    const int status = in_a_process_with_file_limit(limit, [&] {
      auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
      if (log) {
        [[maybe_unused]] const auto done = log->append(sample_entries(6, 300));
      }
    });
    killed += WIFSIGNALED(status) ? 1 : 0;
    const Checked after = check_log(folder / "log");
    EXPECT_THAT(after.damages, IsEmpty()) << limit;
    auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
    ASSERT_TRUE(log) << limit << ": " << log.error().line();
    EXPECT_TRUE(log->size() == 6 || log->size() == 306) << limit;
    ASSERT_TRUE(log->append(sample_entries(log->size(), 2)));
    EXPECT_THAT(check_log(folder / "log").damages, IsEmpty()) << limit;
  }
  EXPECT_GT(killed, 10);
}

TEST(CustodyLog, SaysNothingMoreAfterAWriteThatFailed) {
  const TemporaryFolder folder;
  make_log(folder / "log", {5});
  const int status = in_a_process_with_file_limit(100, [&] {
    std::signal(SIGXFSZ, SIG_IGN);  // then the write fails with EFBIG
    auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
    if (!log) _exit(1);
    const auto first = log->append(sample_entries(5, 300));
    const auto second = log->append(sample_entries(5, 1));
    _exit(!first && !second && second.error().line() == first.error().line() && log->size() == 5 ? 42 : 2);
  });
  EXPECT_EQ(WEXITSTATUS(status), 42);
  EXPECT_THAT(check_log(folder / "log").damages, IsEmpty());
  EXPECT_EQ(CustodyLog::open_for_writing(folder / "log", sample_key())->size(), 5U);
}

// Killed at any moment, again and again: what was acknowledged is there, and the log holds.
TEST(CustodyLog, KeepsWhatItAcknowledgedWhenKilled) {
  const int rounds = std::getenv("LITOPYS_KILLS") != nullptr ? std::atoi(std::getenv("LITOPYS_KILLS")) : 60;
  const TemporaryFolder folder;
  make_log(folder / "log", {});
  std::uint64_t acknowledged = 0;
  std::uint64_t grown = 0;
  std::uint64_t most = 0;
  for (int round = 0; round < rounds; ++round) {
    if (grown > 5000) {
      // A long run goes on with a new log: each look at one costs its size.
      std::filesystem::remove_all(folder / "log");
      make_log(folder / "log", {});
      acknowledged = 0;
    }
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      // The timer's signal ends the process wherever it is, some while after so many appends: on a busy machine too, some come through.
      const itimerval when{{0, 0}, {0, 100 + round * 1237 % 10'000}};
      int left = round % 5;
      if (left == 0) setitimer(ITIMER_REAL, &when, nullptr);
      auto log = CustodyLog::open_for_writing(folder / "log", sample_key());
      while (log) {
        const std::uint64_t n = 1 + (log->size() * 7) % 40;
        if (!log->append(sample_entries(log->size(), n))) break;
        const std::uint64_t size = log->size();
        if (write(pipe_ends[1], &size, sizeof size) != sizeof size) break;
        if (--left == 0) setitimer(ITIMER_REAL, &when, nullptr);
      }
      _exit(1);
    }
    close(pipe_ends[1]);
    std::uint64_t size = 0;
    while (read(pipe_ends[0], &size, sizeof size) == sizeof size) acknowledged = size;
    close(pipe_ends[0]);
    waitpid(child, nullptr, 0);
    const Checked checked = check_log(folder / "log");
    ASSERT_THAT(checked.damages, IsEmpty()) << "round " << round;
    ASSERT_GE(checked.check.size, acknowledged) << "round " << round;
    grown = checked.check.size;
    most = std::max(most, grown);
  }
  std::uint64_t entries = 0;
  check_log(folder / "log", sample_key(), {.prefix = "", .on_entry = [&](std::uint64_t index, std::string_view text) {
                                             EXPECT_EQ(parse_entry(text).value(), sample_entry(index));
                                             ++entries;
                                           }});
  EXPECT_EQ(entries, grown);
  EXPECT_GT(most, 0U);
}

}  // namespace
}  // namespace litopys
