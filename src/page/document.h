// A document: the readable text of one item, its lines judged, its head data with the evidence for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/edtf.h"
#include "base/language.h"
#include "base/span.h"

namespace litopys {

enum class LineKind : unsigned char { article, title, junk };

struct Line {
  Span span;  // bytes of Document::text, without the line end
  LineKind kind = LineKind::article;
  std::string reason;  // why it is junk ("teaser", "cookie", "share", ...); empty otherwise
};

// One thing that speaks for a publication date. Disagreements are kept.
struct DateEvidence {
  std::string from;   // "json-ld datePublished", "meta article:published_time", "time", "url", "dateline", "line 2"
  std::string words;  // as written
  Date date;
};

// Where a stretch of text came from: text bytes [text_begin, next piece's text_begin) start at item byte `item_begin`. A piece with
// `exact` maps byte by byte; otherwise (entity, another encoding, folded white space) the whole piece maps to `item_begin`.
struct SourcePiece {
  std::uint32_t text_begin = 0;
  std::uint32_t item_begin = 0;
  bool exact = true;
};

struct Document {
  std::string id;
  std::string path;
  std::string text;  // UTF-8; for plain text the item's own text, decoded, without BOM, nothing else changed
  Language language = Language::other;
  std::optional<std::string> title, outlet, url;
  std::optional<std::string> byline;   // who signed it (page/byline.h); of this stage alone: no claim, record or casebook holds it
  std::optional<Date> published;       // null when neither header nor text fixes it
  std::vector<DateEvidence> evidence;  // best first
  std::vector<Line> lines;             // of `text`, in order; line numbers are index + 1
  std::vector<SourcePiece> map;        // ascending text_begin; empty means identity
  std::string encoding;                // as decoded: "UTF-8", "windows-1251", "UTF-16LE", ...
  std::vector<std::string> notes;      // what a reader should know: "3 malformed bytes replaced", "nesting capped at 512"
};

}  // namespace litopys
