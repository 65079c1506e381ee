// SHA-256, by OpenSSL.
#pragma once

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

}  // namespace litopys
