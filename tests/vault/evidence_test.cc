#include "vault/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "intake/digest.h"
#include "intake/warc.h"
#include "temporary_folder.h"
#include "vault/evidence_reader.h"
#include "vault/evidence_writer.h"

namespace litopys {
namespace {

using litopys::testing::read_whole;
using litopys::testing::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// FIPS 180-2, appendix B.
TEST(Sha256, GivesTheDigestsOfTheStandard) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

Item item_of(std::string id, std::string bytes) {
  Item out;
  out.id = std::move(id);
  out.path = "reports/" + out.id + ".txt";
  out.bytes = std::move(bytes);
  return out;
}

ItemFacts facts_of(const Item& item) {
  return {item.id, item.path, "2025-11-02T10:00:00.000Z", sha256_hex(item.bytes), item.bytes.size(), {}, item.origin, false, false};
}

// A casebook's evidence, written by what it tests.
class EvidenceTest : public ::testing::Test {
 protected:
  EvidenceTest() { std::filesystem::create_directory(evidence()); }
  [[nodiscard]] std::filesystem::path evidence() const { return folder_ / "evidence"; }
  EvidenceWriter writer(std::uint64_t segment_size = EvidenceWriter::kSegmentSize) {
    auto out = EvidenceWriter::open(evidence(), "my", "setting: 1\r\n", segment_size);
    EXPECT_TRUE(out) << out.error().line();
    return *std::move(out);
  }
  PackedAct pack(const Item& item) { return press_.item(item, facts_of(item)).value(); }
  std::vector<EvidencePlace> write(const std::vector<Item>& items) {
    EvidenceWriter to = writer();
    std::vector<PackedAct> acts;
    for (const Item& item : items) acts.push_back(pack(item));
    const auto places = to.append(acts);
    EXPECT_TRUE(places) << places.error().line();
    return *places;
  }
  // "id:bytes" of items, "=id" of sightings, "act:json" of notes, "!place: problem" of errors.
  std::vector<std::string> acts(EvidenceEnd from = {}) {
    std::vector<std::string> out;
    EvidenceReader reader(evidence(), from);
    while (auto act = reader.next()) {
      if (!*act) {
        out.push_back("!" + act->error().place + ": " + act->error().problem);
        if (!reader.find_next()) break;
      } else if (!(*act)->facts) {
        out.push_back((*act)->act + ":" + (*act)->bytes);
      } else {
        out.push_back(((*act)->facts->again ? "=" + (*act)->facts->path : (*act)->facts->id + ":" + (*act)->bytes));
      }
    }
    return out;
  }

  TemporaryFolder folder_;
  EvidencePress press_;
};

TEST_F(EvidenceTest, GivesBackWhatWasTakenIn) {
  const Item a = item_of("a", std::string("\0bytes\xFF", 7));
  const Item empty = item_of("empty", "");
  const auto places = write({a, empty});
  EXPECT_THAT(acts(), ElementsAre("a:" + a.bytes, "empty:"));
  EXPECT_EQ(read_evidence(evidence(), places[1])->facts->id, "empty");
  EXPECT_EQ(read_evidence(evidence(), places[0])->bytes, a.bytes);
  EXPECT_FALSE(read_evidence(evidence(), {1, places[0].offset + 1, 5}));
  EXPECT_FALSE(read_evidence(evidence(), {7, 0, 5}));
}

TEST_F(EvidenceTest, KeepsEveryFactOfAnItem) {
  Item item = item_of("a", "text");
  item.path = "звіт \"1\"\n.txt";
  item.origin = {"c.zip!d.warc",
                 "m",
                 17,
                 99,
                 "feed-item",
                 "https://example.org/x",
                 "2024-01-01T00:00:00Z",
                 "sha1:X",
                 "text/html",
                 "utf-8",
                 "Назва",
                 "outlet",
                 "author",
                 "2024",
                 "rss pubDate",
                 "channel"};
  ItemFacts facts = facts_of(item);
  facts.notes = {"changed while it was read", "друга"};
  facts.reading = {"careful 1f2e3d4c", sha256_hex("what was read")};
  EvidenceWriter to = writer();
  const PackedAct packed = press_.item(item, facts).value();
  ASSERT_TRUE(to.append({&packed, 1}));
  EvidenceReader reader(evidence(), {});
  auto act = reader.next();
  ASSERT_TRUE(act && *act) << (*act).error().line();
  EXPECT_EQ((*act)->facts, facts);
  EXPECT_EQ((*act)->record, packed.record);
  EXPECT_EQ((*act)->commitment(), packed.commitment(to.warcinfo())) << "the log can be compared";
  const Item back = std::move(**act).item();
  EXPECT_EQ(back.origin, item.origin);
  EXPECT_EQ(back.path, item.path);
}

// Any reader of WARCs sees resource records with SHA-256 digests, a revisit and a metadata record, each in a member of its own.
TEST_F(EvidenceTest, IsAWarcToOthers) {
  Item item = item_of("a", "text");
  item.origin.url = "https://example.org/a";
  EvidenceWriter to = writer();
  std::vector<PackedAct> some = {pack(item)};
  some.push_back(press_.again(item, facts_of(item), some[0].record).value());
  some.push_back(press_.note(Act::read, "2025-11-02T10:00:00.000Z", "{\"items\": 1}").value());
  ASSERT_TRUE(to.append(some));
  auto reader = WarcReader::open((evidence() / "my-00001.warc.gz").string());
  ASSERT_TRUE(reader);
  std::vector<std::string> seen;
  while (auto record = reader->next()) {
    ASSERT_TRUE(*record) << record->error().line();
    EXPECT_EQ((*record)->version, "1.1");
    EXPECT_EQ(check_digest((*record)->block_digest, (*record)->block), DigestVerdict::right);
    EXPECT_TRUE((*record)->block_digest.starts_with("sha256:"));
    EXPECT_GT((*record)->length, 0U) << "a member of its own";
    seen.push_back(std::string((*record)->field("WARC-Type")) + " " + std::string((*record)->target_uri));
  }
  EXPECT_THAT(seen, ElementsAre("warcinfo ", "resource https://example.org/a", "revisit https://example.org/a", "metadata "));
  EXPECT_THAT(acts(), ElementsAre("a:text", "=reports/a.txt", "read:{\"items\": 1}"));
}

constexpr const char* kResponse =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=b\r\n\r\n4\r\n<p>x\r\n0\r\n\r\n";

std::string warc_record(const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-1234-4234-8234-123456789abc>\r\nWARC-Date: "
         "2024-05-01T10:00:00Z\r\nWARC-Target-URI: http://example.org/\r\nX-Crawler: own\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Type: "
         "application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(block.size()) + "\r\n\r\n" + block;
}

TEST_F(EvidenceTest, KeepsAWarcRecordWithItsHeaders) {
  Item item = item_of("crawl-1", "<p>x");
  item.origin.url = "http://example.org/";
  item.warc_record = warc_record(kResponse);
  write({item});
  EXPECT_THAT(acts(), ElementsAre("crawl-1:<p>x")) << "the item is its decoded payload";
  auto reader = WarcReader::open((evidence() / "my-00001.warc.gz").string());
  std::vector<std::string> types;
  while (auto record = reader->next()) {
    ASSERT_TRUE(*record);
    types.emplace_back((*record)->field("WARC-Type"));
    if (types.back() == "response") {
      EXPECT_EQ((*record)->block, kResponse);
      EXPECT_EQ((*record)->field("X-Crawler"), "own");
      EXPECT_EQ((*record)->block_digest, "sha1:AAAA") << "as it was, though wrong";
      EXPECT_EQ(check_digest((*record)->field("Litopys-Block-Digest"), (*record)->block), DigestVerdict::right);
      EXPECT_EQ((*record)->date, "2024-05-01T10:00:00Z");
    }
    if (types.back() == "conversion") {
      EXPECT_EQ((*record)->block, "<p>x");
      EXPECT_EQ((*record)->field("WARC-Refers-To"), "<urn:uuid:12345678-1234-4234-8234-123456789abc>");
    }
  }
  EXPECT_THAT(types, ElementsAre("warcinfo", "response", "conversion"));
}

// The reader's buffer grows for the second record, where the first one lay.
TEST_F(EvidenceTest, KeepsAConversionThatIsMuchLongerThanItsRecord) {
  Item item = item_of("crawl-1", std::string(5'000'000, 'x'));
  item.warc_record = warc_record(kResponse);
  write({item, item_of("after", "text")});
  EXPECT_THAT(acts(), ElementsAre("crawl-1:" + item.bytes, "after:text"));
}

// What was read in pictures is a conversion record that names what it derives from, part of the item's act or of a later sighting's.
TEST_F(EvidenceTest, KeepsWhatWasReadInPicturesAsAConversion) {
  Item scan = item_of("scan", "picture");
  scan.transcript = "First page.\f";
  Item blank = item_of("blank", "nothing in it");
  blank.transcript = "";
  Item late = item_of("late", "kept long ago");
  const PackedAct first = pack(late);
  Item again = late;
  again.transcript = "Read later.";
  EvidenceWriter to = writer();
  const std::vector<PackedAct> all = {pack(scan), pack(blank), first, press_.again(again, facts_of(again), first.record).value(),
                                      pack(item_of("z", "last"))};
  const auto places = to.append(all);
  ASSERT_TRUE(places);
  EXPECT_THAT(acts(), ElementsAre("scan:picture", "blank:nothing in it", "late:kept long ago", "=reports/late.txt", "z:last"));
  const std::vector<std::optional<std::string>> transcripts = {"First page.\f", "", std::nullopt, "Read later.", std::nullopt};
  std::size_t n = 0;
  EvidenceReader reader(evidence(), {});
  EvidenceReader checker(evidence(), {}, EvidenceReader::Items::checked);
  while (auto act = reader.next()) {
    ASSERT_TRUE(*act) << act->error().line();
    EXPECT_EQ((*act)->transcript, transcripts[n]) << n;
    EXPECT_EQ((*act)->facts->transcript, transcripts[n].has_value()) << n;
    EXPECT_EQ((*act)->place, (*places)[n]) << n;
    EXPECT_EQ((*act)->commitment(), all[n].commitment(to.warcinfo())) << n;
    EXPECT_EQ((**checker.next()).commitment(), all[n].commitment(to.warcinfo())) << n;
    EXPECT_EQ(std::move(**act).item().transcript, transcripts[n]) << n;
    ++n;
  }
  EXPECT_EQ(n, all.size());
  std::vector<std::string> records;
  auto members = MemberReader::open(evidence() / "my-00001.warc.gz");
  while (auto member = members->next()) records.emplace_back((*member)->bytes);
  ASSERT_EQ(records.size(), 1 + 5 + 3U);
  EXPECT_THAT(records[2], ::testing::HasSubstr("WARC-Type: conversion\r\n"));
  EXPECT_THAT(records[2], ::testing::HasSubstr("WARC-Refers-To: " + all[0].record + "\r\n"));
  EXPECT_THAT(records[2], ::testing::HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_THAT(records[7], ::testing::HasSubstr("WARC-Refers-To: " + first.record + "\r\n")) << "the record with the content";
  // One bit of a transcript, and one that is gone.
  const std::string whole = read_whole(evidence() / "my-00001.warc.gz");
  std::string bytes = whole;
  bytes[(*places)[0].offset + (*places)[0].length - 20] ^= 1;
  folder_.write("evidence/my-00001.warc.gz", bytes);
  EXPECT_THAT(acts(), ::testing::Contains(::testing::StartsWith("!byte ")));
  bytes = whole;
  std::uint64_t begin = (*places)[0].offset;
  {
    auto at = MemberReader::open(evidence() / "my-00001.warc.gz", begin);
    (void)at->next();
    begin = at->offset();
  }
  bytes.erase(begin, (*places)[1].offset - begin);
  folder_.write("evidence/my-00001.warc.gz", bytes);
  EXPECT_THAT(acts(), ::testing::Contains(::testing::HasSubstr("this is not the transcript that the record before announces")));
}

TEST_F(EvidenceTest, ChecksItemsWithoutGivingTheirBytes) {
  Item converted = item_of("crawl-1", "<p>x");
  converted.warc_record = warc_record(kResponse);
  Item plain = item_of("crawl-2", "<p>y");
  plain.warc_record = warc_record("HTTP/1.1 200 OK\r\n\r\n<p>y");
  write({item_of("a", "text"), converted, plain});
  EvidenceReader with(evidence(), {});
  EvidenceReader without(evidence(), {}, EvidenceReader::Items::checked);
  for (int i = 0; i < 3; ++i) {
    auto given = with.next();
    auto checked = without.next();
    ASSERT_TRUE(given && *given && checked && *checked) << i;
    EXPECT_EQ((*checked)->bytes, "");
    EXPECT_EQ((*given)->bytes.size(), 4U);
    EXPECT_EQ((*checked)->facts, (*given)->facts);
    EXPECT_EQ((*checked)->commitment(), (*given)->commitment());
  }
  EXPECT_FALSE(without.next());
}

TEST_F(EvidenceTest, ConvertsNothingWhereThePayloadIsTheItem) {
  Item item = item_of("crawl-1", "<p>x");
  item.warc_record = warc_record("HTTP/1.1 200 OK\r\n\r\n<p>x");
  const auto places = write({item});
  EXPECT_THAT(acts(), ElementsAre("crawl-1:<p>x"));
  auto reader = MemberReader::open(evidence() / "my-00001.warc.gz", places[0].offset);
  ASSERT_TRUE(reader->next()->has_value());
  EXPECT_FALSE(reader->next());
}

// A header that a reader of ours could not take back is not copied: the item is a resource then.
TEST_F(EvidenceTest, KeepsTheItemWhereTheWarcRecordIsBroken) {
  for (const std::string& record :
       {std::string("no header"), warc_record(kResponse) + "too long", warc_record(kResponse).replace(0, 8, "WARC/9.9"),
        warc_record(kResponse).insert(10, "Litopys-Salt: 00\r\n")}) {
    std::filesystem::remove_all(evidence());
    std::filesystem::create_directory(evidence());
    Item item = item_of("crawl-1", "<p>x");
    item.warc_record = record;
    write({item});
    EXPECT_THAT(acts(), ElementsAre("crawl-1:<p>x")) << record;
  }
}

TEST_F(EvidenceTest, BeginsANewSegmentWhereOneIsFull) {
  std::vector<EvidencePlace> places;
  for (int i = 0; i < 5; ++i) {
    EvidenceWriter to = writer(1000);  // opened anew each time: it goes on where it was
    const PackedAct act = pack(item_of(std::to_string(i), "content " + std::to_string(i)));
    places.push_back(to.append({&act, 1})->front());
    EXPECT_EQ(to.end(), (EvidenceEnd{places.back().segment, places.back().offset + places.back().length}));
  }
  EXPECT_GT(places.back().segment, 1U);
  EXPECT_THAT(acts(), ElementsAre("0:content 0", "1:content 1", "2:content 2", "3:content 3", "4:content 4"));
  EXPECT_THAT(acts({places[2].segment, places[2].offset}), ElementsAre("2:content 2", "3:content 3", "4:content 4"));
  EXPECT_EQ(read_evidence(evidence(), places[4])->bytes, "content 4");
  EXPECT_TRUE(std::filesystem::exists(evidence() / segment_name("my", places[4].segment)));
}

// Section 6.2 of WARC 1.1.
TEST_F(EvidenceTest, SaysInEverySegmentWhoWroteItAndHow) {
  for (int i = 0; i < 3; ++i) {
    EvidenceWriter to = writer(1);
    const PackedAct act = pack(item_of(std::to_string(i), "content " + std::to_string(i)));
    ASSERT_TRUE(to.append({&act, 1}));
  }
  const std::string first = "software: litopys " LITOPYS_VERSION
                            "\r\nformat: WARC File Format 1.1\r\nconformsTo: "
                            "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\nsetting: 1\r\n";
  for (const std::uint32_t number : {1U, 2U, 3U}) {
    const std::string name = segment_name("my", number);
    auto reader = WarcReader::open((evidence() / name).string());
    ASSERT_TRUE(reader);
    const auto record = reader->next();
    ASSERT_TRUE(record && *record) << name;
    EXPECT_EQ((*record)->field("WARC-Type"), "warcinfo");
    EXPECT_EQ((*record)->field("WARC-Filename"), name);
    EXPECT_EQ((*record)->field("Content-Type"), "application/warc-fields");
    EXPECT_EQ((*record)->block, first);
  }
}

TEST_F(EvidenceTest, SaysWhenASegmentIsMissingOrStrange) {
  write({item_of("a", "a")});
  const std::string whole = read_whole(evidence() / "my-00001.warc.gz");
  folder_.write("evidence/my-00003.warc.gz", whole);
  EXPECT_THAT(acts(), ElementsAre(HasSubstr("the segment of number 2 is missing")));
  std::filesystem::remove(evidence() / "my-00003.warc.gz");
  folder_.write("evidence/other-00001.warc.gz", whole);
  EXPECT_THAT(acts(), ElementsAre(HasSubstr("two segments of number 1")));
  std::filesystem::remove(evidence() / "other-00001.warc.gz");
  folder_.write("evidence/my-1.warc.gz", whole);
  std::vector<std::string> strangers;
  ASSERT_TRUE(evidence_segments(evidence(), [&](const std::string& name) { strangers.push_back(name); }));
  EXPECT_THAT(strangers, ElementsAre("my-1.warc.gz"));
}

TEST_F(EvidenceTest, NamesDamageAndGoesOnBehindIt) {
  const auto places = write({item_of("a", "aaaa"), item_of("b", "bbbb"), item_of("c", "cccc")});
  std::string bytes = read_whole(evidence() / "my-00001.warc.gz");
  bytes[places[1].offset + 40] = static_cast<char>(bytes[places[1].offset + 40] ^ 4);
  folder_.write("evidence/my-00001.warc.gz", bytes);
  EXPECT_THAT(acts(), ElementsAre("a:aaaa", HasSubstr("!byte " + std::to_string(places[1].offset) + ": no whole gzip member"), "c:cccc"));
}

TEST_F(EvidenceTest, NamesARecordWhoseDigestIsWrong) {
  const MemberPress press;
  write({});
  EvidenceWriter to = writer();
  PackedAct act = pack(item_of("a", "true"));
  // What somebody with a text editor and gzip would do.
  auto reader = [&](const std::string& packed) {
    folder_.write("one", packed);
    auto members = MemberReader::open(folder_ / "one");
    return std::string((*members->next())->bytes);
  };
  std::string record = reader(act.packed);
  record.replace(record.find("\r\n\r\ntrue"), 8, "\r\n\r\nfals");
  act.packed = press.pack(record);
  ASSERT_TRUE(to.append({&act, 1}));
  EXPECT_THAT(acts(), ElementsAre(HasSubstr("its block is not what WARC-Block-Digest says: expected sha256:")));
}

// Whatever byte a crash stopped at: what is whole stays, the torn rest is cut, and the next record is readable.
TEST_F(EvidenceTest, CutsATornEndAtAnyByte) {
  const auto places = write({item_of("a", "first"), item_of("b", "second")});
  const std::string whole = read_whole(evidence() / "my-00001.warc.gz");
  const std::uint64_t second = places[1].offset;
  for (std::size_t length = second + 1; length < whole.size(); length += 7) {
    folder_.write("evidence/my-00001.warc.gz", whole.substr(0, length));
    EvidenceReader reader(evidence(), {});
    ASSERT_TRUE(*reader.next());
    ASSERT_FALSE(*reader.next());
    EXPECT_TRUE(reader.in_tail());
    EXPECT_EQ(reader.end(), (EvidenceEnd{1, second}));
    EvidenceWriter to = writer();
    ASSERT_TRUE(to.cut(reader.end()));
    const PackedAct third = pack(item_of("c", "third"));
    ASSERT_TRUE(to.append({&third, 1}));
    EXPECT_THAT(acts(), ElementsAre("a:first", "c:third")) << length;
  }
}

TEST_F(EvidenceTest, CutsASegmentThatWasOnlyBegun) {
  write({item_of("a", "first")});
  const std::string info = press_.warcinfo("my-00002.warc.gz", "2025-11-02T10:00:00.000Z", "").value();
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, info.size() - 1}) {
    folder_.write("evidence/my-00002.warc.gz", info.substr(0, length));
    EvidenceReader reader(evidence(), {});
    while (auto act = reader.next()) {
      if (!*act) break;
    }
    EXPECT_TRUE(reader.in_tail());
    EvidenceWriter to = writer();
    ASSERT_TRUE(to.cut(reader.end()));
    EXPECT_FALSE(std::filesystem::exists(evidence() / "my-00002.warc.gz"));
    const PackedAct more = pack(item_of("b", std::to_string(length)));
    ASSERT_TRUE(to.append({&more, 1}));
    EXPECT_EQ(to.end().segment, 1U);
  }
  EXPECT_EQ(acts().size(), 4U);
}

// A crash leaves half-written bytes at the end of the last segment and nowhere else.
TEST_F(EvidenceTest, DoesNotTakeDamageBeforeTheLastSegmentForATornEnd) {
  const auto places = write({item_of("a", "first"), item_of("b", "second")});
  folder_.write("evidence/my-00002.warc.gz", press_.warcinfo("my-00002.warc.gz", "2025-11-02T10:00:00.000Z", "").value());
  std::string bytes = read_whole(evidence() / "my-00001.warc.gz");
  bytes[places[1].offset + 30] = static_cast<char>(bytes[places[1].offset + 30] ^ 1);
  folder_.write("evidence/my-00001.warc.gz", bytes);
  EvidenceReader reader(evidence(), {});
  ASSERT_TRUE(*reader.next());
  ASSERT_FALSE(*reader.next());
  EXPECT_FALSE(reader.in_tail());
  EXPECT_THAT((*reader.next()).error().place, HasSubstr("byte " + std::to_string(places[1].offset))) << "the error stands";
}

// A limit on the file's size makes write() stop half-way, as a full disk does.
TEST_F(EvidenceTest, LeavesNothingOfABatchThatDidNotFit) {
  const auto places = write({item_of("a", "first")});
  const std::uint64_t size = places[0].offset + places[0].length;
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    EvidenceWriter to = writer();
    const rlimit limit{size + 40, size + 40};
    setrlimit(RLIMIT_FSIZE, &limit);
    const PackedAct act = pack(item_of("b", "second"));
    const bool failed = !to.append({&act, 1});
    const bool again = !to.append({&act, 1});
    _exit(failed && again && std::filesystem::file_size(evidence() / "my-00001.warc.gz") == size ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_THAT(acts(), ElementsAre("a:first"));
}

TEST(ItemFacts, AreRefusedWhereTheyAreNone) {
  EXPECT_FALSE(facts_of_json(std::string_view())) << "a record without the field";
  for (const char* json :
       {"", "[]", "{}", "{\"path\": \"x\"}", "{\"path\": \"x\", \"taken\": \"t\", \"sha256\": \"../../etc/passwd\", \"size\": 1}"}) {
    EXPECT_FALSE(facts_of_json(json)) << json;
  }
}

TEST(ItemFacts, AreCutToWhatCanBeKept) {
  Item item;
  item.path = "a\xFF";
  item.origin.title = std::string(20'000, 'x') + "я";
  std::string cyrillic;
  for (int i = 0; i < 9000; ++i) cyrillic += "я";
  item.origin.author = cyrillic;
  make_keepable(item);
  EXPECT_EQ(item.path, "a\xEF\xBF\xBD");
  EXPECT_EQ(item.origin.title.size(), kLongestOrigin);
  EXPECT_EQ(item.origin.author, cyrillic.substr(0, kLongestOrigin)) << "whole letters";
}

}  // namespace
}  // namespace litopys
