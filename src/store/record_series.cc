// The points are known by their rows, and the bands by the packed bounds of the curves that can move them.
#include "store/record_series.h"

#include <algorithm>
#include <set>

#include "store/record_figures.h"
#include "store/record_kept.h"
#include "store/record_of.h"

namespace litopys {
namespace {

Record kept_series(Store& store, const Codebook& book, const Gazetteer& gazetteer, const SeriesPart& wanted) {
  KeptTables tables(store.database(), book, gazetteer);
  std::set<KeptRow> voices;
  std::set<std::pair<KeptKey, KeptRow>> statements;  // by cell and first claim
  const KeptKey place = kept_key({"place", kept_lines(fact_place({wanted.place}).listed)});
  tables.each("voice = 1 AND stance = 0 AND value <> '' AND place = ?1", {place}, [&](const KeptFact& fact) {
    if (fact.measure != wanted.measure) return true;
    voices.insert(fact.claim);
    statements.emplace(fact.cell, fact.statement);
    return true;
  });
  SqlStatement ask(store.database(), "SELECT claim FROM item JOIN claim ON document = item WHERE id = ?1 AND number = ?2");
  for (const auto& [document, number] : wanted.claims) {
    ask.bind(1, document).bind(2, std::int64_t{number});
    while (ask.step()) {
      if (const auto fact = tables.fact(ask.integer(0))) statements.emplace(fact->cell, fact->statement);
    }
    ask.reset();
  }
  std::set<KeptRow> claims;
  for (const auto& [cell, statement] : statements) {
    tables.each("cell = ?1 AND statement = ?2", {cell, statement}, [&](const KeptFact& fact) {
      claims.insert(fact.claim);
      return true;
    });
  }
  KeptPart part = tables.load(claims, {}, true);
  KeptTables::put_statements(part);
  RecordWork::Parts& parts = *part.parts;
  parts.evidence.voices.clear();
  for (const KeptRow claim : voices) parts.evidence.voices.push_back(part.facts.at(claim));
  std::sort(parts.evidence.voices.begin(), parts.evidence.voices.end());
  solve_part(tables, wanted.measure, parts.evidence.voices, part);
  return RecordWork(std::move(part.parts)).take(Language::en);
}

}  // namespace

Result<Record> record_of_series(Store& store, const Codebook& book, const Gazetteer& gazetteer, const SeriesPart& wanted) {
  const Result<bool> kept = record_is_kept(store, book);
  if (!kept) return tl::unexpected<Error>(kept.error());
  if (!*kept) return record_of(store, book, gazetteer);
  return as_result([&] { return kept_series(store, book, gazetteer, wanted); });
}

}  // namespace litopys
