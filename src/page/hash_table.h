// A fixed set of 32-bit keys with a small number each: open addressing over one array, made once, read by many threads.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace litopys {

// FNV-1a, never 0.
[[nodiscard]] constexpr std::uint32_t hash_step(std::uint32_t hash, unsigned char byte) { return (hash ^ byte) * 16777619U; }
inline constexpr std::uint32_t kHashStart = 2166136261U;

// Of any bytes, eight at a time; for tables of one page. Never 0.
[[nodiscard]] inline std::uint32_t hash_of_bytes(std::string_view bytes) {
  std::uint64_t hash = bytes.size() * 0x9E3779B97F4A7C15U;
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32U;
  };
  const auto load = [&](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    return word;
  };
  const std::size_t size = bytes.size();
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 <= size; i += 8) mix(load(i));
    if (size % 8 != 0) mix(load(size - 8));
  } else {
    std::uint64_t rest = 1;
    for (const char c : bytes) rest = rest << 8U | static_cast<unsigned char>(c);
    mix(rest);
  }
  return static_cast<std::uint32_t>(hash) | 1U;
}

class HashTable {
 public:
  HashTable() = default;
  // Of equal keys the first counts; key 0 is left out.
  explicit HashTable(const std::vector<std::pair<std::uint32_t, std::int32_t>>& entries) {
    if (entries.empty()) return;
    cells_.resize(std::bit_ceil(entries.size() * 2));
    gate_.resize(std::max<std::size_t>(cells_.size() / 8, 1));
    for (const auto& [key, value] : entries) {
      std::size_t at = place(key);
      while (cells_[at].first != 0 && cells_[at].first != key) at = (at + 1) & (cells_.size() - 1);
      if (cells_[at].first == 0) cells_[at] = {key, value};
      gate_[gate_of(key) / 64] |= std::uint64_t{1} << gate_of(key) % 64;
    }
  }
  // The key's number, 0 where it is none of the table's.
  [[nodiscard]] std::int32_t operator[](std::uint32_t key) const {
    if (cells_.empty() || (gate_[gate_of(key) / 64] >> gate_of(key) % 64 & 1U) == 0) return 0;
    for (std::size_t at = place(key); cells_[at].first != 0; at = (at + 1) & (cells_.size() - 1)) {
      if (cells_[at].first == key) return cells_[at].second;
    }
    return 0;
  }

 private:
  [[nodiscard]] std::size_t place(std::uint32_t key) const { return (key * 2654435769U >> 7U) & (cells_.size() - 1); }
  // Most keys that are asked for are none of the table's; a bit of a small array says so before a cell is fetched.
  [[nodiscard]] std::size_t gate_of(std::uint32_t key) const { return (key * 2246822519U >> 9U) & (gate_.size() * 64 - 1); }
  std::vector<std::pair<std::uint32_t, std::int32_t>> cells_;
  std::vector<std::uint64_t> gate_;
};

}  // namespace litopys
