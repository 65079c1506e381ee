// Groups are named outright, so most of the work is the codebook's. What is left: "residents without a passport" are refusers and nobody
// else; a report that goes on about a group does not name it again; and some measures befall one group by their nature.
#include "claim/target.h"

#include <algorithm>

namespace litopys {
namespace {

struct Named {
  std::vector<TargetId> groups;
  std::vector<Span> spans;
  std::string rule;
};

Named named_in(const Scene& scene, std::size_t index, std::string_view measure) {
  Named specific, general;
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind != "target-group") continue;
    if (row.options.contains("for") && !lists(row, "for", measure)) continue;
    const auto group = scene.book.target(row.gives);
    if (!group) continue;
    Named& into = lists(row, "group", "general") ? general : specific;
    if (std::find(into.groups.begin(), into.groups.end(), *group) == into.groups.end()) into.groups.push_back(*group);
    into.spans.push_back(cue.span);
    if (into.rule.empty()) into.rule = row.id;
  }
  Named& out = specific.groups.empty() ? general : specific;
  std::sort(out.groups.begin(), out.groups.end());
  return std::move(out);
}

}  // namespace

Given<std::vector<std::string>> targets_of(const Scene& scene, std::size_t index, MeasureId measure, const std::vector<TargetId>& earlier) {
  const Habit& habit = scene.habits.of[measure];
  Named named = named_in(scene, index, scene.book.measures[measure].id);
  if (named.groups.empty() && habit.carries && !earlier.empty()) named = {earlier, {}, "target.goes-on"};
  if (named.groups.empty() && habit.target) named = {{*habit.target}, {}, habit.row};
  Given<std::vector<std::string>> out;
  for (const TargetId group : named.groups) out.value.push_back(scene.book.targets[group].id);
  if (!out.value.empty()) out.why = {"targets", named.rule, named.spans, ""};
  return out;
}

}  // namespace litopys
