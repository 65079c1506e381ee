// A sentence's times are of two kinds: when the thing was, and when somebody said so. The second stands by the word of saying and dates
// totals ("by March the ministry counted 3.5 million": ../2024-03) and, failing anything better, what is itself an utterance or an act of
// that time. The measure's habit tells how the first is meant. A deadline is the latest day that a sentence names: before it stand the
// decree's date and the day of the report.
#include "claim/when_rules.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kBySaying = 3;           // words between a time and a reporting frame of which it is part
constexpr std::int64_t kTotal = 5000;  // a count from here on is a sum as of its day; a smaller one is what happened on it
constexpr std::int64_t kCount = 1000;  // a count of people from here on that no time stands by is as of the report

}  // namespace

// The year of a convention, say.
bool too_old(const Habits& habits, const When& when) {
  const auto& date = when.end ? when.end : when.begin;
  return habits.since && date && date->last_day() < *habits.since;
}

namespace {

// "Under the decree of 20 March schools must …", «указ № 12 від 5 травня»: the day is the paper's own.
bool is_of_a_paper(const Scene& scene, std::size_t index, const Time& time) {
  constexpr std::uint32_t kWordsBetween = 4;
  if (time.form != TimeForm::point) return false;
  const std::uint32_t at = token_from(scene, index, time.span.begin);
  const auto& papers = scene.habits.papers;
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    const std::uint32_t behind = cue.first_token + cue.token_count;
    if (behind > at || at - behind > kWordsBetween || (row.kind != "concept" && row.kind != "subject")) continue;
    if (std::ranges::find(papers, row.gives) == papers.end()) continue;
    bool parted = false;
    for (std::uint32_t t = behind; t < at; ++t) {
      const std::string_view form = scene.text.tokens[t].lower;
      parted = parted || form == "," || form == ":" || form == ";" || form == "—" || form == "–";
    }
    const bool in_brackets = at > 0 && scene.text.tokens[at - 1].lower == "(";
    if (!parted && (in_brackets || is_slot_word(scene, index, at, "paper-date"))) return true;
  }
  return false;
}

// Whether a measure is itself the making of papers, or else an utterance of its day.
bool owns_paper_days(const Scene& scene, MeasureId measure) {
  const Habit& habit = scene.habits.of[measure];
  return habit.said || std::ranges::any_of(habit.classes, [&](const std::string& c) {
           return std::ranges::find(scene.habits.papers, c) != scene.habits.papers.end();
         });
}

}  // namespace

std::vector<Dated> times_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame) {
  const Mentions& mentions = scene.mentions[index];
  const Nearness nearness(scene.document.text, scene.text, scene.text.sentences[index]);
  const std::vector<Span> near = frame.figure ? std::vector<Span>{*frame.figure} : anchors_of(scene, index, measure);
  std::vector<Dated> out;
  for (const Time& time : mentions.times) {
    if (!time.when || too_old(scene.habits, *time.when)) continue;
    if (!owns_paper_days(scene, measure) && is_of_a_paper(scene, index, time)) continue;
    bool said = false;
    for (const Attribution& attribution : mentions.attributions) {
      said = said || (time.form == TimeForm::point && nearness.between(time.span, attribution.frame) <= kBySaying);
    }
    out.push_back({&time, said, nearness.least(time.span, near, 0)});
  }
  const bool beside = std::any_of(out.begin(), out.end(), [&](const Dated& d) { return frame.part.covers(d.time->span); });
  if (beside) std::erase_if(out, [&](const Dated& d) { return !frame.part.covers(d.time->span); });
  return out;
}

namespace {

const Dated* nearest(const std::vector<Dated>& times, bool said) {
  const Dated* best = nullptr;
  for (const Dated& dated : times) {
    if (dated.said == said && (best == nullptr || dated.distance < best->distance)) best = &dated;
  }
  return best;
}

Day day_of(const When& when) { return when.end ? when.end->first_day() : when.begin ? when.begin->first_day() : Day{}; }

// Among times that a deadline can be: the one that begins last ("in autumn, on 10 September": the tenth).
const Dated* latest(const std::vector<Dated>& times) {
  const Dated* best = nullptr;
  for (const Dated& dated : times) {
    if (dated.time->form == TimeForm::since) continue;
    if (best == nullptr || day_of(*dated.time->when) > day_of(*best->time->when)) best = &dated;
  }
  return best;
}

using Answer = WhenAnswer;

Answer given(When when, std::string rule, const Time* time) {
  Answer out;
  out.value = when;
  out.why = {"when", std::move(rule), {}, ""};
  if (time != nullptr) {
    out.why.spans.push_back(time->span);
    out.why.note = time->rule;
  }
  return out;
}

// As the day that a total stands at or a deadline falls on.
std::optional<When> until(const When& when) {
  if (when.end) return When::until(*when.end);
  if (when.begin) return When::until(*when.begin);
  return std::nullopt;
}

// Whether a word for a rate stands in the sentence among the tokens from `begin` to `end`: "in a year", "daily".
bool has_rate(const Scene& scene, std::size_t index, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t t = begin; t < end; ++t) {
    if (is_slot_word(scene, index, t, "rate")) return true;
  }
  return false;
}

std::uint32_t end_of(const Sentence& sentence) { return sentence.first_token + sentence.token_count; }

}  // namespace

const Quantity* quantity_of(const Scene& scene, std::size_t index, const WhenFrame& frame) {
  const auto& quantities = scene.mentions[index].quantities;
  const auto found = std::ranges::find_if(quantities, [&](const Quantity& q) { return frame.figure && q.span == *frame.figure; });
  return found == quantities.end() ? nullptr : &*found;
}

// So many people that somebody must have counted them up to a day: "over 3,000 refused".
bool is_count_of_people(const Scene& scene, std::size_t index, const WhenFrame& frame) {
  const Quantity* quantity = quantity_of(scene, index, frame);
  if (quantity == nullptr) return false;
  const bool people = quantity->unit == Unit::person || quantity->unit == Unit::passport || quantity->unit == Unit::application;
  const auto whole = quantity->value.whole();
  const Sentence& sentence = scene.text.sentences[index];
  return people && whole && *whole >= kCount && !has_rate(scene, index, sentence.first_token, end_of(sentence));
}

// What counts as running sum: a share of people, or a count that no single day gives. "200,000 in a year", "300 a day" is what one stretch
// of time brought, said right behind the figure.
bool is_total(const Scene& scene, std::size_t index, const WhenFrame& frame) {
  constexpr std::uint32_t kReach = 3;
  const Quantity* quantity = quantity_of(scene, index, frame);
  if (quantity == nullptr) return false;
  const std::uint32_t behind = token_from(scene, index, quantity->span.end);
  if (has_rate(scene, index, behind, std::min(behind + kReach, end_of(scene.text.sentences[index])))) return false;
  if (quantity->unit == Unit::percent) return true;
  const auto whole = quantity->value.whole();
  return !whole || *whole >= kTotal;
}

namespace {

// "40 since March": what happened from then until somebody counted it.
std::optional<Answer> counted_since(const Scene& scene, const Dated* own, const Dated* said, const WhenFrame& frame) {
  const When& when = *own->time->when;
  if (own->time->form != TimeForm::since || !frame.figure || !when.begin) return std::nullopt;
  if (said != nullptr && said->time->when->end)
    return given(When::between(*when.begin, *said->time->when->end), "when.since-to-said", own->time);
  const auto& published = scene.document.published;
  if (published && when.begin->first_day() <= published->last_day())
    return given(When::between(*when.begin, *published), "when.since-to-published", own->time);
  return std::nullopt;
}

Answer as_of_report(const Scene& scene) {
  if (!scene.document.published) return {};
  return given(When::until(*scene.document.published), "when.total-as-published", nullptr);
}

Answer total(const Scene& scene, const std::vector<Dated>& times, const WhenFrame& frame, bool is_sum) {
  const Dated* own = nearest(times, false);
  const Dated* said = nearest(times, true);
  if (own != nullptr) {
    const When& when = *own->time->when;
    if (auto counted = counted_since(scene, own, said, frame)) return *std::move(counted);
    // "196,000 in 2019" is the year's count, not the sum of all years.
    const bool of_year = own->time->form == TimeForm::point && when.end && when.begin && when.end->month == 0;
    if (own->time->form == TimeForm::point && is_sum && !of_year) {
      if (const auto day = until(when)) return given(*day, "when.total", own->time);
    }
    return given(when, "when.own", own->time);
  }
  if (said != nullptr) {
    if (const auto day = until(*said->time->when)) return given(*day, "when.total-as-said", said->time);
  }
  if (frame.leading != nullptr) {
    const auto day = is_sum ? until(*frame.leading->when) : frame.leading->when;
    if (day) return given(*day, "when.leading", frame.leading);
  }
  if (is_sum) return as_of_report(scene);
  return {};
}

Answer deadline(const std::vector<Dated>& times, const WhenFrame& frame) {
  if (const Dated* last = latest(times)) {
    if (const auto day = until(*last->time->when)) return given(*day, "when.deadline", last->time);
  }
  if (!times.empty()) return given(*times.front().time->when, "when.own", times.front().time);
  if (frame.earlier) return given(*frame.earlier, "when.earlier", nullptr);
  return {};
}

// What the rules make of `times`, which bear on the claim.
Answer made_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, std::vector<Dated> times) {
  const Habit& habit = scene.habits.of[measure];
  switch (habit.when) {
    case TimeHabit::never: return {};
    case TimeHabit::total: {
      Answer answer = total(scene, times, frame, is_total(scene, index, frame));
      if (!answer.value && times.empty() && is_count_of_people(scene, index, frame)) return as_of_report(scene);
      return answer;
    }
    case TimeHabit::until: return deadline(times, frame);
    case TimeHabit::on:
    case TimeHabit::plain: break;
  }
  if (habit.after && frame.deadline && frame.deadline->end) {
    return given(When::since(*frame.deadline->end), "when.after-deadline", nullptr);
  }
  // The day of a deadline is not the day of what goes with it.
  if (frame.deadline) {
    const bool alone = times.size() == 1 && times[0].time->form == TimeForm::point;
    if (!alone) std::erase_if(times, [&](const Dated& d) { return until(*d.time->when) == frame.deadline; });
  }
  if (const Dated* own = nearest(times, false)) {
    // "is getting ready for the September vote": «к сентябрьскому голосованию» reads like "by September" and is the day itself.
    const When& when = *own->time->when;
    if (habit.events) {
      if (auto counted = counted_since(scene, own, nearest(times, true), frame)) return *std::move(counted);
    }
    const bool by = habit.when == TimeHabit::on && own->time->form == TimeForm::until && when.end;
    return given(by ? When::point(*when.end) : when, "when.own", own->time);
  }
  if (const Dated* said = nearest(times, true); said != nullptr && habit.said) return given(*said->time->when, "when.said", said->time);
  if (frame.leading != nullptr) return given(*frame.leading->when, "when.leading", frame.leading);
  if (habit.when == TimeHabit::plain && times.empty() && is_count_of_people(scene, index, frame)) return as_of_report(scene);
  return {};
}

constexpr float kClearlyWhen = 0.4F, kClearlyNoWhen = 0.6F, kClearlyAsOf = 0.4F;

// Where the encoder points at another time than the rules take, and is much surer of it, that time; what the measure's habit makes of a
// time stays as it is. Words that are no time of the mention stage count for nothing.
Answer pointed(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, Answer ruled) {
  constexpr auto kWhen = static_cast<std::size_t>(PointerSlot::when);
  const SentenceReading& reading = scene.readings[index];
  if (reading.pointing.size() <= kWhen || scene.habits.of[measure].when == TimeHabit::never) return ruled;
  if (ruled.why.rule == "when.deadline" || ruled.why.rule == "when.leading") return ruled;
  const Pointing& pointing = reading.pointing[kWhen];
  const auto absent = [&](Absent a) { return pointing.absent[static_cast<std::size_t>(a)]; };
  struct Candidate {
    Answer answer;
    float probability = 0;
  };
  std::vector<Candidate> candidates;
  float ours = !ruled.value ? absent(Absent::none) : ruled.why.rule == "when.total-as-published" ? absent(Absent::as_of) : 0.0F;
  const bool far = ruled.value && ours == 0 && ruled.why.rule != "when.own";
  if (far) ours = absent(Absent::elsewhere);
  std::size_t last = scene.text.sentences.size();  // whose times were looked at
  for (const Pointed& p : pointing.words) {
    const std::size_t k = sentence_at(scene.text, p.word.begin);
    if (k == last || k >= scene.mentions.size()) continue;
    last = k;
    for (const Time& time : scene.mentions[k].times) {
      if (!time.when || too_old(scene.habits, *time.when)) continue;
      if (k == index && !owns_paper_days(scene, measure) && is_of_a_paper(scene, k, time)) continue;
      const float probability = pointing.of(time.span);
      if (probability < kLeastPointed) continue;
      Answer answer = made_of(scene, index, measure, frame, {{&time, false, 0}});
      if (!answer.value) continue;
      const bool rests_on_it = std::ranges::find(ruled.why.spans, time.span) != ruled.why.spans.end();
      if (rests_on_it || answer.value == ruled.value) {
        ours += probability;
        continue;
      }
      const auto same = std::ranges::find_if(candidates, [&](const Candidate& c) { return c.answer.value == answer.value; });
      if (same != candidates.end()) {
        same->probability += probability;
      } else {
        candidates.push_back({std::move(answer), probability});
      }
    }
  }
  const auto best = std::ranges::max_element(candidates, {}, &Candidate::probability);
  const float most = best == candidates.end() ? 0 : best->probability;
  if (most > std::max(absent(Absent::none), absent(Absent::as_of))) {
    if (most - ours >= kClearlyWhen) {
      best->answer.why.rule = "when.pointed";
      return std::move(best->answer);
    }
  } else if (absent(Absent::as_of) > absent(Absent::none)) {
    const bool sum = frame.figure && scene.habits.of[measure].when == TimeHabit::total;
    if (sum && absent(Absent::as_of) - ours >= kClearlyAsOf && scene.document.published)
      return given(When::until(*scene.document.published), "when.as-published", nullptr);
  } else if (ruled.value && absent(Absent::none) - ours >= kClearlyNoWhen) {
    return {};
  }
  return ruled;
}

}  // namespace

WhenAnswer ruled_when(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame) {
  return made_of(scene, index, measure, frame, times_of(scene, index, measure, frame));
}

bool is_settled(const WhenAnswer& ruled) {
  const std::string_view rule = ruled.why.rule;
  return rule == "when.deadline" || rule == "when.after-deadline" || rule == "when.leading";
}

WhenAnswer when_from(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, const Time& time) {
  return made_of(scene, index, measure, frame, {{&time, false, 0}});
}

WhenAnswer pointed_when(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, WhenAnswer ruled) {
  return frame.only ? pointed(scene, index, measure, frame, std::move(ruled)) : ruled;
}

}  // namespace litopys
