// Who signed a page, and that nothing else is taken for a name.
#include "page/byline.h"

#include <gtest/gtest.h>

#include "page/dump.h"
#include "page/sample.h"

namespace litopys {
namespace {

using sample::read;

std::string byline_of(const std::string& head, const std::string& body) {
  const auto got = read(
      "<html><head><meta property=\"og:site_name\" content=\"Example Daily\">" + head + "</head><body><h1>The queue at the office</h1>" +
      body + "<p>People who came before noon were told to come back with two photographs and a witness of age.</p></body></html>");
  return got ? got->byline.value_or("-") : got.error().line();
}

TEST(Byline, ReadsWhatMachinesAreTold) {
  const std::pair<const char*, const char*> heads[] = {
      {R"(<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Anna Nobody"}}</script>)",
       "Anna Nobody"},
      {R"(<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Anna Nobody"},"Borys Nikhto",{"name":"Anna Nobody"}]}</script>)",
       "Anna Nobody, Borys Nikhto"},
      {R"(<script type="application/ld+json">{"@type":"Comment","author":{"name":"Anna Nobody"}}</script>)", "-"},
      {R"(<meta name="author" content="By Anna Nobody">)", "Anna Nobody"},
      {R"(<meta name="byl" content="By Anna Nobody and Borys Nikhto">)", "Anna Nobody and Borys Nikhto"},
      {R"(<meta property="article:author" content="https://example.org/people/7">)", "-"},
      {R"(<meta name="author" content="Example Daily">)", "-"},  // the outlet signs every page
  };
  for (const auto& [head, want] : heads) EXPECT_EQ(byline_of(head, ""), want) << head;
}

TEST(Byline, ReadsWhatReadersSee) {
  const std::pair<const char*, const char*> bodies[] = {
      {"<p class=\"byline\">By Anna Nobody</p>", "Anna Nobody"},
      {"<div class=\"post-author\">Anna van der Nobody | 21 March 2024</div>", "Anna van der Nobody"},
      {"<p>Written by <a rel=\"author\" href=\"/a\">Anna Nobody</a>, in the office</p>", "Anna Nobody"},
      {"<span itemprop=\"author\"><span itemprop=\"name\">Anna Nobody</span></span>", "Anna Nobody"},
      {"<p>By Anna Nobody on 21 March 2024</p>", "Anna Nobody"},
      {"<p>Автор: Ганна Ніхто</p>", "Ганна Ніхто"},
      {"<p>Авторка: Ганна Ніхто, 21 березня 2024</p>", "Ганна Ніхто"},
      {"<p>Корреспондент: Анна Никто</p>", "Анна Никто"},
      {"<p>Von Anna Niemand</p>", "Anna Niemand"},
      {"<p>By noon the office was shut.</p>", "-"},
      {"<p>Автори законопроєкту мовчать.</p>", "-"},
      {"<p class=\"author-box\">All that was said about the queue can be read in the archive of this paper.</p>", "-"},
      {"<p class=\"byline\">Published 21 March 2024</p>", "-"},
  };
  for (const auto& [body, want] : bodies) EXPECT_EQ(byline_of("", body), want) << body;
}

TEST(Byline, OfPlainTextIsWhatALabelSays) {
  const auto got =
      read("Черга біля пошти\n\nАвтор: Ганна Ніхто\n\nЛюди стояли зранку, і ввечері їм сказали прийти знову, бо печатку замкнули.\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->byline, "Ганна Ніхто");
  EXPECT_EQ(parse_dump(dump(*got))->byline, "Ганна Ніхто");
  EXPECT_FALSE(read("Черга біля пошти\n\nГанна Ніхто\n\nЛюди стояли зранку, і ввечері їм сказали прийти знову.\n")->byline.has_value());
}

// An element that is never closed, or holds the whole page, signs nothing.
TEST(Byline, EndsOnBrokenMarkup) {
  std::string open;
  for (int i = 0; i < 5000; ++i) open += "<a rel=author><div itemprop=author>";
  EXPECT_EQ(byline_of("", open), "-");
  EXPECT_EQ(byline_of("", "<span rel=author><p>One</b></span>"), "One");
}

}  // namespace
}  // namespace litopys
