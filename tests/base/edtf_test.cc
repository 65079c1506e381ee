#include "base/edtf.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace litopys {
namespace {

std::string days(const char* text) {
  const auto date = Date::parse(text);
  if (!date) return "none";
  return Date::of(date->first_day()).str() + " " + Date::of(date->last_day()).str();
}

TEST(Edtf, KeepsThePrecisionThatWasGiven) {
  EXPECT_EQ(days("2024"), "2024-01-01 2024-12-31");
  EXPECT_EQ(days("2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(days("2023-02-28"), "2023-02-28 2023-02-28");
  EXPECT_EQ(days("2024-21"), "2024-03-01 2024-05-31") << "spring";
  EXPECT_EQ(days("2024-24"), "2024-12-01 2025-02-28") << "winter runs into the next year";
  EXPECT_EQ(days("2024-06~"), "2024-06-01 2024-06-30");
}

TEST(Edtf, RefusesWhatIsNoDate) {
  for (const char* text : {"", "24", "2024-13", "2024-00", "2023-02-29", "2024-1", "2024/", "20-24", "2024-21-01", " 2024", "2024-02-30"}) {
    EXPECT_FALSE(Date::parse(text).has_value()) << text;
  }
  for (const char* text : {"", "/", "../..", "2024-02-30/..", "2024//2025", "a/b"}) EXPECT_FALSE(When::parse(text).has_value()) << text;
}

TEST(Edtf, ReadsBackWhatItPrints) {
  for (const char* text : {"2024", "2024-08-09", "2019/..", "../2024-01", "2023-01/2023-12", "2024-06~", "../2025-09-10"}) {
    ASSERT_TRUE(When::parse(text).has_value()) << text;
    EXPECT_EQ(When::parse(text)->str(), text);
  }
}

RC_GTEST_PROP(EdtfLaw, EveryDayOfTheCalendarSurvivesTheRoundTrip, ()) {
  const Day day{std::chrono::days{*rc::gen::inRange(-20000, 60000)}};
  const auto read = Date::parse(Date::of(day).str());
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->first_day() == day);
  RC_ASSERT(read->last_day() == day);
}

}  // namespace
}  // namespace litopys
