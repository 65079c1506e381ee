// Each quantity goes to the measure that likes its unit best; between measures that like it alike, to the one whose words stand nearest.
// "15,000 applications were lodged and 12,000 passports issued": units decide. "70,000 had asked, 25,000 got one": nearness does.
// "over 80,000 issued" names no noun: it is of what the measure counts first. Not seen: a count whose noun only the sentence before has.
#include "claim/figure.h"

#include <algorithm>
#include <array>
#include <span>

#include "claim/figure_ellipsis.h"
#include "claim/stance_clause.h"
#include "reader/slots.h"

namespace litopys {
namespace {

constexpr int kDislike = 8;                   // one place further down the measure's list of units weighs as much as eight words
constexpr std::size_t kBareDislike = 3;       // a number without a noun stands so far down the list
constexpr float kDoubt = 12;                  // words by which a measure that is hardly believed stands farther off
constexpr int kOtherPart = 60;                // a plan's number for what is done, or the other way
constexpr int kNowhere = 8;                   // nearness of a measure without words of the codebook
constexpr std::size_t kMostQuantities = 128;  // of one sentence; more is a table without its lines, and each is weighed against all words
constexpr std::string_view kDuration = "figure.duration";

// How sure the encoder must be to be heard against the rules (docs/reading.md, round 19).
constexpr float kNoFigure = 0.8F;    // that the sentence's claims have none
constexpr float kOurFigure = 0.5F;   // that this number is one which the rules pass over
constexpr float kBareUnit = 0.4F;    // what a number without a noun counts
constexpr float kShare = 0.5F;       // that a number without a noun is a share of a hundred,
constexpr float kGoingShare = 0.2F;  // where the number before it is one
constexpr float kNounUnit = 0.7F;    // what one counts whose noun the rules do not know

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

Span behind(const Quantity& quantity, std::uint32_t bytes) { return {quantity.number.end, quantity.number.end + bytes}; }

bool has_unit(const Habit& habit, Unit unit) { return std::find(habit.units.begin(), habit.units.end(), unit) != habit.units.end(); }

// The nearer of two kinds of word in the sentence: true for `yes`, false for `no`, nullopt where neither stands there.
std::optional<bool> nearer(const Scene& scene, std::size_t index, const Nearness& nearness, Span number, std::string_view yes,
                           std::string_view no) {
  constexpr int kFar = 12;
  int best = kFar;
  std::optional<bool> out;
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind != "slot-word" || (row.gives != yes && row.gives != no)) continue;
    const int distance = nearness.between(number, cue.span);
    if (distance < best) {
      best = distance;
      out = row.gives == yes;
    }
  }
  return out;
}

// Whether a number without a noun counts people: "four of them"; where the nearest verb is one that people are the subject of, or the
// talk is of citizenship, which people have, and not of the paper; where the number before, up to three sentences back, counts people.
bool counts_people(const Scene& scene, std::size_t index, const Habit& habit, const Quantity& quantity, const Nearness& nearness) {
  constexpr std::size_t kBack = 3;
  constexpr std::uint32_t kBehind = 24;  // bytes behind a number in which "of them" still speaks of it
  if (!has_unit(habit, Unit::person)) return false;
  if (has_slot_word(scene, index, "of-them", behind(quantity, kBehind))) return true;
  if (const auto people = nearer(scene, index, nearness, quantity.number, "gets", "is-given")) return *people;
  for (std::size_t back = 0; back <= kBack && back <= index; ++back) {
    bool status = false;
    for (const Cue& cue : scene.mentions[index - back].cues) {
      const Row& row = scene.book.rows[cue.row];
      if (row.kind != "concept" && row.kind != "subject") continue;
      if (holds(habit.things, row.gives)) return false;
      status = status || holds(habit.statuses, row.gives);
    }
    if (status) return true;
    if (back == 0) continue;
    const std::vector<Quantity>& before = scene.mentions[index - back].quantities;
    for (auto q = before.rbegin(); q != before.rend(); ++q) {
      if (q->unit == Unit::person) return true;
      if (q->unit == Unit::passport || q->unit == Unit::application) return false;
    }
  }
  return false;
}

// Whether its counts run into thousands, so that they may leave out the word: passports and applications, not offices.
bool counts_masses(const Habit& habit) {
  return !habit.units.empty() && habit.units.front() != Unit::office && has_unit(habit, Unit::passport);
}

bool is_bare(const Quantity& quantity) { return quantity.unit == Unit::other && quantity.noun.empty(); }

constexpr std::uint32_t kJustBefore = 2;  // bytes between a word and the number that it stands right before
constexpr std::uint32_t kOfThe = 6;       // the same over an article

// The cue of kind slot-word that gives `what` and stands right before the quantity.
const Cue* word_before(const Scene& scene, std::size_t index, const Quantity& quantity, std::string_view what,
                       std::uint32_t within = kJustBefore) {
  const std::uint32_t begin = quantity.span.begin;
  const Span before{begin >= within ? begin - within : 0, begin};
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind == "slot-word" && row.gives == what && before.overlaps(cue.span) && cue.span.begin < begin) return &cue;
  }
  return nullptr;
}

// Whether nothing that "of" could belong to stands before it: "Of nine persons, seven", but not "a crew of nine persons".
bool opens(const Scene& scene, std::size_t index, const Cue& of) {
  const Sentence& sentence = scene.text.sentences[index];
  const std::uint32_t at = token_from(scene, index, of.span.begin);
  if (at == sentence.first_token || at == sentence.first_token + sentence.token_count) return true;
  const Token& before = scene.text.tokens[at - 1];
  if (before.kind != TokenKind::word) return true;
  const auto readings = scene.text.readings_of(before);
  return readings.empty() || readings.front().part == PartOfSpeech::conjunction || readings.front().part == PartOfSpeech::numeral;
}

// "Of nine persons, seven": the nine are what the seven are a part of, and no figure themselves.
bool is_whole(const Scene& scene, std::size_t index, const Quantity& quantity) {
  if (quantity.unit == Unit::percent || quantity.duration) return false;
  const Cue* of = word_before(scene, index, quantity, "out-of", kOfThe);
  if (of == nullptr || !opens(scene, index, *of)) return false;
  if (has_slot_word(scene, index, "nobody", scene.text.sentences[index].span)) return true;
  const std::vector<Quantity>& all = scene.mentions[index].quantities;
  return std::any_of(all.begin(), all.end(), [&](const Quantity& part) {
    if (part.number == quantity.number || part.duration) return false;
    return part.unit == Unit::percent || ((is_bare(part) || part.unit == quantity.unit) && part.value < quantity.value);
  });
}

// Whom or what the thing does not befall: those who do it ("two soldiers came"), tell of it ("citing two officials"), were asked about it
// ("a survey of 600"), and the places in which it happens ("in four regions").
bool is_aside(const Scene& scene, std::size_t index, const Habit& habit, const Quantity& quantity) {
  constexpr std::uint32_t kBehind = 32;
  constexpr std::uint32_t kBefore = 24;
  if (quantity.duration || quantity.unit == Unit::percent || quantity.unit == Unit::currency) return false;
  if (word_before(scene, index, quantity, "citing", kBefore) != nullptr) return true;
  if (word_before(scene, index, quantity, "sample", kBefore) != nullptr) return true;
  if (has_unit(habit, Unit::office)) return false;
  if (quantity.unit == Unit::person)
    return !has_unit(habit, Unit::passport) && has_slot_word(scene, index, "agent", behind(quantity, kBehind));
  return quantity.unit == Unit::other && has_slot_word(scene, index, "area", behind(quantity, kBehind / 2));
}

// How the measure likes the quantity; nullopt where it cannot be its figure.
std::optional<Liking> liking(const Scene& scene, std::size_t index, const Habit& habit, const Quantity& quantity, bool only_duration,
                             const Nearness& nearness) {
  if (quantity.duration) {
    if (!habit.durations || !only_duration) return std::nullopt;
    return Liking{habit.units.empty() || habit.units.front() != Unit::day ? 1 : 0, quantity.unit};
  }
  if (is_aside(scene, index, habit, quantity)) return std::nullopt;
  if (is_bare(quantity)) {
    constexpr std::int64_t kSum = 100;  // "fines reach 50 thousand": what is so much is money
    if (habit.units.size() == 1 && habit.units.front() == Unit::currency) {
      if (quantity.value < *Decimal::make(kSum)) return std::nullopt;
      return Liking{1, Unit::currency};
    }
    // Only for what is counted first of all: a bare number beside a deadline may be anything.
    if (habit.units.empty() || !counts_things(habit.units.front())) return std::nullopt;
    return Liking{static_cast<int>(std::min(habit.units.size(), kBareDislike)),
                  counts_people(scene, index, habit, quantity, nearness) ? Unit::person : habit.units.front()};
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

// Whether the people that a number counts, named before all words of the measure, are those whom it befalls too: "two nurses were
// dismissed for refusing", "twelve orphans were taken away and made citizens".
bool befalls_too(const Habit& habit, const Quantity& quantity, const std::vector<Span>& anchors, const Nearness& nearness) {
  constexpr int kReach = 14;  // words, a comma counts as four
  if (quantity.unit != Unit::person || !has_unit(habit, Unit::person) || has_unit(habit, Unit::office) || anchors.empty()) return false;
  const bool all_behind = std::all_of(anchors.begin(), anchors.end(), [&](Span a) { return a.begin >= quantity.number.end; });
  return all_behind && nearness.least(quantity.span, anchors, kReach) < kReach;
}

// Any count beats a duration: "30 days for 200 workers" is about the workers.
void drop_durations_beside_counts(std::vector<Given<FigureChoice>>& figures) {
  const auto lasts = [](const Given<FigureChoice>& g) { return g.why.rule == kDuration; };
  if (!std::all_of(figures.begin(), figures.end(), lasts)) std::erase_if(figures, lasts);
}

// In a sentence of things done and of a quota: which of its numbers stand among words of a plan, where some do and some do not.
// "538,000 have been issued, and a million are promised" is a count and a quota.
std::vector<bool> planned_of(const Scene& scene, std::size_t index, const std::vector<MeasureId>& measures) {
  const auto quota = [&](MeasureId m) { return scene.habits.of[m].quota; };
  const std::vector<Quantity>& quantities = scene.mentions[index].quantities;
  if (quantities.size() < 2 || quantities.size() > kMostQuantities || std::ranges::none_of(measures, quota) ||
      std::ranges::all_of(measures, quota))
    return {};
  std::vector<Span> figures;
  for (const Quantity& quantity : quantities) figures.push_back(quantity.number);
  std::vector<bool> out;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Span part = part_of_figure(scene, index, scene.text.sentences[index].span, figures, i);
    out.push_back(std::ranges::any_of(scene.mentions[index].cues, [&](const Cue& cue) {
      const Row& row = scene.book.rows[cue.row];
      return row.kind == "stance" && row.gives == "planned" && part.covers(cue.span);
    }));
  }
  if (std::ranges::find(out, true) == out.end() || std::ranges::find(out, false) == out.end()) return {};
  return out;
}

// What the encoder says of a sentence's numbers.
class PointedFigures {
 public:
  PointedFigures(const SentenceReading& reading, std::size_t measures) : units_(unit_chances(reading, measures)) {
    constexpr auto kFigure = static_cast<std::size_t>(PointerSlot::figure);
    if (reading.pointing.size() > kFigure) pointing_ = &reading.pointing[kFigure];
  }

  [[nodiscard]] bool is_none(const Quantity& quantity) const {
    return pointing_ != nullptr && pointing_->absent[static_cast<std::size_t>(Absent::none)] >= kNoFigure &&
           pointing_->of(quantity.number) < 1 - kNoFigure;
  }
  [[nodiscard]] bool is_one(const Quantity& quantity) const { return pointing_ != nullptr && pointing_->of(quantity.number) >= kOurFigure; }
  // Whether a number without a noun is a share; `continues` says whether the text before it speaks of shares.
  template <class Continues>
  [[nodiscard]] bool is_share(const Quantity& quantity, const Continues& continues) const {
    if (!is_bare(quantity) || quantity.duration || quantity.bound == Bound::several || quantity.value > *Decimal::make(100)) return false;
    if (!units_) return continues();
    const float chance = (*units_)[static_cast<std::size_t>(Unit::percent)];
    return chance >= kShare || (chance >= kGoingShare && continues());
  }
  // `unit`, or what the encoder is surer of where no noun says it.
  [[nodiscard]] Unit unit(const Quantity& quantity, Unit unit, const Habits& habits) const {
    const bool bare = is_bare(quantity);
    if (!bare && habits.other_nouns.contains(quantity.noun)) return unit;
    if (!units_ || quantity.duration || (!bare && quantity.unit != Unit::other)) return unit;
    const auto most = std::ranges::max_element(*units_);
    const auto said = static_cast<Unit>(most - units_->begin());
    if (said == Unit::percent || said == Unit::day) return unit;
    return *most >= (bare ? kBareUnit : kNounUnit) ? said : unit;
  }

 private:
  const Pointing* pointing_ = nullptr;
  std::optional<std::array<float, 8>> units_;
};

}  // namespace

std::vector<std::vector<Given<FigureChoice>>> figures_of(const Scene& scene, std::size_t index, const std::vector<MeasureId>& measures) {
  std::vector<std::vector<Given<FigureChoice>>> out(measures.size());
  const std::vector<Quantity>& quantities = scene.mentions[index].quantities;
  if (quantities.empty() || measures.empty()) return out;
  const Nearness nearness(scene.document.text, scene.text, scene.text.sentences[index]);
  std::vector<std::vector<Span>> anchors;
  for (const MeasureId measure : measures) anchors.push_back(anchors_of(scene, index, measure));

  const PointedFigures pointed(scene.readings[index], scene.book.measures.size());
  const bool only_duration = std::count_if(quantities.begin(), quantities.end(), [](const Quantity& q) { return q.duration; }) == 1;
  const std::vector<bool> planned = planned_of(scene, index, measures);
  for (std::size_t q = 0; q < std::min(quantities.size(), kMostQuantities); ++q) {
    Quantity quantity = quantities[q];
    if (pointed.is_share(quantity, [&] { return continues_share(scene, index, q); })) quantity.unit = Unit::percent;
    const bool pointed_at = pointed.is_one(quantity);
    if (pointed.is_none(quantity) || (!pointed_at && is_whole(scene, index, quantity))) continue;
    std::optional<std::size_t> best;
    int least = 0;
    Unit unit = quantity.unit;
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const Habit& habit = scene.habits.of[measures[m]];
      const auto liked = liking(scene, index, habit, quantity, only_duration, nearness);
      if (!liked) continue;
      const int other_part = !planned.empty() && planned[q] != habit.quota ? kOtherPart : 0;
      const auto& scores = scene.readings[index].measures;
      const int doubt = m < scores.size() ? static_cast<int>((1 - scores[m].probability) * kDoubt) : 0;
      const int cost = doubt + other_part + liked->dislike * kDislike + nearness.least(quantity.span, anchors[m], kNowhere);
      if (!best || cost < least) {
        best = m;
        least = cost;
        unit = liked->unit;
      }
    }
    if (!best && pointed_at) {
      const auto nearness_to = [&](const std::vector<Span>& words) { return nearness.least(quantity.span, words, kNowhere); };
      best = static_cast<std::size_t>(std::ranges::min_element(anchors, {}, nearness_to) - anchors.begin());
    }
    if (best && counts_masses(scene.habits.of[measures[*best]]) && quantity.unit != Unit::percent) {
      const Quantity meant = as_meant(scene, index, q);
      quantity.value = meant.value;
      quantity.high = meant.high;
    }
    if (best)
      out[*best].push_back(given(scene, quantity, pointed.unit(quantity, unit, scene.habits), scene.habits.of[measures[*best]].quota));
  }
  if (quantities.size() == 1 && measures.size() > 1) {
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const bool other_has = std::any_of(out.begin(), out.end(), [](const auto& figures) { return !figures.empty(); });
      if (!other_has || !out[m].empty() || is_aside(scene, index, scene.habits.of[measures[m]], quantities.front())) continue;
      if (befalls_too(scene.habits.of[measures[m]], quantities.front(), anchors[m], nearness)) {
        out[m].push_back(given(scene, quantities.front(), Unit::person, false));
      }
    }
  }
  for (auto& figures : out) drop_durations_beside_counts(figures);
  return out;
}

}  // namespace litopys
