// Each quantity goes to the measure that likes its unit best; between measures that like it alike, to the one whose words stand nearest.
// "15,000 applications were lodged and 12,000 passports issued": units decide. "70,000 had asked, 25,000 got one": nearness does.
// "over 80,000 issued" names no noun: it is of what the measure counts first. Not seen: a count whose noun only the sentence before has.
#include "claim/figure.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kDislike = 12;  // one place further down the measure's list of units weighs as much as twelve words
constexpr int kNowhere = 8;   // nearness of a measure without words of the codebook
constexpr std::string_view kDuration = "figure.duration";

struct Liking {
  int dislike = 0;  // place of the unit in the measure's list
  Unit unit = Unit::other;
};

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool counts_things(Unit unit) { return unit != Unit::percent && unit != Unit::currency && unit != Unit::day; }

// Whether a word of kind slot-word that gives `what` overlaps `near`.
bool has_slot_word(const Scene& scene, std::size_t index, std::string_view what, Span near) {
  const std::vector<Cue>& cues = scene.mentions[index].cues;
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    const Row& row = scene.book.rows[cue.row];
    return row.kind == "slot-word" && row.gives == what && near.overlaps(cue.span);
  });
}

// Whether a number without a noun counts people: "four of them", «четверо», or where the talk is of citizenship, which people have, and
// not of the paper. The nearest sentence that names either decides, up to three back.
bool counts_people(const Scene& scene, std::size_t index, const Habit& habit, const Quantity& quantity) {
  constexpr std::size_t kBack = 3;
  constexpr std::uint32_t kBehind = 24;  // bytes behind a number in which "of them" still speaks of it
  if (std::find(habit.units.begin(), habit.units.end(), Unit::person) == habit.units.end()) return false;
  if (has_slot_word(scene, index, "people-number", quantity.number)) return true;
  if (has_slot_word(scene, index, "of-them", {quantity.number.end, quantity.number.end + kBehind})) return true;
  for (std::size_t back = 0; back <= kBack && back <= index; ++back) {
    bool status = false;
    for (const Cue& cue : scene.mentions[index - back].cues) {
      const Row& row = scene.book.rows[cue.row];
      if (row.kind != "concept" && row.kind != "subject") continue;
      if (holds(habit.things, row.gives)) return false;
      status = status || holds(habit.statuses, row.gives);
    }
    if (status) return true;
  }
  return false;
}

// How the measure likes the quantity; nullopt where it cannot be its figure.
std::optional<Liking> liking(const Scene& scene, std::size_t index, const Habit& habit, const Quantity& quantity, bool only_duration) {
  if (quantity.duration) {
    if (!habit.durations || !only_duration) return std::nullopt;
    return Liking{0, quantity.unit};
  }
  if (quantity.unit == Unit::other && quantity.noun.empty()) {
    // Only for what is counted first of all: a bare number beside a deadline may be anything.
    if (habit.units.empty() || !counts_things(habit.units.front())) return std::nullopt;
    return Liking{static_cast<int>(habit.units.size()), counts_people(scene, index, habit, quantity) ? Unit::person : habit.units.front()};
  }
  const auto found = std::find(habit.units.begin(), habit.units.end(), quantity.unit);
  if (found == habit.units.end()) return std::nullopt;
  return Liking{static_cast<int>(found - habit.units.begin()), quantity.unit};
}

Given<FigureChoice> given(const Scene& scene, const Quantity& quantity, Unit unit, bool quota) {
  Given<FigureChoice> out;
  const Bound bound = quota && quantity.bound == Bound::at_most ? Bound::exact : quantity.bound;
  out.value.figure = {quantity.value, quantity.high, bound, unit, std::string(quantity.span.of(scene.document.text))};
  out.value.span = quantity.span;
  out.why = {"figure", quantity.duration ? std::string(kDuration) : "figure.nearest", {quantity.span}, quantity.row};
  return out;
}

// Any count beats a duration: "30 days for 200 workers" is about the workers.
void drop_durations_beside_counts(std::vector<Given<FigureChoice>>& figures) {
  const auto lasts = [](const Given<FigureChoice>& g) { return g.why.rule == kDuration; };
  if (!std::all_of(figures.begin(), figures.end(), lasts)) std::erase_if(figures, lasts);
}

}  // namespace

std::vector<std::vector<Given<FigureChoice>>> figures_of(const Scene& scene, std::size_t index, const std::vector<MeasureId>& measures) {
  std::vector<std::vector<Given<FigureChoice>>> out(measures.size());
  const std::vector<Quantity>& quantities = scene.mentions[index].quantities;
  if (quantities.empty() || measures.empty()) return out;
  const Nearness nearness(scene.document.text, scene.text, scene.text.sentences[index]);
  std::vector<std::vector<Span>> anchors;
  for (const MeasureId measure : measures) anchors.push_back(anchors_of(scene, index, measure));

  const bool only_duration = std::count_if(quantities.begin(), quantities.end(), [](const Quantity& q) { return q.duration; }) == 1;
  for (const Quantity& quantity : quantities) {
    std::optional<std::size_t> best;
    int least = 0;
    Unit unit = quantity.unit;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const auto liked = liking(scene, index, scene.habits.of[measures[m]], quantity, only_duration);
      if (!liked) continue;
      const int cost = liked->dislike * kDislike + nearness.least(quantity.span, anchors[m], kNowhere);
      if (!best || cost < least) {
        best = m;
        least = cost;
        unit = liked->unit;
      }
    }
    if (best) out[*best].push_back(given(scene, quantity, unit, scene.habits.of[measures[*best]].quota));
  }
  for (auto& figures : out) drop_durations_beside_counts(figures);
  return out;
}

}  // namespace litopys
