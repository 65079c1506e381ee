#include "mention/actor.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <string>

#include "mention/place.h"
#include "mention/world.h"
#include "text/analyser.h"

namespace litopys {
namespace {

using litopys::testing::World;

const ActorFinder& finder() {
  static const ActorFinder made = ActorFinder::make(World::get().book, World::get().gazetteer).value();
  return made;
}

// One line: "kind side «name» [in «name with title»]; ...".
std::string dump(Language language, const std::string& text) {
  constexpr std::string_view kKinds[] = {"person", "body", "outlet", "office", "nameless"};
  Document document;
  document.text = text;
  document.language = language;
  const Text read = World::get().analyser.analyse(document);
  std::string out;
  for (const Sentence& sentence : read.sentences) {
    for (const Actor& actor : finder().find(read, document, sentence)) {
      if (!out.empty()) out += "; ";
      out.append(kKinds[static_cast<std::size_t>(actor.kind)])
          .append(" ")
          .append(name(actor.side))
          .append(" «")
          .append(actor.name)
          .append("»");
      if (actor.with_title != actor.span) out.append(" in «").append(actor.with_title.of(text)).append("»");
    }
  }
  return out;
}

struct Case {
  Language language;
  const char* text;
  const char* reads;
};

void check(const Case& c, const std::string& got) { EXPECT_EQ(got, c.reads) << "text: " << c.text; }

TEST(Actors, KnowsOfficialsInAllCaseForms) {
  const Case cases[] = {
      {Language::uk, "Про це йшлося в Івана Федорова.", "person ukraine «Івана Федорова»"},
      {Language::ru, "Об этом шла речь у Владимира Сальдо.", "person russia «Владимира Сальдо»"},
      {Language::uk, "Вимогу Колокольцева виконали.", "person russia «Колокольцева»"},
      {Language::en, "Oleg Agarkov named the figure.", "person russia «Oleg Agarkov»"},
      {Language::uk, "так хоче путін.", "person russia «путін»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Actors, KnowsBodiesAndOutlets) {
  const Case cases[] = {
      {Language::uk, "Дані Центру національного спротиву інші.", "body ukraine «Центру національного спротиву»"},
      {Language::uk, "Так вважають у Головному управлінні розвідки.", "body ukraine «Головному управлінні розвідки»"},
      {Language::ru, "Слова приводит РИА Новости.", "outlet russia «РИА Новости»"},
      {Language::en, "Interfax contradicts the Institute for the Study of War.",
       "outlet russia «Interfax»; body ngo «Institute for the Study of War»"},
      {Language::uk, "РБК-Україна про це писала.", "outlet media «РБК-Україна»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Actors, JoinsATitleToItsName) {
  const Case cases[] = {
      {Language::en, "Mr Vodolatsky had another figure.", "person russia «Vodolatsky» in «Mr Vodolatsky»"},
      {Language::en, "Anna Petrenko, the mayor of a small town, agreed.", "person unknown «Anna Petrenko» in «Anna Petrenko, the mayor»"},
      {Language::uk, "Гауляйтер Андрій Тестовий заперечив.", "person russia «Андрій Тестовий» in «Гауляйтер Андрій Тестовий»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Actors, TakesAFullNameForItselfAndNotForANamesake) {
  EXPECT_EQ(dump(Language::uk, "Учора Оксана Федорова чекала в черзі."), "person unknown «Оксана Федорова»");
}

TEST(Actors, TakesAFirstNameAloneForAPrivatePerson) {
  const Case cases[] = {
      {Language::en, "For Tamara it was the end.", "person resident «Tamara»"},
      {Language::en, "There Vasyl K. waited.", "person resident «Vasyl K.»"},
      {Language::ru, "Так рассказывает Ирина, бывшая жительница города.", "person resident «Ирина»"},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(Actors, FindsNobodyInPlainWords) {
  const Case cases[] = {
      {Language::en, "Passports were handed out on Monday.", ""},
      {Language::uk, "Документи видавали у Херсоні.", ""},
      {Language::ru, "Паспорта выдавали в понедельник.", ""},
      {Language::ru, "Из Энергодара никого не выпускали.", ""},
  };
  for (const Case& c : cases) check(c, dump(c.language, c.text));
}

TEST(NameParts, AreThePlacesInsideAnActorWithItsTitle) {
  std::vector<Place> places(3);
  places[0].span = {0, 5};
  places[1].span = {10, 15};
  places[2].span = {40, 45};
  std::vector<Actor> actors(2);
  actors[0].with_title = {8, 30};
  actors[1].with_title = {50, 60};
  mark_name_parts(places, actors);
  EXPECT_EQ(places[0].role, PlaceRole::setting);
  EXPECT_EQ(places[1].role, PlaceRole::name_part);
  EXPECT_EQ(places[2].role, PlaceRole::setting);
}

RC_GTEST_PROP(ActorLaws, SpansLieInTheirSentenceInOrder, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("Федоров", "Іван", "А", ".", ",", "мер", "the", "mayor", "Mr", "Kolokoltsev", "-", "«", "Інтерфакс",
                                    "TASS", "\n", "said", "(", "head", "of", "\xd0", "K", "Olga", "'s"));
  std::string text;
  for (const std::string& piece : pieces) text += piece + (piece.size() > 1 ? " " : "");
  Document document;
  document.text = text;
  document.language = *rc::gen::element(Language::en, Language::uk, Language::ru);
  const Text read = World::get().analyser.analyse(document);
  for (const Sentence& sentence : read.sentences) {
    std::uint32_t end = sentence.span.begin;
    for (const Actor& actor : finder().find(read, document, sentence)) {
      RC_ASSERT(actor.span.begin >= end);
      RC_ASSERT(actor.span.end <= sentence.span.end);
      RC_ASSERT(actor.with_title.covers(actor.span));
      RC_ASSERT(actor.name == actor.span.of(text));
      end = actor.span.end;
    }
  }
}

}  // namespace
}  // namespace litopys
