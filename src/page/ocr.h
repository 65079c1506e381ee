// Pictures of text, through Tesseract (Ukrainian, Russian, English) in a process of its own (page/child.h); pages of scanned PDF are drawn
// by poppler's pdftoppm first. Only when asked for: it takes seconds a page, and what it reads is a guess.
#pragma once

#include <string_view>

#include "base/result.h"
#include "intake/item.h"
#include "page/content.h"

namespace litopys {

// PNG, JPEG, TIFF, WebP, GIF, BMP or PNM, by its first bytes.
[[nodiscard]] bool looks_like_image(std::string_view head);

// The text of a picture, or of the first 200 pages of a PDF at 200 dots an inch; a note says that it was read by OCR. Lines are joined to
// paragraphs. Errors: kUnreadable (a program is not there), kMalformed (no picture after all, no text found), kLimit (too slow, too large).
[[nodiscard]] Result<Content> read_image(const Item& item);
[[nodiscard]] Result<Content> read_scanned_pdf(const Item& item);

}  // namespace litopys
