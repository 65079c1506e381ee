// One line a kind. Vocabularies themselves stand in vocabulary.h (closed ones) and in the codebook (measures, targets).
#include "codebook/kinds.h"

#include <array>

namespace litopys {
namespace {

constexpr KindRule kKinds[] = {
    // kind, gives, may be empty, options
    {"bound", Gives::bound},                              // mention/quantity: words beside a number
    {"unit", Gives::unit},                                // mention/quantity: counted nouns
    {"place", Gives::required, false, "*"},               // mention/place: phrases for a territory; gives = GUIDE code
    {"place-context", Gives::required, false},            // mention/place: what words beside a place say of it
    {"name-ending", Gives::free, true, "forms keeps"},    // mention/names: endings and what takes their place
    {"adjective-ending", Gives::free, true, ""},          // mention/names: endings of an adjective
    {"town-adjective", Gives::required, false, "keeps"},  // mention/place: how a town's adjective is made
    {"given-name", Gives::free, true, ""},                // mention/actor: first names
    {"title", Gives::side, true, ""},                     // mention/actor: words before or after a name
    {"cue", Gives::measure, false, "*"},                  // mention/cue, reader: words of a measure
    {"subject", Gives::required, false, "*"},             // mention/cue: words that mark the campaign; gives = a word class
    {"setting", Gives::required, false, "*"},             // mention/cue: words that tie a text to the campaign's place and actors
    {"concept", Gives::required, false, "*"},             // mention/cue: words that several languages share; gives = a word class
    {"target-group", Gives::target, false, "*"},          // claim/target
    {"stance", Gives::stance, false, "*"},                // claim/stance
    {"credence", Gives::credence, false, "*"},            // claim/voice
    {"screen", Gives::free, true, ""},                    // intake/screen: stems sought in raw bytes
    {"topic", Gives::free, true, ""},                     // reader/topic: without one a document is about something else
    {"topic-setting", Gives::free, true, "places"},       // reader/topic: so it is without one of these
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
