// What people said of claims, in the report: a small sign beside a claim, and what a review took out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "report/report.h"

namespace litopys {

class SaidSigns {
 public:
  // Points into `documents`.
  SaidSigns(const std::vector<ReportDocument>& documents, Language language);

  // Markup of the signs of the claim "DOCUMENT#N", a blank before each: ✓ right, ✎ corrected, with who found it so; ⚑ with the word of a
  // mark on it or its document. "" where nobody said anything.
  [[nodiscard]] std::string of(std::string_view claim) const;

 private:
  std::map<std::string, std::vector<const ReportSaid*>, std::less<>> said_;  // by claim; of a document by its id and "#0"
  Language language_;
};

// Claims that somebody found wrong, with who and why; empty where there is none.
[[nodiscard]] std::string taken_out_section(const std::vector<ReportDocument>& documents, Language language);

}  // namespace litopys
