// Bytes of an item as UTF-8 text, and how sure that is.
//
//   Result<DecodedText> got = decode(item.bytes, {.item = item.path});
//   got->text, got->encoding == "windows-1251", got->notes == {"declared as UTF-8, read as windows-1251"}
//
// What counts, strongest first: a byte order mark; the zero bytes of UTF-16 and UTF-32; validity as UTF-8 (a long text that is valid UTF-8
// and not ASCII is UTF-8 whatever it declares); the transport's word; the document's own (meta element anywhere in the head, XML
// declaration); letter statistics among the encodings that Cyrillic pages had, which also have the last word where a declared one gives no
// words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "page/document.h"

namespace litopys {

struct DecodeHints {
  std::string_view item;       // names the item in errors
  std::string_view transport;  // charset of a MIME or HTTP header, empty when there is none
  bool borrow = false;         // bytes that are the text already are not copied: `text` stays empty, `same` says so
};

struct DecodedText {
  std::string text;              // well-formed UTF-8 without byte order mark; zero bytes and malformed sequences are U+FFFD
  std::string encoding;          // "UTF-8", "windows-1251", "KOI8-U", "UTF-16LE", ...
  std::vector<SourcePiece> map;  // text bytes to item bytes; empty means identity
  std::vector<std::string> notes;
  bool same = false;    // the item's bytes are the text (asked for with `borrow`)
  bool broken = false;  // the text is mojibake: decoded once too often before it came here. Nothing in it can be read
};

// Errors (kMalformed): an empty item, one of nothing but white space, one that looks binary. kLimit: more bytes than 32-bit offsets
// reach. Everything else decodes. O(bytes); memory two to three times the text.
[[nodiscard]] Result<DecodedText> decode(std::string_view bytes, const DecodeHints& hints = {});

// The charset that an HTML or XML document declares in its first mebibyte, "" where it declares none. As written, not checked.
[[nodiscard]] std::string declared_charset(std::string_view bytes);

// Whether bytes are a page rather than plain text: by what they hold, never by a file name.
[[nodiscard]] bool looks_like_html(std::string_view bytes);

}  // namespace litopys
