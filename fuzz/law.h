// What a fuzz target does where a law does not hold: it says which, and ends as a crash does.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace litopys::fuzz {

inline void require(bool law, const char* name) {
  if (law) return;
  std::fprintf(stderr, "law broken: %s\n", name);
  std::abort();
}

}  // namespace litopys::fuzz
