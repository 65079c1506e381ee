// Whether a place's name has the case of where something goes: «в Чонгар», «в Каховку», and not «в Чонгаре», «в Каховке».
#pragma once

#include <string_view>

#include "codebook/gazetteer.h"

namespace litopys {

// `word` is the last word of the find in lower case. In Ukrainian and Russian the accusative of a place is its nominative, or has «у», «ю»
// for the «а», «я» of it. Names that many leave as they are («в Шереметьево», «в РФ») show nothing: false, as always in English.
// O(names of the place).
[[nodiscard]] bool names_goal(const Gazetteer& gazetteer, const GazetteerPlace& place, Language language, std::string_view word);

}  // namespace litopys
