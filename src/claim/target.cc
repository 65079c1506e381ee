// Groups are named outright, so most of the work is the codebook's. What is left: "residents without a passport" are refusers and nobody
// else, and "they" are those of the sentence before.
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

// A pronoun of the third person stands for people of the sentence before.
bool goes_on(const Scene& scene, std::size_t index) {
  if (index == 0 || scene.text.sentences[index].paragraph != scene.text.sentences[index - 1].paragraph) return false;
  const auto& cues = scene.mentions[index].cues;
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) { return scene.book.rows[cue.row].kind == "they"; });
}

}  // namespace

Given<std::vector<std::string>> targets_of(const Scene& scene, std::size_t index, MeasureId measure) {
  const std::string& id = scene.book.measures[measure].id;
  Named named = named_in(scene, index, id);
  if (named.groups.empty() && goes_on(scene, index)) {
    named = named_in(scene, index - 1, id);
    named.rule = "goes on: " + named.rule;
  }
  Given<std::vector<std::string>> out;
  for (const TargetId group : named.groups) out.value.push_back(scene.book.targets[group].id);
  if (!out.value.empty()) out.why = {"targets", named.rule, named.spans, ""};
  return out;
}

}  // namespace litopys
