// From the kernel itself: a call of OpenSSL's RAND_bytes costs twice as much for a salt, and passes a lock that all threads share.
#include "vault/random.h"

#include <unistd.h>

#include <algorithm>

namespace litopys {

Done draw_random(std::span<std::uint8_t> out) {
  constexpr std::size_t kMost = 256;  // that one call of getentropy gives
  for (; !out.empty(); out = out.subspan(std::min(out.size(), kMost))) {
    if (getentropy(out.data(), std::min(out.size(), kMost)) == 0) continue;
    return fail(ErrorKind::kCasebook, {}, {}, "the machine gives no random numbers", "nothing was written");
  }
  return {};
}

}  // namespace litopys
