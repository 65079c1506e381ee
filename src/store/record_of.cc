#include "store/record_of.h"

namespace litopys {

Result<Record> record_of(Store& store, const Codebook& book, const Gazetteer& gazetteer, Language language) {
  std::vector<ClaimDocument> documents;
  const auto done = store.documents([&](const ItemRow&, const ClaimDocument& document) {
    documents.push_back(document);
    for (Claim& claim : documents.back().claims) claim.why = {};  // no rule of the record asks why
    return true;
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return make_record(std::move(documents), book, gazetteer, language);
}

}  // namespace litopys
