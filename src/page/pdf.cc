// pdftotext -bbox-layout gives every word with its box, in lines, in blocks, in reading order. A line goes on in the next one of its block
// if that one's first word would not have fitted behind it; a block goes on in the next one if it ends in the middle of a sentence and that
// one begins with a small letter. What stands in the margin on several pages alike is furniture and must not come between the two. Fits
// reports, decrees, statistics with running text. Does not fit tables: their cells come as short lines, one after the other.
#include "page/pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "page/child.h"

namespace litopys {
namespace {

constexpr double kMargin = 0.12;            // of a page's height, above and below: where running heads stand
constexpr std::size_t kLettersOfAPage = 8;  // fewer, on the average: pictures of text
constexpr std::size_t kMostPdfWords = 20'000'000;

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
};

struct PdfWord {
  Box box;
  std::string text;
};

struct PdfLine {
  Box box;
  std::vector<PdfWord> words = {};

  [[nodiscard]] std::string text() const {
    std::string out;
    for (const PdfWord& word : words) out.append(out.empty() ? "" : " ").append(word.text);
    return out;
  }
  [[nodiscard]] double first_word() const { return words.empty() ? 0 : words.front().box.right - words.front().box.left; }
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
  Box word_box;
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
      out.blocks.back().lines.push_back({box_of(attributes)});
    } else if (name == "word") {
      word.clear();
      in_word = true;
      word_box = box_of(attributes);
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
    out.blocks.back().lines.back().words.push_back({word_box, word});
    return ++words < kMostPdfWords;
  };
  const XmlOutcome outcome = read_xml(xhtml, {.begin = begin, .end = end, .text = text}, {.encoding = "UTF-8"});
  if (!outcome.whole && !outcome.stopped) out.problem = outcome.problem;
  if (outcome.stopped) out.problem = "more words than are read";
  for (PdfBlock& block : out.blocks) std::erase_if(block.lines, [](const PdfLine& line) { return line.words.empty(); });
  std::erase_if(out.blocks, [](const PdfBlock& block) { return block.lines.empty(); });
  return out;
}

// --- columns that pdftotext has run together ---------------------------------------------------------------------------------------
//
// It parts columns by gaps that are wider than those between words; narrow columns of justified text have none. What gives them away is a
// strip that no word crosses over many rows. Cells of tables have such strips too, but hold a word or two: those stay rows.

constexpr std::size_t kRowsOfColumns = 4;
constexpr std::size_t kMostRows = 1000;     // of a page
constexpr std::size_t kMostRowWords = 200;  // of a row
constexpr double kFarPoints = 1e9;

struct Strip {
  double left = 0, right = 0;
};

struct LineOfPage {
  double top = 0, bottom = 0;
  std::vector<std::pair<std::size_t, std::size_t>> lines;  // block, line
  std::vector<Strip> gaps;                                 // that no word of the row covers, from -kFarPoints to kFarPoints
};

std::vector<Strip> gaps_of(std::vector<Strip> words) {
  std::sort(words.begin(), words.end(), [](const Strip& a, const Strip& b) { return a.left < b.left; });
  std::vector<Strip> out;
  double at = -kFarPoints;
  for (const Strip& word : words) {
    if (word.left > at) out.push_back({at, word.left});
    at = std::max(at, word.right);
  }
  out.push_back({at, kFarPoints});
  return out;
}

// The rows of one page, without its margins; empty where there are too many.
std::vector<LineOfPage> rows_of(const std::vector<PdfBlock>& blocks, std::size_t first, std::size_t last) {
  std::vector<std::pair<std::size_t, std::size_t>> lines;
  for (std::size_t b = first; b < last; ++b) {
    if (blocks[b].margin) continue;
    for (std::size_t l = 0; l < blocks[b].lines.size(); ++l) lines.emplace_back(b, l);
  }
  if (lines.size() < kRowsOfColumns || lines.size() > kMostRows) return {};
  const auto box = [&](const auto& at) -> const Box& { return blocks[at.first].lines[at.second].box; };
  std::stable_sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) { return box(a).top < box(b).top; });
  std::vector<LineOfPage> out;
  for (const auto& line : lines) {
    if (out.empty() || box(line).top > (out.back().top + out.back().bottom) / 2) out.push_back({box(line).top, box(line).bottom, {}, {}});
    out.back().lines.push_back(line);
  }
  for (LineOfPage& row : out) {
    std::vector<Strip> words;
    for (const auto& at : row.lines) {
      for (const PdfWord& word : blocks[at.first].lines[at.second].words) words.push_back({word.box.left, word.box.right});
    }
    if (words.size() <= kMostRowWords) row.gaps = gaps_of(std::move(words));
  }
  return out;
}

struct Columns {
  std::size_t first = 0, last = 0;  // rows
  double middle = 0;
};

// The longest run of rows from `first` on that one strip goes through; last == first where none does.
Columns columns_from(const std::vector<LineOfPage>& rows, const std::vector<PdfBlock>& blocks, std::size_t first) {
  Columns best{first, first, 0};
  const double least = (rows[first].bottom - rows[first].top) * 0.6;
  for (const Strip& gap : rows[first].gaps) {
    if (gap.left <= -kFarPoints || gap.right >= kFarPoints || gap.right - gap.left < least) continue;
    Strip strip = gap;
    std::size_t last = first + 1;
    for (; last < rows.size() && rows[last].top - rows[last - 1].bottom < least * 2; ++last) {
      Strip common{0, 0};
      for (const Strip& other : rows[last].gaps) {
        const Strip both{std::max(strip.left, other.left), std::min(strip.right, other.right)};
        if (both.right - both.left > common.right - common.left) common = both;
      }
      if (common.right - common.left < least) break;
      strip = common;
    }
    const double middle = (strip.left + strip.right) / 2;
    std::size_t left = 0, right = 0, both = 0, merged = 0;  // words, words, rows with words on both sides, lines with such
    std::size_t end = first;                                // after the last row that belongs to the columns
    std::set<std::size_t> own;                              // blocks that have rows with words on both sides
    for (std::size_t r = first; r < last; ++r) {
      std::size_t row_left = 0, row_right = 0;
      for (const auto& at : rows[r].lines) {
        std::size_t line_left = 0, line_right = 0;
        for (const PdfWord& word : blocks[at.first].lines[at.second].words) ++(word.box.left < middle ? line_left : line_right);
        if (line_left > 0 && line_right > 0) ++merged;
        row_left += line_left;
        row_right += line_right;
      }
      const bool two = row_left > 0 && row_right > 0;
      // The longer column's last rows stand alone; other text below that leaves the strip free is not of the columns.
      const bool alone = std::all_of(rows[r].lines.begin(), rows[r].lines.end(), [&](const auto& at) { return own.contains(at.first); });
      if (!two && !alone) break;
      if (two) {
        for (const auto& at : rows[r].lines) own.insert(at.first);
        ++both;
      }
      left += row_left;
      right += row_right;
      end = r + 1;
    }
    const std::size_t count = end - first;
    if (count < kRowsOfColumns || count <= best.last - best.first) continue;
    if (merged > 1 && both * 4 >= count * 3 && left >= count * 3 && right >= count * 5 / 2) best = {first, end, middle};
  }
  return best;
}

void widen(Box& box, const Box& by) {
  box = {std::min(box.left, by.left), std::min(box.top, by.top), std::max(box.right, by.right), std::max(box.bottom, by.bottom)};
}

void add_line(PdfBlock& block, PdfLine line) {
  if (line.words.empty()) return;
  line.box = line.words.front().box;
  for (const PdfWord& word : line.words) widen(line.box, word.box);
  if (block.lines.empty()) {
    block.box = line.box;
  } else {
    widen(block.box, line.box);
  }
  block.lines.push_back(std::move(line));
}

// Blocks [first, last) of a page with the rows of `columns` as two blocks of their own, left before right.
std::vector<PdfBlock> parted(const std::vector<PdfBlock>& blocks, std::size_t first, std::size_t last, const std::vector<LineOfPage>& rows,
                             const Columns& columns) {
  const double top = rows[columns.first].top;
  std::map<std::pair<std::size_t, std::size_t>, bool> taken;
  PdfBlock left{blocks[first].page, {}, {}, false};
  PdfBlock right = left;
  for (std::size_t r = columns.first; r < columns.last; ++r) {
    PdfLine l, w;
    for (const auto& at : rows[r].lines) {
      taken[at] = true;
      for (const PdfWord& word : blocks[at.first].lines[at.second].words) (word.box.left < columns.middle ? l : w).words.push_back(word);
    }
    for (PdfLine* line : {&l, &w}) {
      std::stable_sort(line->words.begin(), line->words.end(), [](const PdfWord& a, const PdfWord& b) { return a.box.left < b.box.left; });
    }
    add_line(left, std::move(l));
    add_line(right, std::move(w));
  }
  std::vector<PdfBlock> before, after;
  bool met = false;  // a block with lines that were taken
  for (std::size_t b = first; b < last; ++b) {
    PdfBlock above{blocks[b].page, {}, {}, blocks[b].margin};
    PdfBlock below = above;
    bool own = false;
    for (std::size_t l = 0; l < blocks[b].lines.size(); ++l) {
      if (taken.contains({b, l})) {
        own = true;
      } else {
        add_line(blocks[b].lines[l].box.top < top ? above : below, blocks[b].lines[l]);
      }
    }
    if (!own) {
      (met ? after : before).push_back(blocks[b]);
      continue;
    }
    met = true;
    if (!above.lines.empty()) before.push_back(std::move(above));
    if (!below.lines.empty()) after.push_back(std::move(below));
  }
  before.push_back(std::move(left));
  before.push_back(std::move(right));
  before.insert(before.end(), after.begin(), after.end());
  return before;
}

void part_columns(Layout& layout) {
  std::vector<PdfBlock> out;
  for (std::size_t first = 0; first < layout.blocks.size();) {
    std::size_t last = first;
    while (last < layout.blocks.size() && layout.blocks[last].page == layout.blocks[first].page) ++last;
    const std::vector<LineOfPage> rows = rows_of(layout.blocks, first, last);
    Columns found;
    for (std::size_t row = 0; row + kRowsOfColumns <= rows.size() && found.last == found.first; ++row)
      found = columns_from(rows, layout.blocks, row);
    if (found.last > found.first) {
      std::vector<PdfBlock> page = parted(layout.blocks, first, last, rows, found);
      out.insert(out.end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
    } else {
      out.insert(out.end(), std::make_move_iterator(layout.blocks.begin() + static_cast<std::ptrdiff_t>(first)),
                 std::make_move_iterator(layout.blocks.begin() + static_cast<std::ptrdiff_t>(last)));
    }
    first = last;
  }
  layout.blocks = std::move(out);
}

// "Page 12 of 30" and "Page 13 of 30" are one running head.
std::string without_numbers(std::string_view text) {
  std::string out;
  for (const char c : utf8::lowered(text)) {
    if (ascii::is_digit(c)) {
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

// What browsers print above and below a page: its address, and when it was printed.
std::string print_mark(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://", "file:///"}) {
    if (text.starts_with(scheme) && text.find(' ') == std::string_view::npos) return "printed address";
  }
  std::string rest;
  for (const char c : text) {
    if (!ascii::is_digit(c) && c != '/' && c != '.' && c != ',' && c != ':' && c != ' ') rest += c;
  }
  const bool clock = text.find(':') != std::string_view::npos && text.find_first_of("/.") != std::string_view::npos;
  return clock && ascii::is_digit(text.front()) &&
                 (rest.empty() || rest == "AM" || rest == "PM" || rest == "\u202FAM" || rest == "\u202FPM")
             ? "printed date"
             : "";
}

struct Paragraph {
  std::string text;
  std::string junk;  // the reason, where it is
};

bool starts_small(char32_t c) { return utf8::is_letter(c) && !utf8::is_upper(c); }

// Joins two pieces of one paragraph.
void append_line(std::string& text, std::string_view next) {
  const utf8::Decoded last = utf8::decode_before(text, text.size());
  const bool hyphen = last.value == '-' || last.value == U'\u00AD' || last.value == U'\u2010';
  if (hyphen && starts_small(utf8::decode_before(text, text.size() - last.size).value) && starts_small(utf8::decode(next, 0).value)) {
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
    if (c == '.' || c == '!' || c == '?' || c == U'…') return true;
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
      out.push_back(line.text());
      continue;
    }
    const PdfLine& before = block.lines[i - 1];
    const double size = std::max(1.0, before.box.bottom - before.box.top);
    const bool full = before.box.right + line.first_word() + size * 0.2 > block.box.right;
    const bool indented = line.box.left > block.box.left + size * 0.8 && before.box.left < block.box.left + size * 0.4;
    const bool same_row = line.box.top < before.box.bottom - size * 0.5;  // cells of a table, side by side
    if (full && !indented && !same_row) {
      append_line(out.back(), line.text());
    } else {
      out.push_back(line.text());
    }
  }
  return out;
}

}  // namespace

Content content_of_layout(std::string_view xhtml, std::size_t& pages) {
  Layout layout = read_layout(cleaned(xhtml));
  part_columns(layout);
  pages = layout.pages;
  std::map<std::string, std::size_t> repeats;  // lines in the margins, on how many pages
  std::map<std::string, std::size_t> last_page;
  for (const PdfBlock& block : layout.blocks) {
    if (!block.margin) continue;
    for (const PdfLine& line : block.lines) {
      const std::string key = without_numbers(line.text());
      std::size_t& seen = last_page[key];
      if (seen == block.page) continue;
      seen = block.page;
      ++repeats[key];
    }
  }
  std::vector<Paragraph> paragraphs;
  std::optional<std::size_t> open;  // the last paragraph of text
  std::optional<std::string> address;
  for (const PdfBlock& block : layout.blocks) {
    if (block.margin) {
      const bool number =
          std::all_of(block.lines.begin(), block.lines.end(), [](const PdfLine& line) { return is_page_number(line.text()); });
      const bool head = std::all_of(block.lines.begin(), block.lines.end(),
                                    [&](const PdfLine& line) { return repeats[without_numbers(line.text())] > 1; });
      const bool print =
          std::all_of(block.lines.begin(), block.lines.end(), [](const PdfLine& line) { return !print_mark(line.text()).empty(); });
      if (number || head || print) {
        for (const PdfLine& line : block.lines) {
          const std::string text = line.text();
          std::string mark = print_mark(text);
          if (text.starts_with("http") && mark == "printed address" && !address) address = text;
          if (mark.empty()) mark = is_page_number(text) ? "page number" : "running head";
          paragraphs.push_back({text, std::move(mark)});
        }
        continue;
      }
    }
    bool first = true;
    for (std::string& text : paragraphs_of(block)) {
      if (first && open && !ends_sentence(paragraphs[*open].text) && starts_small(utf8::decode(text, 0).value)) {
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
  out.url = std::move(address);
  if (const auto day = day_of(layout.made)) out.evidence.push_back({"pdf CreationDate", layout.made, *day});
  if (!layout.problem.empty()) out.notes.push_back("read in part: " + layout.problem);
  return out;
}

bool looks_like_pdf(std::string_view head) {
  const std::size_t at = head.substr(0, 1024).find("%PDF-");
  if (at == std::string_view::npos || at == 0) return at == 0;
  // Readers allow for something in front of it; a text that mentions the sign is not yet a PDF.
  const std::string_view version = head.substr(at + 5, 3);
  return version.size() == 3 && ascii::is_digit(version[0]) && version[1] == '.' && ascii::is_digit(version[2]) &&
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
