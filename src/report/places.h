// The gazetteer as the report asks it.
#pragma once

#include "codebook/gazetteer.h"
#include "report/report.h"

namespace litopys {

// `gazetteer` must outlive what is given.
[[nodiscard]] PlaceLookup lookup_in(const Gazetteer& gazetteer);

// Known actors under their main name in `language` (else English, else as written); residents as the page's word for them.
[[nodiscard]] NameLookup names_in(const Gazetteer& gazetteer, Language language);

}  // namespace litopys
