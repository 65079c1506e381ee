// The table of formats, and what they share.
#include "page/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "intake/mail.h"
#include "intake/mime.h"
#include "page/blocks.h"
#include "page/message.h"
#include "page/mhtml.h"
#include "page/ocr.h"
#include "page/office.h"
#include "page/pdf.h"
#include "page/source_map.h"

namespace litopys {
namespace {

struct NamedFormat {
  std::string_view name;  // the first word of Origin::format
  Result<Content> (*read)(const Item&);
};
constexpr NamedFormat kNamed[] = {
    {"telegram-message", read_telegram_message},
    {"telegram-html", read_telegram_html},
    {"feed-item", read_feed_item},
    {"mail", read_mail},
    {"csv-row", read_table_row},
    {"jsonl-row", read_json_row},
};

// By content, for items that have no format of their own.
struct KnownFormat {
  bool (*looks_like)(std::string_view head);
  Result<Content> (*read)(const Item&);
};
constexpr KnownFormat kKnown[] = {
    {looks_like_mhtml, read_mhtml},
    {looks_like_mail, read_mail},
    {looks_like_office, read_office},
};
constexpr std::size_t kHead = 65536;

bool is_of_pictures(const Result<Content>& pdf) {
  return !pdf && pdf.error().kind == ErrorKind::kLimit && pdf.error().next.ends_with(kNeedsOcr);
}

Result<Content> transcribed(const Item& item, Result<std::string> transcript) {
  if (!transcript) return tl::unexpected(std::move(transcript.error()));
  return read_transcript(item, *transcript);
}

Result<std::optional<Content>> checked(Result<Content> content, const Item& item) {
  if (!content) return tl::unexpected(std::move(content.error()));
  if (content->text.empty()) return fail(ErrorKind::kMalformed, name_of(item), "", "holds no text", "kept, not read");
  return std::optional<Content>(std::move(*content));
}

}  // namespace

const std::string& name_of(const Item& item) { return item.path.empty() ? item.id : item.path; }

std::optional<Date> day_of(std::string_view iso) {
  if (iso.size() < 10) return std::nullopt;
  return Date::parse(iso.substr(0, 10));
}

Result<std::optional<Content>> content_of(const Item& item, const ContentOptions& options) {
  if (item.transcript) return checked(read_transcript(item, *item.transcript), item);
  const bool ocr = options.ocr && !item.as_kept;
  const std::string_view format = std::string_view(item.origin.format).substr(0, item.origin.format.find(' '));
  for (const NamedFormat& named : kNamed) {
    if (named.name == format) return checked(named.read(item), item);
  }
  if (format.empty()) {
    const std::string_view head = std::string_view(item.bytes).substr(0, kHead);
    if (looks_like_pdf(head)) {
      Result<Content> content = read_pdf(item);
      if (ocr && is_of_pictures(content)) content = transcribed(item, transcript_of_pdf(item));
      return checked(std::move(content), item);
    }
    if (looks_like_image(head)) {
      if (ocr) return checked(transcribed(item, transcript_of_image(item)), item);
      return fail(ErrorKind::kLimit, name_of(item), "", "a picture", fmt::format("kept, not read; {}", kNeedsOcr));
    }
    for (const KnownFormat& known : kKnown) {
      if (known.looks_like(head)) return checked(known.read(item), item);
    }
  }
  return std::optional<Content>();
}

Result<std::optional<std::string>> transcript_of(const Item& item) {
  if (!item.origin.format.empty()) return std::optional<std::string>();
  const auto given = [](Result<std::string> transcript) -> Result<std::optional<std::string>> {
    if (!transcript) return tl::unexpected(std::move(transcript.error()));
    return std::optional(*std::move(transcript));
  };
  const std::string_view head = std::string_view(item.bytes).substr(0, kHead);
  if (looks_like_pdf(head)) {
    if (is_of_pictures(read_pdf(item))) return given(transcript_of_pdf(item));
  } else if (looks_like_image(head)) {
    return given(transcript_of_image(item));
  }
  return std::optional<std::string>();
}

void append_mapped(Content& content, std::string_view text, const std::vector<SourcePiece>& map, std::uint32_t item_begin) {
  const auto base = static_cast<std::uint32_t>(content.text.size());
  if (!text.empty()) {
    if (map.empty() || map.front().text_begin > 0) append_piece(content.map, {base, item_begin, true});
    for (const SourcePiece& piece : map) {
      if (piece.text_begin < text.size()) append_piece(content.map, {base + piece.text_begin, piece.item_begin, piece.exact});
    }
  }
  content.text.append(text);
}

void append_html(Content& content, std::string_view html, const std::vector<SourcePiece>& map, std::uint32_t item_begin) {
  const html::Page page = html::read_blocks(html);
  const std::vector<SourcePiece> outer = map.empty() ? std::vector<SourcePiece>{{0, item_begin, true}} : map;
  append_mapped(content, page.text, page.map.empty() ? outer : composed(page.map, outer));
}

void mark_lines(const Content& content, std::vector<Line>& lines) {
  std::size_t mark = 0;
  for (Line& line : lines) {
    while (mark < content.junk.size() && content.junk[mark].span.end <= line.span.begin) ++mark;
    if (mark == content.junk.size()) break;
    if (!content.junk[mark].span.contains(line.span.begin)) continue;
    line.kind = LineKind::junk;
    line.reason = content.junk[mark].reason;
  }
}

void state_content(Document& document, const Content& content) {
  if (content.titled && !document.lines.empty()) {
    for (Line& line : document.lines) {
      if (line.kind == LineKind::title) line.kind = LineKind::article;
    }
    document.lines.front().kind = LineKind::title;
    document.lines.front().reason.clear();
  }
  if (content.message) {
    const auto said = [](const Line& line) { return !line.span.empty() && line.kind != LineKind::junk; };
    const auto only = std::find_if(document.lines.begin(), document.lines.end(), said);
    if (only != document.lines.end() && std::none_of(only + 1, document.lines.end(), said) && only->kind == LineKind::title) {
      only->kind = LineKind::article;
      document.title.reset();
    }
  }
  if (content.title) document.title = content.title;
  if (content.outlet) document.outlet = content.outlet;
  if (content.url) document.url = content.url;
  if (content.published) {
    document.published = content.published;
    document.evidence.insert(document.evidence.begin(), content.evidence.begin(), content.evidence.end());
  } else {
    document.evidence.insert(document.evidence.end(), content.evidence.begin(), content.evidence.end());
  }
}

void state_origin(Document& document, const Origin& origin) {
  const bool first = !origin.format.empty();
  if (!origin.url.empty() && (first || !document.url)) document.url = origin.url;
  if (!origin.outlet.empty() && (first || !document.outlet)) document.outlet = origin.outlet;
  if (!origin.title.empty() && !document.title) document.title = origin.title;
  if (!origin.forwarded_from.empty()) document.notes.push_back("forwarded from " + origin.forwarded_from);
  const std::optional<Date> day = day_of(origin.published);
  if (!day) return;
  const DateEvidence evidence{origin.published_from, origin.published, *day};
  const auto same = [&](const DateEvidence& known) { return known.from == origin.published_from && known.date == *day; };
  if (std::any_of(document.evidence.begin(), document.evidence.end(), same)) return;  // the item's own bytes say it too
  const bool forwarding = origin.published_from.ends_with("of the forwarding");
  if (first && !forwarding) {
    document.evidence.insert(document.evidence.begin(), evidence);
    document.published = *day;
  } else {
    document.evidence.push_back(evidence);
    if (!forwarding && !document.published) document.published = *day;
  }
}

}  // namespace litopys
