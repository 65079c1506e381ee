// SHA-256, by OpenSSL. Everything here throws std::runtime_error where OpenSSL has none: then nothing can go on.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace litopys {

// Of the bytes as they are. Any thread.
[[nodiscard]] std::array<std::uint8_t, 32> sha256_bytes(std::string_view bytes);
// The same as 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// Two lower-case hex digits a byte.
[[nodiscard]] std::string hex_text(std::span<const std::uint8_t> bytes);

// SHA-256 of bytes that come piece by piece. One thread at a time; finish() makes it ready for the next.
class RunningSha256 {
 public:
  RunningSha256();
  void add(std::string_view bytes);
  [[nodiscard]] std::array<std::uint8_t, 32> finish();

 private:
  std::shared_ptr<void> context_;
};

}  // namespace litopys
