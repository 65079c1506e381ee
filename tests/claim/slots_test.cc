// Slots with measures given: text in, one line a claim out. The codebook, the gazetteer and the dictionaries are the real ones.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "claim/claim_tools.h"
#include "claim/make.h"
#include "claim/setting.h"
#include "claim/voice_sign.h"
#include "codebook/gazetteer.h"
#include "mention/find.h"
#include "text/analyser.h"

namespace litopys {
namespace {

using claim_tools::document_of;
using claim_tools::Tools;
using claim_tools::tools;

// The measures that a reader would give: for each the words that its sentence begins with.
using Judged = std::vector<std::pair<const char*, const char*>>;

std::vector<Claim> claims_of(const Document& document, const Judged& judged) {
  const Tools& t = tools();
  const Text text = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, text);
  std::vector<SentenceReading> readings(text.sentences.size());
  for (const auto& [begin, measure] : judged) {
    bool found = false;
    for (std::size_t i = 0; i < text.sentences.size(); ++i) {
      if (!text.sentences[i].span.of(document.text).starts_with(begin)) continue;
      readings[i].measures.push_back({*t.book.measure(measure), 0.9F, {}});
      found = true;
    }
    EXPECT_TRUE(found) << "no sentence begins with " << begin;
  }
  return make_claims(document, text, mentions, readings, voices(document, text, mentions, t.book), t.book);
}

std::string joined(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ",")); }

std::string figure_of(const Claim& claim) {
  if (!claim.figure) return "-";
  const Figure& f = *claim.figure;
  return fmt::format("{} {}{} {}", name(f.bound), f.value.str(), f.value2 ? ".." + f.value2->str() : "", name(f.unit));
}

struct Case {
  Language language;
  const char* text;
  const char* measure;
  const char* reads;
};

// One sentence, one measure, published on 2 May 2024; `show` gives the slot under test.
template <class Show>
void expect_each(const std::vector<Case>& cases, Show show) {
  for (const Case& c : cases) {
    const Document document = document_of(c.language, "2024-05-02", c.text, false);
    std::string got;
    for (const Claim& claim : claims_of(document, {{std::string(c.text).substr(0, 8).c_str(), c.measure}})) {
      got += (got.empty() ? "" : " & ") + show(claim);
    }
    EXPECT_EQ(got, c.reads) << c.text;
  }
}

using enum Language;

TEST(Figure, GoesToTheMeasureThatCountsIt) {
  expect_each({{en, "Officials in Tokmak have handed out over 12,000 passports.", "issuance", "over 12000 passport"},
               {en, "Roughly 70,000 issued so far, the clerk added.", "issuance", "about 70000 passport"},
               {uk, "У Токмаку видали понад 12 тисяч паспортів.", "issuance", "over 12000 passport"},
               {ru, "В Токмаке выдали более 12 тысяч паспортов.", "issuance", "over 12000 passport"},
               {uk, "Російські документи має майже 40% мешканців.", "issuance", "about 40 percent"},
               {en, "Clinics turned away the sick.", "denial-healthcare", "-"},
               {ru, "За отказ грозит штраф до 50 тысяч рублей.", "fine", "at-most 50000 currency"}},
              figure_of);
}

TEST(Figure, OfTwoMeasuresEachTakesItsOwn) {
  const Document document = document_of(en, "2024-05-02", "The office took 900 applications and handed out 350 passports.", false);
  const auto claims = claims_of(document, {{"The office", "application"}, {"The office", "issuance"}});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].measure + ": " + figure_of(claims[0]), "issuance: exact 350 passport");
  EXPECT_EQ(claims[1].measure + ": " + figure_of(claims[1]), "application: exact 900 application");
}

TEST(Figure, OfADeedAndOfAPlanGoEachToItsOwn) {
  const auto issued_and_planned = [](Language language, const std::string& text) {
    const Document document = document_of(language, "2024-05-02", text, false);
    const std::string begin = text.substr(0, text.find(' '));
    std::string out;
    for (const Claim& claim : claims_of(document, {{begin.c_str(), "issuance"}, {begin.c_str(), "target"}}))
      out += claim.measure + " " + figure_of(claim) + "; ";
    return out;
  };
  const std::string each = "issuance exact 5000 passport; target exact 9000 passport; ";
  EXPECT_EQ(issued_and_planned(uk, "Депутат говорить про 5000 виданих паспортів і обіцяє 9000 паспортів до літа."), each);
  EXPECT_EQ(issued_and_planned(ru, "Депутат говорит о 5000 выданных паспортов и обещает 9000 паспортов к лету."), each);
  EXPECT_EQ(issued_and_planned(en, "They will issue 9000 passports by summer, but so far 5000 passports were issued."), each);
}

TEST(Claims, TwoFiguresOfOneMeasureAreTwoClaims) {
  const Document document =
      document_of(en, "2024-05-02", "The ministry counted 200,000 passports in 2021 and 650,000 passports in 2022.", false);
  const auto claims = claims_of(document, {{"The ministry", "issuance"}});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(figure_of(claims[0]), "exact 200000 passport");
  EXPECT_EQ(figure_of(claims[1]), "exact 650000 passport");
}

TEST(Claims, QuestionsAndJunkMakeNone) {
  Document document = document_of(en, "", "Did they hand out passports?\nThey handed out passports.", false);
  EXPECT_EQ(claims_of(document, {{"Did they", "issuance"}, {"They handed", "issuance"}}).size(), 1U);
  document.lines[1].kind = LineKind::junk;
  EXPECT_TRUE(claims_of(document, {{"Did they", "issuance"}}).empty());
}

TEST(Claims, AreInTheOrderOfTheCodebook) {
  const Document document = document_of(ru, "", "Без паспорта не лечат, не платят пенсий и не берут на работу.", false);
  const auto claims = claims_of(document, {{"Без", "denial-employment"}, {"Без", "denial-healthcare"}, {"Без", "denial-welfare"}});
  std::vector<std::string> measures;
  for (const Claim& claim : claims) {
    measures.push_back(claim.measure);
    EXPECT_EQ(claim.quote, claim.span.of(document.text));
  }
  EXPECT_EQ(joined(measures), "denial-healthcare,denial-welfare,denial-employment");
}

std::string places_of(const Claim& claim) { return joined(claim.places); }

TEST(Places, OfTheSentenceWin) {
  expect_each({{en, "In Berdiansk a new office opened.", "infrastructure", "UA-23/Berdiansk"},
               {uk, "У Бердянську відкрили новий пункт.", "infrastructure", "UA-23/Berdiansk"},
               {ru, "В Бердянске открыли новый пункт.", "infrastructure", "UA-23/Berdiansk"},
               {en, "A new office opened.", "infrastructure", "UA-TOT"},
               {uk, "На Луганщині видають паспорти.", "issuance", "UA-09"}},
              places_of);
}

TEST(Places, AreNoneOnSomebodysWay) {
  expect_each({{en, "She left through Vasylivka after being told to take the passport in Skadovsk.", "coercion", "UA-65/Skadovsk"},
               {uk, "Вона виїхала через Василівку, бо в Скадовську змушували брати паспорт.", "coercion", "UA-65/Skadovsk"},
               {ru, "Она уехала через Васильевку, потому что в Скадовске заставляли брать паспорт.", "coercion", "UA-65/Skadovsk"},
               {en, "They went home by way of Armiansk after being told to take the passport in Skadovsk.", "coercion", "UA-65/Skadovsk"},
               {en, "At Vasylivka nobody passes towards Melitopol without the passport.", "denial-movement", "UA-23/Vasylivka"},
               {ru, "На посту у Васильевки без паспорта в сторону Мелитополя не пускают.", "denial-movement", "UA-23/Vasylivka"}},
              places_of);
}

TEST(Places, AreNotWhereSomebodyComesFromIfTheDeedHasOne) {
  expect_each({{en, "Evacuees from Kherson are being handed passports on the quay at Oleshky.", "issuance", "UA-65/Oleshky"},
               {en, "Evacuees from Kherson are being handed passports.", "issuance", "UA-65/Kherson"},
               {en, "People got passports from Kherson to Oleshky.", "issuance", "UA-65/Kherson,UA-65/Oleshky"}},
              places_of);
}

TEST(Places, ADistrictBehindItsVillageSaysOnlyWhereThatLies) {
  expect_each(
      {{en, "In the village of Lantrativka, Troitske district, a new office opened.", "infrastructure", "UA-09/Lantrativka"},
       {en, "In Yakymivka and in Henichesk district new offices opened.", "infrastructure", "UA-23/Yakymivka,UA-65/Henichesk district"}},
      places_of);
}

TEST(Places, OfEarlierCampaignsAreKnownToo) {
  expect_each({{en, "In Sukhumi passports were issued.", "issuance", "GE-AB/Sukhumi"},
               {uk, "У Цхінвалі видали паспорти.", "issuance", "GE/Tskhinvali"},
               {ru, "В Тирасполе выдали паспорта.", "issuance", "MD-SN/Tiraspol"},
               {ru, "В ОРДЛО выдали паспорта.", "issuance", "UA-DONBAS"}},
              places_of);
}

// "The city" speaks for the town of the document against its region, and a law is rather of the whole territory than of the paragraph's
// town.
TEST(Places, AreOfTheKindThatTheSentenceSpeaksOf) {
  const auto document =
      document_of(en, "2024-05-02",
                  "Notes from the south\n\nPeople of Melitopol wrote to us. Others in the Zaporizhzhia region wrote too.\n\n"
                  "Nobody leaves the city without the passport.\n\nNobody leaves the region without the passport.\n",
                  true);
  const auto claims = claims_of(document, {{"Nobody leaves the city", "denial-movement"}, {"Nobody leaves the region", "denial-movement"}});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(places_of(claims[0]), "UA-23/Melitopol");
  EXPECT_EQ(places_of(claims[1]), "UA-23");
}

TEST(Places, ASeatAmongRegionsIsOneOfThem) {
  expect_each({{en, "Passports were issued in Donetsk, Luhansk, Zaporizhzhia and Kherson.", "issuance", "UA-09,UA-14,UA-23,UA-65"},
               {en, "Passports were issued in Kherson and Skadovsk.", "issuance", "UA-65/Kherson,UA-65/Skadovsk"}},
              places_of);
}

TEST(Places, HoldToTheEndOfTheParagraphAndTheTitleElsewhere) {
  const Document document = document_of(
      uk, "2024-05-02", "Паспорти в Мелітополі\n\nУ Якимівці теж відкрили пункт. Видають по сто на день.\n\nЛюди бояться обшуків.", true);
  const auto claims = claims_of(document, {{"Видають", "issuance"}, {"Люди", "inspection"}});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(places_of(claims[0]), "UA-23/Yakymivka");
  EXPECT_EQ(places_of(claims[1]), "UA-23/Melitopol");
}

TEST(Places, ASeatInATitleStandsForItsRegion) {
  const Document document = document_of(en, "2024-05-02", "The papers of Kherson\n\nClerks go from door to door.", true);
  const auto claims = claims_of(document, {{"Clerks", "inspection"}});
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(places_of(claims[0]), "UA-65");
}

std::string when_shown(const Claim& claim) { return claim.when ? claim.when->str() : "-"; }

// A letterhead, a town in a body's name, or who is spoken with: each is where a report is.
TEST(Places, ComeFromTheHeadWhereNoSentenceNamesOne) {
  const auto place = [](Language language, const char* text, const char* sentence, const char* measure) {
    const std::vector<Claim> claims = claims_of(document_of(language, "2024-05-02", text, false), {{sentence, measure}});
    return claims.size() == 1 ? joined(claims[0].places) : "no claim";
  };
  EXPECT_EQ(place(uk, "Токмак. Листок громади у вигнанні\n\nУ школі тепло.\n\nПаспортний стіл працює без вихідних.\n", "Паспортний",
                  "infrastructure"),
            "UA-23/Tokmak");
  EXPECT_EQ(place(en, "Harbour housing watch, Mariupol\n\nRents rose again.\n\nOwners without a Russian passport lose their flats.\n",
                  "Owners", "property-seizure"),
            "UA-14/Mariupol");
  EXPECT_EQ(place(ru, "Разговор с учительницей из Бердянска\n\nМы встретились в кафе.\n\nЕё уволили за отказ от паспорта.\n", "Её",
                  "denial-employment"),
            "UA-23/Berdiansk");
  EXPECT_EQ(place(en, "An overview of the spring\n\nRents rose again.\n\nOwners without a Russian passport lose their flats.\n", "Owners",
                  "property-seizure"),
            "UA-TOT");
}

TEST(Weights, AreThoseOfSigns) {
  const std::vector<std::string> stance_signs = stance_sign_names(tools().book);
  std::map<std::string, int> weighed;
  for (const RowId id : tools().book.rows_of("weights")) {
    const Row& row = tools().book.rows[id];
    for (const std::string& word : row.words) {
      const std::string_view sign = std::string_view(word).substr(0, word.find('='));
      ++weighed[row.id];
      if (row.id == "setting") {
        EXPECT_TRUE(parse_name<SettingSign>(sign)) << word;
      }
      if (row.id == "when") {
        EXPECT_TRUE(parse_name<WhenSign>(sign)) << word;
      }
      if (row.id.starts_with("side")) {
        EXPECT_TRUE(parse_name<VoiceSign>(sign)) << row.id << ": " << word;
      }
      if (row.id != "stance") continue;
      const std::size_t colon = sign.find(':');
      EXPECT_TRUE(parse_name<Stance>(sign.substr(0, colon))) << word;
      if (colon != std::string_view::npos) {
        EXPECT_EQ(std::ranges::count(stance_signs, sign.substr(colon + 1)), 1) << word;
      }
    }
  }
  EXPECT_GT(weighed["setting"], 20);
  EXPECT_GT(weighed["when"], 40);
  EXPECT_GT(weighed["stance"], 100);
  for (const Side side : kDocumentSides) EXPECT_GT(weighed["side." + std::string(name(side))], 10);
}

// The row is a list by hand of what the gazetteer knows from the official act: it must not say other things.
TEST(Places, CitiesOfTheRowHeldWereNeverListedAsOccupied) {
  const Habits habits = Habits::make(tools().book);
  ASSERT_FALSE(habits.held.empty());
  for (const std::string& code : habits.held) {
    const GazetteerPlace* place = tools().gazetteer->place(code);
    ASSERT_NE(place, nullptr) << code;
    EXPECT_FALSE(place->occupied) << code;
    EXPECT_FALSE(habits.inside(code)) << code;
  }
}

TEST(When, IsMeantAsTheMeasureMeansIt) {
  expect_each({{en, "Residents must change their papers by 1 July 2024.", "deadline", "../2024-07-01"},
               {uk, "Документи треба оформити до 1 липня 2024 року.", "deadline", "../2024-07-01"},
               {ru, "Документы нужно оформить до 1 июля 2024 года.", "deadline", "../2024-07-01"},
               {en, "The decree was signed on 27 April 2023.", "legal-act", "2023-04-27"},
               {ru, "Указ подписан 27 апреля 2023 года.", "legal-act", "2023-04-27"},
               {en, "Since 1 March 2024 no pension is paid without the passport.", "denial-welfare", "2024-03-01/.."},
               {en, "Over 900,000 passports have been issued.", "issuance", "../2024-05-02"},
               {en, "On 3 April 2024 some 25 people got passports.", "issuance", "2024-04-03"},
               {en, "The drive shows who is master.", "motive", "-"}},
              when_shown);
}

TEST(When, ACountSinceADayEndsWithTheReport) {
  expect_each({{en, "Since 1 March 2024 they have deported 120 people from the town.", "deportation", "2024-03-01/2024-05-02"},
               {uk, "Від 1 березня 2024 року з міста депортували 120 людей.", "deportation", "2024-03-01/2024-05-02"},
               {ru, "С 1 марта 2024 года из города депортировали 120 человек.", "deportation", "2024-03-01/2024-05-02"},
               {en, "Since 1 March 2024 they have deported people from the town.", "deportation", "2024-03-01/.."}},
              when_shown);
}

TEST(When, ACountThatIsAFactIsOfNoLaterDayThanTheReport) {
  expect_each({{en, "Of 4,000 people 3,000 have got passports, with all to be served by 1 July 2024.", "issuance", "../2024-05-02"},
               {en, "By 9 May 2024 over 3,000 residents got passports.", "issuance", "../2024-05-09"}},
              when_shown);
}

TEST(When, ThePapersOwnDayDatesNothingElse) {
  expect_each({{en, "Under decree No. 12 of 27 April 2023 clinics turn away whoever has no passport.", "denial-healthcare", "-"},
               {en, "Under decree 12 (27 April 2023) clinics turn away whoever has no passport.", "denial-healthcare", "-"},
               {uk, "За указом № 12 від 27 квітня 2023 року лікарні не приймають без паспорта.", "denial-healthcare", "-"},
               {ru, "По указу № 12 от 27 апреля 2023 года больницы не принимают без паспорта.", "denial-healthcare", "-"},
               {ru, "Указ № 12 от 27 апреля 2023 года упростил получение гражданства.", "legal-act", "2023-04-27"},
               {en, "On 27 April 2023 clinics turned away whoever had no passport.", "denial-healthcare", "2023-04-27"}},
              when_shown);
}

TEST(When, ACountOfManyPeopleIsAsOfTheReport) {
  expect_each({{en, "Over 3,000 residents refused to take the passport.", "refusal", "../2024-05-02"},
               {uk, "Понад 3000 жителів відмовилися від паспорта.", "refusal", "../2024-05-02"},
               {ru, "Более 3000 жителей отказались от паспорта.", "refusal", "../2024-05-02"},
               {en, "On 3 April 2024 over 3,000 residents refused to take the passport.", "refusal", "2024-04-03"},
               {en, "Forty residents refused to take the passport.", "refusal", "-"}},
              when_shown);
}

TEST(When, WhatBefallsPeopleAfterADeadlineIsDatedByIt) {
  const Document document =
      document_of(en, "2024-05-02", "Whoever has not applied by 1 July 2024 will be deported and lose the house.", false);
  const auto claims = claims_of(document, {{"Whoever", "deadline"}, {"Whoever", "deportation"}, {"Whoever", "property-seizure"}});
  ASSERT_EQ(claims.size(), 3U);
  EXPECT_EQ(claims[0].measure + " " + when_shown(claims[0]), "deadline ../2024-07-01");
  EXPECT_EQ(claims[1].measure + " " + when_shown(claims[1]), "deportation 2024-07-01/..");
  EXPECT_EQ(claims[2].measure + " " + when_shown(claims[2]), "property-seizure 2024-07-01/..");
}

// No rule dates these sentences: the head, the sentence before or the claim before does, and the weights know how far it reaches.
TEST(When, GoesOnFromWhatDatesThePassage) {
  const auto time = [](Language language, const char* text, const char* sentence, const char* measure) {
    const std::vector<Claim> claims = claims_of(document_of(language, "2024-12-31", text, false), {{sentence, measure}});
    return claims.size() == 1 ? when_shown(claims[0]) : "no claim";
  };
  EXPECT_EQ(
      time(en,
           "Monitoring mission\nReporting period: 1 June to 30 November 2024\n\nDuring the reporting period clinics sent 40 people away.\n",
           "During", "denial-healthcare"),
      "2024-06-01/2024-11-30");
  EXPECT_EQ(
      time(uk,
           "Моніторингова місія\nЗвітний період: 1 червня – 30 листопада 2024 року\n\nЗа звітний період лікарні не прийняли 40 людей.\n",
           "За", "denial-healthcare"),
      "2024-06-01/2024-11-30");
  EXPECT_EQ(
      time(ru,
           "Мониторинговая миссия\nОтчётный период: 1 июня – 30 ноября 2024 года\n\nЗа отчётный период больницы не приняли 40 человек.\n",
           "За", "denial-healthcare"),
      "2024-06-01/2024-11-30");
  // A rule that holds for everybody is not dated by the story beside it.
  EXPECT_EQ(
      time(en, "On 9 March 2024 the market was closed. Insulin is given to holders of the passport only.", "Insulin", "denial-healthcare"),
      "-");
}

std::string stance_shown(const Claim& claim) { return std::string(name(claim.stance)); }

TEST(Stance, FollowsTheWordsThatGovernTheMeasure) {
  expect_each({{en, "People without the document may be deported.", "deportation", "possible"},
               {uk, "Людей без документа можуть вислати.", "deportation", "possible"},
               {ru, "Людей без документа могут выслать.", "deportation", "possible"},
               {en, "Two more offices will be opened in Tokmak.", "infrastructure", "planned"},
               {uk, "У Токмаку відкриють ще два пункти.", "infrastructure", "planned"},
               {ru, "В Токмаке откроют ещё два пункта.", "infrastructure", "planned"},
               {en, "Tenants are threatened with deportation.", "deportation", "threatened"},
               {uk, "Мешканцям погрожують депортацією.", "deportation", "threatened"},
               {ru, "Жителям угрожают депортацией.", "deportation", "threatened"},
               {en, "Nobody was forced to take a passport, the governor insisted.", "coercion", "denied"},
               {uk, "Нікого не примушують брати паспорт.", "coercion", "denied"},
               {ru, "Никого не заставляют брать паспорт.", "coercion", "denied"},
               {en, "Nobody will be deported, the commandant promised.", "deportation", "denied"},
               {uk, "Людей з міста не депортують, запевнив комендант.", "deportation", "denied"},
               {ru, "Людей из города не депортируют, заверил комендант.", "deportation", "denied"},
               {en, "The sick are treated regardless of citizenship.", "denial-healthcare", "denied"},
               {uk, "Нікому в лікуванні не відмовляють.", "denial-healthcare", "denied"},
               {ru, "Никому в лечении не отказывают.", "denial-healthcare", "denied"},
               {uk, "Без паспорта їх ніхто не лікує.", "denial-healthcare", "asserted"},
               {en, "Families were deported last year.", "deportation", "asserted"},
               {en, "Everybody must register by 1 July 2024.", "deadline", "planned"},
               {en, "The deadline ran out in 2023.", "deadline", "asserted"},
               {uk, "Строк минув торік.", "deadline", "asserted"},
               {ru, "Срок истёк в прошлом году.", "deadline", "asserted"}},
              stance_shown);
}

TEST(Stance, OfEachFigureIsThatOfItsClause) {
  expect_each({{en, "Six offices were opened in Tokmak; four offices will be opened by May.", "infrastructure", "asserted & planned"},
               {uk, "У Токмаку відкрили шість пунктів, а до травня відкриють ще чотири пункти.", "infrastructure", "asserted & planned"},
               {ru, "В Токмаке открыли шесть пунктов, а к маю откроют ещё четыре пункта.", "infrastructure", "asserted & planned"},
               {ru, "В Токмаке откроют ещё три пункта, а в Бердянске уже открыли пять пунктов.", "infrastructure", "planned & asserted"},
               // One verb for both, before them or behind them.
               {en, "The office will issue 300 passports in May, 200 passports in June.", "issuance", "planned & planned"},
               {en, "Some 300 pensioners and 200 students may be deported.", "deportation", "possible & possible"},
               {uk, "У травні видадуть 300 паспортів, у червні 200 паспортів.", "issuance", "planned & planned"}},
              stance_shown);
}

// What the words say is one sign beside the encoder's; a sure encoder wins over a default, and `why` tells what spoke for it.
TEST(Stance, IsWeighedWithWhatTheEncoderSays) {
  const Tools& t = tools();
  const std::vector<std::string> signs = stance_sign_names(t.book);
  const MeasureId measure = *t.book.measure("infrastructure");
  const auto at = [&](std::string_view sign) {
    return static_cast<std::size_t>(std::ranges::find(signs, sign) - signs.begin()) -
           static_cast<std::size_t>(std::ranges::find(signs, "reader." + t.book.measures[0].id) - signs.begin());
  };
  SentenceReading reading;
  EXPECT_TRUE(stance_signs(t.book, measure, Stance::asserted, false, reading).empty()) << "the encoder did not look";
  reading.logits.assign(t.book.measures.size() + 1 + Names<Stance>::all.size() + Names<Credence>::all.size(), 0.0F);
  reading.logits[at("reader.infrastructure")] = 3;
  const auto weights = Habits::make(t.book).stance;
  ASSERT_TRUE(weights);
  const auto chosen = [&](Stance said, bool voted, const char* encoder) {
    SentenceReading with = reading;
    for (const std::string_view stance : Names<Stance>::all) with.logits[at(fmt::format("reader.{}", stance))] = -3;
    with.logits[at(encoder)] = 5;
    return weights->likeliest(stance_signs(t.book, measure, said, voted, with));
  };
  EXPECT_EQ(chosen(Stance::asserted, false, "reader.asserted"), Stance::asserted);
  EXPECT_EQ(chosen(Stance::planned, true, "reader.planned"), Stance::planned);
  EXPECT_EQ(chosen(Stance::asserted, false, "reader.planned"), Stance::planned);
  reading.logits[at("reader.planned")] = 5;
  const auto signs_of = stance_signs(t.book, measure, Stance::asserted, false, reading);
  EXPECT_NE(weights->reasons(t.book, signs_of, Stance::planned, Stance::asserted).find("reader."), std::string::npos);
}

std::string targets_shown(const Claim& claim) { return joined(claim.targets); }

TEST(Targets, AreTheGroupsThatTheSentenceNames) {
  expect_each({{en, "Pensioners without a Russian passport get no coal.", "denial-welfare", "pensioners,refusers"},
               {uk, "Пенсіонерам без російського паспорта не дають вугілля.", "denial-welfare", "pensioners,refusers"},
               {ru, "Пенсионерам без российского паспорта не дают угля.", "denial-welfare", "pensioners,refusers"},
               {en, "Residents without papers are turned away.", "denial-healthcare", "refusers"},
               {en, "Half of the residents hold a passport.", "issuance", "residents"},
               {uk, "Паспорт мають дві тисячі мешканців.", "issuance", "residents"},
               {en, "Two offices opened.", "infrastructure", ""},
               {ru, "Учителям велено принести паспорт.", "target", "workers"},
               {ru, "Трое в очереди курили.", "motive", ""}},
              targets_shown);
}

TEST(Targets, AreThoseOfTheMeasureWhereTheSentenceNamesNobody) {
  expect_each({{en, "Take no papers from them.", "guidance", "residents"},
               {uk, "Документ видано двом тисячам осіб.", "issuance", "residents"},
               {en, "Some 2,000 passports were issued.", "issuance", ""},
               {ru, "За отказ взыщут пять тысяч рублей.", "fine", "refusers"},
               {en, "The custody of the girl was taken away.", "family-separation", "parents"}},
              targets_shown);
}

TEST(Targets, GoOnWithinAPassage) {
  const Document document = document_of(en, "", "Diabetics are sent away. Insulin is kept from everybody else.\n\nInsulin is dear.", false);
  const auto claims = claims_of(document, {{"Diabetics", "denial-healthcare"}, {"Insulin is dear", "denial-healthcare"}});
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(targets_shown(claims[0]), "patients");
  EXPECT_EQ(targets_shown(claims[1]), "");
}

TEST(Claims, OfADigestQuoteTheirItem) {
  const Document document = document_of(
      uk, "2024-05-02", "У Токмаку відкрили базар; у Бердянську без паспорта РФ не лікують діабетиків; в Енергодарі немає світла.", false);
  const auto claims = claims_of(document, {{"У Токмаку", "denial-healthcare"}});
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].quote, "у Бердянську без паспорта РФ не лікують діабетиків");
  EXPECT_EQ(claims[0].quote, claims[0].span.of(document.text));
  EXPECT_EQ(places_of(claims[0]), "UA-23/Berdiansk");
}

TEST(Why, NamesARuleAndWordsForEachSlotThatHasAValue) {
  const Document document = document_of(en, "2024-05-02", "In Berdiansk over 12,000 residents may get passports by 1 June 2024.", false);
  const auto claims = claims_of(document, {{"In Berdiansk", "issuance"}});
  ASSERT_EQ(claims.size(), 1U);
  for (const char* slot : {"measure", "figure", "places", "when", "sources", "stance", "targets"}) {
    const auto why = std::find_if(claims[0].why.begin(), claims[0].why.end(), [&](const Why& w) { return w.slot == slot; });
    ASSERT_NE(why, claims[0].why.end()) << slot;
    EXPECT_FALSE(why->rule.empty()) << slot;
    for (const Span& span : why->spans) EXPECT_LE(span.end, document.text.size()) << slot;
  }
}

TEST(Claims, HostileSentencesStayFastAndInside) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "without passport 12 may be deported in Kherson by 1 June 2024, ";
  const Document document = document_of(en, "2024-05-02", text + "so.", false);
  for (const Claim& claim : claims_of(document, {{"without", "issuance"}, {"without", "deportation"}})) {
    EXPECT_TRUE(Span(0, static_cast<std::uint32_t>(document.text.size())).covers(claim.span));
  }
}

}  // namespace
}  // namespace litopys
