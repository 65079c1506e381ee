#include "vault/warc_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace litopys {
namespace {

TEST(WarcHead, IsWrittenAsTheStandardHasIt) {
  WarcHead head("resource");
  head.add("WARC-Target-URI", "file:///a.txt").add("X", "two\r\nlines");
  EXPECT_EQ(head.finish("abc"),
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: file:///a.txt\r\nX: two  lines\r\nWARC-Block-Digest: "
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\r\nContent-Length: 3\r\n\r\n");
}

TEST(WarcHead, KeepsAHeaderFromElsewhereLineByLine) {
  const std::string from =
      "WARC/1.0\r\nwarc-type: response\r\nX-Own: 1\r\n folded\r\nContent-Length: 3\r\nWARC-Block-Digest: sha1:AAA\r\n\r\n";
  auto head = WarcHead::copied(from + "abc");
  ASSERT_TRUE(head);
  EXPECT_TRUE(head->has("WARC-Type"));
  EXPECT_EQ(head->add("Litopys-Salt", "00").finish("abc"), from.substr(0, from.size() - 2) + "Litopys-Salt: 00\r\n\r\n");
}

TEST(WarcHead, IsReadBack) {
  WarcHead head("metadata");
  head.add("A", "b: c");
  const std::string record = head.finish("xyz") + "xyz" + std::string(kWarcRecordEnd);
  const auto fields = parse_warc_head(record);
  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->version, "1.1");
  EXPECT_EQ(fields->get("warc-TYPE"), "metadata");
  EXPECT_EQ(fields->get("a"), "b: c");
  EXPECT_EQ(fields->get("none"), "");
  EXPECT_EQ(warc_block(record, *fields), "xyz");
}

TEST(WarcHead, RefusesARecordOfAnotherLength) {
  const std::string head = "WARC/1.1\r\nContent-Length: 3\r\n\r\n";
  for (const auto& [record, right] : std::vector<std::pair<std::string, bool>>{{head + "abc\r\n\r\n", true},
                                                                               {head + "ab\r\n\r\n", false},
                                                                               {head + "abcd\r\n\r\n", false},
                                                                               {head + "abc\r\n", false},
                                                                               {head + "abc\r\n\r\n\r\n", false},
                                                                               {head, false},
                                                                               {"WARC/1.1\r\nContent-Length: -3\r\n\r\nabc\r\n\r\n", false},
                                                                               {"WARC/1.1\r\nX: 3\r\n\r\nabc\r\n\r\n", false}}) {
    const auto fields = parse_warc_head(record);
    ASSERT_TRUE(fields) << record;
    EXPECT_EQ(warc_block(record, *fields).has_value(), right) << record;
  }
}

TEST(WarcHead, RefusesWhatIsNone) {
  for (const char* text :
       {"", "WARC/1.1", "WARC/1.1\r\n", "WARC/1.1\r\nno colon\r\n\r\n", "WARC/1.1\r\n: x\r\n\r\n", "HTTP/1.1 200\r\n\r\n"}) {
    EXPECT_FALSE(parse_warc_head(text)) << text;
  }
}

TEST(FileUri, EncodesWhatAUriCannotHold) {
  EXPECT_EQ(file_uri("a b.txt"), "file:///a%20b.txt");
  EXPECT_EQ(file_uri("/x/y-1_2.html"), "file:///x/y-1_2.html");
  EXPECT_EQ(file_uri("звіт"), "file:///%D0%B7%D0%B2%D1%96%D1%82");
  EXPECT_EQ(file_uri("crawl.zip!a#b?c\n"), "file:///crawl.zip%21a%23b%3Fc%0A");
}

TEST(Uri, IsKnownByItsLook) {
  for (const char* good : {"https://example.org/a?b=c", "file:///x", "urn:uuid:1", "t.me:x"}) EXPECT_TRUE(looks_like_uri(good)) << good;
  for (const char* bad : {"", "example.org/a", "https://a b", "https:", ":x", "C:\\x", "https://пример", "a<b:c"}) {
    EXPECT_FALSE(looks_like_uri(bad)) << bad;
  }
}

TEST(RecordId, IsAUuidAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string id = new_record_id().value();
    EXPECT_EQ(id.size(), 47U);
    EXPECT_EQ(id[24], '4') << "version 4: " << id;
    EXPECT_TRUE(seen.insert(id).second);
  }
}

RC_GTEST_PROP(WarcHead, SurvivesAnyBytes, (const std::string& bytes)) {
  const std::string record = "WARC/1.1\r\n" + bytes;
  if (const auto fields = parse_warc_head(record)) (void)warc_block(record, *fields);
}

}  // namespace
}  // namespace litopys
