// Everything that the mention stage saw in a sentence as one list, each thing with its normal form and the row or name that it came by:
// what `litopys explain` shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codebook/codebook.h"
#include "mention/mention.h"

namespace litopys {

enum class SeenKind : unsigned char { figure, time, place, actor, voice, cue };
template <>
struct Names<SeenKind> {
  static constexpr std::array<std::string_view, 6> all = {"figure", "time", "place", "actor", "voice", "cue"};
};

struct SeenThing {
  SeenKind kind = SeenKind::cue;
  Span span;           // bytes of Document::text
  std::string normal;  // "over 2000000 passport", "../2024-09", "UA-65/Skadovsk", "Ivan Fedorov (ukraine)", "issuance"
  std::string rule;    // codebook row, gazetteer id or rule: what to open to change it; "" where a form of letters or digits decided
};

// By kind in the order above, each kind by span.
[[nodiscard]] std::vector<SeenThing> seen_in(const Mentions& mentions, const Codebook& book);

}  // namespace litopys
