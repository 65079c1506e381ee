// A document as readable lines, and back: what `litopys dump page` prints is accepted as the input of the next stage.
//
//   # litopys page 1
//   id: en-1
//   encoding: UTF-8
//   language: en
//   title: The queue
//   published: 2024-05
//   evidence: 2024-05 | line 2 | May 2024
//   note: 3 malformed byte sequences replaced, the first at byte 12
//   line ends: lf, also the last
//
//      1 title           | The queue
//      2 article         |
//      3 junk (teaser)   | Read also: The other queue
//
// Keys without a value are left out. Backslash, CR and LF within a value stand as \\, \r, \n. `line ends` is lf, crlf, cr or mixed; in a
// mixed text each line shows its own end. The map to the item's bytes is not part of it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "page/document.h"

namespace litopys {

// parse_dump(dump(d)) gives the same document, map aside. O(bytes).
[[nodiscard]] std::string dump(const Document& document);

// Errors (kMalformed) name the line and what was expected there.
[[nodiscard]] Result<Document> parse_dump(std::string_view text);

// Whether a text is a dump, by its first line.
[[nodiscard]] bool is_page_dump(std::string_view text);

}  // namespace litopys
