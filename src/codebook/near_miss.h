// "Did you mean": the word of a vocabulary that a misspelt word is closest to. Used by error texts only.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace litopys {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, in code points (optimal string alignment).
// O(|a| * |b|); words longer than 64 code points are not compared and count as far apart (their longer length).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The closest candidate within a third of the word's length (at least one edit); "" when none is near. The first of equals.
[[nodiscard]] std::string_view near_miss(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace litopys
