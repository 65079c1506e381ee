#include "cli/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/claim_text.h"
#include "cli/plot.h"

namespace litopys {
namespace {

TEST(Terminal, CountsColumnsNotBytes) {
  EXPECT_EQ(columns_of("abc"), 3);
  EXPECT_EQ(columns_of("паспорт"), 7);
  EXPECT_EQ(columns_of("и\u0301"), 1);
  EXPECT_EQ(columns_of("護照"), 4);
}

TEST(Terminal, LetsNoDocumentSteerIt) {
  EXPECT_EQ(plain_line("a\x1b[31mb\x07\r\nc\u202Ed\u2066e"), "a [31mb c d e");
  EXPECT_EQ(plain_line("  two   words\t "), "two words");
}

TEST(Terminal, FitsTextToAWidth) {
  EXPECT_EQ(fitted("абв", 5), "абв  ");
  EXPECT_EQ(fitted("абв", 5, true), "  абв");
  EXPECT_EQ(fitted("абвгд", 5), "абвгд");
  EXPECT_EQ(fitted("абвгде", 5), "абвг…");
  EXPECT_EQ(fitted("護照護照", 4), "護… ");
  EXPECT_EQ(fitted("x", 0), "…");
  for (int width = 1; width < 12; ++width) EXPECT_EQ(columns_of(fitted("護照 паспорт и\u0301 passport", width)), width);
}

TEST(ClaimText, WritesFiguresAsPeopleDo) {
  const auto figure = [](const char* value, Bound bound, Unit unit) {
    return figure_text({*Decimal::parse(value), std::nullopt, bound, unit, ""});
  };
  EXPECT_EQ(figure("2800000", Bound::over, Unit::passport), "> 2\u00A0800\u00A0000");
  EXPECT_EQ(figure("85", Bound::about, Unit::percent), "≈ 85 %");
  EXPECT_EQ(figure("0.5", Bound::exact, Unit::percent), "0.5 %");
  EXPECT_EQ(figure("-1234", Bound::exact, Unit::other), "-1\u00A0234");
  EXPECT_EQ(figure("1000", Bound::several, Unit::person), "several × 1\u00A0000");
  EXPECT_EQ(figure_text({*Decimal::parse("20"), *Decimal::parse("30"), Bound::range, Unit::person, ""}), "20–30");
}

TEST(ClaimText, QuotesCsvWhereItMust) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"x\"\n"), "\"say \"\"x\"\"\n\"");
}

SeriesEntry point(const char* value, Bound bound, const char* first, const char* last) {
  SeriesEntry out;
  out.figure = {*Decimal::parse(value), std::nullopt, bound, Unit::passport, value};
  out.interval = interval_of(out.figure);
  out.first = Date::parse(first)->first_day();
  out.last = Date::parse(last)->last_day();
  return out;
}

TEST(Plot, DrawsBoundsAndDoubtfulDays) {
  const std::string drawn = plot({point("200000", Bound::exact, "2020-06-01", "2020-06-01"), point("2000000", Bound::over, "2023", "2023"),
                                  point("3000000", Bound::about, "2024-11-11", "2024-11-11")},
                                 {.width = 80, .height = 12, .colours = false});
  EXPECT_THAT(drawn, ::testing::HasSubstr("4\u00A0000\u00A0000 ┤"));
  EXPECT_THAT(drawn, ::testing::HasSubstr("●"));
  EXPECT_THAT(drawn, ::testing::HasSubstr("╌▲"));
  EXPECT_THAT(drawn, ::testing::HasSubstr("◆"));
  EXPECT_THAT(drawn, ::testing::HasSubstr("2020"));
  EXPECT_THAT(drawn, ::testing::Not(::testing::HasSubstr("\x1b")));
}

TEST(Plot, TakesAnyPoints) {
  EXPECT_EQ(plot({}, {}), "");
  for (const char* value : {"0", "1", "-5", "0.001", "99999999999999999"}) {
    for (const Bound bound : {Bound::exact, Bound::over, Bound::at_most, Bound::several}) {
      EXPECT_NE(plot({point(value, bound, "2024-01-01", "2024-01-01")}, {.width = 40, .height = 6, .colours = true}), "") << value;
    }
  }
  EXPECT_NE(plot({point("5", Bound::exact, "1900", "2100")}, {.width = 20, .height = 1, .colours = false}), "");
}

}  // namespace
}  // namespace litopys
