#include "mention/place_goal.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "mention/names.h"

namespace litopys {
namespace {

bool ends_in(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

}  // namespace

bool names_goal(const Gazetteer& gazetteer, const GazetteerPlace& place, Language language, std::string_view word) {
  if (language != Language::uk && language != Language::ru) return false;
  if (place.level == PlaceLevel::site) return false;  // «блокпост у Чонгарі» has a case of its own inside
  const std::string form = folded_name(word);
  constexpr std::size_t kLetter = 2;  // bytes
  if (form.size() <= kLetter) return false;
  return std::ranges::any_of(gazetteer.names_of(place), [&](const GazetteerName& known) {
    if (known.language != language) return false;
    if (utf8::is_upper(utf8::decode_before(known.text, known.text.size()).value)) return false;  // «в РФ» has no case
    std::string name = folded_name(known.text.substr(known.text.rfind(' ') + 1));
    if (name.size() != form.size()) return false;
    if (name == form) return !ends_in(name, {"о", "и", "і", "ы", "а", "я"});
    const bool feminine = (name.ends_with("а") && form.ends_with("у")) || (name.ends_with("я") && form.ends_with("ю"));
    return feminine && name.compare(0, name.size() - kLetter, form, 0, form.size() - kLetter) == 0;
  });
}

}  // namespace litopys
