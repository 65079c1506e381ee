#include "mention/quantity_news.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace litopys {
namespace {

const NewsQuantities& finder() {
  static const NewsQuantities one = [] {
    const auto book = load_codebook(std::filesystem::path(LITOPYS_SOURCE_DIR) / "codebooks" / "news");
    if (!book) throw std::runtime_error(book.error().line());
    auto made = NewsQuantities::make(*book);
    if (!made) throw std::runtime_error(made.error().line());
    return std::move(*made);
  }();
  return one;
}

std::string reads(const std::string& text) {
  std::string out;
  for (const NewsQuantity& q : finder().find(text)) {
    if (!out.empty()) out += "; ";
    out += std::string(q.change) + " " + q.value.str() + (q.high ? ".." + q.high->str() : "") + " " + q.unit;
  }
  return out;
}

struct Case {
  const char* text;
  const char* reads;
};

TEST(NewsQuantities, ReadsValueUnitAndDirection) {
  const Case cases[] = {
      {"Wheat fell 3.5 per cent to $210 a tonne.", "down 3.5 percentage; = 210 dollar per tonne"},
      {"The tower is about 90 metres tall.", "~ 90 metre"},
      {"It sold more than 1.2 million cars.", "> 1200000 cars"},
      {"A disk of 512GB came with the 5G phone.", "= 512 gigabyte; = 5 generation wireless"},
      {"Prices ran from $40 to $55.", "= 40..55 dollar"},
      {"Between 20 and 25 degrees Celsius is best.", "= 20..25 celsius"},
      {"The bank lost 40 points, or 0.4%.", "down 40 point; down 0.4 percentage"},
      {"Twenty-two boats sank.", "= 22 boats"},
      {"They paid €3m ($3.3 million) for it.", "= 3000000 euro; = 3300000 dollar"},
      {"Output grew sixfold.", "up 6 count"},
      {"A 9-2 lead was enough.", "= 9..2 lead"},
      {"The index moved -0.7% that day.", "down -0.7 percentage"},
  };
  for (const auto& [text, wanted] : cases) {
    EXPECT_EQ(reads(text), wanted) << text;
  }
}

TEST(NewsQuantities, LeavesOutDatesTimesNamesAndScores) {
  for (const char* text :
       {"It opened on May 14, 2019.", "Doors open at 7:30 p.m.", "The S23 and the XC40 are here.", "He came 2nd in the 1990s.",
        "It ended 2-2 on aggregate.", "See Section 427 for it.", "The COVID-19 ward shut.", "Version 1.2.3 is out."}) {
    EXPECT_EQ(reads(text), "") << text;
  }
}

TEST(NewsQuantities, NamesFileAndLineOfARowThatMeansNothing) {
  Codebook book;
  Row row;
  row.id = "news-scale.1";
  row.kind = "news-scale";
  row.words = {"umpteen"};
  row.gives = "many";
  row.file = "quantities.toml";
  row.line = 7;
  book.rows.push_back(row);
  const auto made = NewsQuantities::make(book);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().line(), "quantities.toml: line 7: row news-scale.1: gives = \"many\" is no number");
}

TEST(NewsQuantities, TakesNumbersOfAThousandDigitsForNone) {
  EXPECT_EQ(reads("It was " + std::string(1000, '9') + " or 5 tons."), "= 5 ton");
}

RC_GTEST_PROP(NewsQuantities, SpansLieInsideTheSentence, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "1", "000", " ", ",", ".", "-", "–", "%", "million", "$", "between", "and", "from", "to", "half of", "2019", "May", "(", ")", "/",
      "G", "a", "per", "barrel", "rose", "\xC3", "\xE2\x80", "sub", "minus", "or", "9-2 lead", "thousands of", "us", "one"));
  std::string text;
  for (const std::string& piece : pieces) text += piece;
  for (const NewsQuantity& q : finder().find(text)) {
    RC_ASSERT(q.span.begin < q.span.end);
    RC_ASSERT(q.span.end <= text.size());
  }
}

}  // namespace
}  // namespace litopys
