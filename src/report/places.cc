#include "report/places.h"

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

}  // namespace litopys
