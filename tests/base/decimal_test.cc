#include "base/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace litopys {
namespace {

TEST(Decimal, ReadsAndPrintsWhatReportsWrite) {
  const struct {
    const char *text, *printed;  // "" where it is no number
  } cases[] = {
      {"2800000", "2800000"}, {"2.8", "2.8"}, {"0.50", "0.5"}, {"-3", "-3"},   {"1e6", "1000000"},
      {"12.5e-1", "1.25"},    {"0", "0"},     {"000", "0"},    {"", ""},       {".", ""},
      {"1.2.3", ""},          {"12a", ""},    {"1e", ""},      {"1e9999", ""}, {"99999999999999999999999", ""},
  };
  for (const auto& [text, printed] : cases) {
    const auto got = Decimal::parse(text);
    EXPECT_EQ(got ? got->str() : "", printed) << text;
  }
}

TEST(Decimal, MultipliesExactly) {
  EXPECT_EQ(Decimal::parse("2.8")->times(*Decimal::make(1, 6))->str(), "2800000");
  EXPECT_EQ(Decimal::parse("0.1")->times(*Decimal::parse("0.2"))->str(), "0.02");
  EXPECT_FALSE(Decimal::make(999'999'999'999'999'999)->times(*Decimal::make(77)).has_value()) << "overflow is said, not wrapped";
}

TEST(Decimal, HasNoWholeNumberForAFraction) {
  EXPECT_EQ(Decimal::parse("3500000")->whole(), 3'500'000);
  EXPECT_EQ(Decimal::parse("0.5")->whole(), std::nullopt);
}

RC_GTEST_PROP(DecimalLaw, OrderAndSumAgreeWithIntegers, (std::int32_t a, std::int32_t b)) {
  const auto x = *Decimal::make(a), y = *Decimal::make(b);
  RC_ASSERT((x < y) == (a < b));
  RC_ASSERT((x == y) == (a == b));
  RC_ASSERT(x.plus(y)->whole() == static_cast<std::int64_t>(a) + b);
}

RC_GTEST_PROP(DecimalLaw, PrintingAndReadingGivesTheSameNumber, (std::int64_t digits)) {
  const int exponent = *rc::gen::inRange(-12, 12);
  const auto made = Decimal::make(digits % 1'000'000'000'000, exponent);
  RC_PRE(made.has_value());
  const std::string text = made->str();
  if (text.size() < 18) RC_ASSERT(*Decimal::parse(text) == *made);
}

}  // namespace
}  // namespace litopys
