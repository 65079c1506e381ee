// How a voice's figures moved, came back, were rounded, or count something else: update, restated, rounding, scope.
#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "record/findings.h"

namespace litopys {
namespace {

// Facts by a key of small numbers, in order within each.
template <class Key>
using Groups = std::map<Key, std::vector<FactId>>;

constexpr std::int64_t kPairWork = 1'000'000'000;  // pairs that are looked at before the rest is given up

enum class Counted : unsigned char { total, period };

Counted kind_of(const Fact& f) { return f.form == FactTime::closed || f.form == FactTime::since ? Counted::period : Counted::total; }

bool disjoint(const Fact& a, const Fact& b) { return a.high < b.low || b.high < a.low; }

class Scope {
 public:
  Scope(const Evidence& evidence, const Opposed& opposed, std::vector<FindingDraft>& out)
      : facts_(evidence.facts), voices_(evidence.voices), opposed_(opposed), out_(out), wholes_(evidence.facts) {}

  void find() {
    for (FactId v : voices_) {
      if (facts_.binding(facts_.all[v])) binding_.push_back(v);
    }
    for (FactId v : binding_) {
      const Fact& f = facts_.all[v];
      Bucket& bucket = buckets_[Key{f.originator, f.measure, kind_of(f), f.place, f.group}];
      bucket.facts.push_back(v);
      const DayRange published = facts_.published(f);
      if (published.known()) bucket.longest = std::max(bucket.longest, static_cast<DayNumber>(published.last - published.first));
      if (bucket.facts.size() > 1) continue;
      wholes_.add(f.place);
      groups_[Key{f.originator, f.measure, kind_of(f), f.place, kAnyGroup}].push_back(f.group);
    }
    for (FactId v : binding_) {
      if (!cut_short()) of_originator(v);
    }
    in_documents();
  }

  [[nodiscard]] bool cut_short() const { return work_ > kPairWork; }

 private:
  struct Key {
    ActorId originator;
    std::uint16_t measure;
    Counted counted;
    std::uint32_t place, group;
    bool operator==(const Key&) const = default;
  };

  struct KeyHash {
    std::size_t operator()(const Key& k) const {
      std::uint64_t h = (static_cast<std::uint64_t>(k.originator) << 32 | k.place) * 0x9FB21C651E98DF25ULL;
      h ^= h >> 32;
      h += static_cast<std::uint64_t>(k.group) << 20 | static_cast<std::uint64_t>(k.measure) << 1 | static_cast<std::uint64_t>(k.counted);
      h *= 0xD6E8FEB86659FD93ULL;
      return h ^ (h >> 32);
    }
  };
  struct Bucket {
    std::vector<FactId> facts;  // in order
    DayNumber longest = 0;      // of their publications, last minus first day
  };
  static constexpr std::uint32_t kAnyGroup = 0xFFFFFFFF;

  // Pairs of one originator in near documents: each is met once, from its first in the aspect that differs.
  void of_originator(FactId id) {
    const Fact& f = facts_.all[id];
    const Counted counted = kind_of(f);
    if (f.measure == facts_.measures.issuance) {
      each_near(id, Key{f.originator, facts_.measures.application, counted, f.place, f.group}, [&](FactId other) {
        if (facts_.compatible(f, facts_.all[other])) report(id, other);
      });
    }
    if (counted == Counted::total) {
      each_near(id, Key{f.originator, f.measure, Counted::period, f.place, f.group}, [&](FactId other) {
        if (ends_near(f, facts_.all[other])) report(id, other);
      });
    }
    for (std::uint32_t place : wholes_.of(f.place)) {
      each_near(id, Key{f.originator, f.measure, counted, place, f.group}, [&](FactId other) {
        if (facts_.all[other].document != f.document && facts_.compatible(f, facts_.all[other])) report(id, other);
      });
    }
    for (std::uint32_t group : groups_[Key{f.originator, f.measure, counted, f.place, kAnyGroup}]) {
      if (group == f.group || !facts_.group_within(f.group, group)) continue;
      each_near(id, Key{f.originator, f.measure, counted, f.place, group}, [&](FactId other) {
        if (facts_.all[other].document != f.document && facts_.compatible(f, facts_.all[other])) report(id, other);
      });
    }
  }

  template <class Visit>
  void each_near(FactId id, const Key& key, Visit visit) const {
    const auto found = buckets_.find(key);
    if (found == buckets_.end()) return;
    const std::vector<FactId>& bucket = found->second.facts;
    const FactDocument& document = facts_.document(facts_.all[id]);
    if (!document.published.known()) {
      for (auto at = std::lower_bound(bucket.begin(), bucket.end(), document.first); at != bucket.end() && *at < document.end; ++at)
        visit(*at);
      return;
    }
    const DayNumber until = document.published.last + kNear + found->second.longest;
    const auto from = std::lower_bound(bucket.begin(), bucket.end(), document.published.first - kNear,
                                       [&](FactId f, DayNumber day) { return facts_.published(facts_.all[f]).last < day; });
    for (auto at = from; at != bucket.end() && facts_.published(facts_.all[*at]).last <= until; ++at) {
      if (++work_ > kPairWork) return;
      if (facts_.near(facts_.all[id], facts_.all[*at])) visit(*at);
    }
  }

  // Measures, or total against period, of different originators in one document.
  void in_documents() {
    for (std::size_t i = 0; i < binding_.size();) {
      std::size_t end = i + 1;
      const std::uint32_t document = facts_.all[binding_[i]].document;
      while (end < binding_.size() && facts_.all[binding_[end]].document == document) ++end;
      // By what must agree, so that a long list of figures is no square of pairs.
      Groups<std::pair<std::uint32_t, std::uint32_t>> here;
      for (; i < end; ++i) here[{facts_.all[binding_[i]].place, facts_.all[binding_[i]].group}].push_back(binding_[i]);
      for (const auto& [where, list] : here) {
        for (std::size_t a = 0; a < list.size(); ++a) {
          work_ += static_cast<std::int64_t>(list.size() - a);
          if (cut_short()) break;
          for (std::size_t b = a + 1; b < list.size(); ++b) in_document(list[a], list[b]);
        }
      }
    }
  }

  void in_document(FactId a, FactId b) {
    const Fact& f = facts_.all[a];
    const Fact& g = facts_.all[b];
    if (f.originator == g.originator) return;  // met already
    const bool measures = f.measure != g.measure;
    const bool counts = kind_of(f) != kind_of(g);
    if (measures == counts) return;
    if (measures) {
      if (facts_.compatible(f, g)) report(a, b);
    } else if (kind_of(f) == Counted::total ? ends_near(f, g) : ends_near(g, f)) {
      report(a, b);
    }
  }

  // The period starts by the total's day and ends near it.
  bool ends_near(const Fact& total, const Fact& period) const {
    const DayRange day = facts_.standing(total);
    const DayNumber end = period.form == FactTime::since ? facts_.published(period).last : facts_.cut(period, period.time.last);
    return day.known() && end != kEndless && period.time.first <= day.last && apart(day, {end, end}) <= kNear;
  }

  void report(FactId a, FactId b) {
    ++work_;
    if (!disjoint(facts_.all[a], facts_.all[b]) || opposed_.both(a, b)) return;
    out_.push_back({FindingKind::scope, {std::min(a, b), std::max(a, b)}, ""});
  }

  const Facts& facts_;
  const std::vector<FactId>& voices_;
  const Opposed& opposed_;
  std::vector<FindingDraft>& out_;
  std::vector<FactId> binding_;
  std::unordered_map<Key, Bucket, KeyHash> buckets_;
  std::unordered_map<Key, std::vector<std::uint32_t>, KeyHash> groups_;  // of an originator in a place, each once
  PlaceWholes wholes_;
  mutable std::int64_t work_ = 0;
};

}  // namespace

void find_updates(const Evidence& evidence, const Opposed& opposed, std::vector<FindingDraft>& out) {
  const Facts& facts = evidence.facts;
  Groups<std::tuple<ActorId, std::uint16_t, std::uint32_t, std::uint32_t, Unit>> totals;
  for (FactId v : evidence.voices) {
    const Fact& f = facts.all[v];
    const bool total = f.form == FactTime::total || f.form == FactTime::none;
    if (!f.whole_interval || f.left_out || !total || f.stance != Stance::asserted || !facts.counted(f) || !facts.standing(f).known())
      continue;
    totals[{f.originator, f.measure, f.place, f.group, f.unit}].push_back(v);
  }
  for (auto& [key, list] : totals) {
    if (list.size() < 2) continue;
    // By day; of one day the higher low last, so that it is found first from behind.
    std::vector<FactId> by_day = list;
    std::sort(by_day.begin(), by_day.end(), [&](FactId a, FactId b) {
      const DayNumber x = facts.standing(facts.all[a]).last, y = facts.standing(facts.all[b]).last;
      if (x != y) return x < y;
      if (facts.all[a].low != facts.all[b].low) return facts.all[a].low < facts.all[b].low;
      return a > b;
    });
    for (FactId v : list) {
      const Fact& now = facts.all[v];
      const auto at = std::lower_bound(by_day.begin(), by_day.end(), facts.standing(now).first,
                                       [&](FactId f, DayNumber day) { return facts.standing(facts.all[f]).last < day; });
      if (at == by_day.begin()) continue;
      const FactId before_id = *(at - 1);
      const Fact& before = facts.all[before_id];
      const bool grown = before.high < kOpen ? now.low >= before.high : now.low > before.low;
      if (now.value > before.value && grown && !opposed.both(v, before_id)) out.push_back({FindingKind::update, {before_id, v}, ""});
    }
  }
}

void find_restated(const Evidence& evidence, std::vector<FindingDraft>& out) {
  const Facts& facts = evidence.facts;
  struct Key {
    std::uint32_t thing;
    ActorId originator;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& k) const { return (static_cast<std::size_t>(k.thing) << 32 | k.originator) * 0x9E3779B97F4A7C15ULL; }
  };
  std::unordered_map<Key, std::vector<FactId>, Hash> said;
  for (FactId v = 0; v < facts.all.size(); ++v) {
    const Fact& f = facts.all[v];
    if (!f.has_figure || f.stance != Stance::asserted || !facts.counted(f) || f.form == FactTime::closed || facts.things[f.thing] < 2)
      continue;
    said[{f.thing, f.originator}].push_back(v);
  }
  for (const auto& [key, list] : said) {
    const Fact& first = facts.all[list.front()];
    const DayRange told = facts.published(first);
    if (!told.known()) continue;
    const DayNumber first_day = first.form == FactTime::total ? facts.cut(first, first.time.last) : told.last;
    for (std::size_t i = 0; i < list.size();) {
      const std::uint32_t document = facts.all[list[i]].document;
      const FactId again = list[i];
      bool same_total = false;
      for (; i < list.size() && facts.all[list[i]].document == document; ++i) {
        const Fact& f = facts.all[list[i]];
        same_total = same_total || (f.form == FactTime::total && (facts.compatible(f, first) || facts.cut(f, f.time.last) <= first_day));
      }
      const DayRange published = facts.documents[document].published;
      if (!same_total && published.known() && published.first - told.last > kNear) {
        out.push_back({FindingKind::restated, {list.front(), again}, ""});
      }
    }
  }
}

void find_rounding(const Evidence& evidence, std::vector<FindingDraft>& out) {
  const Facts& facts = evidence.facts;
  Groups<std::tuple<ActorId, std::uint16_t, std::uint32_t, std::uint32_t, Unit>> figures;
  for (FactId v : evidence.voices) {
    const Fact& f = facts.all[v];
    if (!f.whole_interval || f.stance != Stance::asserted || f.bound == Bound::several || f.bound == Bound::range) continue;
    figures[{f.originator, f.measure, f.place, f.group, f.unit}].push_back(v);
  }
  for (auto& [key, list] : figures) {
    if (list.size() < 2) continue;
    std::stable_sort(list.begin(), list.end(), [&](FactId a, FactId b) { return facts.all[a].value < facts.all[b].value; });
    const auto value_of = [&](FactId f) { return *Amount::of(facts.all[f].value); };
    for (FactId c : list) {
      const Fact& coarse = facts.all[c];
      auto at = std::lower_bound(list.begin(), list.end(), coarse.exact_low, [&](FactId f, Amount low) { return value_of(f) < low; });
      for (; at != list.end() && value_of(*at) <= coarse.exact_high; ++at) {
        const Fact& fine = facts.all[*at];
        const bool coarser =
            coarse.value.exponent() > fine.value.exponent() || (coarse.value.exponent() == fine.value.exponent() && c < *at);
        const bool same_figure = coarse.value == fine.value && coarse.bound == fine.bound;
        if (*at == c || !coarser || same_figure || disjoint(coarse, fine) || !facts.compatible(coarse, fine)) continue;
        out.push_back({FindingKind::rounding, {std::min(c, *at), std::max(c, *at)}, ""});
      }
    }
  }
}

void find_scope(const Evidence& evidence, const Opposed& opposed, std::vector<FindingDraft>& out, std::vector<std::string>& notes) {
  Scope scope(evidence, opposed, out);
  scope.find();
  if (scope.cut_short()) notes.emplace_back("scope: more pairs of figures lie side by side than were compared; some are not listed");
}

}  // namespace litopys
