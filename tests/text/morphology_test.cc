#include "text/morphology.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <fstream>
#include <thread>

#include "sample.h"
#include "text/dictionary_builder.h"
#include "text/dump.h"

namespace litopys {
namespace {

std::vector<FormRow> rows() {
  std::vector<FormRow> out = {
      {"паспорт", "паспорт", "noun nom sg m", 10}, {"паспорта", "паспорт", "noun gen sg m", 10}, {"паспорти", "паспорт", "noun nom pl", 10},
      {"брати", "брати", "verb inf", 20},          {"брати", "брат", "noun nom pl", 10},         {"найкращий", "кращий", "adj nom sg m", 5},
      {"люди", "людина", "noun nom pl", 7},
  };
  // Enough words of one ending for it to be learned.
  for (const char* stem : {"пере", "захи", "вида", "обли", "випро", "розпо", "нака", "допо"}) {
    out.push_back({std::string(stem) + "вання", std::string(stem) + "вання", "noun nom sg n", 1});
    out.push_back({std::string(stem) + "ванням", std::string(stem) + "вання", "noun ins sg n", 1});
  }
  return out;
}

std::string read(const Morphology& dictionary, std::string_view word, bool guess = false) {
  std::vector<Analysis> found;
  if (!(guess ? dictionary.guess(word, false, found) : dictionary.lookup(word, found))) return "";
  std::string out;
  for (const Analysis& a : found) {
    if (!out.empty()) out += " | ";
    out += std::string(word.substr(a.front, word.size() - a.front - a.back)) + std::string(a.suffix) + " " + tags(a.tags);
  }
  return out;
}

TEST(Morphology, ReadsBackWhatTheTableSaysLikeliestFirst) {
  const Morphology d = Morphology::from_bytes(build_dictionary(rows(), "our own", 4).value(), "test").value();
  EXPECT_EQ(read(d, "паспорта"), "паспорт noun gen sg m");
  EXPECT_EQ(read(d, "брати"), "брати verb inf | брат noun nom pl");
  EXPECT_EQ(read(d, "найкращий"), "кращий adj nom sg m");
  EXPECT_EQ(read(d, "люди"), "людина noun nom pl");
  EXPECT_EQ(read(d, "пасп"), "");
  EXPECT_EQ(read(d, "паспортами"), "");
  EXPECT_EQ(read(d, ""), "");
  EXPECT_EQ(read(d, "passport"), "");
  EXPECT_EQ(d.notice(), "our own");
}

TEST(Morphology, GuessesFromTheEnding) {
  const Morphology d = Morphology::from_bytes(build_dictionary(rows(), "", 4).value(), "test").value();
  EXPECT_EQ(read(d, "паспортуванням", true), "паспортування noun ins sg n");
  EXPECT_EQ(read(d, "ъъъ", true), "");
}

TEST(Morphology, SameRowsInAnyOrderGiveTheSameBytes) {
  std::vector<FormRow> shuffled = rows();
  std::reverse(shuffled.begin(), shuffled.end());
  EXPECT_EQ(build_dictionary(rows(), "n", 4).value(), build_dictionary(shuffled, "n", 4).value());
}

TEST(Morphology, WrongTableIsRefusedWithTheRow) {
  const auto got = build_dictionary({{"паспорт", "паспорт", "nuon", 1}}, "");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().line(), "table of word forms: паспорт паспорт nuon: has unknown tags");
}

TEST(Morphology, FileWithAnyByteChangedOrCutIsRefused) {
  const std::string good = build_dictionary(rows(), "notice", 4).value();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    const auto got = Morphology::from_bytes(bad, "bad.dict");
    ASSERT_FALSE(got) << "byte " << i;
    EXPECT_EQ(got.error().kind, ErrorKind::kConfig);
    ASSERT_FALSE(Morphology::from_bytes(good.substr(0, i), "cut.dict")) << "first " << i << " bytes";
  }
}

TEST(Morphology, BrokenFileStopsTheAnalyserWithItsName) {
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / "litopys-morphology";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "uk.dict") << "LITODICT and then nothing";
  const auto got = TextAnalyser::load(folder, testing::abbreviations());
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::kConfig);
  EXPECT_NE(got.error().line().find("uk.dict"), std::string::npos) << got.error().line();
  std::filesystem::remove_all(folder);
}

// More forms than are remembered, known and unknown ones, so that they push each other out while all threads ask.
TEST(Morphology, SaysTheSameAgainAndToEveryThread) {
  const auto form = [](unsigned n) {
    std::string out;
    for (unsigned i = 0; i < 8; ++i) out += n >> (2 * i + 1) & 1U ? (n >> (2 * i) & 1U ? "а" : "б") : (n >> (2 * i) & 1U ? "і" : "н");
    return out;
  };
  std::vector<FormRow> table;
  for (unsigned n = 0; n < 65536; n += 3) table.push_back({form(n), form(n) + "т", "noun", 1});
  const Morphology d = Morphology::from_bytes(build_dictionary(table, "").value(), "test").value();
  std::array<unsigned, 4> wrong{};
  std::vector<std::thread> threads;
  for (unsigned& mine : wrong) {
    threads.emplace_back([&] {
      for (unsigned n = 0; n < 2 * 65536; ++n) mine += read(d, form(n)) != (n % 65536 % 3 == 0 ? form(n) + "т noun" : "") ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, (std::array<unsigned, 4>{}));
}

// Every row of a random small table can be read back: the automaton loses and invents nothing.
RC_GTEST_PROP(Morphology, KeepsEveryFormAndNoOther, ()) {
  const auto letter = rc::gen::element<std::string>("а", "б", "і", "н");
  const auto word =
      rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(letter)), [](const std::vector<std::string>& letters) {
        std::string out;
        for (std::size_t i = 0; i < letters.size() && i < 8; ++i) out += letters[i];
        return out;
      });
  const auto forms = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(word));
  std::vector<FormRow> table;
  for (const std::string& form : forms) table.push_back({form, *word, "noun", 1});
  const Morphology d = Morphology::from_bytes(build_dictionary(table, "").value(), "test").value();
  for (const FormRow& row : table) RC_ASSERT(read(d, row.form).find(row.lemma + " noun") != std::string::npos);
  const std::string other = *word;
  RC_ASSERT(read(d, other).empty() == (std::find(forms.begin(), forms.end(), other) == forms.end()));
}

struct Case {
  Language language;
  const char* text;
  const char* word;
  const char* lemma;
  const char* first;  // tags of the first reading
};

const Case kCases[] = {
    {Language::uk, "Кількість паспортів зросла.", "паспортів", "паспорт", "noun gen pl"},
    {Language::uk, "Паспорти видано.", "видано", "видати", "verb impers"},
    {Language::uk, "Учора Федоров поїхав.", "Федоров", "федоров", "proper nom sg m surname"},
    {Language::uk, "Торік це був рік.", "рік", "рік", "noun nom sg m"},
    {Language::uk, "Там були екс-засуджені.", "екс-засуджені", "екс-засуджений", "noun nom pl"},
    {Language::ru, "Паспорта выдано.", "выдано", "выдать", "participle impers sg n"},
    {Language::ru, "Он еще придет.", "придет", "прийти", "verb fut sg"},
    {Language::ru, "Получили гражданство.", "гражданство", "гражданство", "noun acc sg n"},
    {Language::en, "Passports were issued.", "issued", "issue", "verb past"},
    {Language::en, "They said so.", "said", "say", "verb past"},
    {Language::en, "The children left.", "children", "child", "noun pl"},
};

TEST(Morphology, OfTheThreeLanguagesGivesTheLikeliestReadingFirst) {
  for (const auto& [language, bytes, word, lemma, first] : kCases) {
    const Document doc = testing::document(bytes, language);
    const Text text = testing::analyser().analyse(doc);
    bool seen = false;
    for (const Token& t : text.tokens) {
      if (t.span.of(doc.text) != word) continue;
      seen = true;
      EXPECT_EQ(text.lemma(t), lemma) << "text: " << bytes;
      EXPECT_EQ(tags(text.readings_of(t).front()), first) << "text: " << bytes;
    }
    EXPECT_TRUE(seen) << "text: " << bytes;
  }
}

}  // namespace
}  // namespace litopys
