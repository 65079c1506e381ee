// Any bytes as a file that was named: whatever container they look like is opened, through all that is in it.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "intake/screen.h"
#include "intake/take.h"
#include "law.h"

namespace {

using namespace litopys;

using fuzz::require;

// One file of the process, in memory where the system has it there.
const std::string& file() {
  static const std::string path = [] {
    std::string pattern = (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp") + std::string("/litopys-fuzz-XXXXXX");
    const int descriptor = mkstemp(pattern.data());
    require(descriptor >= 0, "a temporary file");
    close(descriptor);
    std::atexit([] { unlink(file().c_str()); });
    return pattern;
  }();
  return path;
}

const Screen& screen() {
  static const Screen made = Screen::make(load_codebook(std::string(LITOPYS_SOURCE_DIR) + "/codebooks/passportization").value()).value();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(file(), std::ios::binary | std::ios::trunc).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  Take take({file()}, {}, {.largest_item = 1U << 20U, .largest_total = 16U << 20U, .most_items = 2000, .ratio_from = 4U << 20U});
  ScreenLook look(screen());
  std::size_t items = 0;
  while (auto got = take.next()) {
    if (!*got) {
      require(!got->error().problem.empty(), "an error has a reason");
    } else {
      require(!(*got)->item.id.empty() && !(*got)->item.path.empty(), "an item has an id and a path");
      (void)look((*got)->item.bytes);
    }
    if (++items > 3000) break;
  }
  return 0;
}
