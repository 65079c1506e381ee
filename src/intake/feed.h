// Feeds: RSS 2.0 (and 0.9x, 1.0 as far as they are alike) and Atom (RFC 4287).
//
// One item an <item> or <entry>: its exact bytes, format "feed-item", with the feed's encoding as charset. The origin says title, link,
// time (pubDate, dc:date, published, else updated), and as outlet the publisher that <source> names, else the feed's own title. Authors
// are persons and left out.
#pragma once

#include <string_view>

#include "intake/container.h"

namespace litopys {

[[nodiscard]] bool looks_like_feed(std::string_view head);

// A Split (intake/container.h). A feed that declares entities of its own is refused (kMalformed). Damage ("byte N") costs the item that it
// is in, as far as its bytes cannot be told from the next's; an item whose end is found is given all the same. O(bytes), after damage
// O(bytes) again for each of at most 100 places. UTF-16 is not sought through after damage.
void split_feed(const Item& container, const ContainerLimits& limits, const Give& give);

}  // namespace litopys
