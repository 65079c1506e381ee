// Names of places that are a street's: «на вулиці Мелітопольській», «на Бердянському бульварі», "on Kakhovka Street".
#pragma once

#include <cstdint>

#include "text/text.h"

namespace litopys {

// Whether two words can stand in one case of the singular and agree in gender: «вулиці Каховській», not «вулиці Скадовська» ("Skadovsk's
// streets"). O(readings of the one times those of the other).
[[nodiscard]] bool agree_as_name(const Text& text, std::uint32_t noun, std::uint32_t adjective);

}  // namespace litopys
