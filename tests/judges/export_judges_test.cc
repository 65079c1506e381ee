// Evidence and exports before judges that share no code with them: warcio, py-wacz, bagit.py. Each also refuses something broken, and what
// none of them sees (a package forged with its digests made right) is left to litopys verify, which has tests of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "judges/judges.h"
#include "store/casebook_made.h"
#include "store/export.h"
#include "store/reviewing.h"
#include "vault/member.h"

namespace litopys {
namespace {

using namespace litopys::testing;
using ::testing::HasSubstr;
using ::testing::Not;

class ExportJudges : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(all_resources());
    take_in(casebook(), {{"a", kText}, {"b", std::string(kText) + "Second.\n"}, {"c", kText}});
    auto writer = Casebook::open(casebook(), all_resources(), [](const std::string&) {});
    ASSERT_TRUE(writer);
    OpenedItem crawled;
    crawled.item.id = "crawl-1";
    crawled.item.path = "crawl.warc.gz!<urn:uuid:12345678-1234-4234-8234-123456789abc>";
    crawled.item.bytes = "<html><body><p>" + std::string(kText) + "</p></body></html>";
    crawled.item.origin.url = "https://example.org/news";
    crawled.item.origin.media_type = "text/html";
    const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: who=me\r\n\r\n" + crawled.item.bytes;
    crawled.item.warc_record =
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-4234-8234-123456789abc>\r\nWARC-Date: "
        "2024-05-01T10:00:00Z\r\nWARC-Target-URI: https://example.org/news\r\nContent-Type: application/http; msgtype=response\r\n"
        "Content-Length: " +
        std::to_string(block.size()) + "\r\n\r\n" + block;
    auto taken = writer->take(std::move(crawled));
    ASSERT_TRUE(taken);
    const auto acknowledge = [](const KeptItem&) {};
    ASSERT_TRUE(writer->add(*std::move(taken), acknowledge));
    ASSERT_TRUE(writer->flush(acknowledge));
    const auto claim = subject_named(writer->record(), "a#1");
    ASSERT_TRUE(claim) << claim.error().line();
    ASSERT_TRUE(note_review(*writer, {*claim, Verdict::wrong, std::nullopt, "О. Коваль", "стара цифра"}));
    ASSERT_TRUE(note_mark(*writer, {*claim, "for the court", false, "", ""}));
    wacz_ = export_wacz(*writer, casebook(), folder_ / "out.wacz", [](std::uint64_t) {});
    ASSERT_TRUE(wacz_) << wacz_.error().line();
    ASSERT_TRUE(export_bag(*writer, casebook(), folder_ / "bag", [](std::uint64_t) {}));
  }
  [[nodiscard]] std::filesystem::path casebook() const { return folder_ / "my.case"; }
  [[nodiscard]] std::string segment() const { return (casebook() / "evidence/my-00001.warc.gz").string(); }

  TemporaryFolder folder_;
  Result<Exported> wacz_ = fail(ErrorKind::kUsage, {}, {}, "not made");
};

TEST_F(ExportJudges, WarcioFindsEveryDigestOfTheEvidenceRight) {
  LITOPYS_NEEDS(judge("archives/bin/warcio"), "Python and warcio");
  const Judgement verdict = ask(judge("archives/bin/warcio") + " check -v " + segment());
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  // It ends with 0 where digests are missing, and says so.
  EXPECT_THAT(verdict.words, Not(HasSubstr("no digest")));
  // The payload of a revisit stands elsewhere; every other must have been checked.
  std::string words = verdict.words;
  for (std::size_t at = 0; (at = words.find("not checked (revisit)", at)) != std::string::npos;) words.erase(at, 21);
  EXPECT_THAT(words, Not(HasSubstr("not checked")));
  EXPECT_THAT(verdict.words, HasSubstr("digest pass"));
  std::string bytes = read_whole(segment());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  const std::string bad = folder_.write("bad.warc.gz", bytes);
  EXPECT_NE(ask(judge("archives/bin/warcio") + " check -v " + bad).code, 0);
}

// JWAT sees what warcio passes over with 0: a file that is cut short, a record without a digest, one without a date.
TEST_F(ExportJudges, JwatFindsTheEvidenceWellMadeAndRefusesWhatIsNot) {
  LITOPYS_NEEDS(judge("jwatcheck"), "Java, Maven and the checkers");
  const std::string jwat = judge("jwatcheck") + " -digests ";
  const Judgement verdict = ask(jwat + segment());
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  EXPECT_THAT(verdict.words, HasSubstr("ok "));
  const std::string bytes = read_whole(segment());
  const auto spoilt = [&](const std::string& name, const std::function<void(std::string&)>& how) {
    std::string out;
    auto reader = MemberReader::open(segment());
    std::size_t number = 0;
    while (auto member = reader->next()) {
      std::string record((*member)->bytes);
      if (number++ == 1) how(record);
      out += MemberPress().pack(record);
    }
    return folder_.write(name + ".warc.gz", out);
  };
  const auto without = [](const char* field) {
    return [field](std::string& record) {
      const std::size_t at = record.find(field);
      record.erase(at, record.find("\r\n", at) + 2 - at);
    };
  };
  EXPECT_EQ(ask(jwat + spoilt("same", [](std::string&) {})).code, 0) << "packed again";
  EXPECT_EQ(ask(jwat + folder_.write("cut.warc.gz", bytes.substr(0, bytes.size() - 200))).code, 1);
  EXPECT_EQ(ask(jwat + spoilt("digest", without("WARC-Block-Digest"))).code, 1);
  EXPECT_EQ(ask(jwat + spoilt("date", without("WARC-Date"))).code, 1);
  EXPECT_EQ(ask(jwat + spoilt("text", [](std::string& record) { record[record.size() - 10] ^= 1; })).code, 1);
}

TEST_F(ExportJudges, WaczTakesThePackage) {
  LITOPYS_NEEDS(judge("archives/bin/wacz"), "Python and wacz");
  const std::string file = (folder_ / "out.wacz").string();
  const Judgement verdict = ask(judge("archives/bin/wacz") + " validate -f " + file);
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  std::string bytes = read_whole(file);
  bytes[2000] = static_cast<char>(bytes[2000] ^ 1);
  EXPECT_NE(ask(judge("archives/bin/wacz") + " validate -f " + folder_.write("bad.wacz", bytes)).code, 0);
}

TEST_F(ExportJudges, ThePackageHoldsNoCookieAndSaysThatOneWasTakenOut) {
  LITOPYS_NEEDS(judge("archives/bin/python"), "Python");
  EXPECT_EQ(wacz_->withheld, 1U);
  const Judgement verdict =
      ask(judge("archives/bin/python") + " -c \"import zipfile,gzip,sys; z=zipfile.ZipFile('" + (folder_ / "out.wacz").string() +
          "'); print(gzip.decompress(z.read('archive/data-00001.warc.gz')).decode()); "
          "print(z.read('litopys/withheld.txt').decode())\"");
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  EXPECT_THAT(verdict.words, HasSubstr("https://example.org/news"));
  EXPECT_THAT(verdict.words, Not(HasSubstr("who=me")));
  EXPECT_THAT(verdict.words, Not(HasSubstr("Litopys-Salt")));
  EXPECT_THAT(verdict.words, HasSubstr("\"withheld\": [\"Set-Cookie\"]"));
}

TEST_F(ExportJudges, BagitTakesTheBag) {
  LITOPYS_NEEDS(judge("archives/bin/bagit.py"), "Python and bagit");
  const std::string bag = (folder_ / "bag").string();
  const Judgement verdict = ask(judge("archives/bin/bagit.py") + " --validate " + bag);
  EXPECT_EQ(verdict.code, 0) << verdict.words;
  folder_.write("bag/data/items.jsonl", "forged\n");
  EXPECT_NE(ask(judge("archives/bin/bagit.py") + " --validate " + bag).code, 0);
}

}  // namespace
}  // namespace litopys
