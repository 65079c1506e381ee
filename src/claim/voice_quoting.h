// Where quotations run over the ends of sentences. Used by voice.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "page/document.h"
#include "text/text.h"

namespace litopys {

struct Quoting {
  bool open_before = false;
  bool open_after = false;
  bool starts = false;  // the sentence begins with an opening mark or inside a quotation
};

// One a sentence, in order. Linear in the text.
[[nodiscard]] std::vector<Quoting> quotings(const Document& document, const Text& text);

}  // namespace litopys
