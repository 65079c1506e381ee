// The kinds of rows that the program understands, and what `gives` may say in each. Add a kind here when a stage asks for it; a kind
// that is not listed loads too, with free `gives` and options, so that a codebook may run ahead of the program.
#pragma once

#include <span>
#include <string_view>

namespace litopys {

enum class Gives : unsigned char { free, required, bound, unit, side, stance, credence, measure, target };

struct KindRule {
  std::string_view kind;
  Gives gives = Gives::free;       // required: any word, but not empty
  bool may_be_empty = false;       // for a closed vocabulary: "" is allowed too
  std::string_view options = "*";  // option keys split by blanks; "*": any
};

// The rule of a kind; a free one for a kind that is not listed.
[[nodiscard]] KindRule kind_rule(std::string_view kind);

// All listed kinds, for suggestions.
[[nodiscard]] std::span<const std::string_view> known_kinds();

}  // namespace litopys
