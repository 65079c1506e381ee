#include "cli/options.h"

#include <CLI/CLI.hpp>

namespace litopys {
namespace {

// The command that the words name, as far as they name one: its help and its example say what to type.
const CLI::App* command_of(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    for (const CLI::App* command : app.get_subcommands({})) {
      if (command->get_name() == argv[i]) return command;
    }
  }
  return nullptr;
}

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::one_each() {
  option_->allow_extra_args(false);
  return *this;
}

Option& Option::one_of(std::vector<std::string> words) {
  option_->check(CLI::IsMember(std::move(words)));
  return *this;
}

Option& Option::range(int least, int most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::existing_folder() {
  option_->check(CLI::ExistingDirectory);
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

bool Option::given() const { return option_->count() > 0; }

Option Command::option(const std::string& name, std::string& value, const std::string& help) {
  return Option(app_->add_option(name, value, help));
}

Option Command::option(const std::string& name, std::optional<std::string>& value, const std::string& help) {
  return Option(app_->add_option(name, value, help));
}

Option Command::option(const std::string& name, std::vector<std::string>& values, const std::string& help) {
  return Option(app_->add_option(name, values, help));
}

Option Command::option(const std::string& name, unsigned& value, const std::string& help) {
  return Option(app_->add_option(name, value, help));
}

Option Command::option(const std::string& name, std::size_t& value, const std::string& help) {
  return Option(app_->add_option(name, value, help));
}

Option Command::option(const std::string& name, const std::function<void(const std::string&)>& take, const std::string& help) {
  return Option(app_->add_option_function<std::string>(name, take, help));
}

Option Command::flag(const std::string& name, bool& value, const std::string& help) { return Option(app_->add_flag(name, value, help)); }

void Command::footer(const std::string& text) { app_->footer(text); }

void Command::run(std::function<void()> act) { app_->callback(std::move(act)); }

Command Command::command(const std::string& name, const std::string& help) {
  app_->require_subcommand(1);
  return Command(app_->add_subcommand(name, help));
}

CommandLine::CommandLine(const std::string& program, const std::string& description, const std::string& version, const std::string& example)
    : app_(std::make_unique<CLI::App>(description, program)) {
  app_->require_subcommand(1);
  app_->footer(example);
  app_->set_version_flag("--version", version);
}

CommandLine::~CommandLine() = default;

Command CommandLine::command(const std::string& name, const std::string& help) { return Command(app_->add_subcommand(name, help)); }

std::optional<Refusal> CommandLine::run(int argc, const char* const* argv) {
  try {
    app_->parse(argc, argv);
  } catch (const CLI::Success& asked) {
    app_->exit(asked);
  } catch (const CLI::ParseError& error) {
    const CLI::App* command = command_of(*app_, argc, argv);
    if (command == nullptr) return Refusal{argc < 2 ? "name a command" : error.what(), "", app_->get_footer()};
    return Refusal{error.what(), command->get_name(), command->get_footer()};
  }
  return std::nullopt;
}

}  // namespace litopys
