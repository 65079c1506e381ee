#include "text/start_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "text/token.h"

namespace litopys {
namespace {

TEST(StartFilter, NeverMissesAWordThatBeginsWithAStem) {
  const std::vector<std::string> stems = {"паспорт", "p", "pa", "ё", "ґанок", "зелёный", "aё", "abcdefё", "passport*", "з'їзд", "Ϙ", "1"};
  const std::vector<std::string> tails = {"", "а", "ами", "s", "\x91", "ё", "0123456789"};
  for (const std::string& stem : stems) {
    StartFilter filter;
    EXPECT_TRUE(filter.empty());
    filter.add(stem);
    EXPECT_FALSE(filter.empty());
    for (const std::string& tail : tails) EXPECT_TRUE(filter.may_start(stem + tail)) << stem << " " << tail;
  }
}

TEST(StartFilter, LettersThatFoldAreOne) {
  // As keys of words have it (text/token.h).
  const std::vector<std::pair<std::string, std::string>> same = {{"ёлка", "елка"}, {"зелёный", "зеленый"}, {"ґанок", "ганок"},
                                                                 {"aёb", "aеb"},   {"abcё", "abcе"},       {"abcdefgёx", "abcdefgеx"}};
  for (const auto& [a, b] : same) {
    ASSERT_EQ(word_key(a), word_key(b));
    StartFilter one, other;
    one.add(a);
    other.add(b);
    EXPECT_TRUE(one.may_start(b)) << a;
    EXPECT_TRUE(other.may_start(a)) << a;
  }
}

TEST(StartFilter, MostOtherWordsAreRefused) {
  StartFilter filter;
  filter.add("паспорт");
  filter.add("passport");
  filter.add("док");
  EXPECT_FALSE(filter.may_start("погода"));
  EXPECT_FALSE(filter.may_start("пасовище"));
  EXPECT_FALSE(filter.may_start("past"));
  EXPECT_FALSE(filter.may_start("д"));
  EXPECT_FALSE(filter.may_start(""));
  EXPECT_TRUE(filter.may_start("документ"));
}

TEST(StartFilter, TheEmptyStemBeginsEveryWord) {
  StartFilter filter;
  filter.add("");
  EXPECT_TRUE(filter.may_start("x"));
  EXPECT_TRUE(filter.may_start(""));
}

}  // namespace
}  // namespace litopys
