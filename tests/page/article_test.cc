// Article and furniture, judged by the model that the program ships, and the model's file.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "page/page_model.h"
#include "page/sample.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;
using sample::lines_of_kind;
using sample::read;

constexpr const char* kOne = "Whoever came to the counter after lunch was handed a slip and told to return on Thursday with a witness.";
constexpr const char* kTwo =
    "By evening, the clerk said, some forty slips were out, and the stamp had been locked away until the officer was back.";
constexpr const char* kThree =
    "Neighbours keep a list of their own, in pencil, so that nobody has to stand in the wind twice for the same paper.";

std::string paragraph(const char* text) { return std::string("<p>") + text + "</p>"; }

std::string page_of(const std::string& body) {
  return "<html><head><title>Slips at the counter</title></head><body><div id=menu><a href=/>Home</a> <a href=/n>News</a> <a "
         "href=/c>Contact "
         "us</a></div>" +
         body + "<div class=footer>© A paper of ours. All rights reserved</div></body></html>";
}

TEST(Article, IsFoundInLayoutTablesToo) {
  const auto got = read(page_of(
      std::string("<table><tr><td class=left><a href=/1>Weather</a><br><a href=/2>Currency</a></td><td><h1>Slips at the counter</h1>"
                  "<p>Whoever came <b>after lunch</b>, all 312 of them, was handed a slip and told to return on Thursday, at 7.</p>") +
      paragraph(kTwo) + paragraph(kThree) + "</td></tr></table>"));
  ASSERT_TRUE(got.has_value());
  const std::string article = lines_of_kind(*got, LineKind::article);
  EXPECT_NE(article.find("all 312 of them, was handed a slip and told to return on Thursday, at 7."), std::string::npos) << article;
  EXPECT_EQ(article.find("Currency"), std::string::npos) << article;
}

TEST(Article, KeepsAQuotedParagraph) {
  const auto got =
      read(page_of("<article><h1>Slips at the counter</h1>" + paragraph(kOne) +
                   "<blockquote>“By our count, 23 percent of the street took one, and not a soul more than that,” she said.</blockquote>" +
                   paragraph(kTwo) + paragraph(kThree) + "</article>"));
  ASSERT_TRUE(got.has_value());
  EXPECT_NE(lines_of_kind(*got, LineKind::article).find("23 percent"), std::string::npos);
}

TEST(Article, LeavesOutTeasersCommentsAndSubscriptions) {
  const auto got =
      read(page_of("<article><h1>Slips at the counter</h1>" + paragraph(kOne) + paragraph(kTwo) +
                   "<div class=related><h3>Read also</h3><ul><li><a href=/a>A market without prices</a></li><li><a href=/b>Salt by the "
                   "spoon</a></li></ul></div>" +
                   paragraph(kThree) +
                   "<div class=newsletter><p>Sign up for our newsletter and get the best of the week in your inbox.</p></div></article>"
                   "<div id=comments><h3>Comments</h3><div class=comment><p>I stood there on Monday as well, and it was just as bad as "
                   "they say here.</p></div></div>"));
  ASSERT_TRUE(got.has_value());
  const std::string article = lines_of_kind(*got, LineKind::article), junk = lines_of_kind(*got, LineKind::junk);
  for (const char* words : {"Salt by the spoon", "newsletter", "on Monday as well", "All rights reserved"}) {
    EXPECT_EQ(article.find(words), std::string::npos) << words << "\n" << article;
    EXPECT_NE(junk.find(words), std::string::npos) << words << ": nothing is thrown away";
  }
  for (const char* words : {kOne, kTwo, kThree}) EXPECT_NE(article.find(words), std::string::npos) << words;
}

TEST(Article, OfAPageDrawnByScriptsIsWhatItsHeadSays) {
  const auto got = read(R"(<html><head><title>Slips</title><meta property="og:description" content="Forty slips were out by evening.">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Slips","datePublished":"2024-02-03T10:00:00+02:00"}</script></head>
<body><div id=app></div><script>draw()</script></body></html>)");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->text, "Forty slips were out by evening.");
  EXPECT_EQ(got->published->str(), "2024-02-03");
  EXPECT_EQ(got->notes.size(), 1U);
}

TEST(Article, IsOneDayHoweverManyAPageNames) {
  const auto got = read(page_of(
      R"(<article><h1>Slips at the counter</h1><div class="post-meta"><span class="date">7. September 2017</span></div>)" +
      paragraph(kOne) + paragraph(kTwo) + paragraph(kThree) +
      R"(</article><div class=sidebar><p>21. Oktober 2017 <a href=/x>Salt by the spoon</a></p><p>3. Dezember 2017 <a href=/y>Bread</a></p></div>)"));
  ASSERT_TRUE(got.has_value());
  ASSERT_TRUE(got->published.has_value());
  EXPECT_EQ(got->published->str(), "2017-09-07");
}

class ModelFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("litopys-page-model-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    bytes_ = sample::bytes_of(fs::path(LITOPYS_SOURCE_DIR) / "data/page/page.model");
  }
  void TearDown() override { fs::remove_all(folder_); }
  [[nodiscard]] Result<PageModel> opened(const std::string& bytes) const {
    std::ofstream(folder_ / "x.model", std::ios::binary) << bytes;
    return read_page_model(folder_ / "x.model");
  }
  fs::path folder_;
  std::string bytes_;
};

TEST_F(ModelFile, IsTheSameAfterWritingAndReading) {
  const auto model = opened(bytes_);
  ASSERT_TRUE(model.has_value()) << model.error().line();
  ASSERT_TRUE(write_page_model(*model, folder_ / "again.model").has_value());
  EXPECT_EQ(sample::bytes_of(folder_ / "again.model"), bytes_);
}

TEST_F(ModelFile, IsRefusedWhenItIsCutOrChangedAnywhere) {
  for (std::size_t size = 0; size < bytes_.size(); size += 997) {
    const auto cut = opened(bytes_.substr(0, size));
    ASSERT_FALSE(cut.has_value()) << size;
    EXPECT_EQ(cut.error().kind, ErrorKind::kConfig);
  }
  for (std::size_t at = 0; at < bytes_.size(); at += 1009) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    EXPECT_FALSE(opened(changed).has_value()) << at;
  }
  EXPECT_FALSE(read_page_model(folder_ / "missing.model").has_value());
}

}  // namespace
}  // namespace litopys
