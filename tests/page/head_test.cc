// Which day a plain text is of: what its head says outright, and what follows from a day without a year and what else the text names.
#include "page/head.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>

#include "base/language.h"
#include "codebook/gazetteer.h"
#include "page/lines.h"
#include "page/sample.h"

namespace litopys {
namespace {

using sample::read;

constexpr const char* kBody =
    "\n\nPeople who came to the office before noon were told to come back with two photographs, a copy of the old document and a witness, "
    "and those who had all of it were told that the machine had broken down again.\n";

std::string day_of(const std::string& text) {
  const auto got = read(text);
  return got && got->published ? got->published->str() : "-";
}

// With the officials and bodies of the gazetteer.
std::string day_by_people(const std::string& text) {
  static const HeadReader reader = [] {
    const auto people = load_gazetteer(std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer");
    if (!people) throw std::runtime_error(people.error().line());
    auto made = HeadReader::make(sample::book(), &*people);
    if (!made) throw std::runtime_error(made.error().line());
    return std::move(*made);
  }();
  const Head head = reader.read(text, lines_of(text), language_by_letters(text));
  return head.published ? head.published->str() : "-";
}

TEST(Head, TakesTheDayThatAPaperWasMadeWhereItNamesNoOther) {
  EXPECT_EQ(day_of(std::string("Notes on the law of two regions\nPrepared 3 February 2025 by the legal desk (Odesa)") + kBody),
            "2025-02-03");
  EXPECT_EQ(day_of(std::string("Поради тим, хто лишився\nВерсія від 3 жовтня 2023 року, роздрукуйте й передайте далі") + kBody),
            "2023-10-03");
  EXPECT_EQ(day_of(std::string("Ночная кухня\nЗаписано 2 сентября 2022 года в Харькове, имён не называем") + kBody), "2022-09-02");
  EXPECT_EQ(day_of(std::string("Compiled on 2 March 2023\n\nPublished 5 March 2023") + kBody), "2023-03-05")
      << "a day of publication is worth more";
}

TEST(Head, TakesTheDayOfItsHeadWithinThePeriodThatItsTitleNames) {
  EXPECT_EQ(
      day_of(std::string("Legal aid in four towns\nQuarterly report, second quarter of 2024. Signed by the board on 22 August 2024.") +
             kBody),
      "2024-08-22");
  EXPECT_EQ(day_of(std::string("Передмістя: огляд за травень 2023 року\nУпорядкував гурток «Брід», четвер, 11 травня 2023 року.") + kBody),
            "2023-05-11");
  EXPECT_EQ(day_of(std::string("What changes in June 2024\nFrom 1 July 2024 nothing will be paid to strangers.") + kBody), "2024-06")
      << "a day outside the period is what the paper is about";
}

TEST(Head, APaperOfAFewDaysIsOfTheirMonthWhereNothingSaysMore) {
  EXPECT_EQ(day_of(std::string("Harbour digest\nNo. 12 / 3–9 June 2024") + kBody), "2024-06");
  EXPECT_EQ(day_of(std::string("Шість днів на березі: 3–9 червня 2024 року") + kBody), "2024-06");
  EXPECT_EQ(day_of(std::string("Обзор за неделю, 20–26 мая 2023 года") + kBody), "2023-05");
  EXPECT_EQ(day_of(std::string("Harbour digest, 3–9 June 2024\nIssued 11 June 2024") + kBody), "2024-06-11");
}

TEST(Head, TakesTheOnlyDayOfItsHead) {
  EXPECT_EQ(day_of(std::string("Notes of the morning talk of 19 July 2023, for those who were there") + kBody), "2023-07-19");
  EXPECT_EQ(day_of(std::string("Обстановка к вечеру 21 февраля 2024 года. Выпуск 728") + kBody), "2024-02-21");
  EXPECT_EQ(day_of(std::string("Вікно зачиняється з 1 липня 2024 року: що робити?") + kBody), "-") << "a limit is no day of the paper";
}

TEST(Head, JoinsADayToTheOnlyYearOfItsHead) {
  EXPECT_EQ(day_of(std::string("Ефір 29 вересня: розмова з радником\nСтудія «Поле», четвер, 2022 рік") + kBody), "2022-09-29");
  EXPECT_EQ(day_of(std::string("Ефір 29 вересня: розмова з радником\nСтудія «Поле», 2022 рік, архів 2021 року") + kBody), "-")
      << "two years, and no word says which";
}

TEST(Head, ReadsADayBesideALabelOfThePagesFrame) {
  EXPECT_EQ(day_of(std::string("Three roads to one paper\n\nCOMMENT | 22 July 2021") + kBody), "2021-07-22");
  EXPECT_EQ(day_of(std::string("(Vienna, 21 November 2023) – Clerks in two towns ask for a second witness, people say.") + kBody),
            "2023-11-21");
  EXPECT_EQ(day_of(std::string("Обстановка на 31 августа 2024 года: обзор") + kBody), "2024-08-31");
}

TEST(Head, TakesNoEntryOfAChronicleForItsDay) {
  EXPECT_EQ(
      day_of("Twelve dates of pressure\n\nUpdated 12 September 2025\n\n24 February 2022. The invasion begins.\n\n11 June 2022. The first "
             "papers are handed over in the hall.\n\n" +
             std::string(kBody)),
      "2025-09-12");
}

TEST(Head, TakesNoEntryOfAChronicleOfLongEntriesForItsDay) {
  const std::string entry =
      "Окупанти відчинили стіл, де приймають заяви від усіх, хто прийде з двома світлинами, копією документа та свідком, і "
      "пообіцяли, що ввечері того ж дня кожен матиме папір, гербову печатку й номер у книзі, яку ніхто не бачив.\n\n";
  EXPECT_EQ(day_of("Хронологія паперу\n\n20 червня 2022. " + entry + "3 липня 2022. " + entry + "1 вересня 2022. " + entry), "2022");
}

TEST(Head, TakesTheDayThatEndsAFewWordsOnThePaperBehindTheTitle) {
  EXPECT_EQ(
      day_of(std::string("Harbour: how papers were pressed on a town\n\nPut together from what the council kept and from our own earlier "
                         "pages. Closed on 31 January 2025.") +
             kBody),
      "2025-01-31");
  EXPECT_EQ(day_of(std::string("Місто: показники за третій квартал 2025 року\n\nКиїв. Підготувала команда. Збір відомостей завершено 30 "
                               "вересня, оприлюднено 6 жовтня 2025 року.") +
                   kBody),
            "2025-10-06");
  EXPECT_EQ(
      day_of(std::string("Столы области: 2023 год в цифрах\n\nОтчёт начальника управления, полковника в отставке, заслушан на коллегии в "
                         "городе 24 января 2024 г.") +
             kBody),
      "2024-01-24");
  EXPECT_EQ(day_of(std::string("Что делать дачнику") + kBody + "\nКонсультация дана 7 июля 2025 года, порядки могут смениться.\n"),
            "2025-07-07");
}

TEST(Head, AWeekIsNamedByADayThatIsNotThePapers) {
  EXPECT_EQ(day_of(std::string("Questions on two towns\nLibrary digest, week of 12 July 2021") + kBody), "2021-07");
  EXPECT_EQ(day_of(std::string("Два города\nОбзор почты, неделя от 12 июля 2021 года") + kBody), "2021-07");
}

TEST(Head, TheMonthThatEndsAStretchIsThePapersOnlyWhereNoOtherIs) {
  EXPECT_EQ(day_of(std::string("Становище в громадах: червень — листопад 2023 року\nВидання від грудня 2023 року") + kBody), "2023-12");
  EXPECT_EQ(day_of(std::string("Становище в громадах: червень — листопад 2023 року") + kBody), "2023-11");
}

TEST(Head, FindsTheYearOfADatelineByTheSameDayFurtherDown) {
  EXPECT_EQ(
      day_of(
          "Eighteen officials listed\n\nOTTAWA, September 12. /Northwire/. Eighteen people were put on the list, the government said in a "
          "statement of 12 September 2024, and their accounts are frozen from that day on.\n"),
      "2024-09-12");
}

TEST(Head, FindsTheYearByOfficesThatBeganAfterTheInvasionAndTheWeekdayOfTelling) {
  const std::string text =
      "КИЇВ, 9 листопада. /Прозвіт/. Депутати підтримали документ у четвер, повідомив кореспондент. Уповноважений Дмитро Лубінець просив "
      "не вносити правки, бо вони зашкодять тим, кого змусили взяти чужий документ під тиском.\n";
  EXPECT_EQ(day_by_people(text), "2023-11-09");
  EXPECT_EQ(day_of(text), "-") << "nothing else tells the year";
}

TEST(Head, TakesNoWeekdayInQuotationMarksForTheDayOfTelling) {
  const std::string text =
      "HENICHESK, 28 Sept (Northwire) - \"On Friday she asked for a cross, on Wednesday for a photograph,\" a pensioner said of the "
      "teacher; "
      "Vladimir Saldo had promised on Wednesday that nobody would be asked anything at the door of a polling station.\n";
  EXPECT_EQ(day_by_people(text), "2022-09-28");
}

struct HeadCase {
  const char* head;
  const char* day;
  const char* body = kBody;
};

void expect_days(std::span<const HeadCase> cases) {
  for (const auto& [head, day, body] : cases) EXPECT_EQ(day_of(std::string(head) + body), day) << head;
}

TEST(Head, ReadsTheAddressOfAPlainText) {
  expect_days(std::array<HeadCase, 6>{{
      {"https://shore-courier.example/2025/01/28/a-queue\nSHORE COURIER\n\nA queue and its number", "2025-01-28"},
      {"Черга і її номер\nАдреса: www.bereh.example/12-02-2026/cherha", "2026-02-12"},
      {"Очередь и её номер\nhttp://bereg.example/news/2023/09/", "2023-09"},
      {"Очередь и её номер\n27 сентября 2023\nhttp://bereg.example/news/2023/10/02/", "2023-09-27"},
      {"Read also: https://shore-courier.example/2021/01/28/an-older-one\n\nA queue and its number", "-"},
      {"https://shore-courier.example/news/20251\n\nA queue and its number", "-"},
  }});
}

TEST(Head, ReadsStrokesBesideAClockAndTheWayThroughAnArchive) {
  expect_days(std::array<HeadCase, 7>{{
      {"WIRE 2ND LEAD\n12/06/2023 19:22 GMT\n\nFlood and forms", "2023-06-12"},
      {"30/6/26 explainer\nThe last day but one", "2026-06-30"},
      {"06/30/2023 10:00\nThe last day but one", "2023-06-30"},
      {"«Голос берега»\nархів · 2022 · серпень · 11\n\nПаспорт за вікном", "2022-08-11"},
      {"«Голос берега»\nархив › 2022 › август\n\nПаспорт за окном", "2022-08"},
      {"The Shore\nHome | 2022 | 08 | 11\n\nA window and a form", "2022-08-11"},
      {"The Shore\nOpen 24/7/365 for readers\n\nA window and a form", "-"},
  }});
}

TEST(Head, CountsTheDaysOfTheWar) {
  expect_days(std::array<HeadCase, 13>{{
      {"Day 854 of the war: what the night brought", "2024-06-26"},
      {"The 854th day of Russia's full-scale invasion", "2024-06-26"},
      {"Війна. День 1 023-й\n\n12 грудня, ранок. Дніпро", "2024-12-12"},
      {"1023-тя доба повномасштабної війни", "2024-12-12"},
      {"Очередь, которой нет\n\n24 августа, 182-й день войны. Корреспондент «Слободы»", "2022-08-24"},
      {"Сводка, 25 августа\n182-й день войны", "2022-08-25"},  // who counts differs by a day
      {"Сводка, 5 мая\n182-й день войны", "2022-08-24"},
      {"What happened on day 3 of the war", "-"},
      {"182 дня войны: итоги", "-"},
      {"День 1 023-й у черзі", "-"},
      {"what our street knows\n22 July, Friday, day 149", "2022-07-22"},
      {"Сводка\n13 июня. День 475-й", "2023-06-13"},
      {"Сводка\n20 июня. День 475-й", "-"},
  }});
}

TEST(Head, FindsTheYearByAWeekdayAndWhatThereIsOnlySinceTheInvasion) {
  expect_days(std::array<HeadCase, 6>{{
      {"Звернення до громади. Субота, 14 січня, 21:20", "2023-01-14", "\n\nПункти незламності працюють у сорока місцях.\n"},
      {"ЛУГАНСК, 14 июня. Пятница", "2024-06-14", "\n\nНочью над городом летали «шахеды», утром раздавали анкеты.\n"},
      {"Evening notes\nSunday 3 November, midnight", "2024-11-03", "\n\nIn occupied Melitopol the desks stay open.\n"},
      {"Огляд подій, 22 лютого\nЧетвер. Дані на 21:30", "2024-02-22", "\n\nВ окупованому Мелітополі черги.\n"},
      {"Evening notes\nSunday 3 November, midnight", "-", "\n\nIn the town the desks stay open.\n"},
      {"Evening notes\nSunday 26 March, midnight", "2023-03-26", "\n\nIn occupied Melitopol whoever has no form by 1 July 2024 is out.\n"},
  }});
}

TEST(Head, LeadsNoWeekdayBeyondTheReportsThatThereAre) {
  EXPECT_EQ(day_of("Вівторок, 21 березня, 07:52\n\nЧерга стоїть від ранку, а від 2025 року без бланка не впустять.\n"), "-");
}

TEST(Head, TakesTheMonthOfAnIssueAndTheYearOfAPaper) {
  expect_days(std::array<HeadCase, 16>{{
      {"Papers on the shore\nWorking paper 3/2021 (February)", "2021-02"},
      {"Papers on the shore\nPolicy Note 2022/19, October", "2022-10"},
      {"Notes on papers\nNo. 4/2024 (26 January)", "2024-01-26"},
      {"Бюллетень «Берег» № 3 (март) 2021\nПолуостров под расчёт (2014–2021)", "2021-03"},
      {"Берег\nВипуск № 8 (серпень), 2025", "2025-08"},
      {"A woman on the bus\nVoices of the shore, recorded August 2024 for an archive. Names changed.", "2024-08"},
      {"Огляд за 2016 рік. Частина третя", "2016"},
      {"Паспорт і паркан\nАналітична записка. Автор просив не вказувати прізвища. 2021 рік", "2021"},
      {"Лодка и паспорт\nИздано в 2024 г.", "2024"},
      {"A boat and a paper\nExcerpts, 2023.", "2023"},
      {"2021 COUNTRY PAPER: UKRAINE", "2021"},
      {"Who needs a lighthouse?\nThe Long View | Spring 2019", "2019"},
      {"Лист із міста\n(надіслано влітку 2020-го)", "2020"},
      {"Why papers are asked for since March 2021", "-"},
      {"How the peninsula of 2014 became a school of forms", "-"},
      {"A chronology of forms\n2014. May: a vote, and no papers follow.\n2016. March: a paper of their own.", "-"},
  }});
}

TEST(Head, TakesTheYearOfTheCreditsWhereTheHeadNamesNone) {
  EXPECT_EQ(day_of("A boat and a paper" + std::string(kBody) + "\nSubtitles: Northlight Access, 2023\n"), "2023");
}

TEST(Head, TakesTheDayAndHourOfWritingBeforeTheMonthOfTheTitle) {
  expect_days(std::array<HeadCase, 7>{{
      {"Пятнадцать дней: вопросы и ответы (сентябрь 2025)\n\n26 августа 2025, 11:04. Отвечает юрист горячей линии Павел Моргун. Без "
       "вступлений, у людей мало времени.",
       "2025-08-26"},
      {"War tracker no. 754: after the vote\n19 March 2024 (Tuesday). Compiled from open sources by three people; errors are ours, "
       "and none is meant.",
       "2024-03-19"},
      {"A year under two seals, first shown Monday 16 March 2015", "2015-03-16"},
      {"At a glance\n(covering 1 July – 30 September 2025; cut-off for data: 25 September; issued 1 October)", "2025-10-01"},
      {"In figures\nPrepared by the analysts of the region's military administration. Released on 3 December 2024, 14:00. Sources: open "
       "registers.",
       "2024-12-03"},
      {"ХАРКІВ. 2 червня 2023 року, п'ятниця. — Строк сплив", "2023-06-02"},
      {"Щоденник\nРозпочато 24.02.2022. Запис № 706\n29 січня 2024", "2024-01-29"},
  }});
}

TEST(Head, TakesTheDayOfPrintingBeforeTheDaysThatTheReportIsAbout) {
  expect_days(std::array<HeadCase, 4>{{
      {"Море-тиждень, № 31 (28 липня — 3 серпня 2025 року)\nНадруковано 4 серпня", "2025-08-04"},
      {"Сводка по дорогам за 4 августа 2024 года\nГруппа «Пристань». Размещено в понедельник, 5 августа", "2024-08-05"},
      {"Цифры квартала: январь – март 2025 года (бюллетень от 17 апреля)", "2025-04-17"},
      {"Ferries between 12 and 23 May 2025", "2025-05-26",
       "\n\nThe quay was closed to all boats for the whole of the first week, said the harbour master of the town, and then it was opened "
       "again.\n\nSources: three harbour masters. Issued on 26 May 2025.\n"},
  }});
}

TEST(Head, FindsTheYearByWhatIsSaidOfOtherYears) {
  expect_days(std::array<HeadCase, 11>{{
      {"Three years of a queue", "2022", "\n\nThree years ago, in April 2019, the fast track opened for the two towns of the east.\n"},
      {"Три роки черги", "2022",
       "\n\nТри роки тому, у квітні 2019-го, відчинили віконце для двох міст сходу, і черга стоїть досі, кажуть люди.\n"},
      {"Год очереди", "2024",
       "\n\nВ прошлом году, в апреле 2023-го, подписан указ, по которому без паспорта не пускают никуда, говорят жители.\n"},
      {"A queue", "2022", "\n\nThe procedure was first tried three years ago in the Donbas, where it went slowly.\n"},
      {"A queue", "2023", "\n\nIn April this year the decree was signed: who has no paper by 1 July 2024 is a foreigner.\n"},
      {"Очередь", "2023", "\n\nКто не возьмёт бумагу до 1 июля 2024 года, станет иностранцем в своём доме.\n"},
      {"A queue", "2024", "\n\nThe term of 1 July 2024 passed, and those without the paper were foreigners at home.\n"},
      {"A queue", "-", "\n\nUnder Decree 307 those who had no paper by 1 July of this year are foreigners at home.\n"},
      {"A queue", "2024",
       "\n\nThe clerks went to the coast every week in 2023. Seven hundred were sent last year. A million names were written down in "
       "2023.\n"},
      {"A queue", "-",
       "\n\nThe office closed in autumn 2022. Last summer its clerks were sent home. It opened in 2022 and had one door.\n"},
      {"A queue\nKYIV, 3 May (Northwire) - The clerks went to the coast again.", "2024-05-03",
       "\n\nThe first desk of the coast opened last year, in May 2023, with one lamp, and nobody came to it.\n"},
  }});
}

TEST(Head, FindsTheMonthOfNewsWhoseMonthIsKnown) {
  expect_days(std::array<HeadCase, 5>{{
      {"Papers in two towns", "2022-06",
       "\n\n23 residents of Kherson were handed the papers on Saturday, the clerks of the new office said there.\n"},
      {"MOSCOW, March 5. /Northwire/. Passports have been issued to 3.5 million people, the minister said.", "2025-03-05"},
      {"Papers in two towns", "-",
       "\n\n23 residents of Kherson were handed the papers, the clerks of the office recall, and nobody came back.\n"},
      {"Papers in two towns", "2024",
       "\n\n23 residents of Kherson were handed the papers two years ago, the clerks of the new office said there on Saturday.\n"},
      {"MOSCOW, August 5. /Northwire/. Passports have been issued to 3.5 million people, the minister said.", "-"},
  }});
}

TEST(Head, TakesNoDayOfASentenceForThePapers) {
  expect_days(std::array<HeadCase, 5>{{
      {"After the term", "2025", "\n\nThe term of those who live there ran out on 10 September 2025, and nobody came.\n"},
      {"Після строку", "2025", "\n\nСтрок для тих, хто там живе, сплив 10 вересня 2025 року, і ніхто не прийшов.\n"},
      {"Before the term", "-", "\n\nFrom 5 February 2025 nobody who lives there will be let into the hall without the paper.\n"},
      {"До строку", "-",
       "\n\nЧергу біля віконця обіцяють розібрати ще до виборів, призначених на 15 березня 2024 року, каже старий сторож.\n"},
      {"Notes of two groups", "2024-10-30",
       "\n\nSubmitted by two groups of those who left the coast, 30 October 2024. A summary follows.\n"},
  }});
}

TEST(Head, TakesNoHeadingOfAChronicleForItsDay) {
  EXPECT_EQ(day_of("Хроніка берега, 11–17 вересня 2023\n\n11 вересня, понеділок\n\nЧерга.\n\n12 вересня\n\nЧерга.\n\n13 вересня\n\nДощ.\n"),
            "2023-09");
}

TEST(Head, ReadsHeadsAsPapersWriteThem) {
  expect_days(std::array<HeadCase, 9>{{
      {"A queue\nGENEVA (16 May 2023) – Clerks in two towns ask for a second witness, people say to us.", "2023-05-16"},
      {"Черга\nПт, 28 Кві 2023 14:05", "2023-04-28"},
      {"News of the town, 2 February\nHarbour Evening, 2021\n\nEvicted. A tenant who had not paid since 2018 was put out of the hostel.",
       "2021-02-02"},
      {"Майстерня «Берег»\nЗаписка: «Десять років потому»\nКиїв, 2024 рік", "2024"},
      {"Рік другий: як змінювали папери в 2015-му", "-"},
      {"Довідка за липень 2023 року\nУкладено 4 серпня", "2023-08-04"},
      {"Digest for June 2021\ncollected by two people of the coast (extract; sent out on 5 July)", "2021-07-05"},
      {"The man from the train\nA report by a guest. Appeared in the August 2022 issue", "2022-08"},
      {"A queue\n10/11/2022 – 17:52\n\nThe clerk left on 21 October with the lamp.", "2022-11-10"},
  }});
}

TEST(Head, TakesTheDayThatTheReportOpensWithWhereItsHeadHasNone) {
  expect_days(std::array<HeadCase, 3>{{
      {"Дела за февраль", "2025-03-04",
       "\n\nПресс-служба порта сообщила во вторник, 4 марта 2025 года, о делах, которые разобрали в прошлом месяце, в четверг, 20 "
       "февраля.\n"},
      {"Итоги совещания", "2023-03-22",
       "\n\n22 марта 2023 года глава порта провёл совещание с начальниками причалов, на котором говорили о льде, о погоде, о зарплате и о "
       "рыбе.\n"},
      {"What the harbour said", "2023",
       "\n\nThe head of the port held a meeting on 22 March 2023 with those who run the quays, and they spoke of ice, fish and pay.\n"},
  }});
}

}  // namespace
}  // namespace litopys
