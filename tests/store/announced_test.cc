// What the next writer takes over after a crash was written by a holder of the key: whatever else stands behind the log's last record is
// named, kept, and neither logged nor read.
#include "vault/announced.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/forged.h"
#include "vault/keys.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Takeover : public MadeCasebook {
 protected:
  [[nodiscard]] std::uint64_t end() const { return std::filesystem::file_size(last_segment(casebook())); }
  [[nodiscard]] std::string dump() const {
    auto reader = open_casebook(casebook());
    return reader ? reader->record.dump().value_or("no dump") : reader.error().line();
  }
  // The members of the n-th act.
  [[nodiscard]] static std::string act(const std::filesystem::path& folder, std::size_t n) {
    EvidenceReader reader(folder / "evidence", {});
    for (auto each = reader.next(); each && *each; each = reader.next()) {
      if (n-- == 0) return read_whole(last_segment(folder)).substr((*each)->place.offset, (*each)->place.length);
    }
    ADD_FAILURE() << "there is no such act";
    return {};
  }
  // Adds items in one batch and takes back what came behind its evidence.
  void crash_behind_evidence() {
    const std::filesystem::path aside = folder_ / "aside";
    std::filesystem::create_directory(aside);
    std::filesystem::copy(casebook() / "log", aside / "log", std::filesystem::copy_options::recursive);
    std::filesystem::copy(casebook() / "record.db", aside / "record.db");
    {
      auto writer = Casebook::open(casebook(), all_resources(), [](const std::string&) {});
      ASSERT_TRUE(writer);
      for (const char* id : {"x", "y"}) {
        OpenedItem opened;
        opened.item.id = id;
        opened.item.path = id;
        opened.item.bytes = std::string("A report of ") + id + ".\n";
        ASSERT_TRUE(writer->add(writer->take(std::move(opened)).value(), [](const KeptItem&) {}));
      }
      ASSERT_TRUE(writer->flush([](const KeptItem&) {}));
    }
    std::filesystem::remove_all(casebook() / "log");
    std::filesystem::copy(aside / "log", casebook() / "log", std::filesystem::copy_options::recursive);
    std::filesystem::copy(aside / "record.db", casebook() / "record.db", std::filesystem::copy_options::overwrite_existing);
  }
  [[nodiscard]] Result<Casebook> writer() const {
    return Casebook::open(casebook(), all_resources(), [](const std::string&) {});
  }
};

TEST_F(Takeover, StopsAtARecordThatSomebodyForged) {
  const std::string before = dump();
  const std::string sha256 = sha256_hex(kText);
  const std::string forged[] = {
      forged_item("A report that nobody took in.\n"),
      forged_note(Act::reviewed, "{\"item\": \"" + sha256 + R"(", "id": "a", "number": 1, "verdict": "wrong", "by": "K", "note": ""})"),
      forged_note(Act::marked,
                  "{\"item\": \"" + sha256 + R"(", "id": "a", "number": 0, "tag": "x", "removed": false, "by": "", "note": ""})"),
      forged_note(Act::withdrawn, R"({"public": {"of": 0}, "reason": "nobody's"})"),
      forged_note(Act::reread, R"({"public": {"codebook": "x 9"}})"),
      forged_note(Act::exported, "{}"),
  };
  for (const std::string& each : forged) {
    const std::uint64_t at = end();
    put_behind(casebook(), each);
    expect_stopped_at(casebook(), at, each);
    EXPECT_EQ(logged_entries(casebook()), 6U);
    EXPECT_EQ(dump(), before);
    EXPECT_THAT(damages(casebook(), true), IsEmpty()) << "all is as it was once it is cut off";
  }
  take_in(casebook(), {{"e", "Another report.\n"}});
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

TEST_F(Takeover, StopsAtARecordFromElsewhere) {
  const std::filesystem::path other = folder_ / "other.case";
  take_in(other, {{"z", "A report of another casebook.\n"}});
  const std::string withdrawn = act(casebook(), 1);
  {
    const auto done = withdraw_item(
        casebook(), all_resources(), "b", "asked for", {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
    ASSERT_TRUE(done) << done.error().line();
  }
  const std::string announced = read_whole(announced_path(casebook()));
  for (const auto& [what, members] : {std::pair{"a record of before", act(casebook(), 0)}, std::pair{"a withdrawn one", withdrawn},
                                      std::pair{"another casebook's", act(other, 0)}}) {
    for (const bool announced_there : {false, true}) {
      const std::uint64_t at = end();
      put_behind(casebook(), members);
      if (announced_there) folder_.write("my.case/announced", read_whole(announced_path(other)));
      const auto opened = writer();
      ASSERT_FALSE(opened) << what;
      EXPECT_THAT(opened.error().problem, HasSubstr(kNotAnnounced)) << what;
      EXPECT_THAT(damages(casebook()), Not(IsEmpty())) << what;
      std::filesystem::resize_file(last_segment(casebook()), at);
      folder_.write("my.case/announced", announced);
      EXPECT_THAT(damages(casebook(), true), IsEmpty()) << what;
    }
  }
}

// Whoever also makes record.db say that all is known would have the next writer write behind it.
TEST_F(Takeover, StopsAtAForgedRecordThatTheRecordClaimsToKnow) {
  const std::string signed_last = read_whole(announced_path(casebook()));
  take_in(casebook(), {{"e", "Another report.\n"}});
  const std::string last = read_whole(announced_path(casebook()));
  const std::string before = dump();
  const std::string segment = last_segment(casebook()).string();
  for (const auto& [what, announced] : {std::pair{"as it was", last}, std::pair{"an announcement of before", signed_last},
                                        std::pair{"one of nobody's", std::string("nothing\n")}, std::pair{"none", std::string()}}) {
    const std::uint64_t at = end(), logged = logged_entries(casebook());
    folder_.write("my.case/announced", announced);
    if (announced.empty()) std::filesystem::remove(announced_path(casebook()));
    put_behind(casebook(), forged_item("A report that nobody took in.\n"));
    claim_to_know(casebook(), end());
    const auto opened = writer();
    ASSERT_FALSE(opened) << what;
    EXPECT_THAT(opened.error().line(), HasSubstr("make that again then: litopys rebuild " + casebook().string())) << what;
    EXPECT_THAT(damages(casebook()), Contains(HasSubstr("record.db: claims to know a record of the evidence that the log does not have")))
        << what;
    expect_stopped_at(casebook(), at, what);
    EXPECT_EQ(logged_entries(casebook()), logged) << what;
    // As it says: the forged record is cut off by now.
    const auto rebuilt = rebuild_casebook(
        casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
    ASSERT_TRUE(rebuilt) << what << ": " << rebuilt.error().line();
    EXPECT_EQ(dump(), before) << what;
    EXPECT_THAT(damages(casebook(), true), IsEmpty()) << what;
  }
}

// In the place of a record that a crash left and that was announced, the record made to know it: its evidence, and its entry too.
TEST_F(Takeover, StopsAtAForgedRecordInAnAnnouncedOnesPlace) {
  const std::uint64_t before = end();
  crash_behind_evidence();
  const std::string first = act(casebook(), 6);
  std::filesystem::resize_file(last_segment(casebook()), before + first.size());
  put_behind(casebook(), forged_item("A report that nobody took in.\n"));
  claim_to_know(casebook(), end());
  const std::string bytes = read_whole(last_segment(casebook()));
  const std::string place = "byte " + std::to_string(before + first.size()) + ": " + kNotAnnounced;
  for (const char* entries : {"6", "7"}) {  // as before, with ours
    set_meta(casebook(), "log_size", entries);
    EXPECT_THAT(damages(casebook()), Contains(HasSubstr(place))) << entries;
    EXPECT_THAT(damages(casebook()), Contains(::testing::ContainsRegex("record.db: (claims to know a record of the evidence that the log "
                                                                       "does not have|knows more than the evidence and the log have)")))
        << entries;
    const auto rebuilt = rebuild_casebook(
        casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
    ASSERT_FALSE(rebuilt) << entries;
    EXPECT_THAT(rebuilt.error().line(), HasSubstr(place)) << entries;
    EXPECT_FALSE(writer()) << entries;
    EXPECT_EQ(read_whole(last_segment(casebook())), bytes) << entries << ": it is kept";
  }
  EXPECT_EQ(logged_entries(casebook()), 7U) << "the one that was announced";
  // With the forged one's entry too. Nobody can tell that from a log that was rolled back, so every writer stops and says so.
  set_meta(casebook(), "log_size", "8");
  EXPECT_THAT(damages(casebook()), Contains(HasSubstr(place)));
  EXPECT_THAT(damages(casebook()), Contains(HasSubstr("record.db: knows more than the evidence and the log have")));
  EXPECT_THAT(writer().error().line(), HasSubstr("its newest checkpoint is of 7 entries, and 8 were acknowledged"));
  set_meta(casebook(), "log_size", "7");
  expect_stopped_at(casebook(), before + first.size(), "in an announced one's place");
  ASSERT_TRUE(rebuild_casebook(
      casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
  EXPECT_THAT(dump(), HasSubstr("A report of x."));
  EXPECT_THAT(dump(), Not(HasSubstr("nobody took in")));
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// Where it stands among what is ours, nothing behind it is cut off or called somebody else's, wherever the end was signed.
TEST_F(Takeover, CutsNothingWhereSomethingWasPutInBetween) {
  for (const bool withdrawn : {false, true}) {
    if (withdrawn) {
      const auto done = withdraw_item(
          casebook(), all_resources(), "b", "asked for", {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
      ASSERT_TRUE(done) << done.error().line();
    }
    const std::string whole = read_whole(last_segment(casebook()));
    const std::string last = act(casebook(), 5);
    ASSERT_TRUE(whole.ends_with(last));
    // A record, half a record, and one as long as the last.
    const std::string record = forged_item("A report that nobody took in.\n");
    for (const std::string& put_in : {record, record.substr(0, record.size() / 2), last}) {
      const std::string bytes = std::string(whole).insert(whole.size() - last.size(), put_in);
      folder_.write("my.case/evidence/my-00001.warc.gz", bytes);
      const auto opened = writer();
      ASSERT_FALSE(opened) << withdrawn;
      if (put_in != last) {
        EXPECT_THAT(opened.error().line(), Not(HasSubstr("truncate")));
      } else {  // the second of two that are the same is the one too many
        EXPECT_THAT(opened.error().line(), HasSubstr("byte " + std::to_string(whole.size()) + ": " + kNotAnnounced));
      }
      EXPECT_EQ(read_whole(last_segment(casebook())), bytes);
      EXPECT_THAT(damages(casebook()), Not(IsEmpty()));
      folder_.write("my.case/evidence/my-00001.warc.gz", whole);
    }
    ASSERT_TRUE(writer());
    EXPECT_THAT(damages(casebook(), true), IsEmpty());
  }
}

// The other way round: what is logged is not called unknown because the record says that it does not know it.
TEST_F(Takeover, StopsWhereTheRecordKnowsLessEvidenceThanEntries) {
  const std::string whole = read_whole(last_segment(casebook()));
  claim_to_know(casebook(), end() - act(casebook(), 5).size());
  const auto opened = writer();
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().line(), HasSubstr("run: litopys rebuild"));
  EXPECT_EQ(read_whole(last_segment(casebook())), whole);
  ASSERT_TRUE(rebuild_casebook(
      casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
  ASSERT_TRUE(writer());
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// All evidence is read again only where nothing was signed that holds.
TEST_F(Takeover, KnowsWhereTheEvidenceEndsBehindEachAct) {
  std::vector<std::string> said;
  const auto open = [&] {
    said.clear();
    const auto opened = Casebook::open(casebook(), all_resources(), [&](const std::string& line) { said.push_back(line); });
    ASSERT_TRUE(opened) << opened.error().line();
  };
  constexpr const char* kAll = "the evidence was compared with the custody log from its beginning";
  open();
  EXPECT_THAT(said, IsEmpty());
  {
    const auto done = withdraw_item(
        casebook(), all_resources(), "b", "asked for", {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
    ASSERT_TRUE(done) << done.error().line();
  }
  open();
  EXPECT_THAT(said, IsEmpty());
  const auto announced = load_announcement(announced_path(casebook()), load_log_vkey(casebook()).value());
  EXPECT_EQ(announced.value()->end, (EvidenceEnd{1, end()}));
  std::filesystem::remove(announced_path(casebook()));
  open();
  EXPECT_THAT(said, Contains(HasSubstr(kAll)));
  open();
  EXPECT_THAT(said, IsEmpty());
}

TEST_F(Takeover, LogsWhatACrashLeftAndNothingBehindIt) {
  crash_behind_evidence();
  EXPECT_THAT(damages(casebook()), IsEmpty()) << "what a crash leaves is no damage";
  const std::uint64_t at = end();
  put_behind(casebook(), forged_item("A report that nobody took in.\n"));
  expect_stopped_at(casebook(), at, "behind a crash");
  EXPECT_EQ(logged_entries(casebook()), 8U);
  ASSERT_TRUE(writer());
  EXPECT_THAT(dump(), HasSubstr("A report of y."));
  EXPECT_THAT(dump(), Not(HasSubstr("nobody took in")));
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

TEST_F(Takeover, LogsWhatACrashLeftThoughATimeStampCameBetween) {
  crash_behind_evidence();
  {
    const LogKey key = LogKey::load(log_key_path(casebook()), {}).value();
    auto log = CustodyLog::open_for_writing(casebook() / "log", key).value();
    const LogEntry stamp{Act::stamped, timestamp(), {}, {}};
    ASSERT_TRUE(log.append({&stamp, 1}));
  }
  EXPECT_THAT(damages(casebook()), IsEmpty());
  ASSERT_TRUE(writer());
  EXPECT_EQ(logged_entries(casebook()), 9U);
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// Between the records of a crash, or in their place.
TEST_F(Takeover, LogsNothingOutOfItsPlace) {
  const std::uint64_t at = end();
  crash_behind_evidence();
  const std::string whole = read_whole(last_segment(casebook()));
  const std::string first = act(casebook(), 6), second = act(casebook(), 7);
  ASSERT_EQ(whole.substr(at), first + second);
  const std::string forged = forged_item("A report that nobody took in.\n");
  for (const auto& [bytes, good] : {std::pair{first + forged + second, first.size()}, std::pair{first + first, first.size()},
                                    std::pair{second + first, std::size_t{0}}, std::pair{forged + first + second, std::size_t{0}}}) {
    std::filesystem::resize_file(last_segment(casebook()), at);
    put_behind(casebook(), bytes);
    EXPECT_THAT(damages(casebook()), Contains(HasSubstr("byte " + std::to_string(at + good) + ": " + kNotAnnounced)));
  }
  expect_stopped_at(casebook(), at, "in their place");
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

TEST_F(Takeover, LogsNothingThatAnOldAnnouncementNames) {
  crash_behind_evidence();
  const std::string old = read_whole(announced_path(casebook()));
  const std::string second = act(casebook(), 7);
  ASSERT_TRUE(writer());  // logs both
  take_in(casebook(), {{"e", "Another report.\n"}});
  const std::uint64_t at = end();
  put_behind(casebook(), second);
  folder_.write("my.case/announced", old);
  const auto opened = writer();
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().problem, HasSubstr("what was announced last is something else"));
  EXPECT_THAT(damages(casebook()), Contains(HasSubstr("byte " + std::to_string(at))));
}

TEST_F(Takeover, LogsNothingWithoutAnAnnouncementThatHolds) {
  const std::uint64_t at = end();
  crash_behind_evidence();
  std::string bytes = read_whole(announced_path(casebook()));
  std::filesystem::remove(announced_path(casebook()));
  EXPECT_THAT(writer().error().problem, HasSubstr("nothing was announced"));
  bytes[bytes.size() - 10] = bytes[bytes.size() - 10] == 'A' ? 'B' : 'A';
  folder_.write("my.case/announced", bytes);
  EXPECT_THAT(writer().error().problem, HasSubstr("is no announcement that the key of the log signed"));
  EXPECT_THAT(damages(casebook()), Contains(HasSubstr("announced: is no announcement that the key of the log signed")));
  expect_stopped_at(casebook(), at, "without an announcement");
  take_in(casebook(), {{"x", "A report of x.\n"}});
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// A warcinfo is part of what each entry of its segment commits to.
TEST_F(Takeover, WritesIntoNoSegmentThatSomebodyBegan) {
  const std::string first = act(casebook(), 0);
  const std::string name = "my-00002.warc.gz";
  const std::string forged = EvidencePress().warcinfo(name, timestamp(), "read-with: something else\r\n").value();
  folder_.write("my.case/evidence/" + name, forged);
  take_in(casebook(), {{"e", "Another report.\n"}});
  EXPECT_THAT(read_whole(casebook() / "evidence" / name), Not(::testing::StartsWith(forged)));
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
  // One with records too.
  const std::string third = "my-00003.warc.gz";
  const std::string info = EvidencePress().warcinfo(third, timestamp(), "").value();
  folder_.write("my.case/evidence/" + third, info + first);
  expect_stopped_at(casebook(), info.size(), "a segment of somebody else's");
  take_in(casebook(), {{"f", "One more report.\n"}});
  EXPECT_THAT(read_whole(casebook() / "evidence" / third), Not(::testing::StartsWith(info)));
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// Before format 3 nothing was announced.
class CasebookOfBefore : public ::testing::Test {
 protected:
  explicit CasebookOfBefore(int format = 2) : format_(format) {}
  void SetUp() override {
    ASSERT_TRUE(all_resources());
    const Codebook& book = codebook_of(*all_resources());
    const std::string codebook = book.id + " " + book.version;
    const CasebookFile file{format_, "my", "2025-11-02T10:15:30.250Z", book.id, book.version};
    std::filesystem::create_directories(casebook() / "evidence");
    ASSERT_TRUE(save_casebook_file(casebook() / "casebook.toml", file));
    evidence_.emplace(EvidenceWriter::open(casebook() / "evidence", "my",
                                           "casebook-format: " + std::to_string(format_) + "\r\ncasebook-name: my\r\ncasebook-created: " +
                                               file.created + "\r\ncodebook: " + codebook + "\r\nread-with: " + codebook + "\r\n")
                          .value());
    const LogKey key = open_log_key(casebook(), {}).value();
    CustodyLog log = CustodyLog::open_for_writing(casebook() / "log", key).value();
    const PackedAct first = act("first");
    ASSERT_TRUE(evidence_->append({&first, 1}));
    const LogEntry entry{Act::taken_in, timestamp(), first.commitment(evidence_->warcinfo()), {}};
    ASSERT_TRUE(log.append({&entry, 1}));
  }
  [[nodiscard]] std::filesystem::path casebook() const { return folder_ / "my.case"; }
  static PackedAct act(const std::string& id) {
    Item item;
    item.id = item.path = id;
    item.bytes = id + " " + kText;
    return EvidencePress().item(item, {id, id, timestamp(), sha256_hex(item.bytes), item.bytes.size(), {}, {}, false, false}).value();
  }

  TemporaryFolder folder_;
  std::optional<EvidenceWriter> evidence_;
  int format_;
};

TEST_F(CasebookOfBefore, OpensVerifiesAndBecomesOneOfToday) {
  std::vector<std::string> said;
  const auto rebuilt = rebuild_casebook(
      casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [&](const std::string& line) { said.push_back(line); });
  ASSERT_TRUE(rebuilt) << rebuilt.error().line();
  EXPECT_THAT(said, Contains(HasSubstr("the casebook has format 4 now")));
  EXPECT_THAT(read_whole(casebook() / "casebook.toml"), HasSubstr("format = 4\n"));
  take_in(casebook(), {{"second", "Another report.\n"}});
  VerifyOptions options;
  options.resources = all_resources();
  const auto found = verify_casebook(casebook(), options, [](const Damage& damage) { ADD_FAILURE() << damage.line(); });
  ASSERT_TRUE(found);
  EXPECT_THAT(found->unknown, Contains(HasSubstr("a litopys of before casebook format 3")));
  EXPECT_TRUE(found->reread);
  EXPECT_THAT(found->notes, Contains(HasSubstr("all items were read again: log entry 0, first: it was taken in by a litopys that did not "
                                               "log what it read")));
}

TEST_F(CasebookOfBefore, LogsNothingThatACrashOfBeforeLeft) {
  ASSERT_TRUE(rebuild_casebook(
      casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
  const std::uint64_t at = evidence_->end().offset;
  const PackedAct second = act("second");
  ASSERT_TRUE(evidence_->append({&second, 1}));
  expect_stopped_at(casebook(), at, "of before");
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// Before format 4 no end of the evidence was announced.
class CasebookOfFormat3 : public CasebookOfBefore {
 protected:
  CasebookOfFormat3() : CasebookOfBefore(3) {}
  // As its writer announced acts that are to follow.
  void announce(const std::vector<MerkleHash>& commitments) const {
    const LogKey key = LogKey::load(log_key_path(casebook()), {}).value();
    LogReader log = LogReader::open(casebook() / "log", key.verifier()).value();
    const Announcement announcement{log.size(), log.checkpoint().checkpoint.root, std::nullopt, commitments};
    folder_.write("my.case/announced", sign_announcement(announcement, key.signer()).value());
  }
};

TEST_F(CasebookOfFormat3, TakesOverWhatACrashLeftAndBecomesOneOfToday) {
  const PackedAct second = act("second");
  announce({second.commitment(evidence_->warcinfo())});
  ASSERT_TRUE(evidence_->append({&second, 1}));
  std::vector<std::string> said;
  ASSERT_TRUE(Casebook::open(casebook(), all_resources(), [&](const std::string& line) { said.push_back(line); }));
  EXPECT_THAT(said, Contains(HasSubstr("1 record was logged")));
  EXPECT_THAT(said, Contains(HasSubstr("the casebook has format 4 now")));
  EXPECT_EQ(logged_entries(casebook()), 2U);
  EXPECT_EQ(load_announcement(announced_path(casebook()), load_log_vkey(casebook()).value()).value()->end,
            (EvidenceEnd{1, std::filesystem::file_size(last_segment(casebook()))}));
  take_in(casebook(), {{"third", "Another report.\n"}});
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
  const auto found = verify_casebook(casebook(), {}, [](const Damage&) {});
  ASSERT_TRUE(found);
  EXPECT_THAT(found->unknown, Not(Contains(HasSubstr("a litopys of before casebook format 3"))));
}

TEST_F(CasebookOfFormat3, StopsAtAForgedRecordThatTheRecordClaimsToKnow) {
  announce({});
  // The record of before, which knows all, and then the forged record too.
  const std::string toml = read_whole(casebook() / "casebook.toml");
  const std::string announced = read_whole(announced_path(casebook()));
  ASSERT_TRUE(Casebook::open(casebook(), all_resources(), [](const std::string&) {}));
  folder_.write("my.case/casebook.toml", toml);
  folder_.write("my.case/announced", announced);
  const std::uint64_t at = std::filesystem::file_size(last_segment(casebook()));
  put_behind(casebook(), forged_item("A report that nobody took in.\n"));
  claim_to_know(casebook(), std::filesystem::file_size(last_segment(casebook())));
  expect_stopped_at(casebook(), at, "of format 3");
}

TEST_F(Takeover, IsNotTalkedIntoAnOlderFormat) {
  std::string toml = read_whole(casebook() / "casebook.toml");
  toml.replace(toml.find("format = 4"), 10, "format = 2");
  folder_.write("my.case/casebook.toml", toml);
  EXPECT_THAT(damages(casebook()), Contains(HasSubstr("its format is lower than that of the first warcinfo")));
  const std::uint64_t at = end();
  put_behind(casebook(), forged_item("A report that nobody took in.\n"));
  expect_stopped_at(casebook(), at, "an older format");
}

}  // namespace
}  // namespace litopys
