// What kind of thing bytes are: binary, page or text, and which encoding a page declares. Internal to page/decode but for what that
// header offers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace litopys::detail {

// Why bytes are no text at all; nullopt where they may be text.
[[nodiscard]] std::optional<std::string> binary_reason(std::string_view bytes);

}  // namespace litopys::detail
