// Whether a report goes on in the next sentence: signs, and what each weighs. Used by voice.cc, which sets them.
#pragma once

#include <array>
#include <cstddef>

namespace litopys {

// What is true of the sentence, of the voice in hand and of its frame.
enum class CarrySign : unsigned char {
  bias,
  new_paragraph,
  second,
  third,
  far,
  gap,
  russia,
  ukraine,
  ngo,
  resident,
  media,
  body_document,
  quoted_frame,
  starts_quoted,
  dash,
  names_actor,
  narration,
  verification,
  estimate,
  distance,
  first_person,
  first_person_resident,
  pronoun,
  own_side,
  dated,
  figure,
  label,
  weak,
  by,
  nameless,
  person,
  opening_voice,
  only_voice,
  distanced_frame,
  two_voices,
  short_sentence,
  carried_frame,
  heading_before,
  new_long_paragraph,
  other_opens,
  own_opens,
  count
};
using CarrySigns = std::array<bool, static_cast<std::size_t>(CarrySign::count)>;

// How much speaks for it: the weights of the signs that are set.
[[nodiscard]] double carry_sum(const CarrySigns& signs);

// The weights of the signs that are set add up to more than nothing.
[[nodiscard]] bool goes_on(const CarrySigns& signs);

}  // namespace litopys
