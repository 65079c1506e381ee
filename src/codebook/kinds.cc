// One line a kind. Vocabularies themselves stand in vocabulary.h (closed ones) and in the codebook (measures, targets).
#include "codebook/kinds.h"

#include <array>

namespace litopys {
namespace {

constexpr KindRule kKinds[] = {
    // kind, gives, may be empty, options
    {"bound", Gives::bound},                      // mention/quantity: words beside a number
    {"unit", Gives::unit},                        // mention/quantity: counted nouns
    {"place", Gives::required, false, "*"},       // mention/place: phrases for a territory; gives = GUIDE code
    {"title", Gives::side, true, "*"},            // mention/actor: words before or after a name
    {"office", Gives::side, true, "*"},           // mention/actor: heads of bodies and offices
    {"voice", Gives::side, true, "*"},            // mention/actor: nameless speakers
    {"cue", Gives::measure, false, "*"},          // mention/cue, reader: words of a measure
    {"subject", Gives::required, false, "*"},     // mention/cue: words that mark the campaign; gives = a word class
    {"concept", Gives::required, false, "*"},     // mention/cue: words that several languages share; gives = a word class
    {"target-group", Gives::target, false, "*"},  // claim/target
    {"stance", Gives::stance, false, "*"},        // claim/stance
    {"credence", Gives::credence, false, "*"},    // claim/voice
};

constexpr auto kNames = [] {
  std::array<std::string_view, std::size(kKinds)> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kKinds[i].kind;
  return names;
}();

}  // namespace

KindRule kind_rule(std::string_view kind) {
  for (const KindRule& rule : kKinds) {
    if (rule.kind == kind) return rule;
  }
  return {kind, Gives::free, true, "*"};
}

std::span<const std::string_view> known_kinds() { return kNames; }

}  // namespace litopys
