// Where a document as a whole takes place: for claims whose sentences, paragraphs and headings name no place.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "claim/scene.h"
#include "claim/setting_sign.h"

namespace litopys {

// Places in force at some point of a document.
struct Setting {
  std::vector<std::string> codes;  // sorted, no duplicates; a region gives way to a place in it
  std::vector<Span> spans;         // the words, wherever in the document they stand
  [[nodiscard]] bool empty() const { return codes.empty(); }
};

// A place that the document may be about.
struct SettingLook {
  std::vector<std::string> codes;  // sorted
  std::vector<Span> spans;         // where it is named first
  std::array<float, kSettingSigns> signs{};
};

// What the rules say of one claim without a place of its own.
struct SettingRuled {
  std::vector<std::string> codes;
  std::string_view rule;                             // "place.before", ...
  const std::vector<std::string>* before = nullptr;  // what the paragraph named before; null where nothing
  std::size_t before_index = 0;                      // in which sentence
  const std::vector<std::string>* heading = nullptr;
  const std::vector<std::string>* document = nullptr;
  const std::vector<Span>* aside = nullptr;  // places that the sentence names for something else than where it happens
  bool wide = false;                         // the measure is about the whole matter (habit `wide`)
  bool norm = false;                         // it is a rule for all (habit `scope`)
  bool advice = false;                       // it is what others say of the campaign (habit `scope`)
};

// What kinds of place a document speaks of by their nouns: "the city", "the district", "the region", "the plant".
enum class SpokenKind : unsigned char { town, district, region, site, count_ };
inline constexpr std::size_t kSpokenKinds = static_cast<std::size_t>(SpokenKind::count_);

// The kinds that sentence `index` speaks of. O(its cues).
[[nodiscard]] std::array<bool, kSpokenKinds> spoken_kinds(const Scene& scene, std::size_t index);

// Whether `part` lies in `codes` without being it.
[[nodiscard]] bool is_part(const Scene& scene, const std::vector<std::string>& part, const std::vector<std::string>& codes);

// All places of the territory that the document names, their regions, groups and the whole, with what speaks for each. `own` has for each
// sentence the places where it happens, `ruled` what the rules would say. At most 64; linear in the document's mentions times these.
[[nodiscard]] std::vector<SettingLook> setting_looks(const Scene& scene, const std::vector<Setting>& own, const Setting& ruled);

// The look that its signs and the codebook's weights speak for most; null where there is none or the codebook has no weights. The first of
// equals.
[[nodiscard]] const SettingLook* likeliest_setting(const Scene& scene, const std::vector<SettingLook>& looks);

// What spoke most for a look, for `why`: "top_name +2.0; share_part +1.1".
[[nodiscard]] std::string reasons_of(const Scene& scene, const SettingLook& look);

// Adds to each look what speaks for it from where sentence `index` stands. O(looks and the sentence's mentions).
void look_from(const Scene& scene, const std::vector<Setting>& own, std::size_t index, const SettingRuled& ruled,
               std::vector<SettingLook>& looks);

}  // namespace litopys
