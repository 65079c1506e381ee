// XML read front to back with expat, made safe for files from anywhere: no document is fetched, no entity is expanded but the five of XML
// and the common ones of HTML, a file that declares entities of its own is refused, nesting has an end.
//
//   XmlOutcome end = read_xml(bytes, {.begin = ..., .end = ..., .text = ...});
//   if (!end.whole) ...end.problem, end.at...
//
// Names come as written, prefix and all ("content:encoded"); prefixes need no declaration, so that a part of a document can be read.
// Encodings: those of XML, and every one-byte encoding that ICU knows ("windows-1251", "KOI8-U").
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace litopys {

struct XmlAttribute {
  std::string_view name, value;
};

// Bytes [begin, end) of the input that an event comes from.
struct XmlPlace {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Each may be empty; each gives false to stop the reading. All text is UTF-8 and lives as long as the call.
struct XmlHandlers {
  std::function<bool(std::string_view name, std::span<const XmlAttribute> attributes, XmlPlace place)> begin = {};
  std::function<bool(std::string_view name, XmlPlace place)> end = {};
  std::function<bool(std::string_view text, XmlPlace place)> text = {};  // in pieces, as they come
};

struct XmlOptions {
  std::string encoding = {};  // overrides the declaration; "" to take the document's own word
  std::size_t deepest = 256;  // elements open at once
  std::size_t begin = 0;      // reading begins here, as if nothing stood before; places still count from the beginning of the bytes
};

struct XmlOutcome {
  bool whole = false;    // the document was read to its end
  bool stopped = false;  // a handler stopped it
  bool refused = false;  // it declares entities, or is nested too deep
  std::size_t at = 0;    // where it ended, in bytes of the input
  std::string problem;   // why, where it is neither whole nor stopped
};

// O(bytes). Inputs over 2 GB are read up to there and refused.
[[nodiscard]] XmlOutcome read_xml(std::string_view bytes, const XmlHandlers& handlers, const XmlOptions& options = {});

// The encoding that a byte order mark or an XML declaration names, as written; "UTF-8" where neither does, or where it cannot be that.
[[nodiscard]] std::string xml_encoding(std::string_view bytes);

}  // namespace litopys
