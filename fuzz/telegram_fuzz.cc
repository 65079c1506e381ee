// Any bytes as an export of Telegram: split, each item read, the laws of fuzz/containers.h.
#include "intake/telegram.h"

#include "containers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  litopys::fuzz::run(litopys::split_telegram, litopys::looks_like_telegram, data, size);
  return 0;
}
