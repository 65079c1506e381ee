// Findings as plain English: one sentence that a journalist could print, and the steps behind it.
#pragma once

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/findings.h"
#include "record/names.h"
#include "record/record.h"

namespace litopys {

[[nodiscard]] Finding told(const FindingDraft& draft, const Evidence& evidence, const Actors& actors, const Codebook& book,
                           const Gazetteer& gazetteer);

}  // namespace litopys
