#include "page/blocks.h"

#include <gtest/gtest.h>

#include "page/page_head.h"
#include "page/phrases.h"
#include "page/sample.h"
#include "page/source_map.h"

namespace litopys {
namespace {

using html::Page;
using html::read_blocks;

// "path: text" a block.
std::string blocks_of(std::string_view html) {
  const Page page = read_blocks(html);
  std::string out;
  for (const html::Block& block : page.blocks) {
    out += (out.empty() ? "" : " | ") + html::path_of(page, block.node) + ": " + std::string(block.text.of(page.text));
  }
  return out;
}

TEST(Blocks, EndWhereBlockElementsBeginAndEnd) {
  const struct {
    const char* html;
    const char* blocks;
  } cases[] = {
      {"<article><h1>A</h1><p>B <b>c</b>d", "article > h1: A | article > p: B cd"},
      {"<p>one<p>two<div>three</div>four", "p: one | p: two | div: three | : four"},
      {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul > li: a | ul > li: b | ul > li > ul > li: c | ul > li: d"},
      {"<table><tr><td>a<td>b<tr><td>c</table>", "table > tr > td: a | table > tr > td: b | table > tr > td: c"},
      {"<dl><dt>a<dd>b<dt>c</dl>", "dl > dt: a | dl > dd: b | dl > dt: c"},
      {"<div class='x y' id=z>t</div>", "div.x.y#z: t"},
      {"<p>a\n  b&nbsp;&#32;c\t<i> d</i></p>", "p: a b c d"},
      {"<p>a<script>b</script>c<style>d</style><!-- e -->f</p>", "p: acf"},
      {"<p>a<svg><text>b</text></svg>c</p>", "p: ac"},
      {"<div><a href=/><p>x</a>y</div>", "div > a > p: xy"},
      {"<div>a</span></b></p>b</div>", "div: a | div: b"},
      {"a<br>b<br><br>c", ": a | : b | : c"},
      {"<pre>a\nb</pre>", "pre: a | pre: b"},
      {"<p>soft&shy;hyphen and zero&#8203;width</p>", "p: softhyphen and zerowidth"},
  };
  for (const auto& [html, blocks] : cases) EXPECT_EQ(blocks_of(html), blocks) << html;
}

TEST(Blocks, StandOneALineWithParagraphsApart) {
  EXPECT_EQ(read_blocks("<p>a</p><p>b<br>c</p><p>d<br><br>e</p>").text, "a\n\nb\nc\n\nd\n\ne");
}

TEST(Blocks, CountTheBytesInsideLinks) {
  const Page page = read_blocks("<p>ab <a href=/>cd</a> ef</p>");
  ASSERT_EQ(page.blocks.size(), 1U);
  EXPECT_EQ(page.blocks[0].link_bytes, 2U);
}

TEST(Blocks, KnowEveryElementByItsNameAndNoOther) {
  for (const char* name : {"a",    "abbr",  "address", "article", "b",    "br",    "dd", "dl",     "dt", "h1",   "h6", "hr",
                           "html", "i",     "img",     "li",      "meta", "nav",   "ol", "option", "p",  "q",    "s",  "script",
                           "span", "table", "td",      "th",      "time", "title", "tr", "u",      "ul", "video"}) {
    EXPECT_EQ(name_of(html::tag_of(name)), name);
  }
  for (const char* name : {"", "x", "pp", "bb", "h7", "tt", "nobr", "articles", "customelement", "\xD0\xB0"})
    EXPECT_EQ(name_of(html::tag_of(name)), "") << name;
}

TEST(Blocks, CollectTheHead) {
  const Page page =
      read_blocks(R"(<html lang=uk><head><title>A &amp; B</title><meta name="Date" content="2024-01-02"><link rel=canonical href="/x">
<script type="application/ld+json">{"a":1}</script></head><body><time datetime="2024-01-03">3 січня</time></body>)");
  EXPECT_EQ(page.title, "A & B");
  EXPECT_EQ(page.language, "uk");
  EXPECT_EQ(page.canonical, "/x");
  ASSERT_EQ(page.metas.size(), 1U);
  EXPECT_EQ(page.metas[0].name, "date");
  ASSERT_EQ(page.json_ld.size(), 1U);
  EXPECT_EQ(page.json_ld[0], "{\"a\":1}");
  ASSERT_EQ(page.times.size(), 1U);
  EXPECT_EQ(page.times[0].machine, "2024-01-03");
}

TEST(Blocks, EndOnHugeHostileInput) {
  std::string deep, stray, links, fonts;
  for (int i = 0; i < 200000; ++i) deep += "<div>";
  for (int i = 0; i < 20000; ++i) stray += "<b>";
  for (int i = 0; i < 600000; ++i) stray += "</i>";
  for (int i = 0; i < 50000; ++i) links += "<a><div>";
  for (int i = 0; i < 2000; ++i) fonts += "<font color=" + std::to_string(i) + ">";
  for (int i = 0; i < 5000; ++i) fonts += "<p>x";
  for (const std::string& html : {deep, stray, links, fonts}) {
    const Page page = read_blocks(html + "<p>end");
    ASSERT_FALSE(page.blocks.empty());
    EXPECT_TRUE(page.text.ends_with("end"));
  }
}

TEST(PageHead, ReadsDatesInAddresses) {
  const struct {
    const char* url;
    const char* date;
  } cases[] = {{"https://example.org/2024/03/21/queue", "2024-03-21"},
               {"https://example.org/news/2024-03-21-queue.html", "2024-03-21"},
               {"https://example.org/20240321/queue", "2024-03-21"},
               {"https://example.org/2024/3/5/queue", "2024-03-05"},
               {"https://example.org/2024/03/queue", "2024-03"},
               {"https://example.org/2024/13/45/queue", "-"},
               {"https://example.org/id/12024032199", "-"},
               {"https://example.org/queue-2024", "-"},
               {"https://example.org/news/29-10-2021", "2021-10-29"},
               {"https://example.org/news/09-10-2021", "-"}};
  for (const auto& [url, date] : cases) {
    const auto got = date_in_url(url);
    EXPECT_EQ(got ? got->str() : "-", date) << url;
  }
}

TEST(SourceMap, ComposesTwoSteps) {
  const std::vector<SourcePiece> outer = {{0, 10, true}, {4, 20, false}, {6, 30, true}};
  const std::vector<SourcePiece> inner = {{0, 2, true}, {5, 8, true}};
  const std::vector<SourcePiece> both = composed(inner, outer);
  for (std::uint32_t i = 0; i < 8; ++i) EXPECT_EQ(item_offset(both, i), item_offset(outer, item_offset(inner, i))) << i;
}

TEST(Phrases, MatchTheWordsOfALine) {
  Codebook book;
  const auto row = [&](const char* pattern) {
    Row r;
    r.id = pattern;
    r.kind = "junk";
    r.words = {pattern};
    r.file = "page.toml";
    r.line = 7;
    book.rows = {r};
  };
  const struct {
    const char* pattern;
    const char* line;
    int first, count;  // -1: no hit
  } cases[] = {{"read also", "READ, also: x", 0, 2},
               {"читайте також", "▶ Читайте також", 0, 2},
               {"підписк* на", "Оформіть підписку на газету", 1, 2},
               {"copy|save link", "Save link", 0, 2},
               {"if ..2 mistake", "If you see mistake", 0, 4},
               {"if ..1 mistake", "If you see mistake", -1, 0},
               {"open _ map", "open the map", 0, 3},
               {"еще", "Ещё", 0, 1},
               {"ad", "adverb", -1, 0}};
  for (const auto& [pattern, line, first, count] : cases) {
    row(pattern);
    const auto phrases = PhraseBook::compile(book, "junk");
    ASSERT_TRUE(phrases.has_value());
    const auto hits = phrases->find(words_of_line(line));
    ASSERT_EQ(hits.size(), first < 0 ? 0U : 1U) << pattern;
    if (first < 0) continue;
    EXPECT_EQ(hits[0].first, static_cast<std::uint32_t>(first)) << pattern;
    EXPECT_EQ(hits[0].count, static_cast<std::uint32_t>(count)) << pattern;
  }
  row("read ..x also");
  EXPECT_EQ(PhraseBook::compile(book, "junk").error().line(),
            "page.toml: line 7: row read ..x also: \"read ..x also\": a gap is ..1 to ..9");
}

}  // namespace
}  // namespace litopys
