// Place codes of GUIDE.md as a hierarchy, by the code alone: UA-65/Kherson lies in UA-65, UA-65 in UA; UA-DONBAS is UA-09 and UA-14,
// UA-SOUTH is UA-23 and UA-65, UA-TOT is these four (RECORD.md: officials' totals leave Crimea and Sevastopol out).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litopys {

// The codes that a code stands for: {"UA-09", "UA-14"} for UA-DONBAS, the code itself for most.
[[nodiscard]] std::vector<std::string> expanded_place(std::string_view code);

// True where `inner` is or lies in `outer`.
[[nodiscard]] bool place_within(std::string_view inner, std::string_view outer);

// A list of codes as one: expanded, sorted, without duplicates or places that lie in another of the list; printed by its collective name
// where it has one ("UA-TOT"), else joined by '+'.
[[nodiscard]] std::string place_key(const std::vector<std::string>& codes);

}  // namespace litopys
