// Any bytes read as a document with claims: no crash, and what was read comes back the same when it is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "claim/dump.h"
#include "claim/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const auto first = litopys::parse_claim_document(json, "fuzz");
  if (!first) return 0;
  (void)litopys::explain(*first);
  for (const litopys::Claim& claim : first->claims) {
    if (claim.span.end > first->text.size()) std::abort();
    if (!claim.span.empty() && claim.span.of(first->text) != claim.quote) std::abort();
  }
  // The first reading says in notes what it left out; from then on nothing is left to leave out.
  std::string once, again;
  litopys::append_json(once, *first);
  const auto second = litopys::parse_claim_document(once, "fuzz");
  if (!second) std::abort();
  litopys::append_json(again, *second, false);
  if (once != again && second->notes == first->notes) std::abort();
  return 0;
}
