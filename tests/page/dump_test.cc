#include "page/dump.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "page/lines.h"
#include "page/sample.h"

namespace litopys {
namespace {

TEST(PageDump, IsReadable) {
  const auto got = sample::read("The queue grows\n\n21 March 2024, 14:05\n\nPeople came.\n\nRead also: Two ferries\n");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(dump(*got),
            "# litopys page 1\n"
            "id: sample\n"
            "path: sample.txt\n"
            "encoding: UTF-8\n"
            "language: en\n"
            "title: The queue grows\n"
            "published: 2024-03-21\n"
            "evidence: 2024-03-21 | line 3 | 21 March 2024\n"
            "line ends: lf, also the last\n"
            "\n"
            "   1 title           | The queue grows\n"
            "   2 article         | \n"
            "   3 article         | 21 March 2024, 14:05\n"
            "   4 article         | \n"
            "   5 article         | People came.\n"
            "   6 article         | \n"
            "   7 junk (teaser)   | Read also: Two ferries\n");
}

bool same(const Document& a, const Document& b) {
  const auto lines = [](const Line& x, const Line& y) { return x.span == y.span && x.kind == y.kind && x.reason == y.reason; };
  const auto evidence = [](const DateEvidence& x, const DateEvidence& y) {
    return x.from == y.from && x.words == y.words && x.date == y.date;
  };
  return a.id == b.id && a.path == b.path && a.text == b.text && a.language == b.language && a.title == b.title && a.outlet == b.outlet &&
         a.url == b.url && a.published == b.published && a.encoding == b.encoding && a.notes == b.notes &&
         std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), lines) &&
         std::equal(a.evidence.begin(), a.evidence.end(), b.evidence.begin(), b.evidence.end(), evidence);
}

RC_GTEST_PROP(PageDump, IsReadBackAsTheSameDocument, ()) {
  const auto word = [] {
    return *rc::gen::map(rc::gen::container<std::vector<std::string>>(
                             rc::gen::element<std::string>("a", "ї", " ", "\\", "\\n", "|", " | ", "\r", "\n", "\r\n", ": ", "(x)", "")),
                         [](const std::vector<std::string>& parts) {
                           std::string out;
                           for (const std::string& part : parts) out += part;
                           return out;
                         });
  };
  Document d;
  d.id = word();
  d.path = word();
  d.encoding = "UTF-8";
  d.text = word();
  d.language = *rc::gen::element(Language::en, Language::uk, Language::ru, Language::other);
  if (*rc::gen::arbitrary<bool>()) d.title = word();
  if (*rc::gen::arbitrary<bool>()) d.outlet = word();
  if (*rc::gen::arbitrary<bool>()) d.published = Date{2024, 3, *rc::gen::element<std::uint8_t>(0, 21), 0};
  d.evidence.push_back({"line 1", word(), *rc::gen::element(Date{}, Date{2024, 0, 0, 0})});
  d.notes.push_back(word());
  d.lines = lines_of(d.text);
  for (Line& line : d.lines) {
    line.kind = *rc::gen::element(LineKind::article, LineKind::title, LineKind::junk);
    if (line.kind == LineKind::junk) line.reason = *rc::gen::element<std::string>("teaser", "heading without text");
  }
  const auto again = parse_dump(dump(d));
  RC_ASSERT(again.has_value());
  RC_ASSERT(same(*again, d));
}

TEST(PageDump, SaysWhatIsWrongWithADump) {
  const struct {
    const char* text;
    const char* line;
  } cases[] = {{"x", "page dump: line 1: expected \"# litopys page 1\""},
               {"# litopys page 1\nfoo\n", "page dump: line 2: expected \"key: value\""},
               {"# litopys page 1\nfoo: 1\n", "page dump: line 2: no such key: \"foo\""},
               {"# litopys page 1\nlanguage: de\n", "page dump: line 2: expected a language (en, uk, ru, und), not \"de\""},
               {"# litopys page 1\npublished: May\n", "page dump: line 2: expected a date, not \"May\""},
               {"# litopys page 1\n\n   2 article | x\n", "page dump: line 3: expected line number 1"},
               {"# litopys page 1\n\n   1 text | x\n", "page dump: line 3: expected article, title or junk, not \"text\""}};
  for (const auto& [text, line] : cases) {
    const auto got = parse_dump(text);
    ASSERT_FALSE(got.has_value()) << text;
    EXPECT_EQ(got.error().line(), line);
  }
  EXPECT_TRUE(is_page_dump("# litopys page 1\nid: x\n"));
  EXPECT_FALSE(is_page_dump("The queue grows\n"));
}

}  // namespace
}  // namespace litopys
