// How text is cut into the encoder's pieces.
#include "reader/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reader/encoder_file.h"
#include "reader/small_encoder.h"

namespace litopys {
namespace {

using ::testing::ElementsAre;

class Tokenizer : public testing::Test {
 protected:
  std::shared_ptr<const EncoderFile> file_ = *EncoderFile::from_bytes(small_encoder::sealed(small_encoder::body()), "own.model");
  PieceTokenizer tokenizer_{file_->pieces};

  std::vector<std::string> cut(std::string_view text, std::size_t most = 100) const {
    std::vector<std::string> out;
    for (const std::uint32_t id : tokenizer_.cut(text, most)) {
      out.emplace_back(id == tokenizer_.unknown() ? "?" : tokenizer_.piece(id));
    }
    return out;
  }
};

TEST_F(Tokenizer, TakesTheCutWhosePiecesAreLikeliestTogether) {
  EXPECT_THAT(cut("aab"), ElementsAre("▁a", "ab"));
  EXPECT_THAT(cut("no"), ElementsAre("▁no"));
}

TEST_F(Tokenizer, MakesOneUnknownOfCharactersThatNoPieceCovers) {
  EXPECT_THAT(cut("azzz b"), ElementsAre("▁a", "?", "▁", "b"));
  EXPECT_THAT(cut("\xF0\x9F\x99\x82"), ElementsAre("▁", "?"));
}

TEST_F(Tokenizer, FoldsBlanksAndKnowsCompatibilityForms) {
  EXPECT_EQ(tokenizer_.normalise("  a \t b  "), "▁a▁b");
  EXPECT_EQ(tokenizer_.normalise("\u2126"), "▁o");
}

TEST_F(Tokenizer, LeavesOutWhatIsNotRead) { EXPECT_EQ(tokenizer_.normalise("a\u0301b\u00ADc\u200Bn\uFEFF"), "▁abcn"); }

TEST_F(Tokenizer, PutsALetterAndItsMarkTogether) {
  EXPECT_EQ(tokenizer_.normalise("\u0438\u0306"), "▁\u0439");
  EXPECT_EQ(tokenizer_.normalise("\u0306"), "▁\u0306");
  EXPECT_EQ(tokenizer_.normalise("\u0438 \u0306"), "▁\u0438▁\u0306");
}

TEST_F(Tokenizer, CutsNothingOfNothing) {
  EXPECT_THAT(cut(""), ElementsAre());
  EXPECT_THAT(cut(" \t\u200B "), ElementsAre());
}

TEST_F(Tokenizer, KeepsTheBeginningOfWhatIsTooLong) { EXPECT_THAT(cut("no no no", 2), ElementsAre("▁no", "▁no")); }

TEST_F(Tokenizer, TakesAMegabyteWithoutABlankInItsStride) { EXPECT_EQ(tokenizer_.cut(std::string(1U << 20, 'a'), 10).size(), 10U); }

RC_GTEST_FIXTURE_PROP(Tokenizer, CutsAnyBytesIntoPiecesThatSpellTheNormalisedText, ()) {
  const auto bytes =
      *rc::gen::container<std::string>(rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::element('a', 'b', 'n', 'o', ' ')));
  std::string spelled;
  bool unknown = false;
  for (const std::uint32_t id : tokenizer_.cut(bytes, 100000)) {
    RC_ASSERT(id <= tokenizer_.unknown());
    unknown = unknown || id == tokenizer_.unknown();
    spelled += tokenizer_.piece(id);
  }
  if (!unknown) RC_ASSERT(spelled == tokenizer_.normalise(bytes));
}

}  // namespace
}  // namespace litopys
