// A sentence's times are of two kinds: when the thing was, and when somebody said so. The second stands by the word of saying and dates
// nothing but totals ("in March it spoke of 3.5 million": ../2024-03). The measure's habit tells how the first is meant.
#include "claim/when.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kBySaying = 3;  // words between a time and a reporting frame of which it is part
constexpr std::int64_t kTotal = 5000;  // a count from here on that has a point in time is a sum as of then

struct Dated {
  const Time* time = nullptr;
  bool said = false;  // when it was said, not when it was
  int distance = 0;
};

std::vector<Dated> times_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame) {
  const Mentions& mentions = scene.mentions[index];
  const Nearness nearness(scene.document.text, scene.text, scene.text.sentences[index]);
  std::vector<Span> near = frame.figure ? std::vector<Span>{*frame.figure} : anchors_of(scene, index, measure);
  std::vector<Dated> out;
  for (const Time& time : mentions.times) {
    if (!time.when) continue;
    bool said = false;
    for (const Attribution& attribution : mentions.attributions) {
      said = said || nearness.between(time.span, attribution.frame) <= kBySaying;
    }
    out.push_back({&time, said, nearness.least(time.span, near, 0)});
  }
  const bool beside = std::any_of(out.begin(), out.end(), [&](const Dated& d) { return frame.part.covers(d.time->span); });
  if (beside) std::erase_if(out, [&](const Dated& d) { return !frame.part.covers(d.time->span); });
  return out;
}

const Dated* nearest(const std::vector<Dated>& times, bool said) {
  const Dated* best = nullptr;
  for (const Dated& dated : times) {
    if (dated.said == said && (best == nullptr || dated.distance < best->distance)) best = &dated;
  }
  return best;
}

Given<std::optional<When>> given(When when, std::string rule, const Time* time) {
  Given<std::optional<When>> out;
  out.value = when;
  out.why = {"when", std::move(rule), {}, ""};
  if (time != nullptr) {
    out.why.spans.push_back(time->span);
    out.why.note = time->rule;
  }
  return out;
}

// The last day of a time, as the day that a total stands at or a deadline falls on.
std::optional<When> until(const When& when) {
  if (when.end) return When::until(*when.end);
  if (when.begin) return When::until(*when.begin);
  return std::nullopt;
}

Given<std::optional<When>> total(const Scene& scene, const std::vector<Dated>& times, const WhenFrame& frame, std::optional<Decimal> value) {
  const Dated* own = nearest(times, false);
  const Dated* said = nearest(times, true);
  const bool big = value && (!value->whole() || *value->whole() >= kTotal || *value->whole() <= 100);
  if (own != nullptr) {
    const When& when = *own->time->when;
    if (own->time->form == TimeForm::since && said != nullptr && frame.figure && when.begin && said->time->when->end) {
      return given(When::between(*when.begin, *said->time->when->end), "when.since-to-said", own->time);
    }
    if (own->time->form == TimeForm::point && frame.figure && (big || !scene.mentions[frame.part.begin == 0 ? 0 : 0].attributions.empty())) {
      if (const auto day = until(when)) return given(*day, "when.total", own->time);
    }
    return given(when, "when.own", own->time);
  }
  if (said != nullptr) {
    if (const auto day = until(*said->time->when)) return given(*day, "when.total-as-said", said->time);
  }
  if (frame.figure && scene.document.published) return given(When::until(*scene.document.published), "when.total-as-published", nullptr);
  return {};
}

}  // namespace

Given<std::optional<When>> when_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame) {
  const Habit& habit = scene.habits.of[measure];
  const std::vector<Dated> times = times_of(scene, index, measure, frame);
  if (habit.when == TimeHabit::total) {
    std::optional<Decimal> value;
    for (const Quantity& quantity : scene.mentions[index].quantities) {
      if (frame.figure && quantity.span == *frame.figure && quantity.unit != Unit::percent) value = quantity.value;
    }
    return total(scene, times, frame, value);
  }
  const Dated* own = nearest(times, false);
  if (habit.when == TimeHabit::until) {
    if (own != nullptr && own->time->form != TimeForm::since && own->time->form != TimeForm::between) {
      if (const auto day = until(*own->time->when)) return given(*day, "when.deadline", own->time);
    }
    if (own != nullptr) return given(*own->time->when, "when.own", own->time);
    if (frame.earlier) return given(*frame.earlier, "when.earlier", nullptr);
    return {};
  }
  if (habit.after && frame.deadline && frame.deadline->end) {
    return given(When::since(*frame.deadline->end), "when.after-deadline", own == nullptr ? nullptr : own->time);
  }
  if (own != nullptr) return given(*own->time->when, "when.own", own->time);
  return {};
}

}  // namespace litopys
