// Groups are named outright, so most of the work is the codebook's. What is left: "residents without a passport" are refusers and nobody
// else; a report that goes on about a group does not name it again; and some measures befall one group by their nature, alone or among
// others.
#include "claim/target.h"

#include <algorithm>
#include <utility>

namespace litopys {
namespace {

constexpr std::size_t kMostWords = 16;  // that `why` names
constexpr int kShared = 4;              // words by which a group may stand nearer to another measure and still belong to this one too

struct Named {
  std::vector<TargetId> groups;
  std::vector<Span> spans;
  std::string rule;
};

// Whether a group's word belongs to `measure` rather than to another measure of the sentence: "children are kept from school, parents
// lose their rights".
class Belonging {
 public:
  Belonging(const Scene& scene, std::size_t index, MeasureId measure)
      : nearness_(scene.document.text, scene.text, scene.text.sentences[index]), own_(anchors_of(scene, index, measure)) {
    for (const MeasureScore& other : scene.readings[index].measures) {
      if (other.measure != measure) others_.push_back(anchors_of(scene, index, other.measure));
    }
  }

  [[nodiscard]] bool holds(Span word) const {
    constexpr int kFar = 1000;
    const int own = nearness_.least(word, own_, kFar);
    if (own == kFar) return true;
    return std::none_of(others_.begin(), others_.end(),
                        [&](const std::vector<Span>& other) { return nearness_.least(word, other, kFar) + kShared < own; });
  }

 private:
  Nearness nearness_;
  std::vector<Span> own_;
  std::vector<std::vector<Span>> others_;
};

void add(Named& into, TargetId group, Span word, const Row& row) {
  if (std::find(into.groups.begin(), into.groups.end(), group) == into.groups.end()) into.groups.push_back(group);
  if (into.spans.size() < kMostWords) into.spans.push_back(word);
  if (into.rule.empty()) into.rule = row.id;
}

// The groups that the sentence names, in full, and its words for people at large.
std::pair<Named, Named> named_in(const Scene& scene, std::size_t index, MeasureId measure, Span part) {
  Named specific, general;
  const std::string& id = scene.book.measures[measure].id;
  const Belonging belonging(scene, index, measure);
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind != "target-group" || !part.covers(cue.span) || lists(row, "except", id)) continue;
    if (row.options.contains("for") && !lists(row, "for", id)) continue;
    const auto group = scene.book.target(row.gives);
    if (!group) continue;
    if (lists(row, "group", "general")) {
      add(general, *group, cue.span, row);
    } else if (row.gives == scene.habits.without || belonging.holds(cue.span)) {
      add(specific, *group, cue.span, row);
    }
  }
  std::sort(specific.groups.begin(), specific.groups.end());
  return {std::move(specific), std::move(general)};
}

// What the weights look at, but for what the rules say in the end.
TargetSigns signs_of(const Scene& scene, std::size_t index, MeasureId measure, const Named& named, const Named& general,
                     const std::vector<TargetId>& earlier) {
  TargetSigns out{measure, {}, named.groups, general.groups, {}, earlier, false};
  const auto holds = [](const std::vector<TargetId>& groups, TargetId group) { return std::ranges::find(groups, group) != groups.end(); };
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    const auto group = row.kind == "target-group" ? scene.book.target(row.gives) : std::nullopt;
    if (group && !holds(named.groups, *group) && !holds(general.groups, *group) && !holds(out.away, *group)) out.away.push_back(*group);
  }
  const auto without = scene.book.target(scene.habits.without);
  out.without = without && holds(named.groups, *without);
  return out;
}

// What the rules say, and all that it is weighed with.
std::pair<Named, TargetSigns> ruled(const Scene& scene, std::size_t index, MeasureId measure, Span part,
                                    const std::vector<TargetId>& earlier) {
  const Habit& habit = scene.habits.of[measure];
  auto [named, general] = named_in(scene, index, measure, part);
  TargetSigns signs = signs_of(scene, index, measure, named, general, earlier);
  if (named.groups.empty()) named = std::move(general);
  if (named.groups.empty() && habit.carries && !earlier.empty()) named = {earlier, {}, "target.goes-on"};
  if (named.groups.empty() && habit.target) named = {{*habit.target}, {}, habit.row};
  if (habit.among && std::ranges::find(named.groups, *habit.among) == named.groups.end()) {
    named.groups.push_back(*habit.among);
    std::ranges::sort(named.groups);
    if (named.rule.empty()) named.rule = habit.row;
  }
  signs.said = named.groups;
  return {std::move(named), std::move(signs)};
}

}  // namespace

TargetSigns target_signs(const Scene& scene, std::size_t index, MeasureId measure, Span part, const std::vector<TargetId>& earlier) {
  return ruled(scene, index, measure, part, earlier).second;
}

Given<std::vector<std::string>> targets_of(const Scene& scene, std::size_t index, MeasureId measure, Span part,
                                           const std::vector<TargetId>& earlier) {
  auto [named, signs] = ruled(scene, index, measure, part, earlier);
  if (scene.habits.targets) {
    if (auto weighed = scene.habits.targets->weighed(signs, scene.readings[index], scene.book); weighed && *weighed != named.groups) {
      named.groups = *std::move(weighed);
      named.rule = "target.likeliest";
    }
  }
  Given<std::vector<std::string>> out;
  for (const TargetId group : named.groups) out.value.push_back(scene.book.targets[group].id);
  if (!out.value.empty()) out.why = {"targets", named.rule, named.spans, ""};
  return out;
}

}  // namespace litopys
