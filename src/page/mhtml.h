// Pages that a browser saved with their parts in one file (MHTML, RFC 2557).
#pragma once

#include "base/result.h"
#include "intake/item.h"
#include "page/content.h"

namespace litopys {

// The page itself: the part that `start` names, else the first of HTML. Its address is Snapshot-Content-Location, else the part's own; the
// time of saving is evidence, never the date of publication. Parts that a page only shows (pictures, frames, styles) are not read. Errors:
// kMalformed where there is no page.
[[nodiscard]] Result<Content> read_mhtml(const Item& item);

}  // namespace litopys
