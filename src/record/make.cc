// The order of the steps; each is a file of its own.
#include <algorithm>
#include <charconv>
#include <set>

#include "record/reprints.h"
#include "record/says.h"
#include "record/series_of.h"
#include "record/work_parts.h"

namespace litopys {
namespace {

std::vector<Reprints> find_reprints(Facts& facts) {
  std::vector<Reprints> out;
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
    out.push_back(std::move(reprints));
  }
  for (ClaimDocument& source : facts.sources) source.text = {};  // nothing else reads it
  return out;
}

Statement statement_of(const Facts& facts, const Actors& actors, const StatementDraft& draft) {
  Statement out;
  out.id = statement_id(facts, draft);
  out.voice = facts.name(draft.voice);
  const ActorId originator = facts.all[draft.voice].originator;
  out.originator = actors.name(originator);
  std::vector<ActorId> relays, outlets;  // met so far
  const auto met = [](std::vector<ActorId>& list, ActorId actor) {
    const auto at = std::lower_bound(list.begin(), list.end(), actor);
    if (at != list.end() && *at == actor) return true;
    list.insert(at, actor);
    return false;
  };
  std::uint32_t last = 0xFFFFFFFF;
  for (FactId f : draft.facts) {
    const Fact& fact = facts.all[f];
    const FactDocument& document = facts.document(fact);
    out.claims.push_back(facts.name(f));
    if (fact.document != last) {
      out.carriers.push_back(facts.sources[document.source].id);
      if (!met(outlets, document.outlet)) out.outlets.push_back(actors.name(document.outlet));
      last = fact.document;
    }
    for (ActorId actor : facts.chain(fact)) {
      out.chains.push_back(actor);
      if (actor != originator && actor != document.outlet && !met(relays, actor)) out.relays.push_back(actors.name(actor));
    }
    out.chains.push_back(kNoActor);
  }
  out.side = facts.all[draft.voice].side;
  out.first = facts.source(facts.all[draft.facts.front()]).published;
  return out;
}

}  // namespace

void sort_findings(std::vector<FindingDraft>& drafts) {
  std::sort(drafts.begin(), drafts.end(),
            [](const FindingDraft& a, const FindingDraft& b) { return a.kind != b.kind ? a.kind < b.kind : a.facts < b.facts; });
  std::set<std::vector<FactId>> sets;
  FindingKind kind = FindingKind::contradiction;
  std::erase_if(drafts, [&](const FindingDraft& draft) {
    if (draft.kind != kind) sets.clear();
    kind = draft.kind;
    std::vector<FactId> key = draft.facts;
    std::sort(key.begin(), key.end());
    return !sets.insert(std::move(key)).second;
  });
}

RecordWork::Parts::Parts(Facts&& made, Actors&& known, const Codebook& codebook, const Gazetteer& places)
    : book(codebook), gazetteer(places), facts(std::move(made)), actors(std::move(known)) {}

void RecordWork::Parts::work() {
  reprints = find_reprints(facts);
  set_chains(facts, actors);
  set_originators(facts);
  statements = make_statements(facts);
  speak();
  solve();
  find();
}

void RecordWork::Parts::speak() {
  evidence.voices.clear();
  evidence.voices.reserve(statements.size());
  for (const StatementDraft& s : statements) evidence.voices.push_back(s.voice);
  std::sort(evidence.voices.begin(), evidence.voices.end());
}

void RecordWork::Parts::solve() {
  system = make_system(facts, evidence.voices);
  std::set<Side> sides;
  for (const FactId voice : evidence.voices) sides.insert(facts.all[voice].side);
  solved = solve_sides(system, std::move(sides));
}

void RecordWork::Parts::find() {
  const CompletionWords words(book);
  find_contradictions(evidence, system, solved, words, findings, notes);
  const Opposed opposed(findings);
  find_updates(evidence, opposed, findings);
  find_restated(evidence, findings);
  find_origins(evidence, findings);
  find_circular(evidence, findings, notes);
  find_plans(evidence, words, findings);
  find_scope(evidence, opposed, findings, notes);
  find_rounding(evidence, findings);
  sort_findings(findings);
}

RecordWork::RecordWork(std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer)
    : parts_(std::make_unique<Parts>(make_facts(std::move(documents), book), Actors(book, gazetteer), book, gazetteer)) {
  parts_->work();
}
RecordWork::RecordWork(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
RecordWork::~RecordWork() = default;
RecordWork::RecordWork(RecordWork&&) noexcept = default;
RecordWork& RecordWork::operator=(RecordWork&&) noexcept = default;

void RecordWork::each_statement(const std::function<void(Statement&&)>& visit) const {
  for (const StatementDraft& s : parts_->statements) visit(statement_of(parts_->facts, parts_->actors, s));
}

void RecordWork::each_reprints(const std::function<void(const Reprints&)>& visit) const {
  for (const Reprints& group : parts_->reprints) visit(group);
}

void RecordWork::each_series(const std::function<void(RecordSeries&&)>& visit) const {
  SeriesMaker(parts_->facts, parts_->actors, parts_->statements, parts_->system, parts_->solved).each(parts_->evidence.voices, visit);
}

void RecordWork::each_finding(Language language, const std::function<void(Finding&&)>& visit) const {
  Teller teller(parts_->facts, parts_->actors, parts_->book, parts_->gazetteer, language);
  for (const FindingDraft& draft : parts_->findings) visit(teller.tell(draft));
}

std::vector<std::string> RecordWork::notes() const {
  std::vector<std::string> out = parts_->facts.notes;
  out.insert(out.end(), parts_->notes.begin(), parts_->notes.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Record RecordWork::take(Language language) && {
  Record record;
  record.statements.reserve(parts_->statements.size());
  record.findings.reserve(parts_->findings.size());
  each_statement([&](Statement&& statement) { record.statements.push_back(std::move(statement)); });
  each_series([&](RecordSeries&& series) { record.series.push_back(std::move(series)); });
  each_finding(language, [&](Finding&& finding) { record.findings.push_back(std::move(finding)); });
  record.reprints = std::move(parts_->reprints);
  record.notes = notes();
  for (ActorId actor = 0; actor < parts_->actors.size(); ++actor) record.actors.push_back(parts_->actors.name(actor));
  Facts& facts = parts_->facts;
  record.documents.reserve(facts.documents.size());
  for (const FactDocument& document : facts.documents) record.documents.push_back(std::move(facts.sources[document.source]));
  std::sort(record.documents.begin(), record.documents.end(), [](const ClaimDocument& a, const ClaimDocument& b) { return a.id < b.id; });
  return record;
}

Record make_record(std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer, Language language) {
  return RecordWork(std::move(documents), book, gazetteer).take(language);
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
