// The width is taken from the text: the length that its longer lines come close to. A line that ends well before it was ended by its
// writer. Fits text that was wrapped by a program. Does not fit verse, or tables set with spaces; those keep no width and stay as they are.
#include "page/message_lines.h"

#include <algorithm>

#include "base/utf8.h"
#include "page/lines.h"
#include "page/source_map.h"

namespace litopys {
namespace {

constexpr std::size_t kNarrowest = 40;  // letters; narrower lines are lists or columns of a table
constexpr std::size_t kWidest = 140;    // wider lines were not broken for anybody

std::size_t first_word(std::string_view line) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < line.size();) {
    const utf8::Decoded got = utf8::decode(line, i);
    if (got.size == 0 || utf8::is_space(got.value)) break;
    ++letters;
    i += got.size;
  }
  return letters;
}

bool begins_item(std::string_view line) {
  const utf8::Decoded got = utf8::decode(line, 0);
  if (got.value == '>' || got.value == '*' || got.value == U'•' || got.value == U'·' || got.value == U'▪' || got.value == '#') return true;
  if ((got.value == '-' || got.value == U'–' || got.value == U'—') && utf8::is_space(utf8::decode(line, got.size).value)) return true;
  // "1.", "12)"
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 0 && digits < 3 && digits + 1 < line.size() && (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
}

// The width that lines are broken at, 0 where there is none.
std::size_t width_of(std::string_view text, const std::vector<Line>& lines) {
  std::vector<std::size_t> lengths;
  for (const Line& line : lines) {
    const std::string_view view = trimmed(line.span.of(text));
    if (!view.empty()) lengths.push_back(utf8::count_code_points(view));
  }
  if (lengths.size() < 2) return 0;
  std::sort(lengths.begin(), lengths.end());
  const std::size_t longest = lengths.back();
  if (longest < kNarrowest || longest > kWidest) return 0;
  // A wrapped text has many lines near its longest.
  const auto near =
      static_cast<std::size_t>(std::count_if(lengths.begin(), lengths.end(), [&](std::size_t n) { return n + 14 >= longest; }));
  if (near < 2 && longest > 80) return 0;  // a line of its own, not the edge of a text
  return near * 5 >= lengths.size() || near >= 5 ? longest : 0;
}

bool small_letter(char32_t c) { return utf8::is_letter(c) && !utf8::is_upper(c); }

class Joiner {
 public:
  explicit Joiner(std::string_view text) : text_(text) {}

  // Appends text bytes [begin, end).
  void take(std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    append_piece(out_.map, {static_cast<std::uint32_t>(out_.text.size()), static_cast<std::uint32_t>(begin), true});
    out_.text.append(text_.substr(begin, end - begin));
  }
  // Appends a sign that stands for what is at `at`.
  void put(char sign, std::size_t at) {
    append_piece(out_.map, {static_cast<std::uint32_t>(out_.text.size()), static_cast<std::uint32_t>(at), false});
    out_.text += sign;
  }
  void drop_last(std::size_t bytes) { out_.text.resize(out_.text.size() - bytes); }
  [[nodiscard]] const std::string& text() const { return out_.text; }
  [[nodiscard]] JoinedLines finish() {
    while (!out_.map.empty() && out_.map.back().text_begin >= out_.text.size()) out_.map.pop_back();
    return std::move(out_);
  }

 private:
  std::string_view text_;
  JoinedLines out_;
};

}  // namespace

JoinedLines join_lines(std::string_view text) {
  const std::vector<Line> lines = lines_of(text);
  const std::size_t width = width_of(text, lines);
  Joiner out(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Span span = lines[i].span;
    const std::string_view view = trimmed(span.of(text));
    const auto begin = static_cast<std::size_t>(view.empty() ? span.begin : view.data() - text.data());
    const std::size_t end = begin + view.size();
    if (width == 0) {
      out.take(span.begin, i + 1 < lines.size() ? lines[i + 1].span.begin : text.size());
      continue;
    }
    out.take(begin, end);
    if (i + 1 == lines.size()) break;
    const std::string_view next = trimmed(lines[i + 1].span.of(text));
    const std::size_t length = utf8::count_code_points(view);
    const bool goes_on =
        !view.empty() && !next.empty() && !begins_item(next) && length * 2 >= width && length + 1 + first_word(next) > width;
    if (!goes_on) {
      out.put('\n', end);
      continue;
    }
    const utf8::Decoded hyphen = utf8::decode_before(text, end);
    const bool broken_word = (hyphen.value == '-' || hyphen.value == U'\u00AD' || hyphen.value == U'\u2010') &&
                             small_letter(utf8::decode_before(text, end - hyphen.size).value) && small_letter(utf8::decode(next, 0).value);
    if (broken_word) {
      out.drop_last(hyphen.size);
    } else {
      out.put(' ', end);
    }
  }
  return out.finish();
}

JoinedLines join_flowed(std::string_view text) {
  const std::vector<Line> lines = lines_of(text);
  Joiner out(text);
  const auto quotes = [&](const Line& line) {
    const std::string_view view = line.span.of(text);
    return std::min(view.find_first_not_of('>'), view.size());
  };
  bool goes_on = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t begin = lines[i].span.begin;
    const std::size_t end = lines[i].span.end;
    const std::size_t depth = quotes(lines[i]);
    if (goes_on) begin += depth;
    if (begin < end && text[begin] == ' ' && depth + lines[i].span.begin == begin) ++begin;  // stuffed
    out.take(begin, end);
    const std::string_view view = lines[i].span.of(text);
    goes_on = view.ends_with(' ') && view != "-- " && i + 1 < lines.size() && quotes(lines[i + 1]) == depth;
    if (!goes_on && i + 1 < lines.size()) out.put('\n', end);
  }
  return out.finish();
}

}  // namespace litopys
