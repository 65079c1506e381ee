// Times of several words or dates that are one: a part and its year, a run, a stretch, a year before another time.
#include "mention/time_text.h"

namespace litopys {
namespace {

using sample::Case;
using sample::expect_all;

TEST(Time, APartOfAYearAndItsYearAreOneTime) {
  const Case english[] = {
      {"In the first quarter of 2026 a desk will open.", "2026-01/2026-03 <In the first quarter of 2026>"},
      {"In the first quarter of next year a desk will open.", "2026-01/2026-03 <In the first quarter of next year>"},
      {"In the first nine months of 2023 a desk stood there.", "2023-01/2023-09 <In the first nine months of 2023>"},
      {"It was so at the end of 2023.", "2023-12 <at the end of 2023>"},
      {"In the first two months 300 applied.", "2025-01/2025-02 <In the first two months>"},
      {"Patrols came in the last week of August.", "2024-08 <in the last week of August>"},
      {"In January 2024 it told of the plan for the first quarter.", "2024-01 <In January 2024>; 2024-01/2024-03 <for the first quarter>"},
  };
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {
      {"За перше півріччя 2023 року додали тисячу.", "2023-01/2023-06 <За перше півріччя 2023 року>"},
      {"У другому кварталі минулого року відмовили двом.", "2024-04/2024-06 <У другому кварталі минулого року>"},
      {"За дев'ять місяців 2023 року видали сто.", "2023-01/2023-09 <За дев'ять місяців 2023 року>"},
      {"В останньому тижні серпня пункт зачинили.", "2024-08 <В останньому тижні серпня>"},
  };
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {
      {"В конце прошлого года отчитались.", "2024-12 <В конце прошлого года>"},
      {"За II квартал 2024 года прибавили тысячу.", "2024-04/2024-06 <За II квартал 2024 года>"},
      {"За первое полугодие 2023 года прибавили тысячу.", "2023-01/2023-06 <За первое полугодие 2023 года>"},
      {"За девять месяцев прошлого года выдали сто.", "2024-01/2024-09 <За девять месяцев прошлого года>"},
      {"В первую неделю мая пункт закрыли.", "2024-05-01/2024-05-07 <В первую неделю мая>"},
  };
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, TimesThatFollowOneAnotherAreOneStretch) {
  const Case english[] = {
      {"Patrols came in September and October.", "2024-09/2024-10 <in September and October>"},
      {"They took it in 2019, 2020 and 2021.", "2019/2021 <in 2019, 2020 and 2021>"},
      {"Desks opened in the summer and autumn of 2023.", "2023-06/2023-11 <in the summer and autumn of 2023>"},
      {"Patrols came in May and September.", "2024-05 <in May>; 2024-09 <and September>"},
      {"It was so in 2019 and 2021.", "2019 <in 2019>; 2021 <and 2021>"},
  };
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {{"У вересні й жовтні звіряли списки.", "2024-09/2024-10 <У вересні й жовтні>"},
                            {"У 2019, 2020 і 2021 роках видали тисячу.", "2019/2021 <У 2019, 2020 і 2021>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"Летом и осенью 2023 года открыли пункты.", "2023-06/2023-11 <Летом и осенью 2023 года>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, BothEndsOfAStretchAreOfTheYearNamedBehindThem) {
  const Case english[] = {{"It was so from January to March of last year.", "2024-01/2024-03 <from January to March of last year>"}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {{"З січня по березень минулого року затримали двох.", "2024-01/2024-03 <З січня по березень минулого року>"},
                            {"Протягом січня — березня торік затримали двох.", "2024-01/2024-03 <Протягом січня — березня торік>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case weekdays[] = {{"Brigades went round from Monday to Thursday.", "2025-03-03/2025-03-06 <from Monday to Thursday>"}};
  expect_all(weekdays, Language::en, "2025-03-12");  // a Wednesday
}

TEST(Time, AYearEarlierIsThatOfTheTimeBefore) {
  const Case english[] = {
      {"As of 1 March 2024 it was 41, a year earlier nine.", "../2024-03-01 <As of 1 March 2024>; ../2023-03-01 <a year earlier>"},
      {"From January to June 2024 it was 41. A year earlier it was nine.",
       "2024-01/2024-06 <From January to June 2024>; 2023-01/2023-06 <A year earlier>"},
      {"A year earlier it was nine.", "2024-03 <A year earlier>"},  // than the report
      {"As of 1 March 2024 it was 41, two years earlier nine.", "../2024-03-01 <As of 1 March 2024>; ../2022-03-01 <two years earlier>"},
  };
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {
      {"У травні 2024 року їх було сорок, роком раніше — дев'ять.", "2024-05 <У травні 2024 року>; 2023-05 <роком раніше>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {
      {"29 февраля 2024 года их было сорок, годом ранее — девять.", "2024-02-29 <29 февраля 2024 года>; 2023-02-28 <годом ранее>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, AYearAgoIsTheSameMonth) {
  const Case english[] = {{"A year ago it was nine.", "2024-03 <A year ago>"},
                          {"A year ago in May it was nine.", "2024-05 <A year ago in May>"}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {{"Рік тому їх було дев'ять.", "2024-03 <Рік тому>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"Год назад их было девять.", "2024-03 <Год назад>"}};
  expect_all(russian, Language::ru, "2025-03-12");
  const Case of_a_year[] = {{"A year ago it was nine.", "2024 <A year ago>"}};
  expect_all(of_a_year, Language::en, "2025");
}

TEST(Time, TheFirstDaysWeeksAndMonthsAreCountedFromTheTimeBeforeOrFromWhatIsNamed) {
  const Case english[] = {
      {"The desk opened on 3 April 2023. In the first week 40 came, in the first month 200.",
       "2023-04-03 <on 3 April 2023>; 2023-04-03/2023-04-09 <In the first week>; 2023-04-03/2023-05-03 <in the first month>"},
      {"It opened in June 2022. In the first two weeks nobody came.",
       "2022-06 <in June 2022>; 2022-06-01/2022-06-14 <In the first two weeks>"},
      {"In the first two weeks of March 40 came.", "2025-03-01/2025-03-15 <In the first two weeks of March>"},
      {"It opened on 3 April 2023. In the first year of the war nobody came.", "2023-04-03 <on 3 April 2023>"},
      {"In the first week nobody came.", ""},
  };
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {
      {"Пункт відкрили 3 квітня 2023 року. За перші десять днів прийшло 40.",
       "2023-04-03 <3 квітня 2023 року>; 2023-04-03/2023-04-12 <За перші десять днів>"},
      {"За перші десять днів березня прийшло 40.", "2025-03-01/2025-03-10 <За перші десять днів березня>"},
      {"Пункт відкрили 3 квітня 2023 року. У перші тижні великої війни не приходив ніхто.", "2023-04-03 <3 квітня 2023 року>"},
  };
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {
      {"Пункт открыли в июне 2022 года. За первые полгода пришло 40.", "2022-06 <в июне 2022 года>; 2022-06/2022-11 <За первые полгода>"},
      {"В первую декаду марта пришло 40.", "2025-03-01/2025-03-10 <В первую декаду марта>"},
  };
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, PartsOfThisMonthAndDaysOfTheLast) {
  const Case english[] = {{"In the middle of the month banks closed.", "2025-03 <In the middle of the month>"},
                          {"At the beginning of the month banks closed.", "2025-03 <At the beginning of the month>"},
                          {"By the end of the month banks will close.", "../2025-03-31 <By the end of the month>"},
                          {"In the last ten days of February banks closed.", "2025-02-21/2025-02-28 <In the last ten days of February>"},
                          {"He was dismissed on the 26th of last month.", "2025-02-26 <on the 26th of last month>"}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {{"Його звільнили 26 числа минулого місяця.", "2025-02-26 <26 числа минулого місяця>"},
                            {"За першу половину місяця прийшло 40.", "2025-03-01/2025-03-15 <За першу половину місяця>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"В начале месяца закрыли кассу.", "2025-03 <В начале месяца>"},
                          {"Его уволили 26 числа.", "2025-02-26 <26 числа>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, ThatMonthAndThatYearReachOverAParagraphAndThatDayDoesNot) {
  const Case english[] = {{"The desk opened on 5 May 2023.\n\nThat month forty came.", "2023-05-05 <on 5 May 2023>; 2023-05 <That month>"},
                          {"The desk opened on 5 May 2023.\n\nBy December of the same year all had it.",
                           "2023-05-05 <on 5 May 2023>; ../2023-12 <By December of the same year>"},
                          {"The desk opened on 5 May 2023.\n\nThat day forty came.", "2023-05-05 <on 5 May 2023>"}};
  expect_all(english, Language::en, "2025-03-12");
}

TEST(Time, AMonthsAdjectiveLooksAheadWithWhatIsAimedAt) {
  const Case russian[] = {{"Хотят довести долю до 80 процентов к сентябрьским выборам.", "../2025-09 <к сентябрьским>"},
                          {"После сентябрьских выборов пункт закрыли.", "2024-09/.. <После сентябрьских>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, TheInvasionIsATimeAsABoundOnly) {
  const Case english[] = {
      {"Since the start of the full-scale invasion desks opened.", "2022-02-24/.. <Since the start of the full-scale invasion>"},
      {"Before the full-scale invasion nobody asked.", "../2022-02-24 <Before the full-scale invasion>"},
      {"The full-scale invasion is in its third year.", ""}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {{"Після повномасштабного вторгнення пункт зачинили.", "2022-02-24/.. <Після повномасштабного вторгнення>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case before[] = {{"Since the full-scale invasion desks opened.", "? <Since the full-scale invasion>"}};
  expect_all(before, Language::en, "2021-03-12");
}

TEST(Time, SinceThenByThenAndDuringThatTimeMeanTheTimeBefore) {
  const Case english[] = {
      {"They have until 1 July 2024. After that date they may be expelled.",
       "../2024-07-01 <until 1 July 2024>; 2024-07-01/.. <After that date>"},
      {"From 3 to 9 May 2023 they came. By then two had left.", "2023-05-03/2023-05-09 <From 3 to 9 May 2023>; ../2023-05-09 <By then>"},
      {"The desk opened on 5 May 2023.\n\nSince then two have left.", "2023-05-05 <on 5 May 2023>; 2023-05-05/.. <Since then>"},
      {"Since March 2023 they have come. During that time two left.",
       "2023-03/.. <Since March 2023>; 2023-03/2025-03-12 <During that time>"},
      {"Since then two have left.", ""},
  };
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {
      {"Указ підписали 5 травня 2023 року. Відтоді двоє пішли.", "2023-05-05 <5 травня 2023 року>; 2023-05-05/.. <Відтоді>"},
      {"Пункт відкрили в травні 2023 року. На той час їх було двоє.", "2023-05 <в травні 2023 року>; ../2023-05 <На той час>"},
      {"Пішли після того, як підписали указ.", ""},
  };
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {
      {"Указ подписали 5 мая 2023 года. С тех пор двое ушли.", "2023-05-05 <5 мая 2023 года>; 2023-05-05/.. <С тех пор>"},
      {"Пункт открыли в мае 2023 года. К тому времени их было двое.", "2023-05 <в мае 2023 года>; ../2023-05 <К тому времени>"},
      {"Пункт закрыли, в то время как люди ждали.", ""},
  };
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, ThatSeasonIsTheOneNearestToTheTimeBefore) {
  const Case english[] = {{"They came in June 2023. That autumn two left.", "2023-06 <in June 2023>; 2023-23 <That autumn>"},
                          {"They came in January 2023. That winter two left.", "2023-01 <in January 2023>; 2022-24 <That winter>"},
                          {"That autumn two left.", "? <That autumn>"}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {
      {"Прийшли у червні 2023 року. Тієї ж осені двоє пішли.", "2023-06 <у червні 2023 року>; 2023-23 <Тієї ж осені>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"Пришли в июне 2023 года. Той осенью двое ушли.", "2023-06 <в июне 2023 года>; 2023-23 <Той осенью>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, AStretchInWordsEndsWithTheReport) {
  const Case english[] = {{"Over the past quarter two left.", "2024-10/2024-12 <Over the past quarter>"},
                          {"In the last quarter of 2023 two left.", "2023-10/2023-12 <In the last quarter of 2023>"},
                          {"Over two years nine left.", "2023/2025-03-12 <Over two years>"}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {{"За рік двоє пішли.", "2024-03/2025-03-12 <За рік>"},
                            {"За минулий квартал двоє пішли.", "2024-10/2024-12 <За минулий квартал>"},
                            {"У травні 2023 року сказали, що за рік двоє пішли.", "2023-05 <У травні 2023 року>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"За полгода двое ушли.", "2024-09/2025-03-12 <За полгода>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, WeeksAndMonthsEarlierAreCountedFromTheTimeBefore) {
  const Case english[] = {
      {"They came on 15 May 2023. A week earlier two had left.", "2023-05-15 <on 15 May 2023>; 2023-05-08 <A week earlier>"},
      {"They came on 15 May 2023. Two weeks earlier two had left.", "2023-05-15 <on 15 May 2023>; 2023-05-01 <Two weeks earlier>"},
      {"They came in May 2023. Two months earlier two had left.", "2023-05 <in May 2023>; 2023-03 <Two months earlier>"}};
  expect_all(english, Language::en, "2025-03-12");
  const Case ukrainian[] = {
      {"Прийшли 15 травня 2023 року. За тиждень до того двоє пішли.", "2023-05-15 <15 травня 2023 року>; 2023-05-08 <За тиждень до того>"}};
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"Пришли 15 мая 2023 года. Месяцем ранее двое ушли.", "2023-05-15 <15 мая 2023 года>; 2023-04 <Месяцем ранее>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

TEST(Time, ADayThatTheTextNamesWithItsYearOnceIsOfThatYear) {
  const Case english[] = {
      {"They have until 1 July 2023.\n\nAfter 1 July they may be expelled.",
       "../2023-07-01 <until 1 July 2023>; 2023-07-01/.. <After 1 July>"},
      {"On 1 July 2022 and 1 July 2023 they came.\n\nOn 1 July two left.",
       "2022-07-01 <On 1 July 2022>; 2023-07-01 <and 1 July 2023>; 2024-07-01 <On 1 July>"},                            // of neither
      {"On 9 March 2023 they came.\n\nOn 9 March two left.", "2023-03-09 <On 9 March 2023>; 2025-03-09 <On 9 March>"},  // last Sunday
  };
  expect_all(english, Language::en, "2025-03-12");
  const Case undated[] = {{"In May 2022 they came.\n\nIn July two left.", "2022-05 <In May 2022>; 2022-07 <In July>"}};
  expect_all(undated, Language::en, "");
}

TEST(Time, ADayThatOpensAClauseWithOnIsWhatIsCountedUpTo) {
  const Case ukrainian[] = {{"На 10 лютого в реєстрі 1640 записів.", "../2025-02-10 <На 10 лютого>"},
                            {"Службовець каже, що на 10 лютого їх 1640.", "../2025-02-10 <на 10 лютого>"},
                            {"Збори призначили на 10 лютого.", "2025-02-10 <на 10 лютого>"},
                            {"На 10 квітня призначили збори.", "2025-04-10 <На 10 квітня>"}};  // nobody has counted yet
  expect_all(ukrainian, Language::uk, "2025-03-12");
  const Case russian[] = {{"По данным на 6 февраля, полисы у ста человек.", "../2025-02-06 <По данным на 6 февраля>"}};
  expect_all(russian, Language::ru, "2025-03-12");
}

}  // namespace
}  // namespace litopys
