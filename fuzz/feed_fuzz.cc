// Any bytes as a feed: split, each item read, the laws of fuzz/containers.h.
#include "intake/feed.h"

#include "containers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  litopys::fuzz::run(litopys::split_feed, litopys::looks_like_feed, data, size);
  return 0;
}
