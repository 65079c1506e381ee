// What a reader of the page is promised: it stands alone, it shows every claim with its sentence, nothing of a document executes.
#include "report/report.h"
#include "codebook/gazetteer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "report/figures.h"
#include "report/html.h"
#include "report/places.h"
#include "report/words.h"

namespace litopys {
namespace {

using testing::HasSubstr;
using testing::Not;

Codebook small_book() {
  Codebook book;
  book.id = "test";
  book.version = "1";
  book.measures = {{"issuance", {"Passports issued", "Видача паспортів", "Выдача паспортов"}, {}},
                   {"deadline", {"Deadlines", "Граничні строки", "Сроки"}, {}}};
  return book;
}

Claim claim_at(const std::string& text, const std::string& quote, const std::string& measure) {
  Claim claim;
  claim.quote = quote;
  const auto at = static_cast<std::uint32_t>(text.find(quote));
  claim.span = {at, at + static_cast<std::uint32_t>(quote.size())};
  claim.measure = measure;
  return claim;
}

ReportDocument sample() {
  ReportDocument out;
  ClaimDocument& d = out.document;
  d.id = "wire 1/ü";
  d.path = "in/wire.txt";
  d.language = Language::en;
  d.outlet = "Dnipro Wire";
  d.published = "2024-03-12";
  d.text =
      "Title <b>bold</b>\nMore than 2.8 million were issued, the minister said.\nRead also: <script>alert(1)</script>\nThey must leave by "
      "July.";
  d.junk = {3};
  Claim first = claim_at(d.text, "More than 2.8 million were issued, the minister said.", "issuance");
  first.figure = Figure{*Decimal::parse("2800000"), std::nullopt, Bound::over, Unit::passport, "More than 2.8 million"};
  first.places = {"UA-TOT", "XX-NO/Where"};
  first.when = When::until(*Date::parse("2024-03"));
  first.sources = {"Minister & Co", "TASS"};
  first.side = Side::russia;
  first.credence = Credence::distanced;
  Claim second = claim_at(d.text, "They must leave by July.", "deadline");
  second.stance = Stance::planned;
  second.when = When::until(*Date::parse("2024-07"));
  d.claims = {first, second};
  out.sha256 = std::string(64, 'a');
  return out;
}

Record record_of(const std::vector<ReportDocument>& documents, Language language = Language::en) {
  std::vector<ClaimDocument> read;
  for (const ReportDocument& document : documents) read.push_back(document.document);
  return make_record(std::move(read), small_book(), Gazetteer(), language);
}

std::optional<ReportPlace> known_place(std::string_view code) {
  if (code == "UA-TOT") return ReportPlace{"Occupied territories", "Окуповані території", {36.5, 47.2}, true};
  return std::nullopt;
}

std::string plain_name(std::string_view source, Side side) { return side == Side::resident ? "a resident" : std::string(source); }

std::string page(const std::vector<ReportDocument>& documents, Language language = Language::en) {
  ReportOptions options;
  options.language = language;
  options.made = "2025-01-01";
  options.shapes = std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer";
  const auto html = make_report(documents, record_of(documents, language), small_book(), known_place, plain_name, options);
  EXPECT_TRUE(html.has_value()) << html.error().line();
  return html.value_or("");
}

TEST(Report, AsksForNothingOutsideItself) {
  const std::string html = page({sample()});
  for (const char* mark : {"http://", "https://", "src=", "@import", "url(http", "<link"}) EXPECT_THAT(html, Not(HasSubstr(mark)));
}

TEST(Report, LinksEachClaimToItsSentenceAndBack) {
  const std::string html = page({sample()});
  const std::string id = anchor("wire 1/ü");
  const auto begin = sample().document.claims[0].span.begin;
  EXPECT_THAT(html, HasSubstr("id='c-" + id + "-1'"));
  EXPECT_THAT(html, HasSubstr("href='#s-" + id + "-" + std::to_string(begin) + "'"));
  EXPECT_THAT(html, HasSubstr("<mark id='s-" + id + "-" + std::to_string(begin) + "'"));
  EXPECT_THAT(html, HasSubstr(std::string(64, 'a'))) << "the digest of the bytes";
}

TEST(Report, ExecutesNothingOfADocument) {
  const std::string html = page({sample()});
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)"));
  EXPECT_THAT(html, HasSubstr("<p class='junk'>Read also")) << "junk is shown as junk, not dropped";
}

TEST(Report, KeepsAPlaceThatTheMapDoesNotKnow) { EXPECT_THAT(page({sample()}), HasSubstr("XX-NO/Where (1)")); }

TEST(Report, NamesNoResidentAsASource) {
  ReportDocument d = sample();
  d.document.claims[1].sources = {"Oksana K."};
  d.document.claims[1].side = Side::resident;
  const Gazetteer nobody;
  ReportOptions options;
  const auto html = make_report({d}, record_of({d}), small_book(), known_place, names_in(nobody, Language::en), options);
  ASSERT_TRUE(html.has_value());
  EXPECT_THAT(*html, Not(HasSubstr("Oksana")));
  EXPECT_THAT(*html, HasSubstr("residents, not named here"));
}

TEST(Report, SpeaksUkrainian) {
  const std::string html = page({sample()}, Language::uk);
  EXPECT_THAT(html, HasSubstr("lang='uk'"));
  EXPECT_THAT(html, HasSubstr("Видача паспортів"));
  EXPECT_THAT(html, HasSubstr("понад 2\u00A0800\u00A0000 паспортів"));
}

TEST(Report, StandsWithoutAnyDocument) { EXPECT_THAT(page({}), HasSubstr("No claim with a total was found.")); }

TEST(Report, HasEveryWordInBothLanguages) {
  EXPECT_GT(word_count(), 50U);
  for (const std::string& html : {page({sample()}), page({sample()}, Language::uk)})
    EXPECT_THAT(html, Not(HasSubstr(".title<"))) << "a key shows where a word is missing";
}

TEST(Report, FoldsOneSayingInTwoOutletsIntoOneMark) {
  ReportDocument other = sample();
  other.document.id = "wire 2";
  other.document.outlet = "Another";
  const auto points = figure_points(record_of({sample(), other}), "issuance", false, plain_name, Language::en);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(points[0].outlets, 2U);
}

TEST(Report, FoldsThoseWhoCarryOneStatementAndKeepsEachSentence) {
  ReportDocument other = sample();
  other.document.id = "wire 2";
  other.document.outlet = "Another";
  const std::string html = page({sample(), other});
  EXPECT_THAT(html, HasSubstr("<summary>2 outlets</summary>"));
  EXPECT_THAT(html, HasSubstr("<li id='c-" + anchor("wire 2") + "-1'>"));
  EXPECT_THAT(html, HasSubstr("href='#s-" + anchor("wire 2") + "-" + std::to_string(other.document.claims[0].span.begin) + "'"));
}

TEST(Report, ShowsWhatCannotAllBeTrueAsTheChainOfItsClaims) {
  ReportDocument other = sample();
  other.document.id = "wire 2";
  Claim& less = other.document.claims[0];
  less.figure = Figure{*Decimal::parse("1234567"), std::nullopt, Bound::exact, Unit::passport, "1,234,567"};
  less.when = When::until(*Date::parse("2024-04"));
  less.sources = {"Another Minister"};
  for (const Language language : {Language::en, Language::uk}) {
    const std::string html = page({sample(), other}, language);
    const std::size_t begin = html.find("<section id='findings'>");
    ASSERT_NE(begin, std::string::npos);
    const std::string section = html.substr(begin, html.find("</section>", begin) - begin);
    EXPECT_THAT(section, HasSubstr(language == Language::uk ? "Це не може бути правдою водночас" : "they cannot both be true"));
    EXPECT_THAT(section, HasSubstr("Minister &amp; Co"));
    EXPECT_THAT(section, HasSubstr("Another Minister"));
    EXPECT_THAT(section, HasSubstr("More than 2.8 million were issued")) << "each claim with its sentence";
    EXPECT_THAT(section, HasSubstr("href='#c-" + anchor("wire 2") + "-1'"));
  }
}

TEST(Report, DrawsWhatASidesFiguresLeaveOpenBehindThePoints) {
  ReportDocument later = sample();
  later.document.id = "wire 2";
  later.document.published = "2024-09-12";
  later.document.claims[0].figure = Figure{*Decimal::parse("3100000"), std::nullopt, Bound::exact, Unit::passport, "3.1 million"};
  later.document.claims[0].when = When::until(*Date::parse("2024-08"));
  ReportDocument earlier = sample();
  for (ReportDocument* document : {&earlier, &later}) document->document.claims[0].places = {"UA-TOT"};
  const std::string html = page({earlier, later});
  ASSERT_NE(html.find("<rect class='band'"), std::string::npos);
  EXPECT_TRUE(html.find("<rect class='band'") < html.find("<circle cx="));
  EXPECT_NE(html.find("what a side's figures leave open"), std::string::npos) << "the legend says what the field is";
}

TEST(Report, PutsATotalAtTheEndOfItsPeriodAndKeepsTheUncertainty) {
  ReportDocument d = sample();
  d.document.claims[0].when = When::between(*Date::parse("2019"), *Date::parse("2023-09"));
  const auto points = figure_points(record_of({d}), "issuance", false, plain_name, Language::en);
  ASSERT_EQ(points.size(), 1U);
  EXPECT_EQ(Date::of(points[0].at).str(), "2023-09-30");
  EXPECT_EQ(Date::of(points[0].first).str(), "2019-01-01");
}

TEST(ReportShapes, DrawsCrimeaWithinUkraine) {
  const auto folder = std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer" / "osm" / "ukraine_admin.topojson";
  const auto regions = load_topojson(folder, "adm1", 1.6);
  ASSERT_TRUE(regions.has_value()) << regions.error().line();
  EXPECT_EQ(regions->size(), 27U);
  EXPECT_TRUE(std::any_of(regions->begin(), regions->end(), [](const Shape& s) { return s.iso == "UA-43" && !s.rings.empty(); }));
}

TEST(ReportShapes, NamesAFileThatIsNoMap) {
  const auto file = std::filesystem::temp_directory_path() / ("litopys-shape-" + std::to_string(std::rand()));
  std::ofstream(file) << "{\"type\": \"Topology\", \"arcs\": 7}";
  const auto got = load_topojson(file, "adm1", 1);
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().kind, ErrorKind::kConfig);
  EXPECT_THAT(got.error().line(), HasSubstr("arcs are not lists"));
  std::filesystem::remove(file);
}

TEST(ReportHtml, GroupsDigitsAsEachLanguageDoes) {
  EXPECT_EQ(grouped(*Decimal::parse("3500000"), true), "3,500,000");
  EXPECT_EQ(grouped(*Decimal::parse("3500000"), false), "3\u00A0500\u00A0000");
  EXPECT_EQ(grouped(*Decimal::parse("1500"), false), "1500");
  EXPECT_EQ(grouped(*Decimal::parse("0.5"), false), "0,5");
  EXPECT_EQ(grouped(*Decimal::parse("999"), true), "999");
}

// The page in a real browser: its script runs (the filter's bar shows itself) and nothing is refused by its own policy.
TEST(ReportInBrowser, RunsItsScriptAndBreaksNoRuleOfItsOwn) {
  if (std::system("command -v chromium > /dev/null 2>&1") != 0) GTEST_SKIP() << "not run: needs chromium";
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("litopys-page-" + std::to_string(std::rand()));
  fs::create_directories(folder);
  std::ofstream(folder / "report.html") << page({sample()});
  const std::string command =
      "timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
      "--disable-component-update --disable-sync --enable-logging=stderr --v=0 --user-data-dir=" +
      (folder / "profile").string() + " --dump-dom file://" + (folder / "report.html").string() + " > " + (folder / "dom").string() +
      " 2> " + (folder / "log").string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto slurp = [](const fs::path& file) {
    std::ifstream in(file);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  const std::string dom = slurp(folder / "dom"), log = slurp(folder / "log");
  EXPECT_THAT(dom, HasSubstr("<p class=\"filter\">")) << "the script takes `hidden` off the bar";
  EXPECT_THAT(log, Not(HasSubstr("CONSOLE")));
  fs::remove_all(folder);
}

TEST(ReportWords, NounsTakeTheFormThatTheNumberAsksFor) {
  EXPECT_EQ(counted_words(1, "documents", Language::en), "1 document");
  EXPECT_EQ(counted_words(2, "contradictions", Language::en), "2 contradictions");
  EXPECT_EQ(counted_words(1, "documents", Language::uk), "1 документ");
  EXPECT_EQ(counted_words(24, "documents", Language::uk), "24 документи");
  EXPECT_EQ(counted_words(11, "sources", Language::uk), "11 джерел");
  EXPECT_EQ(counted_words(21, "contradictions", Language::uk), "21 суперечність");
  Figure figure{*Decimal::make(23), {}, Bound::exact, Unit::person, {}};
  EXPECT_EQ(unit_after(figure, Language::uk), "особи");
  EXPECT_EQ(unit_after(figure, Language::en), "people");
  figure.bound = Bound::about;
  EXPECT_EQ(unit_after(figure, Language::uk), "осіб");
  figure = {*Decimal::make(1), {}, Bound::exact, Unit::passport, {}};
  EXPECT_EQ(unit_after(figure, Language::en), "passport");
}

TEST(ReportWords, WhomOnlyTheShortTableListsHasANameInUkrainianToo) {
  const auto gazetteer = load_gazetteer(std::filesystem::path(LITOPYS_SOURCE_DIR) / "gazetteer");
  ASSERT_TRUE(gazetteer);
  const NameLookup names = names_in(*gazetteer, Language::uk);
  EXPECT_EQ(names("Moscow", Side::russia), "Москва");
  EXPECT_EQ(names("Russia", Side::russia), "Росія");
}

}  // namespace
}  // namespace litopys
