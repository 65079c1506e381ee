#include "cli/commands.h"
namespace litopys {
void declare_claims(CLI::App&, Session&) {}
void declare_series(CLI::App&, Session&) {}
void declare_report(CLI::App&, Session&) {}
void declare_learn(CLI::App&, Session&) {}
void declare_dump(CLI::App&, Session&) {}
}  // namespace litopys
