// What numbers leave unsaid because the text before them has said it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "claim/make.h"
#include "claim/voice.h"
#include "claim_tools.h"

namespace litopys {
namespace {

using claim_tools::document_of;
using claim_tools::tools;

// The figures that the last sentence of `text` gives to `measure`, by a reader that says nothing of numbers.
std::string figures(Language language, const std::string& text, const char* measure) {
  const auto& t = tools();
  const Document document = document_of(language, "2024-05-02", text, false);
  const Text sentences = t.analyser.analyse(document);
  const auto mentions = t.finder.find(document, sentences);
  std::vector<SentenceReading> readings(sentences.sentences.size());
  readings.back().measures.push_back({*t.book.measure(measure), 0.9F, {}});
  std::string out;
  for (const Claim& claim : make_claims(document, sentences, mentions, readings, voices(document, sentences, mentions, t.book), t.book)) {
    if (!claim.figure) continue;
    const std::string high = claim.figure->value2 ? ".." + claim.figure->value2->str() : "";
    out += (out.empty() ? "" : " & ") +
           fmt::format("{} {}{} {}", name(claim.figure->bound), claim.figure->value.str(), high, name(claim.figure->unit));
  }
  return out;
}

using enum Language;

TEST(Ellipsis, ANumberTakesTheScaleOfTheOneBeforeIt) {
  EXPECT_EQ(figures(en, "By spring they had issued 250 thousand passports. A year ago passports issued were 180.", "issuance"),
            "exact 180000 passport");
  EXPECT_EQ(figures(uk, "Видали 2,8 мільйона паспортів. Рік тому паспортів видали близько двох з половиною.", "issuance"),
            "about 2500000 passport");
  EXPECT_EQ(figures(ru, "Выдали 40 тысяч паспортов. В мае паспортов выдали от тридцати до пятидесяти.", "issuance"),
            "range 30000..50000 passport");
}

TEST(Ellipsis, ANumberOfAnotherSizeOrKindStaysWhatItIs) {
  EXPECT_EQ(figures(en, "By spring they had issued 250 thousand passports. In Tokmak they issued 12.", "issuance"), "exact 12 passport");
  EXPECT_EQ(figures(en, "By spring they had issued 250,000 passports. A year ago passports issued were 180.", "issuance"),
            "exact 180 passport");
  EXPECT_EQ(figures(en, "They issued 250 thousand passports and sent 900 people. A year ago passports issued were 180.", "issuance"),
            "exact 180 passport");
  EXPECT_EQ(figures(ru, "Выдали 40 тысяч паспортов. Сейчас пунктов работает сорок.", "infrastructure"), "exact 40 office");
}

TEST(Ellipsis, ANumberAfterASharePassesForOne) {
  EXPECT_EQ(figures(en, "Passports are held by 91 percent of adults. A year earlier it had been 89.", "issuance"), "exact 89 percent");
  EXPECT_EQ(figures(uk, "Паспорт мають 91 відсоток дорослих. Рік тому було 89.", "issuance"), "exact 89 percent");
  EXPECT_EQ(figures(ru, "В Луганске доля с паспортами достигла уже 71.", "issuance"), "exact 71 percent");
  EXPECT_EQ(figures(en, "Passports are held by 91 percent of adults. A year earlier they issued 8900.", "issuance"), "exact 8900 passport");
}

}  // namespace
}  // namespace litopys
