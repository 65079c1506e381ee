// A line is junk when enough speaks for it: phrases of page furniture from the codebook, each with a weight, and its shape. The longer a
// line, the more is needed, because a paragraph of the article may well mention a newsletter. A teaser's heading takes the short lines
// after it along until something reads like a paragraph again.
// Does not fit furniture in words that no row knows; such a line stays article, which costs a wrong claim less often than the other way
// round costs a right one.
#include "page/lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kParagraphWords = 60;  // more is never a list's line
constexpr std::size_t kTeaserWords = 25;
constexpr std::size_t kMaxRepeatWords = 5;

bool ends_like_sentence(std::string_view line) {
  while (!line.empty()) {
    const utf8::Decoded last = utf8::decode_before(line, line.size());
    const char32_t c = last.value;
    if (c != U'"' && c != U'”' && c != U'»' && c != U'\'' && c != U'’' && c != U')') return c == U'.' || c == U'!';
    line.remove_suffix(last.size);
  }
  return false;
}

// The blank-separated pieces of a line.
std::vector<std::string_view> pieces(std::string_view line) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= line.size();) {
    const utf8::Decoded got = utf8::decode(line, i);
    if (got.size == 0 || utf8::is_space(got.value)) {
      if (i > begin) out.push_back(line.substr(begin, i - begin));
      begin = i + got.size;
    }
    if (got.size == 0) break;
    i += got.size;
  }
  return out;
}

bool has_letter_or_digit(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    if (got.size == 0) break;
    if (utf8::is_letter(got.value) || utf8::is_digit(got.value)) return true;
    i += got.size;
  }
  return false;
}

bool is_link(std::string_view piece) {
  return piece.find("://") != std::string_view::npos || piece.find("t.me/") != std::string_view::npos || piece.starts_with("www.") ||
         piece.find("pic.twitter") != std::string_view::npos;
}

struct Shape {
  std::size_t hashtags = 0, links = 0, handles = 0, others = 0;  // pieces with a letter or digit
};

Shape shape_of(std::string_view line) {
  Shape shape;
  line = line.substr(0, 2048);
  const auto has = [&](auto sign) { return line.find(sign) != std::string_view::npos; };
  if (!has('#') && !has('@') && !has('/') && !has("www.") && !has("pic.twitter")) return shape;  // most lines
  for (const std::string_view piece : pieces(line)) {
    if (!has_letter_or_digit(piece)) continue;
    if (piece.size() > 1 && piece.front() == '#' && utf8::decode(piece, 1).value != '#' && !utf8::is_digit(utf8::decode(piece, 1).value)) {
      ++shape.hashtags;
    } else if (is_link(piece)) {
      ++shape.links;
    } else if (piece.size() > 2 && (piece.front() == '@' || piece.starts_with("(@"))) {
      ++shape.handles;
    } else {
      ++shape.others;
    }
  }
  return shape;
}

// Three short cells and more between bars or wide blanks, none of them a sentence: "UA | RU | Contact".
bool is_menu(std::string_view line, std::size_t words) {
  if (words == 0 || words > 24 || ends_like_sentence(line)) return false;
  std::size_t cells = 0;
  std::size_t longest = 0;
  for (std::size_t begin = 0; begin < line.size();) {
    std::size_t end = begin;
    std::size_t blanks = 0;
    while (end < line.size() && line[end] != '|' && line[end] != '\t') {
      blanks = line[end] == ' ' ? blanks + 1 : 0;
      if (blanks >= 2) break;
      ++end;
    }
    const std::size_t count = words_of_line(line.substr(begin, end - begin)).size();
    cells += count > 0;
    longest = std::max(longest, count);
    begin = end + 1;
  }
  if (cells < 3 || longest > 4) return false;
  // A head line carries a date or a clock time, a menu does not.
  return std::count_if(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }) < 3;
}

bool is_endnote(std::string_view line) {
  if (line.size() < 4 || line[0] != '[' || line[1] < '0' || line[1] > '9') return false;
  const std::size_t close = line.find(']');
  return close < 6;  // npos is not
}

std::uint16_t number_option(const Row& row, std::string_view key, std::uint16_t otherwise) {
  const auto found = row.options.find(std::string(key));
  if (found == row.options.end()) return otherwise;
  std::uint16_t value = otherwise;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

}  // namespace

std::string_view trimmed(std::string_view line) {
  while (!line.empty()) {
    const utf8::Decoded first = utf8::decode(line, 0);
    if (!utf8::is_space(first.value)) break;
    line.remove_prefix(first.size);
  }
  while (!line.empty()) {
    const utf8::Decoded last = utf8::decode_before(line, line.size());
    if (!utf8::is_space(last.value)) break;
    line.remove_suffix(last.size);
  }
  return line;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  const char mark = text.find('\n') != std::string_view::npos ? '\n' : '\r';
  out.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), mark)) + 1);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t found = std::min(text.find(mark, begin), text.size());
    std::size_t end = found;
    if (mark == '\n' && found < text.size() && end > begin && text[end - 1] == '\r') --end;
    out.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, LineKind::article, {}});
    begin = found + 1;
  }
  return out;
}

Result<LineJudge> LineJudge::make(const Codebook& book) {
  LineJudge judge;
  auto phrases = PhraseBook::compile(book, "junk");
  if (!phrases) return tl::unexpected(phrases.error());
  judge.phrases_ = std::move(*phrases);
  judge.rules_.resize(book.rows.size());
  for (const RowId id : book.rows_of("junk")) {
    const Row& row = book.rows[id];
    Rule rule;
    rule.reason = row.gives.empty() ? "junk" : row.gives;
    rule.part = Part::meta;
    for (std::size_t p = 1; p < kParts; ++p) {
      if (name(static_cast<Part>(p)) == rule.reason) rule.part = static_cast<Part>(p);
    }
    rule.weight = static_cast<std::uint8_t>(number_option(row, "weight", 2));
    rule.most = number_option(row, "most", 45);
    const auto wrong = [&](std::string_view key, const std::string& value, std::string_view known) {
      return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                  fmt::format("row {}: {} = \"{}\" is none of {}", row.id, key, value, known));
    };
    if (const auto at = row.options.find("at"); at != row.options.end()) {
      if (at->second == "start") {
        rule.at = At::start;
      } else if (at->second == "end") {
        rule.at = At::end;
      } else if (at->second == "whole") {
        rule.at = At::whole;
      } else if (at->second == "label") {
        rule.at = At::label;
      } else if (at->second != "any") {
        return wrong("at", at->second, "any, start, end, whole, label");
      }
    }
    if (const auto opens = row.options.find("opens"); opens != row.options.end()) {
      if (opens->second == "list") {
        rule.opens = Opens::list;
      } else if (opens->second == "rest") {
        rule.opens = Opens::rest;
      } else {
        return wrong("opens", opens->second, "list, rest");
      }
    }
    judge.most_ = std::max<std::size_t>(judge.most_, std::min<std::size_t>(rule.most, kParagraphWords));
    judge.rules_[id] = std::move(rule);
  }
  return judge;
}

bool LineJudge::fits(const Rule& rule, const PhraseHit& hit, std::string_view line, std::size_t words, std::size_t end) {
  const bool whole = hit.first == 0 && hit.count == words;
  switch (rule.at) {
    case At::any: return true;
    case At::start: return hit.first == 0;
    case At::end: return hit.first + hit.count == words;
    case At::whole: return whole;
    case At::label: {
      const std::string_view rest = trimmed(line.substr(end));
      const char32_t next = utf8::decode(rest, 0).value;
      return hit.first == 0 && (whole || next == ':' || next == '/' || next == '(' || next == '.' || next == '|' || next == U'—' ||
                                next == U'–' || next == '-');
    }
  }
  return false;
}

LineJudge::Verdict LineJudge::by_phrases(std::string_view line, const FoldedLine& words) const {
  Verdict verdict;
  int strongest = 0;
  RowId counted = UINT32_MAX;
  for (const PhraseHit& hit : phrases_.find(words)) {
    if (hit.row == counted) continue;
    const Rule& rule = rules_[hit.row];
    if (words.size() > rule.most || !fits(rule, hit, line, words.size(), words.span(hit.first + hit.count - 1).end)) continue;
    const bool whole = hit.first == 0 && hit.count == words.size();
    counted = hit.row;
    verdict.weight += rule.weight;
    if (rule.weight > strongest) {
      strongest = rule.weight;
      verdict.reason = rule.reason;
    }
    // Only a heading takes others along; "Read also: X" is complete.
    if (whole && verdict.opens != Opens::rest) verdict.opens = rule.opens;
  }
  return verdict;
}

PhraseFacts LineJudge::facts_of(std::string_view line, FoldedLine& words) const {
  PhraseFacts out;
  if (line.size() > 2 * kParagraphWords && std::count(line.begin(), line.end(), ' ') > 70) return out;  // surely a paragraph
  words.read(line, most_ + 1);
  if (words.size() > most_) return out;
  RowId counted = UINT32_MAX;
  int strongest = 0;
  for (const PhraseHit& hit : phrases_.find(words)) {
    const Rule& rule = rules_[hit.row];
    if (hit.row == counted || words.size() > rule.most || !fits(rule, hit, line, words.size(), words.span(hit.first + hit.count - 1).end))
      continue;
    counted = hit.row;
    out.weight = static_cast<std::uint8_t>(std::min(out.weight + rule.weight, 9));
    if (rule.weight <= strongest) continue;
    strongest = rule.weight;
    out.kind = rule.part;
  }
  return out;
}

void LineJudge::judge(std::string_view text, std::vector<Line>& lines) const {
  std::unordered_map<std::string_view, std::uint32_t> seen;
  std::size_t filled = 0;
  for (const Line& line : lines) {
    const std::string_view words = trimmed(line.span.of(text));
    if (words.empty()) continue;
    ++filled;
    if (words.size() < 120) ++seen[words];
  }
  Opens open = Opens::nothing;
  std::string open_reason;
  FoldedLine words;
  std::size_t at = 0;
  for (Line& line : lines) {
    const std::string_view view = trimmed(line.span.of(text));
    if (view.empty()) continue;
    ++at;
    if (line.kind == LineKind::title) {
      open = Opens::nothing;
      continue;
    }
    if (line.kind == LineKind::junk) continue;  // it was judged by the page's markup and opens no list
    words.read(view, kParagraphWords + 1);
    const auto mark = [&](std::string_view reason) {
      line.kind = LineKind::junk;
      line.reason = reason;
    };
    const Shape shape = shape_of(view);
    Verdict verdict = words.size() > kParagraphWords ? Verdict{} : by_phrases(view, words);
    const std::size_t links = shape.links + shape.handles;
    if (links > 0 && shape.others <= 8) ++verdict.weight;
    if (at + 3 > filled && filled > 4 && verdict.weight == 1 && words.size() <= 30 && verdict.reason != "subscribe") ++verdict.weight;
    const int needed = words.size() <= 25 ? 2 : words.size() <= 45 ? 3 : 4;

    if (verdict.weight >= needed && !(verdict.opens == Opens::rest && at * 3 < filled)) {
      mark(verdict.reason.empty() ? "link" : verdict.reason);
      if (verdict.opens != Opens::nothing) {
        open = verdict.opens;
        open_reason = verdict.reason;
      }
      continue;
    }
    if (shape.hashtags > 0 && shape.others + links == 0) {
      mark("hashtags");
    } else if (links > 0 && shape.others <= 2) {
      mark("link");
    } else if (is_menu(view, words.size())) {
      mark("menu");
    } else if (is_endnote(view) && at * 2 > filled) {
      mark("endnote");
    } else if (words.size() <= kMaxRepeatWords && words.size() > 0 && view.size() < 120 && seen[view] >= 3 && !ends_like_sentence(view)) {
      mark("repeated");
    } else if (open == Opens::rest && words.size() <= kParagraphWords) {
      mark(open_reason);
    } else if (open == Opens::list && words.size() <= kTeaserWords && !ends_like_sentence(view)) {
      mark(open_reason);
    } else {
      open = Opens::nothing;
    }
  }
}

}  // namespace litopys
