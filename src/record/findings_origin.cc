// One voice in many mouths: one-origin, true-origin, circular.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "record/findings.h"

namespace litopys {
namespace {

constexpr std::size_t kManyOutlets = 3;
constexpr std::size_t kLongestRing = 5;
constexpr std::int64_t kRingWork = 20'000'000;

// The rings among the names that stand next to each other in chains of one thing.
class Rings {
 public:
  Rings(const Facts& facts, std::vector<FindingDraft>& out) : facts_(facts), out_(out) {}

  void thing(const std::vector<FactId>& claims) {
    next_.clear();
    for (FactId f : claims) {
      const auto chain = facts_.chain(facts_.all[f]);
      for (std::size_t i = 1; i < chain.size(); ++i) {
        if (chain[i] == chain[i - 1]) continue;
        std::vector<FactId>& step = next_[chain[i - 1]][chain[i]];
        if (step.empty() || step.back() != f) step.push_back(f);
      }
    }
    seen_.clear();
    for (const auto& [actor, steps] : next_) {
      path_ = {actor};
      walk();
    }
  }

  [[nodiscard]] bool cut_short() const { return work_ > kRingWork; }

 private:
  // Rings are met from their least name.
  void walk() {
    const auto from = next_.find(path_.back());
    if (from == next_.end()) return;
    for (const auto& [to, claims] : from->second) {
      if (++work_ > kRingWork) return;
      if (to == path_.front() && path_.size() > 1) {
        ring();
      } else if (to > path_.front() && path_.size() < kLongestRing && std::find(path_.begin(), path_.end(), to) == path_.end()) {
        path_.push_back(to);
        walk();
        path_.pop_back();
      }
    }
  }

  void ring() {
    std::vector<const std::vector<FactId>*> steps;
    for (std::size_t i = 0; i < path_.size(); ++i) steps.push_back(&next_[path_[i]][path_[(i + 1) % path_.size()]]);
    // The step with the first claim leads; of several in that claim, the one that stands first in its chain.
    std::size_t lead = 0;
    std::pair<FactId, std::size_t> best{kNoFact, 0};
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto chain = facts_.chain(facts_.all[steps[i]->front()]);
      std::size_t at = 1;
      while (chain[at - 1] != path_[i] || chain[at] != path_[(i + 1) % path_.size()]) ++at;
      if (const std::pair here{steps[i]->front(), at}; here < best) {
        best = here;
        lead = i;
      }
    }
    std::rotate(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(lead), steps.end());
    std::vector<FactId> chosen;
    if (!choose(steps, chosen)) return;
    std::vector<FactId> key = chosen;
    std::sort(key.begin(), key.end());
    key.erase(std::unique(key.begin(), key.end()), key.end());
    if (key.size() > 1 && seen_.insert(key).second) out_.push_back({FindingKind::circular, std::move(key), ""});
  }

  // One claim a step, all compatible, the first that fit.
  bool choose(const std::vector<const std::vector<FactId>*>& steps, std::vector<FactId>& chosen) {
    if (chosen.size() == steps.size()) return true;
    for (FactId f : *steps[chosen.size()]) {
      if (++work_ > kRingWork) return false;
      if (!std::all_of(chosen.begin(), chosen.end(), [&](FactId g) { return g == f || facts_.compatible(facts_.all[f], facts_.all[g]); }))
        continue;
      chosen.push_back(f);
      if (choose(steps, chosen)) return true;
      chosen.pop_back();
    }
    return false;
  }

  const Facts& facts_;
  std::vector<FindingDraft>& out_;
  std::map<ActorId, std::map<ActorId, std::vector<FactId>>> next_;
  std::set<std::vector<FactId>> seen_;
  std::vector<ActorId> path_;
  std::int64_t work_ = 0;
};

}  // namespace

void find_origins(const Evidence& evidence, std::vector<FindingDraft>& out) {
  const Facts& facts = evidence.facts;
  for (const StatementDraft& statement : evidence.statements) {
    if (statement.facts.size() < kManyOutlets) continue;
    std::vector<ActorId> outlets;
    for (FactId f : statement.facts) outlets.push_back(facts.document(facts.all[f]).outlet);
    std::sort(outlets.begin(), outlets.end());
    outlets.erase(std::unique(outlets.begin(), outlets.end()), outlets.end());
    if (outlets.size() >= kManyOutlets) out.push_back({FindingKind::one_origin, statement.facts, ""});
  }
  for (FactId f = 0; f < facts.all.size(); ++f) {
    const Fact& fact = facts.all[f];
    if (fact.shown_by != kNoFact && !fact.on_ring && !facts.claim(fact).sources.empty()) {
      out.push_back({FindingKind::true_origin, {f, fact.shown_by}, ""});
    }
  }
}

void find_circular(const Evidence& evidence, std::vector<FindingDraft>& out, std::vector<std::string>& notes) {
  const Facts& facts = evidence.facts;
  std::unordered_map<std::uint32_t, std::vector<FactId>> things;
  for (FactId f = 0; f < facts.all.size(); ++f) {
    const Fact& fact = facts.all[f];
    if (fact.has_figure && fact.chain_size > 1 && facts.things[fact.thing] > 1) things[fact.thing].push_back(f);
  }
  Rings rings(facts, out);
  for (const auto& [thing, claims] : things) {
    if (claims.size() > 1) rings.thing(claims);
  }
  if (rings.cut_short()) notes.emplace_back("circular: more rings of relays than were searched; some are not listed");
}

}  // namespace litopys
