// A ring of bounds that cannot close goes down a chain of places, each within the one before, so all its claims bind curves that are parts
// or wholes of each other's. A new bound is therefore looked at with the bounds of its curve, its parts and its wholes; and what it changes
// are sets that hold it: another claim's best set is the better of the one it had and the best that holds the new bound. Where a bound
// goes, the claims that stood in a set with it are searched again. Only where a side has no set of at most five claims, so that a larger
// one may be told, is the whole measure searched.
#include "store/record_figures.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "record/arrows.h"

namespace litopys {
namespace {

using RecordOrder = std::tuple<DayNumber, std::string, std::uint32_t>;  // publication, document, number

// Voices that bind curves of one measure, with their bounds.
class BoundVoices {
 public:
  void add(std::uint32_t curve, const BoundVoice& voice) {
    facts_.push_back({curve, static_cast<std::uint32_t>(bounds_.size()), voice.claim, voice.document, voice.number, voice.last, voice.side,
                      voice.count});
    bounds_.insert(bounds_.end(), voice.all().begin(), voice.all().end());
  }

  // With the curves of a system without bounds.
  [[nodiscard]] System system(const System& shape) const {
    System out = shape;
    out.bounds.reserve(bounds_.size());
    out.curve_of.reserve(facts_.size());
    for (FactId id = 0; id < facts_.size(); ++id) {
      out.curve_of.push_back(facts_[id].curve);
      for (CurveBound bound : std::span(bounds_).subspan(facts_[id].first, facts_[id].count)) {
        bound.fact = id;
        bound.curve = facts_[id].curve;
        out.curves[bound.curve].bounds.push_back(static_cast<std::uint32_t>(out.bounds.size()));
        out.bounds.push_back(bound);
      }
    }
    return out;
  }

  // Puts some of them in the order of the record; the others stay where they are.
  void order(const std::set<FactId>& some, KeptTables& tables) {
    std::vector<std::pair<RecordOrder, Voice>> ordered;
    for (const FactId f : some)
      ordered.emplace_back(RecordOrder{facts_[f].last, tables.id_of(facts_[f].document), facts_[f].number}, facts_[f]);
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    auto next = ordered.begin();
    for (const FactId f : some) facts_[f] = (next++)->second;
  }

  [[nodiscard]] std::size_t size() const { return facts_.size(); }
  [[nodiscard]] Side side(FactId fact) const { return facts_[fact].side; }
  [[nodiscard]] KeptRow claim(FactId fact) const { return facts_[fact].claim; }

 private:
  struct Voice {
    std::uint32_t curve = 0, first = 0;  // its bounds stand in a row of all
    KeptRow claim = 0, document = 0;
    std::uint32_t number = 0;
    DayNumber last = 0;
    Side side = Side::unknown;
    std::uint8_t count = 0;
  };
  std::vector<Voice> facts_;
  std::vector<CurveBound> bounds_;
};

// The curves of a measure, with the tightest voices of those that are asked for (of some sides, where they are given), and all voices of
// the few that are at odds.
class MeasureFigures {
 public:
  MeasureFigures(KeptTables& tables, const std::string& measure, std::set<Side> only = {})
      : tables_(tables), only_(std::move(only)), rows_(tables.curves(measure)) {
    base_.measures.names.emplace_back();
    std::vector<std::uint32_t> all(rows_.size());
    std::iota(all.begin(), all.end(), 0U);
    for (const std::uint32_t i : all) {
      number_.emplace(rows_[i].curve, i);
      base_.places.push_back({rows_[i].codes, rows_[i].codes, {}});
      base_.groups.push_back({rows_[i].members});
      shape_.curves.push_back({0, i, i, {}, {}, {}});
    }
    relate_curves(base_, shape_, all);
    loaded_.assign(rows_.size(), false);
    whole_.assign(rows_.size(), false);
  }

  // Reads the tightest voices of a curve, its parts and its wholes.
  void load_around(KeptKey curve) {
    const std::uint32_t c = number_.at(curve);
    load(c);
    for (const std::uint32_t whole : shape_.curves[c].wholes) load(whole);
    for (const std::uint32_t part : shape_.curves[c].parts) load(part);
  }
  void load_all() {
    for (std::uint32_t c = 0; c < rows_.size(); ++c) load(c);
  }
  // A voice that is asked about, whether it is among the tightest or not. Before any curve is read.
  void include(KeptKey curve, const BoundVoice& voice) {
    included_.insert(voice.claim);
    tight_.add(number_.at(curve), voice);
  }
  // The system of the tightest: it leaves open what that of all of them does.
  [[nodiscard]] System tightest() const { return tight_.system(shape_); }
  [[nodiscard]] KeptRow tight_claim(FactId fact) const { return tight_.claim(fact); }

  // All voices of those of the curves that have a bound at odds in the system of the tightest, as a system; the odd ones in the order of
  // the record. Of the rest, which is nearly all, no rule asks for the order. `solved`: that system, of all sides together, since a ring of
  // one side is one of all.
  [[nodiscard]] System all_at_odds(const Solved& solved) {
    for (const CurveBound* bound : solved.arrows_at_odds(loaded()).bounds) load_whole(bound->curve);
    return ordered(solved);
  }
  [[nodiscard]] System all() {
    load_all();
    for (std::uint32_t c = 0; c < rows_.size(); ++c) load_whole(c);
    const System tight = tightest();
    return ordered(Solved(tight, std::nullopt));
  }
  [[nodiscard]] const BoundVoices& voices() const { return voices_; }  // of these systems

  [[nodiscard]] std::vector<std::uint32_t> loaded() const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t c = 0; c < rows_.size(); ++c) {
      if (loaded_[c]) out.push_back(c);
    }
    return out;
  }
  [[nodiscard]] std::uint32_t number(KeptKey curve) const { return number_.at(curve); }

  // For find_figures, which looks at measures only.
  [[nodiscard]] Facts facts_for_telling() const {
    Facts out;
    out.measures.names.emplace_back();
    out.all.resize(voices_.size());
    return out;
  }

 private:
  [[nodiscard]] bool wanted(const BoundVoice& voice) const { return only_.empty() || only_.contains(voice.side); }

  void load(std::uint32_t c) {
    if (loaded_[c]) return;
    loaded_[c] = true;
    tables_.each_bound(rows_[c].curve, KeptTables::BoundsOf::tightest, [&](const BoundVoice& voice) {
      if (wanted(voice) && !included_.contains(voice.claim)) tight_.add(c, voice);
    });
  }

  void load_whole(std::uint32_t c) {
    if (whole_[c]) return;
    whole_[c] = true;
    tables_.each_bound(rows_[c].curve, KeptTables::BoundsOf::all, [&](const BoundVoice& voice) {
      if (wanted(voice)) voices_.add(c, voice);
    });
  }

  [[nodiscard]] System ordered(const Solved& solved) {
    std::set<FactId> odd;
    const System system = voices_.system(shape_);
    for (const CurveBound* bound : solved.arrows_at_odds(loaded(), system).bounds) odd.insert(bound->fact);
    voices_.order(odd, tables_);
    return voices_.system(shape_);
  }

  KeptTables& tables_;
  std::set<Side> only_;
  std::vector<KeptTables::CurveRow> rows_;
  std::unordered_map<KeptKey, std::uint32_t> number_;
  Facts base_;
  System shape_;
  std::vector<bool> loaded_, whole_;
  BoundVoices tight_, voices_;
  std::set<KeptRow> included_;
};

std::vector<KeptRow> sorted_claims(std::vector<KeptRow> claims) {
  std::sort(claims.begin(), claims.end());
  return claims;
}

bool is_large(const KeptFinding& set) { return set.claims.size() > kLargestSet; }

// Which of the sets that are kept or were found are the best of any of their claims, on their side or among all.
class BestSets {
 public:
  BestSets(KeptTables& tables, const std::set<std::int64_t>& struck) : tables_(tables), struck_(struck) {}

  void offer(KeptFinding set) {
    const auto [known, fresh] = known_.emplace(sorted_claims(set.claims), pool_.size());
    if (!fresh) {
      if (set.row != 0) pool_[known->second].row = set.row;  // found again, and kept already
      return;
    }
    for (const KeptRow claim : set.claims) of_claim_[claim].push_back(pool_.size());
    pool_.push_back(std::move(set));
  }

  // What was offered, and what is kept of the same claims: what stood before and what stands now.
  void settle(MovedConflicts& out) {
    const std::size_t offered = pool_.size();
    std::set<KeptRow> asked;
    const auto recall = [&](KeptRow claim) {
      if (!asked.insert(claim).second) return;
      for (KeptFinding& set : tables_.findings_with(claim)) {
        if (set.rule == "figures" && !struck_.contains(set.row)) offer(std::move(set));
      }
    };
    for (std::size_t i = 0; i < offered; ++i) {
      for (const KeptRow claim : std::vector<KeptRow>(pool_[i].claims)) recall(claim);
    }
    const std::size_t touched = pool_.size();  // these may come or go; what further sets are read says only what is better
    for (std::size_t i = offered; i < touched; ++i) {
      for (const KeptRow claim : std::vector<KeptRow>(pool_[i].claims)) recall(claim);
    }
    for (std::size_t i = 0; i < touched; ++i) {
      if (pool_[i].row != 0) out.old.push_back(pool_[i]);
      if (is_best(i)) out.now.push_back(pool_[i]);
    }
  }

  [[nodiscard]] Side side_of(KeptRow claim) { return fact_of(claim).side; }

 private:
  struct Known {
    RecordOrder order;
    Side side = Side::unknown;
  };

  const Known& fact_of(KeptRow claim) {
    const auto [at, fresh] = facts_.try_emplace(claim);
    if (fresh) {
      if (const auto fact = tables_.fact(claim))
        at->second = {{fact->published.last, tables_.id_of(fact->document), fact->number}, fact->side};
    }
    return at->second;
  }

  [[nodiscard]] bool better(std::size_t a, std::size_t b) {
    const KeptFinding &x = pool_[a], &y = pool_[b];
    if (x.claims.size() != y.claims.size()) return x.claims.size() < y.claims.size();
    if (x.excess != y.excess) return x.excess > y.excess;
    const auto order = [&](const KeptFinding& set) {
      std::vector<RecordOrder> out;
      for (const KeptRow claim : set.claims) out.push_back(fact_of(claim).order);
      std::sort(out.begin(), out.end());
      return out;
    };
    return order(x) < order(y);
  }

  [[nodiscard]] bool of_side(std::size_t set, Side side) {
    const std::vector<KeptRow>& claims = pool_[set].claims;
    return std::all_of(claims.begin(), claims.end(), [&](KeptRow claim) { return fact_of(claim).side == side; });
  }

  [[nodiscard]] std::pair<std::size_t, std::size_t> best_of(KeptRow claim) {
    const auto known = best_.find(claim);
    if (known != best_.end()) return known->second;
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::pair<std::size_t, std::size_t> out{kNone, kNone};  // among all, on the claim's side
    const Side side = fact_of(claim).side;
    for (const std::size_t set : of_claim_[claim]) {
      if (out.first == kNone || better(set, out.first)) out.first = set;
      if (of_side(set, side) && (out.second == kNone || better(set, out.second))) out.second = set;
    }
    return best_.emplace(claim, out).first->second;
  }

  [[nodiscard]] bool is_best(std::size_t set) {
    return std::any_of(pool_[set].claims.begin(), pool_[set].claims.end(), [&](KeptRow claim) {
      const auto [all, side] = best_of(claim);
      return all == set || side == set;
    });
  }

  KeptTables& tables_;
  const std::set<std::int64_t>& struck_;
  std::vector<KeptFinding> pool_;
  std::map<std::vector<KeptRow>, std::size_t> known_;  // by claims
  std::unordered_map<KeptRow, std::vector<std::size_t>> of_claim_;
  std::unordered_map<KeptRow, Known> facts_;
  std::unordered_map<KeptRow, std::pair<std::size_t, std::size_t>> best_;
};

KeptFinding kept_set(KeptKey cell, Amount excess, const std::vector<FactId>& facts, const MeasureFigures& figures) {
  KeptFinding out;
  out.rule = "figures";
  out.cell = cell;
  out.excess = excess;
  for (const FactId f : facts) out.claims.push_back(figures.voices().claim(f));
  return out;
}

class MovedSearch {
 public:
  MovedSearch(KeptTables& tables, const std::string& measure, KeptKey cell, const MovedVoices& voices)
      : tables_(tables), measure_(measure), cell_(cell), voices_(voices), figures_(tables, measure) {}

  MovedConflicts run() {
    strike();
    for (const auto& [claim, voice] : voices_.come) figures_.include(voice.curve, voice.bound);
    for (const auto& [claim, voice] : voices_.come) figures_.load_around(voice.curve);
    look();
    MovedConflicts out;
    if (odd_.empty() && out_struck_.empty()) return out;
    all_ = tables_.findings("cell = ?1 AND kind = ?2", {cell_, static_cast<std::int64_t>(FindingKind::contradiction)});
    if (tables_.has_notes(cell_) || std::any_of(all_.begin(), all_.end(), is_large) || !search(out) || larger_may_be_told(out))
      return search_all();
    return out;
  }

 private:
  // Sets that held what is gone, and who stood in them with it.
  void strike() {
    for (const KeptRow claim : voices_.gone) {
      for (KeptFinding& set : tables_.findings_with(claim)) {
        if (set.rule != "figures" || !struck_.insert(set.row).second) continue;
        again_.insert(set.claims.begin(), set.claims.end());
        out_struck_.push_back(std::move(set));
      }
    }
    for (const KeptRow claim : voices_.gone) again_.erase(claim);
    for (auto at = again_.begin(); at != again_.end();) {
      const auto fact = tables_.fact(*at);
      if (fact && fact->voice && fact->curve != 0) {
        sides_.insert(fact->side);
        curves_again_.insert(fact->curve);
        ++at;
      } else {
        at = again_.erase(at);
      }
    }
    if (!out_struck_.empty()) sides_.insert(std::nullopt);
  }

  // Which of the new voices stand on a negative ring, of which side.
  void look() {
    if (voices_.come.empty()) return;
    const System system = figures_.tightest();
    std::set<std::uint32_t> curves;
    for (const auto& [claim, voice] : voices_.come) curves.insert(figures_.number(voice.curve));
    const std::vector<std::uint32_t> touched(curves.begin(), curves.end());
    std::set<Side> sides;
    const auto look_at = [&](std::optional<Side> side) {
      for (const CurveBound* bound : Solved(system, side, touched).arrows_at_odds(touched).bounds) {
        const KeptRow claim = figures_.tight_claim(bound->fact);
        if (!voices_.come.contains(claim)) continue;
        odd_.insert(claim);
        sides_.insert(side);
        sides.insert(bound->side);
      }
    };
    look_at(std::nullopt);
    for (const Side side : std::set<Side>(sides)) look_at(side);  // a ring of one side is one of all
  }

  // False where it was ended early.
  bool search(MovedConflicts& out) {
    for (const KeptKey curve : curves_again_) figures_.load_around(curve);
    const System tightest = figures_.tightest();
    const Solved together(tightest, std::nullopt);
    const System all = figures_.all_at_odds(together);
    const BoundVoices& voices = figures_.voices();
    const std::vector<std::uint32_t> curves = figures_.loaded();
    std::set<Side> sides;
    for (const CurveBound* bound : together.arrows_at_odds(curves, all).bounds) sides.insert(bound->side);
    BestSets best(tables_, struck_);
    const auto wanted = [&](FactId f) { return !odd_.empty() || again_.contains(voices.claim(f)); };
    const auto search_side = [&](const Solved& solved) {
      return small_sets(solved.arrows_at_odds(curves, all), wanted, [&](const Conflict& set) {
        // Which of them are told is settled afterwards; here only that they can be new.
        const bool fresh = again_.contains(voices.claim(set.facts.front())) ||
                           std::any_of(set.facts.begin(), set.facts.end(), [&](FactId f) { return odd_.contains(voices.claim(f)); });
        if (!fresh) return;
        std::vector<FactId> facts = set.facts;
        std::sort(facts.begin(), facts.end());
        best.offer(kept_set(cell_, set.excess, facts, figures_));
      });
    };
    if (!search_side(together)) return false;
    for (const Side side : sides) {
      if (!search_side(Solved(tightest, side))) return false;
    }
    best.settle(out);
    out.old.insert(out.old.end(), out_struck_.begin(), out_struck_.end());
    return true;
  }

  // Whether a side that is concerned is at odds and left without small sets.
  bool larger_may_be_told(const MovedConflicts& out) {
    std::set<std::int64_t> left;
    for (const KeptFinding& set : out.old) left.insert(set.row);
    BestSets sides(tables_, struck_);
    std::set<std::optional<Side>> open = sides_;
    const auto look = [&](const KeptFinding& set) {
      open.erase(std::nullopt);
      std::set<Side> here;
      for (const KeptRow claim : set.claims) {
        here.insert(sides.side_of(claim));
        if (here.size() > 1) return;
      }
      open.erase(*here.begin());
    };
    for (auto set = all_.begin(); set != all_.end() && !open.empty(); ++set) {
      if (!left.contains(set->row)) look(*set);
    }
    for (auto set = out.now.begin(); set != out.now.end() && !open.empty(); ++set) look(*set);
    if (open.empty()) return false;
    std::set<Side> only;
    if (!open.contains(std::nullopt)) {
      for (const std::optional<Side> side : open) only.insert(*side);
    }
    MeasureFigures figures(tables_, measure_, std::move(only));
    figures.load_all();
    const System system = figures.tightest();
    return std::any_of(open.begin(), open.end(),
                       [&](std::optional<Side> side) { return !Solved(system, side).arrows_at_odds(figures.loaded()).bounds.empty(); });
  }

  MovedConflicts search_all() {
    MovedConflicts out;
    out.whole = true;
    out.old = all_;
    const System system = figures_.all();
    std::vector<FindingDraft> found;
    find_figures(figures_.facts_for_telling(), system, solve_sides(system), found, out.notes);
    for (const FindingDraft& draft : found) out.now.push_back(kept_set(cell_, draft.excess, draft.facts, figures_));
    return out;
  }

  KeptTables& tables_;
  const std::string& measure_;
  KeptKey cell_;
  const MovedVoices& voices_;
  MeasureFigures figures_;
  std::set<std::int64_t> struck_;  // rows of sets that hold what is gone
  std::vector<KeptFinding> out_struck_, all_;
  std::set<KeptRow> again_, odd_;
  std::set<KeptKey> curves_again_;
  std::set<std::optional<Side>> sides_;  // on which something is at odds, or was
};

}  // namespace

MovedConflicts moved_conflicts(KeptTables& tables, const std::string& measure, KeptKey cell, const MovedVoices& voices) {
  return MovedSearch(tables, measure, cell, voices).run();
}

void solve_part(KeptTables& tables, const std::string& measure, const std::vector<FactId>& voices, KeptPart& part) {
  RecordWork::Parts& parts = *part.parts;
  const Facts& facts = parts.facts;
  MeasureFigures figures(tables, measure);
  std::vector<std::uint32_t> curve_of(facts.all.size(), System::kNoCurve);
  std::set<std::uint32_t> curves;
  std::set<Side> sides;
  for (const FactId voice : voices) {
    sides.insert(facts.all[voice].side);
    if (!facts.binding(facts.all[voice])) continue;
    const KeptKey curve = KeptTables::curve_of(facts, facts.all[voice]);
    figures.load_around(curve);
    curve_of[voice] = figures.number(curve);
    curves.insert(curve_of[voice]);
  }
  parts.system = figures.tightest();
  parts.system.curve_of = std::move(curve_of);
  const std::vector<std::uint32_t> asked(curves.begin(), curves.end());
  for (const Side side : sides) parts.solved.emplace_back(parts.system, side, asked);
  parts.solved.emplace_back(parts.system, std::nullopt, asked);
}

}  // namespace litopys
