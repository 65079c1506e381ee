// Which day a plain text is of: what its head says outright, and what follows from a day without a year and what else the text names.
#include "page/head.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

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
  EXPECT_EQ(day_of(std::string("Обзор за неделю, 20–26 мая 2023 года") + kBody), "2023-05") << "days in a row: only the month is sure";
  EXPECT_EQ(day_of(std::string("What changes in June 2024\nFrom 1 July 2024 nothing will be paid to strangers.") + kBody), "2024-06")
      << "a day outside the period is what the paper is about";
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

}  // namespace
}  // namespace litopys
