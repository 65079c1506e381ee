#include "text/lexicon.h"

#include <gtest/gtest.h>

#include "sample.h"

namespace litopys {
namespace {

Codebook book_of(std::vector<std::string> patterns, Language language) {
  Codebook book;
  Row row;
  row.id = "test.row";
  row.kind = "cue";
  row.language = language;
  row.words = std::move(patterns);
  row.file = "cues.toml";
  row.line = 7;
  book.rows.push_back(std::move(row));
  return book;
}

constexpr std::string_view kKinds[] = {"cue"};

// The bytes of all hits in all sentences, divided by a bar.
std::string hits(const char* pattern, const char* bytes, Language language) {
  const auto lexicon = Lexicon::compile(book_of({pattern}, language), kKinds, language);
  if (!lexicon) return lexicon.error().line();
  const Document doc = testing::document(bytes, language);
  const Text text = testing::analyser().analyse(doc);
  std::string out;
  for (const Sentence& s : text.sentences) {
    for (const LexiconHit& hit : lexicon->find(text, s)) {
      if (!out.empty()) out += " | ";
      out += hit.span.of(doc.text);
      EXPECT_TRUE(s.span.covers(hit.span));
      EXPECT_EQ(text.tokens[hit.first_token].span.begin, hit.span.begin);
      EXPECT_EQ(text.tokens[hit.first_token + hit.token_count - 1].span.end, hit.span.end);
    }
  }
  return out;
}

struct Case {
  Language language;
  const char* pattern;
  const char* text;
  const char* found;
};

constexpr Language kEn = Language::en, kUk = Language::uk, kRu = Language::ru;

const Case kCases[] = {
    {kUk, "видати", "Учора видали сто, видано двісті.", "видали | видано"},
    {kUk, "=видати", "Видали й хочуть видати ще.", "видати"},
    {kUk, "паспорт*", "Паспортизація, паспортів, запаспорт.", "Паспортизація | паспортів"},
    {kUk, "дати|надати паспорт", "Надали паспорти, дали й паспорт.", "Надали паспорти"},
    {kUk, "видати ..2 паспорт", "Видали, кажуть, сім паспортів. Видали сім нових, червоних паспортів.", "Видали, кажуть, сім паспортів"},
    {kUk, "не _ ніж", "Не більше ніж сто.", "Не більше ніж"},
    {kUk, "понад #", "Понад сто, понад 2,8 млн, понад усе.", "Понад сто | понад 2,8"},
    {kUk, "#|кілька тисяча", "Дві тисячі, кілька тисяч, ці тисячі.", "Дві тисячі | кілька тисяч"},
    {kUk, "!не більше ніж", "Не більше ніж сто, більше ніж двісті.", "більше ніж"},
    {kUk, "так званий", "Так звані «органи», так, звані.", "Так звані"},
    {kUk, "мер місто", "Мер «міста» і мер, місто.", "Мер «міста"},
    {kUk, "заявити , що", "Заявив, що прийде. Заявив що прийде.", "Заявив, що"},
    {kUk, "п'ять", "П’ять осіб.", "П’ять"},
    {kRu, "жилье", "Жильё отняли.", "Жильё"},
    {kRu, "отнять жильё", "Отняли жилье.", "Отняли жилье"},
    {kEn, "so-called", "The so-called mayor, the so called law.", "so-called | so called"},
    {kEn, "do not", "They don't and do not.", "don't | do not"},
    {kEn, "don't|won't know", "They don't know and won't know.", "don't know | won't know"},
    {kEn, "not be", "It isn't; it is not.", ""},
    {kEn, "be not", "It isn't; it was not.", "isn't | was not"},
    {kEn, "passport", "Passports were issued.", "Passports"},
    {kEn, "u.s.", "The U.S. said.", "U.S."},
};

TEST(Lexicon, FindsPatternsByLemmaFormPrefixAndGap) {
  for (const auto& [language, pattern, text, found] : kCases)
    EXPECT_EQ(hits(pattern, text, language), found) << "pattern: " << pattern << "\ntext: " << text;
}

TEST(Lexicon, GivesLongerHitsFirstAndEachOnce) {
  const Codebook book = book_of({"паспорт", "паспорт громадянин", "=паспорт"}, Language::uk);
  const Lexicon lexicon = Lexicon::compile(book, kKinds, Language::uk).value();
  const Document doc = testing::document("Це паспорт громадянина.");
  const Text text = testing::analyser().analyse(doc);
  std::string got;
  for (const LexiconHit& hit : lexicon.find(text, text.sentences.at(0))) got.append(hit.span.of(doc.text)) += '|';
  EXPECT_EQ(got, "паспорт громадянина|паспорт|");
}

TEST(Lexicon, SaysWhatIsWrongWithAPattern) {
  const std::pair<const char*, const char*> cases[] = {
      {"..3 паспорт", "begins or ends with a gap"},
      {"паспорт ..3", "begins or ends with a gap"},
      {"паспорт ..x слово", "has the gap \"..x\"; write ..3 for up to three words"},
      {"паспорт ..99 слово", "has a gap of 99 words; 1 to 12"},
      {"паспорт !не", "ends with \"!не\"; ! stands before another item"},
      {"пас*порт", "has * or = inside \"пас*порт\"; * ends a word, = begins it"},
      {"", "is empty"},
  };
  for (const auto& [pattern, wrong] : cases) {
    const auto got = Lexicon::compile(book_of({pattern}, Language::uk), kKinds, Language::uk);
    ASSERT_FALSE(got) << "pattern: " << pattern;
    EXPECT_EQ(got.error().kind, ErrorKind::kConfig);
    EXPECT_EQ(got.error().line(), "cues.toml: line 7: row test.row: the pattern \"" + std::string(pattern) + "\" " + wrong);
  }
}

TEST(Lexicon, OfAnotherLanguageOrKindFindsNothing) {
  const Lexicon lexicon = Lexicon::compile(book_of({"паспорт"}, Language::ru), kKinds, Language::uk).value();
  const Document doc = testing::document("Це паспорт.");
  const Text text = testing::analyser().analyse(doc);
  EXPECT_TRUE(lexicon.find(text, text.sentences.at(0)).empty());
}

}  // namespace
}  // namespace litopys
