// How a place stands in its sentence: where something is, where it only goes or comes from, what is passed, or whose people are meant. What
// that is worth to a claim is decided in place.cc.
//   "held in Krasnodar"         rests
//   "taken to Chonhar"          goes_to
//   "residents of Crimea"       of_people
//   "half of them in Tokmak"    of_a_share
#pragma once

#include "claim/scene.h"

namespace litopys {

// Whether the place stands after a preposition of rest: what happens "in Russia" is told apart from what goes "to Russia".
[[nodiscard]] bool rests(const Scene& scene, std::size_t index, const Place& place);

// Whether the place is only where something goes: "taken to Chonhar", «в Чонгар». Where the sentence begins with it, or goes on with
// "there", it is what the sentence is about. O(cues).
[[nodiscard]] bool goes_to(const Scene& scene, std::size_t index, const Place& place);

// Whether the place only tells whose people they are: "residents of Crimea".
[[nodiscard]] bool of_people(const Scene& scene, std::size_t index, const Place& place);

// Whether the place stands right behind "from".
[[nodiscard]] bool is_after_from(const Scene& scene, std::size_t index, const Place& place);

// Whether the place is where somebody comes from: "a clerk from Snizhne", and not "from Donetsk, Makiivka ...", "from Melitopol to ...".
[[nodiscard]] bool comes_from(const Scene& scene, std::size_t index, const Place& place);

// Whether the place is only on somebody's way: "she got out through Vasylivka".
[[nodiscard]] bool passes(const Scene& scene, std::size_t index, const Place& place);

// Whether the place is left out: "everywhere except Crimea"; at the beginning of a sentence such words add one instead.
[[nodiscard]] bool is_excepted(const Scene& scene, std::size_t index, const Place& place);

// Whether the place is only where somebody came from for good: "newcomers from the Donbas", "a native of Simferopol".
[[nodiscard]] bool is_left_behind(const Scene& scene, std::size_t index, const Place& place);

// Whether the place stands in the name or title of a body or an official who says something: "the administration in Melitopol said".
[[nodiscard]] bool seats_a_voice(const Scene& scene, std::size_t index, const Place& place);

// Whether the places at `spans` are of a share of what `figure` counts: "212 removals, half of them in Tokmak". O(cues).
[[nodiscard]] bool of_a_share(const Scene& scene, std::size_t index, Span figure, const std::vector<Span>& spans);

}  // namespace litopys
