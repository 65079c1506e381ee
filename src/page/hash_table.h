// A fixed set of 32-bit keys with a small number each: open addressing over one array, made once, read by many threads.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace litopys {

// FNV-1a, never 0.
[[nodiscard]] constexpr std::uint32_t hash_step(std::uint32_t hash, unsigned char byte) { return (hash ^ byte) * 16777619U; }
inline constexpr std::uint32_t kHashStart = 2166136261U;

class HashTable {
 public:
  HashTable() = default;
  // Of equal keys the first counts; key 0 is left out.
  explicit HashTable(const std::vector<std::pair<std::uint32_t, std::int32_t>>& entries) {
    if (entries.empty()) return;
    cells_.resize(std::bit_ceil(entries.size() * 2));
    for (const auto& [key, value] : entries) {
      std::size_t at = place(key);
      while (cells_[at].first != 0 && cells_[at].first != key) at = (at + 1) & (cells_.size() - 1);
      if (cells_[at].first == 0) cells_[at] = {key, value};
    }
  }
  // The key's number, 0 where it is none of the table's.
  [[nodiscard]] std::int32_t operator[](std::uint32_t key) const {
    if (cells_.empty()) return 0;
    for (std::size_t at = place(key); cells_[at].first != 0; at = (at + 1) & (cells_.size() - 1)) {
      if (cells_[at].first == key) return cells_[at].second;
    }
    return 0;
  }

 private:
  [[nodiscard]] std::size_t place(std::uint32_t key) const { return (key * 2654435769U >> 7U) & (cells_.size() - 1); }
  std::vector<std::pair<std::uint32_t, std::int32_t>> cells_;
};

}  // namespace litopys
