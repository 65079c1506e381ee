// Runs the built program as a person would, and looks at what it says.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "temporary_folder.h"

namespace litopys::testing {

struct Outcome {
  int code = -1;    // exit code; 128 + n for signal n
  std::string out;  // standard output
  std::string err;  // standard error

  [[nodiscard]] std::size_t lines() const { return static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n')); }
  [[nodiscard]] std::size_t error_lines() const { return static_cast<std::size_t>(std::count(err.begin(), err.end(), '\n')); }
};

// `command` is a line for sh, in which $litopys is the program and $work the folder.
inline Outcome shell(const TemporaryFolder& work, const std::string& command) {
  const TemporaryFolder streams;
  const std::string script =
      streams.write("script", "export litopys='" LITOPYS_PROGRAM "' work='" + work.path().string() + "'\ncd \"$work\"\n" + command + "\n");
  const int status =
      std::system(("sh " + script + " > " + (streams / "out").string() + " 2> " + (streams / "err").string() + " < /dev/null").c_str());
  Outcome run;
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.out = read_whole(streams / "out");
  run.err = read_whole(streams / "err");
  return run;
}

inline Outcome litopys(const TemporaryFolder& work, const std::string& arguments) { return shell(work, "\"$litopys\" " + arguments); }

// For tests that need to mount: they run where that is allowed, and say so where it is not.
inline bool may_mount(const TemporaryFolder& work) {
  return shell(work, "mkdir -p probe && unshare -m sh -c 'mount -t tmpfs -o size=64k tmpfs probe'").code == 0;
}

// A report that makes a claim in each language.
inline constexpr const char* kReport =
    "Kherson region, 10 March 2024\n\nMore than 90,000 residents of the Kherson region have received Russian passports, the occupation "
    "head "
    "Vladimir Saldo said. People without a Russian passport are refused treatment in hospitals.\n";

}  // namespace litopys::testing
