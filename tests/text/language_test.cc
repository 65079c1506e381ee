#include "text/language.h"

#include <gtest/gtest.h>

#include "sample.h"

namespace litopys {
namespace {

struct Case {
  const char* text;
  const char* language;
};

const Case kCases[] = {
    {"За рік із міста виїхала половина людей, а паспортів узяли лише кілька десятків.", "uk"},
    {"Жители посёлка получили новые документы.", "ru"},
    {"Residents were told to hand in their papers by Friday.", "en"},
    {"Видали 12 паспортів", "uk"},
    {"Выдали 12 паспортов", "ru"},
    {"він не прийшов", "uk"},
    {"и не пришел", "ru"},
    {"Les habitants ont reçu de nouveaux passeports et personne ne sait combien de temps ils resteront dans la ville, disent les médias "
     "locaux "
     "depuis plusieurs semaines, alors que la mairie reste silencieuse sur la question des documents et des retraites des personnes âgées.",
     "und"},
    {"Списки передали комендантовi. Мешканцi чекають.", "uk"},
    {"12.04.2024 — 500 000", "und"},
    {"", "und"},
    {"Відділ відкрили https://example.org/a-very-long-address-that-has-more-letters-than-the-sentence-itself", "uk"},
};

TEST(Language, IsToldFromLettersWordsAndCld2) {
  for (const auto& [text, language] : kCases) EXPECT_EQ(code(detect_language(text)), language) << "text: " << text;
}

// Neither і, ї, є nor ы, э, ъ is in these.
TEST(Language, OfATextWithoutATellingLetterIsThatWhoseWordsItHas) {
  const Case cases[] = {
      {"Видали п'ятьом мешканцям паспорти.", "uk"},
      {"Видали двомстам мешканцям паспорти.", "uk"},
      {"Паспорти отримали сто людей.", "uk"},
      {"Усе треба оформити до травня.", "uk"},
      {"Зачинено до вечора.", "uk"},
      {"Паспорта получили сто человек.", "ru"},
      {"Все надо оформить до мая.", "ru"},
      {"Раздали сорок паспортов.", "ru"},
  };
  for (const auto& [text, language] : cases) {
    Document document;
    document.text = text;
    EXPECT_EQ(code(testing::analyser().language_of(document)), language) << "text: " << text;
  }
}

TEST(Language, OfADocumentIsThatOfItsArticleLines) {
  const std::string text = "Читайте також: інші новини нашого сайту про все на світі\nResidents queue for papers.\n";
  const std::size_t cut = text.find('\n');
  std::vector<Line> lines(2);
  lines[0] = {{0, static_cast<std::uint32_t>(cut)}, LineKind::junk, "teaser"};
  lines[1] = {{static_cast<std::uint32_t>(cut + 1), static_cast<std::uint32_t>(text.size() - 1)}, LineKind::article, {}};
  EXPECT_EQ(detect_language(text, lines), Language::en);
  EXPECT_EQ(detect_language(text, {}), Language::uk);
}

TEST(Language, TakesAnyBytes) {
  EXPECT_EQ(detect_language("\xFF\xFE\xD0"), Language::other);
  EXPECT_EQ(detect_language(std::string(100000, '\0')), Language::other);
}

}  // namespace
}  // namespace litopys
