// What machines are told comes first; of visible words those that markup calls a byline, then those behind a label. Names are short and
// begin with capitals: "By noon the office was shut" signs nothing.
#include "page/byline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"
#include "page/lines.h"
#include "page/markup.h"
#include "page/scan.h"

namespace litopys {
namespace {

using html::Page;

constexpr std::size_t kMostBytes = 160, kMostNameWords = 12;       // of names
constexpr std::size_t kLineWords = 96;                             // of a line that are looked at
constexpr std::size_t kLineBytes = 240;                            // of a line that may hold a byline
constexpr std::size_t kAfterTitle = 14, kBeforeTitle = 4;          // blocks
constexpr std::size_t kSignedHeadLines = 8, kSignedFootLines = 5;  // of plain text

bool is_address(std::string_view text) {
  return text.find("://") != std::string_view::npos || text.starts_with("www.") || text.starts_with('/') || text.starts_with('@');
}

// Cut where something else begins: a figure (a date, a number), a bar, a mail address, the end of a sentence.
std::string_view name_part(std::string_view text) {
  for (const std::string_view mark : {" | ", " • ", " · ", " // ", " — ", " – ", " - ", " @", " ("})
    text = text.substr(0, scan::needle(text, mark));
  text = text.substr(0, text.find('\n'));
  const auto is_figure = [](char c) { return (c >= '0' && c <= '9') || c == '@'; };
  const auto found = std::find_if(text.begin(), text.end(), is_figure);
  const std::size_t figure = found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
  if (figure != std::string_view::npos)
    text = text.substr(0, text.rfind(' ', figure) == std::string_view::npos ? 0 : text.rfind(' ', figure));
  text = trimmed(text);
  while (!text.empty() && std::string_view(",;:|/-").find(text.back()) != std::string_view::npos)
    text = trimmed(text.substr(0, text.size() - 1));
  while (!text.empty() && std::string_view(",;:|/-").find(text.front()) != std::string_view::npos) text = trimmed(text.substr(1));
  return text;
}

// "Anna Nobody", "A. van der Nobody and B. None": words in capitals but for short ones between.
bool looks_like_names(const FoldedLine& words, std::string_view text) {
  if (words.size() == 0 || words.size() > kMostNameWords) return false;
  std::size_t capitals = 0;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const char32_t first = utf8::decode(words.span(w).of(text), 0).value;
    if (utf8::is_digit(first)) return false;
    if (utf8::is_upper(first)) {
      ++capitals;
    } else if (words.folded(w).size() > 6) {
      return false;
    }
  }
  return utf8::is_upper(utf8::decode(text, words.span(0).begin).value) && capitals * 2 >= words.size();
}

std::string told(std::string_view raw) {
  const std::string text = collapsed(raw);
  if (text.empty() || text.size() > kMostBytes || is_address(text)) return {};
  return std::string(name_part(text));
}

bool same(std::string_view a, std::string_view b) {
  const auto fold = [](std::string_view text) {
    std::string out;
    for (const LineWord& word : words_of_line(text)) out += word.folded + ' ';
    return out;
  };
  return fold(a) == fold(b);
}

}  // namespace

Result<BylineReader> BylineReader::make(const Codebook& book) {
  BylineReader out;
  auto labels = PhraseBook::compile(book, "byline-label");
  if (!labels) return tl::unexpected(labels.error());
  out.labels_ = std::move(*labels);
  auto dates = PhraseBook::compile(book, "date-label");
  if (!dates) return tl::unexpected(dates.error());
  out.dates_ = std::move(*dates);
  auto months = MonthNames::make(book);
  if (!months) return tl::unexpected(months.error());
  out.months_ = std::move(*months);
  out.strict_.resize(book.rows.size());
  for (const RowId id : book.rows_of("byline-label")) out.strict_[id] = book.rows[id].gives == "name";
  const auto named = hashed_row_words(book, "byline-markup");
  if (!named) return tl::unexpected(named.error());
  std::vector<std::pair<std::uint32_t, std::int32_t>> markup;
  for (const auto& [word, row] : *named) markup.emplace_back(word, 1);
  out.markup_ = HashTable(markup);
  return out;
}

// Without "Published …" and without the month and "on" that a figure was cut from.
std::string_view BylineReader::without_date(std::string_view name, FoldedLine& words) const {
  words.read(name, kLineWords);
  std::size_t end = name.size();
  for (const PhraseHit& hit : dates_.find(words)) end = std::min<std::size_t>(end, words.span(hit.first).begin);
  name = trimmed(name.substr(0, end));
  words.read(name, kLineWords);
  std::size_t count = words.size();
  const auto ends_in = [&](auto what) { return count > 1 && what(words.span(count - 1).of(name)); };
  const auto month = [&](std::string_view word) { return months_.month_of(word) != 0; };
  const auto small = [](std::string_view word) {  // "on", «від»
    const char32_t first = utf8::decode(word, 0).value;
    return word.size() <= 6 && utf8::is_letter(first) && !utf8::is_upper(first);
  };
  if (ends_in(month)) --count;
  if (ends_in(small)) --count;
  if (count < words.size()) name = name.substr(0, words.span(count - 1).end);
  return name_part(name);
}

std::optional<BylineReader::Said> BylineReader::said_in(std::string_view line, FoldedLine& words) const {
  line = trimmed(line);
  if (line.empty() || line.size() > kLineBytes) return std::nullopt;
  Said out;
  bool strict = true;
  std::string_view rest = line;
  // Labels may stand one before the other: "Post author: by A. Nobody".
  for (int round = 0; round < 2; ++round) {
    const std::string_view before = rest;
    words.read(before, kLineWords);
    for (const PhraseHit& hit : labels_.find(words)) {
      if (hit.first != 0) continue;
      const std::string_view behind = before.substr(words.span(hit.count - 1).end);
      const bool colon = trimmed(behind).starts_with(':');
      if (!strict_[hit.row] && !colon) continue;
      out.labelled = true;
      strict = strict && !colon;
      const std::string_view left = colon ? behind.substr(behind.find(':') + 1) : behind;
      if (left.size() < rest.size()) rest = left;
    }
    if (rest.size() == before.size()) break;
  }
  rest = without_date(name_part(rest), words);
  if (rest.empty() || rest.size() > kMostBytes || is_address(rest)) return std::nullopt;
  words.read(rest, kLineWords);
  if (!looks_like_names(words, rest)) return std::nullopt;
  if (strict && rest.ends_with('.') && words.folded(words.size() - 1).size() > 2) return std::nullopt;  // a sentence
  out.name = std::string(rest);
  return out;
}

std::optional<std::string> BylineReader::of_page(const Page& page, const PageFacts& facts, const std::optional<std::string>& outlet) const {
  const auto signs = [&](const std::string& name) { return !name.empty() && (!outlet || !same(name, *outlet)); };
  FoldedLine line_words;
  std::string told_names;
  for (const std::string& author : facts.json.authors) {
    std::string name = told(author);
    if (const auto labelled = said_in(name, line_words); labelled && labelled->labelled) name = labelled->name;
    if (!signs(name) || told_names.size() > kMostBytes) continue;
    told_names += (told_names.empty() ? "" : ", ") + name;
  }
  if (!told_names.empty()) return told_names;
  for (const std::string_view key : {"author", "byl", "article:author_name", "parsely-author", "sailthru.author", "cxenseparse:author",
                                     "dc.creator", "dcterms.creator", "article:author"}) {
    std::string name = told(meta_of(page, key));
    if (const auto labelled = said_in(name, line_words); labelled && labelled->labelled) name = labelled->name;
    if (signs(name)) return name;
  }
  // rel=author, itemprop=author.
  for (const Span span : page.authors) {
    const std::string text = collapsed(span.of(page.text));
    if (text.size() > kLineBytes) continue;
    if (const auto said = said_in(text, line_words); said && signs(said->name)) return said->name;
  }
  const std::size_t title = facts.title_block.value_or(0);
  const std::size_t begin = title > kBeforeTitle ? title - kBeforeTitle : 0, end = std::min(page.blocks.size(), title + kAfterTitle);
  std::optional<std::string> labelled;
  std::vector<std::uint32_t> words;
  for (std::size_t b = begin; b < end; ++b) {
    const html::Block& block = page.blocks[b];
    if (facts.title_block == b || block.text.size() > kLineBytes) continue;
    const auto said = said_in(block.text.of(page.text), line_words);
    if (!said || !signs(said->name)) continue;
    std::uint32_t node = block.inner;
    for (int steps = 0; steps < 3 && node != html::kNone && node != 0; ++steps, node = page.nodes[node].parent) {
      words.clear();
      hashed_name_words(page.nodes[node].name.of(page.names), words);
      if (std::any_of(words.begin(), words.end(), [&](std::uint32_t word) { return word != 0 && markup_[word] != 0; })) return said->name;
    }
    if (said->labelled && !labelled) labelled = said->name;
  }
  return labelled;
}

std::optional<std::string> BylineReader::of_text(std::string_view text, const std::vector<Line>& lines) const {
  FoldedLine line_words;
  std::vector<std::size_t> filled;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].span.empty()) filled.push_back(i);
  }
  for (std::size_t k = 0; k < filled.size(); ++k) {
    if (k >= kSignedHeadLines && k + kSignedFootLines < filled.size()) continue;
    const auto said = said_in(lines[filled[k]].span.of(text), line_words);
    if (said && said->labelled) return said->name;
  }
  return std::nullopt;
}

}  // namespace litopys
