#include "store/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "store/casebook_made.h"
#include "store/database.h"
#include "store/drill_authority.h"
#include "store/record_kept.h"
#include "vault/keys.h"
#include "vault/lock.h"
#include "vault/member.h"
#include "vault/stamp.h"

namespace litopys {
namespace {

using litopys::testing::all_resources;
using litopys::testing::damages;
using litopys::testing::kText;
using litopys::testing::MadeCasebook;
using litopys::testing::read_whole;
using litopys::testing::take_in;
using litopys::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A stamp over the newest checkpoint by an authority that says this time, logged as `litopys stamp` does.
void stamp_at(const std::filesystem::path& casebook, std::int64_t time) {
  const Result<DrillAuthority> authority = DrillAuthority::make();
  ASSERT_TRUE(authority);
  const LogReader log = LogReader::open(casebook / "log", load_log_vkey(casebook).value()).value();
  const StampFolder stamps(casebook / "stamps");
  const auto asked = stamps.ask(log.size(), log.checkpoint().bytes);
  ASSERT_TRUE(asked);
  const auto taken = stamps.take(authority->answer(asked->query, time).value(), {authority->roots(), {}, {}});
  ASSERT_TRUE(taken) << taken.error().line();
  const LogEntry entry = stamped_entry(*taken, timestamp());
  const LogKey key = LogKey::load(log_key_path(casebook), {}).value();
  ASSERT_TRUE(CustodyLog::open_for_writing(casebook / "log", key)->append(std::span(&entry, 1)));
}

class VerifyTest : public MadeCasebook {
 protected:
  [[nodiscard]] std::filesystem::path segment() const { return casebook() / "evidence/my-00001.warc.gz"; }
  void put(const std::filesystem::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
};

TEST_F(VerifyTest, HoldsForACasebookThatNobodyTouched) {
  VerifyOptions options;
  options.resources = all_resources();
  std::vector<std::string> lines;
  const auto found = verify_casebook(casebook(), options, [&](const Damage& damage) { lines.push_back(damage.line()); });
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_THAT(lines, IsEmpty());
  EXPECT_EQ(found->items, 3U);
  EXPECT_EQ(found->sightings, 4U);
  EXPECT_EQ(found->acts, 2U);
  EXPECT_EQ(found->records, 7U) << "with the warcinfo";
  EXPECT_EQ(found->log.entries, 6U);
  EXPECT_GT(found->rows, 10U);
  EXPECT_FALSE(found->reread) << "the log says what was read";
  EXPECT_THAT(found->unknown, ::testing::Contains(HasSubstr("it was not read again (--reread)")));
  EXPECT_THAT(found->notes, IsEmpty());
  EXPECT_THAT(found->unknown, ::testing::Contains(HasSubstr("kept elsewhere")));
  for (const auto& left : std::filesystem::directory_iterator(casebook())) {
    EXPECT_FALSE(left.path().filename().string().starts_with(".verify")) << "it leaves nothing behind";
  }
}

TEST_F(VerifyTest, SaysWhereATimeStampIsOlderThanWhatItVouchesFor) {
  stamp_at(casebook(), kDrillSignerLives);
  const auto found = verify_casebook(casebook(), {}, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_EQ(found->stamps, 1U);
  EXPECT_THAT(found->notes, ElementsAre(::testing::AllOf(HasSubstr("is of 2020-06-12T22:13:20Z, and the last entry that it vouches for"),
                                                         HasSubstr("this machine's clock was ahead, or CN=Drill authority says"))));
}

TEST_F(VerifyTest, FindsTheSameRecordAfterARebuildThoughATimeStampWasLoggedLast) {
  stamp_at(casebook(), kDrillSignerLives);
  const std::string told = open_casebook(casebook())->record.dump().value();
  const auto rebuild = [&] {
    return rebuild_casebook(
        casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
  };
  ASSERT_TRUE(rebuild());
  EXPECT_EQ(open_casebook(casebook())->record.dump().value(), told);
  const std::string once = read_whole(casebook() / "record.db");
  ASSERT_TRUE(rebuild());
  EXPECT_EQ(read_whole(casebook() / "record.db"), once) << "byte for byte";
  EXPECT_THAT(damages(casebook()), IsEmpty());
}

TEST_F(VerifyTest, ReadsAllAgainWhereThatIsWanted) {
  VerifyOptions options;
  options.resources = all_resources();
  options.reread = true;
  const auto found = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_TRUE(found->reread);
  EXPECT_THAT(found->unknown, Not(::testing::Contains(HasSubstr("--reread"))));
}

// What was read is known without who read it: a newer litopys, or one with other data, verifies what an older one took in.
TEST_F(VerifyTest, NeedsNotTheReaderThatRead) {
  VerifyOptions options;
  options.resources = load_resources(default_paths()).value();
  ASSERT_NE(reading_id(*options.resources), reading_id(*all_resources()));
  const auto found = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_GT(found->rows, 10U);
  // Whoever edits it as well as the name of its reader gains nothing.
  ASSERT_TRUE(as_result([&] {
    Database database(casebook() / "record.db", Database::Mode::write);
    database.run(("UPDATE meta SET value = '" + reading_id(*options.resources) + "' WHERE key = 'readers'").c_str());
  }));
  std::vector<std::string> lines;
  ASSERT_TRUE(verify_casebook(casebook(), options, [&](const Damage& damage) { lines.push_back(damage.line()); }));
  EXPECT_THAT(lines, ::testing::Contains(HasSubstr("record.db: claim: row "))) << "it was read again by the one that is named";
}

// As after an update of the data files that changes nothing in what these items say.
TEST_F(VerifyTest, HoldsWhereAnotherReaderReadTheSameSince) {
  const std::filesystem::path codebook = casebook().parent_path() / "codebook";
  std::filesystem::copy(default_paths().codebook, codebook);
  std::ofstream(codebook / "topic.toml", std::ios::app) << "# of another day\n";
  ResourcePaths paths = default_paths();
  paths.codebook = codebook;
  paths.careful.clear();
  VerifyOptions options;
  options.resources = load_resources(paths).value();
  ASSERT_NE(reading_id(*options.resources), reading_id(*all_resources()));
  ASSERT_TRUE(rebuild_casebook(
      casebook(), options.resources, {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
  const auto found = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_TRUE(found->reread);
  EXPECT_THAT(found->notes, ElementsAre(HasSubstr("all items were read again: record.db was read by " + reading_id(*options.resources))));
  EXPECT_THAT(damages(casebook(), true), ElementsAre(HasSubstr("was not read by the reader at hand")));
}

TEST_F(VerifyTest, LoadsAReaderOnlyToReadAgain) {
  VerifyOptions options;
  options.data = default_paths();
  options.data->pages = folder_ / "nothing";  // no reader loads without it
  const auto found = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_GT(found->rows, 10U);
  EXPECT_FALSE(found->reread);
  options.reread = true;
  const auto again = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kConfig) << again.error().line();
  options.data->codebook = folder_ / "nothing";  // the rules of what the claims say together
  const auto without = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().kind, ErrorKind::kConfig) << without.error().line();
}

TEST_F(VerifyTest, SaysWhatItCannotKnow) {
  const std::string anchor = read_whole(casebook() / "log/checkpoint");
  VerifyOptions options;
  options.anchors = {anchor};
  const auto found = verify_casebook(casebook(), options, [](const Damage&) {});
  ASSERT_TRUE(found);
  EXPECT_THAT(found->unknown, ::testing::Contains(HasSubstr("--quick")));
  EXPECT_THAT(found->unknown, Not(::testing::Contains(HasSubstr("kept elsewhere"))));
  EXPECT_EQ(found->anchors, 1U);
}

TEST_F(VerifyTest, NamesFileAndByteOfARecordThatWasChanged) {
  std::string bytes = read_whole(segment());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  put(segment(), bytes);
  EXPECT_THAT(damages(casebook()), ::testing::Contains(HasSubstr("evidence/my-00001.warc.gz: byte ")));
}

// A record that is whole and wrong costs itself alone: the one behind it is not called missing.
TEST_F(VerifyTest, NamesOneRecordForOneChange) {
  auto reader = MemberReader::open(segment());
  std::vector<std::string> members;
  std::string bytes;
  while (auto member = reader->next()) {
    members.emplace_back((*member)->packed);
    if (members.size() != 2) continue;
    std::string record((*member)->bytes);
    record.replace(record.find("Kherson"), 7, "Ukraine");
    members.back() = MemberPress().pack(record);
  }
  for (const std::string& member : members) bytes += member;
  put(segment(), bytes);
  EXPECT_THAT(damages(casebook()), ElementsAre(HasSubstr("its block is not what WARC-Block-Digest says"), HasSubstr("log entry 0")));
}

TEST_F(VerifyTest, MissesNoEditOfTheRecord) {
  struct Case {
    const char* sql;
    const char* says;
  };
  for (const auto& [sql, says] :
       {Case{"UPDATE claim SET measure = 'fine' WHERE claim = 1", "record.db: claim: row 1, column measure is not what the evidence gives"},
        Case{"DELETE FROM sighting WHERE entry = 2", "record.db: sighting: row "},
        Case{"UPDATE item SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f') WHERE item = 1", "record.db: item: row 1"},
        Case{"UPDATE document SET text = text || ' '", "record.db: document: row 1, column text"},
        Case{"INSERT INTO document_words (rowid, words) VALUES (99, 'smuggled')", "record.db: document_words"},
        Case{"INSERT INTO document_words (rowid, words) VALUES (1, 'smuggled')", "record.db: document_words"},
        Case{"INSERT INTO claim_words (claim_words, rowid, words) VALUES ('delete', 1, 'kherson')", "record.db: claim_words"},
        Case{"INSERT INTO claim_words (rowid, words) VALUES (99, 'smuggled')", "record.db: claim_words"},
        Case{"UPDATE claim SET stands_last = stands_last + 1 WHERE claim = 1", "record.db: claim: row 1, column stands_last"},
        Case{"UPDATE claim SET confidence = confidence + 1e-9 WHERE claim = 1", "record.db: claim: row 1, column confidence"},
        Case{"UPDATE claim SET places = replace(places, '[', '[ ') WHERE claim = 1", "record.db: claim: row 1, column places"},
        Case{"UPDATE claim_source SET folded = 'nobody'", "record.db: claim_source: row 1"},
        Case{"UPDATE document SET outlet = 'Another' WHERE document = 1", "record.db: document: row 1, column outlet"},
        Case{"UPDATE item SET problem = 'x', problem_kind = 'limit' WHERE item = 1", "record.db: item: row 1, column problem_kind"},
        Case{"UPDATE meta SET value = 'light 00000000' WHERE key = 'readers'", "record.db: was not read by the reader at hand"},
        Case{"UPDATE meta SET value = '99' WHERE key = 'log_size'", "record.db: knows more than the evidence and the log have"},
        Case{"UPDATE act SET detail = '{}' WHERE entry = 3", "record.db: act: row 1, column detail"}}) {
    const std::filesystem::path copy = folder_ / "copy.case";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(casebook(), copy, std::filesystem::copy_options::recursive);
    ASSERT_TRUE(as_result([&] { Database(copy / "record.db", Database::Mode::write).run(sql); })) << sql;
    EXPECT_THAT(damages(copy, true), ::testing::Contains(HasSubstr(says))) << sql;
  }
}

// What is kept of what the claims say together is compared as it would be shown.
TEST_F(VerifyTest, MissesNoEditOfWhatTheClaimsSayTogether) {
  {
    auto writer = Casebook::open(casebook(), all_resources(), [](const std::string&) {});
    ASSERT_TRUE(writer);
    ASSERT_TRUE(keep_record(writer->record(), codebook_of(*all_resources()), gazetteer_of(*all_resources())));
  }
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
  for (const char* sql :
       {"UPDATE kept_fact SET statement = 1, voice = 0", "DELETE FROM kept_fact WHERE claim = (SELECT max(claim) FROM kept_fact)",
        "UPDATE kept_document SET share = share + 17, original = document"}) {
    const std::filesystem::path copy = folder_ / "copy.case";
    std::filesystem::remove_all(copy);
    std::filesystem::copy(casebook(), copy, std::filesystem::copy_options::recursive);
    ASSERT_TRUE(as_result([&] { Database(copy / "record.db", Database::Mode::write).run(sql); })) << sql;
    EXPECT_THAT(damages(copy, true), ::testing::Contains(::testing::ContainsRegex("record.db: .*claims.*together"))) << sql;
  }
}

TEST_F(VerifyTest, NamesAnEditOfTheCasebooksFile) {
  const std::string toml = read_whole(casebook() / "casebook.toml");
  for (const auto& [what, with] : std::vector<std::pair<std::string, std::string>>{
           {"created = '2", "created = '3"}, {"# A", "# B"}, {"version = '", "version = '9"}}) {
    std::string changed = toml;
    ASSERT_NE(changed.find(what), std::string::npos) << toml;
    changed.replace(changed.find(what), what.size(), with);
    put(casebook() / "casebook.toml", changed);
    EXPECT_THAT(damages(casebook()), ::testing::Contains(HasSubstr("casebook.toml"))) << what;
  }
}

TEST_F(VerifyTest, NamesStrangersInTheEvidence) {
  put(casebook() / "evidence/extra.warc.gz", "x");
  EXPECT_THAT(damages(casebook()), ElementsAre(HasSubstr("evidence/extra.warc.gz: is no segment of this casebook")));
}

TEST_F(VerifyTest, WaitsForNobodyAndSaysWhoWrites) {
  const auto lock = WriterLock::take(casebook() / "lock");
  ASSERT_TRUE(lock);
  EXPECT_THAT(damages(casebook()), ElementsAre(HasSubstr("is writing to this casebook; wait until it has ended")));
}

// What a crash leaves is no damage: the next writer puts it right, and until then verify says so.
TEST_F(VerifyTest, TakesWhatACrashLeftForWhatItIs) {
  const std::string whole = read_whole(segment());
  put(segment(), whole + whole.substr(0, 100));
  EXPECT_THAT(damages(casebook()), IsEmpty()) << "a torn record at the end";
  VerifyOptions options;
  const auto found = verify_casebook(casebook(), options, [](const Damage&) {});
  EXPECT_THAT(found->notes, ::testing::Contains(HasSubstr("is not whole: what stands there was never acknowledged")));
}

// The record knows how many entries were acknowledged.
TEST_F(VerifyTest, TheNextWriterNoticesThatTheLogWasRolledBack) {
  const std::filesystem::path aside = folder_ / "log";
  std::filesystem::copy(casebook() / "log", aside, std::filesystem::copy_options::recursive);
  take_in(casebook(), {{"e", std::string(kText) + "Fifth.\n"}});
  std::filesystem::remove_all(casebook() / "log");
  std::filesystem::copy(aside, casebook() / "log", std::filesystem::copy_options::recursive);
  EXPECT_EQ(acknowledged_entries(casebook()), 8U);
  const auto opened = Casebook::open(casebook(), all_resources(), [](const std::string&) {});
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().line(), HasSubstr("its newest checkpoint is of 6 entries, and 8 were acknowledged: it was rolled back"));
}

// Every bit of every file that says anything, of a casebook with one short item. A spread by default; LITOPYS_FULL=1 flips them all.
TEST(Verify, NamesTheDamageOfEveryBitThatIsFlipped) {
  ASSERT_TRUE(all_resources());
  const bool all = std::getenv("LITOPYS_FULL") != nullptr;
  const TemporaryFolder folder;
  const std::filesystem::path casebook = folder / "my.case";
  take_in(casebook, {{"a", "A report.\n"}});
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(casebook)) {
    const std::string name = std::filesystem::relative(entry.path(), casebook).string();
    // `lock` says nothing; log.key is checked when it is used; record.db has a test of its own.
    if (entry.is_regular_file() && name != "lock" && name != "log.key" && !name.starts_with("record.db")) files.push_back(entry.path());
  }
  std::uint64_t flips = 0;
  for (const std::filesystem::path& path : files) {
    std::string bytes = read_whole(path);
    const std::size_t step = all ? 1 : std::max<std::size_t>(1, bytes.size() * 8 / 41);
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += step) {
      const auto flip = [&] { bytes[bit / 8] = static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << (bit % 8))); };
      flip();
      std::ofstream(path, std::ios::binary) << bytes;
      flip();
      ++flips;
      ASSERT_THAT(damages(casebook), Not(IsEmpty())) << path << " bit " << bit;
    }
    std::ofstream(path, std::ios::binary) << bytes;
  }
  EXPECT_THAT(damages(casebook), IsEmpty());
  std::printf("%llu bits of %zu files flipped, each named\n", static_cast<unsigned long long>(flips), files.size());
}

// A bit of record.db may lie where nothing is kept: then nothing that it says may change.
TEST_F(VerifyTest, NamesABitOfTheRecordThatSaysAnything) {
  const bool all = std::getenv("LITOPYS_FULL") != nullptr;
  const std::filesystem::path path = casebook() / "record.db";
  const std::string right = Store::open(path, Store::Mode::read)->dump().value();
  for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
  const std::string bytes = read_whole(path);
  std::uint64_t idle = 0;
  std::uint64_t flips = 0;
  for (std::size_t bit = 3; bit < bytes.size() * 8; bit += all ? 997 : bytes.size() * 8 / 60) {
    std::string changed = bytes;
    changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
    put(path, changed);
    ++flips;
    if (damages(casebook(), true).empty()) {
      ++idle;
      auto record = Store::open(path, Store::Mode::read);
      ASSERT_TRUE(record);
      EXPECT_EQ(record->dump().value(), right) << "bit " << bit;
    }
    for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
  }
  std::printf("%llu bits flipped, %llu of them where nothing is kept\n", static_cast<unsigned long long>(flips),
              static_cast<unsigned long long>(idle));
}

}  // namespace
}  // namespace litopys
