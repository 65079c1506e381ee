// What Tesseract reads is evidence like the picture itself: kept once, read from there by whoever makes the record again, with or without
// Tesseract.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/casebook_made.h"
#include "store/transcribe.h"
#include "vault/evidence_reader.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::shared_ptr<const Resources> resources_with_ocr() {
  static const std::shared_ptr<const Resources> loaded = [] {
    ResourcePaths paths = default_paths();
    paths.careful.clear();
    paths.ocr = true;
    auto resources = load_resources(paths, true);
    EXPECT_TRUE(resources) << resources.error().line();
    return resources ? *resources : nullptr;
  }();
  return loaded;
}

// A page drawn by poppler, as a grey picture. Empty where a program is missing.
std::string picture_of(const TemporaryFolder& folder, const std::string& line) {
  const std::string text = "BT /F1 24 Tf 1 0 0 1 40 120 Tm (" + line + ") Tj ET";
  const std::string pdf =
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n"
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 760 200] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>\nendobj\n4 0 obj\n<< "
      "/Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n5 0 obj\n<< /Length " +
      std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n";
  const std::string at = folder.write("drawn.pdf", pdf);
  const std::string command = "tesseract --version > /dev/null 2>&1 && pdftoppm -q -gray -r 150 " + at + " > " + at + ".pgm";
  return std::system(command.c_str()) == 0 ? read_whole(at + ".pgm") : std::string();
}

OpenedItem opened(const std::string& id, const std::string& bytes) {
  OpenedItem out;
  out.item.id = id;
  out.item.path = "scans/" + id + ".pgm";
  out.item.bytes = bytes;
  return out;
}

// Takes one item in; what came of it.
KeptItem take_one(const std::filesystem::path& folder, std::shared_ptr<const Resources> resources, const std::string& id,
                  const std::string& bytes) {
  KeptItem out;
  auto casebook = Casebook::open(folder, std::move(resources), [](const std::string&) {});
  EXPECT_TRUE(casebook) << casebook.error().line();
  auto taken = casebook->take(opened(id, bytes));
  EXPECT_TRUE(taken);
  const auto acknowledge = [&](const KeptItem& item) { out = item; };
  EXPECT_TRUE(casebook->add(*std::move(taken), acknowledge) && casebook->flush(acknowledge));
  return out;
}

std::string dump_of(const std::filesystem::path& folder) { return Store::open(folder / "record.db", Store::Mode::read)->dump().value(); }

class TranscriptTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(all_resources() && resources_with_ocr());
    scan_ = picture_of(folder_, "In March 2024 the office in Kherson issued 412 Russian passports");
    if (scan_.empty()) GTEST_SKIP() << "not run: needs tesseract and pdftoppm";
    Item item;
    item.path = "scan.pgm";
    item.bytes = scan_;
    const auto read = transcript_of(item, *resources_with_ocr());
    if (!read && read.error().line().find("tesseract gave up") != std::string::npos) {
      GTEST_SKIP() << "not run: a language of tesseract is not installed";
    }
    ASSERT_TRUE(read && *read) << "a picture";
    EXPECT_FALSE(transcript_of(item, *all_resources()).value()) << "only with leave";
  }
  [[nodiscard]] std::filesystem::path casebook() const { return folder_ / "my.case"; }
  // Without Tesseract: the record is what the evidence gives, and is made again the same.
  void expect_agreement() const {
    EXPECT_THAT(damages(casebook(), true), IsEmpty());
    const std::string before = dump_of(casebook());
    EXPECT_THAT(before, HasSubstr("412"));
    std::filesystem::remove(casebook() / "record.db");
    const auto rebuilt = rebuild_casebook(
        casebook(), all_resources(), {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
    ASSERT_TRUE(rebuilt) << rebuilt.error().line();
    EXPECT_EQ(dump_of(casebook()), before);
  }
  std::string scan_;
  TemporaryFolder folder_;
};

TEST_F(TranscriptTest, IsKeptWithItsPictureAndReadFromThere) {
  const KeptItem kept = take_one(casebook(), resources_with_ocr(), "scan", scan_);
  EXPECT_FALSE(kept.problem) << kept.problem->line();
  EXPECT_TRUE(kept.fresh && kept.read);
  EvidenceReader reader(casebook() / "evidence", {});
  const auto act = reader.next();
  ASSERT_TRUE(act && *act);
  ASSERT_TRUE((*act)->transcript);
  EXPECT_THAT(*(*act)->transcript, HasSubstr("412 Russian passports"));
  EXPECT_EQ((*act)->bytes, scan_);
  expect_agreement();
}

TEST_F(TranscriptTest, ComesLaterWhereAPictureWasKeptUnread) {
  const KeptItem unread = take_one(casebook(), all_resources(), "scan", scan_);
  ASSERT_TRUE(unread.problem);
  EXPECT_THAT(unread.problem->line(), HasSubstr("needs --ocr"));
  take_in(casebook(), {{"a", kText}});
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
  const KeptItem read = take_one(casebook(), resources_with_ocr(), "scan", scan_);
  EXPECT_FALSE(read.problem) << read.problem->line();
  EXPECT_TRUE(read.read && !read.fresh) << "content is kept once";
  expect_agreement();
  const KeptItem again = take_one(casebook(), resources_with_ocr(), "scan", scan_);
  EXPECT_FALSE(again.read) << "nothing is read twice";
  expect_agreement();
}

TEST_F(TranscriptTest, IsMadeOfAllThatWasKeptUnread) {
  (void)take_one(casebook(), all_resources(), "scan", scan_);
  take_in(casebook(), {{"a", kText}});
  // No picture at all: it stays unread, and says why.
  (void)take_one(casebook(), all_resources(), "broken", "\x89PNG\r\n\x1A\nxx");
  std::vector<std::string> troubles;
  const auto read = read_kept_pictures(
      casebook(), resources_with_ocr(), [&](const Error& error) { troubles.push_back(error.line()); }, [](const std::string&) {});
  ASSERT_TRUE(read) << read.error().line();
  EXPECT_EQ(*read, 1U);
  EXPECT_THAT(troubles, ElementsAre(HasSubstr("scans/broken.pgm")));
  expect_agreement();
}

TEST_F(TranscriptTest, GoesWithItsPictureWhenThatIsWithdrawn) {
  (void)take_one(casebook(), all_resources(), "scan", scan_);
  (void)take_one(casebook(), resources_with_ocr(), "scan", scan_);
  const auto withdrawn = withdraw_item(
      casebook(), all_resources(), "scan", "asked for", {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
  ASSERT_TRUE(withdrawn) << withdrawn.error().line();
  EXPECT_EQ(withdrawn->records, 2U);
  auto reader = MemberReader::open(casebook() / "evidence/my-00001.warc.gz");
  while (auto member = reader->next()) {
    ASSERT_TRUE(*member);
    EXPECT_EQ((*member)->bytes.find("412 Russian"), std::string_view::npos);  // three digits alone stand in many a digest
  }
  EXPECT_EQ(dump_of(casebook()).find("412 Russian"), std::string::npos);
  EXPECT_THAT(damages(casebook(), true), IsEmpty());
}

// Who read an item is part of what a record says. What was logged as read needs none of them to be compared; to read all again, with
// another reader at hand, gives nothing that could be, and that is said.
TEST(RecordReaders, AreNamedWhereTheyAreNotTheSame) {
  ASSERT_TRUE(all_resources());
  const auto careful = load_resources(default_paths(), true);
  ASSERT_TRUE(careful) << careful.error().line();
  if (!reading_id(**careful).starts_with("careful")) GTEST_SKIP() << "not run: needs data/reader/careful.model";
  EXPECT_THAT(reading_id(**careful), ::testing::MatchesRegex("careful [0-9a-f]{8}"));
  EXPECT_THAT(reading_id(*all_resources()), ::testing::MatchesRegex("light [0-9a-f]{8}"));
  const TemporaryFolder folder;
  const std::filesystem::path casebook = folder / "my.case";
  (void)take_one(casebook, all_resources(), "a", kText);
  EXPECT_EQ(Store::open(casebook / "record.db", Store::Mode::read)->readers().value(), reading_id(*all_resources()));
  const auto verified = [&](const std::shared_ptr<const Resources>& with, bool reread) {
    VerifyOptions options;
    options.resources = with;
    options.reread = reread;
    std::string lines;
    EXPECT_TRUE(verify_casebook(casebook, options, [&](const Damage& damage) { lines += damage.line() + "\n"; }));
    return lines;
  };
  for (const bool reread : {false, true}) EXPECT_EQ(verified(all_resources(), reread), "");
  EXPECT_EQ(verified(*careful, false), "");
  EXPECT_THAT(verified(*careful, true), HasSubstr("record.db: was not read by the reader at hand and cannot be compared"));
  EXPECT_THAT(verified(*careful, true), ::testing::Not(HasSubstr("is not what the evidence gives")));
  (void)take_one(casebook, *careful, "b", std::string(kText) + "Second.\n");
  EXPECT_EQ(Store::open(casebook / "record.db", Store::Mode::read)->readers().value(),
            reading_id(**careful) + "; " + reading_id(*all_resources()));
  EXPECT_EQ(verified(all_resources(), false), "") << "both have read";
  EXPECT_THAT(verified(all_resources(), true), HasSubstr("litopys rebuild")) << "both have read";
  const auto rebuilt = rebuild_casebook(
      casebook, *careful, {.workers = 1}, [](std::uint64_t) {}, [](const std::string&) {});
  ASSERT_TRUE(rebuilt);
  for (const bool reread : {false, true}) EXPECT_EQ(verified(*careful, reread), "");
}

}  // namespace
}  // namespace litopys
