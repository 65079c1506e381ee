#include "page/calendar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <span>
#include <string>

namespace litopys {
namespace {

// "2025-05-14 w3 [0,15)" a date, parts that are missing as "?" (year) or left out.
std::string dump(const std::vector<CalendarDate>& dates) {
  std::string out;
  for (const CalendarDate& d : dates) {
    if (!out.empty()) out += "; ";
    out += d.year ? fmt::format("{}", *d.year) : "?";
    if (d.month != 0) out += fmt::format("-{:02}", d.month);
    if (d.day != 0) out += fmt::format("-{:02}", d.day);
    if (d.weekday) out += fmt::format(" w{}", *d.weekday);
  }
  return out;
}

struct Case {
  const char* text;
  Language hint;
  const char* reads;
};

void expect_all(std::span<const Case> cases, DateDetail detail) {
  for (const auto& [text, hint, reads] : cases) EXPECT_EQ(dump(find_dates(text, hint, detail)), reads) << "text: " << text;
}

TEST(Calendar, ReadsDatesOfAllThreeLanguages) {
  const Case cases[] = {
      {"signed on 14 May 2025 in", Language::en, "2025-05-14"},
      {"May 14, 2025", Language::en, "2025-05-14"},
      {"posted on May 17,2023 at", Language::en, "2023-05-17"},
      {"by Sept. 10 they", Language::en, "?-09-10"},
      {"the 1st of January, 2025", Language::en, "2025-01-01"},
      {"on the first of June 2023", Language::en, "2023-06-01"},
      {"January 1st", Language::en, "?-01-01"},
      {"14 травня 2025 року", Language::uk, "2025-05-14"},
      {"5 серп. 2023 р.", Language::uk, "2023-08-05"},
      {"14 берез. 2023", Language::uk, "2023-03-14"},
      {"7 вер. 2025 р.", Language::uk, "2025-09-07"},
      {"30 квіт. 2024-го", Language::uk, "2024-04-30"},
      {"виданий 9 травня 1981 р.", Language::uk, "1981-05-09"},
      {"з 14-го травня", Language::uk, "?-05-14"},
      {"14 мая 2025 г.", Language::ru, "2025-05-14"},
      {"14 мая 25 года", Language::ru, "2025-05-14"},
      {"14 травня 25 року", Language::uk, "2025-05-14"},
      {"30 Июля 2015", Language::ru, "2015-07-30"},
      {"5 dec 2024", Language::en, "2024-12-05"},
      {"the 5 may bring", Language::en, ""},
      {"Вересень 30, 2024", Language::uk, "2024-09-30"},
      {"Сентябрь 31, 2024", Language::ru, ""},
      {"с 03 декабря 2023 года.", Language::ru, "2023-12-03"},
      {"сообщили 17 октября в 09:30.", Language::ru, "?-10-17"},
      {"06 мая 2021 года. Май 2021 года: выдано 310", Language::ru, "2021-05-06; 2021-05"},
      {"с первого января в больнице", Language::ru, "?-01-01"},
      {"двадцять першого січня 2024 року", Language::uk, "2024-01-21"},
      {"грудень 2024-го", Language::uk, "2024-12"},
      {"навесні 2014-го", Language::uk, "2014-21"},
      {"summer of 2023", Language::en, "2023-22"},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, ReadsDigitsOnlyWhereOneReadingExists) {
  const Case cases[] = {
      {"14.05.2025", Language::uk, "2025-05-14"},
      {"14.05.25, 10:15", Language::uk, "2025-05-14"},
      {"2025-05-14T10:15", Language::en, "2025-05-14"},
      {"/2025/05/14/news", Language::en, "2025-05-14"},
      {"05/14/2025", Language::en, "2025-05-14"},
      {"05/06/2025", Language::en, ""},
      {"05/06/2025", Language::uk, "2025-06-05"},
      {"Оновлено 26.09, 14:05", Language::uk, "?-09-26"},
      {"Списки просять до 12.05.", Language::uk, "?-05-12"},
      {"поїзд о 12.05", Language::uk, ""},
      {"курс 12.05 грн", Language::uk, ""},
      {"grew 12.05 times", Language::en, ""},
      {"1.2.3.4", Language::ru, ""},
      {"192.168.10.2025", Language::ru, ""},
      {"вер. 10.05.2025.1", Language::ru, ""},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, ReadsMonthsInRomanFiguresAndNamesBetweenMarks) {
  const Case cases[] = {
      {"Prepared on: 02-XII-2024", Language::en, "2024-12-02"},
      {"5.VII.2025", Language::en, "2025-07-05"},
      {"мережа «Лиман» / 10.ІІІ.2023", Language::uk, "2023-03-10"},  // letters of the Cyrillic
      {"от 7.XI.2022 г.", Language::ru, "2022-11-07"},
      {"24-Mar-2025 09:12", Language::en, "2025-03-24"},
      {"3.грудня.2024", Language::uk, "2024-12-03"},
      {"31.IV.2024", Language::en, ""},
      {"1.X.2", Language::en, ""},
      {"5.VIIII.2025", Language::en, ""},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, TakesAYearInBracketsBehindItsDay) {
  const Case cases[] = {
      {"11 квітня (2025).", Language::uk, "2025-04-11"},
      {"on 11 April (2025) the", Language::en, "2025-04-11"},
      {"11 апреля (2025 г.)", Language::ru, "2025-04-11"},
      {"on 11 April (2025 people)", Language::en, "?-04-11"},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, LeavesOutDaysThatNoCalendarHas) {
  const Case cases[] = {
      {"31 April 2024", Language::en, ""},
      {"30.02.2024", Language::uk, ""},
      {"29 февраля 2023 года", Language::ru, ""},
      {"29 лютого 2024", Language::uk, "2024-02-29"},
      {"45 May", Language::en, ""},
      {"0 мая", Language::ru, ""},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, TellsNumbersAndNamesFromDates) {
  const Case cases[] = {
      {"in May 10,000 people", Language::en, ""}, {"in May 14% of them", Language::en, ""}, {"they may 14 times", Language::en, ""},
      {"у травні 14 людей", Language::uk, ""},    {"1,014 May bugs", Language::en, ""},     {"лист 14", Language::uk, ""},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, GivesEachDayOfARowItsMonthAndYear) {
  const Case cases[] = {
      {"10–12 May 2025", Language::en, "2025-05-10; 2025-05-12"},
      {"on May 10 and 12, 2025", Language::en, "2025-05-10; 2025-05-12"},
      {"вручали 11, а не 12 червня", Language::uk, "?-06-11; ?-06-12"},
      {"с 5 по 10 мая", Language::ru, "?-05-05; ?-05-10"},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, TakesTheWeekdayThatStandsByTheDate) {
  const Case cases[] = {
      {"on Thursday (27 April) in", Language::en, "?-04-27 w4"},
      {"Mon, 14 May 2025", Language::en, "2025-05-14 w1"},
      {"у середу, 14 травня 2025 р.", Language::uk, "2025-05-14 w3"},
      {"14 мая, среда", Language::ru, "?-05-14 w3"},
      {"14 июня. Пятница", Language::ru, "?-06-14 w5"},
      {"14 июня. Пятница выдалась жаркой", Language::ru, "?-06-14"},
      {"on Monday they", Language::en, ""},
  };
  expect_all(cases, DateDetail::dated);
}

TEST(Calendar, GivesPartsWhenAsked) {
  const Case cases[] = {
      {"on Monday in May of 2023", Language::en, "? w1; 2023-05"},
      {"у травні, торік влітку, у 2024 році", Language::uk, "?-05; ?-22; 2024"},
      {"в 2014-м, 1500 человек, 2024.5", Language::ru, "2014"},
      {"they may march", Language::en, ""},
  };
  expect_all(cases, DateDetail::parts);
}

TEST(Calendar, CountsTheNounOfTheYearIntoTheSpan) {
  const std::string text = "від 14 травня 2025 р., у п’ятницю";
  const auto dates = find_dates(text, Language::uk);
  ASSERT_EQ(dates.size(), 1U);
  EXPECT_EQ(dates[0].span.of(text), "14 травня 2025 р.");
  EXPECT_TRUE(dates[0].year_marked);
}

RC_GTEST_PROP(Calendar, SpansAreOrderedDisjointAndInsideWhateverTheBytes, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("1", "31", "2024", ".", "/", "-", " ", ",", "May", "травня", "мая", "року", "го", "th", "и", "Mon", "(",
                                    "XII", ")", "\xD0", "\xFF", "вер", "двадцять", "першого", "навесні", "of", "\n"));
  std::string text;
  for (const auto& piece : pieces) text += piece;
  for (const Language hint : kReadLanguages) {
    std::uint32_t last = 0;
    for (const CalendarDate& d : find_dates(text, hint, DateDetail::parts)) {
      RC_ASSERT(d.span.begin >= last);
      RC_ASSERT(d.span.end > d.span.begin);
      RC_ASSERT(d.span.end <= text.size());
      last = d.span.end;
    }
  }
}

TEST(Calendar, StaysLinearOnLongRuns) {
  for (const std::string piece : {"1.", "1 ", "May ", "10 і ", "\xD0\xB0", "9", " ", "Mon "}) {
    std::string text;
    while (text.size() < 2'000'000) text += piece;
    EXPECT_LE(find_dates(text, Language::uk, DateDetail::parts).size(), text.size()) << piece;  // the test's time limit is the promise
  }
}

}  // namespace
}  // namespace litopys
