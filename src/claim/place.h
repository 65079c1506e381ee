// Where the thing happens: the sentence's own places, else those of the passage, else the document's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claim/scene.h"

namespace litopys {

// Places in force at some point of a document.
struct Setting {
  std::vector<std::string> codes;  // sorted, no duplicates; a region gives way to a place in it
  std::vector<Span> spans;         // the words, wherever in the document they stand
  [[nodiscard]] bool empty() const { return codes.empty(); }
};

// The settings of a document, worked out once.
struct Settings {
  std::vector<Setting> own;                        // by sentence: what it names itself
  std::vector<Setting> toward;                     // by sentence: the same, with places to which somebody is only taken
  std::vector<std::optional<std::size_t>> before;  // by sentence: the one before it in the paragraph whose places go on
  std::vector<Setting> section;                    // by sentence: what the last heading before it names
  Setting document;                                // what title and lead name, or what most of the document is about
};

// Linear in sentences and places.
[[nodiscard]] Settings settings_of(const Scene& scene);

// The places of a claim of `measure` in sentence `index`. `part` is the stretch of the sentence that the claim stands in where it holds
// several figures: its own places win over the sentence's. `item` is the item of a digest ("...; in Berdiansk ...") or the whole sentence:
// what other items name is of no account.
[[nodiscard]] Given<std::vector<std::string>> places_of(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure,
                                                        Span item, Span part);

}  // namespace litopys
