// litopys drill: is tampering caught?
#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp
#include <unistd.h>
#include <filesystem>
#include <system_error>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/reader_option.h"
#include "store/drill.h"
#include "vault/files.h"

namespace litopys {
namespace {

struct DrillOptions {
  std::string casebook;
  std::optional<std::string> codebook, scratch;
  bool json = false;
};

std::string verdict(const DrillRow& row) {
  if (!row.ran) return "not run";
  if (row.caught) return "caught";
  if (row.by_anchor) return "caught with an anchor only";
  if (row.noted) return "named in a note";
  return row.harmless ? "not seen, nothing lost" : "NOT CAUGHT";
}

std::string json_of(const DrillRow& row) {
  std::string out;
  JsonWriter json(out);
  json.object([&] {
    json.key("attack").string(row.attack);
    json.key("verdict").string(verdict(row));
    json.key("layer").string(row.layer);
    json.key("first").string(row.first);
    if (!row.note.empty()) json.key("note").string(row.note);
  });
  return out + "\n";
}

void drill(const DrillOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  std::error_code error;
  const std::filesystem::path parent =
      options.scratch ? std::filesystem::path(*options.scratch) : std::filesystem::temp_directory_path(error);
  std::string pattern = (parent / "litopys-drill-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    return session.report(casebook_failure(parent, "no folder for the copy can be made", errno).value(), ExitCode::wrong_use);
  }
  if (!options.json) session.out.write(fmt::format("{:<68} {:<28} {}\n", "attack", "verify", "layer"));
  bool missed = false;
  const auto rows = drill_casebook(options.casebook, resources, pattern, [&](const DrillRow& row) {
    missed = missed || (row.ran && !row.caught && !row.by_anchor && !row.noted && !row.harmless);
    session.out.write(options.json ? json_of(row)
                                   : fmt::format("{:<68} {:<28} {}\n", row.attack, verdict(row), row.note.empty() ? row.layer : row.note));
    session.out.flush();
  });
  std::filesystem::remove_all(pattern, error);
  if (!rows) return session.report(rows.error());
  if (missed) session.worsen(ExitCode::some_unreadable);
}

}  // namespace

void declare_drill(CommandLine& line, Session& session) {
  Command command = line.command("drill", "Tampers with a copy of a casebook in every known way and shows what catches it");
  auto options = std::make_shared<DrillOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook; it is only read").required().type_name("CASE");
  command.option("--scratch", options->scratch, "Where the copy is made (default: the folder for temporary files)").type_name("DIR");
  command.flag("--json", options->json, "One JSON object a line");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  add_reader_option(command, session);
  command.footer("Example: litopys drill my.case");
  command.run([options, &session] { drill(*options, session); });
}

}  // namespace litopys
