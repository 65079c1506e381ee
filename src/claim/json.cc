// Writing is one pass over the document with base/json.h; spans become code points by marks in the text, whatever order they come in.
// Reading is simdjson's dom.
//
// simdjson gives numbers as double or 64-bit integers, and refuses a whole document for one number of a thousand digits. Figures are
// exact decimals, so a pass before it (`quote_long_numbers`) turns a long number into a marked string: "\uE000123…". It costs one look
// at each byte. Everything that is merely odd is a note; only what is no document at all is an error.
#include "claim/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>

#include "base/json.h"
#include "base/utf8.h"

namespace litopys {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// ---- writing ---------------------------------------------------------------------------------------------------------------------

void write_figure(JsonWriter& json, const Figure& figure) {
  json.object([&] {
    json.key("value").number(figure.value);
    if (figure.value2) json.key("value2").number(*figure.value2);
    json.key("bound").string(name(figure.bound));
    json.key("unit").string(name(figure.unit));
    json.key("text").string(figure.text);
  });
}

void write_strings(JsonWriter& json, const std::vector<std::string>& strings) {
  json.array([&] {
    for (const std::string& s : strings) json.string(s);
  });
}

// Code points by byte and bytes by code point, with a mark every kStep bytes. The spans behind a slot jump back to the lines that it rests
// on; an index that only goes forward well would walk the whole text for each of them.
class MarkedPoints {
 public:
  explicit MarkedPoints(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at <= text.size(); at += kStep) {
      marks_.push_back(points_);
      points_ += utf8::count_code_points(text.substr(at, kStep));
    }
  }
  [[nodiscard]] std::size_t at(std::size_t byte) const {
    byte = std::min(byte, text_.size());
    const std::size_t mark = byte / kStep;
    return marks_[mark] + utf8::count_code_points(text_.substr(mark * kStep, byte - mark * kStep));
  }
  // nullopt past the end.
  [[nodiscard]] std::optional<std::uint32_t> byte(std::uint64_t point) const {
    if (point > points_) return std::nullopt;
    const auto mark = static_cast<std::size_t>(std::upper_bound(marks_.begin(), marks_.end(), point) - marks_.begin()) - 1;
    std::size_t byte = mark * kStep;
    const auto inside = [&] { return byte < text_.size() && (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U; };
    while (inside()) ++byte;  // the end of a letter that the mark stands in
    for (std::uint64_t at = marks_[mark]; at < point; ++at) {
      ++byte;
      while (inside()) ++byte;
    }
    return static_cast<std::uint32_t>(byte);
  }
  [[nodiscard]] std::optional<Span> span(std::uint64_t begin, std::uint64_t end) const {
    if (begin > end) return std::nullopt;
    const auto first = byte(begin);
    const auto last = byte(end);
    if (!first || !last) return std::nullopt;
    return Span{*first, *last};
  }

 private:
  static constexpr std::size_t kStep = 1024;
  std::string_view text_;
  std::vector<std::size_t> marks_;
  std::size_t points_ = 0;
};

template <class Points>
void write_why(JsonWriter& json, const Why& why, Points& points) {
  json.object([&] {
    json.key("slot").string(why.slot);
    json.key("rule").string(why.rule);
    json.key("spans").array([&] {
      for (const Span& span : why.spans) {
        json.array([&] {
          json.number(static_cast<std::int64_t>(points.at(span.begin)));
          json.number(static_cast<std::int64_t>(points.at(span.end)));
        });
      }
    });
    json.key("note").string(why.note);
  });
}

template <class Points>
void write_claim(JsonWriter& json, const Claim& claim, Points& points) {
  json.object([&] {
    json.key("quote").string(claim.quote);
    json.key("start").number(static_cast<std::int64_t>(points.at(claim.span.begin)));
    json.key("end").number(static_cast<std::int64_t>(points.at(claim.span.end)));
    json.key("measure").string(claim.measure);
    json.key("figure");
    if (claim.figure) {
      write_figure(json, *claim.figure);
    } else {
      json.null();
    }
    json.key("places");
    write_strings(json, claim.places);
    json.key("when").string_or_null(claim.when ? std::optional(claim.when->str()) : std::nullopt);
    json.key("sources");
    write_strings(json, claim.sources);
    json.key("side").string(name(claim.side));
    json.key("stance").string(name(claim.stance));
    json.key("credence").string(name(claim.credence));
    json.key("targets");
    write_strings(json, claim.targets);
    // The shortest decimal that reads back as the same double.
    json.key("confidence").raw(std::isfinite(claim.confidence) ? fmt::format("{}", claim.confidence) : "0");
    json.key("why").array([&] {
      for (const Why& why : claim.why) write_why(json, why, points);
    });
  });
}

// Indents JSON that has no white space of consequence: an array or object without another object inside stays on its line.
std::string indented(std::string_view json) {
  std::vector<char> breaks(json.size(), 0);  // by the position of the opening bracket: its parts stand on lines of their own
  std::vector<std::size_t> open;
  bool quoted = false;
  const auto each = [&](auto visit) {
    quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
      if (json[i] == '"') quoted = !quoted;
      if (quoted && json[i] == '\\') {
        visit(i, true);
        visit(++i, true);
        continue;
      }
      visit(i, quoted || json[i] == '"');
    }
  };
  each([&](std::size_t i, bool inside) {
    if (inside) return;
    if (json[i] == '{' && !open.empty()) breaks[open.back()] = 1;
    if (json[i] == '{' || json[i] == '[') open.push_back(i);
    if ((json[i] == '}' || json[i] == ']') && !open.empty()) {
      const std::size_t begin = open.back();
      open.pop_back();
      if (breaks[begin] != 0 && !open.empty()) breaks[open.back()] = 1;
    }
  });
  if (!json.empty() && json[0] == '{') breaks[0] = 1;
  std::string out;
  out.reserve(json.size() + json.size() / 4);
  const auto line = [&] {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += '\n';
    out.append(open.size(), ' ');
  };
  open.clear();
  each([&](std::size_t i, bool inside) {
    const char c = json[i];
    if (inside) {
      out += c;
    } else if (c == '{' || c == '[') {
      out += c;
      open.push_back(i);
      if (breaks[i] != 0) line();
    } else if (c == '}' || c == ']') {
      const bool broken = breaks[open.back()] != 0;
      open.pop_back();
      if (broken) line();
      out += c;
    } else if (c == ',' && breaks[open.back()] != 0) {
      out += c;
      line();
    } else if (c != ' ' || (out.back() != ' ' && out.back() != '\n')) {
      out += c;  // not the blank of ", " where the line was broken
    }
  });
  return out;
}

// ---- reading ---------------------------------------------------------------------------------------------------------------------

constexpr std::string_view kNumberMark = "\xEE\x80\x80";  // U+E000, private use: marks a number that was too long for a double
constexpr std::size_t kSafeDigits = 15;                   // as many decimal digits come back from a double unchanged

// `json` with each number outside strings that has more than kSafeDigits letters written as a marked string; a string that begins with
// the mark by itself gets it twice. Empty where there is neither.
std::string quote_long_numbers(std::string_view json) {
  std::string out;
  std::size_t kept = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') {
      quoted = true;
      if (json.substr(i + 1).starts_with(kNumberMark)) {
        out.append(json.substr(kept, i + 1 - kept)).append(kNumberMark);
        kept = i + 1;
      }
    }
    if (c != '-' && (c < '0' || c > '9')) continue;
    const std::size_t begin = i;
    while (i < json.size() && (std::string_view("+-.eE0123456789").find(json[i]) != std::string_view::npos)) ++i;
    const std::string_view token = json.substr(begin, i - begin);
    --i;
    if (token.size() <= kSafeDigits && token.find_first_of("eE") == std::string_view::npos) continue;
    out.append(json.substr(kept, begin - kept)).append("\"").append(kNumberMark).append(token).append("\"");
    kept = begin + token.size();
  }
  if (kept != 0) out.append(json.substr(kept));
  return out;
}

std::optional<Decimal> number_of(const element& value) {
  std::int64_t whole = 0;
  double fraction = 0;
  std::string_view text;
  if (value.get(whole) == simdjson::SUCCESS) return Decimal::make(whole);
  if (value.get(fraction) == simdjson::SUCCESS) {
    char digits[64];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), fraction);
    return Decimal::parse({digits, static_cast<std::size_t>(end.ptr - digits)});
  }
  if (value.get(text) == simdjson::SUCCESS) {
    // A text that begins with the mark has it twice, and no number begins with it.
    if (text.starts_with(kNumberMark)) return Decimal::parse(text.substr(kNumberMark.size()));
  }
  return std::nullopt;
}

std::optional<double> double_of(const element& value) {
  double number = 0;
  std::string_view text;
  if (value.get(number) == simdjson::SUCCESS) return number;
  if (value.get(text) == simdjson::SUCCESS) {
    if (!text.starts_with(kNumberMark)) return std::nullopt;
    text.remove_prefix(kNumberMark.size());
    double out = 0;
    const auto got = std::from_chars(text.data(), text.data() + text.size(), out);
    if (got.ec == std::errc{} && got.ptr == text.data() + text.size()) return out;
  }
  return std::nullopt;
}

std::optional<std::string_view> text_of(const element& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  if (!text.starts_with(kNumberMark)) return text;
  text.remove_prefix(kNumberMark.size());
  if (!text.starts_with(kNumberMark)) return std::nullopt;  // a long number
  return text;
}

// Reads one document; `where` is the claim at hand, for the notes.
class DocumentReader {
 public:
  DocumentReader(ClaimDocument& out) : out_(out) {}

  void head(const object& doc) {
    const auto optional_text = [&](std::string_view key, std::optional<std::string>& into) {
      element value;
      if (doc[key].get(value) != simdjson::SUCCESS || value.is_null()) return;
      const auto text = text_of(value);
      if (text) {
        into = *text;
      } else {
        note(fmt::format("{} is no text", key));
      }
    };
    std::optional<std::string> id, path, lang, text, published;
    optional_text("id", id);
    optional_text("path", path);
    optional_text("lang", lang);
    optional_text("text", text);
    optional_text("outlet", out_.outlet);
    optional_text("url", out_.url);
    optional_text("title", out_.title);
    optional_text("published", published);
    if (id) out_.id = *id;
    if (path) out_.path = *path;
    if (text) out_.text = *text;
    if (lang) {
      const auto language = language_from_code(*lang);
      if (language) {
        out_.language = *language;
      } else {
        note(fmt::format("lang {} is none that is read here", shown(*lang)));
      }
    }
    if (published) {
      if (When::parse(*published)) {
        out_.published = *published;
      } else {
        note(fmt::format("published {} is no EDTF date", shown(*published)));
      }
    }
    numbers(doc, "junk", [&](std::int64_t line) {
      if (line < 1 || line > UINT32_MAX) return false;
      out_.junk.push_back(static_cast<std::uint32_t>(line));
      return true;
    });
    array kept;
    if (doc["notes"].get(kept) == simdjson::SUCCESS) {
      std::vector<std::string> notes;
      for (const element value : kept) {
        if (const auto said = text_of(value)) notes.emplace_back(*said);
      }
      out_.notes.insert(out_.notes.begin(), notes.begin(), notes.end());
    }
  }

  void claim(const object& source, std::size_t number, const MarkedPoints& points) {
    number_ = number;
    Claim claim;
    claim.quote = text(source, "quote", "");
    if (claim.quote.empty()) note("quote is missing");
    claim.measure = text(source, "measure", "");
    if (claim.measure.empty()) note("measure is missing");
    place_quote(source, claim, points);
    read_figure(source, claim);
    strings(source, "places", claim.places);
    std::sort(claim.places.begin(), claim.places.end());
    claim.places.erase(std::unique(claim.places.begin(), claim.places.end()), claim.places.end());
    read_when(source, claim);
    strings(source, "sources", claim.sources);
    choice(source, "side", Side::unknown, claim.side);
    choice(source, "stance", Stance::asserted, claim.stance);
    choice(source, "credence", Credence::plain, claim.credence);
    strings(source, "targets", claim.targets);
    element confidence;
    if (source["confidence"].get(confidence) == simdjson::SUCCESS && !confidence.is_null()) {
      const auto value = double_of(confidence);
      if (value && *value >= 0 && *value <= 1) {
        claim.confidence = *value;
      } else {
        note("confidence is no number from 0 to 1");
      }
    }
    read_why(source, claim, points);
    out_.claims.push_back(std::move(claim));
    number_ = 0;
  }

 private:
  static std::string shown(std::string_view text) {
    constexpr std::size_t kShown = 40;
    std::string out = "\"";
    out += text.substr(0, kShown);
    if (text.size() > kShown) out = utf8::repaired(out) + "…";
    return out + "\"";
  }

  void note(std::string problem) {
    out_.notes.push_back(number_ == 0 ? std::move(problem) : fmt::format("claim {}: {}", number_, problem));
  }

  std::string text(const object& from, std::string_view key, std::string_view otherwise) {
    element value;
    if (from[key].get(value) != simdjson::SUCCESS || value.is_null()) return std::string(otherwise);
    const auto got = text_of(value);
    if (!got) note(fmt::format("{} is no text", key));
    return std::string(got.value_or(otherwise));
  }

  void strings(const object& from, std::string_view key, std::vector<std::string>& into) {
    element value;
    if (from[key].get(value) != simdjson::SUCCESS || value.is_null()) return;
    array parts;
    if (value.get(parts) != simdjson::SUCCESS) {
      note(fmt::format("{} is no list", key));
      return;
    }
    for (const element part : parts) {
      const auto got = text_of(part);
      if (got && !got->empty()) {
        into.emplace_back(*got);
      } else {
        note(fmt::format("{} has an entry that is no text", key));
      }
    }
  }

  template <class Take>
  void numbers(const object& from, std::string_view key, Take take) {
    element value;
    if (from[key].get(value) != simdjson::SUCCESS || value.is_null()) return;
    array parts;
    if (value.get(parts) != simdjson::SUCCESS) {
      note(fmt::format("{} is no list", key));
      return;
    }
    for (const element part : parts) {
      std::int64_t number = 0;
      if (part.get(number) != simdjson::SUCCESS || !take(number)) note(fmt::format("{} has an entry that is no line number", key));
    }
  }

  template <class E>
  void choice(const object& from, std::string_view key, E otherwise, E& into) {
    const std::string word = text(from, key, name(otherwise));
    const auto got = parse_name<E>(word);
    if (!got) note(fmt::format("{} {} is none of the guide's, read as {}", key, shown(word), name(otherwise)));
    into = got.value_or(otherwise);
  }

  // By `start` and `end` where they give the quote; else the quote's next occurrence, a repeated one in order.
  void place_quote(const object& source, Claim& claim, const MarkedPoints& points) {
    if (out_.text.empty() || claim.quote.empty()) return;
    std::int64_t start = -1, end = -1;
    if (source["start"].get(start) == simdjson::SUCCESS && source["end"].get(end) == simdjson::SUCCESS && start >= 0 && end >= start) {
      const auto span = points.span(static_cast<std::uint64_t>(start), static_cast<std::uint64_t>(end));
      if (span && span->of(out_.text) == claim.quote) {
        claim.span = *span;
        return;
      }
      note("start and end do not give the quote");
    }
    std::size_t& from = seen_[claim.quote];
    std::size_t found = find(claim.quote, from);
    if (found == std::string::npos) {
      // Said once in the text, quoted twice: two claims of one sentence.
      if (from == 0) note(looked_ > kMostLooked ? "quote is not looked for: too many have no start and end" : "quote is not in the text");
      if (from == 0) return;
      found = from - claim.quote.size();
    }
    from = found + claim.quote.size();
    claim.span = {static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + claim.quote.size())};
  }

  // std::string::find, but linear also where a quote begins as the text does again and again, and up to a bound for all quotes together.
  [[nodiscard]] std::size_t find(std::string_view quote, std::size_t from) {
    if (looked_ > kMostLooked) return std::string::npos;
    const char* const begin = out_.text.data() + from;
    const std::size_t size = out_.text.size() - from;
    const void* const at = memmem(begin, size, quote.data(), quote.size());
    const std::size_t found = at == nullptr ? size : static_cast<std::size_t>(static_cast<const char*>(at) - begin);
    looked_ += found;
    return at == nullptr ? std::string::npos : from + found;
  }

  void read_figure(const object& source, Claim& claim) {
    element value;
    if (source["figure"].get(value) != simdjson::SUCCESS || value.is_null()) return;
    object got;
    if (value.get(got) != simdjson::SUCCESS) {
      note("figure is no object");
      return;
    }
    Figure figure;
    element part;
    std::optional<Decimal> low;
    if (got["value"].get(part) == simdjson::SUCCESS) low = number_of(part);
    if (!low) {
      note("figure value is no number");
      return;
    }
    figure.value = *low;
    choice(got, "bound", Bound::exact, figure.bound);
    choice(got, "unit", Unit::other, figure.unit);
    figure.text = text(got, "text", "");
    if (got["value2"].get(part) == simdjson::SUCCESS && !part.is_null()) {
      figure.value2 = number_of(part);
      if (!figure.value2) note("figure value2 is no number");
      if (figure.value2 && figure.bound != Bound::range) {
        note(fmt::format("figure has a value2 beside bound {}, left out", name(figure.bound)));
        figure.value2.reset();
      }
    }
    if (figure.bound == Bound::range && !figure.value2) {
      note("figure is a range without its end");
      return;
    }
    if (figure.value2 && *figure.value2 < figure.value) {
      note("figure range has its ends swapped, read as the range");
      std::swap(*figure.value2, figure.value);
    }
    claim.figure = std::move(figure);
  }

  void read_when(const object& source, Claim& claim) {
    const std::string written = text(source, "when", "");
    if (written.empty()) return;
    const auto when = When::parse(written);
    if (!when) {
      note(fmt::format("when {} is no EDTF date", shown(written)));
    } else if (when->begin && when->end && when->end->last_day() < when->begin->first_day()) {
      note(fmt::format("when {} ends before it starts", shown(written)));
    } else {
      claim.when = when;
    }
  }

  void read_why(const object& source, Claim& claim, const MarkedPoints& points) {
    element value;
    array all;
    if (source["why"].get(value) != simdjson::SUCCESS || value.is_null()) return;
    if (value.get(all) != simdjson::SUCCESS) {
      note("why is no list");
      return;
    }
    for (const element part : all) {
      object got;
      if (part.get(got) != simdjson::SUCCESS) {
        note("why has an entry that is no object");
        continue;
      }
      Why why{.slot = text(got, "slot", ""), .rule = text(got, "rule", ""), .spans = {}, .note = text(got, "note", "")};
      array spans;
      if (!out_.text.empty() && got["spans"].get(spans) == simdjson::SUCCESS) {
        for (const element pair : spans) read_span(pair, why, points);
      }
      claim.why.push_back(std::move(why));
    }
  }

  void read_span(const element& pair, Why& why, const MarkedPoints& points) {
    std::int64_t start = -1, end = -1;
    array ends;
    if (pair.get(ends) == simdjson::SUCCESS && ends.size() == 2 && ends.at(0).get(start) == simdjson::SUCCESS &&
        ends.at(1).get(end) == simdjson::SUCCESS && start >= 0 && end >= start) {
      const auto span = points.span(static_cast<std::uint64_t>(start), static_cast<std::uint64_t>(end));
      if (span) {
        why.spans.push_back(*span);
        return;
      }
    }
    note(fmt::format("why of {} has a span that is not in the text", shown(why.slot)));
  }

  static constexpr std::size_t kMostLooked = std::size_t{1} << 30;  // a thousand quotes in a text of a megabyte

  ClaimDocument& out_;
  std::size_t number_ = 0;  // 0: the head
  std::map<std::string, std::size_t> seen_;
  std::size_t looked_ = 0;  // bytes of the text in which quotes were looked for
};

}  // namespace

void append_json(std::string& out, const Claim& claim, utf8::CodePointIndex& points) {
  JsonWriter json(out);
  write_claim(json, claim, points);
}

void append_json(std::string& out, const ClaimDocument& document, bool pretty) {
  if (pretty) {
    std::string line;
    append_json(line, document, false);
    out += indented(line);
    return;
  }
  MarkedPoints points(document.text);
  JsonWriter json(out);
  json.object([&] {
    json.key("id").string(document.id);
    json.key("path").string(document.path);
    json.key("lang").string(code(document.language));
    json.key("outlet").string_or_null(document.outlet);
    json.key("url").string_or_null(document.url);
    json.key("published").string_or_null(document.published);
    json.key("title").string_or_null(document.title);
    json.key("junk").array([&] {
      for (const std::uint32_t line : document.junk) json.number(static_cast<std::int64_t>(line));
    });
    json.key("claims").array([&] {
      for (const Claim& claim : document.claims) write_claim(json, claim, points);
    });
    json.key("notes");
    write_strings(json, document.notes);
    if (!document.text.empty()) json.key("text").string(document.text);
  });
}

Result<ClaimDocument> parse_claim_document(std::string_view json, std::string_view item) {
  const auto malformed = [&](std::string place, std::string problem) {
    return fail(ErrorKind::kMalformed, std::string(item), std::move(place), std::move(problem));
  };
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  const std::string quoted = quote_long_numbers(json);
  const std::string_view source = quoted.empty() ? json : std::string_view(quoted);
  simdjson::dom::parser parser;
  element root;
  if (const auto error = parser.parse(source.data(), source.size()).get(root)) {
    return malformed("", fmt::format("no JSON document: {}", simdjson::error_message(error)));
  }
  object doc;
  if (root.get(doc) != simdjson::SUCCESS) return malformed("", "no JSON object, but a document with claims is one");
  ClaimDocument out;
  element listed;
  array claims;
  if (doc["claims"].get(listed) != simdjson::SUCCESS) {
    return malformed("claims", "missing, but a document with claims has them (none is an empty list)");
  }
  if (listed.get(claims) != simdjson::SUCCESS) return malformed("claims", "no list");
  element id;
  if (doc["id"].get(id) != simdjson::SUCCESS) return malformed("id", "missing, but claims are named by it");
  if (!id.is_string()) return malformed("id", "no text");
  DocumentReader reader(out);
  reader.head(doc);
  const MarkedPoints points(out.text);
  std::size_t number = 0;
  for (const element part : claims) {
    object claim;
    if (part.get(claim) != simdjson::SUCCESS) return malformed(fmt::format("claims[{}]", number), "no object");
    reader.claim(claim, ++number, points);
  }
  return out;
}

}  // namespace litopys
