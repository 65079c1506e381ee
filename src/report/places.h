// The gazetteer as the report asks it.
#pragma once

#include "codebook/gazetteer.h"
#include "report/report.h"

namespace litopys {

// `gazetteer` must outlive what is given.
[[nodiscard]] PlaceLookup lookup_in(const Gazetteer& gazetteer);

}  // namespace litopys
