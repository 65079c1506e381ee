#include "mention/atom.h"

#include <gtest/gtest.h>

#include "mention/sample_text.h"

namespace litopys {
namespace {

// "[2,8) паспорт"
std::string shown(const Atoms& atoms) {
  std::string out;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& a = atoms[i];
    out += "[" + std::to_string(a.span.begin) + "," + std::to_string(a.span.end) + ") " + std::string(atoms.form(i)) +
           (a.capital ? " capital" : "") + (a.whole_token ? " whole" : "") + (a.space_before ? " apart" : "") + " token " +
           std::to_string(a.token) + " key " + std::to_string(a.key) + "\n";
  }
  return out;
}

TEST(Atoms, AWordTakenWholeIsTheWordReadSignBySign) {
  for (const char* words : {"Видали 12,5 тис. паспортів у Мелітополі — за словами мера.", "п’ять п’ятниць, ЁЛКА и ёлка; Ґанок",
                            "doesn't Russia's so-called 34k twenty-three a20-річний", "паро\u0301ль пас\u00ADпорт Éclair naïve І",
                            "«Кherson», (слово)слово/word word’s word’слово", "word\u00A0слово\u200Bslovo\tword"}) {
    for (const Language language : {Language::uk, Language::ru, Language::en}) {
      const auto [document, text] = sample::analysed(words, language);
      auto [same, plain] = sample::analysed(words, language);
      for (Token& token : plain.tokens) token.letters = false;
      for (std::size_t i = 0; i < text.sentences.size(); ++i) {
        EXPECT_EQ(shown(cut_atoms(text, document, text.sentences[i])), shown(cut_atoms(plain, same, plain.sentences[i]))) << words;
      }
    }
  }
}

}  // namespace
}  // namespace litopys
