// Facts are made of claims by the record's own steps each time; the tables only say which claims to look at, and what came of them.
#include <algorithm>

#include "record/taken_out.h"
#include "store/database.h"
#include "store/impl.h"
#include "store/record_tables.h"
#include "store/rows.h"

namespace litopys {
namespace {

constexpr std::int64_t kMostClaims = std::int64_t{1} << 24U;  // of a document: more than it has bytes for

}  // namespace

KeptPart KeptTables::part_of(std::vector<ClaimDocument> documents, const std::vector<KeptRow>& rows,
                             const std::vector<std::vector<KeptRow>>& claims, const ClaimPicks* picks) {
  KeptPart out;
  out.parts = std::make_unique<RecordWork::Parts>(make_facts(std::move(documents), book_, picks), Actors(actors_), book_, gazetteer_);
  const Facts& facts = out.parts->facts;
  for (const FactDocument& document : facts.documents) {
    out.documents.push_back(rows[document.source]);
    const std::vector<KeptRow>& here = claims[document.source];
    out.claims.insert(out.claims.end(), here.begin(), here.end());
  }
  out.facts.reserve(out.claims.size());
  for (FactId f = 0; f < out.claims.size(); ++f) out.facts.emplace(out.claims[f], f);
  return out;
}

KeptPart KeptTables::load(const std::set<KeptRow>& claims, const std::set<KeptRow>& documents, bool names) {
  struct Picked {
    ClaimDocument document;
    std::vector<std::uint32_t> numbers;
    std::vector<KeptRow> claims;
  };
  static const std::string kClaim = [] {
    std::string columns = kClaimColumns;  // without why, which no rule of the record asks
    columns.replace(columns.find("claim.why"), std::string_view("claim.why").size(), "'[]'");
    return "SELECT " + columns + ", document FROM claim WHERE claim = ?1";
  }();
  std::map<KeptRow, Picked> picked;
  SqlStatement& ask = prepared(kClaim);
  for (const KeptRow claim : claims) {  // rows of a document rise with the numbers
    ask.bind(1, claim);
    if (ask.step()) {
      Picked& into = picked[ask.integer(kClaimColumnCount)];
      const std::int64_t stated = ask.integer(kClaimColumnCount - 1);
      if (stated < 1 || stated > kMostClaims) throw StoreFailure{damaged_record("a claim's number is out of range")};
      const auto number = static_cast<std::uint32_t>(stated);
      into.document.claims.resize(number);
      into.document.claims.back() = claim_of(ask);
      into.numbers.push_back(number);
      into.claims.push_back(claim);
    }
    ask.reset();
  }
  for (const KeptRow document : documents) picked[document];
  std::vector<KeptRow> originals;
  for (const auto& [row, document] : picked) originals.push_back(original_of(row));
  for (const KeptRow original : originals) picked[original];

  SqlStatement& ask_document = prepared(
      "SELECT item.id, language, outlet, url, title, published, notes FROM document JOIN item ON item = document WHERE document = ?1");
  std::vector<ClaimDocument> made;
  std::vector<KeptRow> rows;
  std::vector<std::vector<KeptRow>> claim_rows;
  ClaimPicks picks;
  for (auto& [row, from] : picked) {
    ask_document.bind(1, row);
    if (ask_document.step()) {
      ClaimDocument& document = made.emplace_back(std::move(from.document));
      document.id = ask_document.text(0);
      take_head(ask_document, 1, document);
      document.notes = list_of_json(ask_document.text(6));
      rows.push_back(row);
      claim_rows.push_back(std::move(from.claims));
      picks.push_back(std::move(from.numbers));
    }
    ask_document.reset();
  }
  KeptPart out = part_of(std::move(made), rows, claim_rows, &picks);
  Facts& facts = out.parts->facts;
  std::unordered_map<KeptRow, std::uint32_t> index;
  for (std::uint32_t i = 0; i < out.documents.size(); ++i) index.emplace(out.documents[i], i);
  for (std::uint32_t i = 0; i < out.documents.size(); ++i) facts.documents[i].original = index.at(original_of(out.documents[i]));
  set_chains(facts, out.parts->actors);
  out.statements.resize(facts.all.size());
  for (FactId f = 0; f < facts.all.size(); ++f) {
    if (const auto kept = fact(out.claims[f])) set_kept(out, f, *kept);
  }
  if (names) recall_names(out);
  return out;
}

KeptPart KeptTables::load_all(std::vector<ClaimDocument> documents) {
  std::vector<KeptRow> rows;
  std::vector<std::vector<KeptRow>> claims;
  {
    SqlStatement ask(database_, "SELECT document FROM document ORDER BY document");
    while (ask.step()) rows.push_back(ask.integer(0));
  }
  claims.resize(rows.size());
  SqlStatement ask(database_, std::string("SELECT document, number, claim FROM claim WHERE ") + kStands + " ORDER BY document, number");
  std::size_t at = 0;
  while (ask.step()) {
    while (at < rows.size() && rows[at] != ask.integer(0)) ++at;
    if (at == rows.size()) throw StoreFailure{damaged_record("a claim is of no document")};
    claims[at].push_back(ask.integer(2));
  }
  bool fits = documents.size() == rows.size();
  for (std::size_t i = 0; fits && i < rows.size(); ++i) {
    const auto out = std::count_if(documents[i].claims.begin(), documents[i].claims.end(), taken_out);
    fits = documents[i].claims.size() == claims[i].size() + static_cast<std::size_t>(out);
  }
  if (!fits) throw StoreFailure{damaged_record("documents and claims do not fit each other")};
  return part_of(std::move(documents), rows, claims, nullptr);
}

void KeptTables::set_kept(KeptPart& part, FactId f, const KeptFact& kept) {
  Fact& fact = part.parts->facts.all[f];
  fact.originator = part.parts->actors.with_hash(static_cast<std::uint64_t>(kept.originator));
  const auto shown_by = part.facts.find(kept.shown_by);
  fact.shown_by = shown_by == part.facts.end() ? kNoFact : shown_by->second;
  fact.on_ring = kept.on_ring;
  part.statements[f] = {kept.statement, kept.voice};
}

void KeptTables::set_all_kept(KeptPart& part) {
  Facts& facts = part.parts->facts;
  std::unordered_map<KeptRow, std::uint32_t> index;
  for (std::uint32_t i = 0; i < part.documents.size(); ++i) index.emplace(part.documents[i], i);
  std::map<KeptRow, Reprints> copies;
  {
    SqlStatement ask(database_, "SELECT document, original FROM kept_document");
    while (ask.step()) facts.documents[index.at(ask.integer(0))].original = index.at(ask.integer(1));
  }
  set_chains(facts, part.parts->actors);
  part.statements.resize(facts.all.size());
  each("1", {}, [&](const KeptFact& kept) {
    set_kept(part, part.facts.at(kept.claim), kept);
    return true;
  });
  std::map<std::uint32_t, Reprints> groups;  // by their first
  for (std::uint32_t i = 0; i < facts.documents.size(); ++i) {
    const std::uint32_t original = facts.documents[i].original;
    if (original == i) continue;
    Reprints& group = groups[original];
    if (group.documents.empty()) {
      group.documents.push_back(facts.sources[facts.documents[original].source].id);
      SqlStatement& ask = prepared("SELECT share FROM kept_document WHERE document = ?1");
      ask.bind(1, part.documents[original]);
      if (ask.step()) group.share_percent = static_cast<int>(ask.integer(0));
      ask.reset();
    }
    group.documents.push_back(facts.sources[facts.documents[i].source].id);
  }
  for (auto& [original, group] : groups) part.parts->reprints.push_back(std::move(group));
  recall_names(part);
}

void KeptTables::put_statements(KeptPart& part) {
  Facts& facts = part.parts->facts;
  std::unordered_map<KeptRow, std::uint32_t> number;
  std::vector<StatementDraft>& out = part.parts->statements;
  for (FactId f = 0; f < facts.all.size(); ++f) {
    const auto [at, fresh] = number.try_emplace(part.statements[f].statement, static_cast<std::uint32_t>(out.size()));
    if (fresh) out.emplace_back();
    out[at->second].facts.push_back(f);
    if (part.statements[f].voice) out[at->second].voice = f;
    facts.all[f].statement = at->second;
  }
  part.parts->speak();
}

void KeptTables::recall_names(KeptPart& part) {
  Actors& actors = part.parts->actors;
  SqlStatement& ask = prepared("SELECT name, plain FROM kept_name WHERE actor = ?1 ORDER BY name LIMIT 1");
  for (ActorId actor = actors_.size(); actor < actors.size(); ++actor) {
    ask.bind(1, static_cast<std::int64_t>(actors.hash(actor)));
    if (ask.step()) actors.recall(actor, std::string(ask.text(0)), std::string(ask.text(1)));
    ask.reset();
  }
}

void KeptTables::put_names(const KeptPart& part) {
  const Actors& actors = part.parts->actors;
  SqlStatement& put = prepared("INSERT OR IGNORE INTO kept_name VALUES (?1, ?2, ?3)");
  for (ActorId actor = actors_.size(); actor < actors.size(); ++actor) {
    if (actors.name(actor).empty()) continue;  // known by its hash alone: nobody here says it any more
    const std::string& plain = actors.plain_name(actor);
    put.bind(1, static_cast<std::int64_t>(actors.hash(actor))).bind(2, actors.name(actor));
    put.bind(3, plain == actors.name(actor) ? std::string() : plain).run();
  }
}

KeptFact KeptTables::row_of(const KeptPart& part, FactId id, const CompletionWords& words) const {
  const Facts& facts = part.parts->facts;
  const Actors& actors = part.parts->actors;
  const Fact& f = facts.all[id];
  KeptFact out;
  out.claim = part.claims[id];
  out.document = part.documents[f.document];
  out.number = f.number;
  out.originator = static_cast<KeptKey>(actors.hash(f.originator));
  out.shown_by = f.shown_by == kNoFact ? 0 : part.claims[f.shown_by];
  out.on_ring = f.on_ring;
  out.published = facts.published(f);
  out.time = f.time;
  out.form = f.form;
  out.stance = f.stance;
  out.side = f.side;
  out.measure = facts.measures.names[f.measure];
  if (f.has_figure) out.value = f.value.str();
  const std::string place = kept_lines(facts.places[f.place].listed), group = kept_lines(facts.groups[f.group].members);
  out.place = kept_key({"place", place});
  out.group = kept_key({"group", group});
  const std::string speaker = std::to_string(out.originator);
  std::string figure = "none";
  if (f.has_figure)
    figure =
        std::string(name(f.bound)).append(" ").append(name(f.unit)).append(" ").append(f.value.str()).append(" ").append(f.value2.str());
  const KeptKey thing = kept_key({"thing", out.measure, figure, name(f.stance), place, group});
  out.cell = f.has_figure ? thing : kept_key({"told", std::to_string(thing), speaker});
  out.line = kept_key({"line", speaker, out.measure, place, group});
  out.spot = kept_key({"spot", place, group});
  if (f.measure == facts.measures.target || f.measure == facts.measures.deadline) out.role |= KeptFact::kPlan;
  if (facts.counted(f) && f.form == FactTime::total) out.role |= KeptFact::kOutcome;
  if (is_completion(facts, id, words)) out.role |= KeptFact::kCompletion;
  const bool period = f.form == FactTime::closed || f.form == FactTime::since;
  if (period && f.measure == facts.measures.issuance && f.stance == Stance::asserted) out.role |= KeptFact::kPeriod;
  if (facts.binding(f)) out.curve = curve_of(facts, f);
  return out;
}

KeptKey KeptTables::curve_of(const Facts& facts, const Fact& f) {
  return kept_key(
      {"curve", facts.measures.names[f.measure], kept_lines(facts.places[f.place].canonical), kept_lines(facts.groups[f.group].members)});
}

BoundVoice KeptTables::voice_of(const KeptPart& part, FactId id) {
  const Facts& facts = part.parts->facts;
  const Fact& f = facts.all[id];
  BoundVoice out{part.claims[id], part.documents[f.document], f.number, facts.published(f).last, f.side, {}, 0};
  std::vector<CurveBound> bounds;
  append_bounds(facts, id, bounds);
  for (const CurveBound& bound : bounds) out.bounds.at(out.count++) = bound;
  return out;
}

}  // namespace litopys
