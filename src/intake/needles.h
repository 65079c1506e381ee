// ASCII needles in raw bytes, letter case aside, at about the speed of memory, and what else the bytes hold that a closer look would need.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace litopys {

class Needles {
 public:
  // Each needle: lower-case ASCII of at least kShortest bytes.
  static constexpr std::size_t kShortest = 4;
  explicit Needles(std::vector<std::string> needles);

  struct Seen {
    bool cyrillic_leads = false;  // bytes 0xD0 to 0xDF: UTF-8 of Cyrillic (and of some other scripts)
    bool high_pairs = false;      // two bytes from 0xC0 side by side: never UTF-8, always so in words of single-byte Cyrillic
    bool escapes = false;         // &#1072; &#x430; \u0430 &acy;
  };

  // How wide the machine's registers may be used; a test asks for each.
  enum class Registers : unsigned char { none, avx2, avx512 };

  // Calls `hit` with the number of the needle and where it begins, for each that occurs, at least once a needle. O(bytes) unless needles
  // stand everywhere.
  Seen scan(std::string_view bytes, const std::function<void(std::size_t needle, std::size_t at)>& hit,
            Registers most = Registers::avx512) const;

 private:
  static constexpr std::size_t kWindow = 4;

  // Of eight buckets, by window byte and nibble, which the nibble can be in; twice, for wide registers.
  struct alignas(32) Masks {
    std::array<std::array<unsigned char, 32>, kWindow> low{}, high{};
    std::array<std::array<unsigned char, 128>, kWindow> whole{};  // the same by whole bytes of ASCII
  };
  struct Needle {
    std::string text;
    std::size_t window = 0;  // where in it the window is that the masks know
    bool is_escape = false;
  };
  struct Walk;

  // A needle of a bucket by the four bytes of its window, each with the bit of lower case set.
  struct Key {
    std::uint32_t window = 0;
    std::uint32_t needle = 0;
  };

  Masks masks_;
  std::array<std::vector<Key>, 8> buckets_;
  std::vector<Needle> needles_;
  std::size_t asked_ = 0;  // needles that were given; escapes stand behind
};

}  // namespace litopys
