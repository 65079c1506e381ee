// litopys key: the public key of a casebook's custody log.
#include <fmt/format.h>

#include "base/json.h"
#include "cli/commands.h"
#include "vault/keys.h"

namespace litopys {
namespace {

struct KeyOptions {
  std::string casebook;
  bool json = false;
};

void show_key(const KeyOptions& options, Session& session) {
  const Result<NoteVerifier> key = load_log_vkey(options.casebook);
  if (!key) return session.report(key.error());
  if (!options.json) {
    session.out.write(key->vkey() + "\n");
    return;
  }
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    json.key("name").string(key->name());
    json.key("vkey").string(key->vkey());
  });
  session.out.write(out + "\n");
}

}  // namespace

void declare_key(CommandLine& line, Session& session) {
  Command command = line.command("key", "Shows the key that a casebook's custody log is signed with");
  Command show = command.command("show", "Prints the public key, as a verifier takes it (C2SP signed-note)");
  auto options = std::make_shared<KeyOptions>();
  show.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  show.flag("--json", options->json, "As one JSON object");
  show.footer("Example: litopys key show my.case > my.vkey");
  command.footer("Example: litopys key show my.case > my.vkey");
  show.run([options, &session] { show_key(*options, session); });
}

}  // namespace litopys
