#include "mention/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mention/time_rules.h"
#include "mention/time_text.h"

namespace litopys {
namespace {

using sample::Case;
using sample::expect_all;
using sample::finder;
using sample::found;

TEST(Time, ReadsAbsoluteDatesWithTheirBounds) {
  const Case english[] = {
      {"It was signed on 27 April 2023.", "2023-04-27 <on 27 April 2023>"},
      {"They must apply by 1 July 2024.", "../2024-07-01 <by 1 July 2024>"},
      {"It runs since March 2014.", "2014-03/.. <since March 2014>"},
      {"It ran from May 2023 to June 2024.", "2023-05/2024-06 <from May 2023 to June 2024>"},
      {"It ran from late March to 1 June 2024.", "2024-03/2024-06-01 <from late March to 1 June 2024>"},
      {"They stay until the end of May 2024.", "../2024-05-31 <until the end of May 2024>"},
      {"It opened in mid-December 2023.", "2023-12 <in mid-December 2023>"},
      {"It began in spring 2020.", "2020-21 <in spring 2020>"},
      {"It counted them in the first half of 2024.", "2024-01/2024-06 <in the first half of 2024>"},
      {"As of early March 2025 it was done.", "../2025-03 <As of early March 2025>"},
      {"In 2014 it was done.", "2014 <In 2014>"},
      {"It has 2014 rows.", ""},
      {"They may march.", ""},
  };
  expect_all(english, Language::en, "");
  const Case ukrainian[] = {
      {"Указ від 20 березня 2025 року діє.", "2025-03-20 <від 20 березня 2025 року>"},
      {"Від 1 січня 2026 року її немає.", "2026-01-01/.. <Від 1 січня 2026 року>"},
      {"Станом на березень 2025 року їх багато.", "../2025-03 <Станом на березень 2025 року>"},
      {"Навесні 2014-го всіх записали.", "2014-21 <Навесні 2014-го>"},
      {"Це квітневий указ 2023 року.", "2023-04 <квітневий>"},
  };
  expect_all(ukrainian, Language::uk, "");
  const Case russian[] = {
      {"Дали время до 1 декабря 2024 года.", "../2024-12-01 <до 1 декабря 2024 года>"},
      {"С 1 января 2024 года введено страхование.", "2024-01-01/.. <С 1 января 2024 года>"},
      {"Это было в мае 2023-го.", "2023-05 <в мае 2023-го>"},
  };
  expect_all(russian, Language::ru, "");
}

TEST(Time, GivesADateWithoutAYearTheNearestOne) {
  const Case english[] = {
      {"They must apply by 1 July.", "../2024-07-01 <by 1 July>"},
      {"It opened on 6 November.", "2023-11-06 <on 6 November>"},
      {"It opened last September.", "2023-09 <last September>"},
      {"It opened in October.", "2023-10 <in October>"},
      {"It opened on Monday.", "2023-12-04 <on Monday>"},
      {"It opened on Thursday.", "2023-12-07 <on Thursday>"},
      {"It opened last Thursday.", "2023-11-30 <last Thursday>"},
      {"It ran from 5 October to 10 November.", "2023-10-05/2023-11-10 <from 5 October to 10 November>"},
  };
  expect_all(english, Language::en, "2023-12-07");
  const Case ukrainian[] = {
      {"Кожен з 1 січня вважатиметься іноземцем.", "2024-01-01/.. <з 1 січня>"},
      {"Це сталося у травні минулого року.", "2022-05 <у травні минулого року>"},
      {"Торік у квітні він попереджав.", "2022-04 <Торік у квітні>"},
      {"Це сталося у вівторок.", "2023-12-05 <у вівторок>"},
  };
  expect_all(ukrainian, Language::uk, "2023-12-07");
}

TEST(Time, AMonthThatHeadsAChroniclesPassageHasBeen) {
  const Case english[] = {
      {"MARCH.", "2023-03 <MARCH>"}, {"May: a man is fined.", "2023-05 <May>"}, {"February.", "2023-02 <February>"}, {"May they not.", ""}};
  expect_all(english, Language::en, "2023-12-28");
  const Case ukrainian[] = {{"Липень.", "2023-07 <Липень>"}, {"Січень", "2023-01 <Січень>"}, {"Липень був сухий.", ""}};
  expect_all(ukrainian, Language::uk, "2023-12-28");
}

TEST(Time, ReadsRelativeExpressions) {
  const Case english[] = {
      {"Yesterday it closed.", "2023-12-06 <Yesterday>"},
      {"It closed last week.", "2023-11-27/2023-12-03 <last week>"},
      {"It closed last year.", "2022 <last year>"},
      {"Next month it will close.", "2024-01 <Next month>"},
      {"It closed eight days ago.", "2023-11-29 <eight days ago>"},
      {"Since the beginning of the year it is closed.", "2023-01-01/.. <Since the beginning of the year>"},
      {"They will do it by the end of the year.", "../2023-12-31 <by the end of the year>"},
  };
  expect_all(english, Language::en, "2023-12-07");
  const Case ukrainian[] = {
      {"Вчора його закрили.", "2023-12-06 <Вчора>"},
      {"Минулого тижня його закрили.", "2023-11-27/2023-12-03 <Минулого тижня>"},
      {"З початку року видали багато.", "2023-01-01/.. <З початку року>"},
      {"До кінця року видадуть решту.", "../2023-12-31 <До кінця року>"},
  };
  expect_all(ukrainian, Language::uk, "2023-12-07");
  const Case russian[] = {
      {"На прошлой неделе его закрыли.", "2023-11-27/2023-12-03 <На прошлой неделе>"},
      {"Завтра его закроют.", "2023-12-08 <Завтра>"},
      {"Восемь дней назад его закрыли.", "2023-11-29 <Восемь дней назад>"},
  };
  expect_all(russian, Language::ru, "2023-12-07");
}

TEST(Time, TheNearestVerbSaysOnWhichSideADateLies) {
  const Case english[] = {
      {"He announced on Thursday that they will close.", "2024-02-22 <on Thursday>"},
      {"It is the will of the people, he said on Thursday.", "2024-02-22 <on Thursday>"},
      {"They were dismissed in May.", "2023-05 <in May>"},
      {"They will be dismissed in May.", "2024-05 <in May>"},
      {"From 1 July payments will be stopped.", "2024-07-01/.. <From 1 July>"},
      {"They were given until 15 December to sign.", "../2023-12-15 <until 15 December>"},
      {"They must sign by 15 December.", "../2024-12-15 <by 15 December>"},
      {"By autumn they will finish.", "../2024-09 <By autumn>"},
      {"By autumn they had finished.", "../2023-09 <By autumn>"},
  };
  expect_all(english, Language::en, "2024-02-27");
  const Case ukrainian[] = {
      {"У травні їх звільнили.", "2023-05 <У травні>"},
      {"З 1 липня виплати припинять.", "2024-07-01/.. <З 1 липня>"},
      {"У травні казали, що їх вивезуть.", "2023-05 <У травні>"},
      {"До осені завершать.", "../2024-09 <До осені>"},
  };
  expect_all(ukrainian, Language::uk, "2024-02-27");
  const Case russian[] = {
      {"В мае их уволили.", "2023-05 <В мае>"},
      {"С 1 июля выплаты прекратят.", "2024-07-01/.. <С 1 июля>"},
      {"К осени завершат.", "../2024-09 <К осени>"},
  };
  expect_all(russian, Language::ru, "2024-02-27");
}

TEST(Time, AVerbOfAnotherClauseSaysNothingOfATime) {
  const Case english[] = {
      {"The bank warned that from June the old cards will be blocked.", "2024-06/.. <from June>"},
      {"The council announces on 27 June that it won't take them.", "2023-06-27 <on 27 June>"},
      {"He announced that a list would open on 1 May.", "2024-05-01 <on 1 May>"},
      {"They struck her off the list in January because she would not sign.", "2024-01 <in January>"},
      {"There won't be a certificate in June.", "2024-06 <in June>"},
      {"They will consider more if the papers are used in September.", "2024-09 <in September>"},
      {"The papers are used and were asked for in September.", "2023-09 <in September>"},
  };
  expect_all(english, Language::en, "2024-02-27");
  const Case ukrainian[] = {
      {"Банк попередив, що з червня старі картки не працюватимуть.", "2024-06/.. <з червня>"},
      {"Торги призначено на вересень.", "2024-09 <на вересень>"},
      {"На початку вересня їх не пустили.", "2023-09 <На початку вересня>"},
  };
  expect_all(ukrainian, Language::uk, "2024-02-27");
  const Case russian[] = {
      {"Банк предупредил, что с июня обслуживание старых карт будет закрыто.", "2024-06/.. <с июня>"},
      {"Торги объявлены на сентябрь.", "2024-09 <на сентябрь>"},
  };
  expect_all(russian, Language::ru, "2024-02-27");
}

TEST(Time, ThePapersDayHasBeenWhateverTheSentenceSaysOfWhatWillBe) {
  const Case english[] = {
      {"Under the decree of the President of April 27, they will be strangers.", "2023-04-27 <of April 27>"},
      {"The doors of the office will close on April 27.", "2024-04-27 <on April 27>"},
  };
  expect_all(english, Language::en, "2023-11-09");
  const Case ukrainian[] = {{"Указ, підписаний 27 квітня, дасть їм час.", "2023-04-27 <27 квітня>"}};
  expect_all(ukrainian, Language::uk, "2023-11-09");
  const Case russian[] = {{"Указ, подписанный 27 апреля, даст им время.", "2023-04-27 <27 апреля>"}};
  expect_all(russian, Language::ru, "2023-11-09");
}

TEST(Time, AVoteOrATermBeforeItsDayBoundsAll) {
  const Case english[] = {
      {"All must have it by the vote on 10 September.", "../2023-09-10 <by the vote on 10 September>"},
      {"All must have it by the beginning of the school year.", "../2023-09-01 <by the beginning of the school year>"},
  };
  expect_all(english, Language::en, "2023-05-31");
  const Case ukrainian[] = {{"До виборів 10 вересня паспорт матимуть усі.", "../2023-09-10 <До виборів 10 вересня>"}};
  expect_all(ukrainian, Language::uk, "2023-05-31");
  const Case russian[] = {
      {"К голосованию 10 сентября паспорт получат все.", "../2023-09-10 <К голосованию 10 сентября>"},
      {"До начала учебного года сдать должны все.", "../2023-09-01 <До начала учебного года>"},
  };
  expect_all(russian, Language::ru, "2023-05-31");
}

TEST(Time, AWeekEndsWithTheReportOrOnTheSundayBefore) {
  const Case thursday[] = {{"За тиждень обшукали сорок домівок.", "2023-11-02/2023-11-09 <За тиждень>"},
                           {"Минулого тижня обшукали сорок домівок.", "2023-10-30/2023-11-05 <Минулого тижня>"},
                           {"На вихідних обшукали сорок домівок.", "2023-11-04/2023-11-05 <На вихідних>"}};
  expect_all(thursday, Language::uk, "2023-11-09");
  const Case monday[] = {{"За неделю обыскали сорок домов.", "2023-11-06/2023-11-12 <За неделю>"},
                         {"В выходные обыскали сорок домов.", "2023-11-11/2023-11-12 <В выходные>"},
                         {"Без выходных работают все.", ""}};
  expect_all(monday, Language::ru, "2023-11-13");
  const Case sunday[] = {{"Over the past week forty houses were searched.", "2023-11-06/2023-11-12 <Over the past week>"},
                         {"At the weekend forty houses were searched.", "2023-11-11/2023-11-12 <At the weekend>"}};
  expect_all(sunday, Language::en, "2023-11-12");
}

TEST(Time, LastAndNextLeaveOutTheCurrentOne) {
  const Case english[] = {
      {"It was condemned last December.", "2016-12 <last December>"},
      {"It was condemned last autumn.", "2016-23 <last autumn>"},
      {"They will come next October.", "2018-10 <next October>"},
  };
  expect_all(english, Language::en, "2017-10-09");
  const Case ukrainian[] = {{"Минулої осені їх не питали.", "2016-23 <Минулої осені>"}};
  expect_all(ukrainian, Language::uk, "2017-10-09");
  const Case russian[] = {{"Прошлой осенью их не спросили.", "2016-23 <Прошлой осенью>"}};
  expect_all(russian, Language::ru, "2017-10-09");
}

TEST(Time, ADateWithoutAYearSharesTheOneOfItsPassage) {
  const Case english[] = {
      {"He signed it on 25 May 2022. The first booklets were handed out on 11 June.",
       "2022-05-25 <on 25 May 2022>; 2022-06-11 <on 11 June>"},
      {"He signed it on 25 May 2022. It will end on 11 June.", "2022-05-25 <on 25 May 2022>; 2024-06-11 <on 11 June>"},
      {"He signed it on 25 May 2022.\n\nThe first were handed out on 11 June.", "2022-05-25 <on 25 May 2022>; 2023-06-11 <on 11 June>"},
  };
  expect_all(english, Language::en, "2024-02-27");
  const Case ukrainian[] = {
      {"Указ підписали 25 травня 2022 року. Перші паспорти видали в липні.", "2022-05-25 <25 травня 2022 року>; 2022-07 <в липні>"}};
  expect_all(ukrainian, Language::uk, "2024-02-27");
  const Case russian[] = {
      {"Указ подписали 25 мая 2022 года. Первые паспорта выдали в июле.", "2022-05-25 <25 мая 2022 года>; 2022-07 <в июле>"}};
  expect_all(russian, Language::ru, "2024-02-27");
}

TEST(Time, CountsFromTheTimeBefore) {
  const Case english[] = {
      {"They came on 30 April 2023. The next day they left.", "2023-04-30 <on 30 April 2023>; 2023-05-01 <The next day>"},
      {"They came on 30 April 2023 and left three weeks later.",
       "2023-04-30 <on 30 April 2023>; 2023-05-15/2023-05-21 <three weeks later>"},
      {"They came on 30 April 2023. In August of that year they left.", "2023-04-30 <on 30 April 2023>; 2023-08 <In August of that year>"},
      {"A week later they left.", ""},
      {"They left on 30 April 2023, and three days earlier had packed.",
       "2023-04-30 <on 30 April 2023>; 2023-04-27 <and three days earlier>"},
  };
  expect_all(english, Language::en, "2024-02-27");
  const Case ukrainian[] = {
      {"Вони прийшли 30 квітня 2023 року. Наступного дня вони пішли.", "2023-04-30 <30 квітня 2023 року>; 2023-05-01 <Наступного дня>"},
      {"Вони прийшли 30 квітня 2023 року. У серпні того ж року вони пішли.",
       "2023-04-30 <30 квітня 2023 року>; 2023-08 <У серпні того ж року>"},
      {"Вони прийшли 30 квітня 2023 року. Два дні потому вони пішли.", "2023-04-30 <30 квітня 2023 року>; 2023-05-02 <Два дні потому>"},
      {"Вони прийшли 30 квітня 2023 року. Наступного ранку вони пішли.", "2023-04-30 <30 квітня 2023 року>; 2023-05-01 <Наступного ранку>"},
      {"Вони пішли 30 квітня 2023 року, за шість днів до того дзвонили.",
       "2023-04-30 <30 квітня 2023 року>; 2023-04-24 <за шість днів до того>"},
      {"Вони пішли 30 квітня 2023 року, за день до того дзвонили.", "2023-04-30 <30 квітня 2023 року>; 2023-04-29 <за день до того>"},
  };
  expect_all(ukrainian, Language::uk, "2024-02-27");
  const Case russian[] = {
      {"Они пришли 24 апреля 2023 года. Пятью днями позже они ушли.", "2023-04-24 <24 апреля 2023 года>; 2023-04-29 <Пятью днями позже>"},
      {"Они ушли 24 апреля 2023 года. Двумя днями раньше звонили.", "2023-04-24 <24 апреля 2023 года>; 2023-04-22 <Двумя днями раньше>"},
      {"Они пришли 24 апреля 2021 года. Двумя годами позже они ушли.", "2021-04-24 <24 апреля 2021 года>; 2023 <Двумя годами позже>"},
      {"Они пришли 24 апреля 2021 года. Спустя два года они ушли.", "2021-04-24 <24 апреля 2021 года>; 2023 <Спустя два года>"},
      {"Они пришли 24 апреля 2023 года, в том же месяце ушли.", "2023-04-24 <24 апреля 2023 года>; 2023-04 <в том же месяце>"},
  };
  expect_all(russian, Language::ru, "2024-02-27");
}

TEST(Time, TheJoinOfAnIntervalMayStandBeforeItsSecondFrame) {
  const Case english[] = {
      {"They opened between 29 April 2023 and the end of May 2023.",
       "2023-04-29/2023-05-31 <between 29 April 2023 and the end of May 2023>"},
      {"They opened on 29 April 2023 and left in May 2023.", "2023-04-29 <on 29 April 2023>; 2023-05 <in May 2023>"},
  };
  expect_all(english, Language::en, "2024-02-27");
}

TEST(Time, SinceLooksBackAndAheadOfLooksAhead) {
  const Case english[] = {
      {"A man without papers has waited since November for a bed.", "2022-11/.. <since November>"},
      {"Clerks will ask for it, as they do since November.", "2022-11/.. <since November>"},
      {"The pace is forced ahead of the November vote.", "../2023-11 <ahead of the November>"},
  };
  expect_all(english, Language::en, "2023-08-29");
}

TEST(Time, AsOfADayToComeIsSince) {
  const Case english[] = {
      {"As of 1 June 2024 the counters will ask for it.", "2024-06-01/.. <As of 1 June 2024>"},
      {"As of 1 February 2024 there were nine counters.", "../2024-02-01 <As of 1 February 2024>"},
  };
  expect_all(english, Language::en, "2024-02-27");
}

TEST(Time, ThePapersDayStandsBehindItsNumberToo) {
  const Case ukrainian[] = {
      {"Указ № 12 від 5 травня 2023 року діє.", "2023-05-05 <від 5 травня 2023 року>"},
      {"Пішли 40, від 5 травня 2023 року нікого.", "2023-05-05/.. <від 5 травня 2023 року>"},
  };
  expect_all(ukrainian, Language::uk, "2024-02-27");
  const Case russian[] = {{"Указ № 12 от 5 мая 2023 года действует.", "2023-05-05 <от 5 мая 2023 года>"}};
  expect_all(russian, Language::ru, "2024-02-27");
}

TEST(Time, AStretchEndsWithTheReportWhereTheSentenceNamesNoOtherTime) {
  const Case english[] = {
      {"In the past three years nine counters closed.", "2021/2024-10-15 <In the past three years>"},
      {"In the past two months nine counters closed.", "2024-08/2024-10-15 <In the past two months>"},
  };
  expect_all(english, Language::en, "2024-10-15");
  const Case ukrainian[] = {
      {"За дев'ять місяців закрили вісім пунктів.", "2024-01/2024-09 <За дев'ять місяців>"},
      {"За два місяці закрили вісім пунктів.", "2024-08/2024-10-15 <За два місяці>"},
      {"У травні 2023 року за два місяці закрили вісім пунктів.", "2023-05 <У травні 2023 року>"},
  };
  expect_all(ukrainian, Language::uk, "2024-10-15");
  const Case russian[] = {
      {"За девять месяцев закрыли восемь пунктов.", "2024-01/2024-09 <За девять месяцев>"},
      {"За три года закрыли восемь пунктов.", "2021/2024-10-15 <За три года>"},
  };
  expect_all(russian, Language::ru, "2024-10-15");
}

TEST(Time, ReadsABareDayWhereAFrameMakesItOne) {
  const Case english[] = {
      {"They must leave by the 20th.", "../2024-08-20 <by the 20th>"},
      {"They were told on the 12th to leave.", "2024-08-12 <on the 12th>"},
      {"They had until 15 December 2023. He was sacked on the 18th.", "../2023-12-15 <until 15 December 2023>; 2023-12-18 <on the 18th>"},
      {"They opened the 20th office.", ""},
      {"They met on the 5th floor.", ""},
      {"On the first visit they are fined.", ""},
  };
  expect_all(english, Language::en, "2024-08-14");
  const Case ukrainian[] = {
      {"Сказали: до 20-го.", "../2024-08-20 <до 20-го>"},
      {"З першого числа їх не приймуть.", "2024-09-01/.. <З першого числа>"},
      {"До десятого класу їх не беруть.", ""},
  };
  expect_all(ukrainian, Language::uk, "2024-08-14");
  const Case russian[] = {
      {"Сказали: до двадцатого.", "../2024-08-20 <до двадцатого>"},
      {"С двадцатого остальных оштрафуют.", "2024-08-20/.. <С двадцатого>"},
      {"Забрали двух бабушек из 25-го дома.", ""},
  };
  expect_all(russian, Language::ru, "2024-08-14");
}

TEST(Time, ReadsYearsInWords) {
  const Case ukrainian[] = {
      {"У травні двадцять третього прийшли двоє.", "2023-05 <У травні двадцять третього>"},
      {"У чотирнадцятому році він відмовився.", "2014 <У чотирнадцятому році>"},
      {"Взяла в дві тисячі п'ятнадцятому, бо мусила.", "2015 <в дві тисячі п'ятнадцятому>"},
      {"У двадцять другому кабінеті темно.", ""},
  };
  expect_all(ukrainian, Language::uk, "2024-08-14");
  const Case russian[] = {
      {"Весной двадцать третьего нас собрали.", "2023-21 <Весной двадцать третьего>"},
      {"С весны девятнадцатого года их много.", "2019-21/.. <С весны девятнадцатого года>"},
      {"В две тысячи двадцать третьем сказали.", "2023 <В две тысячи двадцать третьем>"},
  };
  expect_all(russian, Language::ru, "2024-08-14");
}

TEST(Time, KnowsFeastsQuartersAndTheNewYear) {
  const Case english[] = {
      {"From the new year it will be refused.", "2025-01-01/.. <From the new year>"},
      {"By New Year the counter stood still.", "../2025-01-01 <By New Year>"},
      {"They must sign by Easter.", "../2025-04-20 <by Easter>"},
      {"They gave 300 in the third quarter.", "2024-07/2024-09 <in the third quarter>"},
  };
  expect_all(english, Language::en, "2024-12-18");
  const Case ukrainian[] = {
      {"З нового року їх не приймуть.", "2025-01-01/.. <З нового року>"},
      {"До Великодня всі мають підписати.", "../2025-04-20 <До Великодня>"},
      {"До кінця кварталу всі мають підписати.", "../2024-12-31 <До кінця кварталу>"},
  };
  expect_all(ukrainian, Language::uk, "2024-12-18");
  const Case russian[] = {
      {"С нового года их не примут.", "2025-01-01/.. <С нового года>"},
      {"Ко Дню Победы все должны подписать.", "../2025-05-09 <Ко Дню Победы>"},
      {"За первое полугодие выдали 300.", "2024-01/2024-06 <За первое полугодие>"},
  };
  expect_all(russian, Language::ru, "2024-12-18");
}

TEST(TimeRules, FindsTheEasternEaster) {
  const std::pair<int, const char*> known[] = {{2014, "2014-04-20"}, {2016, "2016-05-01"}, {2020, "2020-04-19"},
                                               {2023, "2023-04-16"}, {2024, "2024-05-05"}, {2025, "2025-04-20"}};
  for (const auto& [year, day] : known) EXPECT_EQ(time_rules::easter(year)->str(), day);
  EXPECT_FALSE(time_rules::easter(2100));
}

TEST(Time, AnIntervalWithoutAYearHasOne) {
  const Case english[] = {{"From 5 to 12 March they issued passports.", "2023-03-05/2023-03-12 <From 5 to 12 March>"}};
  expect_all(english, Language::en, "2023-12-07");
}

// A digest is published "in September" as far as its text says, but its Tuesday is that of its days.
TEST(Time, CountsADigestsWeekdaysFromItsLastDay) {
  expect_all(std::vector<Case>{{"Week 37, 9–15 September 2024.\n\nA driver was fined on Tuesday.",
                                "2024-09-09/2024-09-15 <9–15 September 2024>; 2024-09-10 <on Tuesday>"}},
             Language::en, "2024-09");
  expect_all(std::vector<Case>{{"Тиждень 9–15 вересня 2024 року.\n\nУ вівторок оштрафували водія.",
                                "2024-09-09/2024-09-15 <9–15 вересня 2024 року>; 2024-09-10 <У вівторок>"}},
             Language::uk, "2024-09");
  expect_all(std::vector<Case>{{"Неделя 9–15 сентября 2024 года.\n\nВо вторник оштрафовали водителя.",
                                "2024-09-09/2024-09-15 <9–15 сентября 2024 года>; 2024-09-10 <Во вторник>"}},
             Language::ru, "2024-09");
  expect_all(std::vector<Case>{{"September 2024.\n\nA driver was fined on Tuesday.", "2024-09 <September 2024>; 2024-09 <on Tuesday>"}},
             Language::en, "2024-09");
}

TEST(Time, ResolvesNothingThatTheTextDoesNotFix) {
  const Case nothing[] = {
      {"They must apply by 1 July.", "? <by 1 July>"},
      {"Yesterday it closed.", "? <Yesterday>"},
      {"It opened on Monday.", "? <on Monday>"},
  };
  expect_all(nothing, Language::en, "");
  const Case year_only[] = {
      {"In March it was done.", "2025-03 <In March>"},
      {"It was done last week.", "2025 <last week>"},
  };
  expect_all(year_only, Language::en, "2025");
}

TEST(Time, DatesOfThePublicCasesComeOutRight) {
  const Case russian[] = {
      {"Об этом сообщили 17 октября в 09:30.", "2023-10-17 <17 октября>"},
      {"Указ действует с 03 декабря 2023 года.", "2023-12-03/.. <с 03 декабря 2023 года>"},
  };
  expect_all(russian, Language::ru, "2023-10-19");
  const Case ukrainian[] = {{"Списки просять до 12.05.", "../2024-05-12 <до 12.05>"}};
  expect_all(ukrainian, Language::uk, "2024-04-30");
}

TEST(Time, RowsReadTheirExamples) {
  const Date published{2023, 12, 7, 0};
  for (const Row& row : sample::codebook().rows) {
    if (row.kind != "time" && !row.kind.starts_with("time-")) continue;
    for (const std::string& example : row.yes) {
      const std::vector<Time> all = found(sample::analysed(example, row.language, published));
      EXPECT_TRUE(std::any_of(
          all.begin(), all.end(),
          [&row](const Time& t) { return row.kind != "time" || t.rule == "relative." + row.id || t.rule == "event." + row.id; }))
          << row.file << ":" << row.line << ": " << example;
    }
    for (const std::string& example : row.no) {
      const std::vector<Time> all = found(sample::analysed(example, row.language, published));
      EXPECT_TRUE(std::none_of(all.begin(), all.end(), [&row](const Time& t) { return t.rule == "relative." + row.id; }))
          << row.file << ":" << row.line << ": " << example;
    }
  }
}

TEST(TimeRules, ReadsWhatARowGivesAndNothingElse) {
  for (const char* good :
       {"day-1",       "week+0",        "month-#",    "year+0.end",    "12-31",       "m5",          "last-#days", "last-#months",
        "last-#years", "that.day+1",    "that.day-#", "last-week",     "weekend",     "y2022",       "q3",         "half1",
        "easter",      "quarter+0.end", "last-year",  "first-#months", "that.same-1", "d2022-02-24", "that.since", "that.until",
        "last-6months"}) {
    EXPECT_TRUE(time_rules::parse_relative(good)) << good;
  }
  for (const char* bad : {"", "day", "day1", "eon-1", "13-40", "m13", "month-x", "that.", "y1", "q5", "same-1", "since", "last-months",
                          "last-0months", "d2022-02", "d2022-02-31"})
    EXPECT_FALSE(time_rules::parse_relative(bad)) << bad;
}

RC_GTEST_PROP(Time, SpansLieInsideTheSentenceAndWhenIsWellFormed, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "by ", "1 ", "31 ", "May ", "2024 ", "from ", "to ", "last ", "year ", "до ", "кінця ", "травня ", "року ", "з ", "навесні ",
      "вчора ", "–", "two ", "days ", "ago ", "назад ", "Monday ", ", ", "\xD0", "в ", "прошлом году ", "the ", "20th ", "that day ",
      "later ", "week ", "дві тисячі ", "двадцять ", "третього ", "до 15-го ", "наступного дня ", "через ", "Easter ", "нового ", "and ",
      "March ", "2023 ", "the first quarter ", "of ", "a year earlier ", "роком раніше ", "і ", "червні ", "will ", ". "));
  std::string words;
  for (const auto& piece : pieces) words += piece;
  for (const Language language : kReadLanguages) {
    const auto s = sample::analysed(words, language, Date{2023, 12, 7, 0});
    const auto all = finder().find_all(s.text, s.document);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Sentence& sentence = s.text.sentences[i];
      std::uint32_t last = sentence.span.begin;
      for (const Time& t : all[i]) {
        RC_ASSERT(t.span.begin >= last);
        RC_ASSERT(sentence.span.covers(t.span));
        last = t.span.end;
        if (!t.when) continue;
        RC_ASSERT(When::parse(t.when->str()) == t.when);
      }
    }
  }
}

}  // namespace
}  // namespace litopys
