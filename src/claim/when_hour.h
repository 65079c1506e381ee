// The hour by which a running report opens its entries.
#pragma once

#include <cstddef>

#include "claim/scene.h"

namespace litopys {

// "13:45. At the station …", or below a line that is nothing but an hour: sentence `index` is of an entry of the day. Looks back no
// further than its paragraph and a line; constant time.
[[nodiscard]] bool is_entry_of_an_hour(const Scene& scene, std::size_t index);

}  // namespace litopys
