#include "intake/warc.h"
#include "intake/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "intake/http.h"
#include "intake/warc_maker.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using litopys::testing::gzip;
using litopys::testing::noise;
using litopys::testing::read_whole;
using litopys::testing::warc_record;
using litopys::testing::zstd;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What a reader gave, one line each: "1 response 0+300 block" or "! error".
std::vector<std::string> read_all(std::string_view bytes, const WarcLimits& limits = {}) {
  std::vector<std::string> out;
  WarcReader reader(source_of(bytes), "x.warc", limits);
  while (auto record = reader.next()) {
    if (!*record) {
      out.push_back("! " + record->error().line());
      continue;
    }
    std::string line = std::to_string((*record)->number) + " " + std::string((*record)->field("warc-type")) + " ";
    if ((*record)->held) {
      line += std::string((*record)->block);
    } else {
      std::string streamed;
      const auto got = reader.stream([&](std::string_view piece) {
        streamed += piece;
        return true;
      });
      line += got ? "streamed " + std::to_string(streamed.size()) : "! " + got.error().line();
    }
    out.push_back(std::move(line));
  }
  return out;
}

struct Extent {
  std::uint64_t offset, length;
};
std::vector<Extent> extents(std::string_view bytes) {
  std::vector<Extent> out;
  WarcReader reader(source_of(bytes), "x.warc");
  while (auto record = reader.next()) {
    if (*record) out.push_back({(*record)->offset, (*record)->length});
  }
  return out;
}

const std::string kOne = warc_record({.type = "warcinfo", .block = "software: ours\r\n\r\nafter a blank line\r\n", .uri = ""}, 1);
const std::string kTwo = warc_record({.block = "two"}, 2);
const std::string kThree = warc_record({.block = "three"}, 3);
const std::vector<std::string> kAll = {"1 warcinfo software: ours\r\n\r\nafter a blank line\r\n", "2 response two", "3 response three"};

TEST(Warc, ReadsPlainGzipAndZstdAlike) {
  EXPECT_EQ(read_all(kOne + kTwo + kThree), kAll);
  EXPECT_EQ(read_all(gzip(kOne) + gzip(kTwo) + gzip(kThree)), kAll);
  EXPECT_EQ(read_all(zstd(kOne) + zstd(kTwo) + zstd(kThree)), kAll);
  EXPECT_EQ(read_all(gzip(kOne + kTwo + kThree)), kAll) << "one member for the whole file";
  EXPECT_EQ(read_all(gzip(kOne.substr(0, 70)) + gzip(kOne.substr(70) + kTwo.substr(0, 100)) + gzip(kTwo.substr(100) + kThree)), kAll)
      << "members that know nothing of records";
}

TEST(Warc, ReadsZstdWithADictionaryInFront) {
  const std::string dictionary = kOne + kTwo + "WARC-Target-URI: https://example.org/ HTTP/1.1 200 OK text/html";
  for (const std::string& packed : {dictionary, zstd(dictionary)}) {
    std::string head = "\x5D\x2A\x4D\x18";
    for (unsigned i = 0; i < 4; ++i) head += static_cast<char>(packed.size() >> (8 * i));
    EXPECT_EQ(read_all(head + packed + zstd(kOne, dictionary) + zstd(kTwo, dictionary) + zstd(kThree, dictionary)), kAll);
  }
}

TEST(Warc, KnowsWhereEachRecordLies) {
  const auto plain = extents(kOne + kTwo + kThree);
  ASSERT_EQ(plain.size(), 3U);
  EXPECT_EQ(plain[1].offset, kOne.size());
  EXPECT_EQ(plain[1].length, kTwo.size());
  const std::string one = gzip(kOne);
  const std::string two = gzip(kTwo);
  const auto packed = extents(one + two + gzip(kThree));
  ASSERT_EQ(packed.size(), 3U);
  EXPECT_EQ(packed[0].length, one.size());
  EXPECT_EQ(packed[1].offset, one.size());
  EXPECT_EQ(packed[1].length, two.size());
  const auto shared = extents(gzip(kOne + kTwo));
  ASSERT_EQ(shared.size(), 2U);
  EXPECT_EQ(shared[1].offset, 0U);
  EXPECT_EQ(shared[1].length, 0U) << "it shares its member";
}

TEST(Warc, GivesTheFieldsInOrderAndByName) {
  const std::string bytes =
      "WARC/1.0\nwarc-type:response\nX-Twice: a\nX-Twice: b\nX-Long: one\n  two\nWARC-Target-URI: <https://example.org/a>\ncontent-length: "
      "3\n\nabc\n\n";
  WarcReader reader(source_of(bytes), "x");
  const auto record = reader.next();
  ASSERT_TRUE(record && *record) << record->error().line();
  EXPECT_EQ((*record)->version, "1.0");
  EXPECT_EQ((*record)->type, WarcType::response);
  EXPECT_EQ((*record)->fields.size(), 6U);
  EXPECT_EQ((*record)->field("x-twice"), "a");
  EXPECT_EQ((*record)->field("X-LONG"), "one\n  two");
  EXPECT_EQ((*record)->target_uri, "https://example.org/a");
  EXPECT_EQ((*record)->block, "abc");
  EXPECT_EQ((*record)->field("absent"), "");
  EXPECT_FALSE(reader.next());
}

// --- damage

TEST(Warc, FindsTheNextRecordAfterACorruptMember) {
  const std::string one = gzip(kOne);
  std::string two = gzip(warc_record({.block = noise(5000)}, 2));
  for (std::size_t i = 100; i < 130; ++i) two[i] = static_cast<char>(two[i] ^ 0x5A);
  const auto got = read_all(one + two + gzip(kThree));
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[0], kAll[0]);
  EXPECT_THAT(got[1],
              HasSubstr("x.warc: byte " + std::to_string(one.size()) + ": the gzip member is corrupt; " + std::to_string(two.size()) +
                        " bytes are lost; reading goes on at byte " + std::to_string(one.size() + two.size())));
  EXPECT_EQ(got[2], "2 response three");
}

TEST(Warc, ReadsRecordsThatStandUnpackedBetweenMembers) {
  EXPECT_EQ(read_all(gzip(kOne) + kTwo + gzip(kThree)), kAll);
  EXPECT_EQ(read_all(gzip(kOne) + kTwo + kThree), kAll);
  EXPECT_EQ(read_all(zstd(kOne) + kTwo + zstd(kThree)), kAll);
  // The mark of a member within the record begins none; a record of more than a window is one all the same.
  const std::string mark("\x1F\x8B\x08", 3);
  const std::string large = warc_record({.block = mark + noise(600'000) + mark}, 2);
  const auto got = read_all(gzip(kOne) + large + gzip(kThree));
  ASSERT_EQ(got.size(), 3U) << got.back();
  EXPECT_EQ(got[1], "2 response " + mark + noise(600'000) + mark);
  EXPECT_EQ(got[2], kAll[2]);
  const auto at = extents(gzip(kOne) + kTwo + gzip(kThree));
  ASSERT_EQ(at.size(), 3U);
  EXPECT_EQ(at[1].offset, gzip(kOne).size());
  EXPECT_EQ(at[1].length, kTwo.size());
}

TEST(Warc, SaysWhereTheSourceFailsBehindTheLastRecord) {
  const std::string bytes = kOne + kTwo;
  std::size_t at = 0;
  WarcReader reader({.read = [&](char* to, std::size_t most) -> Result<std::size_t> {
                      if (at == bytes.size()) return fail(ErrorKind::kUnreadable, {}, {}, "the disk is gone");
                      const std::size_t n = bytes.copy(to, most, at);
                      at += n;
                      return n;
                    }},
                    "x.warc");
  std::vector<std::string> got;
  while (auto record = reader.next()) got.push_back(*record ? std::string((*record)->block) : record->error().line());
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[1], "two");
  EXPECT_THAT(got[2], HasSubstr("x.warc: byte " + std::to_string(bytes.size()) + ": the disk is gone"));
}

TEST(Warc, SurvivesAMemberOfWhichTheLibraryTakesMoreThanThereIs) {
  std::ifstream in(LITOPYS_SOURCE_DIR "/fuzz/corpus/warc/eats-beyond", std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  ASSERT_FALSE(bytes.empty());
  EXPECT_FALSE(read_all(bytes).empty());
}

TEST(Warc, FindsTheNextRecordAfterAMemberThatIsCutShort) {
  // What follows is taken for the rest of the cut member, up to the end of the file: nothing may be lost by that but the cut one.
  const std::string one = gzip(kOne), two = gzip(warc_record({.block = noise(900)}, 2));
  for (const std::size_t size : {two.size() / 3, two.size() / 2, two.size() - 9}) {
    const auto got = read_all(one + two.substr(0, size) + gzip(kThree));
    ASSERT_EQ(got.size(), 3U) << size;
    EXPECT_EQ(got[0], kAll[0]);
    EXPECT_THAT(got[1], HasSubstr("byte " + std::to_string(one.size()) + ": the gzip member is c")) << size;
    EXPECT_EQ(got[2], "2 response three") << size;
  }
}

TEST(Warc, FindsARecordBehindJunkThatEndsWithoutALineEnd) {
  const auto got = read_all(kOne + "no record and no line end" + kThree);
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[1], HasSubstr("no record begins here: 25 bytes passed over"));
  EXPECT_EQ(got[2], "2 response three");
}

TEST(Warc, GivesNothingOfAMemberWhoseCheckSumIsWrong) {
  std::string two = gzip(kTwo);
  two[two.size() - 6] = static_cast<char>(two[two.size() - 6] ^ 1);
  const auto got = read_all(gzip(kOne) + two + gzip(kThree));
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[1], HasSubstr("corrupt"));
  EXPECT_EQ(got[2], "2 response three");
}

TEST(Warc, FindsTheNextRecordAfterACorruptZstdFrame) {
  std::string two = zstd(warc_record({.block = noise(5000)}, 2));
  two[4] = static_cast<char>(0xFF);
  const auto got = read_all(zstd(kOne) + two + zstd(kThree));
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[1], HasSubstr("zstd frame is corrupt"));
  EXPECT_EQ(got[2], "2 response three");
}

TEST(Warc, PassesOverBytesBetweenMembers) {
  const auto got = read_all(gzip(kOne) + "something else\n" + gzip(kTwo));
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[1], HasSubstr("no gzip member begins here; 15 bytes are lost"));
  EXPECT_EQ(got[2], kAll[1]);
  EXPECT_EQ(read_all(gzip(kOne) + std::string(512, '\0')), std::vector<std::string>{kAll[0]}) << "padding is no damage";
}

TEST(Warc, KeepsARecordThatTheFileCutsShort) {
  const std::string cut = kOne + kTwo.substr(0, kTwo.size() - 5);
  const auto got = read_all(cut);
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[1], "! x.warc: record 2, byte " + std::to_string(kOne.size()) +
                        ": its header promises 3 bytes, 2 follow, then the file ends; kept as truncated");
  EXPECT_EQ(got[2], "2 response tw");
}

TEST(Warc, KeepsWhatACutMemberStillGives) {
  const std::string two = gzip(warc_record({.block = noise(9000)}, 2));
  const auto got = read_all(gzip(kOne) + two.substr(0, 6000));
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[1], HasSubstr("then the file ends within the compressed member; kept as truncated"));
  ASSERT_GT(got[2].size(), 5000U);
  EXPECT_EQ(got[2].substr(11), noise(9000).substr(0, got[2].size() - 11));
}

TEST(Warc, SaysThatAHeaderIsCut) {
  const auto got = read_all(kOne + kTwo.substr(0, 40));
  ASSERT_EQ(got.size(), 2U);
  EXPECT_THAT(got[1], HasSubstr("record 2, byte " + std::to_string(kOne.size()) + ": ends within its header, 40 bytes long"));
}

TEST(Warc, FindsTheNextRecordAfterALengthThatIsTooSmall) {
  const auto got = read_all(kOne + warc_record({.block = "twelve bytes and more", .length = "12"}, 2) + kThree);
  ASSERT_EQ(got.size(), 4U);
  EXPECT_EQ(got[1], "2 response twelve bytes");
  EXPECT_THAT(got[2], HasSubstr("after record 2, byte "));
  EXPECT_THAT(got[2], HasSubstr("no record begins here: "));
  EXPECT_EQ(got[3], kAll[2]);
  const auto packed = read_all(gzip(kOne) + gzip(warc_record({.block = "twelve bytes and more", .length = "12"}, 2)) + gzip(kThree));
  ASSERT_EQ(packed.size(), 4U);
  EXPECT_EQ(packed[3], kAll[2]);
}

TEST(Warc, FindsTheNextRecordAfterALengthThatIsTooLarge) {
  for (const char* length : {"20", "400", "99999", "20000000000"}) {
    const std::string two = warc_record({.block = "two", .length = length}, 2);
    for (const bool packed : {false, true}) {
      SCOPED_TRACE(std::string(length) + (packed ? " gzip" : " plain"));
      const auto got = read_all(packed ? gzip(kOne) + gzip(two) + gzip(kThree) : kOne + two + kThree);
      ASSERT_GE(got.size(), 3U);
      EXPECT_EQ(got[0], kAll[0]);
      EXPECT_THAT(got[1], HasSubstr("its header promises " + std::string(length) + " bytes"));
      EXPECT_EQ(got.back(), kAll[2]);
      if (std::string_view(length) != "20000000000") {
        ASSERT_EQ(got.size(), 4U);
        EXPECT_EQ(got[2], kAll[1]);
      }
    }
  }
}

// The sizes of the next three are such that a reader which goes back to the same bytes for each record takes minutes.
TEST(Warc, AFileOfLengthsThatLieIsReadOnce) {
  std::string file = kOne;
  constexpr unsigned kRecords = 30'000;
  for (unsigned i = 0; i < kRecords; ++i) {
    file += warc_record({.block = "two", .length = i % 2 == 0 ? "20000000000" : "1000000"}, i + 2);
  }
  WarcReader reader(source_of(file), "x", {.largest_block = 4096});
  unsigned given = 0, wrong = 0;
  while (const auto record = reader.next()) {
    given += record->has_value();
    wrong += !record->has_value();
  }
  EXPECT_EQ(given, kRecords + 1);
  EXPECT_EQ(wrong, kRecords);
  const auto end = read_all(file.substr(0, 600) + "\r\n\r\n" + kThree, {.largest_block = 4});
  EXPECT_EQ(end.back(), "4 response streamed 5") << "one, two and what is cut of another stand before it";
}

TEST(Warc, ARecordInAsManyMembersAsItHasLettersIsReadOnce) {
  std::string block;
  for (int i = 0; i < 400'000; ++i) block += static_cast<char>('a' + i % 23);
  const std::string record = warc_record({.block = block}, 2);
  for (const bool frames : {false, true}) {
    std::string file = gzip(kOne);
    if (frames) file = zstd(kOne);
    for (std::size_t i = 0; i < record.size(); i += 8) file += frames ? zstd(record.substr(i, 8)) : gzip(record.substr(i, 8), 1);
    file += frames ? zstd(kThree) : gzip(kThree);
    const auto got = read_all(file);
    ASSERT_EQ(got.size(), 3U);
    EXPECT_EQ(got[1], "2 response " + block);
    EXPECT_EQ(got[2], kAll[2]);
  }
}

// A stored block of each member runs over the members behind it, to where a block begins that all of them share; the last one is damaged.
TEST(Warc, MembersMadeToRunIntoEachOtherAreNotReadToTheEndFromEach) {
  const auto stored = [](std::size_t size) {
    return std::string({'\0', static_cast<char>(size & 0xFF), static_cast<char>(size >> 8), static_cast<char>(~size & 0xFF),
                        static_cast<char>((~size >> 8) & 0xFF)});
  };
  constexpr std::size_t kShared = 60'000;
  const std::string_view begins = "WARC/1.1\r\n\r\n";
  std::string file;
  for (int i = 0; i < 130; ++i) {
    const std::size_t end = file.size() + kShared;
    file += stored(kShared - 5);
    while (file.size() + 40 < end) {
      file += std::string("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10);
      file += stored(end - file.size() - 5);
      file += begins;
    }
    file.resize(end, '.');
  }
  for (const std::string& tail : {std::string(), gzip(kThree)}) {  // all cut short, all corrupt
    const auto got = read_all(gzip(kOne) + file.substr(5) + tail);
    ASSERT_FALSE(got.empty());
    EXPECT_EQ(got[0], kAll[0]);
  }
}

TEST(Warc, TakesAWarcWithinARecordAsItsBlock) {
  const std::string inner = warc_record({.block = kOne + kTwo + kThree}, 7);
  const std::vector<std::string> wanted = {"1 response " + kOne + kTwo + kThree, "2 response three"};
  EXPECT_EQ(read_all(inner + kThree), wanted);
  EXPECT_EQ(read_all(gzip(inner) + gzip(kThree)), wanted);
}

TEST(Warc, ReportsLengthsThatAreNone) {
  for (const char* length : {"many", "-5", "12 bytes", "", "99999999999999999999"}) {
    const auto got = read_all(kOne + warc_record({.block = "two", .length = length}, 2) + kThree);
    ASSERT_EQ(got.size(), 4U) << length;
    EXPECT_THAT(got[1], HasSubstr("record 2, byte " + std::to_string(kOne.size()))) << length;
    EXPECT_EQ(got[2], kAll[1]) << length;
    EXPECT_EQ(got[3], kAll[2]) << length;
  }
}

TEST(Warc, KeepsARecordWithoutALengthUpToTheNextOne) {
  std::string two = warc_record({.block = "two"}, 2);
  two.erase(two.find("Content-Length"), std::string_view("Content-Length: 3\r\n").size());
  for (const std::string& file : {kOne + two + kThree, gzip(kOne) + gzip(two) + gzip(kThree), gzip(kOne + two + kThree)}) {
    const auto got = read_all(file);
    ASSERT_EQ(got.size(), 4U);
    EXPECT_THAT(got[1], HasSubstr("has no Content-Length; kept, 3 bytes long"));
    EXPECT_EQ(got[2], kAll[1]);
    EXPECT_EQ(got[3], kAll[2]);
  }
  EXPECT_EQ(read_all(kOne + two).back(), kAll[1]) << "nothing follows";
  EXPECT_THAT(read_all(kOne + two + kThree, {.largest_block = 2}).back(), HasSubstr("3 response streamed")) << "too long to be held";
}

// Where a block would end by a length that lies stands "WARC-…" of the next record's head, and no record begins.
TEST(Warc, AFieldOfTheNextRecordIsNoBeginningOfOne) {
  const std::string three = kThree;
  for (std::size_t at = three.find("WARC-"); at != std::string::npos; at = three.find("WARC-", at + 1)) {
    const auto got = read_all(kOne + warc_record({.block = "two", .length = std::to_string(3 + 4 + at)}, 2) + three);
    ASSERT_EQ(got.size(), 4U) << at;
    EXPECT_EQ(got[2], kAll[1]);
    EXPECT_EQ(got[3], kAll[2]);
  }
}

TEST(Warc, SaysOfOtherBytesThatTheyAreNoWarc) {
  EXPECT_THAT(read_all("just some text\n"), ElementsAre(HasSubstr("is no WARC: no record in 15 bytes")));
  EXPECT_THAT(read_all(gzip("just some text\n")), ElementsAre(HasSubstr("is no WARC: no record in 15 bytes")));
  EXPECT_TRUE(read_all("").empty());
}

TEST(Warc, EndsAHeaderWithoutEnd) {
  const auto got = read_all(kOne + "WARC/1.0\r\nX: " + std::string(600 << 10U, 'x') + "\r\n\r\n" + kThree);
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[1], HasSubstr("a header of more than 256 KB"));
  EXPECT_EQ(got[2], kAll[2]);
}

TEST(Warc, StreamsBlocksThatAreTooLargeToHold) {
  const std::string large = noise(3 << 20U);
  const WarcLimits limits{.largest_block = 1 << 20U};
  const std::string record = warc_record({.block = large}, 2);
  const std::vector<std::string> wanted = {kAll[0], "2 response streamed " + std::to_string(large.size()), kAll[2]};
  EXPECT_EQ(read_all(kOne + record + kThree, limits), wanted);
  EXPECT_EQ(read_all(gzip(kOne) + gzip(record) + gzip(kThree), limits), wanted);
  EXPECT_EQ(read_all(zstd(kOne + record + kThree), limits), wanted);
  for (const std::string& file : {kOne + record + kThree, gzip(kOne) + gzip(record, 1) + gzip(kThree)}) {
    WarcReader reader(source_of(file), "x", limits);
    std::string seen;
    while (auto got = reader.next()) {
      ASSERT_TRUE(*got) << got->error().line();
      seen += std::string((*got)->field("WARC-Type")) + ' ';  // passed over without being streamed
    }
    EXPECT_EQ(seen, "warcinfo response response ");
  }
}

TEST(Warc, GivesTheStreamedBytesAsTheyAre) {
  const std::string large = noise(5 << 20U, 9);
  const std::string file = gzip(warc_record({.block = large}), 1);
  WarcReader reader(source_of(file), "x", {.largest_block = 100});
  ASSERT_TRUE(reader.next());
  std::string streamed;
  const auto got = reader.stream([&](std::string_view piece) {
    streamed += piece;
    return true;
  });
  ASSERT_TRUE(got) << got.error().line();
  EXPECT_EQ(streamed, large);
}

TEST(Warc, StreamsALargeMemberOfMoreThanTheWindow) {
  // More than 8 MB compressed: cannot be had whole by the quick way.
  const std::string large = noise(12 << 20U, 3);
  const std::string file = gzip(kOne) + gzip(warc_record({.block = large}, 2), 1) + gzip(kThree);
  const auto got = read_all(file);
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[1], "2 response " + large);
  EXPECT_EQ(got[2], kAll[2]);
}

TEST(Warc, StopsAtABomb) {
  const std::string zeros(40 << 20U, '\0');
  const std::string file = gzip(kOne) + gzip(warc_record({.block = zeros}, 2), 1) + gzip(kThree);
  const auto got = read_all(file, {.largest_block = 1 << 20U, .largest_ratio = 100, .ratio_from = 20 << 20U});
  ASSERT_EQ(got.size(), 2U);
  EXPECT_THAT(got[1], ::testing::ContainsRegex("one compressed member gives more than [0-9]+ MB, over 100 times its bytes"));
}

TEST(Warc, StartsAtAnyByteAndFindsTheNextRecord) {
  std::vector<std::string> parts;
  for (unsigned n = 1; n <= 20; ++n) parts.push_back(warc_record({.block = "block " + std::to_string(n) + noise(200, n)}, n));
  for (const bool packed : {false, true}) {
    std::string file;
    std::vector<std::uint64_t> offsets;
    for (const std::string& part : parts) {
      offsets.push_back(file.size());
      file += packed ? gzip(part) : part;
    }
    for (std::uint64_t at = 0; at < file.size(); at += 7) {
      WarcReader reader(source_of(file), "x");
      ASSERT_TRUE(reader.start_at(at));
      const auto first = reader.next();
      const auto wanted = std::lower_bound(offsets.begin(), offsets.end(), at);
      if (wanted == offsets.end()) {
        EXPECT_FALSE(first && *first) << at;
      } else {
        ASSERT_TRUE(first && *first) << at;
        EXPECT_EQ((*first)->offset, *wanted) << "from " << at;
      }
    }
  }
}

TEST(Warc, SurvivesEveryCutAndEveryFlippedByte) {
  const std::string plain = kOne + kTwo + kThree;
  const std::string packed = gzip(kOne) + gzip(kTwo) + gzip(kThree);
  for (const std::string& file : {plain, packed, zstd(kOne) + zstd(kTwo) + zstd(kThree)}) {
    for (std::size_t i = 0; i < file.size(); ++i) {
      (void)read_all(std::string(file.substr(0, i)));
      std::string flipped = file;
      flipped[i] = static_cast<char>(flipped[i] ^ 0x41);
      const auto got = read_all(flipped);
      EXPECT_GE(got.size(), 2U) << "byte " << i;
      EXPECT_TRUE(std::find(got.begin(), got.end(), kAll[0]) != got.end() ||
                  std::find(got.begin(), got.end(), "1 response three") != got.end() || got.back().find("three") != std::string::npos)
          << "byte " << i << " cost all records";
    }
  }
}

TEST(Warc, ChecksDigestsInBothWritings) {
  // SHA-1 and SHA-256 of "abc" (FIPS 180-2, appendices).
  EXPECT_EQ(check_digest("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", "abc"), DigestVerdict::right);
  EXPECT_EQ(check_digest("SHA-1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abc"), DigestVerdict::right);
  EXPECT_EQ(check_digest("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", "abc"), DigestVerdict::right);
  EXPECT_EQ(check_digest("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "abd"), DigestVerdict::wrong);
  EXPECT_EQ(check_digest("", "abc"), DigestVerdict::none);
  EXPECT_EQ(check_digest("crc32:352441c2", "abc"), DigestVerdict::unknown);
  EXPECT_EQ(check_digest("sha1:short", "abc"), DigestVerdict::unknown);
}

// --- the cases that other readers get wrong, as kinds of our own ...

TEST(Warc, SharedCasesComeOutRight) {
  const std::filesystem::path folder = std::filesystem::path(LITOPYS_SOURCE_DIR) / "../shared/cases/inputs";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "../shared/cases is not there";
  const auto records = [&](const char* name) { return read_all(read_whole(folder / name)); };
  const auto damaged = records("b35-damaged-middle.warc.gz");
  ASSERT_EQ(damaged.size(), 3U);
  EXPECT_THAT(damaged[1], HasSubstr("corrupt"));
  EXPECT_EQ(damaged[2].substr(0, 10), "2 response");
  const auto small = records("b36-length-too-small.warc");
  ASSERT_EQ(small.size(), 4U);
  EXPECT_THAT(small[2], HasSubstr("no record begins here"));
  EXPECT_EQ(records("b39-warcinfo-blank-line.warc").size(), 3U);
  WarcReader reader = WarcReader::open(folder / "b33-two-chunkings.warc").value();
  std::vector<std::string> payloads;
  while (auto record = reader.next()) {
    ASSERT_TRUE(*record);
    if (const auto response = parse_response((*record)->block)) payloads.emplace_back(decode_body(*response, 1 << 20U).bytes);
  }
  ASSERT_EQ(payloads.size(), 2U);
  EXPECT_EQ(payloads[0], payloads[1]) << "one payload, two chunkings";
}

}  // namespace
}  // namespace litopys
