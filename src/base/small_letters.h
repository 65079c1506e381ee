// Words in small letters, two bytes of Cyrillic at a time: decoding each letter and encoding it again is most of the work of folding a
// text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace litopys::utf8 {

namespace detail {
// The second half of each letter U+0400 to U+045F in small letters, its first half in the byte above; ё stays ё. 0 for what is rarer.
inline constexpr std::array<std::uint16_t, 128> kSmallCyrillic = [] {
  std::array<std::uint16_t, 128> out{};
  for (unsigned c = 0x400; c < 0x460; ++c) {
    const unsigned small = c < 0x410 ? c + 80 : c < 0x430 ? c + 32 : c;
    out[c - 0x400] = static_cast<std::uint16_t>((0xC0U | small >> 6U) << 8U | (0x80U | (small & 0x3FU)));
  }
  return out;
}();
}  // namespace detail

// The Cyrillic letter at `at` as its two bytes in small letters, the first one above; 0 where something else stands there.
[[nodiscard]] inline std::uint16_t small_cyrillic(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if ((first & 0xFEU) != 0xD0 || at + 1 >= text.size()) return 0;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  return (second & 0xC0U) == 0x80 ? detail::kSmallCyrillic[(first & 1U) << 6U | (second & 0x3FU)] : 0;
}

inline constexpr std::uint16_t kSmallYo = 0xD191, kSmallYe = 0xD0B5;

}  // namespace litopys::utf8
