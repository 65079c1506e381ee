// Each quantity goes to the measure that likes its unit best; between measures that like it alike, to the one whose words stand nearest.
// "15,000 applications were lodged and 12,000 passports issued": units decide. "70,000 had asked, 25,000 got one": nearness does.
// Not seen: a count whose noun is said in the sentence before ("Over 1,500.").
#include "claim/figure.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kDislike = 12;  // one place further down the measure's list of units weighs as much as twelve words
constexpr int kNowhere = 8;   // nearness of a measure without words of the codebook

// Place of the unit in the measure's list; nullopt where it cannot be its figure.
std::optional<int> liking(const Habit& habit, const Quantity& quantity) {
  const auto found = std::find(habit.units.begin(), habit.units.end(), quantity.unit);
  if (found == habit.units.end()) return std::nullopt;
  return static_cast<int>(found - habit.units.begin());
}

bool likes_days(const Habit& habit) { return std::find(habit.units.begin(), habit.units.end(), Unit::day) != habit.units.end(); }

Given<FigureChoice> given(const Scene& scene, const Quantity& quantity, Unit unit, std::string rule) {
  Given<FigureChoice> out;
  out.value.figure = {quantity.value, quantity.high, quantity.bound, unit, std::string(quantity.span.of(scene.document.text))};
  out.value.span = quantity.span;
  out.why = {"figure", std::move(rule), {quantity.span}, quantity.row};
  return out;
}

}  // namespace

std::vector<std::vector<Given<FigureChoice>>> figures_of(const Scene& scene, std::size_t index, const std::vector<MeasureId>& measures) {
  std::vector<std::vector<Given<FigureChoice>>> out(measures.size());
  const std::vector<Quantity>& quantities = scene.mentions[index].quantities;
  if (quantities.empty() || measures.empty()) return out;
  const Nearness nearness(scene.document.text, scene.text, scene.text.sentences[index]);
  std::vector<std::vector<Span>> anchors;
  for (const MeasureId measure : measures) anchors.push_back(anchors_of(scene, index, measure));

  const auto durations = std::count_if(quantities.begin(), quantities.end(), [](const Quantity& q) { return q.duration; });
  for (const Quantity& quantity : quantities) {
    if (quantity.duration && (durations != 1 || quantities.size() != 1)) continue;
    std::optional<std::size_t> best;
    int least = 0;
    Unit unit = quantity.unit;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const Habit& habit = scene.habits.of[measures[m]];
      auto dislike = liking(habit, quantity);
      if (quantity.duration) dislike = likes_days(habit) ? std::optional(0) : std::nullopt;
      if (!dislike) continue;
      const int cost = *dislike * kDislike + nearness.least(quantity.span, anchors[m], kNowhere);
      if (!best || cost < least) {
        best = m;
        least = cost;
      }
    }
    if (best) out[*best].push_back(given(scene, quantity, unit, quantity.duration ? "figure.duration" : "figure.nearest"));
  }
  return out;
}

}  // namespace litopys
