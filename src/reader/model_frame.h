// What the data files of the two readers have in common: bytes 0..7 the format's name, 8..11 the length of the head, 16.. the head in lines
// "key value", filled up to a multiple of 64 bytes, and a checksum in the last eight. Little-endian.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace litopys {

// Where something is wrong with a file, and what.
struct FrameFault {
  std::string place, problem;
};

struct ModelFrame {
  std::map<std::string, std::string> keys;  // of the head
  std::size_t body = 0;                     // where the head ends, in bytes from the beginning
};

inline constexpr std::size_t kFrameLine = 64;  // every array begins on a multiple of it
[[nodiscard]] constexpr std::size_t padded(std::size_t n) { return (n + kFrameLine - 1) / kFrameLine * kFrameLine; }

// Checks name, size, checksum and head of a whole file. `checksum` is the format's own, over all but the last eight bytes. O(size).
[[nodiscard]] tl::expected<ModelFrame, FrameFault> open_frame(std::string_view bytes, std::string_view magic, std::size_t largest_head,
                                                              std::uint64_t (*checksum)(std::string_view));

}  // namespace litopys
