// The stages of reading as something to look at and to go on from: `litopys dump`.
//
// A dump is one JSON object: {"stage": "text", then the fields of the document, "text", and what the stages up to that one made: "tokens",
// "sentences", "mentions"}. One thing a line, defaults left out, spans in code points of "text". Given back as input, the stages after it
// run on what it says, also where a person changed it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

enum class Stage : unsigned char { page, text, mention, claim };
template <>
struct Names<Stage> {
  static constexpr std::array<std::string_view, 4> all = {"page", "text", "mention", "claim"};
};

struct Staged {
  Stage stage = Stage::page;
  Document document;
  Text text;                       // from Stage::text on
  std::vector<Mentions> mentions;  // from Stage::mention on, one a sentence
};

[[nodiscard]] std::string dump_of(const Staged& staged, const Codebook& book);

// True where bytes look like a dump and not like a report.
[[nodiscard]] bool is_dump(std::string_view bytes);

// Errors (kMalformed) name the key. Spans, token numbers and line numbers are checked: what is read is safe to go on from.
[[nodiscard]] Result<Staged> staged_of(std::string_view bytes, const std::string& item, const Codebook& book);

}  // namespace litopys
