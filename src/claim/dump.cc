// The sentence is broken into lines of the terminal; under each line the spans of `why` that touch it are drawn as carets with the
// names of their slots, each on the first row that has room. What a slot rests on elsewhere (a place or a voice carried from an earlier
// sentence) is quoted beside the slot.
#include "claim/dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/utf8.h"

namespace litopys {
namespace {

struct Mark {
  Span span;
  std::string label;
};

bool inside(Span span, const std::string& text) { return span.begin <= span.end && span.end <= text.size(); }

// Words of the text on one line, cut after `limit` letters.
std::string shown(std::string_view words, std::size_t limit) {
  std::string out;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < words.size();) {
    const utf8::Decoded got = utf8::decode(words, i);
    if (++letters > limit) return out + "…";
    utf8::append(out, got.value < 0x20 ? U' ' : got.value);
    i += got.size;
  }
  return out;
}

// One mark for each place, with the names of all slots that rest on it, in the order of the text.
std::vector<Mark> marks_of(const Claim& claim, const std::string& text) {
  std::vector<Mark> out;
  for (const Why& why : claim.why) {
    for (const Span& span : why.spans) {
      if (span.empty() || !inside(span, text) || !claim.span.covers(span)) continue;
      const auto same = std::find_if(out.begin(), out.end(), [&](const Mark& m) { return m.span == span; });
      if (same == out.end()) {
        out.push_back({span, why.slot});
      } else if (same->label.find(why.slot) == std::string::npos) {
        same->label += "," + why.slot;
      }
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Mark& a, const Mark& b) { return a.span < b.span; });
  return out;
}

// Columns are code points: combining marks and wide letters are rare in the three languages.
std::size_t columns(const std::string& text, std::uint32_t from, std::uint32_t to) {
  return utf8::count_code_points(std::string_view(text).substr(from, to - from));
}

void underline(std::string& out, const std::string& text, Span line, const std::vector<Mark>& marks) {
  std::vector<std::string> rows;
  for (const Mark& mark : marks) {
    if (!mark.span.overlaps(line)) continue;
    const std::uint32_t begin = std::max(mark.span.begin, line.begin);
    const std::uint32_t end = std::min(mark.span.end, line.end);
    const std::size_t column = columns(text, line.begin, begin);
    std::string drawn(std::max<std::size_t>(1, columns(text, begin, end)), '^');
    if (mark.span.end <= line.end) drawn += " " + mark.label;  // the name stands where the mark ends
    auto row = std::find_if(rows.begin(), rows.end(), [&](const std::string& r) { return r.empty() || r.size() < column; });
    if (row == rows.end()) row = rows.insert(rows.end(), std::string{});
    row->resize(column, ' ');
    *row += drawn;
  }
  for (const std::string& row : rows) out += "  | " + row + "\n";
}

// Breaks the sentence at blanks and line ends; gives the lines' spans without the blanks between them.
std::vector<Span> wrapped(const std::string& text, Span sentence, std::size_t width) {
  std::vector<Span> out;
  std::uint32_t begin = sentence.begin, blank = sentence.begin;
  std::size_t column = 0;
  const auto close = [&](std::uint32_t end) {
    if (end > begin) out.push_back({begin, end});
  };
  for (std::uint32_t i = sentence.begin; i < sentence.end;) {
    const utf8::Decoded got = utf8::decode(text, i);
    if (got.value == U'\n' || got.value == U'\r') {
      close(i);
      begin = blank = i + got.size;
      column = 0;
    } else {
      if (got.value == U' ') blank = i;
      if (++column > width && blank > begin) {
        close(blank);
        begin = blank + 1;
        blank = begin;
        column = columns(text, begin, i + got.size);
      }
    }
    i += got.size;
  }
  close(sentence.end);
  return out;
}

std::string figure_words(const Figure& figure) {
  std::string out = fmt::format("{} {}", name(figure.bound), figure.value.str());
  if (figure.value2) out += ".." + figure.value2->str();
  return out + " " + std::string(name(figure.unit));
}

std::string value_of(const Claim& claim, std::string_view slot) {
  if (slot == "measure") return claim.measure;
  if (slot == "figure") return claim.figure ? figure_words(*claim.figure) : "-";
  if (slot == "places") return claim.places.empty() ? "-" : fmt::format("{}", fmt::join(claim.places, ", "));
  if (slot == "when") return claim.when ? claim.when->str() : "-";
  if (slot == "sources") return claim.sources.empty() ? "-" : fmt::format("{}", fmt::join(claim.sources, " > "));
  if (slot == "side") return std::string(name(claim.side));
  if (slot == "stance") return std::string(name(claim.stance));
  if (slot == "credence") return std::string(name(claim.credence));
  if (slot == "targets") return claim.targets.empty() ? "-" : fmt::format("{}", fmt::join(claim.targets, ", "));
  return "-";
}

std::string elsewhere(const Claim& claim, const Why& why, const std::string& text) {
  constexpr std::size_t kShown = 50;
  std::string out;
  for (const Span& span : why.spans) {
    if (span.empty() || !inside(span, text) || claim.span.covers(span)) continue;
    const auto line = 1 + std::count(text.begin(), text.begin() + span.begin, '\n');
    out += fmt::format(" \"{}\" in line {}", shown(span.of(text), kShown), line);
  }
  return out;
}

}  // namespace

std::string explain(const ClaimDocument& document, std::size_t width) {
  static constexpr std::string_view kSlots[] = {"measure", "figure", "places", "when", "sources", "side", "stance", "credence", "targets"};
  std::string out = fmt::format("{}  {}  published {}  {} claims\n", document.id, code(document.language),
                                document.published.value_or("unknown"), document.claims.size());
  if (document.title) out += fmt::format("  title  {}\n", shown(*document.title, width));
  for (const std::string& note : document.notes) out += fmt::format("  note   {}\n", note);
  std::size_t number = 0;
  for (const Claim& claim : document.claims) {
    out += fmt::format("\n#{} {} {:.2f}\n", ++number, claim.measure, claim.confidence);
    if (claim.span.empty() || !inside(claim.span, document.text)) {
      out += fmt::format("  | {}\n", shown(claim.quote, claim.quote.size()));
    } else {
      const auto marks = marks_of(claim, document.text);
      for (const Span& line : wrapped(document.text, claim.span, std::max<std::size_t>(width, 20))) {
        out += fmt::format("  | {}\n", shown(line.of(document.text), line.size()));
        underline(out, document.text, line, marks);
      }
    }
    for (const std::string_view slot : kSlots) {
      const std::string value = value_of(claim, slot);
      std::string reasons;
      for (const Why& why : claim.why) {
        if (why.slot != slot) continue;
        reasons += fmt::format("  ({}{}{}{})", why.rule, elsewhere(claim, why, document.text), why.note.empty() ? "" : "; ", why.note);
      }
      if (value == "-" && reasons.empty()) continue;
      out += fmt::format("    {:<9} {}{}\n", slot, value, reasons);
    }
  }
  return out;
}

}  // namespace litopys
