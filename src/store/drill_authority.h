// A time-stamping authority of the drill's own: a root of 2000 to 2100 and a signer whose certificate ended with 2020. Its keys live as
// long as the object and are written nowhere.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace litopys {

inline constexpr std::int64_t kDrillSignerLives = 1'592'000'000;  // in June 2020
inline constexpr std::int64_t kDrillSignerEnded = 1'767'000'000;  // in December 2025

class DrillAuthority {
 public:
  // Errors (kCasebook): OpenSSL cannot.
  [[nodiscard]] static Result<DrillAuthority> make();

  [[nodiscard]] std::string roots() const;  // PEM
  // The whole reply (RFC 3161, 2.4.2) to a query, DER, with `time` (seconds since 1970) as its genTime: an authority that lies about the
  // time, or that goes on after its end, is asked in the same way.
  [[nodiscard]] Result<std::string> answer(std::string_view query, std::int64_t time) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace litopys
