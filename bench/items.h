// What the benchmarks read: files as items, in the order of their paths, so that runs compare.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "intake/item.h"

namespace litopys::bench {

inline std::vector<Item> items_of(std::vector<std::filesystem::path> files) {
  std::sort(files.begin(), files.end());
  std::vector<Item> out;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    out.push_back({file.stem().string(), file.string(), {std::istreambuf_iterator<char>(in), {}}});
  }
  return out;
}

}  // namespace litopys::bench
