#include "mention/place.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <string>

#include "mention/world.h"
#include "text/analyser.h"

namespace litopys {
namespace {

using litopys::testing::World;

const PlaceFinder& finder() {
  static const PlaceFinder made = PlaceFinder::make(World::get().book, World::get().gazetteer).value();
  return made;
}

// One line: "CODE[+CODE] [name] [adj] «words»; ..." for all sentences.
std::string dump(Language language, const std::string& text) {
  Document document;
  document.text = text;
  document.language = language;
  const Text read = World::get().analyser.analyse(document);
  std::string out;
  for (const std::vector<Place>& places : finder().find_all(read, document)) {
    for (const Place& place : places) {
      if (!out.empty()) out += "; ";
      for (std::size_t i = 0; i < place.codes.size(); ++i) out += (i == 0 ? "" : "+") + place.codes[i];
      if (place.role == PlaceRole::name_part) out += " name";
      if (place.adjective) out += " adj";
      out += " «" + std::string(place.span.of(text)) + "»";
    }
  }
  return out;
}

// The words of the places that have the case of a goal.
std::string goals(Language language, const std::string& text) {
  Document document;
  document.text = text;
  document.language = language;
  std::string out;
  for (const std::vector<Place>& places : finder().find_all(World::get().analyser.analyse(document), document)) {
    for (const Place& place : places) {
      if (place.goal) out += (out.empty() ? "" : ", ") + std::string(place.span.of(text));
    }
  }
  return out;
}

TEST(Places, HaveTheCaseOfAGoalWhereSomethingGoes) {
  using enum Language;
  EXPECT_EQ(goals(uk, "Їхали в Мелітополь, Каховку та Веселе."), "Мелітополь, Каховку, Веселе");
  EXPECT_EQ(goals(uk, "Їх тримали в Мелітополі, Каховці та Скадовську, у РФ і в Криму."), "");
  EXPECT_EQ(goals(ru, "Их увезли в Мелитополь, а потом в Каховку."), "Мелитополь, Каховку");
  EXPECT_EQ(goals(ru, "Их держали в Мелитополе, в Каховке и в Енакиево."), "");
  EXPECT_EQ(goals(en, "They were taken to Melitopol."), "");
}

struct Case {
  Language language;
  const char* text;
  const char* reads;
};

void check(const Case& c, const std::string& got) { EXPECT_EQ(got, c.reads) << "text: " << c.text; }

TEST(Places, KnowsTownsInAllCaseForms) {
  const Case cases[] = {
      {Language::uk, "Черги стоять у Мелітополі.", "UA-23/Melitopol «Мелітополі»"},
      {Language::uk, "Їх вивезли з Нової Каховки.", "UA-65/Nova Kakhovka «Нової Каховки»"},
      {Language::uk, "Пункт відкрили в Кам'янці-Дніпровській.", "UA-23/Kamianka-Dniprovska «Кам'янці-Дніпровській»"},
      {Language::uk, "Паспорти видають у Рубіжному та Сватовому.", "UA-09/Rubizhne «Рубіжному»; UA-09/Svatove «Сватовому»"},
      {Language::uk, "Обшуки тривають у Генічеську.", "UA-65/Henichesk «Генічеську»"},
      {Language::ru, "Пункт выдачи работает в Геническе.", "UA-65/Henichesk «Геническе»"},
      {Language::ru, "Людей везли из Бердянска.", "UA-23/Berdiansk «Бердянска»"},
      {Language::ru, "Очередь заняли в Артёмовске.", "UA-14/Bakhmut «Артёмовске»"},
      {Language::en, "Queues formed in Skadovsk and Nova Kakhovka.", "UA-65/Skadovsk «Skadovsk»; UA-65/Nova Kakhovka «Nova Kakhovka»"},
      {Language::en, "Melitopol's hospital turned them away.", "UA-23/Melitopol «Melitopol»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, KnowsRegionsByAllTheirNames) {
  const Case cases[] = {
      {Language::uk, "На Херсонщині відкрили центр.", "UA-65 «Херсонщині»"},
      {Language::uk, "На Луганщині людей не питають.", "UA-09 «Луганщині»"},
      {Language::uk, "У Запорізькій області видали паспорти.", "UA-23 «Запорізькій області»"},
      {Language::ru, "В Херсонской области открыли центр.", "UA-65 «Херсонской области»"},
      {Language::ru, "Полис в «ЛНР» дают не всем.", "UA-09 «ЛНР»"},
      {Language::en, "Offices opened in the Zaporizhzhia region.", "UA-23 «Zaporizhzhia region»"},
      {Language::en, "People across Kherson oblast were told so.", "UA-65 «Kherson oblast»"},
      {Language::en, "It was the same in Crimea.", "UA-43 «Crimea»"},
      {Language::uk, "Лікарні Донбасу отримали наказ.", "UA-DONBAS «Донбасу»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, SharesTheNounOfAList) {
  const Case cases[] = {
      {Language::uk, "Так у Донецькій, Луганській та Херсонській областях.",
       "UA-14 «Донецькій»; UA-09 «Луганській»; UA-65 «Херсонській областях»"},
      {Language::ru, "В Запорожской и Херсонской областях ждут указа.", "UA-23 «Запорожской»; UA-65 «Херсонской областях»"},
      {Language::en, "Accounts from the Kherson and Zaporizhzhia oblasts agree.", "UA-65 «Kherson»; UA-23 «Zaporizhzhia oblasts»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, KnowsTerritoriesByPhrase) {
  const Case cases[] = {
      {Language::uk, "На тимчасово окупованих територіях триває кампанія.", "UA-TOT «тимчасово окупованих територіях»"},
      {Language::uk, "Мешканців ТОТ попередили.", "UA-TOT «ТОТ»"},
      {Language::ru, "В новых регионах всё готово.", "UA-TOT «новых регионах»"},
      {Language::ru, "Тот же закон действует и тут.", ""},
      {Language::en, "Residents of the temporarily occupied territories were told.", "UA-TOT «temporarily occupied territories»"},
      {Language::en, "People fled the occupied south.", "UA-SOUTH «occupied south»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, KnowsNamesOfTwoWordsWhateverTheirCaseAndApostrophe) {
  const Case cases[] = {
      {Language::uk, "Пункт відкрили в Кам’янці-Дніпровській.", "UA-23/Kamianka-Dniprovska «Кам’янці-Дніпровській»"},
      {Language::uk, "Двох забрали з Нижніх Сірогоз.", "UA-65/Nyzhni Sirohozy «Нижніх Сірогоз»"},
      {Language::uk, "Черга стоїть у Нижній Дуванці.", "UA-09/Nyzhnia Duvanka «Нижній Дуванці»"},
      {Language::uk, "У Малій Кардашинці шукали двох.", "UA-65/Mala Kardashynka «Малій Кардашинці»"},
      {Language::ru, "Автобус пришёл из Сак.", "UA-43/Saky «Сак»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, ARussianTownIsASettingWhereSomethingHappensInIt) {
  const Case cases[] = {
      {Language::uk, "Присягу приймають у Таганрозі.", "RU-ROS/Taganrog «Таганрозі»"},
      {Language::en, "Halls were opened in Novoshakhtinsk and Taganrog.",
       "RU-ROS/Novoshakhtinsk «Novoshakhtinsk»; RU-ROS/Taganrog «Taganrog»"},
      {Language::en, "A convoy from Rostov-on-Don arrived.", "RU-ROS/Rostov-on-Don name «Rostov-on-Don»"},
      {Language::ru, "Министерство в Москве молчит.", "RU-MOW name «Москве»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, ACityThatUkraineHoldsIsNoSetting) {
  const Case cases[] = {
      {Language::uk, "Про це розповіла вчителька, яка мешкає тепер у Запоріжжі.", "UA-23/Zaporizhzhia name «Запоріжжі»"},
      {Language::uk, "Тиснуть на робітників Запоріжжя.", "UA-23 «Запоріжжя»"},
      {Language::uk, "Запоріжжя, 5 травня.", "UA-23/Zaporizhzhia name «Запоріжжя»"},
      {Language::ru, "Так думает исследовательница из Харькова.", "UA-63/Kharkiv name «Харькова»"},
      {Language::en, "She was told to walk to Orikhiv.", "UA-23/Orikhiv name «Orikhiv»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, ASeatBesideTownsIsTheTown) {
  const Case cases[] = {
      {Language::en, "Points opened in Donetsk, Makiivka and Horlivka.",
       "UA-14/Donetsk «Donetsk»; UA-14/Makiivka «Makiivka»; UA-14/Horlivka «Horlivka»"},
      {Language::en, "Nearly everyone in Alchevsk and Luhansk has one.", "UA-09/Alchevsk «Alchevsk»; UA-09/Luhansk «Luhansk»"},
      {Language::en, "It was the same in Donetsk and Luhansk.", "UA-14 «Donetsk»; UA-09 «Luhansk»"},
      {Language::en, "They live in Donetsk, Luhansk and Kherson regions.", "UA-14 «Donetsk»; UA-09 «Luhansk»; UA-65 «Kherson regions»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, KeepsTheFinerOfTwoSettings) {
  const Case cases[] = {
      {Language::uk, "У Мелітополі Запорізької області почали рейди.", "UA-23/Melitopol «Мелітополі»"},
      {Language::en, "It began in Henichesk, Kherson region.", "UA-65/Henichesk «Henichesk»"},
      {Language::en, "In the occupied territories of Luhansk region it is harder.", "UA-09 «Luhansk region»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, TellsASettingFromAPartOfATitle) {
  const Case cases[] = {
      {Language::en, "The Kherson governor spoke.", "UA-65/Kherson name «Kherson»"},
      {Language::uk, "Про це пише Луганська ОВА.", "UA-09 name adj «Луганська»"},
      {Language::uk, "Мер Мелітополя заперечив.", "UA-23/Melitopol name «Мелітополя»"},
      {Language::en, "Moscow said it was over.", "RU-MOW name «Moscow»"},
      {Language::en, "They were taken to Russia.", "RU «Russia»"},
      {Language::ru, "Это предусмотрено законом РФ.", "RU name «РФ»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, PicksAmongNamesakesByTheRegionsOfTheDocument) {
  // "На Запоріжжі" is the land around it.
  EXPECT_EQ(dump(Language::uk, "У Запоріжжі холодно.\nУ селі Іванівка Запорізької області людей переписали."),
            "UA-23/Zaporizhzhia name «Запоріжжі»; UA-23/Ivanivka «Іванівка»");
  EXPECT_EQ(dump(Language::uk, "На Херсонщині холодно.\n\nУ селі Іванівка людей переписали."),
            "UA-65 «Херсонщині»; UA-65/Ivanivka «Іванівка»");
  // What the document names counts for more than a larger namesake elsewhere.
  EXPECT_EQ(dump(Language::ru, "На Херсонщине холодно.\n\nПаспортный стол в Новотроицком закрыли."),
            "UA-65 «Херсонщине»; UA-65/Novotroitske «Новотроицком»");
  EXPECT_EQ(dump(Language::uk, "Пункт відкрили в Кам'янці."), "UA-23/Kamianka-Dniprovska «Кам'янці»");
}

TEST(Places, TakesNoEverydayWordOrFirstNameForAVillage) {
  const Case cases[] = {
      {Language::uk, "Іван і Ольга отримали паспорти.", ""},
      {Language::en, "Vladimir sent his refusal by post.", ""},
      {Language::uk, "Нове село не питали.", ""},
      {Language::uk, "Чекали на подарунки до Нового року.", ""},
      {Language::ru, "С Нового года принимают только своих.", ""},
      {Language::ru, "В кабинете на Пушкина положили анкеты.", ""},
      {Language::uk, "Ліки є лише в Лазурному.", "UA-65/Lazurne «Лазурному»"},
      {Language::uk, "Про Тараса Шевченка не говорили.", ""},
      {Language::uk, "Вони доїхали до Львова.", "UA-46/Lviv name «Львова»"},
      {Language::ru, "Бои шли под Курском.", "RU-KRS/Kursk name «Курском»"},
      {Language::en, "The Azov coast is empty.", ""},
      {Language::uk, "Українські документи забрали.", "UA name adj «Українські»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, KnowsSitesAndDistricts) {
  const Case cases[] = {
      {Language::en, "Staff of the Zaporizhzhia nuclear power plant refused.", "UA-23/Zaporizhzhia NPP «Zaporizhzhia nuclear power plant»"},
      {Language::uk, "Працівників ЗАЕС примушують.", "UA-23/Zaporizhzhia NPP «ЗАЕС»"},
      {Language::ru, "Украинцев разворачивают в Шереметьеве.", "RU-MOS/Sheremetyevo «Шереметьеве»"},
      {Language::uk, "У Генічеському районі перевіряють двори.", "UA-65/Henichesk district «Генічеському районі»"},
      {Language::ru, "В Геническом округе проверяют дворы.", "UA-65/Henichesk district «Геническом округе»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, ANounForSeveralDistrictsMakesDistrictsOfTheWholeList) {
  const Case cases[] = {
      // «Старобельском» is a case of the town's name too.
      {Language::ru, "В Волновахском и Старобельском районах работают автобусы.",
       "UA-14/Volnovakha district «Волновахском»; UA-09/Starobilsk district «Старобельском»"},
      {Language::ru, "В Геническом и Каховском районах работают автобусы.",
       "UA-65/Henichesk district «Геническом»; UA-65/Kakhovka district «Каховском»"},
      {Language::en, "Buses tour the Bilovodsk and Markivka districts.",
       "UA-09/Bilovodsk district «Bilovodsk»; UA-09/Markivka district «Markivka districts»"},
      {Language::uk, "Групи їдуть у Білокуракинський та Троїцький райони.",
       "UA-09/Bilokurakyne district «Білокуракинський»; UA-09/Troitske district «Троїцький»"},
      {Language::en, "Buses tour Bilovodsk and Markivka district.",
       "UA-09/Bilovodsk «Bilovodsk»; UA-09/Markivka district «Markivka district»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, TheDistrictBesideATownIsTheTowns) {
  const Case cases[] = {
      {Language::en, "In Melitopol and the district brigades go from door to door.",
       "UA-23/Melitopol+UA-23/Melitopol district «Melitopol»"},
      {Language::ru, "В Мелитополе и районе ходят бригады.", "UA-23/Melitopol+UA-23/Melitopol district «Мелитополе»"},
      {Language::uk, "У Мелітополі та Бердянському районі ходять бригади.",
       "UA-23/Melitopol «Мелітополі»; UA-23/Berdiansk district «Бердянському районі»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, AVillageInAListOfTownsIsOneWhateverItsNameMeans) {
  const Case cases[] = {
      {Language::ru, "Патрули ходили в Скадовске, Лазурном и Красном.",
       "UA-65/Skadovsk «Скадовске»; UA-65/Lazurne «Лазурном»; UA-65/Krasne «Красном»"},
      {Language::uk, "Бригади об'їжджають Троїцьке, Марківку та Мілове.",
       "UA-09/Troitske «Троїцьке»; UA-09/Markivka «Марківку»; UA-09/Milove «Мілове»"},
      {Language::uk, "Сартана й Талаківка: повістки разом з паспортами.", "UA-14/Sartana «Сартана»; UA-14/Talakivka «Талаківка»"},
      // A name and a town behind a comma are no list.
      {Language::uk, "Отримав паспорт Іван, Мелітополь.", "UA-23/Melitopol «Мелітополь»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, AStreetThatIsNamedAfterATownIsNotThere) {
  const Case cases[] = {
      {Language::uk, "Черга стоїть на вулиці Мелітопольській.", ""},
      {Language::uk, "Вікно працює на Генічеському бульварі.", ""},
      {Language::ru, "Окно работает на Бердянской улице.", ""},
      {Language::en, "The window is on Berdiansk Street.", ""},
      {Language::en, "Patrols walk the streets of Berdiansk.", "UA-23/Berdiansk «Berdiansk»"},
      {Language::uk, "Патрулі обходять вулиці Скадовська.", "UA-65/Skadovsk «Скадовська»"},
      {Language::ru, "Патрули обходят улицы Скадовска.", "UA-65/Skadovsk «Скадовска»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, ARegionTakesTheNounOfTheOneBefore) {
  const Case cases[] = {
      {Language::ru, "В Запорожской области готово 200 паспортов, в Херсонской 130.",
       "UA-23 «Запорожской области»; UA-65 adj «Херсонской»"},
      {Language::uk, "Найбільше їх має Донецька область, найменше — Запорізька, сім тисяч.",
       "UA-14 «Донецька область»; UA-23 adj «Запорізька»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, TwoSouthernRegionsAreKnown) {
  const Case cases[] = {
      {Language::en, "Offices opened in both southern regions.", "UA-23+UA-65 «both southern regions»"},
      {Language::uk, "Пункти відкрили в обох південних областях.", "UA-23+UA-65 «обох південних областях»"},
      {Language::ru, "Пункты открыли в двух южных областях.", "UA-23+UA-65 «двух южных областях»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

// Many villages have names that are words; who writes without capitals may mean them.
TEST(Places, AnEverydayWordWithoutACapitalIsNoneInACarefulText) {
  const Case cases[] = {
      {Language::uk, "Жінок, що їдуть на пологи, питають про паспорт.", ""},
      {Language::uk, "у селі біля моря нікого", ""},
      {Language::uk, "в рубіжному видають паспорти", "UA-09/Rubizhne «рубіжному»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, RepublicsWithoutANameAreThoseOfTheDonbas) {
  const Case cases[] = {
      {Language::en, "Heads of department in the self-proclaimed republics had to go.", "UA-DONBAS «republics»"},
      {Language::uk, "У «республіках» громадянство мають 611 тисяч.", "UA-DONBAS «республіках»"},
      {Language::ru, "Госслужащим «республик» это приказано.", "UA-DONBAS «республик»"},
      {Language::ru, "В Абхазии, одной из республик, ждут.", "GE-AB «Абхазии»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Places, RefusesAPhraseForNoPlace) {
  const auto book = parse_codebook({{"p.toml",
                                     "[codebook]\nid = \"x\"\nversion = \"1\"\n[[place]]\nid = \"a\"\nlang = \"en\"\nwords = "
                                     "[\"the moon\"]\ngives = \"MOON\"\n"}});
  ASSERT_TRUE(book);
  const auto made = PlaceFinder::make(*book, World::get().gazetteer);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().line(), "p.toml:4: row a: gives = \"MOON\" is no place of the gazetteer; see the head of places.toml");
}

RC_GTEST_PROP(PlaceLaws, SpansLieInTheirSentenceAndDoNotOverlap, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("Херсон", "Новій", "Каховці", "-", " ", ",", "область", "Запорізькій", "та", "\n", ".", "«", "ТОТ",
                                    "Kherson", "regions", "the", "\xff", "district", "Russia", "'s", "у"));
  std::string text;
  for (const std::string& piece : pieces) text += piece + (piece.size() > 2 ? " " : "");
  Document document;
  document.text = text;
  document.language = *rc::gen::element(Language::en, Language::uk, Language::ru, Language::other);
  const Text read = World::get().analyser.analyse(document);
  const auto all = finder().find_all(read, document);
  RC_ASSERT(all.size() == read.sentences.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::uint32_t end = read.sentences[i].span.begin;
    for (const Place& place : all[i]) {
      RC_ASSERT(place.span.begin >= end);
      RC_ASSERT(place.span.end <= read.sentences[i].span.end);
      RC_ASSERT(!place.span.empty());
      RC_ASSERT(!place.codes.empty());
      end = place.span.end;
    }
  }
}

}  // namespace
}  // namespace litopys
