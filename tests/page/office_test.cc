// DOCX and ODT, packed here from their parts.
#include "page/office.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>

#include <memory>
#include <utility>
#include <vector>

#include "page/sample.h"

namespace litopys {
namespace {

using testing::HasSubstr;
using Parts = std::vector<std::pair<std::string, std::string>>;

std::string zip(const Parts& parts) {
  std::string out(1U << 20U, '\0');
  for (const auto& [name, bytes] : parts) out.resize(out.size() + bytes.size());
  std::size_t used = 0;
  const std::unique_ptr<archive, decltype(&archive_write_free)> writer(archive_write_new(), &archive_write_free);
  archive_write_set_format_zip(writer.get());
  archive_write_open_memory(writer.get(), out.data(), out.size(), &used);
  for (const auto& [name, bytes] : parts) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_write_header(writer.get(), entry.get());
    archive_write_data(writer.get(), bytes.data(), bytes.size());
  }
  archive_write_close(writer.get());
  out.resize(used);
  return out;
}

std::string word(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document "
         "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" +
         body + "</w:body></w:document>";
}

std::string paragraph(const std::string& text) {
  return "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

std::string docx(const std::string& body, Parts more = {}) {
  Parts parts = {{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", word(body)}};
  parts.insert(parts.end(), more.begin(), more.end());
  return zip(parts);
}

std::string odt(const std::string& body, Parts more = {}) {
  Parts parts = {{"mimetype", "application/vnd.oasis.opendocument.text"},
                 {"content.xml", "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>" + body +
                                     "</office:text></office:body></office:document-content>"}};
  parts.insert(parts.end(), more.begin(), more.end());
  return zip(parts);
}

Result<Document> read(std::string bytes) { return sample::reader().read(Item{"report", "report.docx", std::move(bytes)}); }

TEST(Office, ReadsParagraphsTablesAndNotesOfWord) {
  const auto got =
      read(docx(paragraph("Перший абзац") +
                    "<w:p><w:r><w:t>роз</w:t></w:r><w:r><w:t>бите "
                    "слово</w:t><w:br/><w:t>рядок</w:t></w:r><w:del><w:r><w:delText>ні</w:delText></w:r></w:del></w:p>" +
                    "<w:tbl><w:tr><w:tc>" + paragraph("село") + "</w:tc><w:tc>" + paragraph("41") + paragraph("заява") +
                    "</w:tc></w:tr><w:tr><w:tc>" + paragraph("місто") + "</w:tc><w:tc>" + paragraph("7") + "</w:tc></w:tr></w:tbl>" +
                    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>сховане</w:t></w:r><w:r><w:t>видне</w:t></w:r></w:p>",
                {{"word/footnotes.xml", word(paragraph("виноска"))},
                 {"docProps/core.xml",
                  "<cp:coreProperties><dcterms:created>2024-03-21T08:00:00Z</dcterms:created><dcterms:modified>2024-03-22T08:00:00Z</"
                  "dcterms:modified></cp:coreProperties>"}}));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Перший абзац\n\nрозбите слово\nрядок\nсело\t41 заява\nмісто\t7\n\nвидне\n\nвиноска");
  EXPECT_FALSE(got->published.has_value());
  ASSERT_EQ(got->evidence.size(), 2U);
  EXPECT_EQ(got->evidence[0].from, "docx created");
  EXPECT_EQ(got->evidence[0].date.str(), "2024-03-21");
}

TEST(Office, ReadsOpenDocument) {
  const auto got =
      read(odt("<text:h>Назва</text:h><text:p>Один<text:s text:c=\"2\"/>два<text:line-break/>три "
               "<text:span>чотири</text:span><office:annotation><text:p>зауваження</text:p></office:annotation></text:p>"
               "<text:tracked-changes><text:p>старе</text:p></"
               "text:tracked-changes><table:table><table:table-row><table:table-cell><text:p>а</text:p></table:table-cell>"
               "<table:table-cell><text:p>б</text:p></table:table-cell></table:table-row></table:table>",
               {{"meta.xml",
                 "<office:document-meta><office:meta><meta:creation-date>2023-01-05T10:00:00</meta:creation-date></office:meta></"
                 "office:document-meta>"}}));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Назва\n\nОдин  два\nтри чотири\nа\tб");
  ASSERT_FALSE(got->evidence.empty());
  EXPECT_EQ(got->evidence.back().from, "odt creation-date");
}

struct Refusal {
  std::string bytes;
  const char* line;
};

TEST(Office, SaysWhatItDoesNotRead) {
  const Refusal cases[] = {
      {zip({{"[Content_Types].xml", ""}, {"xl/workbook.xml", "<x/>"}}), "report.docx: a spreadsheet, which is not read; kept, not read"},
      {zip({{"[Content_Types].xml", ""}, {"ppt/presentation.xml", "<x/>"}}), "report.docx: slides, which is not read; kept, not read"},
      {zip({{"[Content_Types].xml", "x"}}), "report.docx: a ZIP without a text document in it; kept, not read"},
      {odt("x", {{"META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"}}),
       "report.docx: a document that is locked by a password; kept, not read"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old",
       "report.docx: an old Word document, or one that is locked by a password; kept, not read; save it as DOCX or ODT"},
      {"{\\rtf1 x}", "report.docx: a document in RTF, which is not read; kept, not read; save it as DOCX or ODT"},
      {docx(""), "report.docx: holds no text; kept, not read"},
  };
  for (const auto& [bytes, line] : cases) {
    const auto got = read(bytes);
    ASSERT_FALSE(got.has_value()) << line;
    EXPECT_EQ(got.error().line(), line);
  }
}

TEST(Office, ReadsWhatIsWholeOfXmlThatBreaksOff) {
  const std::string broken = "<w:document><w:body>" + paragraph("Цілий абзац.") + "<w:p><w:r><w:t>Обірваний";
  const auto got = read(zip({{"[Content_Types].xml", ""}, {"word/document.xml", broken}}));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text, "Цілий абзац.\n\nОбірваний");
  EXPECT_THAT(got->notes, testing::Contains(HasSubstr("read in part")));
}

TEST(Office, DeclaredEntitiesAreNotExpanded) {
  const std::string bomb = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><w:document><w:p><w:t>&b;</w:t></w:p></w:document>";
  const auto got = read(zip({{"[Content_Types].xml", ""}, {"word/document.xml", bomb}}));
  ASSERT_FALSE(got.has_value());
}

TEST(Office, ABombEndsInOneLine) {
  const auto got = read(docx(paragraph(std::string(std::size_t{70} << 20U, 'a'))));
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().kind, ErrorKind::kLimit);
  EXPECT_THAT(got.error().line(), HasSubstr("it may be a bomb"));
}

TEST(Office, EveryCutIsSurvived) {
  const std::string whole = docx(paragraph("Перший абзац доповіді."));
  for (std::size_t cut = 4; cut < whole.size(); cut += 7) {
    const auto got = read(whole.substr(0, cut));
    EXPECT_TRUE(got.has_value() || !got.error().problem.empty());
  }
}

}  // namespace
}  // namespace litopys
