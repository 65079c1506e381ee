#include "vault/random.h"

#include <openssl/rand.h>

namespace litopys {

Done draw_random(std::span<std::uint8_t> out) {
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) == 1) return {};
  return fail(ErrorKind::kCasebook, {}, {}, "the machine gives no random numbers", "nothing was written");
}

}  // namespace litopys
