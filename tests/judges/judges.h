// Programs that others wrote, which judge what litopys writes. tests/judges/install.sh puts them into LITOPYS_JUDGES before these tests
// run; where one is missing a test says "not run: needs …". In continuous integration (CI is set) that is a failure for every judge that
// the machine could have had, and where LITOPYS_JUDGES_REQUIRED is set too, for every one.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "temporary_folder.h"

namespace litopys::testing {

struct Judgement {
  int code = -1;
  std::string words;  // standard output and error
};

inline Judgement ask(const std::string& command) {
  const TemporaryFolder folder;
  const int status = std::system(("(" + command + ") > " + (folder / "out").string() + " 2>&1 < /dev/null").c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_whole(folder / "out")};
}

inline std::string judge(const std::string& name) { return std::string(LITOPYS_JUDGES) + "/" + name; }
inline std::string checker(const std::string& name) { return LITOPYS_SOURCE_DIR "/../shared/checkers/" + name; }
inline bool is_there(const std::string& path) { return std::filesystem::exists(path); }

// Whether it is a failure that the judge at `path` is missing: those of Python need only what tools/packages-test.txt installs, and an
// index of packages within reach, which install.sh tells by what it could fetch. Go, Java and the checkers may be absent.
inline bool must_be_there(const std::string& path) {
  if (std::getenv("LITOPYS_JUDGES_REQUIRED") != nullptr && is_there(checker(""))) return true;
  return std::getenv("CI") != nullptr && path.find("/bin/") != std::string::npos && is_there(judge("reachable"));
}

}  // namespace litopys::testing

// At the head of a test: the judge's file, and what it takes to have it.
#define LITOPYS_NEEDS(path, what)                                                  \
  do {                                                                             \
    if (!litopys::testing::is_there(path)) {                                       \
      if (litopys::testing::must_be_there(path)) FAIL() << "not run: needs " what; \
      GTEST_SKIP() << "not run: needs " what;                                      \
    }                                                                              \
  } while (false)
