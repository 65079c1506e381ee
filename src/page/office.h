// Text documents of offices: DOCX (ECMA-376, WordprocessingML) and ODT (OpenDocument 1.3).
#pragma once

#include <string_view>

#include "base/result.h"
#include "intake/item.h"
#include "page/content.h"

namespace litopys {

// A ZIP (that the intake did not take for an archive), an old Word file, or RTF.
[[nodiscard]] bool looks_like_office(std::string_view head);

// Paragraphs, headings and rows of tables, a line each, footnotes after the text; deleted, hidden and commented text is left out. The dates
// of making and of the last change are evidence, never the date of publication. All of the text maps to byte 0.
//
// Errors: kMalformed (damaged, locked, no text document: a spreadsheet, slides, the old Word format, RTF), kLimit (over 64 MB of XML).
[[nodiscard]] Result<Content> read_office(const Item& item);

// The parts of the two formats, for tests and fuzzing: XML to text. A note in `content` tells of XML that is not well-formed.
void append_word_xml(Content& content, std::string_view xml);
void append_odt_xml(Content& content, std::string_view xml);

}  // namespace litopys
