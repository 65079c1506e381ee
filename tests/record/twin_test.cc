// A naive twin: the system solved by all-pairs shortest paths, contradictions by all subsets, near-copies by all pairs. Slow, short, and
// written from the contract alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "record/reprints.h"
#include "record/sample.h"

namespace litopys {
namespace {

// Tenths throughout, so that "about" is whole.
constexpr long kNone = 1L << 40;

struct Told {
  std::string place;
  bool children = false;
  Side side = Side::russia;
  int from = -1, to = 0;  // days; from -1: a total
  long low = 0, high = kNone;
  Claim claim;
};

const std::vector<std::vector<std::string>> kHolders = {{"UA-65/Kherson", "UA-65", "UA-SOUTH", "UA-TOT"},
                                                        {"UA-65", "UA-SOUTH", "UA-TOT"},
                                                        {"UA-SOUTH", "UA-TOT"},
                                                        {"UA-23", "UA-SOUTH", "UA-TOT"},
                                                        {"UA-TOT"}};

bool within(const Told& a, const Told& b) {
  if (!a.children && b.children) return false;
  for (const auto& chain : kHolders) {
    if (chain.front() == a.place) return std::find(chain.begin(), chain.end(), b.place) != chain.end();
  }
  return false;
}

std::string day(int d) { return Date::of(Date::parse("2024-01-01")->first_day() + std::chrono::days(d)).str(); }

std::vector<Told> random_claims(std::mt19937& random, std::size_t count) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Told> out;
  for (std::size_t i = 0; i < count; ++i) {
    Told t;
    t.place = kHolders[static_cast<std::size_t>(pick(5))].front();
    t.children = pick(4) == 0;
    t.side = pick(3) == 0 ? Side::ukraine : Side::russia;
    const long v = 1 + pick(59) + (pick(2) == 0 ? 40 : 0);
    std::string figure;
    switch (pick(6)) {
      case 0: figure = "exact", t.low = t.high = 10 * v; break;
      case 1: figure = "over", t.low = 10 * v; break;
      case 2: figure = "at-most", t.high = 10 * v; break;
      case 3: figure = "about", t.low = 9 * v, t.high = 11 * v; break;
      case 4: figure = "at-least", t.low = 10 * v; break;
      default: figure = "under", t.high = 10 * v; break;
    }
    t.to = 10 * (1 + pick(5));
    std::string when = "../" + day(t.to);
    if (pick(3) == 0) {
      t.from = t.to - 10 * (1 + pick(3));
      if (t.from < 0) t.from = 0;
      when = day(t.from + 1) + "/" + day(t.to);
    }
    t.claim = claim("issuance " + figure + " " + std::to_string(v) + " passport", t.place, when,
                    {"Speaker " + std::string(1, static_cast<char>('a' + i))}, t.side, Stance::asserted,
                    t.children ? std::vector<std::string>{"children"} : std::vector<std::string>{});
    out.push_back(std::move(t));
  }
  return out;
}

// ---- bands by all-pairs shortest paths -------------------------------------------------------------------------------------------

struct Twin {
  std::vector<const Told*> curves;  // one claim of each
  std::vector<int> days;
  std::vector<long> way;
  std::size_t n = 0;
  bool contradicted = false;

  std::size_t at(std::size_t curve, int d) const {
    return 1 + curve * days.size() + static_cast<std::size_t>(std::find(days.begin(), days.end(), d) - days.begin());
  }
  void arrow(std::size_t from, std::size_t to, long w) { way[from * n + to] = std::min(way[from * n + to], w); }

  // The claims about `about`, its parts and its wholes.
  Twin(const std::vector<Told>& claims, const Told& about, std::optional<Side> side, std::vector<int> all_days)
      : days(std::move(all_days)) {
    std::vector<std::pair<const Told*, std::size_t>> bound;
    curves.push_back(&about);
    for (const Told& t : claims) {
      if ((side && t.side != *side) || (!within(t, about) && !within(about, t))) continue;
      std::size_t c = 0;
      while (c < curves.size() && (curves[c]->place != t.place || curves[c]->children != t.children)) ++c;
      if (c == curves.size()) curves.push_back(&t);
      bound.emplace_back(&t, c);
    }
    n = 1 + curves.size() * days.size();
    way.assign(n * n, kNone);
    for (std::size_t i = 0; i < n; ++i) way[i * n + i] = 0;
    for (std::size_t c = 0; c < curves.size(); ++c) {
      for (std::size_t d = 0; d < days.size(); ++d) {
        arrow(at(c, days[d]), 0, 0);
        if (d > 0) arrow(at(c, days[d]), at(c, days[d - 1]), 0);
        for (std::size_t whole = 0; whole < curves.size(); ++whole) {
          if (whole != c && within(*curves[c], *curves[whole])) arrow(at(whole, days[d]), at(c, days[d]), 0);
        }
      }
    }
    for (const auto& [t, c] : bound) {
      const std::size_t from = t->from < 0 ? 0 : at(c, t->from);
      if (t->high < kNone) arrow(from, at(c, t->to), t->high);
      arrow(at(c, t->to), from, -t->low);
    }
    for (std::size_t k = 0; k < n && !contradicted; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        if (way[i * n + k] >= kNone) continue;
        for (std::size_t j = 0; j < n; ++j) {
          if (way[k * n + j] < kNone) arrow(i, j, way[i * n + k] + way[k * n + j]);
        }
        if (way[i * n + i] < 0) contradicted = true;
      }
    }
  }

  std::string band(int d) const {
    if (contradicted) return "contradicted";
    const auto text = [](long tenths) { return Amount::of(*Decimal::make(tenths, -1))->str(); };
    const long high = way[at(0, d)];
    return text(-way[at(0, d) * n]) + ".." + (high < kNone ? text(high) : "");
  }
};

// ---- contradictions by all subsets -----------------------------------------------------------------------------------------------

struct Arrow {
  int from_day, to_day;  // -1: zero
  long weight;
};

std::vector<Arrow> arrows_of(const Told& t) {
  std::vector<Arrow> out;
  if (t.low > 0) out.push_back({t.to, t.from, -t.low});
  if (t.high < kNone) out.push_back({t.from, t.to, t.high});
  return out;
}

// The most negative ring with one arrow of each claim of the set, in any order; 0 where there is none.
long lightest(const std::vector<Told>& claims, std::vector<std::size_t> set) {
  long best = 0;
  std::sort(set.begin() + 1, set.end());
  do {
    std::vector<std::vector<Arrow>> arrows;
    for (std::size_t i : set) arrows.push_back(arrows_of(claims[i]));
    std::size_t combinations = 1;
    for (const auto& a : arrows) combinations *= a.size();
    for (std::size_t c = 0; c < combinations; ++c) {
      std::vector<Arrow> ring;
      std::size_t rest = c;
      for (const auto& a : arrows) {
        ring.push_back(a[rest % a.size()]);
        rest /= a.size();
      }
      long weight = 0;
      bool closed = true;
      for (std::size_t i = 0; i < ring.size() && closed; ++i) {
        const Arrow& one = ring[i];
        const Arrow& two = ring[(i + 1) % ring.size()];
        weight += one.weight;
        closed = two.from_day < 0 ||
                 (one.to_day >= 0 && two.from_day <= one.to_day && within(claims[set[(i + 1) % set.size()]], claims[set[i]]));
      }
      if (closed) best = std::min(best, weight);
    }
  } while (std::next_permutation(set.begin() + 1, set.end()));
  return best;
}

std::set<std::set<std::size_t>> contradictions(const std::vector<Told>& claims, std::optional<Side> side) {
  std::map<unsigned, long> smallest;  // sets that cannot be true though all their parts can, with the weight of their ring
  std::vector<unsigned> sets;
  for (unsigned s = 1; s < 1U << claims.size(); ++s) sets.push_back(s);
  std::sort(sets.begin(), sets.end(),
            [](unsigned a, unsigned b) { return std::pair(__builtin_popcount(a), a) < std::pair(__builtin_popcount(b), b); });
  std::size_t found = 0;
  for (unsigned s : sets) {
    const int size = __builtin_popcount(s);
    if (size < 2 || (size > 5 && found > 0)) continue;
    std::vector<std::size_t> members;
    bool asked = true;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if ((s >> i & 1U) == 0) continue;
      members.push_back(i);
      asked = asked && (!side || claims[i].side == *side);
    }
    if (!asked || std::any_of(smallest.begin(), smallest.end(), [&](const auto& t) { return (t.first & s) == t.first; })) continue;
    const long weight = lightest(claims, members);
    if (weight >= 0) continue;
    smallest[s] = weight;
    ++found;
  }
  std::set<std::set<std::size_t>> out;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    std::tuple<int, long, std::vector<std::size_t>> best{99, 0, {}};
    for (const auto& [s, weight] : smallest) {
      if ((s >> i & 1U) == 0) continue;
      std::vector<std::size_t> members;
      for (std::size_t k = 0; k < claims.size(); ++k) {
        if ((s >> k & 1U) != 0) members.push_back(k);
      }
      best = std::min(best, std::tuple{__builtin_popcount(s), weight, members});
    }
    if (std::get<0>(best) < 99) out.insert(std::set<std::size_t>(std::get<2>(best).begin(), std::get<2>(best).end()));
  }
  return out;
}

TEST(RecordTwin, BandsAndContradictionsAreThoseOfANaiveSolutionOnRandomSets) {
  int contradictory = 0, larger = 0;
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Told> claims = random_claims(random, 3 + seed % 5);
    std::vector<ClaimDocument> documents;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      documents.push_back(document(std::string(1, static_cast<char>('a' + i)), "X", "2024-12-31", {claims[i].claim}));
    }
    const Record record = record_of(documents);
    std::set<std::set<std::size_t>> expected, found;
    bool only_larger = false;
    for (const std::optional<Side> side : {std::optional(Side::russia), std::optional(Side::ukraine), std::optional<Side>()}) {
      for (const auto& set : contradictions(claims, side)) {
        only_larger = only_larger || set.size() > 5;
        expected.insert(set);
      }
    }
    for (const Finding& f : record.findings) {
      if (f.kind != FindingKind::contradiction) continue;
      std::set<std::size_t> set;
      for (const std::string& c : f.claims) set.insert(static_cast<std::size_t>(c[0] - 'a'));
      found.insert(set);
    }
    if (only_larger) {
      ++larger;  // "one of them"
    } else {
      ASSERT_EQ(found, expected) << "seed " << seed;
    }
    contradictory += expected.empty() ? 0 : 1;
    for (const RecordSeries& s : record.series) {
      Told about;
      about.place = s.place;
      about.children = !s.group.empty();
      std::vector<int> days;
      for (const Told& t : claims) {
        days.push_back(t.to);
        if (t.from >= 0) days.push_back(t.from);
      }
      std::sort(days.begin(), days.end());
      days.erase(std::unique(days.begin(), days.end()), days.end());
      std::map<std::optional<Side>, Twin> twins;
      for (const Band& b : s.bands) {
        const auto twin = twins.try_emplace(b.side, claims, about, b.side, days).first;
        if (b.contradicted) {
          EXPECT_TRUE(twin->second.contradicted) << "seed " << seed << " " << s.place;
          continue;
        }
        const int d = static_cast<int>((b.at - Date::parse("2024-01-01")->first_day()).count());
        EXPECT_EQ(b.low.str() + ".." + (b.high ? b.high->str() : ""), twin->second.band(d))
            << "seed " << seed << " " << s.place << " " << day(d);
      }
    }
  }
  EXPECT_GT(contradictory, 200);
  EXPECT_LT(larger, 50);
}

TEST(RecordTwin, NearCopiesAreThoseOfAllPairs) {
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    std::mt19937 random(seed);
    const auto word = [&] { return "w" + std::to_string(random() % 400) + " "; };
    std::vector<std::vector<std::string>> words;
    for (int i = 0; i < 12; ++i) {
      std::vector<std::string> text;
      if (i > 0 && random() % 2 == 0) {
        const auto& from = words[random() % words.size()];
        const std::size_t cut = random() % (from.size() / 2 + 1);
        text.assign(from.begin() + static_cast<std::ptrdiff_t>(cut), from.end());
        for (std::size_t k = random() % 20; k > 0; --k) text[random() % text.size()] = word();
      }
      for (std::size_t k = random() % 60 + (text.empty() ? 20 : 0); k > 0; --k) text.push_back(word());
      words.push_back(std::move(text));
    }
    std::vector<std::string> texts;
    std::vector<std::set<std::string>> runs;
    for (const auto& text : words) {
      std::set<std::string> all;
      for (std::size_t i = 0; i + 5 <= text.size(); ++i) all.insert(text[i] + text[i + 1] + text[i + 2] + text[i + 3] + text[i + 4]);
      runs.push_back(std::move(all));
      texts.push_back(joined(text));
    }
    std::vector<std::size_t> head(words.size());
    for (std::size_t i = 0; i < head.size(); ++i) head[i] = i;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto& shorter = runs[i].size() < runs[j].size() ? runs[i] : runs[j];
        const auto& longer = runs[i].size() < runs[j].size() ? runs[j] : runs[i];
        if (shorter.size() < 20 || 3 * shorter.size() < longer.size()) continue;
        const auto both = static_cast<std::size_t>(
            std::count_if(shorter.begin(), shorter.end(), [&](const std::string& r) { return longer.contains(r); }));
        if (2 * both < shorter.size()) continue;
        const std::size_t from = std::max(head[i], head[j]), to = std::min(head[i], head[j]);
        std::replace(head.begin(), head.end(), from, to);
      }
    }
    std::map<std::size_t, std::vector<std::uint32_t>> expected;
    for (std::uint32_t i = 0; i < head.size(); ++i) expected[head[i]].push_back(i);
    std::vector<std::vector<std::uint32_t>> wanted, found;
    for (const auto& [h, group] : expected) {
      if (group.size() > 1) wanted.push_back(group);
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    for (const CopyGroup& group : near_copies(views)) found.push_back(group.documents);
    EXPECT_EQ(found, wanted) << seed;
  }
}

}  // namespace
}  // namespace litopys
