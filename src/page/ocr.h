// Pictures of text, through Tesseract (Ukrainian, Russian, English) in a process of its own (page/child.h); pages of scanned PDF are drawn
// by poppler's pdftoppm first. Only when asked for: it takes seconds a page, and what it reads is a guess.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "intake/item.h"
#include "page/content.h"

namespace litopys {

// PNG, JPEG, TIFF, WebP, GIF, BMP or PNM, by its first bytes.
[[nodiscard]] bool looks_like_image(std::string_view head);

// What Tesseract reads in a picture, or in the first 200 pages of a PDF at 200 dots an inch: paragraphs, with an empty line between them,
// and a form feed between pages; one at the end says that there are more pages. Empty: no text was found. Errors: kUnreadable (a program is
// not there), kMalformed (no picture after all), kLimit (too slow, too large).
[[nodiscard]] Result<std::string> transcript_of_image(const Item& item);
[[nodiscard]] Result<std::string> transcript_of_pdf(const Item& item);

// A transcript as content; a note says that it was read by OCR. Takes any bytes. Error: kMalformed where there is no text in it.
[[nodiscard]] Result<Content> read_transcript(const Item& item, std::string_view transcript);

}  // namespace litopys
