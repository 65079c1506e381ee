// Full dates in labels of pages, in whatever language.
#include "page/web_dates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "page/sample.h"

namespace litopys {
namespace {

const MonthNames& months() {
  static const MonthNames names = MonthNames::make(sample::book()).value();
  return names;
}

std::string days(std::string_view text) {
  std::string out;
  for (const WebDate& found : find_web_dates(text, months())) {
    out += (out.empty() ? "" : " ") + found.date.str() + (found.other.year != 0 ? "|" + found.other.str() : "");
  }
  return out;
}

TEST(WebDates, ReadsADayInManyLanguagesAndOrders) {
  const std::pair<const char*, const char*> cases[] = {
      {"erstellt am 7. September 2017, 18:55", "2017-09-07"},
      {"jeudi 13 juin 2019", "2019-06-13"},
      {"martes 17 de marzo de 2020", "2020-03-17"},
      {"Juli 12, 2017", "2017-07-12"},
      {"21. Jan 2022 // Redaktion", "2022-01-21"},
      {"05. Februar 2020", "2020-02-05"},
      {"14-го травня 2025 року", "2025-05-14"},
      {"Четверг, 30 Июля 2015 г.", "2015-07-30"},
      {"5th of May, 2020", "2020-05-05"},
      {"Sept. 28, 2020", "2020-09-28"},
      {"2020-Feb-03", "2020-02-03"},
      {"2023.11.02. 오후", "2023-11-02"},
      {"2021年11月2日", "2021-11-02"},
      {"Stand: 02.02.2022", "2022-02-02"},
      {"2021 m. lapkričio 2 d.", "2021-11-02"},
      {"2021. gada 2. novembrī", "2021-11-02"},
      {"3. juuli 2020", "2020-07-03"},
      {"3 ივლისი, 2020", "2020-07-03"},
      {"3 հուլիսի 2020", "2020-07-03"},
      {"3 Ιουλίου 2020", "2020-07-03"},
      {"3 ביולי 2020", "2020-07-03"},
      {"3 يوليو 2020", "2020-07-03"},
      {"3. 11. 2023", "2023-11-03"},
      {"2012-08-02T10:00Z", "2012-08-02"},
      {"20210630", "2021-06-30"},
      {"31.01.19", "2019-01-31"},
      {"05/06/2021", "2021-06-05|2021-05-06"},
      {"25/06/2021", "2021-06-25"},
      {"06/25/2021", "2021-06-25"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(days(text), want) << text;
}

TEST(WebDates, LeavesAloneWhatIsNoDay) {
  for (const char* text : {"30.02.2024", "version 1.2.3.2021", "+380 44 2024 11", "in 2021", "May 2021", "99.99.2021", "2021-13-01",
                           "tel. 2020", "§ 12.5", "2021 m. 12 butų", "2021. gada"}) {
    EXPECT_EQ(days(text), "") << text;
  }
}

TEST(WebDates, FindsSeveralInOneLine) { EXPECT_EQ(days("Erstellt 1. März 2020 – aktualisiert 12.05.2021"), "2020-03-01 2021-05-12"); }

RC_GTEST_PROP(WebDates, GiveSpansOfTheTextWhateverTheBytes, (const std::string& noise)) {
  const std::string text = noise + " 12 mai 2021 " + noise;
  for (const WebDate& found : find_web_dates(text, months())) {
    RC_ASSERT(found.span.begin < found.span.end);
    RC_ASSERT(found.span.end <= text.size());
    RC_ASSERT(found.date.valid());
  }
}

}  // namespace
}  // namespace litopys
