#include "store/series.h"

#include <algorithm>
#include <tuple>

#include "store/place_codes.h"
#include "store/rows.h"

namespace litopys {

Unit series_unit(std::string_view measure, Unit unit) {
  if ((measure == "issuance" || measure == "target") && unit == Unit::person) return Unit::passport;
  if (measure == "application" && (unit == Unit::person || unit == Unit::passport)) return Unit::application;
  return unit;
}

bool in_series_of(const std::vector<std::string>& places, std::string_view place) {
  if (places.empty()) return false;
  const std::string key = place_key(places);
  if (key == place_key({std::string(place)})) return true;
  return place_within(key, place) && expanded_place(key).size() > 1;
}

std::vector<SeriesEntry> series_of(const Record& record, const std::function<bool(const std::string& claim)>& passes) {
  std::vector<SeriesEntry> out;
  for (const Statement& statement : record.statements) {
    if (std::none_of(statement.claims.begin(), statement.claims.end(), passes)) continue;
    const auto voice = record.claim(statement.voice);
    if (!voice || !voice->claim->figure) continue;
    const Claim& claim = *voice->claim;
    const auto& published = voice->document->published;
    const auto days = stands(claim, published ? Date::parse(*published) : std::nullopt);
    if (!days) continue;
    SeriesEntry point;
    point.figure = *claim.figure;
    point.interval = interval_of(*claim.figure);
    point.place = place_key(claim.places);
    if (claim.when) point.when = claim.when->str();
    point.first = days->first;
    point.last = days->second;
    point.dated = claim.when.has_value();
    point.originator = statement.originator;
    point.side = statement.side;
    point.stance = claim.stance;
    point.credence = claim.credence;
    for (const auto* names : {&statement.relays, &statement.outlets}) {
      for (const std::string& carrier : *names) {
        const bool there = std::find(point.carriers.begin(), point.carriers.end(), carrier) != point.carriers.end();
        if (!there && carrier != point.originator) point.carriers.push_back(carrier);
      }
    }
    point.claims = statement.claims;
    point.statement = statement.id;
    out.push_back(std::move(point));
  }
  std::stable_sort(out.begin(), out.end(), [](const SeriesEntry& a, const SeriesEntry& b) {
    return std::tuple(a.last, a.first, a.figure.value) < std::tuple(b.last, b.first, b.figure.value);
  });
  return out;
}

}  // namespace litopys
