#include "intake/take.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "intake/archive_maker.h"
#include "intake/warc_maker.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::archive_of;
using litopys::testing::gzip;
using litopys::testing::http_page;
using litopys::testing::Made;
using litopys::testing::MadeMember;
using litopys::testing::noise;
using litopys::testing::TemporaryFolder;
using litopys::testing::warc_record;
using litopys::testing::zstd;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Taken {
  std::vector<OpenedItem> items;
  std::vector<std::string> lines;  // "id path: bytes" or the error's line, in order
  std::map<std::string, std::uint64_t> passed_over;
  std::uint64_t left_out = 0;
};

Taken taken(const TemporaryFolder& folder, const std::vector<std::string>& names, const ContainerLimits& limits = {}) {
  Taken out;
  std::vector<std::string> paths;
  for (const std::string& name : names) paths.push_back(name == "-" ? name : (folder / name).string());
  Take take(paths, {}, limits);
  while (auto got = take.next()) {
    std::string line = *got ? (*got)->item.id + " " + (*got)->item.path + ": " + (*got)->item.bytes.substr(0, 60) : got->error().line();
    const std::string prefix = folder.path().string() + "/";
    for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) line.erase(at, prefix.size());
    out.lines.push_back(std::move(line));
    if (*got) out.items.push_back(*std::move(*got));
  }
  out.passed_over = take.passed_over();
  out.left_out = take.left_out();
  return out;
}

std::string page(std::string_view words) { return "<html><body><p>" + std::string(words) + "</p></body></html>"; }
std::string page_record(std::string_view words, unsigned number) { return warc_record({.block = http_page(page(words))}, number); }

TEST(Take, GivesPlainFilesAsTheyAre) {
  const TemporaryFolder folder;
  folder.write("d/a.txt", "words");
  folder.write("d/b.html", page("more"));
  EXPECT_THAT(taken(folder, {"d", "missing"}).lines,
              ElementsAre("a d/a.txt: words", "b d/b.html: " + page("more"), HasSubstr("missing: No such file")));
}

TEST(Take, KnowsContainersByTheirBytesAndNotByTheirNames) {
  const TemporaryFolder folder;
  const std::vector<MadeMember> members = {{"x/one.txt", "eins"}, {"two.html", "zwei"}};
  folder.write("1.txt", archive_of(Made::zip, members));
  folder.write("2.html", archive_of(Made::tar, members));
  folder.write("3", archive_of(Made::tar_gz, members));
  folder.write("4.jpg", archive_of(Made::tar_xz, members));
  folder.write("5.doc", archive_of(Made::tar_zst, members));
  folder.write("6.zip", "no archive at all");
  const Taken got = taken(folder, {"1.txt", "2.html", "3", "4.jpg", "5.doc", "6.zip"});
  ASSERT_EQ(got.lines.size(), 11U);
  for (unsigned i = 0; i < 5; ++i) {
    const std::string n = std::to_string(i + 1);
    EXPECT_THAT(got.lines[2 * i], AllOf(HasSubstr(n + "-1 " + n), HasSubstr("!x/one.txt: eins"))) << i;
    EXPECT_THAT(got.lines[2 * i + 1], AllOf(HasSubstr(n + "-2 " + n), HasSubstr("!two.html: zwei"))) << i;
  }
  EXPECT_EQ(got.lines[10], "6 6.zip: no archive at all");
}

TEST(Take, OpensSingleCompressedFiles) {
  const TemporaryFolder folder;
  folder.write("a.txt.gz", gzip("words"));
  folder.write("b.txt.zst", zstd("words"));
  folder.write("c.txt.gz", gzip("words ") + gzip("in two members"));
  EXPECT_THAT(taken(folder, {"a.txt.gz", "b.txt.zst", "c.txt.gz"}).lines,
              ElementsAre("a.txt a.txt.gz!a.txt: words", "b.txt b.txt.zst!b.txt: words", "c.txt c.txt.gz!c.txt: words in two members"));
}

TEST(Take, TakesThePagesOfAWarcWithWhereTheyCameFrom) {
  const TemporaryFolder folder;
  const std::string info =
      warc_record({.type = "warcinfo", .block = "software: ours\r\n", .uri = "", .content_type = "application/warc-fields"}, 1);
  const std::string request = warc_record({.type = "request", .block = "GET / HTTP/1.1\r\n\r\n"}, 2);
  const std::string cyrillic =
      warc_record({.block = http_page("<html><p>\xEF\xE0\xF1\xEF\xEE\xF0\xF2", "text/html; charset=\"Windows-1251\""),
                   .uri = "https://example.org/news/1",
                   .more = {{"WARC-Payload-Digest", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"}}},
                  3);
  const std::string image = warc_record({.block = http_page("\x89PNG", "image/png")}, 4);
  const std::string gone = warc_record({.block = http_page(page("gone"), "text/html", "", "404 Not Found")}, 5);
  const std::string resource =
      warc_record({.type = "resource", .block = "plain words", .uri = "file:///a.txt", .content_type = "text/plain"}, 6);
  folder.write("crawl.warc.gz", gzip(info) + gzip(request) + gzip(cyrillic) + gzip(image) + gzip(gone) + gzip(resource));
  const Taken got = taken(folder, {"crawl.warc.gz"});
  ASSERT_EQ(got.items.size(), 2U) << ::testing::PrintToString(got.lines);
  const Item& one = got.items[0].item;
  EXPECT_EQ(one.id, "crawl.warc-3");
  EXPECT_EQ(one.bytes, "<html><p>\xEF\xE0\xF1\xEF\xEE\xF0\xF2");
  EXPECT_EQ(one.path, folder.path().string() + "/crawl.warc.gz!<urn:uuid:00000000-0000-4000-8000-000000000003>");
  EXPECT_EQ(one.origin.container, folder.path().string() + "/crawl.warc.gz");
  EXPECT_EQ(one.origin.member, "<urn:uuid:00000000-0000-4000-8000-000000000003>");
  EXPECT_EQ(one.origin.url, "https://example.org/news/1");
  EXPECT_EQ(one.origin.captured, "2024-07-02T10:00:00Z");
  EXPECT_EQ(one.origin.charset, "Windows-1251");
  EXPECT_EQ(one.origin.media_type, "text/html");
  EXPECT_EQ(one.origin.digest, "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
  EXPECT_EQ(one.origin.offset, gzip(info).size() + gzip(request).size());
  EXPECT_EQ(one.origin.length, gzip(cyrillic).size());
  EXPECT_EQ(one.origin.published, "") << "a capture is no publication";
  EXPECT_THAT(one.warc_record, IsEmpty());
  EXPECT_EQ(got.items[1].item.bytes, "plain words");
  EXPECT_EQ(got.passed_over,
            (std::map<std::string, std::uint64_t>{{"warcinfo records", 1}, {"request records", 1}, {"image/*", 1}, {"status 404", 1}}));
}

TEST(Take, KeepsTheWholeRecordWhereItIsAsked) {
  const TemporaryFolder folder;
  const std::string record = page_record("words", 1);
  folder.write("a.warc", record);
  const Taken got = taken(folder, {"a.warc"}, {.keep_warc_records = true});
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].item.warc_record + "\r\n\r\n", record);
}

TEST(Take, DecodesBodiesAsServersSendThem) {
  const TemporaryFolder folder;
  const std::string body = page("some words that were packed");
  const auto with = [&](std::string_view fields, const std::string& sent) {
    return warc_record({.block = http_page(sent, "text/html", fields)});
  };
  const std::string packed = gzip(body);
  std::string chunks;
  for (std::size_t at = 0; at < packed.size(); at += 10) {
    const std::string piece = packed.substr(at, 10);
    chunks += (piece.size() == 10 ? "a" : std::to_string(piece.size())) + ";x=y\r\n" + piece + "\r\n";
  }
  chunks += "0\r\n\r\n";
  folder.write("a.warc", with("Content-Encoding: gzip\r\n", packed) + with("content-encoding: deflate\r\n", litopys::testing::zlib(body)) +
                             with("Content-Encoding: deflate\r\n", litopys::testing::raw_deflate(body)) +
                             with("Content-Encoding: zstd\r\n", zstd(body)) +
                             with("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunks) +
                             with("Content-Encoding: gzip\r\n", body) + with("Transfer-Encoding: chunked\r\n", body) +
                             with("Content-Encoding: br\r\n", body) + with("Content-Encoding: mystery\r\n", body) +
                             with("Content-Encoding: br\r\n", std::string("\x0B\x02\x80\x3C\x70\x3E\x61\x3C\x03", 9)) +
                             with("Transfer-Encoding: gzip, chunked\r\n", chunks) + with("Transfer-Encoding: gzip\r\n", packed));
  const Taken got = taken(folder, {"a.warc"});
  ASSERT_EQ(got.items.size(), 12U) << ::testing::PrintToString(got.lines);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(got.items[i].item.bytes, body) << i;
  for (std::size_t i = 0; i < 5; ++i) EXPECT_THAT(got.items[i].notes, IsEmpty()) << i;
  EXPECT_THAT(got.items[5].notes, ElementsAre("is not gzip although the header says so; taken as it is"));
  EXPECT_THAT(got.items[6].notes, ElementsAre("is not chunked although the header says so; taken as it is"));
  EXPECT_THAT(got.items[7].notes, ElementsAre("is not br although the header says so; taken as it is"));
  EXPECT_THAT(got.items[8].notes, ElementsAre("the content coding mystery is unknown; taken as it is"));
  EXPECT_EQ(got.items[9].item.bytes, "<p>a<");
  for (std::size_t i = 10; i < 12; ++i) EXPECT_EQ(got.items[i].item.bytes, body) << i;
}

TEST(Take, KeepsWhatACutBodyStillGives) {
  const TemporaryFolder folder;
  const std::string body = page(noise(3000));
  const std::string packed = gzip(body);
  folder.write("a.warc", warc_record({.block = http_page(packed.substr(0, packed.size() / 2), "text/html", "Content-Encoding: gzip\r\n")}) +
                             warc_record({.block = http_page("5\r\n<p>wo\r\n9\r\nrds", "text/html", "Transfer-Encoding: chunked\r\n")}));
  const Taken got = taken(folder, {"a.warc"});
  ASSERT_EQ(got.items.size(), 2U);
  EXPECT_TRUE(body.starts_with(got.items[0].item.bytes));
  EXPECT_GT(got.items[0].item.bytes.size(), 1000U);
  EXPECT_THAT(got.items[0].notes, ElementsAre("the gzip body is cut short or corrupt"));
  EXPECT_EQ(got.items[1].item.bytes, "<p>words");
  EXPECT_THAT(got.items[1].notes, ElementsAre("the chunked body is cut short"));
}

TEST(Take, GivesTextsThatManyPagesHaveAsItemsOfTheirOwn) {
  const TemporaryFolder folder;
  folder.write("a.warc", page_record("same", 1) + page_record("same", 2));
  EXPECT_EQ(taken(folder, {"a.warc"}).items.size(), 2U);
}

TEST(Take, GoesThroughContainersWithinContainers) {
  const TemporaryFolder folder;
  const std::string warc = gzip(page_record("deep", 1)) + gzip(page_record("deeper", 2));
  const std::string zip = archive_of(Made::zip, {{"crawl/a.warc.gz", warc}, {"b.txt.gz", gzip("words")}});
  folder.write("d/outer.tar", archive_of(Made::tar, {{"x.txt", "first"}, {"inner.zip", zip}}));
  const Taken got = taken(folder, {"d"});
  EXPECT_THAT(
      got.lines,
      ElementsAre("outer-1 d/outer.tar!x.txt: first",
                  "outer-2-1-1 d/outer.tar!inner.zip!crawl/a.warc.gz!<urn:uuid:00000000-0000-4000-8000-000000000001>: " + page("deep"),
                  "outer-2-1-2 d/outer.tar!inner.zip!crawl/a.warc.gz!<urn:uuid:00000000-0000-4000-8000-000000000002>: " + page("deeper"),
                  "outer-2-2 d/outer.tar!inner.zip!b.txt.gz!b.txt: words"));
}

TEST(Take, EndsNestingInOneLine) {
  const TemporaryFolder folder;
  std::string zip = "innermost";
  for (int i = 0; i < 8; ++i) zip = archive_of(Made::zip, {{"a.zip", zip}, {"b.zip", zip}});
  folder.write("deep.zip", zip);
  const Taken got = taken(folder, {"deep.zip"});
  EXPECT_THAT(got.lines, ElementsAre(HasSubstr("is a container within 4 others, the most that are opened; skipped")));
  EXPECT_GT(got.passed_over.at("containers nested too deep"), 10U);
}

TEST(Take, EndsBombsInOneLine) {
  const TemporaryFolder folder;
  const std::string zeros(4 << 20U, '\0');
  const ContainerLimits limits{.largest_item = 8 << 20U, .largest_ratio = 200, .ratio_from = 16 << 20U};
  std::vector<MadeMember> members;
  for (int i = 0; i < 40; ++i) members.push_back({"z" + std::to_string(i) + ".bin", zeros});
  folder.write("many.zip", archive_of(Made::zip, members));
  const Taken many = taken(folder, {"many.zip"}, limits);
  ASSERT_FALSE(many.lines.empty());
  EXPECT_LT(many.lines.size(), 10U);
  EXPECT_THAT(many.lines.back(), HasSubstr("it may be a bomb; what follows in it is not read"));
  folder.write("twice.zip", archive_of(Made::zip, {{"inner.zip", archive_of(Made::zip, {{"z.bin", std::string(64 << 20U, '\0')}})}}));
  EXPECT_THAT(taken(folder, {"twice.zip"}, {.largest_ratio = 200, .ratio_from = 16 << 20U}).lines,
              ElementsAre(HasSubstr("it may be a bomb")));
  folder.write("one.gz", gzip(std::string(64 << 20U, '\0')));
  EXPECT_THAT(taken(folder, {"one.gz"}, {.largest_ratio = 200, .ratio_from = 16 << 20U}).lines,
              ElementsAre(HasSubstr("one.gz: gives more than")));
  EXPECT_THAT(taken(folder, {"one.gz"}, limits).lines, ElementsAre(HasSubstr("has more than 8 MB, the most that a document may have")));
}

TEST(Take, RefusesNamesThatLeadOutOfTheArchive) {
  const TemporaryFolder folder;
  folder.write(
      "a.zip",
      archive_of(Made::zip,
                 {{"../up.txt", "x"}, {"d/../../up.txt", "x"}, {"/etc/root.txt", "x"}, {"..still/fine..txt", "x"}, {"good.txt", "x"}}));
  const Taken got = taken(folder, {"a.zip"});
  EXPECT_THAT(got.lines, ElementsAre("a.zip: member 1: its name leads out of the archive: ../up.txt; skipped",
                                     "a.zip: member 2: its name leads out of the archive: d/../../up.txt; skipped",
                                     HasSubstr("a.zip: member 3: its name leads out of the archive"), "a-5 a.zip!good.txt: x"));
  EXPECT_EQ(got.left_out, 1U) << "a name under a dot";
}

TEST(Take, FollowsNoLinksInArchives) {
  const TemporaryFolder folder;
  folder.write("a.tar", archive_of(Made::tar, {{"link.txt", "", "/etc/passwd"}, {"good.txt", "x"}}));
  const Taken got = taken(folder, {"a.tar"});
  EXPECT_THAT(got.lines, ElementsAre("a-2 a.tar!good.txt: x"));
  EXPECT_EQ(got.passed_over.at("links in archives"), 1U);
}

TEST(Take, ReportsADamagedMemberAndReadsTheNext) {
  const TemporaryFolder folder;
  std::string zip = archive_of(Made::stored_zip, {{"a.txt", "aaaaaaaaaa"}, {"b.txt", "bbbbbbbbbb"}, {"c.txt", "cccccccccc"}});
  zip[zip.find("bbbbbbbbbb") + 3] = 'x';
  folder.write("a.zip", zip);
  const Taken got = taken(folder, {"a.zip"});
  ASSERT_EQ(got.lines.size(), 3U) << ::testing::PrintToString(got.lines);
  EXPECT_EQ(got.lines[0], "a-1 a.zip!a.txt: aaaaaaaaaa");
  EXPECT_THAT(got.lines[1], AllOf(HasSubstr("a.zip"), HasSubstr("b.txt")));
  EXPECT_EQ(got.lines[2], "a-3 a.zip!c.txt: cccccccccc");
}

TEST(Take, KeepsTheGoodRecordsOfADamagedMember) {
  const TemporaryFolder folder;
  const std::string first = page_record("one", 1), second = page_record("two", 2);
  // Damage within a record's text, which only the ZIP's checksum knows of, and damage to a gzip member.
  std::string plain = archive_of(Made::stored_zip, {{"a.warc", first + second}, {"b.txt", "b"}});
  plain[plain.rfind("two")] = 'T';
  std::string packed = archive_of(Made::stored_zip, {{"a.warc.gz", gzip(first) + gzip(second)}, {"b.txt", "b"}});
  packed[packed.find(gzip(second)) + 30] ^= 0x5A;
  for (const std::string& zip : {plain, packed}) {
    folder.write("a.zip", zip);
    const Taken got = taken(folder, {"a.zip"});
    const std::string all = ::testing::PrintToString(got.lines);
    ASSERT_GE(got.items.size(), 2U) << all;
    EXPECT_EQ(got.items.front().item.bytes, page("one")) << all;
    EXPECT_EQ(got.items.back().item.bytes, "b") << all;
    EXPECT_THAT(got.lines, ::testing::Contains(AllOf(HasSubstr("a.zip!a.warc"), HasSubstr("byte "), HasSubstr("CRC")))) << all;
  }
}

TEST(Take, ReportsArchivesThatAreCutAndGivesWhatIsWhole) {
  const TemporaryFolder folder;
  const std::vector<MadeMember> members = {{"a.txt", "whole"}, {"b.txt", noise(20000)}};
  for (const Made kind : {Made::zip, Made::tar, Made::tar_gz, Made::tar_xz}) {
    const std::string archive = archive_of(kind, members);
    folder.write("a.bin", archive.substr(0, archive.size() - 9000));
    const Taken got = taken(folder, {"a.bin"});
    ASSERT_GE(got.lines.size(), 1U) << static_cast<int>(kind);
    EXPECT_NE(got.lines.size(), got.items.size())
        << "an error is told; kind " << static_cast<int>(kind) << ::testing::PrintToString(got.lines);
  }
}

TEST(Take, LeavesOfficeDocumentsWhole) {
  const TemporaryFolder folder;
  const std::string docx = archive_of(Made::zip, {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w:document/>"}});
  folder.write("a.docx", docx);
  const std::string late =
      archive_of(Made::zip, {{"big.bin", noise(100000)}, {"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w/>"}});
  folder.write("b.docx", late);
  const std::string odt = archive_of(Made::stored_zip, {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}});
  folder.write("c.odt", odt);
  const Taken got = taken(folder, {"a.docx", "b.docx", "c.odt"});
  ASSERT_EQ(got.items.size(), 3U) << ::testing::PrintToString(got.lines);
  EXPECT_EQ(got.items[0].item.bytes, docx);
  EXPECT_EQ(got.items[1].item.bytes, late);
  EXPECT_EQ(got.items[2].item.bytes, odt);
}

// --- WACZ

std::vector<MadeMember> wacz_parts() {
  return {{"archive/data.warc.gz", gzip(page_record("words", 1))},
          {"indexes/index.cdx", "org,example)/ 2024 {}"},
          {"pages/pages.jsonl", "{\"format\": \"json-pages-1.0\"}\n"},
          {"datapackage.json", "{\"profile\": \"data-package\", \"resources\": []}"}};
}

TEST(Take, ReadsThePageBehindAnInterimResponseAndUnderGzipThatNobodyDeclared) {
  const TemporaryFolder folder;
  const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
  folder.write("a.warc", warc_record({.block = "HTTP/1.1 100 Continue\r\n\r\n" + hints + http_page(page("one"))}, 1) +
                             warc_record({.block = http_page(gzip(page("two")))}, 2));
  const Taken got = taken(folder, {"a.warc"});
  ASSERT_EQ(got.items.size(), 2U);
  EXPECT_EQ(got.items[0].item.bytes, page("one"));
  EXPECT_EQ(got.items[1].item.bytes, page("two"));
  EXPECT_THAT(got.items[1].notes, ElementsAre("is gzip although the header does not say so"));
}

// Writers take the digest of a payload with its chunks, without them, or unpacked.
TEST(Take, SaysWhereAPayloadIsNotWhatItsDigestSays) {
  const TemporaryFolder folder;
  const std::string body = page("words"), packed = gzip(body), fields = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n";
  const std::string chunks = fmt::format("{:x}\r\n", packed.size()) + packed + "\r\n0\r\n\r\n";
  std::string file;
  for (const std::string& digested : {chunks, packed, body, std::string("another")}) {
    std::array<unsigned char, 20> digest{};
    EVP_Digest(digested.data(), digested.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
    std::string hex = "sha1:";
    for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
    file += warc_record({.block = http_page(chunks, "text/html", fields), .more = {{"WARC-Payload-Digest", hex}}});
  }
  folder.write("a.warc", file);
  const Taken got = taken(folder, {"a.warc"});
  ASSERT_EQ(got.items.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(got.items[i].notes, IsEmpty()) << i;
  EXPECT_THAT(got.items[3].notes, ElementsAre(HasSubstr("the archive states another digest for its payload: sha1:")));
  EXPECT_EQ(got.items[3].item.bytes, body);
}

TEST(Take, ReadsAWaczAsItsWarcs) {
  const TemporaryFolder folder;
  folder.write("a.wacz", archive_of(Made::stored_zip, wacz_parts()));
  const Taken got = taken(folder, {"a.wacz"});
  EXPECT_THAT(got.lines,
              ElementsAre("a-1-1 a.wacz!archive/data.warc.gz!<urn:uuid:00000000-0000-4000-8000-000000000001>: " + page("words")));
  EXPECT_EQ(got.passed_over.at("parts of WACZ besides its WARCs"), 3U);
}

TEST(Take, ReadsAWarcWithBlankLinesOrAByteOrderMarkInFront) {
  const TemporaryFolder folder;
  for (const char* front : {"\r\n\r\n", "\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n"}) {
    folder.write("a.warc", front + page_record("one", 1) + page_record("two", 2));
    EXPECT_EQ(taken(folder, {"a.warc"}).lines.size(), 2U) << front;
  }
}

TEST(Take, SaysWhichPartsAWaczLacksAndReadsItAllTheSame) {
  const TemporaryFolder folder;
  for (const auto& [without, says] :
       std::vector<std::pair<std::string, std::string>>{{"indexes/", "it lacks an index (indexes/)"},
                                                        {"pages/", "it lacks a list of pages (pages/pages.jsonl)"},
                                                        {"archive/", "it lacks its WARCs (archive/)"}}) {
    std::vector<MadeMember> parts = wacz_parts();
    std::erase_if(parts, [&](const MadeMember& member) { return member.name.starts_with(without); });
    folder.write("a.wacz", archive_of(Made::zip, parts));
    const Taken got = taken(folder, {"a.wacz"});
    ASSERT_FALSE(got.lines.empty());
    EXPECT_THAT(got.lines[0], HasSubstr("a.wacz: is no whole WACZ: " + says + "; its records are read all the same"));
    EXPECT_EQ(got.items.size(), without == "archive/" ? 0U : 1U);
  }
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  std::string out;
  for (const unsigned char b : digest) out += fmt::format("{:02x}", b);
  return out;
}

// A package whose datapackage.json lists its WARC under `path` with `digest`.
std::vector<MadeMember> listed_wacz(const std::string& path, const std::string& digest) {
  std::vector<MadeMember> parts = wacz_parts();
  parts[3].bytes = R"({"resources": [{"path": ")" + path + R"(", "hash": ")" + digest + R"("}]})";
  return parts;
}

TEST(Take, ChecksWhatAWaczSaysOfItsPartsAndReadsItAllTheSame) {
  const TemporaryFolder folder;
  const std::string right = "sha256:" + sha256_hex(wacz_parts()[0].bytes);
  const std::string warc = "archive/data.warc.gz";
  std::vector<MadeMember> broken = wacz_parts(), no_list = wacz_parts(), signed_wrong = listed_wacz(warc, right), unlisted = wacz_parts();
  broken[3].bytes = "{\"resources\": [";
  no_list[3].bytes = "{\"profile\": \"data-package\"}";
  signed_wrong.push_back(
      {"datapackage-digest.json", "{\"path\": \"datapackage.json\", \"hash\": \"sha256:" + std::string(64, '0') + "\"}"});
  unlisted.erase(unlisted.begin() + 3);
  for (const auto& [parts, says] : std::vector<std::pair<std::vector<MadeMember>, std::string>>{
           {listed_wacz(warc, right), ""},
           {listed_wacz(warc, "sha256:" + std::string(64, 'a')), "is not what datapackage.json states: its digest is another"},
           {listed_wacz("archive/other.warc.gz", right), "lists archive/other.warc.gz, which is not in it"},
           {broken, "its datapackage.json is no JSON object"},
           {no_list, "its datapackage.json lists no parts (resources)"},
           {signed_wrong, "its datapackage.json is not the one that datapackage-digest.json states"},
           {unlisted, "is no whole WACZ: it lacks its list of parts (datapackage.json)"}}) {
    folder.write("a.wacz", archive_of(Made::zip, parts));
    const Taken got = taken(folder, {"a.wacz"});
    EXPECT_EQ(got.items.size(), 1U) << says;
    const auto said = std::count_if(got.lines.begin(), got.lines.end(),
                                    [&](const std::string& line) { return !says.empty() && line.find(says) != std::string::npos; });
    EXPECT_EQ(said, says.empty() ? 0 : 1) << says;
    EXPECT_EQ(got.lines.size(), says.empty() ? 1U : 2U) << says << " | " << got.lines[0];
  }
}

TEST(Take, ReadsAWaczThatWasZippedAgainAsAFolder) {
  const TemporaryFolder folder;
  std::vector<MadeMember> parts = wacz_parts();
  for (MadeMember& part : parts) part.name.insert(0, "crawl/");
  folder.write("a.wacz", archive_of(Made::zip, parts));
  const Taken got = taken(folder, {"a.wacz"});
  EXPECT_EQ(got.items.size(), 1U);
  EXPECT_THAT(got.lines[0], HasSubstr("its parts stand in crawl/, not at the top"));
}

TEST(Take, SharedCaseOfAWaczWithoutIndexAndPages) {
  const std::filesystem::path path = std::filesystem::path(LITOPYS_SOURCE_DIR) / "../shared/cases/inputs/b42-no-index-no-pages.wacz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "../shared/cases is not there";
  Take take({path.string()});
  const auto error = take.next();
  ASSERT_TRUE(error && !*error);
  EXPECT_THAT(error->error().line(), HasSubstr("it lacks an index (indexes/) and a list of pages (pages/pages.jsonl)"));
  unsigned items = 0;
  while (auto item = take.next()) items += item->has_value() ? 1 : 0;
  EXPECT_GE(items, 1U);
}

// --- the way itself

TEST(Take, GivesIdsThatNoOtherItemHas) {
  const TemporaryFolder folder;
  folder.write("d/0/a-2.txt", "file");
  folder.write("d/1/a.zip", archive_of(Made::zip, {{"x", "one"}, {"y", "two"}}));
  folder.write("d/2/a-1.txt", "file");
  folder.write("d/3/a.zip", archive_of(Made::zip, {{"x", "one"}}));
  std::set<std::string> ids;
  const Taken got = taken(folder, {"d"});
  for (const OpenedItem& item : got.items) EXPECT_TRUE(ids.insert(item.item.id).second) << item.item.id;
  EXPECT_EQ(ids.size(), 5U);
}

TEST(Take, GivesTheSameIdsWhereverTheFileStands) {
  const TemporaryFolder folder;
  folder.write("x/a.warc", page_record("one", 1) + page_record("two", 2));
  folder.write("y/z.txt", "words");
  const auto ids = [&](const std::vector<std::string>& names) {
    std::vector<std::string> out;
    for (const OpenedItem& item : taken(folder, names).items) out.push_back(item.item.id);
    return out;
  };
  EXPECT_THAT(ids({"x/a.warc"}), ElementsAre("a-1", "a-2"));
  EXPECT_THAT(ids({"y", "x"}), ElementsAre("z", "a-1", "a-2"));
}

TEST(Take, StopsWhenNobodyAsksAnyMore) {
  const TemporaryFolder folder;
  std::string warc;
  for (unsigned n = 1; n <= 3000; ++n) warc += page_record(noise(2000, n), n);
  folder.write("a.warc", warc);
  Take take({(folder / "a.warc").string()});
  EXPECT_TRUE(take.next());
}

TEST(Take, SaysOfALargePageThatItIsTooLargeAndNothingOfAVideo) {
  const TemporaryFolder folder;
  const std::string large = noise(3 << 20U);
  folder.write("a.warc", warc_record({.block = http_page(large, "video/mp4")}, 1) + warc_record({.block = http_page(large)}, 2) +
                             page_record("words", 3));
  const Taken got = taken(folder, {"a.warc"}, {.largest_item = 1 << 20U});
  EXPECT_THAT(got.lines, ElementsAre(HasSubstr("record 2, byte "), HasSubstr("a-3 ")));
  EXPECT_THAT(got.lines[0], HasSubstr("is a page of 3 MB, more than one item may have; skipped"));
  EXPECT_EQ(got.passed_over.at("video/*"), 1U);
}

}  // namespace
}  // namespace litopys
