// Fits: "По Херсонской 250 тысяч. В мае говорили о двухстах": 200 thousand. Does not fit: "250,000 were issued. In May, 200", since who
// writes all digits once writes them always.
#include "claim/figure_ellipsis.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kNearTimes = 5;           // how many times more or less two numbers of one sentence may be,
constexpr int kFarTimes = 4;            // and those of two sentences
constexpr std::size_t kScaleBack = 4;   // sentences
constexpr std::size_t kShareBack = 3;   // sentences
constexpr std::size_t kMostLooks = 16;  // numbers of one sentence; behind more nobody remembers the scale
constexpr std::int64_t kThousand = 1000;

bool counts_nothing_named(const Quantity& q) { return q.unit == Unit::other && q.noun.empty() && !q.duration; }

bool leaves_scale_out(const Quantity& q) {
  return counts_nothing_named(q) && q.bound != Bound::several && q.value < *Decimal::make(kThousand);
}

bool counts_things(const Quantity& q) { return !q.duration && q.unit != Unit::percent && q.unit != Unit::currency; }

// "250 thousand", «двести тысяч», but not "250,000": only who says the word leaves it out the next time.
bool says_scale(const Scene& scene, const Quantity& q) {
  if (!counts_things(q) || q.bound == Bound::several || q.value < *Decimal::make(kThousand)) return false;
  const std::string_view text = q.number.of(scene.document.text);
  return !text.empty() && (text.back() < '0' || text.back() > '9');
}

// The scale that brings `value` to the size of `reference`, at most `times` more or less.
std::optional<Decimal> scale_to(Decimal value, Decimal reference, int times) {
  for (const std::int64_t scale : {kThousand * kThousand, kThousand}) {
    if (reference < *Decimal::make(scale)) continue;
    const auto scaled = value.times(*Decimal::make(scale));
    const auto most = reference.times(*Decimal::make(times));
    const auto least = scaled ? scaled->times(*Decimal::make(times)) : std::nullopt;
    if (most && least && *scaled <= *most && *least >= reference) return Decimal::make(scale);
  }
  return std::nullopt;
}

// Gives `q` the scale of `from`; false where it does not fit.
bool take_scale(Quantity& q, const Scene& scene, const Quantity& from, int times) {
  if (!says_scale(scene, from)) return false;
  const auto scale = scale_to(q.value, from.high.value_or(from.value), times);
  const auto value = scale ? q.value.times(*scale) : std::nullopt;
  const auto high = scale && q.high ? q.high->times(*scale) : std::nullopt;
  if (!value || (q.high && !high)) return false;
  q.value = *value;
  q.high = high;
  return true;
}

}  // namespace

Quantity as_meant(const Scene& scene, std::size_t index, std::size_t which) {
  const std::vector<Quantity>& all = scene.mentions[index].quantities;
  Quantity q = all[which];
  if (!leaves_scale_out(q)) return q;
  for (std::size_t i = which; i-- > 0 && which - i <= kMostLooks;) {
    if (take_scale(q, scene, all[i], kNearTimes) || (counts_things(all[i]) && !leaves_scale_out(all[i]))) return q;
  }
  if (which + 1 < all.size() && take_scale(q, scene, all[which + 1], kNearTimes)) return q;
  for (std::size_t back = 1; back <= kScaleBack && back <= index; ++back) {
    const std::vector<Quantity>& before = scene.mentions[index - back].quantities;
    const auto end = before.rbegin() + static_cast<std::ptrdiff_t>(std::min(before.size(), kMostLooks));
    for (auto from = before.rbegin(); from != end; ++from) {
      if (take_scale(q, scene, *from, kFarTimes) || (counts_things(*from) && !leaves_scale_out(*from))) return q;
    }
  }
  return q;
}

bool continues_share(const Scene& scene, std::size_t index, std::size_t which) {
  const std::vector<Quantity>& all = scene.mentions[index].quantities;
  const bool named = std::ranges::any_of(scene.mentions[index].cues, [&](const Cue& cue) {
    const Row& row = scene.book.rows[cue.row];
    return row.kind == "slot-word" && row.gives == "share-word";
  });
  if (named) return true;
  for (std::size_t i = which; i-- > 0;) {
    if (!all[i].duration) return all[i].unit == Unit::percent;
  }
  for (std::size_t back = 1; back <= kShareBack && back <= index; ++back) {
    const std::vector<Quantity>& before = scene.mentions[index - back].quantities;
    for (auto from = before.rbegin(); from != before.rend(); ++from) {
      if (!from->duration) return from->unit == Unit::percent;
    }
  }
  return false;
}

}  // namespace litopys
