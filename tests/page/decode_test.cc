#include "page/decode.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"
#include "page/sample.h"
#include "page/source_map.h"

namespace litopys {
namespace {

using sample::encoded;

constexpr const char* kUkrainian =
    "Видачу паспортів у громаді припинили: двері пункту зачинені, черга розійшлася. Їхні ґанки порожні, а щоє, невідомо.";
constexpr const char* kRussian =
    "Выдачу паспортов в посёлке прекратили: двери пункта закрыты, очередь разошлась. Объяснений от администрации нет.";

TEST(Decode, FindsTheEncodingOfCyrillicTextByItsLetters) {
  const struct {
    const char* text;
    const char* encoding;
  } cases[] = {{kUkrainian, "windows-1251"},
               {kUkrainian, "KOI8-U"},
               {kRussian, "windows-1251"},
               {kRussian, "KOI8-R"},
               {kRussian, "ISO-8859-5"},
               {kRussian, "IBM866"},
               {"Видачу паспортів у громаді припинили: двері пункту зачинені. Їхні ґанки порожні, а що є, невідомо.", "IBM1125"},
               {kUkrainian, "x-mac-cyrillic"},
               {kRussian, "x-mac-cyrillic"},
               {"ЗАЯВА ПРО ПАСПОРТИ: ЧЕРГИ НЕМАЄ, ЛЮДИ НЕ ЙДУТЬ, ПУНКТ ЗАКРИТО", "windows-1251"},
               {"ЗАЯВЛЕНИЕ О ПАСПОРТАХ: ОЧЕРЕДИ НЕТ, ЛЮДИ НЕ ИДУТ, ПУНКТ ЗАКРЫТ", "KOI8-R"}};
  for (const auto& [text, encoding] : cases) {
    const auto got = decode(encoded(text, encoding));
    ASSERT_TRUE(got.has_value()) << got.error().line();
    EXPECT_EQ(got->text, text) << encoding << " read as " << got->encoding;
    EXPECT_FALSE(got->broken);
    ASSERT_EQ(got->notes.size(), 1U);
    EXPECT_NE(got->notes[0].find("by letter statistics"), std::string::npos) << got->notes[0];
  }
}

TEST(Decode, TakesWesternLettersAmongAsciiForWindows1252) {
  const std::string text = "The café in Zürich – “closed” – was René’s; naïve guests left.";
  const auto got = decode(encoded(text, "windows-1252"));
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->encoding, "windows-1252");
  EXPECT_EQ(got->text, text);
}

TEST(Decode, FollowsMarksThenDeclarationsThenLetters) {
  const std::string text = "Паспорти: 41";
  const struct {
    std::string bytes;
    const char* encoding;
  } cases[] = {{"\xEF\xBB\xBF" + text, "UTF-8"},
               {"\xFF\xFE" + encoded(text, "UTF-16LE"), "UTF-16LE"},
               {"\xFE\xFF" + encoded(text, "UTF-16BE"), "UTF-16BE"},
               {encoded(text + " осіб у черзі до ранку", "UTF-16LE"), "UTF-16LE"},
               {encoded(text + " осіб у черзі до ранку", "UTF-16BE"), "UTF-16BE"},
               {"<meta charset='windows-1251'><p>" + encoded(text, "windows-1251"), "windows-1251"},
               {"<?xml version=\"1.0\" encoding=\"koi8-u\"?><p>" + encoded(text, "KOI8-U"), "KOI8-U"},
               {"<META http-equiv=Content-Type content=\"text/html; charset=ISO-8859-5\"><p>" + encoded(text, "ISO-8859-5"), "ISO-8859-5"},
               {"<script>'<meta charset=koi8-r>'</script><meta charset=cp1251><p>" + encoded(text, "windows-1251"), "windows-1251"},
               {"<SCRIPT>'</' <META charset=koi8-r>'</Script ><Style><meta charset=koi8-r></STYLE><Meta CHARSET=Windows-1251><p>" +
                    encoded(text, "windows-1251"),
                "windows-1251"},
               {"<!-- <meta charset=koi8-r> --><meta charset=cp1251><p>" + encoded(text, "windows-1251"), "windows-1251"}};
  for (const auto& [bytes, encoding] : cases) {
    const auto got = decode(bytes);
    ASSERT_TRUE(got.has_value()) << encoding << ": " << got.error().line();
    EXPECT_EQ(got->encoding, encoding);
    EXPECT_NE(got->text.find("Паспорти: 41"), std::string::npos) << got->text;
    EXPECT_EQ(got->text.find("\xEF\xBB\xBF"), std::string::npos) << "no byte order mark in the text";
  }
}

TEST(Decode, LooksThroughAWrongDeclaration) {
  const std::string head = "<meta charset=\"utf-8\"><p>";
  const auto really_1251 = decode(head + encoded(kRussian, "windows-1251"));
  ASSERT_TRUE(really_1251.has_value());
  EXPECT_EQ(really_1251->encoding, "windows-1251");
  const auto really_utf8 = decode("<meta charset=\"windows-1251\"><p>" + std::string(kRussian));
  ASSERT_TRUE(really_utf8.has_value());
  EXPECT_EQ(really_utf8->encoding, "UTF-8");
  EXPECT_NE(really_utf8->text.find(kRussian), std::string::npos);
}

TEST(Decode, FollowsNoDeclarationThatGivesNoWords) {
  const struct {
    const char* text;
    const char* declared;
    const char* in;
    const char* reads_as;
  } cases[] = {{kUkrainian, "iso-8859-1", "windows-1251", "windows-1251"},
               {kRussian, "us-ascii", "KOI8-R", "KOI8-R"},
               {kUkrainian, "koi8-r", "KOI8-U", "KOI8-U"},
               {kUkrainian, "windows-1251", "KOI8-U", "KOI8-U"},
               {kRussian, "koi8-r", "windows-1251", "windows-1251"},
               {kUkrainian, "x-mac-ukrainian", "x-mac-cyrillic", "x-mac-cyrillic"}};
  for (const auto& [text, declared, in, reads_as] : cases) {
    const auto got = decode("<meta charset=\"" + std::string(declared) + "\"><p>" + encoded(text, in));
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->encoding, reads_as) << declared;
    EXPECT_NE(got->text.find(text), std::string::npos) << declared << ": " << got->text;
  }
  const std::string western = "<meta charset=iso-8859-1><p>" + encoded("Où est le café? À côté, señor, naïve Zoë said so.", "windows-1252");
  EXPECT_EQ(decode(western)->encoding, "windows-1252");
  EXPECT_NE(decode("<meta charset=windows-1251><p>" + encoded("Це ЦВК.", "windows-1251"))->text.find("Це ЦВК."), std::string::npos);
}

TEST(Decode, KnowsWideEncodingsWithoutAMark) {
  for (const char* text : {kUkrainian, "Паспорти видають.", "Паспорти", "The office was closed on Monday."}) {
    for (const char* encoding : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      const auto got = decode(encoded(text, encoding));
      ASSERT_TRUE(got.has_value()) << encoding << ": " << text;
      EXPECT_EQ(got->text, text) << encoding;
      EXPECT_EQ(got->encoding, encoding);
    }
  }
  const auto marked = decode(std::string("\xFF\xFE\0\0", 4) + encoded(kUkrainian, "UTF-32LE"));
  ASSERT_TRUE(marked.has_value());
  EXPECT_EQ(marked->text, kUkrainian);
}

// Text that was `wrong`ly read although it was in `right`.
std::string misread(std::string_view text, const char* right, const char* wrong) {
  const std::string bytes = encoded(text, right);
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(wrong, &error);
  const icu::UnicodeString units(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter, error);
  ucnv_close(converter);
  std::string out;
  units.toUTF8String(out);
  return out;
}

TEST(Decode, RecognisesEveryWayToMisreadCyrillic) {
  constexpr const char* kNames[] = {"windows-1251", "KOI8-R", "KOI8-U", "ISO-8859-5", "IBM866", "x-mac-cyrillic", "windows-1252"};
  for (const std::string_view right : {"UTF-8", "windows-1251", "KOI8-R", "ISO-8859-5", "IBM866", "x-mac-cyrillic"}) {
    for (const std::string wrong : kNames) {
      // KOI8's sisters agree on Russian, and windows-1251 and Macintosh on all small letters but one.
      const auto pair = [&](std::string_view a, std::string_view b) { return (wrong == a && right == b) || (wrong == b && right == a); };
      if (wrong == right || pair("KOI8-U", "KOI8-R") || pair("windows-1251", "x-mac-cyrillic")) continue;
      const auto got = decode(misread(kRussian, right.data(), wrong.c_str()));
      ASSERT_TRUE(got.has_value());
      EXPECT_TRUE(got->broken) << right << " read as " << wrong << ": " << got->text;
    }
  }
  const auto twice = decode(misread(misread(kUkrainian, "UTF-8", "ISO-8859-1"), "UTF-8", "ISO-8859-1"));
  ASSERT_TRUE(twice.has_value());
  EXPECT_TRUE(twice->broken);
}

TEST(Decode, TakesNoSoundTextForMisread) {
  for (const char* text :
       {"РФ, СРСР, РСФСР, РНБО, СБУ, РЛС, РСЗВ і СЗЧ стоять у наказі.", "Пункт № 5 — «Ромашка» · 20 °C · §3 · 100 € · «Ґудзик»",
        "Les élèves ont été invités à l’école; où, cela reste à préciser.", "Žluťoučký kůň úpěl ďábelské ódy.",
        "Η αστυνομία έκλεισε το γραφείο.", "Канцеларијата е затворена, Ѓорѓи рече дека ќе чека.",
        "Службата беше затворена, а опашката се разотиде преди обяд.", "Паспарты выдаюць у мястэчку штодня, чарга доўгая, а ў акне цёмна.",
        "办公室周一关闭，没有人来。",
        "██╗ ██╗███████╗ ██║ ██║╚══██╔══╝ ███████║   ██║ ██╔══██║   ██║ ██║  ██║   ██║ ╚═╝  ╚═╝   ╚═╝ The office is shut.",
        "One  two   three    four     five «six» — and no letter else  ."}) {
    const auto got = decode(text);
    ASSERT_TRUE(got.has_value());
    EXPECT_FALSE(got->broken) << text << ": " << ::testing::PrintToString(got->notes);
  }
}

TEST(Decode, CountsWhatItReplacesAndSaysWhereTheFirstWas) {
  const auto got = decode(std::string("Черга зранку, \xFF\xFE черга ввечері, черга вночі: \xC0 усі стоять і мовчать"));
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->encoding, "UTF-8");
  ASSERT_EQ(got->notes.size(), 1U);
  EXPECT_EQ(got->notes[0], "3 malformed byte sequences replaced, the first at byte 25");
  const auto zeros = decode(std::string("line one\0line two\0 and more words here to read", 46));
  ASSERT_TRUE(zeros.has_value());
  EXPECT_EQ(zeros->text, "line one\xEF\xBF\xBDline two\xEF\xBF\xBD and more words here to read");
  EXPECT_EQ(zeros->notes.at(0), "2 zero bytes replaced");
}

TEST(Decode, RefusesWhatIsNoTextWithAClearLine) {
  const struct {
    std::string bytes;
    const char* line;
  } cases[] = {{"", "f: the file is empty; kept, not read"},
               {" \n\t\r\n", "f: nothing but white space; kept, not read"},
               {"%PDF-1.7 ...", "f: looks binary: starts like a PDF document; kept, not read"},
               {std::string("PK\x03\x04rest", 8), "f: looks binary: starts like a ZIP archive (docx, odt, wacz, ...); kept, not read"},
               {std::string(100, '\x01'), "f: looks binary: 100 of the first 100 bytes are control characters; kept, not read"}};
  for (const auto& [bytes, line] : cases) {
    const auto got = decode(bytes, {.item = "f", .transport = {}});
    ASSERT_FALSE(got.has_value()) << line;
    EXPECT_EQ(got.error().kind, ErrorKind::kMalformed);
    EXPECT_EQ(got.error().line(), line);
  }
}

TEST(Decode, RecognisesTextThatWasDecodedOnceTooOften) {
  const std::string once = "Видачу паспортів припинили, двері зачинено. Выдачу прекратили.";
  for (const char* wrong : {"KOI8-R", "windows-1251", "windows-1252"}) {
    std::string broken;
    UErrorCode error = U_ZERO_ERROR;
    UConverter* converter = ucnv_open(wrong, &error);
    icu::UnicodeString units(once.data(), static_cast<std::int32_t>(once.size()), converter, error);
    ucnv_close(converter);
    units.toUTF8String(broken);
    const auto got = decode(broken);
    ASSERT_TRUE(got.has_value());
    EXPECT_TRUE(got->broken) << wrong;
    EXPECT_EQ(got->notes.at(0), std::string("broken text: UTF-8 was once read as ") + wrong + " and saved so; not read");
  }
  for (const char* right : {kUkrainian, kRussian, "ВІСТІ З РОСІЇ: СЇ СІ РЄ РІ ПЯ", "«СЄ» — «РЇ», Рівне, Сіль, Роман і Соня"}) {
    const auto got = decode(right);
    ASSERT_TRUE(got.has_value());
    EXPECT_FALSE(got->broken) << right;
    EXPECT_EQ(got->text, right);
  }
}

TEST(Decode, LetsTheTransportWinOverTheDocument) {
  const auto got = decode("<meta charset=\"koi8-r\"><p>" + encoded(kUkrainian, "windows-1251"), {.item = {}, .transport = "Windows-1251"});
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->encoding, "windows-1251");
  EXPECT_NE(got->text.find(kUkrainian), std::string::npos);
}

TEST(Decode, KeepsTheWayBackToTheItemsBytes) {
  const std::string item = "abc " + encoded("Паспорт", "windows-1251") + " xyz";
  const auto got = decode("<meta charset=cp1251>" + item);
  ASSERT_TRUE(got.has_value());
  const std::size_t base = 21;
  const auto word = static_cast<std::uint32_t>(got->text.find("Паспорт"));
  EXPECT_EQ(item_offset(got->map, word), base + 4);
  EXPECT_EQ(item_offset(got->map, static_cast<std::uint32_t>(got->text.find("xyz"))), base + 4 + 7 + 1);
  EXPECT_TRUE(decode(kUkrainian)->map.empty()) << "well-formed UTF-8 is its own map";
}

TEST(Decode, TellsPagesFromTextByContent) {
  for (const char* page : {"<!DOCTYPE html><p>x", "\n <html><body>", "<p>one</p><p>two</p>", "<?xml version='1.0'?><!DOCTYPE html><html>",
                           "<!-- saved --><html><body>", "\xEF\xBB\xBF<html>"}) {
    EXPECT_TRUE(looks_like_html(page)) << page;
  }
  std::string endless = "<p";  // a tag of more attributes than are looked at
  for (int i = 0; i < 1000; ++i) endless += " a" + std::to_string(i) + "=1";
  EXPECT_TRUE(looks_like_html(endless + ">x"));
  for (const char* text :
       {"The tag <p> opens a paragraph.", "a < b and c > d", "<3 passports>", "Черга <довга>", "<?xml version='1.0'?><rss><channel>"})
    EXPECT_FALSE(looks_like_html(text)) << text;
}

RC_GTEST_PROP(Decode, GivesWellFormedTextWithARisingMapForAnyBytes, ()) {
  const auto bytes = *rc::gen::container<std::string>(
      rc::gen::weightedOneOf<char>({{4, rc::gen::inRange<char>(' ', '~')}, {2, rc::gen::arbitrary<char>()}}));
  const auto got = decode(bytes);
  if (!got) {
    RC_ASSERT(!got.error().problem.empty());
    return;
  }
  RC_ASSERT(utf8::first_invalid(got->text) == std::string_view::npos);
  std::uint32_t before = 0;
  for (std::uint32_t i = 0; i < got->text.size(); ++i) {
    const std::uint32_t at = item_offset(got->map, i);
    RC_ASSERT(at >= before);
    RC_ASSERT(at < bytes.size());
    before = at;
  }
}

std::string from_base64(std::string_view text) {
  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = kLetters.find(c);
    if (value == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 0xFF);
    }
  }
  return out;
}

// --- the cases beside the repository
// --------------------------------------------------------------------------------------------------------

TEST(Decode, ReadsTheCasesThatOtherToolsGetWrong) {
  if (!std::filesystem::exists(sample::case_file("b07-cp1251-late-meta.html"))) GTEST_SKIP() << "not run: the folder of cases is absent";
  const auto late = decode(sample::bytes_of(sample::case_file("b07-cp1251-late-meta.html")));
  ASSERT_TRUE(late.has_value());
  EXPECT_EQ(late->encoding, "windows-1251");
  const auto feed_1251 = decode(sample::bytes_of(sample::case_file("b09-feed-cp1251.xml")));
  const auto feed_koi8 = decode(sample::bytes_of(sample::case_file("b10-feed-koi8u.xml")));
  ASSERT_TRUE(feed_1251.has_value() && feed_koi8.has_value());
  EXPECT_EQ(feed_1251->text.substr(feed_1251->text.find("<rss")), feed_koi8->text.substr(feed_koi8->text.find("<rss")))
      << "twins in two encodings";
  EXPECT_NE(feed_1251->text.find("Ґ"), std::string::npos);
  const std::string upper = sample::bytes_of(sample::case_file("b11-upper-case-uk.txt"));
  EXPECT_EQ(decode(upper)->text, upper);
  EXPECT_FALSE(decode(upper)->broken);
  // The body of a mail whose header and meta element disagree; the header is the transport.
  const std::string mail = sample::bytes_of(sample::case_file("b14-mail-charset.eml"));
  const std::size_t body = std::min(mail.find("\n\n"), mail.find("\r\n\r\n"));
  const auto page = decode(from_base64(mail.substr(body)), {.item = {}, .transport = "windows-1251"});
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->encoding, "windows-1251");
  EXPECT_NE(page->text.find("у громаді видали 5 паспортів"), std::string::npos) << page->text;
  EXPECT_TRUE(decode(sample::bytes_of(sample::case_file("b13-koi8-mojibake.txt")))->broken);
}

}  // namespace
}  // namespace litopys
