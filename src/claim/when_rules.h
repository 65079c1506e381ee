// What the rules make of the times that a sentence names, and of the words that the encoder points at; claim/when.h chooses.
#pragma once

#include <vector>

#include "claim/scene.h"
#include "claim/when.h"

namespace litopys {

using WhenAnswer = Given<std::optional<When>>;

// A time of a sentence, as it bears on a claim.
struct Dated {
  const Time* time = nullptr;
  bool said = false;  // when it was said, not when it was
  int distance = 0;   // from the figure or the measure's words
};

// Those that bear on the claim: in the figure's part of the sentence if there are any, not the day of a decree, nothing older than the
// campaign.
[[nodiscard]] std::vector<Dated> times_of(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame);

// Whether `when` lies before anything that the campaign did.
[[nodiscard]] bool too_old(const Habits& habits, const When& when);

// The quantity that the claim's figure is; null for a claim without one.
[[nodiscard]] const Quantity* quantity_of(const Scene& scene, std::size_t index, const WhenFrame& frame);

// Whether the claim's figure is a running sum: a share of people, or a count that no single day gives.
[[nodiscard]] bool is_total(const Scene& scene, std::size_t index, const WhenFrame& frame);
// Whether it counts so many people that somebody must have counted them up to a day: "over 3,000 refused".
[[nodiscard]] bool is_count_of_people(const Scene& scene, std::size_t index, const WhenFrame& frame);

// The time by rules alone; of one time of the document, whichever sentence names it, by the measure's habit; and where the encoder points
// at another time than the rules take and is much surer of it, that one.
// A deadline, what befalls people after one, and a date alone before a passage leave nothing to weigh (`is_settled`).
[[nodiscard]] WhenAnswer ruled_when(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame);
[[nodiscard]] WhenAnswer when_from(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, const Time& time);
[[nodiscard]] WhenAnswer pointed_when(const Scene& scene, std::size_t index, MeasureId measure, const WhenFrame& frame, WhenAnswer ruled);

[[nodiscard]] bool is_settled(const WhenAnswer& ruled);

}  // namespace litopys
