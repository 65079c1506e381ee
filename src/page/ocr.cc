// A page at a time: drawn, read, forgotten, so that memory does not grow with the document.
#include "page/ocr.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "page/child.h"
#include "page/lines.h"
#include "page/message_lines.h"

namespace litopys {
namespace {

constexpr std::size_t kMostPages = 200;
constexpr char kPageEnd = '\f';
constexpr ChildLimits kDrawing{.seconds = 60, .memory = std::uint64_t{1} << 30U, .output = std::uint64_t{128} << 20U};
constexpr ChildLimits kReading{.seconds = 120, .memory = std::uint64_t{2} << 30U, .output = std::uint64_t{4} << 20U};

tl::unexpected<Error> failure(const Item& item, const ChildOutcome& outcome, std::string_view program, const ChildLimits& limits,
                              std::string_view package) {
  if (outcome.end == ChildOutcome::End::no_program) {
    return fail(ErrorKind::kUnreadable, name_of(item), "", fmt::format("{} is not installed", program),
                fmt::format("kept, not read; install {}", package));
  }
  const bool limit = outcome.end == ChildOutcome::End::too_slow || outcome.end == ChildOutcome::End::too_much;
  return fail(limit ? ErrorKind::kLimit : ErrorKind::kMalformed, name_of(item), "", trouble_of(outcome, program, limits), "kept, not read");
}

ChildOutcome recognised(std::string_view picture) {
  return run_child("tesseract", {std::string(kInput), "-", "-l", "ukr+rus+eng"}, picture, kReading);
}

// Tesseract ends a paragraph with an empty line and a page with a form feed.
std::string paragraphs(std::string_view text) {
  std::string plain = utf8::repaired(text);
  std::erase(plain, '\f');
  return std::string(trimmed(join_lines(plain).text));
}

}  // namespace

bool looks_like_image(std::string_view head) {
  using namespace std::string_view_literals;
  for (const std::string_view magic : {"\x89PNG\r\n\x1A\n"sv, "\xFF\xD8\xFF"sv, "II*\0"sv, "MM\0*"sv, "GIF87a"sv, "GIF89a"sv}) {
    if (head.starts_with(magic)) return true;
  }
  // PNM: a letter, a figure, and at once the width.
  if (head.size() > 3 && head[0] == 'P' && head[1] >= '4' && head[1] <= '6' && head[2] == '\n') return head[3] >= '0' && head[3] <= '9';
  if (head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") return true;
  return head.starts_with("BM") && head.size() > 26 && head.substr(6, 4) == "\0\0\0\0"sv && head[15] == 0 && head[17] == 0;
}

Result<std::string> transcript_of_image(const Item& item) {
  const ChildOutcome read = recognised(item.bytes);
  if (!trouble_of(read, "tesseract", kReading).empty())
    return failure(item, read, "tesseract", kReading, "tesseract-ocr, -ukr, -rus, -eng");
  return paragraphs(read.output);
}

Result<std::string> transcript_of_pdf(const Item& item) {
  std::string out;
  for (std::size_t page = 1; page <= kMostPages + 1; ++page) {
    const std::string number = std::to_string(page);
    const ChildOutcome drawn =
        run_child("pdftoppm", {"-q", "-gray", "-r", "200", "-f", number, "-l", number, std::string(kInput)}, item.bytes, kDrawing);
    // Beyond the last page there is nothing to draw, which older versions call an error.
    if (page > 1 && (drawn.end == ChildOutcome::End::exited && (drawn.status != 0 || drawn.output.empty()))) break;
    if (!trouble_of(drawn, "pdftoppm", kDrawing).empty()) return failure(item, drawn, "pdftoppm", kDrawing, "poppler-utils");
    if (page > 1) out += kPageEnd;
    if (page > kMostPages) break;
    const ChildOutcome read = recognised(drawn.output);
    if (!trouble_of(read, "tesseract", kReading).empty())
      return failure(item, read, "tesseract", kReading, "tesseract-ocr, -ukr, -rus, -eng");
    out += paragraphs(read.output);
  }
  return out;
}

Result<Content> read_transcript(const Item& item, std::string_view transcript) {
  Content content;
  const std::string whole = utf8::repaired(transcript);  // one of a hostile casebook may be anything
  std::string_view rest = whole;
  for (std::size_t page = 1; page <= kMostPages && !rest.empty(); ++page) {
    const std::string_view text = rest.substr(0, rest.find(kPageEnd));
    const bool more = text.size() < rest.size();
    rest.remove_prefix(text.size() + (more ? 1 : 0));
    if (more && page == kMostPages) content.notes.push_back(fmt::format("only the first {} pages were read", kMostPages));
    if (text.empty()) continue;
    if (!content.text.empty()) content.text += "\n\n";
    content.text += text;
  }
  if (content.text.empty()) return fail(ErrorKind::kMalformed, name_of(item), "", "a picture in which no text was found", "kept, not read");
  content.encoding = "OCR";
  content.map.push_back({0, 0, false});
  content.notes.insert(content.notes.begin(), "read from pictures by Tesseract: every word is a guess");
  return content;
}

}  // namespace litopys
