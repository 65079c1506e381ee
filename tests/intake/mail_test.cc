// Mails and folders of them: cut at the right lines, attachments taken out, damage told.
#include "intake/mail.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "intake/mime.h"
#include "intake/split.h"

namespace litopys {
namespace {

using sample::split;
using sample::Taken;
using testing::HasSubstr;

const std::string kPlain =
    "From: Desk <desk@example.org>\r\nTo: a@example.net\r\nSubject: =?utf-8?B?0KHQv9C40YHQvtC6?=\r\nDate: Tue, 4 Jun 2024 08:00:00 "
    "+0300\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\nУ селі вручили 3 паспорти.\r\n";

std::string multipart(const std::string& parts) {
  return "From: a@example.org\nTo: b@example.net\nSubject: x\nDate: Tue, 4 Jun 2024 08:00:00 +0300\nMIME-Version: 1.0\n"
         "Content-Type: multipart/mixed; boundary=\"b 1\"\n\npreamble\n" +
         parts + "--b 1--\nepilogue\n";
}

std::string part(const std::string& head, const std::string& body) { return "--b 1\n" + head + "\n\n" + body + "\n"; }

TEST(Mail, ASingleMailIsOneItem) {
  ASSERT_TRUE(looks_like_mail(kPlain));
  const Taken got = split(split_mail, kPlain);
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].item.bytes, kPlain);
  EXPECT_EQ(got.items[0].item.origin.format, "mail");
  EXPECT_EQ(got.items[0].item.origin.published, "2024-06-04T08:00:00+03:00");
  EXPECT_EQ(got.items[0].item.origin.author, "") << "persons are left out";
}

TEST(Mail, AFolderIsCutAtItsSeparators) {
  const std::string first =
      "From: a@b.example\nSubject: one\nDate: Tue, 4 Jun 2024 08:00:00 +0300\n\nFrom here on the text goes on.\n\nFrom there as "
      "well\n>From escaped\n\n";
  const std::string second = "From: a@b.example\nSubject: two\n\nbody\n";
  const std::string folder = "From a@b.example Tue Jun  4 08:00:00 2024\n" + first + "From - Wed Jun  5 08:00:00 2024\n" + second;
  ASSERT_TRUE(looks_like_mail(folder));
  const Taken got = split(split_mail, folder);
  ASSERT_EQ(got.members(), "message 1|message 2");
  EXPECT_EQ(got.items[0].item.bytes, first);
  EXPECT_EQ(got.items[1].item.bytes, second);
}

TEST(Mail, TakesAttachmentsThatMayHoldAReportAndCountsTheRest) {
  const Taken got = split(
      split_mail,
      multipart(part("Content-Type: text/plain", "text") +
                part("Content-Type: application/pdf; name=\"a.pdf\"\nContent-Transfer-Encoding: base64", "JVBERi0xLjQK") +
                part("Content-Type: image/png\nContent-Transfer-Encoding: base64", "iVBORw0KGgo=") +
                part("Content-Type: text/html; charset=koi8-u\nContent-Disposition: attachment; filename*=utf-8''%D0%B7.html", "<p>x</p>") +
                part("Content-Type: text/x-vcard", "BEGIN:VCARD") +
                part("Content-Type: message/rfc822", "From: c@d.example\nDate: Mon, 3 Jun 2024 10:00:00 +0000\nSubject: in\n\ninner")));
  EXPECT_EQ(got.members(), "message 1|message 1 attachment 1 a.pdf|message 1 attachment 3 з.html|message 1 attachment 5");
  ASSERT_EQ(got.items.size(), 4U);
  EXPECT_EQ(got.items[1].item.bytes, "%PDF-1.4\n");
  EXPECT_EQ(got.items[1].item.origin.format, "");
  EXPECT_EQ(got.items[1].item.origin.published, "") << "the mail's date is not the document's";
  EXPECT_EQ(got.items[2].item.origin.charset, "koi8-u");
  EXPECT_EQ(got.items[3].item.origin.format, "mail");
  EXPECT_EQ(got.items[3].item.origin.published, "2024-06-03T10:00:00+00:00");
  EXPECT_THAT(got.items[3].notes, testing::Contains(HasSubstr("2 attachments passed over")));
}

TEST(Mail, ReadsPartsUpToWhereTheMailBreaksOff) {
  std::string whole = multipart(part("Content-Type: text/plain", "text") +
                                part("Content-Type: application/pdf\nContent-Transfer-Encoding: base64", "JVBERi0xLjQK"));
  const Taken got = split(split_mail, whole.substr(0, whole.find("LjQK")));
  ASSERT_EQ(got.items.size(), 2U);
  EXPECT_EQ(got.items[1].item.bytes, "%PDF-1");
  EXPECT_THAT(got.items[1].notes, testing::Contains("the mail ends before it does"));
}

TEST(Mail, EveryCutAndEverySpoiledByteIsSurvived) {
  const std::string whole = multipart(part("Content-Type: multipart/alternative; boundary=c", "--c\nContent-Type: text/plain\n\nx\n--c--") +
                                      part("Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable", "=D0=BF=\n="));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_GE(split(split_mail, whole.substr(0, i + 1)).items.size(), 1U);
    std::string spoiled = whole;
    spoiled[i] = static_cast<char>(spoiled[i] ^ 0x15);
    EXPECT_GE(split(split_mail, spoiled).items.size(), 1U);
  }
}

TEST(Mail, DeepNestingHasAnEnd) {
  std::string deep = "From: a@b.example\nSubject: x\nMIME-Version: 1.0\n";
  for (int i = 0; i < 500; ++i)
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  const Taken got = split(split_mail, deep + "\nend\n");
  ASSERT_GE(got.items.size(), 1U);
  EXPECT_THAT(got.items[0].notes, testing::Contains(HasSubstr("nested too deep")));
}

TEST(Mail, KnowsMailsByContent) {
  EXPECT_FALSE(looks_like_mail("Title: x\nDate: 2024-01-01\nSource: y\n\ntext"));
  EXPECT_FALSE(looks_like_mail("From the east of the region\ncame reports: many\n"));
  EXPECT_FALSE(looks_like_mail("From: x\nA line of text.\n\nSubject: y\n"));
  EXPECT_FALSE(looks_like_mail("<html>"));
  EXPECT_FALSE(looks_like_mail(""));
  EXPECT_FALSE(
      looks_like_mail("From: <Saved by Blink>\nSubject: x\nDate: y\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"))
      << "a saved page";
}

TEST(Mime, DecodesWords) {
  const std::pair<const char*, const char*> cases[] = {
      {"=?koi8-u?B?8NLJ18/E?=", "Привод"},
      {"=?utf-8?Q?=D0=9F_a?= =?utf-8?Q?b?=", "П ab"},
      {"=?utf-8?B?0A==?= =?utf-8?B?nw==?=", "П"},  // a letter parted between two words
      {"plain =?x", "plain =?x"},
      {"=?no-such?B?YQ==?=", "a"},
      {"\xCF\xF0", "Пр"},
      {"", ""},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(decode_words(value), text) << value;
}

// Sizes at which a search to the end from each beginning takes minutes.
TEST(Mime, WordsThatNeverEndAreSoughtOnce) {
  std::string words;
  for (int i = 0; i < 600'000; ++i) words += "=?a?b?x";
  EXPECT_EQ(decode_words(words), words);
  EXPECT_EQ(decode_words("=?utf-8?q?=D0=86?= " + words), "\u0406 " + words);
  std::string names;
  for (int i = 0; i < 1'200'000; ++i) names += "=?a";
  EXPECT_EQ(decode_words(names + "?="), names + "?=");
}

TEST(Mime, AFieldHasABoundHoweverItIsFolded) {
  for (const std::string& more : {" " + std::string(300'000, 'x'), " " + std::string(70'000, 'y') + "\n " + std::string(70'000, 'z')}) {
    std::size_t body = 0;
    const auto fields = read_fields("Subject: a\n" + more + "\nTo: b\n\ntext", body);
    ASSERT_EQ(fields.size(), 2U);
    EXPECT_EQ(fields[0].value.size(), 65536U);
    EXPECT_EQ(fields[1].value, "b");
  }
}

TEST(Mime, ReadsParameters) {
  EXPECT_EQ(parameter("text/html; charset=\"utf-8\"; x=y", "charset"), "utf-8");
  EXPECT_EQ(parameter("text/html;CHARSET = koi8-u", "charset"), "koi8-u");
  EXPECT_EQ(parameter("a/b; name*0=\"on\"; name*1=\"e.pdf\"", "name"), "one.pdf");
  EXPECT_EQ(parameter("a/b; name*0*=utf-8''%D0; name*1*=%B7", "name"), "з");
  EXPECT_EQ(parameter("a/b; filename=\"charset=x\"", "charset"), "");
  EXPECT_EQ(parameter("", "charset"), "");
}

RC_GTEST_PROP(Mime, UndoesBase64AndQuotedPrintable, (const std::string& bytes)) {
  constexpr const char* kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string base64, quoted;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) { return i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U; };
    const unsigned bits = at(0) << 16U | at(1) << 8U | at(2);
    for (unsigned k = 0; k < 4; ++k) base64 += i + k <= bytes.size() ? kLetters[(bits >> (18 - 6 * k)) & 63U] : '=';
    if (i % 57 == 54) base64 += "\r\n";
  }
  for (const char c : bytes) {
    quoted += '=';
    quoted += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4U];
    quoted += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15U];
    quoted += "=\n";
  }
  MimePart part;
  part.media_type = "text/plain";
  part.coding = "base64";
  part.end = base64.size();
  RC_ASSERT(decode_body(part, base64).bytes == bytes);
  part.coding = "quoted-printable";
  part.end = quoted.size();
  RC_ASSERT(decode_body(part, quoted).bytes == bytes);
}

}  // namespace
}  // namespace litopys
