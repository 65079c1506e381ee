// The report: one self-contained page that can be printed, sent and opened from disk. No outside request, no script needed to read it.
//
//   Result<std::string> html = make_report(documents, record, book, places, names, {.title = "Kherson 2022–2025", .made = "2025-11-02"});
//
// Parts: figures over time (drawn with their bounds, uncertain dates and the bands they leave), what cannot all be true, measures over
// time, places on a map, sources with their relays, the claims, and the documents in full with the sentences marked, so that every number
// leads back to its words and bytes.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "claim/claim.h"
#include "codebook/codebook.h"
#include "record/record.h"
#include "report/shapes.h"

namespace litopys {

// A review or a mark that stands.
struct ReportSaid {
  int number = 0;       // of the claim; 0: the document
  std::string verdict;  // right, corrected, wrong; empty: a mark
  std::string tag;      // of a mark
  std::string by, note, day;
  std::string quote;  // of a claim that is wrong, which the document no longer has
};

struct ReportDocument {
  ClaimDocument document;
  std::string sha256;  // of the item's bytes, hex
  std::string taken;   // when it was taken in, ISO 8601; may be empty
  std::vector<ReportSaid> said = {};
};

struct ReportPlace {
  std::string name_en, name_uk;
  Point degrees;      // longitude, latitude
  bool area = false;  // a region or a pseudo-area: drawn larger and paler than a settlement
};

// A GUIDE.md place code to what the map needs; nullopt for a code without a point (it is then listed below the map).
using PlaceLookup = std::function<std::optional<ReportPlace>(std::string_view code)>;

// The name to show for a source: the known actor's own name in the report's language, and for residents never a name.
using NameLookup = std::function<std::string(std::string_view source, Side side)>;

struct ReportOptions {
  Language language = Language::en;  // en or uk
  std::string title;                 // empty: the default title
  std::string made;                  // date of making, shown; given by the caller so that the page is a pure function of its input
  std::string codebook_version;
  std::filesystem::path shapes;  // gazetteer folder; empty: no map
};

// `record` is made of the same documents, its findings told in the same language. Errors: kConfig for shapes that cannot be read. Any bytes
// in documents are escaped: nothing of them executes. Residents are shown as residents, not by the names that a text gives them: private
// persons are no entities of the record.
[[nodiscard]] Result<std::string> make_report(const std::vector<ReportDocument>& documents, const Record& record, const Codebook& book,
                                              const PlaceLookup& places, const NameLookup& names, const ReportOptions& options);

}  // namespace litopys
