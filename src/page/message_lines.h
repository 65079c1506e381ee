// Lines that were broken to fit a width, made paragraphs again: of mails in plain text and of PDF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page/document.h"

namespace litopys {

struct JoinedLines {
  std::string text;
  std::vector<SourcePiece> map;  // to the text that came in
};

// A line goes on in the next one where that one's first word would not have fitted into the width that the lines of `text` keep to. Empty
// lines, list items, quotes (">") and headings in between stay lines of their own; a text that keeps to no width is given back as it is.
// A hyphen at a line's end is taken out where small letters stand on both sides ("паспор-\nтизація"). O(text).
[[nodiscard]] JoinedLines join_lines(std::string_view text);

// The same by the marks of RFC 3676 (format=flowed): a space before the line end says that the line goes on.
[[nodiscard]] JoinedLines join_flowed(std::string_view text);

}  // namespace litopys
