#include "text/token.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"

namespace litopys {
namespace {

// The tokens of a text, divided by a bar; numbers have # before them, symbols @, punctuation nothing, words nothing.
std::string cut(std::string_view text) {
  std::vector<RawToken> tokens;
  tokenise(text, {0, static_cast<std::uint32_t>(text.size())}, tokens);
  std::string out;
  for (const RawToken& t : tokens) {
    if (!out.empty()) out += '|';
    out += t.kind == TokenKind::number ? "#" : t.kind == TokenKind::symbol ? "@" : "";
    out += t.span.of(text);
  }
  return out;
}

struct Case {
  const char* text;
  const char* tokens;
};

const Case kCases[] = {
    {"Зв'язок із п’ятьма", "Зв'язок|із|п’ятьма"},
    {"Івано-Франківськ, екс-мер", "Івано-Франківськ|,|екс-мер"},
    {"so-called republics", "so|-|called|republics"},
    {"They don't; Russia's law", "They|do|n't|;|Russia|'s|law"},
    {"Russia’s O'Neill", "Russia|’s|O'Neill"},
    {"the U.S. and the U.K.-led", "the|U.S.|and|the|U.K.|-|led"},
    {"2,8 млн, 10 000 і 14.12.2024", "#2,8|млн|,|#10|#000|і|#14.12.2024"},
    {"2016-го, 85-річний, 31st, 50k", "#2016-го|,|85-річний|,|#31st|,|#50|k"},
    {"9%, №3, 100$", "#9|%|,|№|#3|,|#100|$"},
    {"COVID-19 mid-2023", "COVID-19|mid|-|#2023"},
    {"пишіть на a.b@c.org чи https://t.me/kanal_ua.", "пишіть|на|@a.b@c.org|чи|@https://t.me/kanal_ua|."},
    {"t.me/kanal Lenta.ru", "@t.me/kanal|@Lenta.ru"},
    {"#паспорт @mer 🇺🇦❗️Увага", "@#паспорт|@@mer|@🇺🇦❗️|Увага"},
    {"Що?! Так... Ні…", "Що|?!|Так|...|Ні|…"},
    {"т.д.", "т|.|д|."},
    {"с.Водяное", "с|.|Водяное"},
    {"1️⃣ крок", "@1️⃣|крок"},
    {"", ""},
    {" \n\t", ""},
};

TEST(Token, IsWordNumberMarkOrSymbol) {
  for (const auto& [text, tokens] : kCases) EXPECT_EQ(cut(text), tokens) << "text: " << text;
}

TEST(Token, FoldsCaseStressSoftHyphenApostropheAndDecomposedLetters) {
  const Case cases[] = {
      {"ПАСПОРТ", "паспорт"},
      {"за\u0301мок", "замок"},
      {"пас\u00ADпорт", "паспорт"},
      {"П’ять", "п'ять"},
      {"и\u0306од", "йод"},
      {"І\u0308жа", "їжа"},
      {"Ґ", "ґ"},
  };
  Folded folded;
  for (const auto& [text, lower] : cases) {
    fold(text, folded);
    EXPECT_EQ(folded.lower, lower) << "text: " << text;
  }
  fold("ТОТ", folded);
  EXPECT_TRUE(folded.all_caps);
  fold("Тот", folded);
  EXPECT_FALSE(folded.all_caps);
  EXPECT_TRUE(folded.capital);
}

TEST(Token, KeysTakeYoForYeAndGeForHe) {
  EXPECT_EQ(word_key("жильё"), word_key("жилье"));
  EXPECT_EQ(word_key("ґрунт"), word_key("грунт"));
  EXPECT_NE(word_key("рік"), word_key("рок"));
  EXPECT_EQ(word_key("порт", word_key("пас")), word_key("паспорт"));
}

// Bytes from pieces that meet each other in odd ways.
rc::Gen<std::string> texts() {
  const auto piece =
      rc::gen::element<std::string>("а", "Б", "i", "'", "’", "-", ".", ",", "5", " ", "\n", "https://", "@", "#", "🇺🇦", "\uFE0F", "\u0301",
                                    "\xD0", "\xFF", "n't", ":)", "...", "«", "»", "U.S.", "_", std::string(1, '\0'));
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string out;
    for (const std::string& p : pieces) out += p;
    return out;
  });
}

RC_GTEST_PROP(Token, CoversAllThatIsNoWhiteSpaceOnceInOrder, ()) {
  const std::string text = *texts();
  std::vector<RawToken> tokens;
  tokenise(text, {0, static_cast<std::uint32_t>(text.size())}, tokens);
  std::size_t at = 0;
  const auto only_space = [&](std::size_t from, std::size_t to) {
    while (from < to) {
      const utf8::Decoded c = utf8::decode(text, from);
      RC_ASSERT(utf8::is_space(c.value));
      from += c.size;
    }
  };
  for (const RawToken& t : tokens) {
    RC_ASSERT(t.span.begin < t.span.end);
    RC_ASSERT(t.span.begin >= at);
    RC_ASSERT(t.space_before == (at == 0 || t.span.begin > at));
    only_space(at, t.span.begin);
    at = t.span.end;
  }
  RC_ASSERT(at <= text.size());
  only_space(at, text.size());
}

}  // namespace
}  // namespace litopys
