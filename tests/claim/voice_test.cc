// Small reports with the voice of each sentence as one line: "originator, relay/side[/credence]"; "-" where the document itself speaks.
#include "claim/voice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "mention/attribution.h"
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

struct Known {
  const char* name;
  ActorKind kind;
  Side side;
};

// Every place where a name stands is an actor.
std::vector<Voice> read(Language language, const std::string& words, const std::vector<Known>& known, const char* outlet = nullptr) {
  Document document;
  document.text = words;
  document.language = language;
  if (outlet != nullptr) document.outlet = outlet;
  const Text text = analyser().analyse(document);
  const AttributionFinder finder = AttributionFinder::make(book()).value();
  std::vector<Mentions> mentions(text.sentences.size());
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    for (const Known& k : known) {
      for (auto at = words.find(k.name); at != std::string::npos; at = words.find(k.name, at + 1)) {
        if (!text.sentences[i].span.contains(static_cast<std::uint32_t>(at))) continue;
        Actor actor;
        actor.name = k.name;
        actor.kind = k.kind;
        actor.side = k.side;
        actor.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + actor.name.size())};
        actor.with_title = actor.span;
        const bool inside = std::any_of(mentions[i].actors.begin(), mentions[i].actors.end(),
                                        [&](const Actor& other) { return other.span.overlaps(actor.span); });
        if (!inside) mentions[i].actors.push_back(actor);
      }
    }
    auto& actors = mentions[i].actors;
    std::sort(actors.begin(), actors.end(), [](const Actor& a, const Actor& b) { return a.span < b.span; });
    mentions[i].attributions = finder.find(document, text, text.sentences[i], actors);
  }
  return voices(document, text, mentions, book());
}

std::string dump(const Voice& v) {
  std::string out;
  for (const std::string& s : v.sources) out += (out.empty() ? "" : ", ") + s;
  if (out.empty()) out = "-";
  out += "/" + std::string(name(v.side));
  if (v.credence != Credence::plain) out += "/" + std::string(name(v.credence));
  return out;
}

std::vector<std::string> dump(const std::vector<Voice>& all) {
  std::vector<std::string> out;
  for (const Voice& v : all) out.push_back(dump(v));
  return out;
}

using Lines = std::vector<std::string>;
constexpr ActorKind kPerson = ActorKind::person;
constexpr ActorKind kBody = ActorKind::body;
constexpr ActorKind kOutlet = ActorKind::outlet;

TEST(Voice, CarriesAReportOverItsParagraphUntilTheDocumentTakesTheWordBack) {
  EXPECT_EQ(dump(read(Language::en,
                      "Petro Haida said that the clinic asks for the red booklet. Without it nobody gets past the door. The old one is "
                      "laughed at.\n\nMeanwhile, prices at the market have doubled.",
                      {{"Petro Haida", kPerson, Side::ukraine}})),
            (Lines{"Petro Haida/ukraine", "Petro Haida/ukraine", "Petro Haida/ukraine", "-/outlet"}));
  EXPECT_EQ(
      dump(read(Language::uk,
                "Петро Гайда розповів, що в поліклініці питають червону книжечку. Без неї за двері не пускають.\n\nТим часом ціни на ринку "
                "зросли вдвічі.",
                {{"Петро Гайда", kPerson, Side::ukraine}})),
      (Lines{"Петро Гайда/ukraine", "Петро Гайда/ukraine", "-/outlet"}));
  EXPECT_EQ(
      dump(read(
          Language::ru,
          "Пётр Гайда рассказал, что в поликлинике спрашивают красную книжечку. Без неё за дверь не пускают.\n\nМежду тем цены на рынке "
          "выросли вдвое.",
          {{"Пётр Гайда", kPerson, Side::ukraine}})),
      (Lines{"Пётр Гайда/ukraine", "Пётр Гайда/ukraine", "-/outlet"}));
}

TEST(Voice, NamesAPersonInFullWhereASurnameOrPronounStands) {
  EXPECT_EQ(dump(read(Language::en,
                      "Petro Haida said the door was locked.\n\nHaida said the key was lost.\n\nHe added that nobody looked for it.",
                      {{"Petro Haida", kPerson, Side::ukraine}, {"Haida", kPerson, Side::unknown}})),
            (Lines{"Petro Haida/ukraine", "Petro Haida/ukraine", "Petro Haida/ukraine"}));
}

TEST(Voice, GivesTheSentencesBeforeToWhoIsSaidToHaveReportedThem) {
  EXPECT_EQ(
      dump(read(Language::uk, "У селі обходять двір за двором. Про це розповів Петро Гайда.", {{"Петро Гайда", kPerson, Side::ukraine}})),
      (Lines{"Петро Гайда/ukraine", "Петро Гайда/ukraine"}));
  EXPECT_EQ(
      dump(read(Language::ru, "В селе обходят двор за двором. Об этом рассказал Пётр Гайда.", {{"Пётр Гайда", kPerson, Side::ukraine}})),
      (Lines{"Пётр Гайда/ukraine", "Пётр Гайда/ukraine"}));
}

TEST(Voice, KeepsAQuotationOpenOverSentences) {
  EXPECT_EQ(dump(read(Language::uk, "«Спершу ми відмовлялися, — каже Петро Гайда. — Потім забрали насос. Тоді пішли всі».",
                      {{"Петро Гайда", kPerson, Side::resident}})),
            (Lines{"Петро Гайда/resident", "Петро Гайда/resident", "Петро Гайда/resident"}));
}

TEST(Voice, NeverListsTheOutletOfTheDocument) {
  EXPECT_EQ(dump(read(Language::en, "Petro Haida told Steppe Radio that the door was locked.",
                      {{"Petro Haida", kPerson, Side::ukraine}, {"Steppe Radio", kOutlet, Side::media}}, "Steppe Radio")),
            (Lines{"Petro Haida/ukraine"}));
}

TEST(Voice, SpeaksForTheBodyWhoseDocumentItIs) {
  EXPECT_EQ(dump(read(Language::ru, "Уважаемые жители муниципального округа! С понедельника пенсию выдают гражданам РФ.", {})).back(),
            "-/russia");
  EXPECT_EQ(dump(read(Language::uk, "Дорогі українці! Ворог роздає чужі книжечки нашим людям.", {})).back(), "-/ukraine");
}

TEST(Voice, TellsWhoseDocumentItIsByItsHeadAndByWhoSpeaks) {
  const auto side = [](Language language, const char* words) { return std::string(name(read(language, words, {}).back().side)); };
  EXPECT_EQ(
      side(Language::en,
           "Foothill Rights Observatory\nQuarterly report, July 2024\n\nOur monitors interviewed 40 persons who had left.\n\nClinics turn "
           "patients away without the passport."),
      "ngo");
  EXPECT_EQ(side(Language::uk,
                 "Правова клініка «Джерело»\nАналітична записка, червень 2024 року\n\nНаші юристи опитали 30 людей. Ми зафіксували "
                 "відмови.\n\nЛікарні вимагають паспорт."),
            "ngo");
  EXPECT_EQ(side(Language::uk,
                 "Лист до редакції\n\nПишу вам із села. Я живу тут сорок років, у мене донька й сестра.\n\nМені сказали, що без "
                 "паспорта не дадуть пенсії."),
            "resident");
  EXPECT_EQ(side(Language::ru,
                 "АДМИНИСТРАЦИЯ МУНИЦИПАЛЬНОГО ОКРУГА\n\nУважаемые жители!\n\nНапоминаем: приём граждан ведётся во вторник.\n\nВыплаты "
                 "получают только граждане РФ."),
            "russia");
  EXPECT_EQ(side(Language::en,
                 "Harbour Times, 3 May 2024\n\nClinic closes its doors to some\n\nBy our correspondent\n\n\"They sent me home,\" a man of "
                 "sixty said. His wife told the paper the same.\n\nClinics turn patients away without the passport."),
            "outlet");
}

TEST(Voice, SaysWhatWeighedMostForADocumentsSide) {
  const Voice own =
      read(Language::ru, "АДМИНИСТРАЦИЯ МУНИЦИПАЛЬНОГО ОКРУГА\n\nУважаемые жители!\n\nВыплаты получают только граждане РФ.", {}).back();
  EXPECT_EQ(own.rule, "document voice");
  EXPECT_NE(own.note.find('+'), std::string::npos);
  EXPECT_FALSE(own.spans.empty());
}

TEST(Voice, KnowsABodysOwnDocumentByItsHead) {
  EXPECT_EQ(read(Language::en,
                 "Harbour Rights Desk | Monitoring note 4\n\nCards at the clinic\n\nOur monitors rang nineteen households. Seven of them "
                 "had been sent home without a pill.",
                 {})
                .back()
                .side,
            Side::ngo);
  EXPECT_EQ(read(Language::uk,
                 "ДО УВАГИ ЖИТЕЛІВ СЕЛИЩА!\n\nВідділ Федеральної міграційної служби роз'яснює порядок.\n\nДокументи видають у "
                 "четвертому кабінеті щосереди.",
                 {})
                .back()
                .side,
            Side::russia);
  EXPECT_EQ(read(Language::ru,
                 "Правовая группа «Причал»\nСправка для журналистов\n\nМы опросили девятнадцать семей. Семь из них остались без "
                 "лекарств.",
                 {})
                .back()
                .side,
            Side::ngo);
}

TEST(Voice, LeavesAReportAboutABodyToTheOutlet) {
  EXPECT_EQ(read(Language::en, "Migration office opens in Skadovsk\n\nSKADOVSK, May 2. The line stood round the corner by seven.", {})
                .back()
                .side,
            Side::outlet);
  EXPECT_EQ(read(Language::uk, "Адміністрація закриває школу в Скадовську\n\nЧерга стояла за рогом із сьомої ранку.", {}).back().side,
            Side::outlet);
}

TEST(Voice, TakesWhatANoticeSaysAsTheWordOfThoseInPower) {
  EXPECT_EQ(dump(read(Language::en, "A poster by the door promises ten thousand roubles to every newborn.", {})), (Lines{"-/russia"}));
}

TEST(Voice, TakesCredenceFromTheWordsOfTheSentence) {
  const auto credence = [](Language language, const char* words) {
    return name(read(language, words, {{"Saldo", kPerson, Side::russia}, {"Сальдо", kPerson, Side::russia}}).front().credence);
  };
  EXPECT_EQ(credence(Language::en, "The queue is almost certainly staged."), "near-certain");
  EXPECT_EQ(credence(Language::en, "The queue is probably staged."), "likely");
  EXPECT_EQ(credence(Language::en, "Saldo claimed that the queue was long."), "distanced");
  EXPECT_EQ(credence(Language::en, "The queue was long."), "plain");
  EXPECT_EQ(credence(Language::uk, "Черга нібито довга."), "distanced");
  EXPECT_EQ(credence(Language::uk, "Черга, імовірно, довга."), "likely");
  EXPECT_EQ(credence(Language::uk, "Черга майже напевно вигадана."), "near-certain");
  EXPECT_EQ(credence(Language::ru, "Очередь якобы длинная."), "distanced");
  EXPECT_EQ(credence(Language::ru, "Очередь, скорее всего, длинная."), "likely");
  EXPECT_EQ(credence(Language::ru, "Очередь почти наверняка выдумана."), "near-certain");
}

TEST(Voice, LetsANoteReachTheReportBeforeIt) {
  EXPECT_EQ(dump(read(Language::en,
                      "Petro Haida said that nine men were taken away. They are kept in a cellar. The report could not be independently "
                      "verified.",
                      {{"Petro Haida", kPerson, Side::ukraine}}))
                .front(),
            "Petro Haida/ukraine/unverified");
  EXPECT_EQ(dump(read(Language::ru, "Пётр Гайда рассказал, что увезли девять мужчин. Проверить эти сведения невозможно.",
                      {{"Пётр Гайда", kPerson, Side::ukraine}}))
                .front(),
            "Пётр Гайда/ukraine/unverified");
}

TEST(Voice, GivesTheAnswersOfAnInterviewToWhoWasNamedBeforeTheFirstQuestion) {
  EXPECT_EQ(dump(read(Language::uk,
                      "Права в окупації\n\nНа листи відповідає Петро Гайда.\n\n— Чи треба міняти права?\n\n— Так. Інакше авто "
                      "заберуть.\n\n— А хто пенсіонер?\n\n— Йому не дадуть пільг.\n\n— Що радите?\n\n— Зберігати копії.",
                      {{"Петро Гайда", kPerson, Side::ukraine}})),
            (Lines{"-/outlet", "Петро Гайда/ukraine", "-/outlet", "Петро Гайда/ukraine", "Петро Гайда/ukraine", "-/outlet",
                   "Петро Гайда/ukraine", "-/outlet", "Петро Гайда/ukraine"}));
}

TEST(Voice, GivesTheTurnsOfATranscriptToTheNameBeforeTheColon) {
  EXPECT_EQ(
      dump(read(Language::ru,
                "Эфир с Петром Гайдой\n\nВЕДУЩИЙ: С нами Пётр Гайда. Как дела с документами?\n\nГАЙДА: Идут хорошо. Вчера выдали сорок "
                "паспортов.\n\nВЕДУЩИЙ: А кто не хочет?\n\nГАЙДА: Тем не поможем.",
                {{"Пётр Гайда", kPerson, Side::russia}})),
      (Lines{"-/outlet", "-/outlet", "-/outlet", "Пётр Гайда/russia", "Пётр Гайда/russia", "-/outlet", "Пётр Гайда/russia"}));
}

TEST(Voice, KnowsSpeakersByInitialsAndWhoAsksByTheIntroduction) {
  EXPECT_EQ(dump(read(Language::uk,
                      "Ранкова розмова\n\nУ студії Ніна Лоза (ведуча), Петро Гайда\n\nН. Л. Почнімо з черги?\n\nП. Г. Черга стоїть від "
                      "понеділка. Пускають по двоє.\n\nН. Л. Хто не прийшов?\n\nП. Г. До тих прийдуть.",
                      {{"Ніна Лоза", kPerson, Side::unknown}, {"Петро Гайда", kPerson, Side::ukraine}})),
            (Lines{"-/outlet", "-/outlet", "-/outlet", "Петро Гайда/ukraine", "Петро Гайда/ukraine", "-/outlet", "-/outlet",
                   "Петро Гайда/ukraine", "Петро Гайда/ukraine"}));
}

TEST(Voice, CallsUnknownSpeakersOfATranscriptAsItDoes) {
  EXPECT_EQ(
      dump(read(Language::ru,
                "ГАЙДА П. С. (председатель). Сколько выдано?\n\nКОЗАК Л. Н. Сорок тысяч.\n\nК осени выдадим остальным.\n\nГАЙДА П. С. "
                "Кто отстаёт?\n\nКОЗАК Л. Н. Два района. Там очередь меньше.\n\nГОЛОС ИЗ ЗАЛА. У нас бланков нет.",
                {})),
      (Lines{"-/outlet", "-/outlet", "КОЗАК Л. Н./resident", "КОЗАК Л. Н./resident", "-/outlet", "-/outlet", "КОЗАК Л. Н./resident",
             "КОЗАК Л. Н./resident", "ГОЛОС ИЗ ЗАЛА/resident", "ГОЛОС ИЗ ЗАЛА/resident"}));
}

TEST(Voice, GivesTheLinesOfAChatToTheirWriters) {
  EXPECT_EQ(
      dump(read(Language::en,
                "[Fitter_9] They took my pass at the gate.\n[Mum_of_two] And the wages?\n[Fitter_9] Stopped since Monday. No card, no "
                "money.\n[Mum_of_two] Ours too.",
                {})),
      (Lines{"Fitter_9/resident", "Mum_of_two/resident", "Fitter_9/resident", "Fitter_9/resident", "Mum_of_two/resident"}));
}

TEST(Voice, GivesAnswersToWhoeverIsSaidToAnswerThem) {
  const std::string questions =
      "1. Is it compulsory?\nOn paper, no. In the queue, yes.\n\n2. Who is asked?\nWhoever works for the town.\n\n3. And the "
      "old?\nThey are visited at home.";
  EXPECT_EQ(dump(read(Language::en, "Three letters of this week. Interview: Petro Haida.\n\n" + questions,
                      {{"Petro Haida", kPerson, Side::ngo}})),
            (Lines{"-/outlet", "-/outlet", "-/outlet", "Petro Haida/ngo", "Petro Haida/ngo", "-/outlet", "Petro Haida/ngo", "-/outlet",
                   "Petro Haida/ngo"}));
  for (const Voice& voice : read(Language::en, "Petro Haida left in May.\n\n" + questions, {{"Petro Haida", kPerson, Side::ngo}})) {
    EXPECT_TRUE(voice.sources.empty());  // the outlet explains
  }
}

TEST(Voice, LetsASpeakerHandOnWhatOthersSayInTheTurn) {
  const std::string words =
      "HOST: With us is Petro Haida. What is new?\n\nHAIDA: They say the queue is long. Saldo said that the office works at night.\n\n"
      "HOST: And the price?\n\nHAIDA: Nothing yet.";
  EXPECT_EQ(dump(read(Language::en, words, {{"Petro Haida", kPerson, Side::ukraine}, {"Saldo", kPerson, Side::russia}})),
            (Lines{"-/outlet", "-/outlet", "Petro Haida/ukraine", "Saldo, Petro Haida/russia", "-/outlet", "Petro Haida/ukraine"}));
}

TEST(Voice, TakesNoHeadsOfSectionsForSpeakers) {
  for (const Voice& voice : read(Language::en,
                                 "North. The office moved to the school.\n\nSouth. Two vans went round.\n\nPensions. Nobody was paid in "
                                 "May.\n\nNorth. A third van came.\n\nSchools. Forms were handed out.",
                                 {})) {
    EXPECT_TRUE(voice.sources.empty());
  }
}

TEST(Voice, TakesWhoeverAsksForNobodyWhoAnswers) {
  const std::vector<std::string> uk{
      "Петро Гайда про черги\n\nРозмовляла Ніна Лоза.\n\n",
      "Петро Гайда відповідає слухачам\nВедуча Ніна Лоза\n\n",
      "Петро Гайда про черги\n\nНіна Лоза розмовляла з ним у суботу.\n\n",
  };
  for (const std::string& head : uk) {
    EXPECT_EQ(dump(read(Language::uk, head + "— Чи довга черга?\n\n— До ночі.\n\n— А взимку?\n\n— Теж.\n\n— Що далі?\n\n— Побачимо.",
                        {{"Петро Гайда", kPerson, Side::ukraine}, {"Ніна Лоза", kPerson, Side::unknown}}))
                  .back(),
              "Петро Гайда/ukraine")
        << head;
  }
  EXPECT_EQ(dump(read(Language::ru,
                      "Пётр Гайда об очередях\n\nБеседовала Нина Лоза\n\n— Очередь длинная?\n\n— До ночи.\n\n— А зимой?\n\n— Тоже.\n\n"
                      "— Что дальше?\n\n— Увидим.",
                      {{"Пётр Гайда", kPerson, Side::ukraine}, {"Нина Лоза", kPerson, Side::unknown}}))
                .back(),
            "Пётр Гайда/ukraine");
  EXPECT_EQ(dump(read(Language::en,
                      "Petro Haida on queues\n\nInterview by Nina Loza\n\n— Is it long?\n\n— It was.\n\n— In winter?\n\n— Even "
                      "then.\n\n— And now?\n\n— We wait.",
                      {{"Petro Haida", kPerson, Side::ukraine}, {"Nina Loza", kPerson, Side::unknown}}))
                .back(),
            "Petro Haida/ukraine");
}

// Whom each sentence is from; "-": nobody is named.
Lines speakers(const std::vector<Voice>& voices) {
  Lines out;
  for (const Voice& voice : voices) out.push_back(voice.sources.empty() ? "-" : voice.sources.front());
  return out;
}

TEST(Voice, GivesQuotedAnswersBehindQuestionsToWhoWasNamedBefore) {
  const std::string head = "Petro Haida drinks his tea.\n\n";
  EXPECT_EQ(speakers(read(Language::en,
                          head + "Is the office open?\n\n“From nine. People come at five.”\n\nWho comes?\n\n“The old.”\n\nThe room is "
                                 "cold.\n\nAnd the young?\n\n“They have left.”",
                          {{"Petro Haida", kPerson, Side::ukraine}})),
            (Lines{"-", "-", "Petro Haida", "Petro Haida", "-", "Petro Haida", "-", "-", "Petro Haida"}));
  // A question that a report asks makes no conversation of it.
  EXPECT_EQ(speakers(read(Language::en, head + "Why so early?\n\nThe door is green. It opens at nine.",
                          {{"Petro Haida", kPerson, Side::ukraine}})),
            (Lines{"-", "-", "-", "-"}));
}

TEST(Voice, KnowsSpeakersByAnInitialAndASurnameInCapitals) {
  const Lines who = speakers(read(Language::uk,
                                  "Петро Гайда і Ніна Лоза про черги\n\nП. ГАЙДА. Черга стоїть.\n\nЗАПИТАННЯ. Хто не прийшов?\n\nП. ГАЙДА. "
                                  "До тих прийдуть.\n\nЗАПИТАННЯ. А ціна?\n\nП. ГАЙДА. Ціна та сама.\n\nН. ЛОЗА. Додам про ліки.",
                                  {{"Петро Гайда", kPerson, Side::ukraine}, {"Ніна Лоза", kPerson, Side::ngo}}));
  EXPECT_GE(std::count(who.begin(), who.end(), "Петро Гайда"), 6);
  EXPECT_EQ(who.back(), "Ніна Лоза");
}

TEST(Voice, TakesNoLetterBeforeAColonForAName) {
  for (const Voice& voice : read(Language::en, "Noon briefing\n\nQ: What about work?\n\nA: The mine asks for it. Shops do not.", {})) {
    EXPECT_TRUE(voice.sources.empty());
  }
}

TEST(Voice, TakesNoListForAnInterview) {
  const std::vector<Voice> list =
      read(Language::uk, "Поруч жив Петро Гайда.\n\n— Пункт у школі.\n\n— Пункт у клубі.\n\n— Пункт у лікарні.\n\n— Пункт на ринку.",
           {{"Петро Гайда", kPerson, Side::ukraine}});
  for (const Voice& voice : list) EXPECT_TRUE(voice.sources.empty());
}

TEST(Voice, GivesEachPartOfASentenceItsOwnVoice) {
  const std::string words = "Petro Haida says the door is open; Saldo says it is locked.";
  const Voice v = read(Language::en, words, {{"Petro Haida", kPerson, Side::ukraine}, {"Saldo", kPerson, Side::russia}}).front();
  const auto at = [&](const char* part) {
    const auto begin = static_cast<std::uint32_t>(words.find(part));
    return dump(v.at({begin, begin + 4}));
  };
  EXPECT_EQ(at("open"), "Petro Haida/ukraine");
  EXPECT_EQ(at("locked"), "Saldo/russia");
}

// Whose words the sentence is in which `part` stands; "-": nobody is named.
std::string teller(Language language, const std::string& words, const char* part, const std::vector<Known>& known = {}) {
  const auto at = static_cast<std::uint32_t>(words.find(part));
  for (const Voice& voice : read(language, words, known)) {
    if (voice.scope.contains(at)) return voice.sources.empty() ? "-" : voice.sources.front();
  }
  return "no sentence";
}

TEST(Voice, ReadsLongLabelsInCapitalsAndNamesInTheirBrackets) {
  const std::string words =
      "ГОЛОВА. Скільки видано?\n\nКОЗАК Л.Н. Сорок тисяч.\n\nГОЛОВА. Хто відстає?\n\nПРЕДСТАВНИЦЯ МІНІСТЕРСТВА ГАННА ЛОЗА. Два райони. "
      "Там менша черга.\n\nГОЛОВА. Чому?\n\nКОЗАК Л.Н. Бракує людей.\n\nГОЛОВА. А суди?\n\nПРОКУРАТУРА (П. ГАЙДА). Судів дев'ять.\n\n"
      "ГОЛОВА. Коли?\n\nПРОКУРАТУРА. Від травня.";
  EXPECT_EQ(teller(Language::uk, words, "Сорок"), "КОЗАК Л.Н.");
  EXPECT_EQ(teller(Language::uk, words, "Там менша"), "ПРЕДСТАВНИЦЯ МІНІСТЕРСТВА ГАННА ЛОЗА");
  EXPECT_EQ(teller(Language::uk, words, "Судів"), "П. ГАЙДА");
  EXPECT_EQ(teller(Language::uk, words, "А суди"), "-");
}

TEST(Voice, GivesTheTurnsOfSubtitlesToTheGuestWhomTheHostIntroduces) {
  const std::string words =
      "Open Studio\n\n- Good evening. With us is\nthe head of the office, Petro Haida.\n- Good evening.\n- How many are left?\n- A third.\n"
      "They live in the villages.\n- And the vans?\n- Three a week.\n- Is it enough?\n- No.";
  const std::vector<Known> known = {{"Petro Haida", kPerson, Side::russia}};
  EXPECT_EQ(teller(Language::en, words, "A third", known), "Petro Haida");
  EXPECT_EQ(teller(Language::en, words, "They live", known), "Petro Haida");
  EXPECT_EQ(teller(Language::en, words, "How many", known), "-");
}

TEST(Voice, TellsWhoAnswersFromWhoAsksInOneLine) {
  const std::string turns = "\n\n— Чи довга черга?\n\n— Довга.\n\n— А взимку?\n\n— Теж.\n\n— А тепер?\n\n— Чекаємо.";
  EXPECT_EQ(teller(Language::uk, "На запитання відповідав Петро Гайда, розмовляла Ніна Лоза" + turns, "Чекаємо",
                   {{"Петро Гайда", kPerson, Side::ukraine}}),
            "Петро Гайда");
  // Somebody may be known by a first name alone.
  EXPECT_EQ(teller(Language::uk, "Слухачка Олена виїхала у грудні. Говорить ведучий Петро Гайда." + turns, "Чекаємо",
                   {{"Петро Гайда", kPerson, Side::unknown}}),
            "Олена");
}

TEST(Voice, TakesAnswersInTheFirstPersonForAConversation) {
  const std::vector<Known> known = {{"Larysa", kPerson, Side::unknown}};
  const std::string head = "Larysa, 51, left in August.\n\n";
  EXPECT_EQ(teller(Language::en,
                   head + "When did you hear of it?\nIn summer. I laughed.\n\nDid you get a job?\nI sold socks.\n\nWhy did you "
                          "leave?\nThey took the house.",
                   "They took", known),
            "Larysa");
  EXPECT_EQ(teller(Language::en, head + "When did it begin?\nIn summer.\n\nWho is asked?\nWhoever works.\n\nIs there a fine?\nFor some.",
                   "For some", known),
            "-");
}

TEST(Voice, HearsWhoeverAHostGivesTheWord) {
  const std::string words =
      "Ведучий:\nТема сюжету\nпаспорти на півдні.\nУ студії правники.\n\nНіна:\nМи працювали\nдо четверга.\nПотім закрили\nпрохідну.\n\n"
      "Ведучий:\nДе це було?\n\nНіна:\nУ порту.\nТам усіх\nзвільнили.\n\nВедучий:\nДякую.\n\nЖІНКА: А в лікарні\nтак само.";
  EXPECT_EQ(teller(Language::uk, words, "Там усіх"), "Ніна");
  EXPECT_EQ(teller(Language::uk, words, "А в лікарні"), "ЖІНКА");
  EXPECT_EQ(teller(Language::uk, words, "Де це"), "-");
}

TEST(Voice, TakesABareBodyForTheOneBeforeOnlyWhereItsNounSaysNoMore) {
  const std::string head = "Энергонадзор сообщил, что пункт открыт.\n\n";
  const std::vector<Known> known = {{"Энергонадзор", ActorKind::body, Side::russia}};
  EXPECT_EQ(teller(Language::ru, head + "Ведомство добавило, что очередь длинная.", "очередь", known), "Энергонадзор");
  EXPECT_EQ(teller(Language::ru, head + "Прокуратура добавила, что очередь длинная.", "очередь", known), "Прокуратура");
}

}  // namespace
}  // namespace litopys
