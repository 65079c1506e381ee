#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/words.h"

namespace litopys {
namespace {

class MatchTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = load_resources(default_paths(), false);
    if (loaded) resources_ = *loaded;
  }
  static void TearDownTestSuite() { resources_.reset(); }
  void SetUp() override { ASSERT_TRUE(resources_) << "the data files load"; }
  static std::shared_ptr<const Resources> resources_;
};
std::shared_ptr<const Resources> MatchTest::resources_;

TEST_F(MatchTest, AsksForEveryLemmaOfAWordInEachLanguage) {
  EXPECT_THAT(match_expression("паспортами", *resources_), ::testing::HasSubstr("\"паспорт\""));
  EXPECT_THAT(match_expression("passports", *resources_), ::testing::HasSubstr("\"passport\""));
}

TEST_F(MatchTest, JoinsWordsWithAndAndBeginningsWithAStar) {
  EXPECT_EQ(match_expression("паспорт*", *resources_), "(\"паспорт\" *)");
  EXPECT_THAT(match_expression("xyzzy* qwxy*", *resources_), "(\"xyzzy\" *) AND (\"qwxy\" *)");
}

TEST_F(MatchTest, TakesAnyBytesAsAQuery) {
  for (const char* query :
       {"", " ", "\"", "a\"b OR c", "NEAR(", "*", "-", "\xFF\xFE", "AND OR NOT", "col:x", "(((", "'; DROP TABLE claim; --"}) {
    const std::string match = match_expression(query, *resources_);
    EXPECT_EQ(std::count(match.begin(), match.end(), '"') % 2, 0) << query;
  }
  EXPECT_EQ(match_expression("  ... ", *resources_), "");
}

}  // namespace
}  // namespace litopys
