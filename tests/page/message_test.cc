// Messages and items of feeds as documents: their text, the way back to their bytes, their dates.
#include "page/message.h"

#include <gmock/gmock.h>

#include "intake/feed.h"
#include "intake/telegram.h"
#include "page/dump.h"
#include "page/sample.h"
#include "page/source_map.h"

namespace litopys {
namespace {

Result<Document> read_as(std::string format, std::string bytes, Origin origin = {}) {
  origin.format = std::move(format);
  return sample::reader().read(Item{"box-1", "box!1", std::move(bytes), std::move(origin)});
}

Origin said(std::string published, std::string published_from, std::string charset = {}) {
  Origin origin;
  origin.published = std::move(published);
  origin.published_from = std::move(published_from);
  origin.charset = std::move(charset);
  return origin;
}

// The bytes of the item behind the first letter of `words`, as many as `words` has.
std::string source_of(const Document& document, const std::string& bytes, const std::string& words) {
  const std::size_t at = document.text.find(words);
  if (at == std::string::npos) return "not in the text: " + document.text;
  return bytes.substr(item_offset(document.map, static_cast<std::uint32_t>(at)), words.size());
}

TEST(Message, ReadsATelegramMessageOfPieces) {
  const std::string bytes =
      R"({"id": 2, "text": ["Указ підписано:\n", {"type": "bold", "text": "до 1 липня"}, " без \u00abпаспорта\u00bb людина."], "edited_unixtime": "1682665920", "reply_to_message_id": 1,
 "text_entities": [{"type": "plain", "text": "Указ підписано:"}]})";
  Origin origin = said("2023-04-27T15:30:05Z", "telegram date_unixtime");
  origin.outlet = "Канал";
  const auto got = read_as("telegram-message", bytes, origin);
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Указ підписано:\nдо 1 липня без «паспорта» людина.");
  EXPECT_EQ(got->outlet, "Канал");
  ASSERT_TRUE(got->published.has_value());
  EXPECT_EQ(got->published->str(), "2023-04-27");
  EXPECT_EQ(got->evidence.front().from, "telegram date_unixtime");
  EXPECT_THAT(got->notes, testing::IsSupersetOf({"edited 2023-04-28T07:12:00Z", "replies to message 1"}));
  EXPECT_EQ(source_of(*got, bytes, "Указ"), "Указ");
  EXPECT_EQ(source_of(*got, bytes, "до 1 липня"), "до 1 липня");
  EXPECT_EQ(source_of(*got, bytes, "паспорта"), "паспорта");
}

TEST(Message, ASingleLineIsTheTextOfAPostAndNoTitle) {
  const auto one = read_as("telegram-message", R"({"text": "У місті видали сорок паспортів"})");
  ASSERT_TRUE(one.has_value());
  EXPECT_FALSE(one->title.has_value());
  EXPECT_EQ(sample::lines_of_kind(*one, LineKind::article), "У місті видали сорок паспортів");
  const auto two =
      read_as("telegram-message",
              R"({"text": "Черга зросла\n\nУ місті видали сорок паспортів за день, і люди чекали від самого ранку до закриття."})");
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->title, "Черга зросла");
}

TEST(Message, TheDateOfAForwardingIsNotTheDateOfTheWords) {
  Origin origin = said("2025-02-01T10:00:00Z", "telegram date_unixtime of the forwarding");
  origin.forwarded_from = "Інший";
  const auto got = read_as("telegram-message", R"({"text": "Завтра останній день подачі."})", origin);
  ASSERT_TRUE(got.has_value());
  EXPECT_FALSE(got->published.has_value());
  ASSERT_EQ(got->evidence.size(), 1U);
  EXPECT_EQ(got->evidence[0].date.str(), "2025-02-01");
  EXPECT_THAT(got->notes, testing::Contains("forwarded from Інший"));
}

TEST(Message, ReadsATelegramMessageOfTheHtmlForm) {
  const std::string bytes =
      "<div class=\"message default clearfix\" id=\"message3\">\n<div class=\"body\">\n<div class=\"pull_right date details\" "
      "title=\"x\">10:00</div>"
      "<div class=\"reply_to details\">In reply to <a href=\"#go_to_message2\">this message</a></div><div class=\"from_name\">Канал</div>"
      "<div class=\"text\">Пункт &quot;Схід&quot;<br>переїхав до <strong>бібліотеки</strong>.</div></div></div>";
  const auto got = read_as("telegram-html", bytes, said("2022-12-03T10:15:00+02:00", "telegram date"));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Пункт \"Схід\"\nпереїхав до бібліотеки.");
  EXPECT_EQ(got->published->str(), "2022-12-03");
  EXPECT_EQ(source_of(*got, bytes, "бібліотеки"), "бібліотеки");
  EXPECT_EQ(source_of(*got, bytes, "переїхав"), "переїхав");
  EXPECT_THAT(got->notes, testing::Contains("replies to message 2"));
}

struct FeedCase {
  const char* xml;
  const char* text;
};

TEST(Message, ReadsItemsOfFeeds) {
  const FeedCase cases[] = {
      {"<item><title>Назва</title><description>&lt;p&gt;Перше.&lt;/p&gt;&lt;p&gt;Друге.&lt;/p&gt;</description></item>",
       "Назва\n\nПерше.\n\nДруге."},
      {"<item><title>Назва</title><description>Коротко.</description><content:encoded><![CDATA[<p>Повний <b>текст</b> &amp; "
       "більше.</p>]]></content:encoded></item>",
       "Назва\n\nПовний текст & більше."},
      {"<entry><title type=\"html\">A &amp;amp; B</title><content type=\"xhtml\"><div><p>Один</p><p>Два</p></div></content></entry>",
       "A & B\n\nОдин\n\nДва"},
      {"<item><title>Лише назва</title><description>Лише назва</description></item>", "Лише назва"},
      {"<item><description>A & B, 5 &lt; 6</description></item>", "A & B, 5 < 6"},
      {"<entry><title>t</title><summary>s</summary></entry>", "t\n\ns"},
      {"<item><title>обірв</title><description>до кінця не ді", "обірв\n\nдо кінця не ді"},
  };
  for (const auto& [xml, text] : cases) {
    const auto got = read_as("feed-item", xml);
    ASSERT_TRUE(got.has_value()) << xml << got.error().line();
    if (std::string_view(xml).ends_with("ді")) {
      EXPECT_THAT(got->notes, testing::Contains(testing::HasSubstr("not well-formed"))) << xml;
      EXPECT_THAT(got->text, testing::StartsWith("обірв"));
      continue;
    }
    EXPECT_EQ(got->text, text) << xml;
  }
}

TEST(Message, AFeedItemKeepsTheWayBackToItsBytes) {
  const std::string bytes =
      "<item><title>Назва &amp; ще</title><description>&lt;p&gt;Перше слово&lt;/p&gt; & <![CDATA[<i>друге</i>]]></description></item>";
  const auto got = read_as("feed-item", bytes);
  ASSERT_TRUE(got.has_value());
  for (const char* words : {"Назва", "ще", "Перше слово", "друге"}) EXPECT_EQ(source_of(*got, bytes, words), words) << dump(*got);
  ASSERT_FALSE(got->lines.empty());
  EXPECT_EQ(got->lines[0].kind, LineKind::title);
  EXPECT_EQ(got->title, "Назва & ще");
}

TEST(Message, AFeedItemInAnotherEncodingReadsTheSame) {
  const std::string utf8 = "<item><title>Ґанок і паспорт</title><description>Єдиний пункт прийняв 41 заяву.</description></item>";
  for (const char* encoding : {"windows-1251", "KOI8-U"}) {
    const std::string bytes = sample::encoded(utf8, encoding);
    const auto got = read_as("feed-item", bytes, said("2024-07-09T18:20:00+03:00", "rss pubDate", encoding));
    ASSERT_TRUE(got.has_value()) << encoding;
    EXPECT_EQ(got->text, "Ґанок і паспорт\n\nЄдиний пункт прийняв 41 заяву.") << encoding;
    EXPECT_EQ(got->published->str(), "2024-07-09");
    EXPECT_EQ(source_of(*got, bytes, "41"), "41") << encoding;
  }
}

// From the file to the document, for the cases that lie beside the repository.
TEST(Message, ReadsTheCasesOfFeedsAndChats) {
  if (!std::filesystem::exists(sample::case_file("b09-feed-cp1251.xml"))) GTEST_SKIP() << "the folder of cases is not there";
  const auto first_of = [](const char* name, Split splitter) {
    std::optional<Document> out;
    const Item container{"case", name, sample::bytes_of(sample::case_file(name))};
    splitter(container, {}, [&](Result<OpenedItem> got) {
      EXPECT_TRUE(got.has_value()) << name;
      if (got && !out) {
        auto document = sample::reader().read(got->item);
        EXPECT_TRUE(document.has_value()) << name;
        if (document) out = std::move(*document);
      }
      return true;
    });
    return out.value_or(Document{});
  };
  const Document one = first_of("b09-feed-cp1251.xml", split_feed);
  const Document two = first_of("b10-feed-koi8u.xml", split_feed);
  EXPECT_EQ(one.text, two.text);
  EXPECT_THAT(one.text, testing::AllOf(testing::HasSubstr("Ґрати"), testing::HasSubstr("її"), testing::HasSubstr("41 заяву")));
  EXPECT_EQ(one.published.value_or(Date{}).str(), "2024-07-09");
  EXPECT_EQ(two.published.value_or(Date{}).str(), "2024-07-09");
  EXPECT_FALSE(first_of("b45-forwarded.json", split_telegram).published.has_value());
  EXPECT_EQ(first_of("b46-export-offset.html", split_telegram).published.value_or(Date{}).str(), "2022-12-03");
}

TEST(Message, AnItemWithoutTextIsSaidToHaveNone) {
  for (const auto& [format, bytes] : {std::pair{"telegram-message", "{\"id\": 1, \"text\": \"\"}"}, std::pair{"telegram-message", "[]"},
                                      std::pair{"feed-item", "<item><link>x</link></item>"}, std::pair{"telegram-html", "<div></div>"}}) {
    const auto got = read_as(format, bytes);
    ASSERT_FALSE(got.has_value()) << format;
    EXPECT_EQ(got.error().kind, ErrorKind::kMalformed);
  }
}

}  // namespace
}  // namespace litopys
