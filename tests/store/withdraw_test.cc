#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/export.h"
#include "store/forged.h"
#include "vault/announced.h"
#include "vault/evidence_reader.h"
#include "vault/merkle.h"

namespace litopys {
namespace {

using litopys::testing::all_resources;
using litopys::testing::claim_to_know;
using litopys::testing::damages;
using litopys::testing::kText;
using litopys::testing::logged_entries;
using litopys::testing::read_whole;
using litopys::testing::set_meta;
using litopys::testing::take_in;
using litopys::testing::TemporaryFolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kSecret = std::string(kText) + "The witness Zzyzx-Unmistakable lives at Orchard Lane 7.\n";

Result<Withdrawn> withdraw(const std::filesystem::path& folder, const std::string& item) {
  return withdraw_item(
      folder, all_resources(), item, "the witness asked for it", {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
}

// Every byte that lies in the casebook, the members of its segments unpacked too.
std::string everything(const std::filesystem::path& folder) {
  std::string out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    out += entry.path().string() + "\n";
    if (!entry.is_regular_file()) continue;
    out += read_whole(entry.path());
    if (entry.path().extension() != ".gz") continue;
    auto reader = MemberReader::open(entry.path());
    while (auto member = reader->next()) {
      if (!*member) break;
      out += (*member)->bytes;
    }
  }
  return out;
}

class WithdrawTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(all_resources());
    take_in(casebook(), {{"a", kText}, {"secretname", kSecret}, {"copyname", kSecret}});
    take_in(casebook(), {{"d", std::string(kText) + "Third.\n"}});
  }
  [[nodiscard]] std::filesystem::path casebook() const { return folder_ / "my.case"; }
  TemporaryFolder folder_;
};

TEST_F(WithdrawTest, LeavesNoByteOfTheItemAnywhere) {
  std::vector<std::string> gone = {"Zzyzx-Unmistakable", "zzyzx", "Orchard Lane", "secretname", "copyname", sha256_hex(kSecret)};
  {
    auto reader = open_casebook(casebook());
    ASSERT_TRUE(reader);
    const auto sightings = reader->record.sightings("secretname");
    ASSERT_EQ(sightings->size(), 2U) << "both sightings";
    for (const Sighting& each : *sightings) {
      const auto act = read_evidence(casebook() / "evidence", each.place);
      ASSERT_TRUE(act) << act.error().line();
      gone.push_back(hex_of(act->salt));
      gone.push_back(each.record);
      if (!act->facts->again) gone.push_back(act->facts->reading.value().sha256);
    }
  }
  const std::string before = everything(casebook());
  for (const std::string& each : gone) EXPECT_NE(before.find(each), std::string::npos) << each << ": the test would find it";
  const auto done = withdraw(casebook(), "secretname");
  ASSERT_TRUE(done) << done.error().line();
  EXPECT_EQ(done->records, 2U);
  EXPECT_THAT(done->entries, ElementsAre(1U, 2U));
  const std::string after = everything(casebook());
  for (const std::string& each : gone) EXPECT_EQ(after.find(each), std::string::npos) << each;
  EXPECT_THAT(after, HasSubstr("the witness asked for it"));
  EXPECT_THAT(damages(casebook(), true), IsEmpty()) << "all else still verifies";
  auto reader = open_casebook(casebook());
  EXPECT_EQ(reader->record.counts()->items, 2U);
}

TEST_F(WithdrawTest, LetsTheCasebookGoOn) {
  ASSERT_TRUE(withdraw(casebook(), "secretname"));
  take_in(casebook(), {{"late", std::string(kText) + "Late.\n"}, {"again", kText}});
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
  const std::string before = open_casebook(casebook())->record.dump().value();
  ASSERT_TRUE(rebuild_casebook(
      casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
  EXPECT_EQ(open_casebook(casebook())->record.dump().value(), before);
}

TEST_F(WithdrawTest, RefusesWhatIsNotThere) {
  const auto done = withdraw(casebook(), "nobody");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(done.error().line(), HasSubstr("nobody: the casebook has no item of this id or SHA-256"));
}

// The log says so and the bytes are still there: what a crash between the two leaves.
class InterruptedWithdrawal : public WithdrawTest {
 protected:
  void SetUp() override {
    WithdrawTest::SetUp();
    const std::filesystem::path before = folder_ / "before";
    std::filesystem::copy(casebook(), before, std::filesystem::copy_options::recursive);
    const std::string old_segment = read_whole(segment());
    ASSERT_TRUE(withdraw(casebook(), "secretname"));
    // Evidence as it was, with the tombstones behind it, of which the last was announced; the record as it was.
    std::vector<std::string> members;
    EvidenceReader reader(casebook() / "evidence", {});
    MerkleHash last{};
    for (auto act = reader.next(); act && *act; act = reader.next()) {
      members.push_back(read_whole(segment()).substr((*act)->place.offset, (*act)->place.length));
      last = (*act)->commitment();
    }
    folder_.write("my.case/evidence/my-00001.warc.gz", old_segment + members[members.size() - 2] + members.back());
    const LogKey key = LogKey::load(log_key_path(casebook()), {}).value();
    LogReader log = LogReader::open(casebook() / "log", key.verifier()).value();
    const std::uint64_t size = log.size() - 1;
    const Announcement announcement{size, log.root(size).value(), EvidenceEnd{1, end() - members.back().size()}, {last}};
    folder_.write("my.case/announced", sign_announcement(announcement, key.signer()).value());
    std::filesystem::copy(before / "record.db", casebook() / "record.db", std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(damages(casebook()), Contains(HasSubstr("was withdrawn and is still here")));
  }
  [[nodiscard]] std::filesystem::path segment() const { return casebook() / "evidence/my-00001.warc.gz"; }
  [[nodiscard]] std::uint64_t end() const { return std::filesystem::file_size(segment()); }
  // The record claims to know the tombstones, and so that all is done.
  void claim_to_know_all() const {
    set_meta(casebook(), "log_size", std::to_string(logged_entries(casebook())));
    claim_to_know(casebook(), end());
    EXPECT_THAT(damages(casebook()), Contains(HasSubstr("was withdrawn and is still here")));
  }
  void expect_finished() const {
    EXPECT_EQ(everything(casebook()).find("Zzyzx-Unmistakable"), std::string::npos);
    EXPECT_THAT(damages(casebook(), true), IsEmpty());
  }
};

TEST_F(InterruptedWithdrawal, IsFinishedByTheNextWriter) {
  take_in(casebook(), {});
  expect_finished();
}

TEST_F(InterruptedWithdrawal, IsFinishedThoughTheRecordClaimsToKnowIt) {
  claim_to_know_all();
  take_in(casebook(), {});
  expect_finished();
}

TEST_F(InterruptedWithdrawal, IsFinishedByARebuildThoughTheRecordClaimsToKnowIt) {
  claim_to_know_all();
  ASSERT_TRUE(rebuild_casebook(
      casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {}));
  expect_finished();
}

// One entry more than there is: nobody can tell that from a log that was rolled back, so every writer stops and says so.
TEST_F(InterruptedWithdrawal, StopsEveryWriterWhereTheRecordClaimsToKnowMore) {
  set_meta(casebook(), "log_size", std::to_string(logged_entries(casebook()) + 1));
  EXPECT_THAT(damages(casebook()), Contains(HasSubstr("record.db: knows more than the evidence and the log have")));
  const auto writer = Casebook::open(casebook(), all_resources(), [](const std::string&) {});
  ASSERT_FALSE(writer);
  EXPECT_THAT(writer.error().line(), HasSubstr("were acknowledged: it was rolled back"));
}

TEST_F(WithdrawTest, ExportsAPackageAndABag) {
  auto writer = Casebook::open(casebook(), all_resources(), [](const std::string&) {});
  ASSERT_TRUE(writer);
  const auto wacz = export_wacz(*writer, casebook(), folder_ / "out.wacz", [](std::uint64_t) {});
  ASSERT_TRUE(wacz) << wacz.error().line();
  EXPECT_EQ(wacz->items, 3U);
  EXPECT_EQ(wacz->sha256, sha256_hex(read_whole(folder_ / "out.wacz")));
  const std::string zip = read_whole(folder_ / "out.wacz");
  for (const char* name :
       {"datapackage.json", "datapackage-digest.json", "pages/pages.jsonl", "indexes/index.cdxj", "archive/data-00001.warc.gz"}) {
    EXPECT_NE(zip.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(zip.find("reports/"), std::string::npos) << "no path of this machine";
  EXPECT_FALSE(export_wacz(*writer, casebook(), folder_ / "out.wacz", [](std::uint64_t) {})) << "never over a file that is there";
  const auto bag = export_bag(*writer, casebook(), folder_ / "bag", [](std::uint64_t) {});
  ASSERT_TRUE(bag) << bag.error().line();
  EXPECT_EQ(bag->items, 3U);
  EXPECT_EQ(read_whole(folder_ / "bag/data/items/000000-a.txt"), kText);
  EXPECT_EQ(
      std::system(("cd " + (folder_ / "bag").string() + " && sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt").c_str()), 0);
  for (const auto& left : std::filesystem::directory_iterator(folder_.path())) EXPECT_NE(left.path().extension(), ".part");
  writer = fail(ErrorKind::kCasebook, {}, {}, "closed");
  EXPECT_THAT(damages(casebook(), true), IsEmpty()) << "both exports are acts in the log";
}

TEST(Credentials, AreTakenOutOfAnHttpBlock) {
  std::string block =
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=b;\r\n folded\r\nX: 1\r\nauthorization : Basic x\r\nCookie: c\r\n\r\nSet-Cookie: body\r\n";
  EXPECT_THAT(take_out_credentials(block), ElementsAre("Set-Cookie", "authorization", "Cookie"));
  EXPECT_EQ(block, "HTTP/1.1 200 OK\r\nX: 1\r\n\r\nSet-Cookie: body\r\n");
  std::string none = "HTTP/1.1 200 OK\r\nX: 1\r\n\r\n";
  EXPECT_THAT(take_out_credentials(none), IsEmpty());
  std::string other = "Set-Cookie: no HTTP\r\n\r\n";
  EXPECT_THAT(take_out_credentials(other), IsEmpty());
}

TEST(Surt, SortsByHostFromTheRight) {
  EXPECT_EQ(surt_of("https://www.Example.org/A?b=C#d"), "org,example)/a?b=c");
  EXPECT_EQ(surt_of("http://example.org:80"), "org,example)/");
  EXPECT_EQ(surt_of("http://user@a.b.c/"), "c,b,a)/");
  EXPECT_EQ(surt_of("file:///en-1"), ")/en-1");
  EXPECT_EQ(surt_of("urn:x:Y"), "urn:x:y");
}

}  // namespace
}  // namespace litopys
