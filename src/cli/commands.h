// One function a command: declares its options and what it does. `session` outlives the parsing.
#pragma once

#include "cli/session.h"

namespace CLI {
class App;
}

namespace litopys {

void declare_read(CLI::App& app, Session& session);
void declare_add(CLI::App& app, Session& session);
void declare_claims(CLI::App& app, Session& session);
void declare_series(CLI::App& app, Session& session);
void declare_report(CLI::App& app, Session& session);
void declare_learn(CLI::App& app, Session& session);
void declare_dump(CLI::App& app, Session& session);
void declare_record(CLI::App& app, Session& session);
void declare_findings(CLI::App& app, Session& session);
void declare_statement(CLI::App& app, Session& session);
void declare_origins(CLI::App& app, Session& session);
void declare_verify(CLI::App& app, Session& session);
void declare_export(CLI::App& app, Session& session);
void declare_drill(CLI::App& app, Session& session);
void declare_withdraw(CLI::App& app, Session& session);
void declare_rebuild(CLI::App& app, Session& session);
void declare_key(CLI::App& app, Session& session);
void declare_proof(CLI::App& app, Session& session);
void declare_check_proof(CLI::App& app, Session& session);
void declare_stamp(CLI::App& app, Session& session);
void declare_screen(CLI::App& app, Session& session);
void declare_quantities(CLI::App& app, Session& session);
void declare_version(CLI::App& app, Session& session);

}  // namespace litopys
