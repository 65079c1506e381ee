// A parser of hostile bytes in a process of its own: it may take so long, so much memory, may say so much, may open no socket, and when it
// dies only its item is lost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace litopys {

struct ChildLimits {
  unsigned seconds = 60;  // of processor time, and of the clock
  std::uint64_t memory = std::uint64_t{1} << 30U;
  std::uint64_t output = std::uint64_t{256} << 20U;  // of standard output
};

struct ChildOutcome {
  enum class End : unsigned char { exited, no_program, killed, too_slow, too_much } end = End::exited;
  int status = 0;      // of `exited`
  std::string output;  // as far as it came
};

// Runs `program` (a name that is looked for in /usr/bin and /usr/local/bin, or a path) with `arguments`; kInput among them stands for a
// file that holds `input`. Standard input is empty, standard error is thrown away, the environment is bare. Any thread may call it.
inline constexpr std::string_view kInput = "\x01input";
[[nodiscard]] ChildOutcome run_child(std::string_view program, const std::vector<std::string>& arguments, std::string_view input,
                                     const ChildLimits& limits = {});

// "took longer than 60 s", "is not installed", ...; "" for a child that exited with status 0.
[[nodiscard]] std::string trouble_of(const ChildOutcome& outcome, std::string_view program, const ChildLimits& limits = {});

}  // namespace litopys
