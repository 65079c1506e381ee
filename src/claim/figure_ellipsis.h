// What a number leaves unsaid because a number near it has said it: its scale ("250 thousand in May, 310 in June"), or that it is a share
// ("91 percent have one; a year earlier the figure was 89").
#pragma once

#include "claim/scene.h"

namespace litopys {

// Quantity `which` of sentence `index` with the scale that it takes over. Only a number without a noun takes one, from the number before it
// in the sentence, behind it, or in the four sentences before, where the two are then of one size and what stands between them leaves its
// own scale out: "250 thousand were issued, 12 refused" stay what they are.
[[nodiscard]] Quantity as_meant(const Scene& scene, std::size_t index, std::size_t which);

// Whether such a number, at most a hundred, goes on with shares: the sentence speaks of one, or the number before it is one.
[[nodiscard]] bool continues_share(const Scene& scene, std::size_t index, std::size_t which);

}  // namespace litopys
