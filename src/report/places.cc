#include "report/places.h"

#include <map>
#include <memory>

#include "base/utf8.h"
#include "report/words.h"

namespace litopys {

PlaceLookup lookup_in(const Gazetteer& gazetteer) {
  return [&gazetteer](std::string_view code) -> std::optional<ReportPlace> {
    const GazetteerPlace* place = gazetteer.place(code);
    if (place == nullptr) return std::nullopt;
    ReportPlace out;
    out.name_en = gazetteer.name_of(*place, Language::en);
    out.name_uk = gazetteer.name_of(*place, Language::uk);
    if (place->latitude && place->longitude) out.degrees = {*place->longitude, *place->latitude};
    out.area = place->level < PlaceLevel::hromada;
    return out;
  };
}

NameLookup names_in(const Gazetteer& gazetteer, Language language) {
  auto known = std::make_shared<std::map<std::string, std::string>>();
  for (const GazetteerActor& actor : gazetteer.actors) {
    std::string_view shown;
    for (const GazetteerName& n : gazetteer.names_of(actor)) {
      if (n.main && (n.language == language || shown.empty())) shown = n.text;
    }
    // Those whom only the short table lists have no main name: the first of the language, else the first of all.
    for (const GazetteerName& n : gazetteer.names_of(actor)) {
      if (shown.empty() && n.language == language) shown = n.text;
    }
    if (shown.empty() && actor.name_count > 0) shown = gazetteer.names_of(actor).front().text;
    if (shown.empty()) continue;
    for (const GazetteerName& n : gazetteer.names_of(actor)) known->emplace(utf8::lowered(n.text), shown);
  }
  return [known, language](std::string_view source, Side side) {
    if (side == Side::resident) return std::string(word("resident", language));
    const auto found = known->find(utf8::lowered(source));
    return found == known->end() ? std::string(source) : found->second;
  };
}

}  // namespace litopys
