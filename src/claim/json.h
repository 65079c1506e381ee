// Claims as JSON, the shape of GUIDE.md plus `path`, `text`, and for each claim `start` and `end` (code points of `text`),
// `confidence` and `why`. Writing and reading back gives the same document (a test holds that law).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/utf8.h"
#include "claim/claim.h"

namespace litopys {

// Appends one document as one line without its line end, or indented where `pretty`.
void append_json(std::string& out, const ClaimDocument& document, bool pretty = false);

// One claim as it stands in the document's "claims", without a line end. `points` is the index of the document's text; claims in the
// order of the text cost one pass over it.
void append_json(std::string& out, const Claim& claim, utf8::CodePointIndex& points);

// Reads one JSON document, as `append_json` writes it or as an annotation file has it (keys of the guide only; unknown keys are
// ignored). A missing `text` leaves spans empty. Errors (kMalformed) name `item` and the key, "claims[3].figure.value".
// Lenient where RECORD.md asks for it: a figure that is no number, an unknown measure and the like are kept out of the claim and
// reported in `notes` as "claim 3: figure value is no number".
[[nodiscard]] Result<ClaimDocument> parse_claim_document(std::string_view json, std::string_view item);

}  // namespace litopys
