// Feeds: items, publishers, dates, encodings, damage, bombs.
#include "intake/feed.h"

#include <gmock/gmock.h>

#include "intake/mail_date.h"
#include "intake/split.h"

namespace litopys {
namespace {

using sample::split;
using sample::Taken;
using testing::HasSubstr;

std::string rss(const std::string& items, const std::string& head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>") {
  return head + "\n<rss version=\"2.0\"><channel><title>Стрічка громади</title><image><title>лого</title></image>" + items +
         "</channel></rss>";
}

std::string item(const std::string& title, const std::string& more = "") {
  return "<item><title>" + title + "</title><link>https://example.org/" + title + "</link>" + more + "</item>";
}

TEST(Feed, GivesTitleLinkTimeAndPublisher) {
  const Taken got = split(split_feed, rss(item("a",
                                               "<pubDate>Tue, 09 Jul 2024 18:20:00 +0300</pubDate><description>x</description>"
                                               "<source url=\"https://example.net\">Обрій</source>") +
                                          item("b", "<dc:date>2024-07-10T01:00:00Z</dc:date>")));
  EXPECT_EQ(got.lines(), "");
  ASSERT_EQ(got.items.size(), 2U);
  const Origin& first = got.items[0].item.origin;
  EXPECT_EQ(first.format, "feed-item");
  EXPECT_EQ(first.title, "a");
  EXPECT_EQ(first.url, "https://example.org/a");
  EXPECT_EQ(first.outlet, "Обрій") << "the publisher, not the feed";
  EXPECT_EQ(first.published, "2024-07-09T18:20:00+03:00");
  EXPECT_EQ(first.published_from, "rss pubDate");
  EXPECT_EQ(got.items[1].item.origin.outlet, "Стрічка громади");
  EXPECT_EQ(got.items[1].item.origin.published, "2024-07-10T01:00:00Z");
}

TEST(Feed, ReadsUtf16ThatDeclaresUtf8) {
  for (const bool little : {true, false}) {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel>";
    std::string wide = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : head + item("a", "<description>x</description>") + "</channel></rss>") {
      wide += little ? c : '\0';
      wide += little ? '\0' : c;
    }
    const Taken got = split(split_feed, wide);
    EXPECT_EQ(got.lines(), "");
    ASSERT_EQ(got.items.size(), 1U);
    EXPECT_EQ(got.items[0].item.origin.title, "a");
    EXPECT_EQ(got.items[0].item.origin.charset, little ? "UTF-16LE" : "UTF-16BE");
  }
}

TEST(Feed, ReadsAtom) {
  const Taken got = split(
      split_feed,
      "<?xml version='1.0'?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Огляд</title><entry><title type=\"html\">П&amp;lt;</title>"
      "<link rel=\"self\" href=\"https://example.org/self\"/><link href=\"https://example.org/1\"/><author><name>Ім'я</name></author>"
      "<published>2024-05-01T10:00:00+03:00</published><updated>2024-05-02T10:00:00Z</updated>"
      "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Текст</p></div></content>"
      "<source><title>Видавець</title></source></entry>"
      "<entry><title>друге</title><updated>2024-05-03T10:00:00Z</updated></entry></feed>");
  EXPECT_EQ(got.lines(), "");
  ASSERT_EQ(got.items.size(), 2U);
  EXPECT_EQ(got.items[0].item.origin.url, "https://example.org/1");
  EXPECT_EQ(got.items[0].item.origin.published, "2024-05-01T10:00:00+03:00");
  EXPECT_EQ(got.items[0].item.origin.outlet, "Видавець");
  EXPECT_EQ(got.items[0].item.origin.author, "") << "persons are left out";
  EXPECT_EQ(got.items[1].item.origin.published_from, "atom updated");
}

TEST(Feed, KeepsOneByteEncodings) {
  const std::string cyrillic = "\xCF\xEE\xF1\xE2\xB3\xE4\xF7\xE5\xED\xED\xFF";  // windows-1251
  const Taken got = split(split_feed, "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><title>x</title><item><title>" +
                                          cyrillic + "</title></item></channel></rss>");
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].item.origin.title, "Посвідчення");
  EXPECT_EQ(got.items[0].item.origin.charset, "windows-1251");
}

TEST(Feed, ReadsAFeedThatLiesAboutItsEncoding) {
  const Taken got = split(split_feed,
                          "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><title>x</title><item><title>\xCF\xEE\xF1\xE2</title>"
                          "<link>https://example.org/1</link></item></channel></rss>");
  EXPECT_EQ(got.lines(), "");
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].item.origin.charset, "") << "the page stage guesses";
  EXPECT_EQ(got.items[0].item.origin.title, "");
  EXPECT_EQ(got.items[0].item.origin.url, "https://example.org/1");
}

TEST(Feed, ReadsAFeedThatIsUtf8WhateverItDeclares) {
  for (const char* encoding : {"windows-1251", "utf-16", "ISO-8859-1"}) {
    const Taken got = split(split_feed, rss(item("Ґанок"), std::string("<?xml version=\"1.0\" encoding=\"") + encoding + "\"?>"));
    EXPECT_EQ(got.lines(), "") << encoding;
    ASSERT_EQ(got.items.size(), 1U) << encoding;
    EXPECT_EQ(got.items[0].item.origin.title, "Ґанок") << encoding;
    EXPECT_EQ(got.items[0].item.origin.outlet, "Стрічка громади") << encoding;
  }
}

TEST(Feed, TakesTheEntitiesOfHtml) {
  const Taken got = split(split_feed, rss(item("a", "<description>один&nbsp;&laquo;два&raquo;&unheard;</description>")));
  EXPECT_EQ(got.lines(), "");
  EXPECT_EQ(got.items.size(), 1U);
}

TEST(Feed, RefusesAFeedThatDeclaresEntities) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b "
      "\"&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>";
  EXPECT_TRUE(looks_like_feed(bomb));
  const Taken got = split(split_feed, bomb);
  EXPECT_EQ(got.items.size(), 0U);
  EXPECT_THAT(got.lines(), HasSubstr("refused: it declares entities"));
}

TEST(Feed, FollowsNoExternalEntity) {
  const Taken got = split(split_feed,
                          "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM "
                          "\"file:///etc/hostname\">]><rss><channel><item><title>&x;</title></item></channel></rss>");
  EXPECT_EQ(got.items.size(), 0U);
  EXPECT_EQ(got.errors.size(), 1U);
}

TEST(Feed, RefusesDeepNesting) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<x>";
  const Taken got = split(split_feed, rss(item("a") + "<item>" + deep));
  EXPECT_EQ(got.members(), "item 1");
  EXPECT_THAT(got.lines(), HasSubstr("elements within each other"));
}

TEST(Feed, ABadItemIsKeptAndTheRestIsRead) {
  const Taken got = split(
      split_feed, rss(item("a") + item("b", "<description>A & B</description>") + item("c") + "<item><title>d</titel></item>" + item("e")));
  EXPECT_EQ(got.members(), "item 1|item 2|item 3|item 4|item 5");
  EXPECT_EQ(got.errors.size(), 2U) << got.lines();
  EXPECT_THAT(got.items[1].item.bytes, HasSubstr("A & B"));
  EXPECT_THAT(got.errors[0].place, testing::StartsWith("byte "));
}

TEST(Feed, ReadsWhatIsWholeOfAHalfWrittenFeedAtEveryByte) {
  const std::string whole = rss(item("a", "<description><![CDATA[<p>x</p>]]></description>") + item("b"));
  const std::size_t first = whole.find("</item>") + 7;
  const std::size_t second = whole.find("</item>", first) + 7;
  for (std::size_t cut = whole.find("<item>"); cut < whole.size(); ++cut) {
    const Taken got = split(split_feed, whole.substr(0, cut));
    EXPECT_EQ(got.items.size(), cut < first ? 0U : cut < second ? 1U : 2U) << "cut at " << cut << "\n" << got.lines();
    EXPECT_GE(got.errors.size(), 1U) << "cut at " << cut;
    EXPECT_LE(got.errors.size(), 2U) << "cut at " << cut << "\n" << got.lines();
  }
}

TEST(Feed, ManyItemsAfterDamageCostNoMoreThanTheirBytes) {
  std::string feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title></x>";
  for (int i = 0; i < 20'000; ++i) feed += "<entry><title>t</title></entry>\n";
  const Taken got = split(split_feed, feed);
  EXPECT_EQ(got.items.size(), 20'000U);
  EXPECT_EQ(got.errors.size(), 1U) << got.lines();
}

TEST(Feed, GivesUpAfterManyDamagedItems) {
  std::string items;
  for (int i = 0; i < 3000; ++i) items += "<item><title></x>";
  const Taken got = split(split_feed, rss(items));
  ASSERT_EQ(got.errors.size(), 101U);
  EXPECT_THAT(got.errors.back().line(), HasSubstr("the rest is not read"));
}

TEST(Feed, SaysThatItHoldsNothing) { EXPECT_THAT(split(split_feed, rss("")).lines(), HasSubstr("a feed without items")); }

TEST(Feed, KnowsFeedsByContent) {
  EXPECT_TRUE(looks_like_feed(rss("")));
  EXPECT_TRUE(looks_like_feed("\xEF\xBB\xBF\n<!-- x --><rss>"));
  EXPECT_TRUE(looks_like_feed("<?xml version=\"1.0\"?><!DOCTYPE rss PUBLIC \"a\" \"b\"><rss>"));
  EXPECT_TRUE(looks_like_feed("<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
  EXPECT_FALSE(looks_like_feed("<feed>"));
  EXPECT_FALSE(looks_like_feed("<?xml version=\"1.0\"?><urlset>"));
  EXPECT_FALSE(looks_like_feed("<!DOCTYPE html><html><body>rss</body></html>"));
  EXPECT_FALSE(looks_like_feed("rss"));
  EXPECT_FALSE(looks_like_feed(""));
}

TEST(Feed, ReadsTheDatesOfMails) {
  const std::pair<const char*, const char*> cases[] = {
      {"Tue, 09 Jul 2024 18:20:00 +0300", "2024-07-09T18:20:00+03:00"},
      {"9 Jul 24 18:20 GMT", "2024-07-09T18:20:00Z"},
      {"Mon, 3 Jun 2024 09:00:00 -0500 (CDT)", "2024-06-03T09:00:00-05:00"},
      {"Wed, 01 May 2024", "2024-05-01"},
      {"2024-05-01T10:00:00+03:00", "2024-05-01T10:00:00+03:00"},
      {" 2024-05-01 10:00 ", "2024-05-01T10:00"},
      {"Thu, 29 Feb 2024 10:00:00 -0000", "2024-02-29T10:00:00"},
      {"Thu, 30 Feb 2024 10:00:00 GMT", ""},
      {"вт, 02 мая 2023 09:00:00 +0300", "2023-05-02T09:00:00+03:00"},
      {"Середа, 9 Серпня 2023 18:20", "2023-08-09T18:20:00"},
      {"середа 2023", ""},
      {"yesterday", ""},
      {"", ""},
      {"2024-13-01", ""},
  };
  for (const auto& [text, iso] : cases) EXPECT_EQ(iso_of_mail_date(text), iso) << text;
}

}  // namespace
}  // namespace litopys
