// pdftotext -bbox-layout gives every word with its box, in lines, in blocks, in reading order. A line goes on in the next one of its block
// if that one's first word would not have fitted behind it; a block goes on in the next one if it ends in the middle of a sentence and that
// one begins with a small letter. What stands in the margin on several pages alike is furniture and must not come between the two. Fits
// reports, decrees, statistics with running text. Does not fit tables: their cells come as short lines, one after the other.
#include "page/pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "base/xml.h"
#include "page/child.h"

namespace litopys {
namespace {

constexpr double kMargin = 0.12;            // of a page's height, above and below: where running heads stand
constexpr std::size_t kLettersOfAPage = 8;  // fewer, on the average: pictures of text
constexpr std::size_t kMostWords = 20'000'000;

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
};

struct PdfLine {
  Box box;
  std::string text;
  double first_word = 0;  // width
};

struct PdfBlock {
  std::size_t page = 0;
  Box box;
  std::vector<PdfLine> lines;
  bool margin = false;  // all of it stands at the top or bottom of its page
};

struct Layout {
  std::vector<PdfBlock> blocks;
  std::size_t pages = 0;
  std::string made;  // CreationDate
  std::string problem;
};

double number_of(std::span<const XmlAttribute> attributes, std::string_view name) {
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name != name) continue;
    double value = 0;
    std::from_chars(attribute.value.data(), attribute.value.data() + attribute.value.size(), value);
    return value > -1e6 && value < 1e6 ? value : 0;
  }
  return 0;
}

Box box_of(std::span<const XmlAttribute> attributes) {
  return {number_of(attributes, "xMin"), number_of(attributes, "yMin"), number_of(attributes, "xMax"), number_of(attributes, "yMax")};
}

// XML has no control characters, and pdftotext writes those that a font gave.
std::string cleaned(std::string_view bytes) {
  std::string out = utf8::repaired(bytes);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' && c != '\n') c = ' ';
  }
  return out;
}

Layout read_layout(std::string_view xhtml) {
  Layout out;
  double height = 0;
  std::size_t words = 0;
  std::string word;
  bool in_word = false;
  double width = 0;
  const auto begin = [&](std::string_view name, std::span<const XmlAttribute> attributes, XmlPlace) {
    if (name == "page") {
      ++out.pages;
      height = number_of(attributes, "height");
    } else if (name == "block") {
      out.blocks.push_back({out.pages, box_of(attributes), {}, false});
      const Box& box = out.blocks.back().box;
      out.blocks.back().margin = height > 0 && (box.bottom < height * kMargin || box.top > height * (1 - kMargin));
    } else if (name == "line") {
      if (out.blocks.empty()) return true;
      out.blocks.back().lines.push_back({box_of(attributes), {}, 0});
    } else if (name == "word") {
      word.clear();
      in_word = true;
      width = number_of(attributes, "xMax") - number_of(attributes, "xMin");
    } else if (name == "meta") {
      std::string_view key, value;
      for (const XmlAttribute& attribute : attributes) {
        if (attribute.name == "name") key = attribute.value;
        if (attribute.name == "content") value = attribute.value;
      }
      if (key == "CreationDate") out.made = std::string(value.substr(0, 64));
    }
    return true;
  };
  const auto text = [&](std::string_view piece, XmlPlace) {
    if (in_word) word.append(piece);
    return true;
  };
  const auto end = [&](std::string_view name, XmlPlace) {
    if (name != "word" || !in_word) return true;
    in_word = false;
    if (out.blocks.empty() || out.blocks.back().lines.empty() || word.empty()) return true;
    PdfLine& line = out.blocks.back().lines.back();
    if (line.text.empty()) {
      line.first_word = width;
    } else {
      line.text += ' ';
    }
    line.text += word;
    return ++words < kMostWords;
  };
  const XmlOutcome outcome = read_xml(xhtml, {.begin = begin, .end = end, .text = text}, {.encoding = "UTF-8"});
  if (!outcome.whole && !outcome.stopped) out.problem = outcome.problem;
  if (outcome.stopped) out.problem = "more words than are read";
  for (PdfBlock& block : out.blocks) std::erase_if(block.lines, [](const PdfLine& line) { return line.text.empty(); });
  std::erase_if(out.blocks, [](const PdfBlock& block) { return block.lines.empty(); });
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "Page 12 of 30" and "Page 13 of 30" are one running head.
std::string without_numbers(std::string_view text) {
  std::string out;
  for (const char c : utf8::lowered(text)) {
    if (is_digit(c)) {
      if (!out.ends_with('#')) out += '#';
    } else {
      out += c;
    }
  }
  return out;
}

// Digits and signs alone: "12", "- 12 -", "12 / 30".
bool is_page_number(std::string_view text) {
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    if (utf8::is_letter(got.value)) return false;
    if (utf8::is_digit(got.value)) ++digits;
    i += got.size;
  }
  return digits > 0 && digits <= 8;
}

struct Paragraph {
  std::string text;
  std::string junk;  // the reason, where it is
};

bool small_letter(char32_t c) { return utf8::is_letter(c) && !utf8::is_upper(c); }

// Joins two pieces of one paragraph.
void append_line(std::string& text, std::string_view next) {
  const utf8::Decoded last = utf8::decode_before(text, text.size());
  const bool hyphen = last.value == '-' || last.value == U'\u00AD' || last.value == U'\u2010';
  if (hyphen && small_letter(utf8::decode_before(text, text.size() - last.size).value) && small_letter(utf8::decode(next, 0).value)) {
    text.resize(text.size() - last.size);
  } else if (!text.empty()) {
    text += ' ';
  }
  text.append(next);
}

bool ends_sentence(std::string_view text) {
  while (!text.empty()) {
    const utf8::Decoded last = utf8::decode_before(text, text.size());
    const char32_t c = last.value;
    if (c == '.' || c == '!' || c == '?' || c == U'…' || c == ':' || c == ';') return true;
    if (c != U'»' && c != U'”' && c != '"' && c != ')' && c != U'’') return false;
    text.remove_suffix(last.size);
  }
  return true;
}

// The paragraphs of one block.
std::vector<std::string> paragraphs_of(const PdfBlock& block) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const PdfLine& line = block.lines[i];
    if (i == 0) {
      out.push_back(line.text);
      continue;
    }
    const PdfLine& before = block.lines[i - 1];
    const double size = std::max(1.0, before.box.bottom - before.box.top);
    const bool full = before.box.right + line.first_word + size * 0.2 > block.box.right;
    const bool indented = line.box.left > block.box.left + size * 0.8 && before.box.left < block.box.left + size * 0.4;
    const bool same_row = line.box.top < before.box.bottom - size * 0.5;  // cells of a table, side by side
    if (full && !indented && !same_row) {
      append_line(out.back(), line.text);
    } else {
      out.push_back(line.text);
    }
  }
  return out;
}

}  // namespace

Content content_of_layout(std::string_view xhtml, std::size_t& pages) {
  const Layout layout = read_layout(cleaned(xhtml));
  pages = layout.pages;
  std::map<std::string, std::size_t> repeats;  // lines in the margins, on how many pages
  std::map<std::string, std::size_t> last_page;
  for (const PdfBlock& block : layout.blocks) {
    if (!block.margin) continue;
    for (const PdfLine& line : block.lines) {
      const std::string key = without_numbers(line.text);
      std::size_t& seen = last_page[key];
      if (seen == block.page) continue;
      seen = block.page;
      ++repeats[key];
    }
  }
  std::vector<Paragraph> paragraphs;
  std::optional<std::size_t> open;  // the last paragraph of text
  for (const PdfBlock& block : layout.blocks) {
    if (block.margin) {
      const bool number =
          std::all_of(block.lines.begin(), block.lines.end(), [](const PdfLine& line) { return is_page_number(line.text); });
      const bool head =
          std::all_of(block.lines.begin(), block.lines.end(), [&](const PdfLine& line) { return repeats[without_numbers(line.text)] > 1; });
      if (number || head) {
        for (const PdfLine& line : block.lines)
          paragraphs.push_back({line.text, is_page_number(line.text) ? "page number" : "running head"});
        continue;
      }
    }
    bool first = true;
    for (std::string& text : paragraphs_of(block)) {
      if (first && open && !ends_sentence(paragraphs[*open].text) && small_letter(utf8::decode(text, 0).value)) {
        append_line(paragraphs[*open].text, text);
      } else {
        open = paragraphs.size();
        paragraphs.push_back({std::move(text), {}});
      }
      first = false;
    }
  }
  Content out;
  for (const Paragraph& paragraph : paragraphs) {
    if (!out.text.empty()) out.text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.text += paragraph.text;
    if (!paragraph.junk.empty()) out.junk.push_back({{begin, static_cast<std::uint32_t>(out.text.size())}, paragraph.junk});
  }
  if (!out.text.empty()) out.map.push_back({0, 0, false});
  if (const auto day = day_of(layout.made)) out.evidence.push_back({"pdf CreationDate", layout.made, *day});
  if (!layout.problem.empty()) out.notes.push_back("read in part: " + layout.problem);
  return out;
}

bool looks_like_pdf(std::string_view head) {
  const std::size_t at = head.substr(0, 1024).find("%PDF-");
  if (at == std::string_view::npos || at == 0) return at == 0;
  // Readers allow for something in front of it; a text that mentions the sign is not yet a PDF.
  const std::string_view version = head.substr(at + 5, 3);
  return version.size() == 3 && is_digit(version[0]) && version[1] == '.' && is_digit(version[2]) &&
         head.find(" obj", at) != std::string_view::npos;
}

Result<Content> read_pdf(const Item& item) {
  const ChildOutcome child = run_child("pdftotext", {"-q", "-enc", "UTF-8", "-bbox-layout", std::string(kInput), "-"}, item.bytes);
  if (const std::string trouble = trouble_of(child, "pdftotext"); !trouble.empty()) {
    if (child.end == ChildOutcome::End::no_program) {
      return fail(ErrorKind::kUnreadable, name_of(item), "", "pdftotext is not installed", "kept, not read; install poppler-utils");
    }
    const bool limit = child.end == ChildOutcome::End::too_slow || child.end == ChildOutcome::End::too_much;
    // Status 1 is a file that cannot be opened, 3 one that may not be copied from (pdftotext(1)).
    const bool locked = child.end == ChildOutcome::End::exited && std::string_view(item.bytes).find("/Encrypt") != std::string_view::npos;
    return fail(limit ? ErrorKind::kLimit : ErrorKind::kMalformed, name_of(item), "",
                locked ? "a PDF that is locked by a password" : "a damaged PDF: " + trouble, "kept, not read");
  }
  std::size_t pages = 0;
  Content content = content_of_layout(child.output, pages);
  content.encoding = "PDF";
  std::size_t letters = 0;
  for (std::size_t i = 0; i < content.text.size() && letters < kLettersOfAPage * pages + 1;) {
    const utf8::Decoded got = utf8::decode(content.text, i);
    if (utf8::is_letter(got.value)) ++letters;
    i += got.size;
  }
  if (letters < kLettersOfAPage * pages) {
    return fail(ErrorKind::kLimit, name_of(item), "", fmt::format("a PDF of {} pages without a text layer: pictures of text", pages),
                fmt::format("kept, not read; {}", kNeedsOcr));
  }
  if (pages == 0 || content.text.empty()) return fail(ErrorKind::kMalformed, name_of(item), "", "a PDF without a page", "kept, not read");
  return content;
}

}  // namespace litopys
