// Most words begin like no word that is looked for. A filter over first bytes says so before anything is hashed letter by letter.
//
//   StartFilter starts;
//   starts.add("паспорт");
//   starts.may_start("паспортами")   true
//   starts.may_start("погода")       false, or true by a clash
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace litopys {

// ё counts as е and ґ as г, as in word_key (text/token.h). Threads may share one once it is filled.
class StartFilter {
 public:
  void add(std::string_view stem) {
    if (stem.empty()) {
      everything_ = true;
      return;
    }
    std::size_t size = 0;  // the longest that fits
    for (const std::size_t s : kSizes) {
      if (size == 0 && s <= stem.size()) size = s;
    }
    if (bits_.empty()) bits_.resize(kBits / 64);
    const std::size_t at = slot(first_bytes(stem), size);
    bits_[at / 64] |= 1ULL << (at % 64);
    sizes_ |= 1U << size;
  }

  [[nodiscard]] bool empty() const { return sizes_ == 0 && !everything_; }

  // False only where `word` begins with none of the stems. O(1).
  [[nodiscard]] bool may_start(std::string_view word) const {
    if (sizes_ == 0 || everything_) return everything_;
    const std::uint64_t first = first_bytes(word);
    for (const std::size_t size : kSizes) {
      if ((sizes_ >> size & 1U) == 0 || size > word.size()) continue;
      const std::size_t at = slot(first, size);
      if ((bits_[at / 64] >> (at % 64) & 1U) != 0) return true;
    }
    return false;
  }

 private:
  static constexpr std::array<std::size_t, 6> kSizes = {8, 6, 4, 3, 2, 1};  // bytes by which stems are filed
  static constexpr std::size_t kBits = 1U << 14;                            // 2 KiB: stays in the nearest cache

  // The first eight bytes, the letters that have two spellings as one; zeros behind the end.
  static std::uint64_t first_bytes(std::string_view word) {
    std::array<unsigned char, 8> bytes{};
    std::memcpy(bytes.data(), word.data(), word.size() < 8 ? word.size() : 8);
    const auto got = std::bit_cast<std::uint64_t>(bytes);
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    const std::uint64_t same = got ^ kOnes * 0x91;  // a zero byte where the second half of ё or ґ may stand
    if (((same - kOnes) & ~same & kOnes * 0x80) == 0) return got;
    for (std::size_t i = 1; i < bytes.size(); ++i) {
      if (bytes[i] != 0x91 || (bytes[i - 1] != 0xD1 && bytes[i - 1] != 0xD2)) continue;
      bytes[i] = bytes[i - 1] == 0xD1 ? 0xB5 : 0xB3;
      bytes[i - 1] = 0xD0;
    }
    return std::bit_cast<std::uint64_t>(bytes);
  }
  static std::size_t slot(std::uint64_t first, std::size_t size) {
    const std::size_t shift = 8 * (size - 1);
    std::uint64_t seen = first & ~0ULL >> (56 - shift);
    const std::uint64_t last = seen >> shift;
    if (last == 0xD1 || last == 0xD2) seen -= (last - 0xD0) << shift;  // half of a letter that may have another spelling
    return (seen + size) * 0x9E3779B97F4A7C15ULL >> 50;
  }
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");

  std::vector<std::uint64_t> bits_;
  unsigned sizes_ = 0;  // bit n: a stem is filed by its first n bytes
  bool everything_ = false;
};

}  // namespace litopys
