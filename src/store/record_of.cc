#include "store/record_of.h"

#include <algorithm>
#include <map>
#include <set>

#include "store/database.h"
#include "store/record_kept.h"
#include "store/record_tables.h"

namespace litopys {
namespace {

void demand(bool holds) {
  if (!holds) throw StoreFailure{damaged_record("what is kept of its claims together does not fit them")};
}

// What the wording of findings and statements counts on, whoever wrote the tables.
void check_part(const KeptPart& part) {
  const RecordWork::Parts& parts = *part.parts;
  for (const StatementDraft& statement : parts.statements) demand(!statement.facts.empty() && statement.voice < part.statements.size());
  for (const FindingDraft& finding : parts.findings) {
    demand(finding.kind <= FindingKind::rounding && !finding.facts.empty());
  }
}

Record kept_record(Store& store, std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer,
                   Language language) {
  KeptTables tables(store.database(), book, gazetteer);
  KeptPart part = tables.load_all(std::move(documents));
  tables.set_all_kept(part);
  RecordWork::Parts& parts = *part.parts;
  std::map<KeptRow, FactId> voices;
  for (FactId f = 0; f < part.statements.size(); ++f) {
    if (part.statements[f].voice) demand(voices.emplace(part.statements[f].statement, f).second);
  }
  for (const auto& statement : part.statements) demand(voices.contains(statement.statement));
  KeptTables::put_statements(part);
  parts.solve();
  for (const KeptFinding& finding : tables.findings("1", {})) parts.findings.push_back(KeptTables::draft_of(part, finding));
  check_part(part);
  sort_findings(parts.findings);
  parts.notes = tables.notes();
  return RecordWork(std::move(part.parts)).take(language);
}

// The statement of a claim that is named "DOCUMENT#N" or "s:DOCUMENT#N"; 0 where there is none.
KeptRow statement_named(Database& database, KeptTables& tables, std::string_view id) {
  if (id.starts_with("s:")) id.remove_prefix(2);
  const std::size_t hash = id.rfind('#');
  if (hash == std::string_view::npos) return 0;
  SqlStatement ask(database, "SELECT claim FROM claim JOIN item ON item = document WHERE item.id = ?1 AND CAST(number AS TEXT) = ?2");
  ask.bind(1, id.substr(0, hash)).bind(2, id.substr(hash + 1));
  const auto fact = ask.step() ? tables.fact(ask.integer(0)) : std::nullopt;
  return fact ? fact->statement : 0;
}

std::vector<KeptFinding> findings_wanted(KeptTables& tables, const std::vector<FindingKind>& kinds) {
  if (kinds.empty()) return tables.findings("1", {});
  std::vector<KeptFinding> out;
  for (const FindingKind kind : std::set<FindingKind>(kinds.begin(), kinds.end())) {
    const auto here = tables.findings("kind = ?1", {static_cast<std::int64_t>(kind)});
    out.insert(out.end(), here.begin(), here.end());
  }
  return out;
}

std::optional<RecordShown> kept_part(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language,
                                     const RecordPart& wanted) {
  KeptTables tables(store.database(), book, gazetteer);
  RecordShown out;
  {
    SqlStatement ask(store.database(), "SELECT count(*) FROM kept_finding");
    if (ask.step()) out.findings = static_cast<std::size_t>(ask.integer(0));
  }
  std::vector<KeptFinding> findings;
  std::set<KeptRow> told, claims;
  if (wanted.statement) {
    const KeptRow statement = statement_named(store.database(), tables, *wanted.statement);
    const auto first = statement == 0 ? std::nullopt : tables.fact(statement);
    if (!first) return std::nullopt;
    tables.each("cell = ?1 AND statement = ?2", {first->cell, statement}, [&](const KeptFact& fact) {
      told.insert(fact.claim);
      return true;
    });
    std::set<std::int64_t> seen;
    for (const KeptRow claim : told) {
      for (KeptFinding& finding : tables.findings_with(claim)) {
        if (seen.insert(finding.row).second) findings.push_back(std::move(finding));
      }
    }
    claims = told;
  } else {
    findings = findings_wanted(tables, wanted.kinds);
  }
  for (const KeptFinding& finding : findings) claims.insert(finding.claims.begin(), finding.claims.end());
  KeptPart part = tables.load(claims, {}, true);
  RecordWork::Parts& parts = *part.parts;
  if (!told.empty()) {
    StatementDraft& draft = parts.statements.emplace_back();
    for (const KeptRow claim : told) {
      const FactId fact = part.facts.at(claim);
      draft.facts.push_back(fact);
      if (part.statements[fact].voice) draft.voice = fact;
    }
    std::sort(draft.facts.begin(), draft.facts.end());
  }
  for (const KeptFinding& finding : findings) parts.findings.push_back(KeptTables::draft_of(part, finding));
  check_part(part);
  sort_findings(parts.findings);
  out.record = RecordWork(std::move(part.parts)).take(language);
  return out;
}

}  // namespace

Result<RecordShown> record_of(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language, const RecordPart& wanted) {
  const Result<bool> kept = record_is_kept(store, book);
  if (!kept) return tl::unexpected<Error>(kept.error());
  if (*kept) {
    Result<std::optional<RecordShown>> part = as_result([&] { return kept_part(store, book, gazetteer, language, wanted); });
    if (!part) return tl::unexpected<Error>(part.error());
    if (*part) return **std::move(part);
  }
  Result<Record> whole = record_of(store, book, gazetteer, language);
  if (!whole) return tl::unexpected<Error>(whole.error());
  const std::size_t findings = whole->findings.size();
  return RecordShown{*std::move(whole), findings};
}

Result<Record> record_of(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language) {
  const Result<bool> kept = record_is_kept(store, book);
  if (!kept) return tl::unexpected<Error>(kept.error());
  std::vector<ClaimDocument> documents;
  const auto done = store.documents([&](const ItemRow&, const ClaimDocument& document) {
    documents.push_back(document);
    ClaimDocument& copy = documents.back();
    for (Claim& claim : copy.claims) claim.why = {};  // no rule of the record asks why
    if (*kept) copy.text = {};                        // nor for the text, where the copies are known
    return true;
  });
  if (!done) return tl::unexpected<Error>(done.error());
  if (!*kept) return make_record(std::move(documents), book, gazetteer, language);
  return kept_record_of(store, std::move(documents), book, gazetteer, language);
}

Result<Record> kept_record_of(Store& store, std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer,
                              Language language) {
  return as_result([&] { return kept_record(store, std::move(documents), book, gazetteer, language); });
}

}  // namespace litopys
