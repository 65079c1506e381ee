#include "store/record_of.h"

#include "store/record_kept.h"
#include "store/record_tables.h"

namespace litopys {
namespace {

Record kept_record(Store& store, std::vector<ClaimDocument> documents, const Codebook& book, const Gazetteer& gazetteer,
                   Language language) {
  KeptTables tables(store.database(), book, gazetteer);
  KeptPart part = tables.load_all(std::move(documents));
  tables.set_all_kept(part);
  KeptTables::put_statements(part);
  RecordWork::Parts& parts = *part.parts;
  parts.solve();
  for (const KeptFinding& finding : tables.findings("1", {})) parts.findings.push_back(KeptTables::draft_of(part, finding));
  sort_findings(parts.findings);
  parts.notes = tables.notes();
  return RecordWork(std::move(part.parts)).take(language);
}

}  // namespace

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
  return as_result([&] { return kept_record(store, std::move(documents), book, gazetteer, language); });
}

}  // namespace litopys
