#include "intake/screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <set>

#include "base/utf8.h"
#include "intake/needles.h"

namespace litopys {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Codebook book_of(const std::string& rows) {
  Result<Codebook> book = parse_codebook({{"codebook.toml", "[codebook]\nid = \"test\"\nversion = \"1\"\n"}, {"a.toml", rows}});
  if (!book) ADD_FAILURE() << book.error().line();
  return book.value_or(Codebook());
}

Screen screen_of(const std::string& rows) { return Screen::make(book_of(rows)).value(); }

const char* const kRows = R"(
[[subject]]
id = "en.passport"
lang = "en"
gives = "passport"
words = ["passport*", "=eagle", "red book*", "passportis*"]
[[setting]]
id = "uk.occupier"
lang = "uk"
gives = "occupier"
words = ["окуп*", "ґанок*"]
[[concept]]
id = "en.paper"
lang = "en"
gives = "document"
words = ["paper*"]
[[screen]]
id = "ru.parties"
lang = "ru"
words = ["украин", "ёлк"]
)";

std::vector<std::string> stems(const Screen& screen, std::string_view body) {
  ScreenLook look(screen);
  std::vector<std::string> out;
  for (const ScreenHit& hit : look(body)) out.push_back(std::string(hit.stem) + " " + std::string(hit.form));
  return out;
}

std::string in(const char* encoding, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(text.size() * 4, '\0');
  out.resize(static_cast<std::size_t>(ucnv_convert(encoding, "UTF-8", out.data(), static_cast<int32_t>(out.size()), text.data(),
                                                   static_cast<int32_t>(text.size()), &status)));
  EXPECT_TRUE(U_SUCCESS(status)) << encoding;
  return out;
}

TEST(Screen, TakesOpenSingleWordsOfSubjectAndSettingAndRowsOfItsOwn) {
  const Screen screen = screen_of(kRows);
  EXPECT_EQ(screen.stems(), 4U) << "passport, окуп, ґанок, украин; what is too short, exact, of two words or of another kind is none";
  EXPECT_THAT(stems(screen, "two papers, an eagle and a red book"), IsEmpty());
  EXPECT_THAT(stems(screen, "<p>PassPorts</p> pass port"), ElementsAre("passport UTF-8"));
}

TEST(Screen, FindsCyrillicInEveryEncodingAndCase) {
  const Screen screen = screen_of(kRows);
  for (const char* words : {"окупанти", "Окупанти", "ОКУПАНТИ", "…ґанок…", "ҐАНОК", "об Украине", "УКРАИНА"}) {
    EXPECT_EQ(stems(screen, words).size(), 1U) << words;
    for (const char* encoding : {"windows-1251", "KOI8-U", "UTF-16LE", "UTF-16BE"}) {
      if (std::string_view(words).starts_with("…") && std::string_view(encoding) == "KOI8-U") continue;
      EXPECT_EQ(stems(screen, in(encoding, "<html><body>" + std::string(words) + " and more</body></html>")).size(), 1U)
          << encoding << " " << words;
    }
  }
  for (const char* encoding : {"KOI8-R", "ISO-8859-5", "IBM866", "ibm-1125", "x-mac-cyrillic", "UTF-32LE", "UTF-32BE"}) {
    EXPECT_EQ(stems(screen, in(encoding, "<html>вся Украина</html>")).size(), 1U) << encoding;
  }
}

TEST(Screen, FindsEscapedLetters) {
  const Screen screen = screen_of(kRows);
  EXPECT_THAT(stems(screen, "&#1086;&#1082;&#1091;&#1087;&#1072;"), ElementsAre("окуп escaped"));
  EXPECT_THAT(stems(screen, "&#x41e;&#X043A;&#x443&#x43f;"), ElementsAre("окуп escaped"));
  EXPECT_THAT(stems(screen, R"({"text": "\u043e\u043a\u0443\u043F\u0430"})"), ElementsAre("окуп escaped"));
  EXPECT_THAT(stems(screen, "&Ucy;&kcy;&rcy;&acy;&icy;&ncy;&acy;"), ElementsAre("украин escaped"));
  EXPECT_THAT(stems(screen, "о&#1082;у&#1087;"), ElementsAre("окуп escaped"));
  EXPECT_THAT(stems(screen, "line&#10;line&#105;&#109; \\u00e9"), IsEmpty());
}

TEST(Screen, SaysThatACodebookGivesNoStem) {
  const auto screen = Screen::make(book_of("[[concept]]\nid = \"a\"\nlang = \"en\"\ngives = \"x\"\nwords = [\"paper*\"]\n"));
  ASSERT_FALSE(screen);
  EXPECT_EQ(screen.error().kind, ErrorKind::kConfig);
}

// The quick way against the plain one, at every place of blocks of all sizes.
TEST(Needles, FindWhatAPlainSearchFinds) {
  const std::vector<std::string> words = {"passport", "occup",   "annex", "ukrain", "russian",
                                          "trident",  "kherson", "abcd",  "dcba",   "re-enter"};
  const Needles needles(words);
  std::uint64_t seed = 7;
  const auto random = [&] { return (seed = seed * 6364136223846793005ULL + 1442695040888963407ULL) >> 33U; };
  for (int round = 0; round < 3000; ++round) {
    const auto registers = static_cast<Needles::Registers>(round % 3);
    std::string text(random() % 300, '\0');
    for (char& c : text) c = "abcdpsrtouPASSORT kne-\xD0\xC3<&"[random() % 26];
    for (unsigned n = 0; n < 3; ++n) {
      const std::string& word = words[random() % words.size()];
      if (text.size() >= word.size()) text.replace(random() % (text.size() - word.size() + 1), word.size(), word);
    }
    std::string low = text;
    for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    std::set<std::pair<std::size_t, std::size_t>> wanted;
    for (std::size_t n = 0; n < words.size(); ++n) {
      for (std::size_t at = low.find(words[n]); at != std::string::npos; at = low.find(words[n], at + 1)) wanted.insert({n, at});
    }
    std::set<std::pair<std::size_t, std::size_t>> got;
    // A heap block of its own size, so that a sanitizer sees a byte too far.
    const std::vector<char> exact(text.begin(), text.end());
    const Needles::Seen seen = needles.scan(
        {exact.data(), exact.size()},
        [&](std::size_t n, std::size_t at) {
          got.insert({n, at});
        },
        registers);
    ASSERT_EQ(got, wanted) << text;
    bool leads = false;
    bool pairs = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      leads = leads || (c >= 0xD0 && c <= 0xDF);
      pairs = pairs || (c >= 0xC0 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xC0);
    }
    ASSERT_EQ(seen.cyrillic_leads, leads) << text;
    ASSERT_EQ(seen.high_pairs, pairs) << text;
  }
}

}  // namespace
}  // namespace litopys
