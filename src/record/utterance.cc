// Facts of one thing are few, so the rules look at them by themselves: first a list, for each name, of the claims that have it behind
// their face; then each claim's arrow to the claim that shows its relay; then the arrows' ends.
#include "record/utterance.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace litopys {
namespace {

// Facts by thing, each thing's in order: begin[t] .. begin[t + 1] of `ids`.
struct ByThing {
  std::vector<std::uint32_t> begin;
  std::vector<FactId> ids;
};

ByThing by_thing(const Facts& facts) {
  ByThing out;
  out.begin.assign(facts.things.size() + 1, 0);
  for (std::size_t t = 0; t < facts.things.size(); ++t) out.begin[t + 1] = out.begin[t] + facts.things[t];
  out.ids.resize(facts.all.size());
  std::vector<std::uint32_t> next = out.begin;
  for (FactId f = 0; f < facts.all.size(); ++f) out.ids[next[facts.all[f].thing]++] = f;
  return out;
}

class Relays {
 public:
  explicit Relays(Facts& facts) : facts_(facts) {}

  void thing(const FactId* begin, const FactId* end) {
    behind_.clear();
    known_.clear();
    for (const FactId* at = begin; at != end; ++at) {
      const auto chain = facts_.chain(facts_.all[*at]);
      for (std::size_t i = 1; i < chain.size(); ++i) {
        if (chain[i] == chain[0]) continue;
        List& list = behind_[chain[i]];
        if (!list.facts.empty() && list.facts.back() == *at) continue;
        list.facts.push_back(*at);
        const DayRange published = facts_.published(facts_.all[*at]);
        if (published.known()) list.longest = std::max(list.longest, static_cast<DayNumber>(published.last - published.first));
      }
    }
    for (const FactId* at = begin; at != end; ++at) {
      Fact& fact = facts_.all[*at];
      if (fact.named) fact.shown_by = best(*at);
    }
  }

 private:
  struct List {
    std::vector<FactId> facts;
    DayNumber longest = 0;  // of their publications, last minus first day
  };

  // Of the claims that have this one's face behind another: in its own document, of the face's own outlet, the nearest, the first.
  FactId best(FactId id) {
    const Fact& fact = facts_.all[id];
    const ActorId face = facts_.face(fact);
    const auto found = behind_.find(face);
    if (found == behind_.end()) return kNoFact;
    const List& list = found->second;
    using Rank = std::tuple<bool, bool, DayNumber, FactId>;  // less is better
    Rank best{true, true, kEndless, kNoFact};
    const auto look = [&](FactId other_id) {
      const Fact& other = facts_.all[other_id];
      if (!facts_.near(fact, other) || !facts_.compatible(fact, other)) return;
      best = std::min(best, Rank{other.document != fact.document, facts_.document(other).outlet != face,
                                 facts_.apart_published(fact, other), other_id});
    };
    const FactDocument& document = facts_.document(fact);
    for (auto at = std::lower_bound(list.facts.begin(), list.facts.end(), document.first); at != list.facts.end() && *at < document.end;
         ++at)
      look(*at);
    if (!std::get<0>(best) || !document.published.known()) return std::get<3>(best);
    // The rest hangs on the face, the publication and the time alone: many claims of one day ask the same.
    const Question question{face, document.published.first, document.published.last, fact.form, fact.time.first, fact.time.last};
    const auto [answer, fresh] = known_.try_emplace(question, kNoFact);
    if (!fresh) return answer->second;
    const auto from = std::lower_bound(list.facts.begin(), list.facts.end(), document.published.first - kNear,
                                       [&](FactId f, DayNumber day) { return facts_.published(facts_.all[f]).last < day; });
    const DayNumber until = document.published.last + kNear + list.longest;
    for (auto at = from; at != list.facts.end() && facts_.published(facts_.all[*at]).last <= until; ++at) look(*at);
    return answer->second = std::get<3>(best);
  }

  using Question = std::tuple<ActorId, DayNumber, DayNumber, FactTime, DayNumber, DayNumber>;

  Facts& facts_;
  std::unordered_map<ActorId, List> behind_;
  std::map<Question, FactId> known_;
};

// The ends of the arrows `shown_by`. On a ring each keeps its face; what leads into it takes the face where it enters.
void follow(Facts& facts) {
  enum : std::uint8_t { fresh, open, done };
  std::vector<std::uint8_t> state(facts.all.size(), fresh);
  std::vector<FactId> path;
  for (FactId start = 0; start < facts.all.size(); ++start) {
    if (state[start] == done) continue;
    path.clear();
    FactId at = start;
    while (at != kNoFact && state[at] == fresh) {
      state[at] = open;
      path.push_back(at);
      at = facts.all[at].shown_by;
    }
    if (at != kNoFact && state[at] == open) {
      for (auto member = std::find(path.begin(), path.end(), at); member != path.end(); ++member) {
        facts.all[*member].on_ring = true;
        facts.all[*member].originator = facts.face(facts.all[*member]);
        state[*member] = done;
      }
    }
    for (auto member = path.rbegin(); member != path.rend(); ++member) {
      Fact& fact = facts.all[*member];
      if (state[*member] == done) continue;
      fact.originator = fact.shown_by == kNoFact ? facts.face(fact) : facts.all[fact.shown_by].originator;
      state[*member] = done;
    }
  }
}

class Statements {
 public:
  explicit Statements(Facts& facts) : facts_(facts) {}

  // Facts of one originator and thing, in order.
  void group(const FactId* begin, const FactId* end) {
    const std::size_t before = out_.size();
    drafts_.clear();
    for (const bool dated : {true, false}) {
      for (const FactId* at = begin; at != end; ++at) {
        if ((facts_.all[*at].form != FactTime::none) == dated) place(*at);
      }
    }
    for (Draft& draft : drafts_) {
      std::sort(draft.facts.begin(), draft.facts.end());
      out_.push_back({std::move(draft.facts), draft.voice});
    }
    std::sort(out_.begin() + static_cast<std::ptrdiff_t>(before), out_.end(),
              [](const StatementDraft& a, const StatementDraft& b) { return a.facts.front() < b.facts.front(); });
  }

  std::vector<StatementDraft> take() {
    std::sort(out_.begin(), out_.end(), [](const StatementDraft& a, const StatementDraft& b) { return a.facts.front() < b.facts.front(); });
    for (std::uint32_t s = 0; s < out_.size(); ++s) {
      for (FactId f : out_[s].facts) facts_.all[f].statement = s;
    }
    return std::move(out_);
  }

 private:
  struct Draft {
    std::vector<FactId> facts;                  // as they joined
    std::vector<std::uint32_t> dated, undated;  // documents, each ascending
    FactId voice = kNoFact;
  };

  void place(FactId id) {
    const Fact& fact = facts_.all[id];
    const auto has = [&](const Draft& draft) {
      return std::binary_search(draft.dated.begin(), draft.dated.end(), fact.document) ||
             std::binary_search(draft.undated.begin(), draft.undated.end(), fact.document);
    };
    Draft* into = nullptr;
    std::tuple<bool, DayNumber, FactId> best{};
    for (Draft& draft : drafts_) {
      const Fact& voice = facts_.all[draft.voice];
      const bool own = has(draft);
      if (!facts_.compatible(fact, voice) && !(own && fact.form == FactTime::none)) continue;
      const std::tuple rank{!own, facts_.apart_published(fact, voice), draft.voice};
      if (into != nullptr && !(rank < best)) continue;
      into = &draft;
      best = rank;
    }
    if (into == nullptr) into = &drafts_.emplace_back();
    into->facts.push_back(id);
    auto& documents = fact.form == FactTime::none ? into->undated : into->dated;
    if (documents.empty() || documents.back() != fact.document) documents.push_back(fact.document);
    if (into->voice == kNoFact || speaks_before(id, into->voice)) into->voice = id;
  }

  // Claims whose face is the originator, then the shortest time, then the first.
  bool speaks_before(FactId a, FactId b) const {
    const auto rank = [&](FactId id) {
      const Fact& f = facts_.all[id];
      constexpr std::int64_t kForever = 1LL << 40;
      return std::tuple{facts_.face(f) != f.originator, f.form == FactTime::none ? kForever : f.time.length(), id};
    };
    return rank(a) < rank(b);
  }

  Facts& facts_;
  std::vector<Draft> drafts_;
  std::vector<StatementDraft> out_;
};

}  // namespace

void set_chains(Facts& facts, Actors& actors) {
  for (FactDocument& document : facts.documents) {
    const ClaimDocument& source = facts.sources[document.source];
    const bool named = source.outlet && !name_key(*source.outlet).empty();
    document.outlet = named ? actors.of(*source.outlet, Side::media) : actors.own("document " + source.id, source.id);
  }
  for (Fact& fact : facts.all) {
    const FactDocument& document = facts.document(fact);
    const FactDocument& original = facts.documents[document.original];
    const std::string& original_id = facts.sources[original.source].id;
    const Claim& claim = facts.claim(fact);
    fact.chain = static_cast<std::uint32_t>(facts.chains.size());
    const auto add = [&](ActorId actor) {
      if (facts.chains.size() == fact.chain || facts.chains.back() != actor) facts.chains.push_back(actor);
    };
    const auto add_nameless = [&](const std::string& name) { add(actors.nameless_of(original_id, name)); };
    fact.named = true;
    for (const std::string& name : claim.sources) {
      if (actors.nameless(name) || (&name == &claim.sources.front() && claim.side == Side::resident)) {
        if (&name == &claim.sources.front()) fact.named = false;
        add_nameless(name);
      } else {
        add(actors.of(name, &name == &claim.sources.front() ? claim.side : Side::unknown));
      }
    }
    if (!claim.sources.empty()) {
      add(document.outlet);
    } else if (claim.side == Side::unknown || claim.side == Side::resident) {
      fact.named = false;
      add_nameless("");
      add(document.outlet);
    } else {
      add(original.outlet);
      add(document.outlet);
    }
    fact.chain_size = static_cast<std::uint32_t>(facts.chains.size()) - fact.chain;
    fact.originator = facts.chains[fact.chain];
  }
}

void set_originators(Facts& facts) {
  const ByThing things = by_thing(facts);
  Relays relays(facts);
  for (std::size_t t = 0; t + 1 < things.begin.size(); ++t) {
    const FactId* begin = things.ids.data() + things.begin[t];
    const FactId* end = things.ids.data() + things.begin[t + 1];
    if (end - begin > 1 && facts.all[*begin].has_figure) relays.thing(begin, end);
  }
  follow(facts);
}

std::vector<StatementDraft> make_statements(Facts& facts) {
  ByThing things = by_thing(facts);
  Statements statements(facts);
  for (std::size_t t = 0; t + 1 < things.begin.size(); ++t) {
    FactId* begin = things.ids.data() + things.begin[t];
    FactId* end = things.ids.data() + things.begin[t + 1];
    std::stable_sort(begin, end, [&](FactId a, FactId b) { return facts.all[a].originator < facts.all[b].originator; });
    while (begin != end) {
      FactId* next = std::find_if(begin, end, [&](FactId f) { return facts.all[f].originator != facts.all[*begin].originator; });
      statements.group(begin, next);
      begin = next;
    }
  }
  return statements.take();
}

}  // namespace litopys
