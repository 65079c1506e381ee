#include "mention/place_street.h"

#include <algorithm>

namespace litopys {

bool agree_as_name(const Text& text, std::uint32_t noun, std::uint32_t adjective) {
  const auto nouns = text.readings_of(text.tokens[noun]);
  const auto adjectives = text.readings_of(text.tokens[adjective]);
  return std::any_of(adjectives.begin(), adjectives.end(), [&](const Reading& a) {
    if (a.part != PartOfSpeech::adjective || a.number == Number::plural) return false;
    return std::any_of(nouns.begin(), nouns.end(), [&](const Reading& n) {
      if (n.part != PartOfSpeech::noun || n.number == Number::plural) return false;
      const bool gender = n.gender == Gender::unknown || a.gender == Gender::unknown || n.gender == a.gender;
      return n.grammatical_case == a.grammatical_case && gender;
    });
  });
}

}  // namespace litopys
