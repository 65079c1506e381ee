// Mails and saved pages as documents.
#include <gmock/gmock.h>

#include "page/dump.h"
#include "page/message.h"
#include "page/message_lines.h"
#include "page/mhtml.h"
#include "page/sample.h"
#include "page/source_map.h"

namespace litopys {
namespace {

using sample::read;
using testing::HasSubstr;

std::string mail(const std::string& more, const std::string& body, const std::string& from = "Desk <desk@example.org>") {
  return "From: " + from +
         "\nTo: a@example.net\nSubject: =?utf-8?B?0KHQv9C40YHQvtC6?=\nDate: Tue, 4 Jun 2024 08:00:00 +0300\nMIME-Version: 1.0\n" + more +
         "\n\n" + body;
}

TEST(MailDocument, GivesSubjectDateSenderAndText) {
  const std::string bytes = mail("Content-Type: text/plain; charset=utf-8", "У селі вручили 3 паспорти.\n");
  const auto got = read(bytes);
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Список\n\nУ селі вручили 3 паспорти.\n");
  EXPECT_EQ(got->title, "Список");
  EXPECT_EQ(got->outlet, "Desk");
  EXPECT_EQ(got->published->str(), "2024-06-04");
  EXPECT_EQ(got->evidence.front().from, "mail Date");
  EXPECT_EQ(bytes.substr(item_offset(got->map, static_cast<std::uint32_t>(got->text.find("вручили"))), 14), "вручили");
}

TEST(MailDocument, ASenderWhoIsAPersonIsNoOutlet) {
  for (const char* from : {"Іван Приклад <ivan@example.org>", "i.pryklad@example.org", "infoman@example.org", ""}) {
    const auto got = read(mail("Content-Type: text/plain; charset=utf-8", "Текст листа.", from));
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->outlet.value_or("-"), "-") << from;
  }
}

TEST(MailDocument, TheHeaderDecidesOnTheEncodingNotTheMetaElement) {
  const std::string html = sample::encoded(
      "<html><head><meta charset=\"utf-16\"></head><body><p>За тиждень у громаді видали 5 паспортів.</p></body></html>", "windows-1251");
  const auto got = read(mail("Content-Type: text/html; charset=windows-1251", html));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "За тиждень у громаді видали 5 паспортів.");
  EXPECT_EQ(got->encoding, "windows-1251");
}

TEST(MailDocument, DecodesQuotedPrintableWithTheWayBack) {
  const std::string bytes = mail("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
                                 "=D0=A3 15=\n8 =D1=81=D0=B5=D0=BB=D0=B0=D1=85 abc");
  const auto got = read(bytes);
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->text, "Список\n\nУ 158 селах abc");
  EXPECT_EQ(bytes.substr(item_offset(got->map, static_cast<std::uint32_t>(got->text.find("15"))), 2), "15");
  EXPECT_EQ(bytes.substr(item_offset(got->map, static_cast<std::uint32_t>(got->text.find("abc"))), 3), "abc");
}

// Base64 hides an encoding from whoever looks at the mail's bytes: what the part declares and what its page declares meet only behind it.
TEST(MailDocument, ReadsBase64InTheEncodingOfItsPart) {
  const std::string said = "За тиждень у громаді видали 5 паспортів.";
  for (const char* encoding : {"windows-1251", "KOI8-U", "ISO-8859-5", "utf-8"}) {
    for (const char* claims : {"utf-16", "gbk", "iso-8859-1", "utf-8"}) {
      const std::string page =
          sample::encoded("<html><head><meta charset=" + std::string(claims) + "></head><body><p>" + said + "</p></body></html>", encoding);
      const std::string type = "Content-Type: text/html; charset=" + std::string(encoding);
      const auto got = read(mail(type + "\nContent-Transfer-Encoding: base64", sample::base64(page, 76)));
      ASSERT_TRUE(got.has_value()) << encoding << ", " << claims << ": " << got.error().line();
      EXPECT_EQ(got->text, said) << encoding << ", " << claims;
    }
  }
}

TEST(MailDocument, ReadsTheCaseOfAMailThatOtherToolsGetWrong) {
  if (!std::filesystem::exists(sample::case_file("b14-mail-charset.eml"))) GTEST_SKIP() << "not run: the folder of cases is absent";
  const auto got = read(sample::bytes_of(sample::case_file("b14-mail-charset.eml")));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_THAT(got->text, HasSubstr("у громаді видали 5 паспортів"));
  EXPECT_EQ(got->encoding, "windows-1251");
  EXPECT_EQ(got->published->str(), "2024-06-03");
}

TEST(MailDocument, ReadsBase64HoweverItIsWrapped) {
  const std::string said = "Список\n\nУ двох селах видали 12 паспортів.";
  const std::string body = "У двох селах видали 12 паспортів.";
  const std::string type = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Base64";
  const std::string whole = sample::base64(body, 0);
  std::string unpadded = whole;
  while (unpadded.ends_with('=')) unpadded.pop_back();
  std::string crlf;
  for (const char c : sample::base64(body, 20)) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string& form :
       {whole, unpadded, crlf, sample::base64(body, 1), sample::base64(body, 3) + "\n\n", "\n " + whole + " \n"}) {
    const auto got = read(mail(type, form));
    ASSERT_TRUE(got.has_value()) << form;
    EXPECT_EQ(got->text, said) << form;
  }
}

TEST(MailDocument, ReadsTheRestOfBase64ThatIsDamagedOrCut) {
  const std::string type = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64";
  const std::string body = "The office gave out 12 passports before noon and 30 more in the afternoon.";
  std::string damaged = sample::base64(body, 40);
  damaged.insert(damaged.find('\n') + 1, "#?!\n");
  const auto got = read(mail(type, damaged));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_THAT(got->text, HasSubstr("12 passports"));
  EXPECT_THAT(got->text, HasSubstr("30 more in the afternoon"));
  const auto cut = read(mail(type, sample::base64(body, 0).substr(0, 41)));
  ASSERT_TRUE(cut.has_value()) << cut.error().line();
  EXPECT_THAT(cut->text, HasSubstr("The office gave out 12"));
}

TEST(MailDocument, JoinsASubjectWhoseBase64WordsCutALetter) {
  const std::string subject = "Паспорти";
  std::string words;
  for (std::size_t at = 0; at < subject.size(); at += 3) words += " =?UTF-8?b?" + sample::base64(subject.substr(at, 3), 0) + "?=";
  const auto got = read("From: a@example.net\nSubject:" + words +
                        "\nDate: Tue, 4 Jun 2024 08:00:00 +0300\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nText.\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->title, subject);
}

TEST(MailDocument, PrefersHtmlOfTwoForms) {
  const std::string both = mail("Content-Type: multipart/alternative; boundary=x",
                                "--x\nContent-Type: text/plain\n\nplain form\n--x\nContent-Type: text/html; charset=utf-8\n\n<p>Форма зі "
                                "сторінки, довша.</p>\n--x--\n");
  const auto got = read(both);
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->text, "Форма зі сторінки, довша.");
  EXPECT_EQ(got->title, "Список");
}

TEST(MailDocument, MarksQuotesAndSignature) {
  const auto got =
      read(mail("Content-Type: text/plain; charset=utf-8", "Відповідь по суті справи.\n> Питання, яке вже було.\n\n-- \nПідпис\n"));
  ASSERT_TRUE(got.has_value());
  EXPECT_THAT(sample::lines_of_kind(*got, LineKind::junk), HasSubstr("> Питання, яке вже було."));
  EXPECT_THAT(sample::lines_of_kind(*got, LineKind::junk), HasSubstr("Підпис"));
  EXPECT_EQ(sample::lines_of_kind(*got, LineKind::article), "Відповідь по суті справи.");
}

TEST(MailDocument, AWrongAddressStopsNothing) {
  const auto got = read(mail("Content-Type: text/plain; charset=utf-8", "У селі вручили 3 паспорти.", "desk@.example"));
  ASSERT_TRUE(got.has_value());
  EXPECT_THAT(got->text, HasSubstr("3 паспорти"));
  EXPECT_THAT(got->notes, testing::Contains(HasSubstr("empty label")));
}

TEST(MailDocument, AMailWithoutTextIsRefused) {
  const auto got = read(mail("Content-Type: image/png", "x"));
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().problem, "a mail without text");
}

TEST(MailDocument, ReadsTheCasesOfItsKind) {
  if (!std::filesystem::exists(sample::case_file("b14-mail-charset.eml"))) GTEST_SKIP() << "the folder of cases is not there";
  const auto charset = read(sample::bytes_of(sample::case_file("b14-mail-charset.eml")));
  ASSERT_TRUE(charset.has_value()) << charset.error().line();
  EXPECT_THAT(charset->text, HasSubstr("За тиждень у громаді видали 5"));
  EXPECT_EQ(charset->title, "Зведення за тиждень");
  const auto label = read(sample::bytes_of(sample::case_file("b65-empty-label.eml")));
  ASSERT_TRUE(label.has_value()) << label.error().line();
  EXPECT_THAT(label->text, HasSubstr("У селі вручили 3 паспорти."));
  EXPECT_THAT(label->notes, testing::Contains(HasSubstr("empty label")));
}

std::string saved_page(const std::string& root_head, const std::string& body) {
  return "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/2024/page\r\nSubject: x\r\nDate: Wed, 1 Jan 2025 "
         "10:00:00 -0000\r\n"
         "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----M\"\r\n\r\n\r\n------M\r\n" +
         root_head + "\r\n\r\n" + body + "\r\n------M\r\nContent-Type: text/css\r\n\r\np { }\r\n------M--\r\n";
}

TEST(Mhtml, ReadsTheSavedPageWithItsAddress) {
  const std::string bytes = saved_page(
      "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/own",
      "<html><head><title>=D0=A7=D0=B5=D1=80=D0=B3=D0=B0</title></head><body><p>The queue at the =\r\noffice grew in the morning "
      "hours.</p></body></html>");
  const auto got = read(bytes, "x.mhtml");
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "The queue at the office grew in the morning hours.");
  EXPECT_EQ(got->url, "https://example.org/2024/page");
  EXPECT_EQ(got->title, "Черга");
  EXPECT_FALSE(got->published.has_value()) << "the time of saving is no date of publication";
  EXPECT_EQ(bytes.substr(item_offset(got->map, static_cast<std::uint32_t>(got->text.find("office"))), 6), "office");
}

TEST(Mhtml, SaysThatThePageBreaksOffOrIsNotThere) {
  const std::string bytes = saved_page("Content-Type: text/html", "<p>The queue at the office grew in the morning</p>");
  const auto cut = read(bytes.substr(0, bytes.find("grew")), "x.mhtml");
  ASSERT_TRUE(cut.has_value());
  EXPECT_THAT(cut->notes, testing::Contains("the file ends before its page does"));
  const auto none = read(saved_page("Content-Type: image/png", "x"), "x.mhtml");
  ASSERT_FALSE(none.has_value());
  EXPECT_THAT(none.error().problem, HasSubstr("without a page"));
}

TEST(JoinLines, JoinsWhatWasBrokenToFitAWidth) {
  const std::string wrapped =
      "The office on the main square opened at eight in the morning, and by nine\n"
      "the queue had reached the corner. People were told to bring two photos and\n"
      "a copy.\n"
      "\n"
      "A second paragraph begins here and also runs over the edge of its line, so\n"
      "it goes on.\n"
      "- first point of a list which is long enough to come close to the edge of\n"
      "- second point\n";
  EXPECT_EQ(join_lines(wrapped).text,
            "The office on the main square opened at eight in the morning, and by nine the queue had reached the corner. People were told "
            "to bring two photos and a "
            "copy.\n\nA second paragraph begins here and also runs over the edge of its line, so it goes on.\n- first point of a list "
            "which is long enough to come "
            "close to the edge of\n- second point");
}

TEST(JoinLines, TakesHyphensOutBetweenSmallLettersOnly) {
  const std::string wrapped =
      "У першому півріччі громада звітувала про паспор-\nтизацію мешканців, а також про те, що Івано-\nФранківськ прийняв людей, які "
      "виїхали звідти.\n";
  EXPECT_EQ(join_lines(wrapped).text,
            "У першому півріччі громада звітувала про паспортизацію мешканців, а також про те, що Івано- Франківськ прийняв людей, які "
            "виїхали звідти.");
}

TEST(JoinLines, LeavesOtherTextAsItIs) {
  for (const char* text : {"", "one\ntwo\nthree\n",
                           "A single long paragraph that no program has broken, because it is one line and goes on and on and on for more "
                           "than any width would let it.\nNext.\n"}) {
    EXPECT_EQ(join_lines(text).text, text);
  }
}

TEST(JoinLines, FollowsTheMarksOfFlowedText) {
  EXPECT_EQ(join_flowed("one \ntwo\n> q \n> r\n from\n-- \nsig").text, "one two\n> q r\nfrom\n-- \nsig");
}

}  // namespace
}  // namespace litopys
