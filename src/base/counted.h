// Counts as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace litopys {

// "1 claim", "3 claims".
[[nodiscard]] inline std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
  return std::to_string(n).append(" ").append(n == 1 ? one : many);
}

}  // namespace litopys
