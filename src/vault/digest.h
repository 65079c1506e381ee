// SHA-256, by OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace litopys {

// The algorithm is fetched once (a fetch takes a lock and a search, measured at several digests of a page). Immutable; threads may share.
class Sha256 {
 public:
  Sha256();  // throws std::runtime_error where OpenSSL has no SHA-256: then nothing can go on
  // 64 lower-case hex digits.
  [[nodiscard]] std::string hex(std::string_view bytes) const;

 private:
  std::shared_ptr<void> algorithm_;
};

// SHA-256 of bytes that come piece by piece. One thread at a time; reset() makes it ready for the next.
class RunningSha256 {
 public:
  RunningSha256();  // throws as Sha256 does
  void add(std::string_view bytes);
  [[nodiscard]] std::array<std::uint8_t, 32> finish();  // ready for the next
 private:
  std::shared_ptr<void> algorithm_, context_;
};

}  // namespace litopys
