// Rows of tables as documents.
#include <gmock/gmock.h>

#include "page/message.h"
#include "page/sample.h"
#include "page/source_map.h"

namespace litopys {
namespace {

Result<Document> read_as(std::string format, std::string bytes) {
  Origin origin;
  origin.format = std::move(format);
  origin.published = "2024-03-21";
  origin.published_from = "table column date";
  return sample::reader().read(Item{"t-1", "t!row 1", std::move(bytes), std::move(origin)});
}

TEST(Row, ReadsTitleAndTextOfARow) {
  const std::string bytes = "1,Черга,\"У селі \"\"видали\"\" 41 паспорт, кажуть.\nДругий рядок тексту.\"";
  const auto got = read_as("csv-row 2c text=2 title=1", bytes);
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Черга\n\nУ селі \"видали\" 41 паспорт, кажуть.\nДругий рядок тексту.");
  EXPECT_EQ(got->title, "Черга");
  EXPECT_EQ(got->published->str(), "2024-03-21");
  for (const char* words : {"Черга", "селі", "41 паспорт", "рядок"}) {
    const std::size_t at = got->text.find(words);
    EXPECT_EQ(bytes.substr(item_offset(got->map, static_cast<std::uint32_t>(at)), std::string(words).size()), words);
  }
}

TEST(Row, ReadsARowInWindows1251) {
  const auto got =
      read_as("csv-row 3b text=0", sample::encoded("Єдиний пункт у громаді прийняв за тиждень сорок одну заяву;x", "windows-1251"));
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->text, "Єдиний пункт у громаді прийняв за тиждень сорок одну заяву");
}

TEST(Row, ReadsAnObjectWithHtml) {
  const auto got = read_as("jsonl-row text=the%20body", R"({"the body": "<html><body><p>Один &amp; два.</p><p>Три.<\/p></body></html>"})");
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(got->text, "Один & два.\n\nТри.");
}

TEST(Row, AWrongFormatIsNoCrash) {
  for (const char* format : {"csv-row", "csv-row 2c", "csv-row zz text=99999999999999999999", "jsonl-row", "jsonl-row text="}) {
    const auto got = read_as(format, "a,b");
    EXPECT_TRUE(!got || !got->text.empty()) << format;
  }
}

}  // namespace
}  // namespace litopys
