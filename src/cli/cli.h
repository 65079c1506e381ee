// The program `litopys`: commands over the stages. Thin: what a command does stands in the stage's folder; here are names of options,
// output for people, and exit codes.
#pragma once

namespace litopys {

// Runs the command line and gives the exit code (ExitCode in session.h). Never throws.
[[nodiscard]] int run_program(int argc, const char* const* argv);

}  // namespace litopys
