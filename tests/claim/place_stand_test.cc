// How a place stands in its sentence, seen in the claim's place. The codebook, the gazetteer and the dictionaries are the real ones.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "claim/claim_tools.h"
#include "claim/make.h"

namespace litopys {
namespace {

using claim_tools::document_of;
using claim_tools::tools;
using enum Language;

struct Case {
  Language language;
  const char* text;  // the second sentence makes the claim
  const char* measure;
  const char* reads;
};

std::string places_in(const Case& c) {
  const Document document = document_of(c.language, "2024-05-02", c.text, false);
  const auto& t = tools();
  const Text text = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, text);
  std::vector<SentenceReading> readings(text.sentences.size());
  readings.back().measures.push_back({*t.book.measure(c.measure), 0.9F, {}});
  std::string out;
  for (const Claim& claim : make_claims(document, text, mentions, readings, voices(document, text, mentions, t.book), t.book)) {
    out += fmt::format("{}{}", out.empty() ? "" : " & ", fmt::join(claim.places, ","));
  }
  return out;
}

void expect_each(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(places_in(c), c.reads) << c.text;
}

TEST(PlaceStand, WhereSomethingOnlyGoesIsNotWhereItHappens) {
  expect_each({
      {en, "Tokmak is quiet. They got the passport in order to drive to Crimea.", "issuance", "UA-23/Tokmak"},
      {uk, "У Токмаку тихо. Паспорт узяли, щоб їздити в Крим.", "issuance", "UA-23/Tokmak"},
      {uk, "У Токмаку тихо. Паспорт узяли, щоб їздити до Криму та Скадовська.", "issuance", "UA-23/Tokmak"},
      {ru, "В Токмаке тихо. Паспорт взяли, чтобы ездить в Каховку.", "issuance", "UA-23/Tokmak"},
  });
}

TEST(PlaceStand, WhatItRestsInIsBegunWithOrTakenUpAgainIsWhereItHappens) {
  expect_each({
      {en, "Tokmak is quiet. They got the passport in Crimea.", "issuance", "UA-43"},
      {uk, "У Токмаку тихо. Паспорт узяли в Криму.", "issuance", "UA-43"},
      {ru, "В Токмаке тихо. Паспорт взяли в Каховке.", "issuance", "UA-65/Kakhovka"},
      {uk, "У Токмаку тихо. До Енергодара без паспорта не пускають.", "denial-movement", "UA-23/Enerhodar"},
      {ru, "В Токмаке тихо. Приходится ехать в Каховку, и там без паспорта не лечат.", "denial-healthcare", "UA-65/Kakhovka"},
  });
}

TEST(PlaceStand, WhatGoesThereOfItselfHappensThere) {
  expect_each({
      {en, "Tokmak is quiet. Two passport teams were sent to Berdiansk.", "infrastructure", "UA-23/Berdiansk"},
      {ru, "В Токмаке тихо. Две паспортные бригады отправили в Каховку.", "infrastructure", "UA-65/Kakhovka"},
  });
}

TEST(PlaceStand, WhosePeopleTheyAreGivesWayToWhereTheyAreHeld) {
  expect_each({
      {en, "The list is long. Residents of Crimea without the passport were held in Krasnodar region.", "detention", "RU-KDA"},
      {en, "The list is long. Residents of Crimea without the passport were held.", "detention", "UA-43"},
      {ru, "Список длинный. В Новошахтинске паспорта выдали жителям ЛНР.", "issuance", "RU-ROS/Novoshakhtinsk"},
  });
}

// The total is of the place that holds the share's, the share of its own.
TEST(PlaceStand, WhereAShareIsIsNotWhereTheWholeIs) {
  expect_each({
      {en, "A report on the Zaporizhzhia region. They handed out 640 passports, a third of them in Tokmak.", "issuance",
       "UA-23 & UA-23/Tokmak"},
      {uk, "Огляд Запорізької області. Видали 640 паспортів, третину з них у Токмаку.", "issuance", "UA-23 & UA-23/Tokmak"},
      {ru, "Обзор Запорожской области. Выдали 640 паспортов, треть из них в Токмаке.", "issuance", "UA-23 & UA-23/Tokmak"},
      {en, "A report on the Zaporizhzhia region. They handed out 640 passports in Tokmak, a third of them to children.", "issuance",
       "UA-23/Tokmak & UA-23/Tokmak"},
      {uk, "Огляд Запорізької області. П'ятеро з них отримали паспорт у Токмаку.", "issuance", "UA-23/Tokmak"},
  });
}

TEST(PlaceStand, WhatIsDeniedToPeopleIsDeniedInTheTerritory) {
  expect_each({
      {en, "Tokmak is quiet. Pensions are paid only to those who have an address in Russia.", "denial-welfare", "UA-23/Tokmak"},
      {uk, "У Токмаку тихо. Пенсію дають лише тим, хто має прописку в Ростовській області.", "denial-welfare", "UA-23/Tokmak"},
      {uk, "Указ оприлюднено. Він стосується громадян, які живуть у Росії та на окупованих територіях.", "legal-act", "RU,UA-TOT"},
  });
}

TEST(PlaceStand, WhatIsLeftOutIsNoPlaceOfIt) {
  expect_each({
      {en, "Papers change. They counted 700 passports in all the occupied regions except Crimea.", "issuance", "UA-TOT"},
      {uk, "Папери міняються. Паспорти мають дев'ять із десяти на окупованих територіях, якщо не брати Криму й Севастополя.", "issuance",
       "UA-TOT"},
      {ru, "Бумаги меняют. Выдали 700 паспортов на оккупированных территориях, не считая Крыма.", "issuance", "UA-TOT"},
      // At the beginning such a word adds one.
      {uk, "Папери міняються. Крім Токмака, паспорти видали в Бердянську.", "issuance", "UA-23/Berdiansk,UA-23/Tokmak"},
  });
}

TEST(PlaceStand, WhereNewcomersAreFromIsNotWhereTheyAre) {
  expect_each({
      {en, "Feodosiia is quiet. A woman who came from Kakhovka was fined for want of a passport.", "fine", "UA-43/Feodosiia"},
      {uk, "У Феодосії тихо. Приїжджих із Каховки оштрафували за брак паспорта.", "fine", "UA-43/Feodosiia"},
      {ru, "В Феодосии тихо. Приехавших из Каховки оштрафовали за отсутствие паспорта.", "fine", "UA-43/Feodosiia"},
  });
}

TEST(PlaceStand, ADocumentAboutTwoRegionsIsAboutBothWhereASentenceNamesNeither) {
  const std::string opening =
      "Crimea: the year in figures\n\nCourts in Crimea and Sevastopol were busy.\n\nIn Crimea the winter was long and the roads were "
      "closed.\n\n";
  const std::string late = opening + "Passports were issued to 700 people last month.";
  const std::string goes_on = opening + "In Crimea spring came late. Passports were issued to 300 people there.";
  expect_each({{en, late.c_str(), "issuance", "UA-40,UA-43"}, {en, goes_on.c_str(), "issuance", "UA-43"}});
}

TEST(PlaceStand, TheSeatOfAVoiceGivesWayToWhatItSpeaksOf) {
  expect_each({{en, "Papers change. In Skadovsk forty passports were issued, the administration in Henichesk reported.", "issuance",
                "UA-65/Skadovsk"}});
}

TEST(PlaceStand, LandsBesideTheTerritoryAreToldWithIt) {
  expect_each({
      {en, "Papers change. Passports issued in occupied regions of Ukraine and in breakaway territories of Georgia are not recognised.",
       "legal-assessment", "GE-AB,GE/South Ossetia,UA-TOT"},
      {uk, "Папери міняються. Паспорти, видані на окупованих територіях та в Криму, не визнають.", "legal-assessment", "UA-43,UA-TOT"},
      {en, "Papers change. Passports issued in the occupied part of Kherson region are not recognised.", "legal-assessment", "UA-65"},
  });
}

TEST(PlaceStand, ALineOfPlacesHeadsItsParagraph) {
  const char* text =
      "Passports by region\n\nPapers change everywhere in the occupied territories.\n\nDonetsk and Luhansk\nThe stress is on miners. "
      "Wages are paid to passport holders alone.";
  expect_each({{en, text, "denial-finance", "UA-09,UA-14"}});
}

}  // namespace
}  // namespace litopys
