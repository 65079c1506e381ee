// PDF with a text layer, through poppler's pdftotext in a process of its own (page/child.h).
#pragma once

#include <string_view>

#include "base/result.h"
#include "intake/item.h"
#include "page/content.h"

namespace litopys {

[[nodiscard]] bool looks_like_pdf(std::string_view head);

// The text in reading order, lines joined to paragraphs again by where they stand on the page: columns one after the other, hyphens at line
// ends taken out, a sentence that runs over a page's end made whole. Lines that pages repeat at their top or bottom are marked "running
// head", page numbers "page number", what a browser prints in the margin "printed address" (taken as the address) and "printed date". The
// date of making is evidence, never the date of publication. All of the text maps to byte 0.
//
// Errors: kMalformed (no PDF after all, locked by a password, damaged), kLimit (too slow, too large, a picture of text without a text
// layer), kUnreadable (poppler is not there).
[[nodiscard]] Result<Content> read_pdf(const Item& item);

// What pdftotext -bbox-layout says of a file, as a text with junk marked. Split from the above to be tested and fuzzed by itself; takes any
// bytes. `pages` is how many there are.
[[nodiscard]] Content content_of_layout(std::string_view xhtml, std::size_t& pages);

}  // namespace litopys
