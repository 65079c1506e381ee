#include "text/sentence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sample.h"
#include "text/dump.h"

namespace litopys {
namespace {

using testing::analyser;
using testing::document;

// The sentences of a text, divided by a bar, line feeds inside shown as a slash; a heading has H: before it.
std::string cut(std::string_view bytes) {
  const Document doc = document(bytes);
  const Text text = analyser().analyse(doc);
  std::string out;
  for (const Sentence& s : text.sentences) {
    if (!out.empty()) out += " | ";
    if (s.heading) out += "H:";
    for (const char c : s.span.of(doc.text)) out += c == '\n' ? '/' : c;
  }
  return out;
}

struct Case {
  const char* text;
  const char* sentences;
};

const Case kCases[] = {
    {"Заяви беруть. Паспорти видають.", "Заяви беруть. | Паспорти видають."},
    {"Про це йдеться на стор. 31 звіту. Обшук у кв. 7 тривав годину.", "Про це йдеться на стор. 31 звіту. | Обшук у кв. 7 тривав годину."},
    {"Пункт работает по адресу: г. Геническ, ул. Мира, дом 8, корп. 3, кв. 14.",
     "Пункт работает по адресу: г. Геническ, ул. Мира, дом 8, корп. 3, кв. 14."},
    {"Требуют полис, права и т.д. у каждого, кто остался. Т.н. администрация и т.п. органы молчат.",
     "Требуют полис, права и т.д. у каждого, кто остался. | Т.н. администрация и т.п. органы молчат."},
    {"U.S. officials said Sept. 9 that No. 3 was closed. Mr. Smith agreed.",
     "U.S. officials said Sept. 9 that No. 3 was closed. | Mr. Smith agreed."},
    {"Требуют полис. U.S. officials said Sept. 9 that No. 3 was closed.",
     "Требуют полис. | U.S. officials said Sept. 9 that No. 3 was closed."},
    {"The office at вул. Миру is closed, and so is the one at ст. 5 of the list.",
     "The office at вул. Миру is closed, and so is the one at ст. 5 of the list."},
    {"It opened at 9 p.m. The queue was long.", "It opened at 9 p.m. | The queue was long."},
    {"Заяву подав І. Я. Коваленко. Її прийняли.", "Заяву подав І. Я. Коваленко. | Її прийняли."},
    {"Видали 3,5 млн. Це багато.", "Видали 3,5 млн. | Це багато."},
    {"Згідно зі ст. 5 п. 2 ч. 3 наказу довідка не потрібна. Так вирішив суд.",
     "Згідно зі ст. 5 п. 2 ч. 3 наказу довідка не потрібна. | Так вирішив суд."},
    {"Прийшли о 9 год. 30 хв. і чекали до 17 год. Ніхто не вийшов.", "Прийшли о 9 год. 30 хв. і чекали до 17 год. | Ніхто не вийшов."},
    {"Выдача стоит 5 руб. 20 коп. за лист. Дорого.", "Выдача стоит 5 руб. 20 коп. за лист. | Дорого."},
    {"Его, род. 5 мая 1960 г. в г. Орёл, ищут, см. прил. 4. Ответа нет.",
     "Его, род. 5 мая 1960 г. в г. Орёл, ищут, см. прил. 4. | Ответа нет."},
    {"Їх відвезли до с. Нове, Херсонська обл., Каховський р-н, де чекали. Потім відпустили.",
     "Їх відвезли до с. Нове, Херсонська обл., Каховський р-н, де чекали. | Потім відпустили."},
    {"У XIX ст. тут була фортеця, а в ХХ ст. порт. Тепер порожньо.", "У XIX ст. тут була фортеця, а в ХХ ст. порт. | Тепер порожньо."},
    {"Постанова від 24.05.2023 № 330. Діє досі.", "Постанова від 24.05.2023 № 330. | Діє досі."},
    {"Сайт gov.example.ua і пошта a.b@example.org не працюють. Файл list.v2.pdf зник.",
     "Сайт gov.example.ua і пошта a.b@example.org не працюють. | Файл list.v2.pdf зник."},
    {"«Ми не підемо!» — сказав він. «Ніколи». Усі мовчали.", "«Ми не підемо!» — сказав він. | «Ніколи». | Усі мовчали."},
    {"Он ответил: «Нет.» Потом ушёл.", "Он ответил: «Нет.» | Потом ушёл."},
    {"Світло є; воду дають зранку; пошта не працює.", "Світло є; воду дають зранку; пошта не працює."},
    {"Так… Але чому? Бо так.", "Так… | Але чому? | Бо так."},
    {"Помилка була.Завтра виправлять.", "Помилка була. | Завтра виправлять."},
    {"He left in 1805. [6] He came back.", "He left in 1805. [6] | He came back."},
    {"Живе на вул. Миру, буд. 5, пов. 3, каб. № 7. Потім переїхав.", "Живе на вул. Миру, буд. 5, пов. 3, каб. № 7. | Потім переїхав."},
    {"Тел. 050-123-45-67, тел./факс. (061) 222-33-44. Дзвоніть зранку.",
     "Тел. 050-123-45-67, тел./факс. (061) 222-33-44. | Дзвоніть зранку."},
    {"Дод. 2 до постанови, п. 4.1, абз. 3. Чинна.", "Дод. 2 до постанови, п. 4.1, абз. 3. | Чинна."},
    {"Площа 12 кв. м. Ще 3 кв. км. відвели під табір.", "Площа 12 кв. м. | Ще 3 кв. км. відвели під табір."},
    {"Срок до 1 мес. 5 дн. со дня подачи. Потом штраф.", "Срок до 1 мес. 5 дн. со дня подачи. | Потом штраф."},
    {"Бланки коштують 5 грн. 20 коп. кожен. Дорого.", "Бланки коштують 5 грн. 20 коп. кожен. | Дорого."},
    {"Мін. 3 роки, макс. 5 років. Так у законі.", "Мін. 3 роки, макс. 5 років. | Так у законі."},
    {"Кн. 3, гл. 2, с. 45. Так написано.", "Кн. 3, гл. 2, с. 45. | Так написано."},
    {"Письмо послали на вул. Миру, буд. 3. Ответа нет.", "Письмо послали на вул. Миру, буд. 3. | Ответа нет."},
    // Lines
    {"Обшуки тривають\nу трьох селах\nі далі.", "Обшуки тривають/у трьох селах/і далі."},
    {"Перший рядок без крапки\n\nдругий абзац.", "H:Перший рядок без крапки | другий абзац."},
    {"Треба принести до\n10.09\nзаяву.", "Треба принести до/10.09/заяву."},
    {"• перше\n• друге", "перше | друге"},
    {"1. Паспорт.\n2) Копія.\n- Фото.", "Паспорт. | Копія. | Фото."},
    {"— Хто там?\n— Ми.", "Хто там? | Ми."},
    {"🔸 Пенсії тільки з паспортом 💪\n🔸Пошта закрита", "Пенсії тільки з паспортом | Пошта закрита"},
    {"Людей везуть 🚌 Наступний рейс завтра.", "Людей везуть | Наступний рейс завтра."},
    {"вчора нічого. сьогодні теж нічого. завтра побачимо. а ви як", "вчора нічого. | сьогодні теж нічого. | завтра побачимо. | а ви як"},
    {"сказали \"поїдеш\nзвідси\n\"", "сказали \"поїдеш/звідси/\""},
    {"ПАСПОРТИ І ПЕНСІЇ\n\nЗ березня пенсій не буде.", "H:ПАСПОРТИ І ПЕНСІЇ | З березня пенсій не буде."},
    {"", ""},
    {"...", "..."},
};

TEST(Sentence, EndsWhereAReaderWouldEndIt) {
  for (const auto& [text, sentences] : kCases) EXPECT_EQ(cut(text), sentences) << "text: " << text;
}

TEST(Sentence, OfATitleLineIsOneHeading) {
  Document doc = document("Що? Де? Коли?\nТекст.");
  const auto end = static_cast<std::uint32_t>(doc.text.find('\n'));
  doc.lines = {{{0, end}, LineKind::title, {}}, {{end + 1, static_cast<std::uint32_t>(doc.text.size())}, LineKind::junk, "teaser"}};
  const Text text = analyser().analyse(doc);
  ASSERT_EQ(text.sentences.size(), 2U);
  EXPECT_TRUE(text.sentences[0].heading);
  EXPECT_EQ(text.sentences[0].span.of(doc.text), "Що? Де? Коли?");
  EXPECT_TRUE(text.sentences[1].junk);
  EXPECT_NE(text.sentences[0].paragraph, text.sentences[1].paragraph);
}

TEST(Sentence, UnknownWordOfAnAbbreviationRowStopsTheLoading) {
  Codebook book = testing::abbreviations();
  book.rows[0].gives = "opne";
  book.rows[0].file = "abbreviations.toml";
  book.rows[0].line = 3;
  const auto got = TextAnalyser::load("nowhere", book);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kConfig);
  EXPECT_EQ(got.error().line(), "abbreviations.toml: line 3: abbreviation uk.open gives \"opne\"; known are open, number, close, starter");
}

rc::Gen<std::string> texts() {
  const auto piece = rc::gen::element<std::string>("Слово", "слово", "word", "5", ".", "?", "…", " ", " ", "\n", "\n\n", "•", "- ", "«",
                                                   "»", "(", ")", "🔸", "т.д.", "U.S.", "[6]", "\xD0", "\"", "— ", ",", "1.");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string out;
    for (const std::string& p : pieces) out += p;
    return out;
  });
}

RC_GTEST_PROP(Sentence, SpansAreDisjointTrimmedAndHoldTheirTokens, ()) {
  const Document doc = document(*texts(), Language::uk);
  const Text text = analyser().analyse(doc);
  std::uint32_t at = 0, token = 0;
  for (const Sentence& s : text.sentences) {
    RC_ASSERT(s.token_count > 0);
    RC_ASSERT(s.first_token >= token);
    RC_ASSERT(s.span.begin >= at);
    RC_ASSERT(s.span.end <= doc.text.size());
    RC_ASSERT(s.span.begin == text.tokens_of(s).front().span.begin);
    RC_ASSERT(s.span.end == text.tokens_of(s).back().span.end);
    at = s.span.end;
    token = s.first_token + s.token_count;
  }
  RC_ASSERT(token <= text.tokens.size());
  for (const Token& t : text.tokens) {
    RC_ASSERT((t.kind == TokenKind::word) == (t.reading_count > 0));
    for (const Reading& r : text.readings_of(t)) RC_ASSERT(!r.lemma.empty());
  }
}

TEST(Sentence, DumpsAsCodePointsWithOrnaments) {
  const Document doc = document("• Їх двоє 💪");
  EXPECT_EQ(dump_json(analyser().analyse(doc), doc),
            R"({"file": "sample", "sentences": [[0, 11]], "words": [[0, 1, "•"], [2, 4, "вони"], [5, 9, "двоє"], [10, 11, "💪"]]})");
}

}  // namespace
}  // namespace litopys
