// Containers of text from a path to items: each format found by its bytes, one within the other.
#include "intake/formats.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "intake/take.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using ::testing::ElementsAre;

class Formats : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& bytes) const { return folder_.write(name, bytes); }
  // "id format" of each item, "! problem" of each error.
  static std::vector<std::string> take(const std::string& path, const ContainerLimits& limits = {}) {
    std::vector<std::string> out;
    Take taker({path}, {}, limits);
    while (const auto got = taker.next()) {
      if (!*got) {
        out.push_back("! " + got->error().problem);
      } else {
        const std::string& format = (*got)->item.origin.format;
        out.push_back((*got)->item.id + " " + format.substr(0, format.find(' ')));
      }
    }
    return out;
  }

  testing::TemporaryFolder folder_;
};

const std::string kChannel =
    R"({"name": "К", "type": "public_channel", "id": 5, "messages": [{"id": 7, "type": "message", "date_unixtime": "1706781600", "text": "т"}]})";

TEST_F(Formats, AreToldByTheirBytes) {
  EXPECT_THAT(take(write("a.bin", kChannel)), ElementsAre("a-7 telegram-message"));
  EXPECT_THAT(take(write("b.bin", "<rss><channel><item><title>x</title></item></channel></rss>")), ElementsAre("b-1 feed-item"));
  EXPECT_THAT(take(write("c.bin", "From: a@b.example\nSubject: x\nDate: y\n\ntext\n")), ElementsAre("c-1 mail"));
  EXPECT_THAT(take(write("d.bin", "date,text\n2024-01-02,x\n")), ElementsAre("d-1 csv-row"));
  EXPECT_THAT(take(write("e.bin", "{\"text\": \"x\"}\n{\"text\": \"y\"}\n")), ElementsAre("e-1 jsonl-row", "e-2 jsonl-row"));
  EXPECT_THAT(take(write("f.bin", "Plain text, and nothing else.\n")), ElementsAre("f "));
}

TEST_F(Formats, ColumnsOfATableMayBeNamed) {
  const std::string path = write("t.csv", "when,what\n2024-01-02,x\n");
  EXPECT_THAT(take(path), ElementsAre("t "));
  ContainerLimits limits;
  limits.columns = "text=what,date=when";
  EXPECT_THAT(take(path, limits), ElementsAre("t-1 csv-row"));
}

TEST_F(Formats, AnAttachmentIsOpenedLikeAFile) {
  const std::string mail =
      "From: a@b.example\nSubject: x\nDate: y\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
      "text/plain\n\ntext\n"
      "--b\nContent-Type: application/json; name=r.json\n\n" +
      kChannel + "\n--b\nContent-Type: text/plain; name=n.txt\n\na note\n--b--\n";
  EXPECT_THAT(take(write("m.eml", mail)), ElementsAre("m-1 mail", "m-1-1-7 telegram-message", "m-1-2 "));
}

TEST_F(Formats, MailsWithinMailsHaveAnEnd) {
  std::string mail = "From: a@b.example\nSubject: x\nDate: y\n\ninnermost\n";
  for (int i = 0; i < 12; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    mail = "From: a@b.example\nSubject: x\nDate: y\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=" + boundary + "\n\n--" +
           boundary + "\nContent-Type: text/plain\n\nt\n--" + boundary + "\nContent-Type: application/octet-stream\n\n" + mail + "\n--" +
           boundary + "--\n";
  }
  EXPECT_LE(take(write("m.eml", mail)).size(), 12U);
}

}  // namespace
}  // namespace litopys
