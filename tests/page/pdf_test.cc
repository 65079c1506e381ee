// PDF: lines joined again, furniture marked, every trouble told in a line. The files are written here, byte by byte.
#include "page/pdf.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/utf8.h"
#include "page/child.h"
#include "page/ocr.h"
#include "page/sample.h"

namespace litopys {
namespace {

using testing::HasSubstr;

bool installed(const char* program) { return access((std::string("/usr/bin/") + program).c_str(), X_OK) == 0; }

struct Placed {
  int x, y;
  std::string text;
};

// Objects to a file with its table of places.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& info = "") {
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  const std::size_t count = objects.size() + (info.empty() ? 0 : 1);
  for (std::size_t i = 0; i < count; ++i) {
    places.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, i < objects.size() ? objects[i] : info);
  }
  const std::size_t table = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", count + 1);
  for (const std::size_t place : places) out += fmt::format("{:010} 00000 n \n", place);
  return out + fmt::format("trailer << /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", count + 1,
                           info.empty() ? std::string() : fmt::format("/Info {} 0 R", count), table);
}

std::string stream(const std::string& bytes, const std::string& more = "") {
  return fmt::format("<< /Length {} {}>>\nstream\n{}\nendstream", bytes.size(), more, bytes);
}

// Pages of placed text. Letters are two bytes each, named by a table of Unicode values, so any script goes.
std::string pdf_with(const std::vector<std::vector<Placed>>& pages, const std::string& info = "") {
  const std::string to_unicode = stream(
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
      "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end");
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "",
      "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW "
      "500 /FontDescriptor 5 0 R >>",
      "<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 "
      "/StemV 80 >>",
      to_unicode};
  std::string kids;
  for (const auto& page : pages) {
    std::string content = "BT /F1 10 Tf ";
    for (const Placed& placed : page) {
      std::string hex;
      for (std::size_t i = 0; i < placed.text.size();) {
        const utf8::Decoded got = utf8::decode(placed.text, i);
        hex += fmt::format("{:04X}", static_cast<unsigned>(got.value));
        i += got.size;
      }
      content += fmt::format("1 0 0 1 {} {} Tm <{}> Tj ", placed.x, placed.y, hex);
    }
    objects.push_back(stream(content + "ET"));
    objects.push_back(fmt::format(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>", objects.size()));
    kids += fmt::format("{} 0 R ", objects.size());
  }
  objects[1] = fmt::format("<< /Type /Pages /Count {} /Kids [{}] >>", pages.size(), kids);
  return pdf_of(objects, info);
}

Result<Document> read(const std::string& bytes) { return sample::reader().read(Item{"report", "report.pdf", bytes}); }

class Pdf : public testing::Test {
 protected:
  void SetUp() override {
    if (!installed("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  }
};

TEST_F(Pdf, JoinsLinesAcrossHyphensAndPagesAndMarksFurniture) {
  const auto page = [](int number, const std::vector<Placed>& body) {
    std::vector<Placed> out = {{50, 815, "Зведення громади"}};
    out.insert(out.end(), body.begin(), body.end());
    out.push_back({290, 25, fmt::format("- {} -", number)});
    return out;
  };
  const std::string bytes = pdf_with({page(1, {{50, 740, "Як рахували паспорти"},
                                               {50, 700, "У першому півріччі громада звітувала про паспор-"},
                                               {50, 688, "тизацію мешканців сіл."},
                                               {70, 676, "За півроку видано 412 паспортів у трьох селах, а"}}),
                                      page(2, {{50, 700, "ще сорок заяв чекають на відповідь."}, {50, 640, "Другий абзац."}})},
                                     "<< /CreationDate (D:20240321101500+02'00') >>");
  const auto got = read(bytes);
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(sample::lines_of_kind(*got, LineKind::article),
            "У першому півріччі громада звітувала про паспортизацію мешканців сіл. / За півроку видано 412 паспортів у трьох селах, а ще "
            "сорок заяв чекають на "
            "відповідь. / Другий абзац.");
  EXPECT_EQ(sample::lines_of_kind(*got, LineKind::junk), "Зведення громади / - 1 - / Зведення громади / - 2 -");
  EXPECT_EQ(got->lines[0].reason, "running head");
  EXPECT_FALSE(got->published.has_value()) << "when a file was made is not when it was published";
  ASSERT_EQ(got->evidence.size(), 1U);
  EXPECT_EQ(got->evidence[0].from, "pdf CreationDate");
  EXPECT_EQ(got->evidence[0].date.str(), "2024-03-21");
}

TEST_F(Pdf, ReadsColumnsOneAfterTheOther) {
  std::vector<Placed> page;
  const char* left[] = {"The first column of this page tells", "how the desk was opened in spring", "and who came to it in the morning."};
  const char* right[] = {"The second column of it tells what", "was counted there at the end of the", "month by the clerks themselves."};
  for (int i = 0; i < 3; ++i) {
    page.push_back({50, 700 - 12 * i, left[i]});
    page.push_back({320, 700 - 12 * i, right[i]});
  }
  const auto got = read(pdf_with({page}));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(got->text,
            "The first column of this page tells how the desk was opened in spring and who came to it in the morning.\n\n"
            "The second column of it tells what was counted there at the end of the month by the clerks themselves.");
}

// Narrow columns of justified text: the gap between them is no wider than that between words.
TEST_F(Pdf, PartsColumnsThatStandCloseTogether) {
  const char* rows[][2] = {{"У першій половині", "Третій абзац стоїть"},
                           {"місяця подали сорок", "у другій колонці, бо"},
                           {"одну заяву, і майже", "тексту вже досить, і"},
                           {"всі вони повернулися", "видно, чи склеєно"},
                           {"через хибні анкети", "речення без пропусків"}};
  std::vector<Placed> page = {{50, 740, "Як рахували заяви"}};
  for (int i = 0; i < 5; ++i) {
    // Words set apart so that each column is full.
    for (int column = 0; column < 2; ++column) {
      int x = column == 0 ? 50 : 190;
      std::string word;
      for (const char* c = rows[i][column];; ++c) {
        if (*c != ' ' && *c != '\0') {
          word += *c;
          continue;
        }
        page.push_back({x, 700 - 12 * i, word});
        x += static_cast<int>(utf8::count_code_points(word)) * 5 + 8;
        word.clear();
        if (*c == '\0') break;
      }
    }
  }
  const auto got = read(pdf_with({page}));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  const std::size_t left = got->text.find("через хибні анкети");
  const std::size_t right = got->text.find("Третій абзац стоїть");
  ASSERT_NE(left, std::string::npos) << got->text;
  ASSERT_NE(right, std::string::npos) << got->text;
  EXPECT_LT(left, right) << got->text;
}

TEST_F(Pdf, MarksWhatABrowserPrintsInTheMargin) {
  const auto got = read(pdf_with({{{24, 825, "11/25/26, 6:30 PM"},
                                   {50, 700, "Черга біля пункту зросла вдвічі."},
                                   {24, 20, "https://example.org/2024/page"},
                                   {560, 20, "1/1"}}}));
  ASSERT_TRUE(got.has_value()) << got.error().line();
  EXPECT_EQ(sample::lines_of_kind(*got, LineKind::junk), "11/25/26, 6:30 PM / https://example.org/2024/page / 1/1");
  EXPECT_EQ(got->url, "https://example.org/2024/page");
}

TEST_F(Pdf, SaysWhatIsWrong) {
  const std::string whole = pdf_with({{{50, 700, "Some words on a page of a report."}}});
  const auto cut = read(whole.substr(0, 60));
  ASSERT_FALSE(cut.has_value());
  EXPECT_THAT(cut.error().line(), HasSubstr("a damaged PDF"));
  EXPECT_EQ(cut.error().kind, ErrorKind::kMalformed);
  const auto empty = read(pdf_with({{}, {}}));
  ASSERT_FALSE(empty.has_value());
  EXPECT_EQ(empty.error().line(), "report.pdf: a PDF of 2 pages without a text layer: pictures of text; kept, not read; needs --ocr");
}

TEST_F(Pdf, SurvivesEverySpoiledByte) {
  const std::string whole = pdf_with({{{50, 700, "Words."}}});
  for (std::size_t i = 0; i < whole.size(); i += 61) {
    std::string spoiled = whole;
    spoiled[i] = static_cast<char>(spoiled[i] ^ 0x2A);
    const auto got = read(spoiled);
    EXPECT_TRUE(got.has_value() || !got.error().problem.empty());
  }
}

TEST(PdfLayout, ATextThatMentionsTheSignIsNoPdf) {
  EXPECT_TRUE(looks_like_pdf("%PDF-1.7\n"));
  EXPECT_TRUE(looks_like_pdf("\n\n%PDF-1.4\n1 0 obj\n"));
  EXPECT_FALSE(looks_like_pdf("Every file begins with %PDF-1.4 and goes on."));
  EXPECT_FALSE(looks_like_pdf(""));
}

TEST(PdfLayout, TakesAnyBytes) {
  for (const char* bytes :
       {"", "<html>", "<html><page><word>a", "<html><word>x</word></html>", "<html><block><word>x</word></block></html>", "\xFF\x01<a>"}) {
    std::size_t pages = 0;
    const Content content = content_of_layout(bytes, pages);
    EXPECT_EQ(utf8::first_invalid(content.text), std::string_view::npos);
  }
}

TEST(Child, EndsWhatTakesTooLongTooMuchOrTooMuchMemory) {
  const ChildOutcome slow = run_child("/bin/sh", {"-c", "while :; do :; done"}, "", {.seconds = 1});
  EXPECT_EQ(slow.end, ChildOutcome::End::too_slow);
  const ChildOutcome loud = run_child("/bin/sh", {"-c", "while :; do echo 0123456789; done"}, "", {.seconds = 20, .output = 100'000});
  EXPECT_EQ(loud.end, ChildOutcome::End::too_much);
  const ChildOutcome dead = run_child("/bin/sh", {"-c", "kill -SEGV $$"}, "");
  EXPECT_EQ(dead.end, ChildOutcome::End::killed);
  const ChildOutcome none = run_child("no-such-program", {}, "");
  EXPECT_EQ(none.end, ChildOutcome::End::no_program);
  EXPECT_EQ(trouble_of(none, "no-such-program"), "no-such-program is not installed");
}

TEST(Child, GivesTheInputAsAFileAndTheOutputBack) {
  const std::string input(300'000, 'x');
  const ChildOutcome got = run_child("/bin/cat", {std::string(kInput)}, input);
  EXPECT_EQ(got.end, ChildOutcome::End::exited);
  EXPECT_EQ(got.status, 0);
  EXPECT_EQ(got.output, input);
}

TEST(Child, KnowsNothingOfTheParentsEnvironmentAndFiles) {
  setenv("LITOPYS_SECRET", "x", 1);
  const ChildOutcome got = run_child("/bin/sh", {"-c", "env; ls /proc/self/fd"}, "");
  EXPECT_THAT(got.output, testing::Not(HasSubstr("LITOPYS_SECRET")));
}

TEST(Child, CannotOpenASocket) {
  if (!installed("python3")) GTEST_SKIP() << "python3 is not installed";
  const ChildOutcome got =
      run_child("python3", {"-c", "import socket\ntry:\n socket.socket()\n print('open')\nexcept PermissionError:\n print('refused')"}, "");
  EXPECT_EQ(got.output, "refused\n");
}

TEST(Ocr, KnowsPictures) {
  EXPECT_TRUE(looks_like_image("\x89PNG\r\n\x1A\nxx"));
  EXPECT_TRUE(looks_like_image("\xFF\xD8\xFF\xE0"));
  EXPECT_FALSE(looks_like_image("BM is a word"));
  EXPECT_FALSE(looks_like_image("P5\nis a heading"));
  EXPECT_FALSE(looks_like_image(""));
  const auto got = sample::reader().read(Item{"scan", "scan.png", "\x89PNG\r\n\x1A\nxx"});
  ASSERT_FALSE(got.has_value());
  EXPECT_EQ(got.error().line(), "scan.png: a picture; kept, not read; needs --ocr");
}

// A page drawn by poppler is read back; the same picture inside a PDF is a scan.
TEST(Ocr, ReadsAPictureAndAScannedPdf) {
  if (!installed("tesseract") || !installed("pdftoppm")) GTEST_SKIP() << "tesseract or pdftoppm is not installed";
  const std::string font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
  const std::string text =
      "BT /F1 24 Tf 1 0 0 1 40 120 Tm (The office issued 412 passports) Tj 1 0 0 1 40 80 Tm (during the month of March) Tj ET";
  const std::string drawn_from = pdf_of(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [4 0 R] >>", font,
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 200] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>", stream(text)});
  const ChildOutcome drawn = run_child("pdftoppm", {"-q", "-gray", "-r", "150", std::string(kInput)}, drawn_from);
  ASSERT_EQ(drawn.status, 0);
  const auto picture = content_of(Item{"scan", "scan.pgm", drawn.output}, {.ocr = true});
  if (!picture && picture.error().line().find("tesseract gave up") != std::string::npos)
    GTEST_SKIP() << "a language of tesseract is not installed";
  ASSERT_TRUE(picture.has_value()) << picture.error().line();
  EXPECT_THAT((*picture)->text, HasSubstr("412 passports"));

  const std::size_t header = drawn.output.find("255\n") + 4;  // P5, width, height, 255
  int width = 0;
  int height = 0;
  ASSERT_EQ(std::sscanf(drawn.output.c_str(), "P5 %d %d", &width, &height), 2);
  const std::string image = stream(
      drawn.output.substr(header),
      fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray /BitsPerComponent 8 ", width, height));
  const std::string scan =
      pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [4 0 R] >>", image,
              "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 200] /Resources << /XObject << /I 3 0 R >> >> /Contents 5 0 R >>",
              stream("500 0 0 200 0 0 cm /I Do")});
  const auto refused = content_of(Item{"scan", "scan.pdf", scan}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().line(), HasSubstr("needs --ocr"));
  const auto read_back = content_of(Item{"scan", "scan.pdf", scan}, {.ocr = true});
  ASSERT_TRUE(read_back.has_value()) << read_back.error().line();
  EXPECT_THAT((*read_back)->text, HasSubstr("412 passports"));
  EXPECT_THAT((*read_back)->notes, testing::Contains(HasSubstr("every word is a guess")));
}

}  // namespace
}  // namespace litopys
