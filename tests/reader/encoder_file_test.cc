// What the careful reader's file promises: whole it opens, and whatever is wrong with it is said instead of run.
#include "reader/encoder_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "reader/small_encoder.h"
#include "temporary_folder.h"

namespace litopys {
namespace {

using ::testing::HasSubstr;
namespace small = small_encoder;

std::string problem(std::string bytes) {
  const auto got = EncoderFile::from_bytes(std::move(bytes), "own.model");
  return got ? "" : got.error().line();
}

std::string with(const std::string& from, const std::string& to) {
  std::string lines = small::head_lines();
  const std::size_t at = lines.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  lines.replace(at, from.size(), to);
  return small::sealed(small::body(lines));
}

TEST(EncoderFile, OpensWhatIsWholeAndSaysWhatItHolds) {
  const auto file = EncoderFile::from_bytes(small::sealed(small::body()), "own.model");
  ASSERT_TRUE(file) << file.error().line();
  EXPECT_EQ((*file)->head.codebook, "own");
  EXPECT_THAT((*file)->head.measures, ::testing::ElementsAre("issuance", "fine"));
  EXPECT_EQ((*file)->layers.size(), small::kLayers);
  EXPECT_EQ((*file)->outer.rows, small::kOutputs);
  EXPECT_FLOAT_EQ((*file)->head.least_light, -4.0F);
}

TEST(EncoderFile, MapsAFileOfTheDisk) {
  const ::litopys::testing::TemporaryFolder folder;
  const auto file = EncoderFile::open(folder.write("own.model", small::sealed(small::body())));
  ASSERT_TRUE(file) << file.error().line();
  EXPECT_EQ((*file)->pieces.scores.size(), small::kPieces.size());
}

TEST(EncoderFile, SaysThatAFileIsMissing) {
  const auto file = EncoderFile::open("no/such/careful.model");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::kConfig);
  EXPECT_THAT(file.error().line(), HasSubstr("no/such/careful.model"));
}

TEST(EncoderFile, OpensAPointer) {
  const auto file = EncoderFile::from_bytes(small::sealed(small::body(small::head_lines() + small::kPointer)), "own.model");
  ASSERT_TRUE(file) << file.error().line();
  EXPECT_TRUE((*file)->head.points);
  EXPECT_EQ((*file)->pointer.distance.size(), 24U);
  EXPECT_THAT(problem(small::sealed(small::body(small::head_lines() + "pointer origin mood\n"))), HasSubstr("does not know"));
}

TEST(EncoderFile, RefusesEveryTruncation) {
  const std::string whole = small::sealed(small::body(small::head_lines() + small::kPointer));
  for (std::size_t n = 0; n < whole.size(); n += 1 + n / 50) EXPECT_NE(problem(whole.substr(0, n)), "") << n;
}

TEST(EncoderFile, RefusesTruncationsThatAreSealedAnew) {
  const std::string body = small::body();
  for (std::size_t n = 64; n < body.size(); n += 64) EXPECT_NE(problem(small::sealed(body.substr(0, n))), "") << n;
}

TEST(EncoderFile, RefusesAChangedByte) {
  const std::string whole = small::sealed(small::body());
  for (std::size_t at = 0; at < whole.size(); at += 997) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_NE(problem(changed), "") << at;
  }
}

TEST(EncoderFile, RefusesBytesBehindTheArrays) {
  EXPECT_THAT(problem(small::sealed(small::body() + std::string(64, '\0'))), HasSubstr("the head promises"));
}

TEST(EncoderFile, RefusesSizesThatItCannotRunOrThatAreNone) {
  EXPECT_THAT(problem(with("hidden 32", "hidden 33")), HasSubstr("cannot run"));
  EXPECT_THAT(problem(with("heads 2", "heads 3")), HasSubstr("cannot run"));
  EXPECT_THAT(problem(with("hidden 32", "hidden 0")), HasSubstr("out of range"));
  EXPECT_THAT(problem(with("layers 2", "layers -2")), HasSubstr("out of range"));
  EXPECT_THAT(problem(with("layers 2", "layers 99999999999999999999")), HasSubstr("out of range"));
  EXPECT_THAT(problem(with("outputs 13", "outputs 14")), HasSubstr("measures"));
  EXPECT_THAT(problem(with("thresholds 0.3 0.3 0.3", "thresholds 0.3 0.3")), HasSubstr("thresholds"));
  EXPECT_THAT(problem(with("fusion 0 1", "fusion 0 nan")), HasSubstr("weights"));
}

TEST(EncoderFile, RefusesSizesThatPromiseMoreThanIsThere) {
  for (const char* more :
       {"hidden 64", "layers 3", "inner 4096", "positions 4096", "pieces 1000000", "piece-bytes 9999999", "normal 1000"}) {
    const std::string key(more, std::string_view(more).find(' '));
    const std::string lines = small::head_lines();
    const std::size_t at = lines.find("\n" + key + " ") + 1;
    EXPECT_NE(problem(with(lines.substr(at, lines.find('\n', at) - at), more)), "") << more;
  }
}

TEST(EncoderFile, RefusesFloatsThatAreNone) {
  std::string body = small::body();
  const float none = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(body.data() + body.size() - 64, &none, sizeof none);  // of the last array
  EXPECT_THAT(problem(small::sealed(body)), HasSubstr("no number"));
}

TEST(EncoderFile, RefusesPiecesOutOfOrder) {
  std::string body = small::body();
  const std::size_t at = body.find("aabbcno");
  ASSERT_NE(at, std::string::npos);
  body[at] = 'z';
  EXPECT_THAT(problem(small::sealed(body)), HasSubstr("out of order"));
}

}  // namespace
}  // namespace litopys
