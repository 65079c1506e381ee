// How commands declare what they take. The parser behind it (CLI11) is one header of ten thousand lines, so only options.cc includes it:
// every other file of this folder compiles five times as fast for that.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace litopys {

// One declared option: a handle, copied at will, good as long as the command line that it was declared on.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option& required();
  // What stands for the value in --help: FILE, N ...
  Option& type_name(const std::string& name);
  // One value for each time that it is named; --place A B leaves B to the next positional.
  Option& one_each();
  // Other values are wrong use; the message names those allowed.
  Option& one_of(std::vector<std::string> words);
  Option& range(int least, int most);
  Option& existing_folder();
  Option& excludes(const Option& other);

  // Whether it was named on the command line; known only once that is parsed, so in run's function and later.
  [[nodiscard]] bool given() const;

 private:
  CLI::Option* option_;
};

// One command: a handle likewise. What values are written to must live until the command has run.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  // A name without dashes is a positional; "-o,--output" has a short form too.
  Option option(const std::string& name, std::string& value, const std::string& help);
  Option option(const std::string& name, std::optional<std::string>& value, const std::string& help);
  Option option(const std::string& name, std::vector<std::string>& values, const std::string& help);
  Option option(const std::string& name, unsigned& value, const std::string& help);
  Option option(const std::string& name, std::size_t& value, const std::string& help);
  // Is called with the word while the command line is parsed, if the option is named there.
  Option option(const std::string& name, const std::function<void(const std::string&)>& take, const std::string& help);
  Option flag(const std::string& name, bool& value, const std::string& help);

  // The last line of --help: an example.
  void footer(const std::string& text);
  // What the command does, once all of the command line is known to be right. Only a leaf has it.
  void run(std::function<void()> act);
  // A command of its own; the parent then takes nothing but the name of one.
  Command command(const std::string& name, const std::string& help);

 private:
  CLI::App* app_;
};

// Why a command line was refused; the command that it names ("" where it names none) and the example of that one's help.
struct Refusal {
  std::string problem, command, example;
};

// The whole command line: one command and what that takes.
class CommandLine {
 public:
  CommandLine(const std::string& program, const std::string& description, const std::string& version, const std::string& example);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // Declares a command. Its handle is good as long as this object.
  Command command(const std::string& name, const std::string& help);

  // Parses, then runs the one command that is named; --help and --version print. nullopt if it came to that; what a command throws
  // passes through.
  [[nodiscard]] std::optional<Refusal> run(int argc, const char* const* argv);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace litopys
