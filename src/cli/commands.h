// One function a command: declares its options and what it does. `session` outlives the parsing.
#pragma once

#include "cli/options.h"
#include "cli/session.h"

namespace litopys {

void declare_read(CommandLine& line, Session& session);
void declare_add(CommandLine& line, Session& session);
void declare_claims(CommandLine& line, Session& session);
void declare_series(CommandLine& line, Session& session);
void declare_report(CommandLine& line, Session& session);
void declare_learn(CommandLine& line, Session& session);
void declare_dump(CommandLine& line, Session& session);
void declare_explain(CommandLine& line, Session& session);
void declare_codebook(CommandLine& line, Session& session);
void declare_record(CommandLine& line, Session& session);
void declare_findings(CommandLine& line, Session& session);
void declare_statement(CommandLine& line, Session& session);
void declare_origins(CommandLine& line, Session& session);
void declare_verify(CommandLine& line, Session& session);
void declare_export(CommandLine& line, Session& session);
void declare_drill(CommandLine& line, Session& session);
void declare_review(CommandLine& line, Session& session);
void declare_mark(CommandLine& line, Session& session);
void declare_withdraw(CommandLine& line, Session& session);
void declare_rebuild(CommandLine& line, Session& session);
void declare_key(CommandLine& line, Session& session);
void declare_proof(CommandLine& line, Session& session);
void declare_check_proof(CommandLine& line, Session& session);
void declare_stamp(CommandLine& line, Session& session);
void declare_screen(CommandLine& line, Session& session);
void declare_quantities(CommandLine& line, Session& session);
void declare_version(CommandLine& line, Session& session);

}  // namespace litopys
