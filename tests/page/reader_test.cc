// Documents from plain text and pages: heads, dates, junk lines, cases of the kinds that other tools get wrong.
#include "page/reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include "base/utf8.h"
#include "page/dump.h"
#include "page/sample.h"
#include "page/source_map.h"

namespace litopys {
namespace {

using sample::lines_of_kind;
using sample::read;

std::string head_of(const Document& d) {
  return fmt::format("{} | {} | {}", d.title.value_or("-"), d.outlet.value_or("-"), d.published ? d.published->str() : "-");
}

struct HeadCase {
  const char* text;
  const char* head;  // title | outlet | published
};

// A paragraph long enough to end a head.
constexpr const char* kBody =
    "\n\nPeople who came to the office before noon were told to come back with two photographs, a copy of the old document and a witness, "
    "and those who had all of it were told that the machine had broken down again.\n";

TEST(PageReader, ReadsTheHeadOfPlainText) {
  const HeadCase cases[] = {
      {"Queue at the passport desk grows\n\n21 March 2024, 14:05", "Queue at the passport desk grows | - | 2024-03-21"},
      {"14.05.2025 20:30\n\nДрібний шрифт великих списків", "Дрібний шрифт великих списків | - | 2025-05-14"},
      {"Опубликовано: 12.03.2024, 14:05\n\nОчередь у бывшей почты растёт", "Очередь у бывшей почты растёт | - | 2024-03-12"},
      {"Published 3 June 2023. Updated 9 June 2023\n\nWhat the clerks were told", "What the clerks were told | - | 2023-06-03"},
      {"Щоденний огляд\nСлужба оглядів газети «Обрій» · четвер, 12 червня 2025 року · номер 118", "Щоденний огляд | Обрій | 2025-06-12"},
      {"Огляд тижня. 6–12 жовтня 2025", "Огляд тижня. 6–12 жовтня 2025 | - | 2025-10"},
      {"Summary of the day for 6 November 2023", "Summary of the day for 6 November 2023 | - | 2023-11-06"},
      {"Residents told to take papers until 1 July 2024", "Residents told to take papers until 1 July 2024 | - | -"},
      {"FACT BOX\n\nWho counted how many", "Who counted how many | - | -"},
      {"Випуск про мову списків\n\nЛютий 2023 року", "Випуск про мову списків | - | 2023-02"},
      {"date 2023-09-08\n\nInsulin and papers", "Insulin and papers | - | 2023-09-08"},
      {" date 2023-09-08 Insulin and papers", "Insulin and papers | - | 2023-09-08"},
      {"27 July, 18:06\nA second office opens", "A second office opens | - | -"},
      {"ОБЛАСНА ВІЙСЬКОВА АДМІНІСТРАЦІЯ\n\nЗведення на 29 січня 2025 року",
       "Зведення на 29 січня 2025 року | Обласна військова адміністрація | 2025-01-29"},
      {"Київ, 22 липня 2022 року", "- | - | 2022-07-22"},
  };
  for (const auto& [text, head] : cases) {
    const auto got = read(std::string(text) + kBody);
    ASSERT_TRUE(got.has_value()) << got.error().line();
    EXPECT_EQ(head_of(*got), head) << dump(*got);
  }
}

TEST(PageReader, TakesALoneSentenceForTextAndNoHeadline) {
  const auto lone = read("Об этом сообщили 17 октября в 09:30.\n");
  ASSERT_TRUE(lone.has_value());
  EXPECT_FALSE(lone->title.has_value());
  EXPECT_EQ(lines_of_kind(*lone, LineKind::article), "Об этом сообщили 17 октября в 09:30.");
  EXPECT_EQ(read("Пункт зачинено\n")->title, "Пункт зачинено");
  for (const char* speech :
       {"Що робити? Куди йти?\n", "Уехали. Вернутся ли они?\n", "He left. \"No,\" she said. \"Never!\"\n", "Черга стоїть…\n"})
    EXPECT_FALSE(read(speech)->title) << speech;
}

TEST(PageReader, TakesNoDayOfAnotherAgeForTheDayOfPublication) {
  const auto got =
      read("Старий документ\n\n9 травня 1981 р.\n\nЙого видали в сільраді, і тепер нова влада його не визнає, каже власниця.\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_FALSE(got->published.has_value());
  ASSERT_FALSE(got->evidence.empty()) << "said, but not believed";
  EXPECT_EQ(got->evidence[0].date.str(), "1981-05-09");
}

TEST(PageReader, ReadsDatelines) {
  const HeadCase cases[] = {
      {"Offices open in three towns\n\nKYIV, March 21, 2024 (CNW) - ", "Offices open in three towns | CNW | 2024-03-21"},
      {"Offices open in three towns\n\nLUGANSK, August 5. /Wireline/. ", "Offices open in three towns | Wireline | -"},
  };
  for (const auto& [text, head] : cases) {
    const auto got = read(std::string(text) +
                          "The queue at the passport office was longer than the day before, people who stood in it said, and nobody from "
                          "the administration came out to speak to them until the doors closed.\n");
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(head_of(*got), head) << dump(*got);
  }
}

TEST(PageReader, TakesTheYearFromAWeekdayWhereTheTextNamesYears) {
  const std::string text =
      "Wards ask for papers\n\nFrom Monday (6 May) mothers will be let out of the ward only with a paper, the head of the region in exile "
      "said, and he reminded "
      "listeners of what had been done in the neighbouring region in 2022, when the first desks for the newborn opened.\n";
  const auto got = read(text);
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(head_of(*got), "Wards ask for papers | - | 2024-05");
  ASSERT_FALSE(got->evidence.empty());
  EXPECT_EQ(got->evidence[0].from, "weekday");
}

TEST(PageReader, ReadsASlashDateByTheMonthsOfTheText) {
  const std::string body =
      "\n\nNumbers of the desk\n\nIn June the desk handed out twenty papers, on 11 July it claimed ten thousand, and in the middle of "
      "August twelve thousand forms, which would be a feat for five clerks and one camera.\n";
  const auto got = read("02/09/2022" + body);
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(head_of(*got), "Numbers of the desk | - | 2022-09-02");
}

TEST(PageReader, TakesNoDateFromTeasers) {
  const auto got = read(
      "Черга біля пошти\n\nЛюди стояли з ночі, двері відчинили о дев'ятій, а о десятій оголосили, що бланки скінчилися, тож усім, хто "
      "лишився, веліли приходити завтра з двома копіями.\n\nПопулярне: Ціна на сіль зросла — 05.12.2023\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->published, std::nullopt);
  EXPECT_EQ(lines_of_kind(*got, LineKind::junk), "Популярне: Ціна на сіль зросла — 05.12.2023");
}

TEST(PageReader, GivesBrokenPostLinesNoHeadline) {
  const auto got = read("❗️Селище\n\nзранку ходили по дворах\nдвоє в формі\nпитають паспорт\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->title, std::nullopt);
}

// --- junk lines
// -------------------------------------------------------------------------------------------------------------------------------

TEST(PageReader, MarksFurnitureAndKeepsTheArticle) {
  const struct {
    const char* line;
    const char* reason;  // "" for article
  } cases[] = {
      {"Read also: Two ferries out of service", "teaser"},
      {"ЧИТАЙТЕ ТАКОЖ: Ціна на сіль", "teaser"},
      {"▶ Смотрите также: Почём соль", "teaser"},
      {"Share this: Facebook Twitter Telegram", "share"},
      {"Поділитися: Facebook | Viber", "share"},
      {"Підписуйтеся на наш канал", "subscribe"},
      {"Подписывайтесь на нас, чтобы ничего не пропустить", "subscribe"},
      {"Sign up to our Sunday newsletter", "subscribe"},
      {"Our readers keep us going. Donate", "donate"},
      {"Нам нужна ваша поддержка", "donate"},
      {"— Advertisement —", "advert"},
      {"РЕКЛАМА: двері зі знижкою", "advert"},
      {"Цей сайт використовує файли cookie. [Прийняти]", "cookie"},
      {"Photo: A. Nobody / archive", "photo"},
      {"На снимке: пустая площадь", "photo"},
      {"Нашли опечатку? Выделите её и нажмите Ctrl+Enter", "service"},
      {"#селище #паспорт", "hashtags"},
      {"https://example.org/1", "link"},
      {"HOME  WORLD  SPORT  OPINION", "menu"},
      {"UA | RU | EN", "menu"},
      {"Comments (12)", "service"},
      // What sounds alike and is the article.
      {"Residents were told to subscribe to a Telegram channel of the administration, where the lists of those who must come for their "
       "papers are put up every evening before the desk closes.",
       ""},
      {"The photo on the new passport was taken in a corridor, she said.", ""},
      {"Note: everyone is presumed innocent until a court has found him guilty.", "service"},
      {"Примітка. Згідно з Конституцією України особа вважається невинуватою, доки суд не доведе вини.", "service"},
      {"Он считается невиновным, пока суд не решит иначе, напомнил адвокат.", ""},
      {"Related services, such as notaries, ask for the passport too.", ""},
      {"Читати списки вголос люди відмовилися.", ""},
      {"The share of holders rose to 40 percent.", ""},
      {"Рекомендуем жителям не открывать двери людям в форме.", ""},
      {"Інші статті закону вимагають від лікарів перевіряти паспорт.", ""},
      {"Пенсіонерку змусили підписатися під заявою про громадянство.", ""},
      {"Окупанти почали розсилку повісток тим, хто отримав паспорт.", ""},
      {"The handout of passports began in the school hall.", ""},
      {"Without consent to the processing of fingerprints no form was taken.", ""},
      {"The office will have more staff from Monday.", ""},
      {"The office printed 300 forms in a day.", ""},
  };
  for (const auto& [line, reason] : cases) {
    const auto got =
        read(std::string("The queue grows again\n\nPeople came before noon.\n\n") + line + "\n\nThey left in the evening with nothing.\n");
    ASSERT_TRUE(got.has_value());
    ASSERT_EQ(got->lines.size(), 7U);
    EXPECT_EQ(got->lines[4].reason, reason) << line;
    EXPECT_EQ(got->lines[4].kind, *reason == '\0' ? LineKind::article : LineKind::junk) << line;
  }
}

TEST(PageReader, TakesTheListBehindATeaserHeadingAlongUntilTextResumes) {
  const auto got = read(
      "The queue grows\n\nPeople came before noon.\n\nRead also:\n\nTwo ferries out of service\n\nWhy salt is dear\n\nThe desk closed at "
      "four, and those who stood there went home.\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(lines_of_kind(*got, LineKind::junk), "Read also: / Two ferries out of service / Why salt is dear");
}

// --- pages
// ------------------------------------------------------------------------------------------------------------------------------------

constexpr const char* kPage = R"(<!DOCTYPE html>
<html lang="en"><head><title>The queue at the old post office | Example Daily</title>
<meta property="og:site_name" content="Example Daily"><link rel="canonical" href="https://example.org/news/queue">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"The queue at the old post office","datePublished":"2024-03-21T09:00:00+02:00","publisher":{"@type":"Organization","name":"Example Daily"}}</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<main><article class="post"><h1>The queue at the old post office</h1><p class="byline">By A. Nobody</p>
<p>People who came to the office before noon were told to come back with two photographs &amp; a copy of the old document.</p>
<div class="share-buttons"><a href="#">Share</a> <a href="#">Print</a></div>
<p>Those who had all of it were told that the <b>machine</b> had broken down again, and that nobody knew when it would work.</p>
<h2>Related news</h2><ul class="related"><li><a href="/1">Two ferries out of service since the storm of last week</a></li></ul>
<p>Read also: <a href="/2">Why salt is dear</a></p>
</article></main><aside class="sidebar"><p>Latest: the price of salt rose again, and nobody can say why this has happened.</p></aside>
<footer>&copy; 2011-2026 Example Daily, all rights reserved.</footer></body></html>)";

TEST(PageReader, FindsTheArticleOfAPage) {
  const auto got = read(kPage, "queue.html");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(lines_of_kind(*got, LineKind::title), "The queue at the old post office");
  EXPECT_EQ(lines_of_kind(*got, LineKind::article),
            "People who came to the office before noon were told to come back with two photographs & a copy of the old document. / "
            "Those who had all of it were told that the machine had broken down again, and that nobody knew when it would work.")
      << dump(*got);
  EXPECT_EQ(head_of(*got), "The queue at the old post office | Example Daily | 2024-03-21");
  EXPECT_EQ(got->url, "https://example.org/news/queue");
  EXPECT_EQ(got->evidence.at(0).from, "json-ld datePublished");
  EXPECT_NE(lines_of_kind(*got, LineKind::junk).find("price of salt"), std::string::npos) << "nothing is thrown away";
}

TEST(PageReader, MapsPageTextBackToTheItemsBytes) {
  const std::string item = kPage;
  const auto got = read(item, "queue.html");
  ASSERT_TRUE(got.has_value());
  for (const char* words : {"People who came", "photographs", "copy of the old", "machine", "had broken", "price of salt"}) {
    const std::size_t text = got->text.find(words);
    ASSERT_NE(text, std::string::npos);
    EXPECT_EQ(item_offset(got->map, static_cast<std::uint32_t>(text)), item.find(words)) << words;
  }
}

TEST(PageReader, KeepsDisagreeingDatesAsEvidence) {
  const auto got =
      read(R"(<html><head><meta property="article:published_time" content="2024-03-20T23:00:00Z"></head><body><h1>A queue of three days</h1>
<p>21 March 2024</p><p>People who came to the office before noon were told to come back with two photographs and a witness of age.</p></body></html>)");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->published->str(), "2024-03-21") << "eleven at night in Greenwich is the next day where the page is";
  ASSERT_GE(got->evidence.size(), 2U);
  EXPECT_EQ(got->evidence[0].date.str(), "2024-03-21") << "what decided stands first";
  EXPECT_EQ(got->evidence[1].date.str(), "2024-03-20");
}

// Ways in which a page names its day and nothing else does.
TEST(PageReader, FindsTheDayWhereverAPageKeepsIt) {
  const std::string words = "<p>People who came to the office before noon were told to come back with two photographs and a witness.</p>";
  const struct {
    const char* how;
    std::string head, body;
  } cases[] = {
      {"JSON-LD that is no JSON",
       R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"A "quoted" queue","datePublished":"2024-03-21T10:00:00+02:00",}</script>)",
       ""},
      {"the address of the picture", R"(<meta property="og:image" content="https://example.org/media/2024/03/21/queue.jpg">)", ""},
      {"the twin for small screens", R"(<link rel="amphtml" href="https://example.org/2024/03/21/queue/amp">)", ""},
      {"where a script leads", R"(<script>window.location.href="https://example.org/20240321/queue";</script>)", ""},
      {"a script's data", R"(<script>window.page={"id":7,"createdDate":"2024-03-21T08:00:00","kind":"news"}</script>)", ""},
      {"the title", "<title>A queue of three days, 21 March 2024</title>", ""},
      {"the end of a long paragraph", "",
       "<p>" + std::string(60, 'x') +
           [] {
             std::string long_text;
             for (int i = 0; i < 40; ++i) long_text += " and another one came";
             return long_text;
           }() +
           ". The office, 21 March 2024.</p>"},
  };
  for (const auto& [how, head, body] : cases) {
    const auto got = read("<html><head>" + head + "</head><body><h1>A queue of three days</h1>" + words + body + "</body></html>");
    ASSERT_TRUE(got.has_value()) << how;
    const bool named =
        std::any_of(got->evidence.begin(), got->evidence.end(), [](const DateEvidence& e) { return e.date.str() == "2024-03-21"; });
    EXPECT_TRUE(named) << how << "\n" << dump(*got);
  }
}

TEST(PageReader, TakesTheAddressThatARecordWasFetchedFromForEvidence) {
  Item item{"sample", "queue.html", "<html><body><h1>A queue</h1><p>People who came before noon were told to come back.</p></body></html>"};
  item.origin.url = "https://example.org/2024/03/21/queue";
  const auto got = sample::reader().read(item);
  ASSERT_TRUE(got.has_value());
  ASSERT_FALSE(got->evidence.empty());
  EXPECT_EQ(got->evidence[0].from, "url");
  EXPECT_EQ(got->published->str(), "2024-03-21");
}

TEST(PageReader, ReadsPagesWhateverTheirNesting) {
  std::string deep = "<html><body>";
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  deep += "<p>People who came to the office before noon were told to come back, and they did.</p>";
  const auto got = read(deep);
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(lines_of_kind(*got, LineKind::article), "People who came to the office before noon were told to come back, and they did.");
  EXPECT_EQ(got->notes, std::vector<std::string>{"nesting capped at 512"});
  std::string wide = "<p";
  for (int i = 0; i < 1000000; ++i) wide += " a" + std::to_string(i) + "=1";
  EXPECT_TRUE(read(wide + ">People who came to the office before noon were told to come back.</p><p>x</p>").has_value());
}

TEST(PageReader, RefusesAPageWithoutText) {
  const auto got = read("<html><head><title>x</title></head><body><script>1</script></body></html>", "empty.html");
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().line(), "empty.html: the page has no visible text; kept, not read");
}

TEST(PageReader, ReadsNothingWhereTheLettersAreLost) {
  for (const std::string sign : {"?", "\xEF\xBF\xBD"}) {
    std::string lost;
    for (const int length : {10, 6, 8, 1, 6, 9, 7}) {
      for (int i = 0; i < length; ++i) lost += sign;
      lost += ' ';
    }
    for (const std::string& bytes : {lost + "5\n", "<html><body><h1>" + lost + "</h1><p>" + lost + lost + "</p></body></html>"}) {
      const auto got = sample::read(bytes);
      ASSERT_TRUE(got.has_value());
      EXPECT_EQ(sample::lines_of_kind(*got, LineKind::article), "") << bytes;
      ASSERT_FALSE(got->notes.empty()) << bytes;
      EXPECT_NE(got->notes.back().find("its letters are lost"), std::string::npos);
    }
  }
  const auto sound = sample::read("Чи видали паспорти" + std::string(3, '?') + " Ніхто не знає!!! Так і живемо.\nА що далі" +
                                  std::string(12, '?') + " Ще раз спитаємо установу про папери.\n");
  ASSERT_TRUE(sound.has_value());
  EXPECT_TRUE(sound->notes.empty());
}

TEST(PageReader, MarksEveryLineOfBrokenTextJunk) {
  const auto got = read("п■п╬п╨я┐п╪п╣п╫я┌п╦\n\nп╬я┌я─п╦п╪п╟п╩п╦ я│п╬я─п╬п╨\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->language, Language::other);
  EXPECT_EQ(lines_of_kind(*got, LineKind::article), "");
  EXPECT_EQ(got->lines[0].reason, "mojibake");
}

TEST(PageReader, ReadsTheCasesThatOtherToolsGetWrong) {
  if (!std::filesystem::exists(sample::case_file("b01-layout-table.html"))) GTEST_SKIP() << "not run: the folder of cases is absent";
  const auto of = [](const char* name) { return read(sample::bytes_of(sample::case_file(name)), name); };
  const auto table = of("b01-layout-table.html");
  ASSERT_TRUE(table.has_value());
  const std::string article = lines_of_kind(*table, LineKind::article);
  EXPECT_NE(article.find("відкрили 7 пунктів"), std::string::npos) << dump(*table);
  EXPECT_NE(article.find("312 людей, хоча ще вранці двері були зачинені."), std::string::npos);
  EXPECT_EQ(article.find("Архів"), std::string::npos) << "the menu of the side cell is no article";
  const auto quote = of("b05-blockquote.html");
  ASSERT_TRUE(quote.has_value());
  EXPECT_NE(lines_of_kind(*quote, LineKind::article).find("18 відсотків"), std::string::npos) << dump(*quote);
  const auto late = of("b07-cp1251-late-meta.html");
  ASSERT_TRUE(late.has_value());
  EXPECT_EQ(late->encoding, "windows-1251");
  EXPECT_NE(lines_of_kind(*late, LineKind::article).find("Приняли 86, выдали 12"), std::string::npos) << dump(*late);
  const auto dated = of("b15-ru-date-div.html");
  ASSERT_TRUE(dated.has_value());
  ASSERT_TRUE(dated->published.has_value()) << dump(*dated);
  EXPECT_EQ(dated->published->str(), "2015-07-30");
  const auto upper = of("b11-upper-case-uk.txt");
  ASSERT_TRUE(upper.has_value());
  EXPECT_EQ(upper->text, sample::bytes_of(sample::case_file("b11-upper-case-uk.txt")));
  EXPECT_EQ(of("b13-koi8-mojibake.txt")->lines.at(0).kind, LineKind::junk);
}

// --- laws
// --------------------------------------------------------------------------------------------------------------------------------------

void expect_sound(const Document& d, std::size_t item_size) {
  RC_ASSERT(utf8::first_invalid(d.text) == std::string_view::npos);
  std::uint32_t end = 0;
  for (const Line& line : d.lines) {
    RC_ASSERT(line.span.begin >= end);
    RC_ASSERT(line.span.end >= line.span.begin);
    RC_ASSERT(line.span.end <= d.text.size());
    const bool junk = line.kind == LineKind::junk;
    const bool reasoned = !line.reason.empty();
    RC_ASSERT(junk == reasoned);
    end = line.span.end;
  }
  for (std::size_t i = 0; i < d.map.size(); ++i) {
    RC_ASSERT(d.map[i].item_begin < item_size);
    if (i > 0) RC_ASSERT(d.map[i].text_begin > d.map[i - 1].text_begin);
  }
  const auto again = parse_dump(dump(d));
  RC_ASSERT(again.has_value());
  RC_ASSERT(dump(*again) == dump(d));
  RC_ASSERT(again->text == d.text);
}

RC_GTEST_PROP(PageReader, GivesSoundDocumentsForAnyMixtureOfMarkupAndText, ()) {
  static const std::vector<std::string> kPieces = {"<p>",
                                                   "</p>",
                                                   "<div class=share>",
                                                   "</div>",
                                                   "<h1>",
                                                   "</h1>",
                                                   "<br>",
                                                   "<table><tr><td>",
                                                   "</table>",
                                                   "<a href=/>",
                                                   "</a>",
                                                   "<li>",
                                                   "&amp;",
                                                   "&nbsp;",
                                                   "Queue. ",
                                                   "Черга ",
                                                   "21 March 2024",
                                                   "\n",
                                                   "\r\n",
                                                   "  ",
                                                   "\xFF",
                                                   "<script>",
                                                   "</script>",
                                                   "<svg>",
                                                   "</svg>",
                                                   "#tag",
                                                   "<!--",
                                                   "-->",
                                                   "Read also",
                                                   "| a | b",
                                                   "<title>",
                                                   "</title>",
                                                   "<time datetime=2024-01-02>",
                                                   "<nav>",
                                                   "</nav>"};
  std::string input = *rc::gen::element<std::string>("", "<html>", "<p>x</p><p>y</p>");
  for (const std::size_t i : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, kPieces.size())))
    input += kPieces[i];
  const auto got = read(input);
  if (got) expect_sound(*got, input.size());
}

}  // namespace
}  // namespace litopys
