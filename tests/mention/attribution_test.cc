// Sentences with their frames as one line each: "row: originator, relay" or "row: pronoun". Names are given to the finder by hand, as
// finding them is the work of actor.h.
#include "mention/attribution.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "text/analyser.h"

namespace litopys {
namespace {

const Codebook& book() {
  static const Codebook loaded = load_codebook(std::string(LITOPYS_SOURCE_DIR) + "/codebooks/passportization").value();
  return loaded;
}

const TextAnalyser& analyser() {
  static const TextAnalyser loaded = TextAnalyser::load(std::string(LITOPYS_SOURCE_DIR) + "/data/morphology", book()).value();
  return loaded;
}

const AttributionFinder& finder() {
  static const AttributionFinder made = AttributionFinder::make(book()).value();
  return made;
}

struct Known {
  const char* name;
  ActorKind kind;
};

std::string dump(Language language, const std::string& words, const std::vector<Known>& known) {
  Document document;
  document.text = words;
  document.language = language;
  const Text text = analyser().analyse(document);
  std::string out;
  for (const Sentence& sentence : text.sentences) {
    std::vector<Actor> actors;
    for (const Known& k : known) {
      const auto at = words.find(k.name);
      if (at == std::string::npos || !sentence.span.contains(static_cast<std::uint32_t>(at))) continue;
      Actor actor;
      actor.name = k.name;
      actor.kind = k.kind;
      actor.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + actor.name.size())};
      actor.with_title = actor.span;
      actors.push_back(actor);
    }
    std::sort(actors.begin(), actors.end(), [](const Actor& a, const Actor& b) { return a.span < b.span; });
    for (const Attribution& a : finder().find(document, text, sentence, actors)) {
      EXPECT_TRUE(sentence.span.covers(a.frame)) << words;
      EXPECT_TRUE(sentence.span.covers(a.scope)) << words;
      if (!out.empty()) out += " | ";
      if (a.row.ends_with(kBackRow)) out += "back ";
      if (a.pronoun && a.chain.empty()) out += "pronoun";
      if (!a.pronoun && a.chain.empty()) out += "nameless";
      for (std::size_t i = 0; i < a.chain.size(); ++i) out += (i ? ", " : "") + a.chain[i].name;
      if (a.credence != Credence::plain) out += " (" + std::string(name(a.credence)) + ")";
    }
  }
  return out;
}

constexpr ActorKind kPerson = ActorKind::person;
constexpr ActorKind kBody = ActorKind::body;
constexpr ActorKind kOutlet = ActorKind::outlet;

struct Case {
  Language language;
  const char* text;
  std::vector<Known> known;
  const char* reads;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(dump(c.language, c.text, c.known), c.reads) << "text: " << c.text;
}

TEST(Attribution, FindsTheSubjectOfAVerbOfSaying) {
  check({
      {Language::en, "Halyna Moroz said that the counter opens at nine.", {{"Halyna Moroz", kPerson}}, "Halyna Moroz"},
      {Language::en, "The counter opens at nine, said Halyna Moroz.", {{"Halyna Moroz", kPerson}}, "Halyna Moroz"},
      {Language::en, "Halyna Moroz, who runs the library, said the counter opens at nine.", {{"Halyna Moroz", kPerson}}, "Halyna Moroz"},
      {Language::uk, "Галина Мороз сказала, що віконце відчиняють о дев'ятій.", {{"Галина Мороз", kPerson}}, "Галина Мороз"},
      {Language::uk, "Віконце відчиняють о дев'ятій, розповіла Галина Мороз.", {{"Галина Мороз", kPerson}}, "Галина Мороз"},
      {Language::ru, "Галина Мороз сообщила, что окошко открывают в девять.", {{"Галина Мороз", kPerson}}, "Галина Мороз"},
      {Language::ru, "Окошко открывают в девять, рассказала Галина Мороз.", {{"Галина Мороз", kPerson}}, "Галина Мороз"},
  });
}

TEST(Attribution, TakesWhatFollowsAPrepositionOfSaying) {
  check({
      {Language::en, "According to Energy Watch, the turnstile was changed.", {{"Energy Watch", kBody}}, "Energy Watch"},
      {Language::uk, "За словами Петра Гайди, турнікет замінили.", {{"Петра Гайди", kPerson}}, "Петра Гайди"},
      {Language::ru, "По данным Энергонадзора, турникет заменили.", {{"Энергонадзора", kBody}}, "Энергонадзора"},
  });
}

TEST(Attribution, PutsTheOriginatorBeforeWhoHandsItOn) {
  check({
      {Language::en,
       "Halyna Moroz told Steppe Radio that the counter opens at nine.",
       {{"Halyna Moroz", kPerson}, {"Steppe Radio", kOutlet}},
       "Halyna Moroz, Steppe Radio"},
      {Language::en,
       "The counter opens at nine, Steppe Radio reported, citing Halyna Moroz.",
       {{"Halyna Moroz", kPerson}, {"Steppe Radio", kOutlet}},
       "Halyna Moroz, Steppe Radio"},
      {Language::en,
       "According to Steppe Radio, Halyna Moroz claimed that the queue was gone.",
       {{"Halyna Moroz", kPerson}, {"Steppe Radio", kOutlet}},
       "Halyna Moroz, Steppe Radio (distanced)"},
      {Language::uk,
       "Про це повідомляє Степове Радіо з посиланням на Галину Мороз.",
       {{"Степове Радіо", kOutlet}, {"Галину Мороз", kPerson}},
       "back Галину Мороз, Степове Радіо"},
      {Language::ru,
       "Об этом пишет Степное Радио со ссылкой на Галину Мороз.",
       {{"Степное Радио", kOutlet}, {"Галину Мороз", kPerson}},
       "back Галину Мороз, Степное Радио"},
  });
}

TEST(Attribution, TakesOfficesAndNamelessSpeakersByTheirOwnWords) {
  check({
      {Language::en, "The regional military administration reports that the clinic has closed.", {}, "regional military administration"},
      {Language::en, "Residents say that the clinic has closed.", {}, "Residents"},
      {Language::uk, "Мешканці розповідають, що поліклініка зачинена.", {}, "Мешканці"},
      {Language::uk, "В адміністрації повідомили, що поліклініка зачинена.", {}, "адміністрації"},
      {Language::ru, "Жители рассказывают, что поликлиника закрыта.", {}, "Жители"},
      {Language::ru, "В администрации сообщили, что поликлиника закрыта.", {}, "администрации"},
  });
}

TEST(Attribution, KnowsAVoiceByMoreFormsThanTheActive) {
  check({
      {Language::en, "Olha was warned by the caretaker that the gate would be locked.", {}, "caretaker"},
      {Language::en, "The \"department of city parks\" admits that the gate was locked.", {}, "department of city"},
      {Language::en, "The gate was locked, according to the ledger of the park.", {}, "ledger"},
      {Language::en, "A council spokesperson called it a slip and said that the gate was open.", {}, "council spokesperson"},
      {Language::en, "Our interlocutors say that the gate was locked.", {}, "interlocutors"},
      {Language::en, "Halyna Moroz stated on Monday that the gate was locked.", {{"Halyna Moroz", kPerson}}, "Halyna Moroz"},
      {Language::uk, "Слідчий нарахував, що замків було сорок.", {}, "Слідчий"},
      {Language::uk, "За показами одинадцяти свідків, ворота замкнули.", {}, "свідків"},
      {Language::uk, "Зі слів його брата, ворота замкнули.", {}, "брата"},
      {Language::ru, "Ворота заперли, сказали нам шестеро.", {}, "шестеро"},
      {Language::ru, "Ворота заперли, об этом заявили 29 собеседников.", {}, "back собеседников"},
      {Language::ru, "По словам одной из них, ворота заперли.", {}, "одной из них"},
  });
}

TEST(Attribution, TakesNobodyForAVoiceWhoIsOnlyActedOn) {
  check({
      {Language::uk, "До бригади додали п'ятеро працівників.", {}, ""},
      {Language::en, "Olha was told at the depot to choose a van.", {}, "nameless"},
      {Language::en, "The committee demanded a second gate.", {}, ""},
  });
}

TEST(Attribution, MarksAPronounAsTheVoiceNamedBefore) {
  check({
      {Language::en, "He added that the door was locked.", {}, "pronoun"},
      {Language::en, "The door, in her words, was locked.", {}, "pronoun"},
      {Language::uk, "Вона додала, що двері були замкнені.", {}, "pronoun"},
      {Language::uk, "За його словами, двері були замкнені.", {}, "pronoun"},
      {Language::ru, "Он добавил, что дверь была заперта.", {}, "pronoun"},
      {Language::ru, "По её словам, дверь была заперта.", {}, "pronoun"},
  });
}

TEST(Attribution, ReadsLabelsBeforeAColonAndAfterADash) {
  check({
      {Language::en, "Moroz: the counter opens at nine", {{"Moroz", kPerson}}, "Moroz"},
      {Language::uk, "Віконце відчиняють о дев'ятій ранку — Мороз", {{"Мороз", kPerson}}, "Мороз"},
      {Language::ru, "Мороз: окошко открывают в девять", {{"Мороз", kPerson}}, "Мороз"},
  });
}

TEST(Attribution, GivesTwoVoicesEachItsPartOfTheSentence) {
  check({
      {Language::en,
       "Halyna Moroz says the door is open; Petro Haida says it is locked.",
       {{"Halyna Moroz", kPerson}, {"Petro Haida", kPerson}},
       "Halyna Moroz | Petro Haida"},
      {Language::uk,
       "Галина Мороз каже, що двері відчинені; Петро Гайда каже, що замкнені.",
       {{"Галина Мороз", kPerson}, {"Петро Гайда", kPerson}},
       "Галина Мороз | Петро Гайда"},
  });
}

TEST(Attribution, LeavesSpeechInsideAQuotationToWhoSaysTheWhole) {
  check({
      {Language::en,
       "\"The clerk said we should come back on Friday with a photo,\" Halyna Moroz recalled.",
       {{"Halyna Moroz", kPerson}},
       "Halyna Moroz"},
      {Language::uk,
       "«Писар сказав нам прийти у п'ятницю з фотокарткою», — згадує Галина Мороз.",
       {{"Галина Мороз", kPerson}},
       "Галина Мороз"},
  });
}

TEST(Attribution, FindsNothingWhereNobodySpeaks) {
  check({
      {Language::en, "The counter opens at nine and closes at noon.", {}, ""},
      {Language::uk, "Віконце відчиняють о дев'ятій і зачиняють опівдні.", {}, ""},
      {Language::ru, "Окошко открывают в девять и закрывают в полдень.", {}, ""},
  });
}

TEST(Attribution, TakesNoThingForASpeaker) {
  EXPECT_EQ(dump(Language::uk, "Громадянами держави визнано всіх, хто жив на березі.", {}), "");
  EXPECT_EQ(dump(Language::uk, "Дорогою активісти поставили намет: бланки, чай і музика.", {}), "");
  EXPECT_EQ(dump(Language::en, "Nine pupils were allegedly told that the gate was shut.", {}), "");
}

TEST(Attribution, KnowsWhoeverStandsBeforeAColonLikeInAPlay) {
  EXPECT_EQ(dump(Language::en, "BALDOKHA: The counter shut at four.", {}), "BALDOKHA");
  EXPECT_EQ(dump(Language::en, "Sunday: The counter is shut.", {}), "");
}

TEST(Attribution, LeavesARestrictiveClauseToWhatItTellsApart) {
  EXPECT_EQ(dump(Language::en, "Two engineers who objected spent a week in the cellar.", {}), "");
  EXPECT_EQ(dump(Language::en, "A librarian, who objected to the photograph, said it was dark.", {}), "librarian");
}

TEST(Attribution, LeavesAVerbWithoutASubjectToPeople) {
  EXPECT_EQ(dump(Language::uk, "Кажуть також, що з понеділка пункт переїде.", {}), "nameless");
  EXPECT_EQ(dump(Language::ru, "Через знакомых рассказывает: хлеба нет третий день.", {}), "pronoun");
}

TEST(Attribution, FindsTheSubjectBeforeItsExplanation) {
  check({
      {Language::en,
       "Steppe Radio, a state-run broadcaster, said 23 residents in Tokmak and others in Orikhiv got the booklet.",
       {{"Steppe Radio", kOutlet}},
       "Steppe Radio"},
      {Language::en, "However, Washington-based Energy Watch said that the queue grows.", {{"Energy Watch", kBody}}, "Energy Watch"},
      {Language::en, "Nothing is left to the mayor, a former policeman, said Halyna Moroz.", {{"Halyna Moroz", kPerson}}, "Halyna Moroz"},
  });
}

TEST(Attribution, FindsEnglishSubjectsThatLookLikeOtherWords) {
  check({
      {Language::en, "The clerk told me in May that they would close.", {}, "clerk"},
      {Language::en, "Some were turned away, a nurse told us.", {}, "nurse"},
      {Language::en, "\"It has been so since Monday,\" says the dispatcher.", {}, "dispatcher"},
      {Language::en, "They got papers first, as Halyna Moroz reported on Thursday.", {{"Halyna Moroz", kPerson}}, "Halyna Moroz"},
      {Language::en, "A driver, Gia, told us that the guards ask for papers.", {{"Gia", kPerson}}, "Gia"},
      {Language::en, "A source in the Tokmak migration office told us that queues grow.", {}, "source in the Tokmak migration"},
      {Language::en, "The city council-in-exile says that fifty have papers.", {}, "city council"},
      {Language::en, "Two of them told us that the queue grows.", {}, "Two of them"},
      {Language::en, "In Luhansk Oblast, occupation authorities reported that police came.", {}, "occupation authorities"},
  });
}

TEST(Attribution, StandsAnyInput) {
  std::string quotes;
  for (int i = 0; i < 20000; ++i) quotes += "« \" he said ";
  std::string names;
  for (int i = 0; i < 20000; ++i) names += "Moroz said: ";
  for (const std::string& text : {quotes, names, std::string("\xff\xfe said \xc3"), std::string(": — said"), std::string("said")}) {
    dump(Language::en, text, {{"Moroz", kPerson}});
    dump(Language::uk, text, {{"Moroz", kPerson}});
  }
}

}  // namespace
}  // namespace litopys
