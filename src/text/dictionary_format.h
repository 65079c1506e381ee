// What the reader (text/morphology.cc) and the maker (text/dictionary_builder.cc) of dictionary files share; the format itself is
// described in text/morphology.h.
#pragma once

#include <cstdint>
#include <string_view>

namespace litopys::dictionary {

inline constexpr std::string_view kMagic = "LITODICT";
inline constexpr std::uint32_t kVersion = 1;
enum class Section : unsigned char { alphabet, tags, suffixes, sets, popular, nodes, notice };
inline constexpr std::size_t kSections = 7;
inline constexpr std::size_t kHeaderSize = 8 + 4 + 8 + 4 * (kSections + 1);

// Precondition: at + 4 (8) <= bytes.size().
[[nodiscard]] inline std::uint32_t u32(std::string_view bytes, std::size_t at) {
  std::uint32_t v = 0;
  for (std::size_t i = 4; i-- > 0;) v = v << 8 | static_cast<unsigned char>(bytes[at + i]);
  return v;
}
[[nodiscard]] inline std::uint64_t u64(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint64_t>(u32(bytes, at + 4)) << 32 | u32(bytes, at);
}

// Reads a varint at `at` and moves past it; false at the end of the bytes or past 63 bits.
[[nodiscard]] inline bool varint(std::string_view bytes, std::size_t& at, std::uint64_t& out) {
  out = 0;
  for (unsigned shift = 0; shift < 63 && at < bytes.size(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    out |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

// Eight bytes a step, so that five megabytes cost a millisecond or two at every start.
[[nodiscard]] inline std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t a = 0x9E3779B97F4A7C15, b = bytes.size();
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    a = (a ^ u64(bytes, i)) * 0xD6E8FEB86659FD93;
    a ^= a >> 32;
    b += a;
  }
  for (; i < bytes.size(); ++i) a = (a ^ static_cast<unsigned char>(bytes[i])) * 0xD6E8FEB86659FD93;
  return a ^ b ^ (a >> 29);
}

}  // namespace litopys::dictionary
