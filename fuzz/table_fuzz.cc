// Any bytes as a table: split with the columns' usual names and with names of the user's, each row read, the laws of fuzz/containers.h.
#include "intake/table.h"

#include "containers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litopys;
  fuzz::run(split_table, looks_like_table, data, size);
  ContainerLimits limits;
  limits.columns = "text=a b,title=c";
  fuzz::run(split_table, looks_like_table, data, size, limits);
  return 0;
}
