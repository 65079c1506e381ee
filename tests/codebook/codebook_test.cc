#include "codebook/codebook.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "codebook/near_miss.h"
#include "codebook/part.h"

namespace litopys {
namespace {

const std::string kHead = "[codebook]\nid = \"sample\"\nversion = \"1\"\n";

Result<Codebook> parsed(const std::string& rows) { return parse_codebook({{"head.toml", kHead}, {"rows.toml", rows}}); }

// The error's line, or "" where the text loads.
std::string complaint(const std::string& rows) {
  const Result<Codebook> book = parsed(rows);
  return book ? "" : book.error().line();
}

TEST(Codebook, ReadsMeasuresTargetsAndRowsInFileOrder) {
  const auto book = parsed(R"([[zebra]]
id = "first"
lang = "uk"
words = ["понад", "більше ніж"]
gives = "anything"
reach = 1
strict = true
also = ["a", "b"]
yes = ["понад 2,8 млн"]
no = ["понад усе"]

[[measure]]
id = "fine"
label = { en = "fines", uk = "штрафи", ru = "штрафы" }
norms = ["Geneva Convention IV, art. 33"]

[[target]]
id = "pensioners"
label = { en = "pensioners" }

[[bound]]
id = "second"
lang = "en"
words = ["over"]
gives = "over"

[[zebra]]
id = "third"
lang = "ru"
words = ["свыше"]
)");
  ASSERT_TRUE(book) << book.error().line();
  EXPECT_EQ(book->id, "sample");
  EXPECT_EQ(book->version, "1");
  ASSERT_EQ(book->measures.size(), 1U);
  EXPECT_EQ(book->measures[0].label.ru, "штрафы");
  EXPECT_EQ(book->measures[0].norms, std::vector<std::string>{"Geneva Convention IV, art. 33"});
  EXPECT_EQ(book->measure("fine"), MeasureId{0});
  EXPECT_EQ(book->measure("fines"), std::nullopt);
  EXPECT_EQ(book->target("pensioners"), TargetId{0});
  ASSERT_EQ(book->rows.size(), 3U);
  EXPECT_EQ(book->rows[0].id, "first");
  EXPECT_EQ(book->rows[1].id, "second");
  EXPECT_EQ(book->rows[2].id, "third");
  EXPECT_EQ(book->rows_of("zebra"), (std::vector<RowId>{0, 2}));
  const Row& row = book->rows[0];
  EXPECT_EQ(row.kind, "zebra");
  EXPECT_EQ(row.language, Language::uk);
  EXPECT_EQ(row.words, (std::vector<std::string>{"понад", "більше ніж"}));
  EXPECT_EQ(row.options, (std::map<std::string, std::string>{{"also", "a|b"}, {"reach", "1"}, {"strict", "true"}}));
  EXPECT_EQ(row.yes, std::vector<std::string>{"понад 2,8 млн"});
  EXPECT_EQ(row.no, std::vector<std::string>{"понад усе"});
  EXPECT_EQ(row.file, "rows.toml");
  EXPECT_EQ(row.line, 1);
  EXPECT_EQ(book->rows[2].line, 27);
}

TEST(Codebook, LetsARowNameAMeasureOfALaterFile) {
  const auto book = parse_codebook({{"a.toml", "[[cue]]\nid = \"c\"\nlang = \"en\"\nwords = [\"fine\"]\ngives = \"fine\"\n"},
                                    {"b.toml", kHead + "[[measure]]\nid = \"fine\"\n"}});
  EXPECT_TRUE(book) << book.error().line();
}

struct Broken {
  const char* rows;
  const char* says;
};

const Broken kBroken[] = {
    {"[[bound]]\nid = \"uk.over\"\nlang = \"uk\"\nwords = [\"понад\"]\ngives = \"ovr\"\n",
     "rows.toml:1: row uk.over: gives = \"ovr\" is no bound; did you mean \"over\"?"},
    {"[[bound]]\nid = \"a\"\nlang = \"uk\"\nwords = [\"понад\"]\ngives = \"plenty\"\n",
     "rows.toml:1: row a: gives = \"plenty\" is no bound; it must be one of exact, about, over, at-least, under, at-most, several, range"},
    {"[[bound]]\nid = \"a\"\nlang = \"uk\"\nwords = [\"понад\"]\n", "rows.toml:1: row a: no gives; say which bound the row gives"},
    {"[[measure]]\nid = \"deportation\"\n\n[[cue]]\nid = \"a\"\nlang = \"en\"\nwords = [\"expel\"]\ngives = \"deportatoin\"\n",
     "rows.toml:4: row a: gives = \"deportatoin\" is no measure of this codebook; did you mean \"deportation\"?"},
    {"[[zebra]]\nid = \"a\"\nlang = \"uk\"\nword = [\"x\"]\n", "rows.toml:4: row a: unknown key \"word\"; did you mean \"words\"?"},
    {"[[zebra]]\nid = \"a\"\nlang = \"ua\"\nwords = [\"x\"]\n",
     "rows.toml:3: row a: lang = \"ua\" is no language that is read; did you mean \"uk\"?"},
    {"[[zebra]]\nid = \"a\"\nlang = \"de\"\nwords = [\"x\"]\n",
     "rows.toml:3: row a: lang = \"de\" is no language that is read; it must be one of en, uk, ru"},
    {"[[zebra]]\nid = \"a\"\nwords = [\"x\"]\n", "rows.toml:1: row a: no lang; give lang = \"en\", \"uk\" or \"ru\""},
    {"[[zebra]]\nid = \"a\"\nlang = \"en\"\n", "rows.toml:1: row a: no words; give at least one pattern in words"},
    {"[[zebra]]\nid = \"a\"\nlang = \"en\"\nwords = []\n", "rows.toml:1: row a: no words; give at least one pattern in words"},
    {"[[zebra]]\nid = \"a\"\nlang = \"en\"\nwords = [\"  \"]\n", "rows.toml:4: row a: words has an empty string"},
    {"[[zebra]]\nid = \"a\"\nlang = \"en\"\nwords = \"over\"\n", "rows.toml:4: row a: words must be a list of strings"},
    {"[[zebra]]\nid = \"a\"\nlang = 3\nwords = [\"x\"]\n", "rows.toml:3: row a: lang must be a string"},
    {"[[zebra]]\nlang = \"en\"\nwords = [\"x\"]\n", "rows.toml:1: row: no id; give each one an id of its own"},
    {"[[zebra]]\nid = \"a\"\nlang = \"en\"\nwords = [\"x\"]\n[[horse]]\nid = \"a\"\nlang = \"en\"\nwords = [\"y\"]\n",
     "rows.toml:5: row a: the id is taken by rows.toml:1"},
    {"[[zebra]]\nid = \"a\"\nlang = \"en\"\nwords = [\"x\"]\nwhen = 2024-01-01\n",
     "rows.toml:5: row a: when must be a string, number, boolean or list of strings"},
    {"[zebra]\nid = \"a\"\n", "rows.toml:1: \"zebra\" is no list of rows; write [[zebra]] above each row"},
    {"[[measure]]\nid = \"fine\"\nlabels = { en = \"fines\" }\n",
     "rows.toml:3: measure fine: unknown key \"labels\"; did you mean \"label\"?"},
    {"[[measure]]\nid = \"fine\"\nlabel = { ua = \"x\" }\n", "rows.toml:3: measure fine: unknown key \"ua\"; did you mean \"uk\"?"},
    {"[codebook]\nid = \"again\"\nversion = \"2\"\n", "rows.toml:1: [codebook]: a second [codebook]; the first is in head.toml:1"},
};

TEST(Codebook, SaysWhereARowIsWrongAndWhatToWrite) {
  for (const auto& [rows, says] : kBroken) EXPECT_EQ(complaint(rows), says) << rows;
}

TEST(Codebook, NamesTheLineWhereTomlItselfIsBroken) {
  const std::string line = complaint("[[zebra]]\nid = \"a\nlang = \"en\"\n");
  EXPECT_EQ(line.rfind("rows.toml:2: ", 0), 0U) << line;
}

TEST(Codebook, RefusesAFileThatIsNotUtf8) {
  const std::string line = complaint("[[zebra]]\nid = \"\xff\xfe\"\n");
  EXPECT_EQ(line.rfind("rows.toml:2: ", 0), 0U) << line;
}

TEST(Codebook, RefusesNestingThatWouldEatTheStack) {
  std::string deep = "a";
  for (int i = 0; i < 1'000'000; ++i) deep += ".a";
  EXPECT_EQ(complaint(deep + " = 1\n"), "rows.toml:1: a key of more than 32 parts");
  EXPECT_NE(complaint("a = " + std::string(100'000, '[')), "");
}

TEST(Codebook, NeedsOneHeadTable) {
  const auto book = parse_codebook({{"rows.toml", "[[measure]]\nid = \"fine\"\n"}});
  ASSERT_FALSE(book);
  EXPECT_EQ(book.error().line(),
            "rows.toml: no file of the codebook has a [codebook] table; write [codebook] with id and version in one of them");
  const auto half = parse_codebook({{"a.toml", "[codebook]\nid = \"x\"\n"}});
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().line(), "a.toml:1: [codebook]: id and version must both be given");
}

class CodebookFolder : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "litopys-codebook-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const char* name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  std::filesystem::path folder_;
};

TEST_F(CodebookFolder, IsReadInNameOrderAndOnlyToml) {
  write("b.toml", "[[zebra]]\nid = \"later\"\nlang = \"en\"\nwords = [\"x\"]\n");
  write("a.toml", kHead + "[[zebra]]\nid = \"earlier\"\nlang = \"en\"\nwords = [\"x\"]\n");
  write("notes.txt", "[[[ not toml");
  const auto book = load_codebook(folder_);
  ASSERT_TRUE(book) << book.error().line();
  ASSERT_EQ(book->rows.size(), 2U);
  EXPECT_EQ(book->rows[0].id, "earlier");
  EXPECT_EQ(book->rows[1].id, "later");
}

TEST_F(CodebookFolder, GivesTheKindsThatAreAskedForHoweverTheirTablesAreWritten) {
  write("a.toml", kHead + "[[measure]]\nid = \"m\"\nlabel = { en = \"e\", uk = \"u\", ru = \"r\" }\n");
  write("b.toml", "[[zebra]]\nid = \"first\"\nlang = \"en\"\nwords = [\"x\"]\n[[yak]]\nid = \"beside\"\nlang = \"en\"\nwords = [\"y\"]\n");
  write("c.toml", "  [[ \"zebra\" ]] # of its own\nid = \"second\"\nlang = \"en\"\nwords = [\"x\"]\n");
  write("d.toml", "zebra = [{id = \"third\", lang = \"en\", words = [\"x\"]}]\n");
  write("e.toml", "# no zebra\n[[yak]]\nid = \"wrong\"\n");
  const auto all = load_codebook(folder_);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().place, "row wrong");
  const auto book = load_codebook_with(folder_, {"zebra"});
  ASSERT_TRUE(book) << book.error().line();
  EXPECT_EQ(book->id, "sample");
  EXPECT_TRUE(book->measure("m"));
  std::vector<std::string> ids;
  for (const RowId row : book->rows_of("zebra")) ids.push_back(book->rows[row].id);
  EXPECT_EQ(ids, (std::vector<std::string>{"first", "second", "third"}));
}

TEST_F(CodebookFolder, ThatIsMissingOrEmptyIsNamed) {
  const auto empty = load_codebook(folder_);
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().line(), folder_.string() + ": no *.toml in the codebook's folder; give another with --codebook DIR");
  const auto missing = load_codebook(folder_ / "none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kConfig);
  EXPECT_EQ(missing.error().item, (folder_ / "none").string());
}

TEST(NearMiss, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("over", "over"), 0U);
  EXPECT_EQ(edit_distance("ovr", "over"), 1U);
  EXPECT_EQ(edit_distance("oevr", "over"), 1U);
  EXPECT_EQ(edit_distance("понад", "понат"), 1U);
  EXPECT_EQ(edit_distance("", "over"), 4U);
}

TEST(NearMiss, GivesNothingWhenNothingIsNear) {
  const std::vector<std::string_view> words = {"exact", "about", "over"};
  EXPECT_EQ(near_miss("abuot", words), "about");
  EXPECT_EQ(near_miss("plenty", words), "");
  EXPECT_EQ(near_miss(std::string(1'000'000, 'x'), words), "");
}

}  // namespace
}  // namespace litopys
