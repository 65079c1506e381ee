// Tables of reports: columns by their names, rows by their bytes, damage by its line.
#include "intake/table.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "intake/split.h"

namespace litopys {
namespace {

using sample::split;
using sample::Taken;
using testing::HasSubstr;

TEST(Table, GivesARowAnItemWithWhatItsColumnsSay) {
  const std::string csv =
      "id,Title,Published,Source,URL,Text\n"
      "1,Черга,21.03.2024,Обрій,https://example.org/1,\"У селі, кажуть, \"\"видали\"\" 41 паспорт.\nДругий рядок.\"\r\n"
      "2,,2024-03-22T10:00:00+02:00,,,Коротко\n"
      "3,порожньо,,,,\n";
  ASSERT_TRUE(looks_like_table(csv));
  const Taken got = split(split_table, csv);
  EXPECT_EQ(got.lines(), "");
  EXPECT_EQ(got.members(), "row 1|row 2");
  const Item& first = got.items.at(0).item;
  EXPECT_EQ(first.id, "box-1");
  EXPECT_EQ(first.origin.format, "csv-row 2c text=5 title=1");
  EXPECT_EQ(first.origin.title, "Черга");
  EXPECT_EQ(first.origin.outlet, "Обрій");
  EXPECT_EQ(first.origin.url, "https://example.org/1");
  EXPECT_EQ(first.origin.published, "2024-03-21");
  EXPECT_THAT(first.bytes, testing::EndsWith("рядок.\""));
  EXPECT_EQ(got.items[1].item.origin.published, "2024-03-22T10:00:00+02:00");
  EXPECT_THAT(got.items[1].notes, testing::Contains("box.file: 1 rows without text passed over"));
}

TEST(Table, KnowsDelimitersAndNamesInThreeLanguages) {
  for (const char* table :
       {"дата;заголовок;текст\n2024-01-02;з;т\n", "Ссылка\tТЕКСТ\nhttps://x.example\tт\n", "url|body\nhttps://x.example|т\n",
        "\xEF\xBB\xBF"
        "text,date\nт,2024-01-02\n"}) {
    ASSERT_TRUE(looks_like_table(table)) << table;
    EXPECT_EQ(split(split_table, table).items.size(), 1U) << table;
  }
}

TEST(Table, TakesColumnsAsTheUserNamesThem) {
  const std::string csv = "Kyiv time,what was said,paper\n2024-03-21,words,Обрій\n";
  EXPECT_FALSE(looks_like_table(csv));
  const std::string columns = "text=What was said,date=Kyiv time,outlet=paper";
  ASSERT_TRUE(looks_like_table_of(csv, columns));
  ContainerLimits limits;
  limits.columns = columns;
  const Taken got = split(split_table, csv, limits);
  ASSERT_EQ(got.items.size(), 1U);
  EXPECT_EQ(got.items[0].item.origin.outlet, "Обрій");
  EXPECT_EQ(got.items[0].item.origin.published, "2024-03-21");
}

// A misspelt name must not turn a table into a plain text, nor leave its dates out without a word.
TEST(Table, ANamedColumnThatItLacksIsSaidWithThoseThatItHas) {
  const std::string csv = "Kyiv time,what was said,paper\n2024-03-21,words,Обрій\n";
  const std::string lines = "{\"id\": 1, \"said\": \"words\"}\n{\"id\": 2, \"said\": \"more\"}\n";
  ContainerLimits limits;
  for (const char* columns : {"text=no such", "text=what was said,date=no such", "text=what was said,outlet=no such"}) {
    limits.columns = columns;
    ASSERT_TRUE(looks_like_table_of(csv, columns)) << columns;
    const Taken got = split(split_table, csv, limits);
    EXPECT_TRUE(got.items.empty()) << columns;
    EXPECT_THAT(got.lines(), AllOf(HasSubstr("no column \"no such\""), HasSubstr("kyiv time, what was said, paper"))) << columns;
  }
  limits.columns = "text=no such";
  ASSERT_TRUE(looks_like_table_of(lines, limits.columns));
  const Taken got = split(split_table, lines, limits);
  EXPECT_TRUE(got.items.empty());
  EXPECT_THAT(got.lines(), AllOf(HasSubstr("no column \"no such\" for text"), HasSubstr("id, said")));
  limits.columns = "text=said,date=when";  // lines may leave out what they do not know
  EXPECT_EQ(split(split_table, lines, limits).items.size(), 2U);
}

TEST(Table, ProseIsNoTableWhateverColumnsAreNamed) {
  for (const char* prose : {"Kherson, 21 March\nThe office was shut, people said.\nNobody came, nobody asked.\n", "One line, and no more\n",
                            "Words.\nMore words.\n", "a, b\nthe next, is prose, of three parts\n"}) {
    EXPECT_FALSE(looks_like_table_of(prose, "text=Body")) << prose;
  }
}

TEST(Table, SaysWhatIsWrongWithAMapOfColumns) {
  for (const char* right : {"text=Body", "text=Body,date=When", "text=Was gesagt = wurde", " title = X ,text=Y"}) {
    EXPECT_FALSE(columns_problem(right)) << right;
  }
  for (const char* wrong : {"", "Body", "txt=Body", "text", "text=", "text=Body,when=Date", "text=A,text=B", "text=A,,date=B"}) {
    EXPECT_TRUE(columns_problem(wrong)) << wrong;
  }
  EXPECT_THAT(*columns_problem("text=Body,when=Date"), HasSubstr("\"when=Date\" is none of text=NAME"));
}

TEST(Table, ReadsJsonLines) {
  const std::string lines =
      "{\"text\": \"Перше \\\"слово\\\"\", \"date\": 1711000000, \"source\": \"Обрій\", \"more\": {\"text\": \"x\"}}\n\n{\"title\": \"y\", "
      "\"text\": null}\n{\"text\": \"Друге\"}\n";
  ASSERT_TRUE(looks_like_table(lines));
  const Taken got = split(split_table, lines);
  EXPECT_EQ(got.lines(), "");
  ASSERT_EQ(got.members(), "row 1|row 2");
  EXPECT_EQ(got.items[0].item.origin.published, "2024-03-21T05:46:40Z");
  EXPECT_EQ(got.items[0].item.origin.format, "jsonl-row text=text");
}

TEST(Table, ADamagedLineCostsNoOther) {
  const Taken json = split(split_table, "{\"text\": \"a\"}\n{\"text\": \"b\"\n{\"text\": \"c\"} x\n{\"text\": \"d\"}\n{\"text\": \"e");
  EXPECT_EQ(json.items.size(), 2U);
  EXPECT_EQ(json.lines(),
            "box.file: line 2: no whole JSON object; passed over\nbox.file: line 3: no whole JSON object; passed over\nbox.file: line 5: "
            "no whole JSON object; passed over\n");
  const Taken csv = split(split_table, "date,text\n2024-01-01,a\n2024-01-02,\"b\n2024-01-03,c\n");
  EXPECT_EQ(csv.members(), "row 1|row 2");
  EXPECT_EQ(csv.lines(), "box.file: line 3: a quote does not close; passed over\n");
}

TEST(Table, ReadsAHalfWrittenTableAtEveryByte) {
  const std::string whole = "date,text\n2024-01-01,\"a, \"\"b\"\"\"\n2024-01-02,c\n";
  for (std::size_t cut = 11; cut <= whole.size(); ++cut) {
    const Taken got = split(split_table, whole.substr(0, cut));
    EXPECT_LE(got.items.size(), 2U) << cut;
    EXPECT_LE(got.errors.size(), 1U) << cut;
  }
}

TEST(Table, TellsNoMoreThanAHundredDamagedLines) {
  std::string lines = "{\"text\": \"a\"}\n";
  for (int i = 0; i < 1000; ++i) lines += "{\n";
  const Taken got = split(split_table, lines);
  EXPECT_EQ(got.errors.size(), 101U);
  EXPECT_EQ(got.errors.back().problem, "900 more lines are damaged");
}

TEST(Table, KnowsTablesByContent) {
  EXPECT_FALSE(looks_like_table("In text, date and title stand first\nand so on\n"));
  EXPECT_FALSE(looks_like_table("text\nonly one column\n"));
  EXPECT_FALSE(looks_like_table("date,value\n1,2\n")) << "no column of text";
  EXPECT_FALSE(looks_like_table("date,text\n1,2,3,4\n")) << "rows of another shape";
  EXPECT_FALSE(looks_like_table("{\"id\": 1, \"text\": \"x\", \"claims\": []}\n")) << "litopys wrote it";
  EXPECT_FALSE(looks_like_table("{\"text\": \"x\"}")) << "one object may be anything";
  EXPECT_FALSE(looks_like_table("[1, 2]\n"));
  EXPECT_FALSE(looks_like_table(""));
}

RC_GTEST_PROP(Table, UndoesTheWriter, (const std::vector<std::string>& cells)) {
  RC_PRE(!cells.empty());
  std::string row;
  for (const std::string& cell : cells) {
    row += row.empty() ? "\"" : ",\"";
    for (const char c : cell) row += c == '"' ? std::string("\"\"") : std::string(1, c);
    row += '"';
  }
  row += "\n";
  std::size_t at = 0;
  bool closed = true;
  const auto got = table_cells(row, at, ',', closed);
  RC_ASSERT(closed);
  RC_ASSERT(at == row.size());
  RC_ASSERT(got.size() == cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) RC_ASSERT(cell_text(row, got[i]) == cells[i]);
}

TEST(Table, ParametersOfTheFormatAreReadBack) {
  EXPECT_EQ(row_parameter("jsonl-row text=the%20text title=%3D", "text"), "the text");
  EXPECT_EQ(row_parameter("jsonl-row text=a title=%3D", "title"), "=");
  EXPECT_EQ(row_parameter("jsonl-row text=a", "title"), "");
}

}  // namespace
}  // namespace litopys
