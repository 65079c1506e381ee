// Exports of Telegram Desktop: what is taken, what is refused, what damage costs.
#include "intake/telegram.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "intake/split.h"

namespace litopys {
namespace {

using sample::split;
using sample::Taken;
using testing::HasSubstr;

std::string message(int id, const std::string& rest, const std::string& time = "1706781600") {
  return R"({"id": )" + std::to_string(id) + R"(, "type": "message", "date": "2024-02-01T12:00:00", "date_unixtime": ")" + time + R"(", )" +
         rest + "}";
}

std::string chat(const std::string& messages, const std::string& type = "public_channel") {
  return "{\n \"name\": \"Канал\",\n \"type\": \"" + type + "\",\n \"id\": 77,\n \"messages\": [\n" + messages + "\n ]\n}";
}

std::string html_message(const std::string& id, const std::string& inside, const std::string& more = "") {
  return "<div class=\"message default clearfix" + more + "\" id=\"message" + id + "\">\n <div class=\"body\">\n" + inside +
         "\n </div>\n</div>\n";
}

std::string html_date(const std::string& title) { return "<div class=\"pull_right date details\" title=\"" + title + "\">18:30</div>"; }

std::string html_page(const std::string& messages) {
  return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"/><title>Exported Data</title></head><body><div class=\"page_wrap\">"
         "<div class=\"page_header\"><div class=\"content\"><div class=\"text bold\">\nВісник &amp; К\n</div></div></div>"
         "<div class=\"page_body chat_page\"><div class=\"history\">" +
         messages + "</div></div></div></body></html>";
}

TEST(Telegram, GivesOneItemAMessageWithText) {
  const Taken got =
      split(split_telegram, chat(message(1, R"("text": "Перше.")") + "," + message(2, R"("text": ["a ", {"type": "bold", "text": "b"}])")));
  EXPECT_EQ(got.members(), "message 1|message 2");
  EXPECT_EQ(got.lines(), "");
  const Item& first = got.items.at(0).item;
  EXPECT_EQ(first.id, "box-1");
  EXPECT_EQ(first.origin.format, "telegram-message");
  EXPECT_EQ(first.origin.outlet, "Канал");
  EXPECT_EQ(first.origin.published, "2024-02-01T10:00:00Z");
  EXPECT_EQ(first.origin.published_from, "telegram date_unixtime");
}

TEST(Telegram, TakesTheTimeFromTheUnixTimeAndTheLocalTimeOnlyWithoutIt) {
  const Taken got = split(split_telegram, chat(R"({"id": 1, "type": "message", "date": "2019-05-03T09:00:00", "text": "давно"})"));
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].item.origin.published, "2019-05-03T09:00:00");
  EXPECT_EQ(got.items[0].item.origin.published_from, "telegram date, local time");
}

TEST(Telegram, TakesTheTextThatOnlyItsPiecesHave) {
  const Taken got = split(split_telegram,
                          chat(message(1, R"("text": "", "text_entities": [{"type": "plain", "text": "Слова"}])") + "," +
                               message(2, R"("text_entities": [{"type": "bold", "text": "Ще"}])") + "," +
                               message(3, R"("text": "Є", "text_entities": [])") + "," + message(4, R"("text": "", "text_entities": [])")));
  EXPECT_EQ(got.members(), "message 1|message 2|message 3");
}

TEST(Telegram, ReadsTheTimesOfOlderExports) {
  const std::pair<const char*, const char*> cases[] = {
      {"03.12.2022 10:15:00", "2022-12-03T10:15:00"},
      {"03.12.2022 10:15", "2022-12-03T10:15:00"},
      {"03.12.2022 10:15:00 UTC+2", "2022-12-03T10:15:00+02:00"},
      {"03.12.2022 10:15:00 UTC+0530", "2022-12-03T10:15:00+05:30"},
      {"03.12.2022 10:15:00 UTC-00:00", "2022-12-03T10:15:00Z"},
      {"03.12.2022 10:15:00 EET", "2022-12-03T10:15:00"},
      {"3 грудня 2022", ""},
  };
  for (const auto& [written, read] : cases) {
    const Taken got = split(split_telegram, html_page(html_message("2", html_date(written) + "<div class=\"text\">слова</div>")));
    ASSERT_EQ(got.items.size(), 1U) << written;
    EXPECT_EQ(got.items[0].item.origin.published, read) << written;
  }
}

TEST(Telegram, ReadsTimesThatRunBackwards) {
  const Taken got =
      split(split_telegram, chat(message(1, R"("text": "a")", "1698540600") + "," + message(2, R"("text": "b")", "1698541800")));
  ASSERT_EQ(got.items.size(), 2U);
  EXPECT_LT(got.items[0].item.origin.published, got.items[1].item.origin.published);
  EXPECT_EQ(got.lines(), "");
}

TEST(Telegram, NamesTheOriginOfAForwardedMessageAndKeepsPersonsOut) {
  const Taken got =
      split(split_telegram, chat(message(1, R"("forwarded_from": "Інший канал", "text": "a")") + "," +
                                 message(2, R"("forwarded_from": "Іван Приклад", "forwarded_from_id": "user5", "text": "b")") + "," +
                                 message(3, R"("forwarded_from": null, "text": "c")")));
  ASSERT_EQ(got.items.size(), 3U);
  EXPECT_EQ(got.items[0].item.origin.forwarded_from, "Інший канал");
  EXPECT_EQ(got.items[0].item.origin.published_from, "telegram date_unixtime of the forwarding");
  EXPECT_THAT(got.items[1].item.origin.forwarded_from, Not(HasSubstr("Іван")));
  EXPECT_FALSE(got.items[2].item.origin.forwarded_from.empty());
}

TEST(Telegram, CountsWhatItPassesOver) {
  const Taken got =
      split(split_telegram, chat(R"({"id": 1, "type": "service", "action": "pin_message", "text": ""},)" + message(2, R"("text": "x")") +
                                 R"(,{"id": 3, "type": "unsupported"},)" + message(4, R"("photo": "p.jpg", "text": "")") + "," +
                                 message(5, R"("text": [" \n", {"type": "link", "text": ""}])")));
  ASSERT_EQ(got.items.size(), 1U);
  ASSERT_EQ(got.items[0].notes.size(), 1U);
  EXPECT_EQ(got.items[0].notes[0], "box.file: 2 service messages passed over; 2 messages without text passed over");
}

TEST(Telegram, RefusesTheDataOfPersonsInAnAccountAndSaysSo) {
  const std::string account =
      R"({"about": "…", "personal_information": {"phone_number": "+000"}, "contacts": {"list": [{"first_name": "К"}]},
 "chats": {"about": "", "list": [)" +
      chat(message(7, R"("text": "на каналі")")) + "," + chat(message(8, R"("text": "приватне")"), "personal_chat") + "," +
      chat(message(9, R"("text": "у гурті")"), "private_group") + "," + chat(message(10, R"("text": "відкрито")"), "public_supergroup") +
      R"(]}, "left_chats": {"about": "", "list": [)" + chat(message(11, R"("text": "колишній")")) + "]}}";
  const Taken got = split(split_telegram, account);
  EXPECT_EQ(got.members(), "chat 77 message 7|chat 77 message 10|chat 77 message 11");
  EXPECT_EQ(got.lines(),
            "box.file: holds data of persons: contacts, personal_chat, personal_information, private_group; refused; of an account only "
            "channels and public "
            "groups are read\n");
}

TEST(Telegram, ReadsAPrivateGroupThatWasExportedByItselfButNoChatBetweenPersons) {
  EXPECT_EQ(split(split_telegram, chat(message(1, R"("from": "Х", "from_id": "user1", "text": "x")"), "private_supergroup")).members(),
            "message 1");
  const Taken refused = split(split_telegram, chat(message(1, R"("text": "x")"), "personal_chat"));
  EXPECT_EQ(refused.items.size(), 0U);
  EXPECT_THAT(refused.lines(), HasSubstr("personal_chat; refused"));
}

// A writer of a half-written file stopped at any byte: whole messages before it are had, the place is told, nothing is made up.
TEST(Telegram, ReadsWhatIsWholeOfAHalfWrittenFileAtEveryByte) {
  const std::string whole =
      chat(message(1, R"("text": "Пер\"ше }]\\")") + ",\n" + message(2, R"("text": ["Дру", {"type": "bold", "text": "ге"}])"));
  const std::size_t first_end = whole.find("},\n") + 1;
  for (std::size_t cut = whole.find("\"messages\""); cut < whole.size(); ++cut) {
    const Taken got = split(split_telegram, whole.substr(0, cut));
    EXPECT_EQ(got.items.size(), cut < first_end ? 0U : cut < whole.rfind("}\n ]") + 1 ? 1U : 2U) << "cut at " << cut;
    ASSERT_EQ(got.errors.size(), 1U) << "cut at " << cut;
    EXPECT_EQ(got.errors[0].kind, ErrorKind::kMalformed);
    EXPECT_THAT(got.errors[0].place, testing::StartsWith("byte ")) << "cut at " << cut;
  }
}

TEST(Telegram, FindsTheNextMessageAfterADamagedOne) {
  const std::string spoiled = R"({"id": 2, "type": "message", "text": ["x"}, )";
  const Taken got = split(split_telegram, chat(message(1, R"("text": "a")") + ",\n" + spoiled + "\n" + message(3, R"("text": "c")")));
  EXPECT_EQ(got.members(), "message 1|message 3");
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_THAT(got.errors[0].line(), HasSubstr("a message is damaged: a bracket closes what is not open"));
}

TEST(Telegram, DamageInOneChatLeadsToNoMessageOfAnother) {
  const std::string account = R"({"about": "", "chats": {"about": "", "list": [)" +
                              chat(message(1, R"("text": "a")") + R"(,{"id": 2, "text": [})") + "," +
                              chat(message(3, R"("text": "приватне")"), "personal_chat") + "," + chat(message(4, R"("text": "d")")) + "]}}";
  const Taken got = split(split_telegram, account);
  EXPECT_EQ(got.members(), "chat 77 message 1|chat 77 message 4");
  EXPECT_THAT(got.lines(), HasSubstr("to the next chat"));
  EXPECT_THAT(got.lines(), HasSubstr("personal_chat"));
}

TEST(Telegram, GivesUpAfterManyDamagedMessages) {
  std::string messages;
  for (int i = 0; i < 3000; ++i) messages += "{\"id\": 1, \"text\": [},";
  const Taken got = split(split_telegram, chat(messages));
  EXPECT_EQ(got.items.size(), 0U);
  ASSERT_EQ(got.errors.size(), 101U);
  EXPECT_THAT(got.errors.back().line(), HasSubstr("the rest is not read"));
}

TEST(Telegram, KeepsTheLimitOfItems) {
  const Taken got = split(split_telegram, chat(message(1, R"("text": "a")") + "," + message(2, R"("text": "b")")), {.most_items = 1});
  EXPECT_EQ(got.items.size(), 1U);
  EXPECT_THAT(got.lines(), HasSubstr("more than 1 items"));
}

TEST(Telegram, ReadsTheHtmlForm) {
  const std::string page = html_page(
      "<div class=\"message service\" id=\"message-1\"><div class=\"body details\">27 April 2023</div></div>" +
      html_message("2", html_date("27.04.2023 18:30:05 UTC+03:00") +
                            "<div class=\"from_name\">Вісник</div><div class=\"text\">Указ: <strong>до липня</strong></div>") +
      html_message("3", html_date("27.04.2023 18:31:05 UTC+03:00") + "<div class=\"text\"> </div>", " joined") +
      html_message("4", html_date("28.04.2023 10:00:00 UTC+03:00") + "<div class=\"forwarded body\"><div class=\"from_name\">Інший<span "
                                                                     "class=\"date details\" title=\"26.04.2023 09:40:00 UTC+03:00\"> "
                                                                     "26.04.2023</span></div><div class=\"text\">Дослівно.</div></div>"));
  ASSERT_TRUE(looks_like_telegram(page));
  const Taken got = split(split_telegram, page);
  EXPECT_EQ(got.members(), "message 2|message 4");
  EXPECT_EQ(got.lines(), "");
  const Origin& own = got.items.at(0).item.origin;
  EXPECT_EQ(own.outlet, "Вісник & К");
  EXPECT_EQ(own.published, "2023-04-27T18:30:05+03:00");
  const Origin& forwarded = got.items.at(1).item.origin;
  EXPECT_EQ(forwarded.forwarded_from, "Інший");
  EXPECT_EQ(forwarded.published, "2023-04-26T09:40:00+03:00") << "the first posting's own time";
  EXPECT_THAT(got.items.back().notes,
              testing::ElementsAre("box.file: 1 service messages passed over; 1 messages without text passed over"));
}

TEST(Telegram, AnHtmlMessageThatDoesNotEndCostsNoOther) {
  const std::string broken = "<div class=\"message default clearfix\" id=\"message2\"><div class=\"body\"><div class=\"text\">обірв";
  const std::string good = html_message("3", html_date("28.04.2023 10:00:00 UTC+03:00") + "<div class=\"text\">далі</div>");
  const std::string page = html_page(broken + good + broken);
  const Taken got = split(split_telegram, page.substr(0, page.rfind("обірв") + 5));
  EXPECT_EQ(got.members(), "message 3");
  EXPECT_EQ(got.errors.size(), 2U);
  EXPECT_THAT(got.lines(), HasSubstr("message2 does not end"));
}

TEST(Telegram, RefusesThePageOfContacts) {
  const std::string page =
      "<html><body><div class=\"page_wrap\"><div class=\"page_body list_page\"><div class=\"entry_list\">"
      "<div class=\"name bold\">Іван Приклад</div></div></div></div></body></html>";
  ASSERT_TRUE(looks_like_telegram(page));
  const Taken got = split(split_telegram, page);
  EXPECT_EQ(got.items.size(), 0U);
  EXPECT_THAT(got.lines(), HasSubstr("refused"));
}

TEST(Telegram, KnowsItsExportsByContent) {
  EXPECT_TRUE(looks_like_telegram(chat("")));
  EXPECT_TRUE(looks_like_telegram("\xEF\xBB\xBF" + chat("")));
  EXPECT_TRUE(looks_like_telegram(R"({"about": "x", "personal_information": {"user_id": 1)"));
  EXPECT_TRUE(looks_like_telegram(R"({"about": "x", "chats": {"about": "", "list": [)"));
  EXPECT_FALSE(looks_like_telegram(R"({"type": "FeatureCollection", "messages": [)"));
  EXPECT_FALSE(looks_like_telegram(R"({"name": "x", "messages": [1]})"));
  EXPECT_FALSE(looks_like_telegram(R"([{"id": 1}])"));
  EXPECT_FALSE(looks_like_telegram("<html><body><div class=\"message\">hello</div></body></html>"));
  EXPECT_FALSE(looks_like_telegram(""));
}

// The cases of this kind that lie beside the repository.
TEST(Telegram, ReadsTheCasesOfItsKind) {
  const std::filesystem::path folder = std::filesystem::path(LITOPYS_SOURCE_DIR) / "../shared/cases/inputs";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the folder of cases is not there";
  const auto taken = [&](const char* name) {
    std::ifstream in(folder / name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(looks_like_telegram(bytes)) << name;
    return split(split_telegram, bytes);
  };
  const Taken clock = taken("b44-clock-change.json");
  ASSERT_EQ(clock.items.size(), 2U);
  EXPECT_LT(clock.items[0].item.origin.published, clock.items[1].item.origin.published);
  EXPECT_EQ(clock.lines(), "");
  const Taken forwarded = taken("b45-forwarded.json");
  ASSERT_EQ(forwarded.items.size(), 1U);
  EXPECT_EQ(forwarded.items[0].item.origin.forwarded_from, "Інший канал");
  const Taken offset = taken("b46-export-offset.html");
  ASSERT_EQ(offset.items.size(), 1U);
  EXPECT_EQ(offset.items[0].item.origin.published, "2022-12-03T10:15:00+02:00");
}

}  // namespace
}  // namespace litopys
