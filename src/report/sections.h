// The parts of the report but the figures: each gives finished markup, empty where there is nothing to show.
#pragma once

#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "codebook/codebook.h"
#include "record/record.h"
#include "report/report.h"

namespace litopys {

// Rows of measures, columns of quarters, a dot as large as the claims are many.
[[nodiscard]] std::string measures_section(const std::vector<ReportDocument>& documents, const Codebook& book, Language language);

// The map with its table. kConfig where the shapes cannot be read.
[[nodiscard]] Result<std::string> map_section(const std::vector<ReportDocument>& documents, const Codebook& book, const PlaceLookup& places,
                                              const ReportOptions& options);

// Originators with side, statements, relays, outlets and whom they rest on.
[[nodiscard]] std::string sources_section(const Record& record, const NameLookup& names, Language language);

// The documents in full, claims' sentences marked, junk lines grey.
[[nodiscard]] std::string documents_section(const std::vector<ReportDocument>& documents, Language language);

// A measure's label in the report's language; its id where the codebook lacks it.
[[nodiscard]] std::string measure_label(const Codebook& book, std::string_view measure, Language language);

}  // namespace litopys
