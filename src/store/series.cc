#include "store/series.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/place_codes.h"
#include "store/rows.h"
#include "store/words.h"

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

std::vector<SeriesEntry> series_of(const std::vector<ClaimRow>& rows) {
  std::vector<SeriesEntry> out;
  using Key = std::tuple<std::string, std::string, Bound, Unit, std::string, std::string, Stance>;
  std::map<Key, std::size_t> known;
  for (const ClaimRow& row : rows) {
    const Claim& claim = row.claim;
    if (!claim.figure) continue;
    const std::optional<Date> published = row.published ? Date::parse(*row.published) : std::nullopt;
    const auto days = stands(claim, published);
    if (!days) continue;
    const std::string carrier = row.outlet.value_or(row.document);
    const std::string originator = claim.sources.empty() ? carrier : claim.sources.front();
    const std::string when = claim.when ? claim.when->str() : std::string();
    std::string value = claim.figure->value.str();
    if (claim.figure->value2) value += "/" + claim.figure->value2->str();
    const Key key{search_name(originator),
                  value,
                  claim.figure->bound,
                  series_unit(claim.measure, claim.figure->unit),
                  when.empty() ? row.published.value_or(std::string()) : when,
                  place_key(claim.places),
                  claim.stance};
    const auto [found, fresh] = known.try_emplace(key, out.size());
    if (fresh) {
      SeriesEntry point{*claim.figure,
                        interval_of(*claim.figure),
                        std::get<5>(key),
                        when,
                        days->first,
                        days->second,
                        claim.when.has_value(),
                        originator,
                        claim.side,
                        claim.stance,
                        claim.credence,
                        {},
                        {}};
      out.push_back(std::move(point));
    }
    SeriesEntry& point = out[found->second];
    point.claims.push_back(row.document + "#" + std::to_string(row.number));
    std::vector<std::string> chain(claim.sources.begin() + (claim.sources.empty() ? 0 : 1), claim.sources.end());
    chain.push_back(carrier);
    for (const std::string& link : chain) {
      if (search_name(link) == search_name(originator)) continue;
      const bool there = std::any_of(point.carriers.begin(), point.carriers.end(),
                                     [&](const std::string& other) { return search_name(other) == search_name(link); });
      if (!there) point.carriers.push_back(link);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const SeriesEntry& a, const SeriesEntry& b) {
    return std::tuple(a.last, a.first, a.figure.value) < std::tuple(b.last, b.first, b.figure.value);
  });
  return out;
}

}  // namespace litopys
