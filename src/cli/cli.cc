#include "cli/cli.h"

#include <csignal>
#include <cstring>
#include <exception>

#include "cli/commands.h"

namespace litopys {
namespace {

ExitCode wrong_use(const Refusal& refusal, Session& session) {
  Error out{ErrorKind::kUsage, {}, {}, refusal.problem, "type: litopys --help"};
  if (!refusal.command.empty()) {
    out.item = refusal.command;
    out.next = "type: litopys " + refusal.command + " --help";
  }
  session.report(out);
  session.note(refusal.example);
  return session.code();
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  // A reader that goes away is an error of write(), which ends the output quietly, and not the end of an `add`.
  std::signal(SIGPIPE, SIG_IGN);
  Session session;
  try {
    CommandLine line("litopys", "Reads reports on forced passportization and keeps a record of who said what, how many, where and when.",
                     LITOPYS_VERSION, "Example: litopys read report.html | head");
    declare_read(line, session);
    declare_add(line, session);
    declare_claims(line, session);
    declare_series(line, session);
    declare_report(line, session);
    declare_learn(line, session);
    declare_dump(line, session);
    declare_explain(line, session);
    declare_codebook(line, session);
    declare_record(line, session);
    declare_findings(line, session);
    declare_statement(line, session);
    declare_origins(line, session);
    declare_review(line, session);
    declare_mark(line, session);
    declare_verify(line, session);
    declare_export(line, session);
    declare_withdraw(line, session);
    declare_drill(line, session);
    declare_rebuild(line, session);
    declare_key(line, session);
    declare_proof(line, session);
    declare_check_proof(line, session);
    declare_stamp(line, session);
    declare_screen(line, session);
    declare_quantities(line, session);
    declare_version(line, session);
    if (const std::optional<Refusal> refused = line.run(argc, argv)) return static_cast<int>(wrong_use(*refused, session));
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
