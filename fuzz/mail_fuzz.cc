// Any bytes as a mail or a folder of them: split, each item read, the laws of fuzz/containers.h.
#include "intake/mail.h"

#include "containers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  litopys::fuzz::run(litopys::split_mail, litopys::looks_like_mail, data, size);
  return 0;
}
