#include "cli/cli.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstring>
#include <exception>

#include "cli/commands.h"

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

ExitCode wrong_use(const CLI::App& app, const CLI::ParseError& error, int argc, const char* const* argv, Session& session) {
  const CLI::App* command = command_of(app, argc, argv);
  Error out{ErrorKind::kUsage, {}, {}, error.what(), "type: litopys --help"};
  if (argc < 2) out.problem = "name a command";
  if (command != nullptr) {
    out.item = command->get_name();
    out.next = "type: litopys " + command->get_name() + " --help";
  }
  session.report(out);
  session.note(command != nullptr ? command->get_footer() : app.get_footer());
  return session.code();
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  // A reader that goes away is an error of write(), which ends the output quietly, and not the end of an `add`.
  std::signal(SIGPIPE, SIG_IGN);
  Session session;
  try {
    CLI::App app("Reads reports on forced passportization and keeps a record of who said what, how many, where and when.", "litopys");
    app.require_subcommand(1);
    app.footer("Example: litopys read report.html | head");
    app.set_version_flag("--version", LITOPYS_VERSION);
    declare_read(app, session);
    declare_add(app, session);
    declare_claims(app, session);
    declare_series(app, session);
    declare_report(app, session);
    declare_learn(app, session);
    declare_dump(app, session);
    declare_record(app, session);
    declare_findings(app, session);
    declare_statement(app, session);
    declare_origins(app, session);
    declare_verify(app, session);
    declare_export(app, session);
    declare_withdraw(app, session);
    declare_drill(app, session);
    declare_rebuild(app, session);
    declare_key(app, session);
    declare_proof(app, session);
    declare_check_proof(app, session);
    declare_stamp(app, session);
    declare_screen(app, session);
    declare_quantities(app, session);
    declare_version(app, session);
    try {
      app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
      app.exit(asked);
    } catch (const CLI::ParseError& error) {
      return static_cast<int>(wrong_use(app, error, argc, argv, session));
    }
  } catch (const std::exception& error) {
    session.report({ErrorKind::kUsage, {}, {}, std::string("litopys failed: ") + error.what(), "please report it"});
  }
  session.out.flush();
  if (session.out.failure() != 0) {
    session.report({ErrorKind::kUnreadable,
                    "standard output",
                    {},
                    std::string("cannot be written: ") + std::strerror(session.out.failure()),
                    "the output is not whole"});
  }
  return static_cast<int>(session.code());
}

}  // namespace litopys
