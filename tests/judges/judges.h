// Programs that others wrote, which judge what litopys writes. tests/judges/install.sh puts them into LITOPYS_JUDGES before these tests
// run; where one is missing a test says "not run: needs …", and in continuous integration that is a failure.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "temporary_folder.h"

namespace litopys::testing {

struct Verdict {
  int code = -1;
  std::string words;  // standard output and error
};

inline Verdict ask(const std::string& command) {
  const TemporaryFolder folder;
  const int status = std::system(("(" + command + ") > " + (folder / "out").string() + " 2>&1 < /dev/null").c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_whole(folder / "out")};
}

inline std::string judge(const std::string& name) { return std::string(LITOPYS_JUDGES) + "/" + name; }
inline std::string checker(const std::string& name) { return LITOPYS_SOURCE_DIR "/../shared/checkers/" + name; }
inline bool is_there(const std::string& path) { return std::filesystem::exists(path); }

}  // namespace litopys::testing

// At the head of a test: the judge's file, and what it takes to have it.
#define LITOPYS_NEEDS(path, what)                                                                                        \
  do {                                                                                                                   \
    if (!litopys::testing::is_there(path)) {                                                                             \
      if (std::getenv("LITOPYS_JUDGES_REQUIRED") != nullptr && std::filesystem::exists(LITOPYS_SOURCE_DIR "/../shared")) \
        FAIL() << "not run: needs " what;                                                                                \
      GTEST_SKIP() << "not run: needs " what;                                                                            \
    }                                                                                                                    \
  } while (false)
