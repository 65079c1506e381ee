// The order of the steps; each is a file of its own.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "record/conflicts.h"
#include "record/findings.h"
#include "record/record.h"
#include "record/reprints.h"
#include "record/says.h"
#include "record/system.h"
#include "record/utterance.h"
#include "record/words.h"

namespace litopys {
namespace {

void find_reprints(Facts& facts, Record& record) {
  std::vector<std::string_view> texts;
  texts.reserve(facts.documents.size());
  for (const FactDocument& document : facts.documents) texts.push_back(facts.sources[document.source].text);
  for (const CopyGroup& group : near_copies(texts)) {
    Reprints reprints;
    reprints.share_percent = group.share_percent;
    for (std::uint32_t document : group.documents) {
      facts.documents[document].original = group.documents.front();
      reprints.documents.push_back(facts.sources[facts.documents[document].source].id);
    }
    record.reprints.push_back(std::move(reprints));
  }
  for (ClaimDocument& source : facts.sources) source.text = {};  // nothing else reads it
}

std::string statement_id(const Facts& facts, const StatementDraft& draft) { return "s:" + facts.name(draft.facts.front()); }

Statement statement_of(const Facts& facts, const Actors& actors, const StatementDraft& draft) {
  Statement out;
  out.id = statement_id(facts, draft);
  out.voice = facts.name(draft.voice);
  const ActorId originator = facts.all[draft.voice].originator;
  out.originator = actors.name(originator);
  std::set<ActorId> relays, outlets;
  std::uint32_t last = 0xFFFFFFFF;
  for (FactId f : draft.facts) {
    const Fact& fact = facts.all[f];
    const FactDocument& document = facts.document(fact);
    out.claims.push_back(facts.name(f));
    if (fact.document != last) {
      out.carriers.push_back(facts.sources[document.source].id);
      if (outlets.insert(document.outlet).second) out.outlets.push_back(actors.name(document.outlet));
      last = fact.document;
    }
    for (ActorId actor : facts.chain(fact)) {
      out.chains.push_back(actor);
      if (actor != originator && actor != document.outlet && relays.insert(actor).second) out.relays.push_back(actors.name(actor));
    }
    out.chains.push_back(kNoActor);
  }
  out.side = facts.all[draft.voice].side;
  out.first = facts.source(facts.all[draft.facts.front()]).published;
  return out;
}

class SeriesMaker {
 public:
  SeriesMaker(const Facts& facts, const Actors& actors, const std::vector<StatementDraft>& statements, const System& system,
              const std::vector<Solved>& solved)
      : facts_(facts), actors_(actors), statements_(statements), system_(system), solved_(solved) {}

  std::vector<RecordSeries> make(const std::vector<FactId>& voices) {
    std::map<std::tuple<std::string_view, std::string_view, Unit, std::vector<std::string>>, std::vector<FactId>> series;
    for (FactId v : voices) {
      const Fact& f = facts_.all[v];
      if (!f.has_figure || f.stance != Stance::asserted) continue;
      series[{facts_.measures.names[f.measure], facts_.places[f.place].name, f.unit, facts_.groups[f.group].members}].push_back(v);
    }
    std::vector<RecordSeries> out;
    for (const auto& [key, list] : series) out.push_back(one(key, list));
    return out;
  }

 private:
  template <class Key>
  RecordSeries one(const Key& key, const std::vector<FactId>& list) {
    RecordSeries out;
    out.measure = std::get<0>(key);
    out.place = std::get<1>(key);
    out.unit = std::get<2>(key);
    out.group = std::get<3>(key);
    std::set<Side> sides;
    std::vector<CurveBound> bounds;
    std::uint32_t curve = System::kNoCurve;
    for (FactId v : list) {
      const Fact& f = facts_.all[v];
      SeriesPoint point;
      point.statement = statement_id(facts_, statements_[f.statement]);
      point.claim = facts_.name(v);
      point.bound = f.bound;
      point.low = f.low;
      if (f.high < kOpen) point.high = f.high;
      if (const auto& when = facts_.claim(f).when) point.when = when->str();
      point.side = f.side;
      point.originator = actors_.name(f.originator);
      point.left_out = f.left_out;
      out.points.push_back(std::move(point));
      sides.insert(f.side);
      if (system_.curve_of[v] == System::kNoCurve) continue;
      curve = system_.curve_of[v];
      append_bounds(facts_, v, bounds);
    }
    if (curve == System::kNoCurve) return out;
    std::vector<DayNumber> days;
    for (const CurveBound& bound : bounds) {
      days.push_back(bound.from);
      days.push_back(bound.to);
    }
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
    for (const Solved& solved : solved_) {
      if (solved.side() && !sides.contains(*solved.side())) continue;
      if (solved.contradicted(curve)) {
        out.bands.push_back({solved.side(), true, {}, {}, {}});
        continue;
      }
      const auto bands = solved.bands(curve, days);
      for (std::size_t i = 0; i < days.size(); ++i) {
        Band band{solved.side(), false, Day(std::chrono::days(days[i])), bands[i].first, {}};
        if (bands[i].second < kOpen) band.high = bands[i].second;
        out.bands.push_back(band);
      }
    }
    return out;
  }

  const Facts& facts_;
  const Actors& actors_;
  const std::vector<StatementDraft>& statements_;
  const System& system_;
  const std::vector<Solved>& solved_;
};

}  // namespace

Record make_record(std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer) {
  Record record;
  Facts facts = make_facts(std::move(documents), book);
  find_reprints(facts, record);
  Actors actors(book, gazetteer);
  set_chains(facts, actors);
  set_originators(facts);
  const std::vector<StatementDraft> statements = make_statements(facts);

  Evidence evidence{facts, statements, {}};
  evidence.voices.reserve(statements.size());
  for (const StatementDraft& s : statements) evidence.voices.push_back(s.voice);
  std::sort(evidence.voices.begin(), evidence.voices.end());

  const System system = make_system(facts, evidence.voices);
  std::set<Side> sides;
  for (FactId v : evidence.voices) {
    if (system.curve_of[v] != System::kNoCurve) sides.insert(facts.all[v].side);
  }
  std::vector<Solved> solved;
  for (Side side : sides) solved.emplace_back(facts, system, side);
  solved.emplace_back(facts, system, std::nullopt);

  const CompletionWords words(book);
  std::vector<FindingDraft> drafts;
  find_contradictions(evidence, system, solved, words, drafts, record.notes);
  const Opposed opposed(drafts);
  find_updates(evidence, opposed, drafts);
  find_restated(evidence, drafts);
  find_origins(evidence, drafts);
  find_circular(evidence, drafts, record.notes);
  find_plans(evidence, words, drafts);
  find_scope(evidence, opposed, drafts, record.notes);
  find_rounding(evidence, drafts);
  std::sort(drafts.begin(), drafts.end(),
            [](const FindingDraft& a, const FindingDraft& b) { return a.kind != b.kind ? a.kind < b.kind : a.facts < b.facts; });
  const Teller teller(evidence, actors, book, gazetteer);
  std::set<std::vector<FactId>> sets;
  FindingKind kind = FindingKind::contradiction;
  for (const FindingDraft& draft : drafts) {
    if (draft.kind != kind) sets.clear();
    kind = draft.kind;
    std::vector<FactId> key = draft.facts;
    std::sort(key.begin(), key.end());
    if (sets.insert(std::move(key)).second) record.findings.push_back(teller.tell(draft));
  }
  record.series = SeriesMaker(facts, actors, statements, system, solved).make(evidence.voices);
  record.statements.reserve(statements.size());
  for (const StatementDraft& s : statements) record.statements.push_back(statement_of(facts, actors, s));
  record.notes.insert(record.notes.begin(), facts.notes.begin(), facts.notes.end());
  for (ActorId actor = 0; actor < actors.size(); ++actor) record.actors.push_back(actors.name(actor));
  record.documents.reserve(facts.documents.size());
  for (const FactDocument& document : facts.documents) record.documents.push_back(std::move(facts.sources[document.source]));
  std::sort(record.documents.begin(), record.documents.end(), [](const ClaimDocument& a, const ClaimDocument& b) { return a.id < b.id; });
  return record;
}

std::optional<NamedClaim> Record::claim(std::string_view name) const {
  const std::size_t hash = name.rfind('#');
  if (hash == std::string_view::npos) return std::nullopt;
  const std::string_view id = name.substr(0, hash);
  const auto at =
      std::lower_bound(documents.begin(), documents.end(), id, [](const ClaimDocument& d, std::string_view i) { return d.id < i; });
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data() + hash + 1, name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  if (at == documents.end() || at->id != id || number == 0 || number > at->claims.size()) return std::nullopt;
  return NamedClaim{&*at, &at->claims[number - 1]};
}

}  // namespace litopys
