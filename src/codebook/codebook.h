// The editable codebook: a folder of TOML files that an analyst changes without a compiler. It holds the measures and targets of a
// campaign and *rows*: one row, one piece of language knowledge, with an id that a claim's `why` shows.
//
//   # codebooks/passportization/bounds.toml
//   [[bound]]
//   id    = "uk.over"
//   lang  = "uk"
//   words = ["понад", "більше ніж"]      # patterns, see text/lexicon.h
//   gives = "over"
//   yes   = ["понад 2,8 млн"]
//   no    = ["понад усе"]
//
// Every table name other than `measure`, `target` and `codebook` is a row kind; a stage asks for the kinds that it understands
// (`rows_of("bound")`). The loader checks what holds for all rows (id unique, lang known, words not empty, keys known, gives in the
// vocabulary of its kind); a wrong row stops the loading with file, line and reason, and a near miss is suggested.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "codebook/vocabulary.h"

namespace litopys {

using MeasureId = std::uint8_t;  // index into Codebook::measures
using TargetId = std::uint8_t;   // index into Codebook::targets
using RowId = std::uint32_t;     // index into Codebook::rows

struct Label {
  std::string en, uk, ru;
};

struct Measure {
  std::string id;                  // "denial-healthcare"
  Label label;                     // for people
  std::vector<std::string> norms;  // "Geneva Convention IV, art. 47": what the measure touches
};

struct Target {
  std::string id;  // "pensioners"
  Label label;
};

struct Row {
  std::string id;    // "uk.over"; unique in the codebook
  std::string kind;  // the table's name: "bound", "reporting", "cue", ...
  Language language = Language::en;
  std::vector<std::string> words;              // patterns; any of them fires the row
  std::string gives;                           // the kind's vocabulary: a bound, a measure's id, a side ...; may be empty
  std::map<std::string, std::string> options;  // what else the kind knows, numbers and booleans as their text: {"reach", "1"}; lists
                                               // of strings joined by '|'
  std::vector<std::string> yes, no;            // examples and counter-examples, run by `litopys codebook check` and in tests
  std::string file;
  int line = 0;  // 1-based, of the row's table header
};

struct Codebook {
  std::string id;       // "passportization"
  std::string version;  // shown in every record that was read with it
  std::vector<Measure> measures;
  std::vector<Target> targets;
  std::vector<Row> rows;  // files in name order, rows in file order

  [[nodiscard]] std::optional<MeasureId> measure(std::string_view id) const;
  [[nodiscard]] std::optional<TargetId> target(std::string_view id) const;
  [[nodiscard]] std::vector<RowId> rows_of(std::string_view kind) const;
};

// Loads every *.toml of the folder in name order. Errors are ErrorKind::kConfig; item is "file:line", place is "row ID", and the next
// step suggests the nearest known word:
//   passportization/bounds.toml:12: row uk.over: gives = "ovr" is no bound; did you mean "over"?
[[nodiscard]] Result<Codebook> load_codebook(const std::filesystem::path& folder);

struct CodebookFile {
  std::string name;  // as it shall stand in errors and in Row::file
  std::string text;
};

// The same from text: what load_codebook does after reading. Any bytes are input.
[[nodiscard]] Result<Codebook> parse_codebook(const std::vector<CodebookFile>& files);

}  // namespace litopys
