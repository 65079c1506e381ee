// What a document touches, in the order in which one thing hangs on another: the copies of its text, whose voice its claims are told with;
// the claims that can be one statement with them (a cell); the voices of statements that come and go by that; what these voices contradict;
// and then, since a contradiction takes it back, what they update or only seem to contradict. Each step runs the record's own rules on the
// few claims concerned, which are complete for what is asked of them, and replaces what was kept of just that.
#include "store/record_kept.h"

#include <algorithm>
#include <tuple>

#include "record/reprints.h"
#include "store/record_figures.h"
#include "store/record_tables.h"

namespace litopys {
namespace {

constexpr std::size_t kFew = 8;             // documents that are always worked in one after the other
constexpr std::int64_t kManyOfHundred = 5;  // more than this share of the casebook is cheaper from nothing

// A voice with other voices it is looked at with; what it was told as before is another one.
struct Moved {
  std::vector<KeptFact> gone, come;
  std::map<KeptRow, BoundVoice> bounds;  // of those that came and bind
  template <class Visit>
  void each(Visit visit) const {
    for (const KeptFact& voice : gone) visit(voice);
    for (const KeptFact& voice : come) visit(voice);
  }
};

using ChangedSets = std::vector<std::vector<KeptRow>>;  // claims of each contradiction that came or went

bool near_ranges(DayRange a, DayRange b) { return apart(a, b) <= kNear; }

// All facts of a part as voices.
Evidence voices_of(KeptPart& part) {
  Evidence out{part.parts->facts, part.parts->statements, {}};
  for (FactId f = 0; f < part.claims.size(); ++f) out.voices.push_back(f);
  return out;
}

class Keeper {
 public:
  Keeper(Database& database, const Codebook& book, const Gazetteer& gazetteer)
      : tables_(database, book, gazetteer), words_(book), none_(std::vector<FindingDraft>()) {}

  // False, with nothing done, where more than `stale` is (a name).
  bool add(const std::set<KeptRow>& fresh, const std::set<KeptRow>& stale, KeptTables::State state) {
    if (!stale.empty() && !tables_.names_still_stand()) return false;
    state.longest = std::max(state.longest, put_documents(fresh));
    longest_ = state.longest;
    std::set<KeptRow> changed = find_copies(fresh);
    changed.insert(stale.begin(), stale.end());
    const Moved moved = tell(changed, stale);
    ChangedSets opposed;
    figures(moved, opposed);
    spots(moved, opposed);
    denials(moved, opposed);
    completions(moved, opposed);
    lines(moved, opposed);
    scope(moved, opposed);
    state.documents += static_cast<std::int64_t>(fresh.size());
    if (!fresh.empty()) state.last = *fresh.rbegin();
    tables_.put_state(state);
    tables_.clear_touched();
    return true;
  }

  void rebuild(std::vector<ClaimDocument> documents) {
    std::vector<std::vector<std::uint64_t>> runs;
    for (const ClaimDocument& document : documents) {
      runs.push_back(runs_of(document.text));
      std::vector<std::uint64_t>& here = runs.back();
      const std::size_t size = here.size();
      std::erase_if(here, [&](std::uint64_t run) { return size < kFewestRuns || !run_leads(size, run); });
    }
    KeptPart part = tables_.load_all(std::move(documents));
    RecordWork::Parts& parts = *part.parts;
    parts.work();
    KeptTables::State state;
    std::vector<std::pair<std::uint64_t, KeptRow>> carried;
    std::map<std::string, int> shares;  // by the first of the copies
    for (const Reprints& group : parts.reprints) shares.emplace(group.documents.front(), group.share_percent);
    for (std::uint32_t i = 0; i < parts.facts.documents.size(); ++i) {
      const FactDocument& document = parts.facts.documents[i];
      const std::string& id = parts.facts.sources[document.source].id;
      const auto share = shares.find(parts.facts.sources[parts.facts.documents[document.original].source].id);
      tables_.put_document(part.documents[i], id, document.published, part.documents[document.original],
                           share == shares.end() ? kWhole : share->second);
      if (document.published.known()) state.longest = std::max(state.longest, document.published.last - document.published.first);
      for (const std::uint64_t run : runs[document.source]) carried.emplace_back(run, part.documents[i]);
      state.last = std::max(state.last, part.documents[i]);
    }
    runs.clear();
    // As SQLite orders them.
    std::sort(carried.begin(), carried.end(), [](const auto& a, const auto& b) {
      return std::pair(static_cast<std::int64_t>(a.first), a.second) < std::pair(static_cast<std::int64_t>(b.first), b.second);
    });
    for (const auto& [run, document] : carried) tables_.put_run(run, document);
    carried = {};
    tables_.put_names(part);
    std::vector<Keys> keys(parts.facts.all.size());
    KeptTables::PackedBounds bounds;
    for (const StatementDraft& statement : parts.statements) {
      for (const FactId f : statement.facts) {
        KeptFact row = tables_.row_of(part, f, words_);
        row.statement = part.claims[statement.facts.front()];
        row.voice = f == statement.voice;
        keys[f] = {row.cell, row.line, row.spot};
        tables_.put_fact(part, f, row);
        if (row.voice && row.curve != 0) KeptTables::pack_bound(row.curve, KeptTables::voice_of(part, f), bounds);
      }
    }
    tables_.put_bounds(bounds);
    for (const FindingDraft& draft : parts.findings) tables_.put_finding(kept(part, draft, keys[draft.facts.front()]));
    tables_.put_notes(0, parts.notes);
    state.documents = static_cast<std::int64_t>(part.documents.size());
    tables_.put_state(state);
  }

 private:
  static constexpr int kWhole = 100;
  struct Keys {
    KeptKey cell = 0, line = 0, spot = 0;
  };

  static KeptKey figures_cell(const std::string& measure) { return kept_key({"figures", measure}); }
  static KeptKey owner_cell(std::string_view rule, KeptRow claim) { return kept_key({rule, std::to_string(claim)}); }

  static KeptFinding kept(const KeptPart& part, const FindingDraft& draft, const Keys& keys) {
    KeptFinding out;
    out.kind = draft.kind;
    out.rule = draft.rule;
    out.excess = draft.excess;
    for (const FactId f : draft.facts) out.claims.push_back(part.claims[f]);
    switch (draft.kind) {
      case FindingKind::contradiction: {
        const Facts& facts = part.parts->facts;
        if (out.rule == "figures") {
          out.cell = figures_cell(facts.measures.names[facts.all[draft.facts.front()].measure]);
        } else {
          out.cell = out.rule == "deadline" ? keys.spot : owner_cell(out.rule, out.claims.front());
        }
        break;
      }
      case FindingKind::plan_met:
      case FindingKind::plan_missed: out.cell = keys.spot; break;
      case FindingKind::update:
      case FindingKind::rounding: out.cell = keys.line; break;
      case FindingKind::scope: break;
      default: out.cell = keys.cell;
    }
    return out;
  }

  // What was kept makes room for what is found now.
  void replace(const std::vector<KeptFinding>& old, const std::vector<KeptFinding>& now, ChangedSets* opposed = nullptr) {
    const auto key = [](const KeptFinding& f) {
      std::vector<KeptRow> claims = f.claims;
      std::sort(claims.begin(), claims.end());
      return std::tuple(f.kind, f.rule, f.cell, f.excess.billionths(), f.claims, claims);
    };
    std::set<decltype(key(old.front()))> before, after;
    for (const KeptFinding& f : old) before.insert(key(f));
    for (const KeptFinding& f : now) {
      if (!after.insert(key(f)).second || before.contains(key(f))) continue;
      tables_.put_finding(f);
      if (opposed != nullptr) opposed->push_back(f.claims);
    }
    for (const KeptFinding& f : old) {
      if (after.contains(key(f))) continue;
      tables_.remove_finding(f);
      if (opposed != nullptr) opposed->push_back(f.claims);
    }
  }

  [[nodiscard]] std::vector<KeptFinding> of_cell(FindingKind kind, KeptKey cell) {
    return tables_.findings("cell = ?1 AND kind = ?2", {cell, static_cast<std::int64_t>(kind)});
  }

  // ---- documents and copies

  DayNumber put_documents(const std::set<KeptRow>& fresh) {
    DayNumber longest = 0;
    const KeptPart part = tables_.load({}, fresh, false);
    for (std::uint32_t i = 0; i < part.documents.size(); ++i) {
      const FactDocument& document = part.parts->facts.documents[i];
      if (!fresh.contains(part.documents[i])) continue;
      tables_.put_document(part.documents[i], part.parts->facts.sources[document.source].id, document.published, part.documents[i], kWhole);
      if (document.published.known()) longest = std::max(longest, document.published.last - document.published.first);
    }
    return longest;
  }

  // Gives the documents that are new or whose voice is another's now.
  std::set<KeptRow> find_copies(const std::set<KeptRow>& fresh) {
    std::set<KeptRow> changed = fresh;
    for (const KeptRow document : fresh) {
      const std::vector<std::uint64_t> runs = tables_.runs_of_document(document);
      if (runs.size() < kFewestRuns) continue;
      std::vector<std::vector<KeptRow>> carriers;
      std::size_t leading = 0, alone = 0;
      for (const std::uint64_t run : runs) {
        if (!run_leads(runs.size(), run)) continue;
        ++leading;
        carriers.push_back(tables_.carriers(run));
        if (carriers.back().empty()) {
          carriers.pop_back();
          ++alone;
        }
      }
      // The others of a short text may have only a part of its runs among theirs, so all of them are asked.
      const std::size_t enough = run_leads(runs.size(), 1) ? leading : leading_enough(runs.size(), leading);
      std::stable_sort(carriers.begin(), carriers.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
      std::set<KeptRow> candidates;
      for (std::size_t i = 0; i < carriers.size() && i + alone < enough; ++i) candidates.insert(carriers[i].begin(), carriers[i].end());
      std::set<KeptRow> originals;
      for (const KeptRow other : candidates) {
        const KeptRow original = tables_.original_of(other);
        if (!originals.contains(original) && are_near_copies(runs, tables_.runs_of_document(other))) originals.insert(original);
      }
      for (const std::uint64_t run : runs) {
        if (run_leads(runs.size(), run)) tables_.put_run(run, document);
      }
      if (!originals.empty()) join(document, originals, changed);
    }
    return changed;
  }

  void join(KeptRow document, const std::set<KeptRow>& originals, std::set<KeptRow>& changed) {
    std::vector<KeptTables::Copy> members = tables_.copies_of(document);
    for (const KeptRow original : originals) {
      const auto copies = tables_.copies_of(original);
      members.insert(members.end(), copies.begin(), copies.end());
    }
    std::sort(members.begin(), members.end());
    std::vector<std::vector<std::uint64_t>> runs;
    for (const KeptTables::Copy& member : members) runs.push_back(tables_.runs_of_document(member.document));
    std::vector<const std::vector<std::uint64_t>*> each;
    for (const auto& run : runs) each.push_back(&run);
    const int share = share_of_group(each);
    const KeptRow first = members.front().document;
    for (const KeptTables::Copy& member : members) {
      if (tables_.original_of(member.document) != first) changed.insert(member.document);
      tables_.put_original(member.document, first, share);
    }
  }

  // ---- statements

  // `stale` are those of the documents whose claims may be others than they were.
  Moved tell(const std::set<KeptRow>& documents, const std::set<KeptRow>& stale) {
    Moved moved;
    std::set<KeptRow> claims, changed;
    std::map<KeptRow, KeptFact> before;
    std::set<KeptKey> cells;
    for (const KeptRow document : documents) {
      for (const KeptRow claim : tables_.claims_of(document)) {
        claims.insert(claim);
        if (stale.contains(document)) changed.insert(claim);
      }
    }
    for (const KeptRow document : stale) {
      for (const KeptFact& fact : tables_.remove_wrong(document)) {
        cells.insert(fact.cell);
        if (fact.voice) moved.gone.push_back(fact);
      }
    }
    {
      KeptPart part = tables_.load(claims, documents, false);
      tables_.put_names(part);
      for (FactId f = 0; f < part.claims.size(); ++f) {
        if (const auto old = tables_.fact(part.claims[f])) {
          before.emplace(old->claim, *old);
          cells.insert(old->cell);
        }
        unsay(part, f);
        KeptFact row = tables_.row_of(part, f, words_);
        row.statement = row.claim;
        tables_.put_fact(part, f, row);
        cells.insert(row.cell);
      }
    }
    std::set<KeptRow> together;
    for (const KeptKey cell : cells) {
      tables_.each("cell = ?1", {cell}, [&](const KeptFact& row) {
        together.insert(row.claim);
        if (!claims.contains(row.claim)) before.emplace(row.claim, row);
        return true;
      });
    }
    KeptPart part = tables_.load(together, {}, false);
    for (FactId f = 0; f < part.claims.size(); ++f) unsay(part, f);
    RecordWork::Parts& parts = *part.parts;
    set_originators(parts.facts);
    parts.statements = make_statements(parts.facts);
    std::vector<Keys> keys(parts.facts.all.size());
    for (const StatementDraft& statement : parts.statements) {
      for (const FactId f : statement.facts) {
        KeptFact row = tables_.row_of(part, f, words_);
        row.statement = part.claims[statement.facts.front()];
        row.voice = f == statement.voice;
        keys[f] = {row.cell, row.line, row.spot};
        const auto old = before.find(row.claim);
        const bool spoke = old != before.end() && old->second.voice;
        const bool other = spoke && (old->second.originator != row.originator || changed.contains(row.claim));
        if (spoke && (other || !row.voice)) moved.gone.push_back(old->second);
        if (row.voice && (other || !spoke)) {
          moved.come.push_back(row);
          if (row.curve != 0) moved.bounds.emplace(row.claim, KeptTables::voice_of(part, f));
        }
        if (old == before.end() || claims.contains(row.claim) || !(old->second == row)) tables_.put_fact(part, f, row);
      }
    }
    parts.speak();
    std::vector<FindingDraft> found;
    std::vector<std::string> notes;
    find_restated(parts.evidence, found);
    find_origins(parts.evidence, found);
    find_circular(parts.evidence, found, notes);
    sort_findings(found);
    std::vector<KeptFinding> old, now;
    for (const KeptKey cell : cells) {
      for (const FindingKind kind : {FindingKind::restated, FindingKind::one_origin, FindingKind::true_origin, FindingKind::circular}) {
        const auto here = of_cell(kind, cell);
        old.insert(old.end(), here.begin(), here.end());
      }
    }
    for (const FindingDraft& draft : found) now.push_back(kept(part, draft, keys[draft.facts.front()]));
    replace(old, now);
    return moved;
  }

  // As if nothing were known of whose it is.
  static void unsay(KeptPart& part, FactId f) {
    Facts& facts = part.parts->facts;
    Fact& fact = facts.all[f];
    fact.originator = facts.face(fact);
    fact.shown_by = kNoFact;
    fact.on_ring = false;
  }

  // ---- what cannot all be true

  void figures(const Moved& moved, ChangedSets& opposed) {
    std::map<std::string, MovedVoices> measures;
    for (const KeptFact& voice : moved.gone) {
      if (voice.curve == 0) continue;
      tables_.unbind_voice(voice.curve, voice.claim);
      measures[voice.measure].gone.insert(voice.claim);
    }
    for (const KeptFact& voice : moved.come) {
      if (voice.curve == 0) continue;
      const BoundVoice& bound = moved.bounds.at(voice.claim);
      tables_.bind_voice(voice.curve, bound);
      measures[voice.measure].come.emplace(voice.claim, MovedVoices::Come{voice.curve, bound});
    }
    for (const auto& [measure, voices] : measures) {
      const KeptKey cell = figures_cell(measure);
      const MovedConflicts changed = moved_conflicts(tables_, measure, cell, voices);
      replace(changed.old, changed.now, &opposed);
      if (changed.whole) tables_.put_notes(cell, changed.notes);
    }
  }

  void spots(const Moved& moved, ChangedSets& opposed) {
    std::set<KeptKey> spots;
    moved.each([&](const KeptFact& voice) {
      if ((voice.role & (KeptFact::kPlan | KeptFact::kOutcome)) != 0) spots.insert(voice.spot);
    });
    for (const KeptKey spot : spots) {
      std::set<KeptRow> claims;
      const bool plans = tables_.has_plans(spot);
      if (plans) {
        tables_.each("voice = 1 AND role <> 0 AND spot = ?1", {spot}, [&](const KeptFact& row) {
          if ((row.role & (KeptFact::kPlan | KeptFact::kOutcome)) != 0) claims.insert(row.claim);
          return true;
        });
      }
      std::vector<FindingDraft> found;
      KeptPart part;
      if (plans) {
        part = tables_.load(claims, {}, false);
        const Evidence evidence = voices_of(part);
        find_deadlines(evidence, found);
        find_plans(evidence, words_, found);
        sort_findings(found);
      }
      std::vector<KeptFinding> now;
      for (const FindingDraft& draft : found) now.push_back(kept(part, draft, {0, 0, spot}));
      std::vector<KeptFinding> against, outcomes, old = of_cell(FindingKind::contradiction, spot);
      for (KeptFinding& f : now) (f.kind == FindingKind::contradiction ? against : outcomes).push_back(std::move(f));
      replace(old, against, &opposed);
      old = of_cell(FindingKind::plan_met, spot);
      const auto missed = of_cell(FindingKind::plan_missed, spot);
      old.insert(old.end(), missed.begin(), missed.end());
      replace(old, outcomes);
    }
  }

  // Whether an assertion may stand against a denial as far as rows tell it.
  static bool may_oppose(const KeptFact& denied, const KeptFact& asserted) {
    if (denied.document == asserted.document) return true;
    return near_ranges(denied.published, asserted.published) || near_ranges(denied.published, asserted.time) ||
           near_ranges(denied.time, asserted.published) || near_ranges(denied.time, asserted.time);
  }

  // Contradictions that hang on one claim each, a denial or a word of completion: those claims, and what was found of them.
  struct Owners {
    std::string_view rule;
    std::map<KeptRow, KeptFact> touched;  // to be looked at again
    std::vector<KeptFinding> old;
  };

  void recall(Owners& owners, KeptRow claim) {
    const auto here = of_cell(FindingKind::contradiction, owner_cell(owners.rule, claim));
    owners.old.insert(owners.old.end(), here.begin(), here.end());
  }

  template <class Owns>
  Owners owners_of(const Moved& moved, std::string_view rule, Owns owns) {
    Owners out{rule, {}, {}};
    for (const KeptFact& voice : moved.gone) {
      if (owns(voice)) recall(out, voice.claim);
    }
    for (const KeptFact& voice : moved.come) {
      if (owns(voice)) out.touched.emplace(voice.claim, voice);
    }
    return out;
  }

  // `claims` are the owners and all that they can stand against.
  template <class Find>
  void find_again(const Owners& owners, const std::set<KeptRow>& claims, ChangedSets& opposed, Find find) {
    std::vector<KeptFinding> now;
    if (!owners.touched.empty()) {
      KeptPart part = tables_.load(claims, {}, false);
      std::vector<FindingDraft> found;
      find(voices_of(part), found);
      for (const FindingDraft& draft : found) {
        if (owners.touched.contains(part.claims[draft.facts.front()])) now.push_back(kept(part, draft, {}));
      }
    }
    replace(owners.old, now, &opposed);
  }

  void denials(const Moved& moved, ChangedSets& opposed) {
    Owners owners = owners_of(moved, "denial", [](const KeptFact& voice) { return voice.stance == Stance::denied; });
    moved.each([&](const KeptFact& voice) {
      if (voice.stance != Stance::asserted) return;
      tables_.each_of_measure("stance = 4", voice.measure, std::nullopt, [&](const KeptFact& denied) {
        if ((denied.value.empty() || denied.value == voice.value) && may_oppose(denied, voice))
          owners.touched.emplace(denied.claim, denied);
        return true;
      });
    });
    std::set<KeptRow> claims;
    for (const auto& [claim, denied] : owners.touched) {
      claims.insert(claim);
      const bool counted = denied.measure == "issuance" || denied.measure == "application";
      const auto take = [&](const KeptFact& asserted) {
        if (may_oppose(denied, asserted) && tables_.place_within(asserted.place, denied.place)) claims.insert(asserted.claim);
        return true;
      };
      if (!denied.value.empty() || counted) {
        tables_.each_of_measure("stance = 0 AND value = ?2", denied.measure, denied.value, take);
      } else {
        tables_.each_of_measure("stance = 0", denied.measure, std::nullopt, take);
      }
      recall(owners, claim);
    }
    find_again(owners, claims, opposed, [](const Evidence& evidence, std::vector<FindingDraft>& found) {
      std::vector<std::string> notes;
      find_denials(evidence, found, notes);
    });
  }

  void completions(const Moved& moved, ChangedSets& opposed) {
    Owners owners = owners_of(moved, "completed", [](const KeptFact& voice) { return (voice.role & KeptFact::kCompletion) != 0; });
    moved.each([&](const KeptFact& voice) {
      if ((voice.role & KeptFact::kPeriod) == 0) return;
      tables_.each("voice = 1 AND role & 4 <> 0", {}, [&](const KeptFact& done) {
        if (voice.published.last >= done.published.last && voice.time.first > done.time.last &&
            tables_.place_within(voice.place, done.place))
          owners.touched.emplace(done.claim, done);
        return true;
      });
    });
    std::set<KeptRow> claims;
    for (const auto& [claim, done] : owners.touched) {
      claims.insert(claim);
      // The first later one, with all of its day and of the completion's, since ids decide within a day.
      DayNumber day = kEndless;
      const KeptFact& completion = done;
      tables_.each("voice = 1 AND role & 8 <> 0 AND last >= ?1 ORDER BY last", {completion.published.last}, [&](const KeptFact& period) {
        if (period.published.last > day) return false;
        if (period.time.first <= completion.time.last || !tables_.place_within(period.place, completion.place)) return true;
        claims.insert(period.claim);
        if (period.published.last > completion.published.last) day = period.published.last;
        return true;
      });
      recall(owners, claim);
    }
    find_again(owners, claims, opposed,
               [&](const Evidence& evidence, std::vector<FindingDraft>& found) { find_completions(evidence, words_, found); });
  }

  // ---- how figures moved

  [[nodiscard]] bool are_opposed(KeptRow a, KeptRow b) {
    const auto with = tables_.findings_with(a);
    return std::any_of(with.begin(), with.end(), [&](const KeptFinding& f) {
      return f.kind == FindingKind::contradiction && std::find(f.claims.begin(), f.claims.end(), b) != f.claims.end();
    });
  }

  void lines(const Moved& moved, const ChangedSets& opposed) {
    std::set<KeptKey> lines;
    moved.each([&](const KeptFact& voice) {
      if (!voice.value.empty()) lines.insert(voice.line);
    });
    // Only two of one line can be an update, which one contradiction takes back.
    for (const std::vector<KeptRow>& set : opposed) {
      std::set<KeptKey> here;
      for (const KeptRow claim : set) {
        const auto row = tables_.fact(claim);
        if (row && row->voice && !row->value.empty() && !here.insert(row->line).second) lines.insert(row->line);
      }
    }
    std::set<KeptRow> claims;
    std::map<KeptRow, KeptKey> line_of;
    std::vector<KeptFinding> old, now;
    for (const KeptKey line : lines) {
      tables_.each("voice = 1 AND value <> '' AND line = ?1", {line}, [&](const KeptFact& row) {
        claims.insert(row.claim);
        line_of.emplace(row.claim, line);
        return true;
      });
      for (const FindingKind kind : {FindingKind::update, FindingKind::rounding}) {
        const auto here = of_cell(kind, line);
        old.insert(old.end(), here.begin(), here.end());
      }
    }
    KeptPart part = tables_.load(claims, {}, false);
    const Evidence evidence = voices_of(part);
    std::vector<FindingDraft> found;
    find_updates(evidence, none_, found);
    find_rounding(evidence, found);
    sort_findings(found);
    for (const FindingDraft& draft : found) {
      const KeptRow first = part.claims[draft.facts.front()];
      if (draft.kind == FindingKind::update && are_opposed(first, part.claims[draft.facts.back()])) continue;
      now.push_back(kept(part, draft, {0, line_of.at(first), 0}));
    }
    replace(old, now);
  }

  void scope(const Moved& moved, const ChangedSets& opposed) {
    std::map<KeptRow, KeptFact> touched;
    std::vector<KeptFinding> old, now;
    std::set<KeptRow> asked;
    const auto kept_of = [&](KeptRow claim) {
      if (!asked.insert(claim).second) return;
      for (const KeptFinding& f : tables_.findings_with(claim)) {
        if (f.kind == FindingKind::scope) old.push_back(f);
      }
    };
    for (const KeptFact& voice : moved.gone) kept_of(voice.claim);
    for (const KeptFact& voice : moved.come) {
      if (voice.curve != 0) touched.emplace(voice.claim, voice);
    }
    std::set<KeptRow> claims;
    // What stands in a contradiction together, or no longer does, is looked at as a pair.
    std::set<std::pair<KeptRow, KeptRow>> together;
    for (const std::vector<KeptRow>& set : opposed) {
      std::vector<KeptFact> rows;
      for (const KeptRow claim : set) {
        if (auto row = tables_.fact(claim); row && row->voice && row->curve != 0) rows.push_back(*std::move(row));
      }
      for (std::size_t i = 1; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          if (rows[i].originator != rows[j].originator && rows[i].document != rows[j].document) continue;
          const auto pair = std::minmax(rows[i].claim, rows[j].claim);
          if (!together.insert(pair).second) continue;
          claims.insert({pair.first, pair.second});
          for (KeptFinding& f : tables_.findings_with(pair.first)) {
            if (f.kind == FindingKind::scope && std::find(f.claims.begin(), f.claims.end(), pair.second) != f.claims.end())
              old.push_back(std::move(f));
          }
        }
      }
    }
    for (const auto& [claim, voice] : touched) {
      claims.insert(claim);
      kept_of(claim);
      const KeptFact& here = voice;
      const auto take = [&](const KeptFact& other) {
        const int differ = (other.measure != here.measure ? 1 : 0) + (other.period() != here.period() ? 1 : 0) +
                           (other.place != here.place ? 1 : 0) + (other.group != here.group ? 1 : 0);
        if (differ != 1) return true;
        if (other.place != here.place && !tables_.place_within(other.place, here.place) && !tables_.place_within(here.place, other.place))
          return true;
        claims.insert(other.claim);
        return true;
      };
      if (voice.published.known()) {
        tables_.each("voice = 1 AND curve <> 0 AND originator = ?1 AND last BETWEEN ?2 AND ?3",
                     {voice.originator, voice.published.first - kNear, voice.published.last + kNear + longest_}, take);
      }
      for (const KeptRow other : tables_.claims_of(voice.document)) {
        if (const auto row = tables_.fact(other); row && row->voice && row->curve != 0) take(*row);
      }
    }
    KeptPart part = tables_.load(claims, {}, false);
    std::vector<FindingDraft> found;
    std::vector<std::string> notes;
    find_scope(voices_of(part), none_, found, notes);
    sort_findings(found);
    for (const FindingDraft& draft : found) {
      const KeptRow a = part.claims[draft.facts.front()], b = part.claims[draft.facts.back()];
      const bool looked_at = touched.contains(a) || touched.contains(b) || together.contains(std::minmax(a, b));
      if (looked_at && !are_opposed(a, b)) now.push_back(kept(part, draft, {}));
    }
    // Found from both of its claims.
    std::sort(old.begin(), old.end(), [](const KeptFinding& a, const KeptFinding& b) { return a.row < b.row; });
    old.erase(std::unique(old.begin(), old.end(), [](const KeptFinding& a, const KeptFinding& b) { return a.row == b.row; }), old.end());
    replace(old, now);
  }

  KeptTables tables_;
  CompletionWords words_;
  Opposed none_;  // no pair of facts: a part does not hold all contradictions
  DayNumber longest_ = 0;
};

KeptRow last_document(Database& database) {
  SqlStatement ask(database, "SELECT max(document) FROM document");
  return ask.step() && !ask.is_null(0) ? ask.integer(0) : 0;
}

}  // namespace

Result<bool> record_is_kept(Store& store, const Codebook& book) {
  return as_result([&] {
    const auto state = KeptTables::state(store.database(), book);
    return state && state->last == last_document(store.database()) && KeptTables::touched(store.database()).empty();
  });
}

Done keep_record(Store& store, const Codebook& book, const Gazetteer& gazetteer) {
  Database& database = store.database();
  const auto kept = as_result([&] { return KeptTables::state(database, book); });
  if (!kept) return tl::unexpected<Error>(kept.error());
  const std::optional<KeptTables::State>& state = *kept;
  std::set<KeptRow> fresh, stale;
  if (state) {
    auto looked = as_result([&] {
      stale = KeptTables::touched(database);
      SqlStatement ask(database, "SELECT document FROM document WHERE document > ?1");
      ask.bind(1, state->last);
      while (ask.step()) fresh.insert(ask.integer(0));
    });
    if (!looked) return looked;
  }
  constexpr std::int64_t kHundred = 100;
  const std::size_t moved = fresh.size() + stale.size();
  const bool few = state && (moved <= kFew || static_cast<std::int64_t>(moved) * kHundred < state->documents * kManyOfHundred);
  if (few && moved == 0) return {};
  if (auto begun = store.begin(); !begun) return begun;
  auto done = as_result([&] {
    if (few && Keeper(database, book, gazetteer).add(fresh, stale, *state)) return;
    std::vector<ClaimDocument> documents;
    auto read = store.documents([&](const ItemRow&, const ClaimDocument& document) {
      documents.push_back(document);
      for (Claim& claim : documents.back().claims) claim.why = {};  // no rule of the record asks why
      return true;
    });
    if (!read) throw StoreFailure{read.error()};
    KeptTables::drop(database);
    KeptTables::create(database);
    Keeper(database, book, gazetteer).rebuild(std::move(documents));
    KeptTables::create_indexes(database);
  });
  if (done) done = store.commit();
  if (!done) store.roll_back();
  return done;
}

}  // namespace litopys
