#include "base/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/small_letters.h"

namespace litopys {
namespace {

TEST(Utf8, ReplacesEachMalformedSequenceAsUnicodeRecommends) {
  const struct {
    std::string bytes, repaired;
  } cases[] = {
      {"плюс", "плюс"},
      {"a\xFF"
       "b",
       "a\uFFFDb"},
      {"\xC0\xAF", "\uFFFD\uFFFD"},            // overlong
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},  // surrogate
      {"\xF0\x9F\x98", "\uFFFD"},              // cut short
      {"\xD0", "\uFFFD"},
      {"😀", "😀"},
  };
  for (const auto& [bytes, repaired] : cases) EXPECT_EQ(utf8::repaired(bytes), repaired) << bytes;
}

TEST(Utf8, NamesTheFirstMalformedByte) {
  EXPECT_EQ(utf8::first_invalid("усе гаразд"), std::string_view::npos);
  EXPECT_EQ(utf8::first_invalid("так\xFFні"), 6U);
  EXPECT_EQ(utf8::first_invalid("written as such: \uFFFD"), std::string_view::npos);
}

TEST(Utf8, FoldsUkrainianAndRussianCapitals) { EXPECT_EQ(utf8::lowered("ЇЖАК Ґедзь ЁЛКА Єнот ABC É"), "їжак ґедзь ёлка єнот abc é"); }

TEST(Utf8, SmallCyrillicIsWhatDecodingAndFoldingGives) {
  for (char32_t c = 0; c < 0x800; ++c) {
    std::string bytes;
    utf8::append(bytes, c);
    const std::uint16_t pair = utf8::small_cyrillic(bytes, 0);
    EXPECT_EQ(pair != 0, c >= 0x400 && c < 0x460) << bytes;
    if (pair == 0) continue;
    EXPECT_EQ(std::string({static_cast<char>(pair >> 8U), static_cast<char>(pair & 0xFFU)}), utf8::lowered(bytes));
    EXPECT_EQ(utf8::small_cyrillic(bytes.substr(0, 1), 0), 0) << "half of " << bytes;
  }
}

TEST(Utf8, CodePointIndexCountsFromAnyDirection) {
  const std::string text = "aїя€😀b";
  utf8::CodePointIndex index(text);
  EXPECT_EQ(index.at(text.size()), 6U);
  EXPECT_EQ(index.at(0), 0U);
  EXPECT_EQ(index.at(3), 2U);
  EXPECT_EQ(index.at(8), 4U);
}

RC_GTEST_PROP(Utf8Law, RepairedTextIsValidAndRepairingAgainChangesNothing, (const std::string& bytes)) {
  const std::string once = utf8::repaired(bytes);
  RC_ASSERT(utf8::first_invalid(once) == std::string_view::npos);
  RC_ASSERT(utf8::repaired(once) == once);
}

RC_GTEST_PROP(Utf8Law, WalkingBackwardsOverValidTextVisitsWhatWalkingForwardsDid, (const std::string& bytes)) {
  const std::string text = utf8::repaired(bytes);
  std::vector<char32_t> forwards, backwards;
  for (std::size_t i = 0; i < text.size();) {
    const auto got = utf8::decode(text, i);
    forwards.push_back(got.value);
    i += got.size;
  }
  for (std::size_t i = text.size(); i > 0;) {
    const auto got = utf8::decode_before(text, i);
    RC_ASSERT(got.size > 0U);
    backwards.push_back(got.value);
    i -= got.size;
  }
  std::reverse(backwards.begin(), backwards.end());
  RC_ASSERT(forwards == backwards);
}

}  // namespace
}  // namespace litopys
