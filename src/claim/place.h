// Where the thing happens: the sentence's own places, else what is likeliest among those of the passage and the document
// (claim/setting.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claim/scene.h"
#include "claim/setting.h"

namespace litopys {

// The settings of a document, worked out once.
struct Settings {
  std::vector<Setting> own;                        // by sentence: what it names itself
  std::vector<Setting> toward;                     // by sentence: the same, with places to which somebody is only taken
  std::vector<std::optional<std::size_t>> before;  // by sentence: the one before it in the paragraph whose places go on
  std::vector<Setting> section;                    // by sentence: what the last heading before it names
  std::vector<Setting> named;                      // by sentence: what it names, in lines with the outlet's name too
  std::vector<SettingLook> looks;                  // the places that the document may be about
  Setting document;                                // what title and lead name, or what most of the document is about
  bool pair = false;                               // two regions that its opening joins where its title names one
};

// Linear in sentences and places.
[[nodiscard]] Settings settings_of(const Scene& scene);

// The places of a claim of `measure` in sentence `index`. `part` is the stretch of the sentence that the claim stands in where it holds
// several figures: its own places win over the sentence's. `item` is the item of a digest ("...; in Berdiansk ...") or the whole sentence:
// what other items name is of no account. `figure` is where the claim's figure stands: places of a share of it ("212, half of them in
// Tokmak") are not the claim's own.
[[nodiscard]] Given<std::vector<std::string>> places_of(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure,
                                                        Span item, Span part, std::optional<Span> figure = std::nullopt);

// For tools/slots: what a claim's place is chosen from; empty where the sentence's own words say it. Arguments as for `places_of`.
[[nodiscard]] std::vector<SettingLook> setting_looks_at(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure,
                                                        Span item, Span part);

}  // namespace litopys
