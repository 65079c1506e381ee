// Items that are neither a page nor plain text by themselves (a message of an export, an item of a feed, a mail, a row of a table, PDF,
// DOCX, ODT, MHTML) as what they hold: a text, or a page, with the way back to the item's bytes and what is said of it beside the text.
//
//   auto content = content_of(item);          // nullopt: a page or plain text, read as it is
//
// Which format it is: the item's origin says so where a splitter made it (intake/container.h), else its bytes do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"
#include "intake/item.h"
#include "page/document.h"

namespace litopys {

// Lines that begin inside `span` are junk, for a reason that only the format knows ("page number").
struct JunkMark {
  Span span;  // bytes of Content::text
  std::string reason;
};

struct Content {
  std::string text;              // well-formed UTF-8; of a page its HTML
  std::vector<SourcePiece> map;  // text bytes to item bytes; empty means identity
  std::string encoding = "UTF-8";
  std::vector<std::string> notes;
  bool page = false;                              // `text` is HTML, to be read as a page
  bool titled = false;                            // the first line of `text` is the title
  bool message = false;                           // a post of a channel: a single line is its text, not a title
  std::optional<std::string> title, outlet, url;  // where the item's own bytes say so
  std::vector<DateEvidence> evidence;             // best first
  std::optional<Date> published;                  // where the item's own bytes fix it (a mail's Date)
  std::vector<JunkMark> junk;                     // ascending
};

// How an error ends that OCR would help.
inline constexpr std::string_view kNeedsOcr = "needs --ocr";

// What programs outside may be asked.
struct ContentOptions {
  bool ocr = false;  // scanned PDF and images may be read by Tesseract (page/ocr.h)
};

// Errors: kMalformed, kLimit with item, place and reason. O(bytes) but for PDF and OCR, which run in a process of their own with limits.
[[nodiscard]] Result<std::optional<Content>> content_of(const Item& item, const ContentOptions& options = {});

// What Tesseract reads in the item, where that is what it takes: a picture, or a PDF of pictures. Nullopt for everything else. An item that
// has it as its `transcript` is read from that alone. Errors as of transcript_of_image (page/ocr.h). Seconds a page.
[[nodiscard]] Result<std::optional<std::string>> transcript_of(const Item& item);

// Marks the lines of content.junk and the title line, before lines are judged.
void mark_lines(const Content& content, std::vector<Line>& lines);

// After the text was read: what the format says of title, address and date comes first, what the text itself says stays as evidence.
void state_content(Document& document, const Content& content);

// What the container says (title, outlet, address, date). It comes first where the item has a format of its own; a file by itself (a page
// in an archive) says these things better, and only what it leaves open is taken. The date of a forwarding is evidence and no more.
void state_origin(Document& document, const Origin& origin);

// --- for the formats ---------------------------------------------------------------------------------------------------------------

// Appends `text` with its map (to item bytes; empty: exact from item byte `item_begin` on) to what is there already.
void append_mapped(Content& content, std::string_view text, const std::vector<SourcePiece>& map, std::uint32_t item_begin = 0);

// Appends the visible text of a piece of HTML, a line a block. `map` as above.
void append_html(Content& content, std::string_view html, const std::vector<SourcePiece>& map, std::uint32_t item_begin = 0);

// The calendar day of an ISO 8601 time.
[[nodiscard]] std::optional<Date> day_of(std::string_view iso);

// How errors name an item.
[[nodiscard]] const std::string& name_of(const Item& item);

}  // namespace litopys
