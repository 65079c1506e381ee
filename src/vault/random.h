// Bytes that nobody can guess.
#pragma once

#include <cstdint>
#include <span>

#include "vault/files.h"

namespace litopys {

// Fills `out`. Errors are kCasebook: the machine gives no randomness. Nearly a microsecond a call, however few are wanted.
[[nodiscard]] Done draw_random(std::span<std::uint8_t> out);

}  // namespace litopys
