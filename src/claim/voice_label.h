// The name before a turn of a conversation: "HOST:", "Daryna Voloshko, host:", "V. K.", "[Nick_7]". Used by voice_turns.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/span.h"

namespace litopys {

// What stands behind the name: "HOST:", "Host.", "[Host]".
enum class LabelMark : unsigned char { colon, stop, bracket };

struct TurnLabel {
  Span span;              // the name
  Span named;             // a name in brackets behind it: "PROSECUTION (D. VOLOSHKO)"; empty as a rule
  std::uint32_t end = 0;  // byte behind the mark
  std::uint32_t sentence = 0;
  LabelMark mark = LabelMark::colon;
  bool initials = false;  // "L.", "V. K.": letters and nothing else
};

// The label with which the line that begins at byte `begin` of `text` opens, sentence left at 0. Looks at two hundred bytes at most.
[[nodiscard]] std::optional<TurnLabel> turn_label(std::string_view text, std::uint32_t begin);

}  // namespace litopys
