// A line-based format: a head of "key: value", an empty line, then numbered lines. One writer, one reader, one table of keys.
#include "page/dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace litopys {
namespace {

constexpr std::string_view kFirst = "# litopys page 1";

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  return out;
}

std::string read_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    ++i;
    out += text[i] == 'n' ? '\n' : text[i] == 'r' ? '\r' : text[i];
  }
  return out;
}

std::string_view kind_name(LineKind kind) {
  switch (kind) {
    case LineKind::article: return "article";
    case LineKind::title: return "title";
    case LineKind::junk: break;
  }
  return "junk";
}

// The bytes between a line's end and the next line's beginning.
std::string_view end_of(const Document& document, std::size_t line) {
  const std::uint32_t begin = document.lines[line].span.end;
  const std::size_t end = line + 1 < document.lines.size() ? document.lines[line + 1].span.begin : document.text.size();
  return std::string_view(document.text).substr(begin, end - begin);
}

struct Ends {
  std::string_view name, bytes;
};
constexpr Ends kEnds[] = {{"lf", "\n"}, {"crlf", "\r\n"}, {"cr", "\r"}};

tl::unexpected<Error> wrong(std::size_t line, std::string problem) {
  return fail(ErrorKind::kMalformed, "page dump", fmt::format("line {}", line), std::move(problem), "");
}

// Cuts "A | B | C" at its first two bars.
std::optional<std::pair<std::string_view, std::string_view>> cut(std::string_view text) {
  const std::size_t at = text.find(" | ");
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair{text.substr(0, at), text.substr(at + 3)};
}

std::string without_bars(std::string_view text) {
  std::string out = escaped(text);
  for (std::size_t at = out.find(" | "); at != std::string::npos; at = out.find(" | ", at)) out[at + 1] = '/';
  return out;
}

}  // namespace

bool is_page_dump(std::string_view text) { return text.starts_with(kFirst); }

std::string dump(const Document& document) {
  std::string out(kFirst);
  out += '\n';
  const auto key = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(escaped(value)).append("\n");
  };
  key("id", document.id);
  key("path", document.path);
  key("encoding", document.encoding);
  key("language", code(document.language));
  if (document.title) key("title", *document.title);
  if (document.outlet) key("outlet", *document.outlet);
  if (document.byline) key("byline", *document.byline);
  if (document.url) key("url", *document.url);
  if (document.published) key("published", document.published->str());
  for (const DateEvidence& one : document.evidence) {
    out += fmt::format("evidence: {} | {} | {}\n", one.date == Date{} ? "-" : one.date.str(), without_bars(one.from), escaped(one.words));
  }
  for (const std::string& note : document.notes) key("note", note);

  // One kind of line end for all, or each line its own.
  const Ends* ends = nullptr;
  bool last_too = true;
  for (const Ends& candidate : kEnds) {
    const std::size_t count = document.lines.size();
    bool all = count > 0;
    for (std::size_t i = 0; i < count && all; ++i)
      all = end_of(document, i) == candidate.bytes || (i + 1 == count && end_of(document, i).empty());
    if (!all) continue;
    ends = &candidate;
    last_too = !end_of(document, count - 1).empty();
    break;
  }
  if (!document.lines.empty() && document.lines.front().span.begin != 0) ends = nullptr;
  out +=
      ends == nullptr ? "line ends: mixed\n" : fmt::format("line ends: {}, {}\n", ends->name, last_too ? "also the last" : "not the last");
  out += '\n';
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    const Line& line = document.lines[i];
    std::string kind(kind_name(line.kind));
    if (!line.reason.empty()) kind.append(" (").append(without_bars(line.reason)).append(")");
    out += fmt::format("{:>4} {:<15} | {}", i + 1, kind, escaped(line.span.of(document.text)));
    if (ends == nullptr) out += escaped(end_of(document, i));
    out += '\n';
  }
  return out;
}

Result<Document> parse_dump(std::string_view text) {
  Document document;
  std::size_t number = 0;
  bool ended = false;
  const auto next_line = [&]() -> std::string_view {
    ++number;
    if (text.empty()) {
      ended = true;
      return {};
    }
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
  };
  if (next_line() != kFirst) return wrong(1, fmt::format("expected \"{}\"", kFirst));

  const Ends* ends = nullptr;
  bool last_too = false;
  for (;;) {
    const std::string_view line = next_line();
    if (ended || line.empty()) break;
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return wrong(number, "expected \"key: value\"");
    const std::string_view key = line.substr(0, colon);
    const std::string_view raw = line.substr(colon + 2);
    std::string value = read_escapes(raw);
    if (key == "id") {
      document.id = std::move(value);
    } else if (key == "path") {
      document.path = std::move(value);
    } else if (key == "encoding") {
      document.encoding = std::move(value);
    } else if (key == "language") {
      const auto language = language_from_code(value);
      if (!language) return wrong(number, fmt::format("expected a language (en, uk, ru, und), not \"{}\"", value));
      document.language = *language;
    } else if (key == "title") {
      document.title = std::move(value);
    } else if (key == "outlet") {
      document.outlet = std::move(value);
    } else if (key == "byline") {
      document.byline = std::move(value);
    } else if (key == "url") {
      document.url = std::move(value);
    } else if (key == "published") {
      document.published = Date::parse(value);
      if (!document.published) return wrong(number, fmt::format("expected a date, not \"{}\"", value));
    } else if (key == "evidence") {
      const auto first = cut(raw);
      const auto second = first ? cut(first->second) : std::nullopt;
      if (!second) return wrong(number, "expected \"date | from | words\"");
      DateEvidence one;
      if (first->first != "-") {
        const auto date = Date::parse(first->first);
        if (!date) return wrong(number, fmt::format("expected a date or \"-\", not \"{}\"", first->first));
        one.date = *date;
      }
      one.from = read_escapes(second->first);
      one.words = read_escapes(second->second);
      document.evidence.push_back(std::move(one));
    } else if (key == "note") {
      document.notes.push_back(std::move(value));
    } else if (key == "line ends") {
      if (value != "mixed") {
        const std::size_t comma = value.find(", ");
        const std::string name = value.substr(0, comma);
        const auto found = std::find_if(std::begin(kEnds), std::end(kEnds), [&](const Ends& e) { return e.name == name; });
        if (found == std::end(kEnds) || comma == std::string::npos)
          return wrong(number, fmt::format("expected line ends lf, crlf, cr or mixed, not \"{}\"", value));
        ends = found;
        last_too = value.substr(comma + 2) == "also the last";
      }
    } else {
      return wrong(number, fmt::format("no such key: \"{}\"", key));
    }
  }

  while (!ended) {
    std::string_view line = next_line();
    if (ended) break;
    const std::size_t bar = line.find(" | ");
    if (bar == std::string_view::npos) return wrong(number, "expected \"number kind | text\"");
    std::string_view left = line.substr(0, bar);
    left.remove_prefix(std::min(left.find_first_not_of(' '), left.size()));
    std::size_t given = 0;
    const auto [after, problem] = std::from_chars(left.data(), left.data() + left.size(), given);
    if (problem != std::errc{} || given != document.lines.size() + 1)
      return wrong(number, fmt::format("expected line number {}", document.lines.size() + 1));
    left.remove_prefix(static_cast<std::size_t>(after - left.data()));
    left.remove_prefix(std::min(left.find_first_not_of(' '), left.size()));
    while (left.ends_with(' ')) left.remove_suffix(1);
    Line parsed;
    if (const std::size_t open = left.find(" ("); open != std::string_view::npos && left.ends_with(')')) {
      parsed.reason = read_escapes(left.substr(open + 2, left.size() - open - 3));
      left = left.substr(0, open);
    }
    if (left == "title") {
      parsed.kind = LineKind::title;
    } else if (left == "junk") {
      parsed.kind = LineKind::junk;
    } else if (left != "article") {
      return wrong(number, fmt::format("expected article, title or junk, not \"{}\"", left));
    }
    const std::string words = read_escapes(line.substr(bar + 3));
    std::string_view body = words;
    if (ends == nullptr) {
      if (body.ends_with('\n')) {
        body.remove_suffix(1);
        if (body.ends_with('\r')) body.remove_suffix(1);
      }
    } else if (!document.lines.empty()) {
      document.text += ends->bytes;
    }
    if (document.text.size() + words.size() > UINT32_MAX) return wrong(number, "more text than 32-bit offsets reach");
    parsed.span.begin = static_cast<std::uint32_t>(document.text.size());
    parsed.span.end = static_cast<std::uint32_t>(parsed.span.begin + body.size());
    document.text += words;
    document.lines.push_back(std::move(parsed));
  }
  if (ends != nullptr && last_too && !document.lines.empty()) document.text += ends->bytes;
  return document;
}

}  // namespace litopys
