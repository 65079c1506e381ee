// litopys export: copies for others.
#include <fmt/format.h>
#include <unistd.h>
#include "base/counted.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/wait_option.h"
#include "store/export.h"

namespace litopys {
namespace {

struct ExportOptions {
  std::string casebook, wacz, bag;
  std::optional<std::string> codebook;
  bool json = false;
  unsigned wait = 0;
};

void print(const Exported& done, const std::string& where, const ExportOptions& options, Session& session) {
  if (options.json) {
    std::string out;
    JsonWriter json(out);
    json.object([&] {
      json.key("to").string(where);
      json.key("items").number(static_cast<std::int64_t>(done.items));
      json.key("withheld").number(static_cast<std::int64_t>(done.withheld));
      json.key("bytes").number(static_cast<std::int64_t>(done.bytes));
      json.key("sha256").string(done.sha256);
    });
    session.out.write(out + "\n");
    return;
  }
  session.out.write(fmt::format("{}: {}, {} bytes, sha256 {}\n", where, counted(done.items, "item", "items"), done.bytes, done.sha256));
  if (done.withheld > 0) {
    session.out.write(fmt::format("  from {} cookies or authorisation were taken out; litopys/withheld.txt in it lists them\n",
                                  counted(done.withheld, "record", "records")));
  }
}

// What is wrong with the place that was named is not the casebook's trouble.
void report_of(Error error, const std::string& where, const char* option, Session& session) {
  if (error.kind != ErrorKind::kCasebook || !error.item.starts_with(where)) return session.report(error);
  error.next = std::string("free some space, or name another place with ") + option;
  session.report(error, ExitCode::wrong_use);
}

void export_to(const ExportOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  Result<Casebook> casebook = Casebook::open(
      options.casebook, resources, [&](const std::string& line) { session.note(line); }, std::chrono::seconds(options.wait));
  if (!casebook) return session.report(casebook.error());
  const auto progress = [](std::uint64_t) {};
  if (!options.wacz.empty()) {
    const Result<Exported> done = export_wacz(*casebook, options.casebook, options.wacz, progress);
    if (!done) return report_of(done.error(), options.wacz, "--wacz", session);
    print(*done, options.wacz, options, session);
  }
  if (!options.bag.empty()) {
    const Result<Exported> done = export_bag(*casebook, options.casebook, options.bag, progress);
    if (!done) return report_of(done.error(), options.bag, "--bag", session);
    print(*done, options.bag, options, session);
  }
}

}  // namespace

void declare_export(CommandLine& line, Session& session) {
  Command command = line.command("export", "Copies the items of a casebook for others: a web archive (WACZ), or a bag with proofs (BagIt)");
  auto options = std::make_shared<ExportOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE").existing_folder();
  const Option wacz = command.option("--wacz", options->wacz, "A web archive, without cookies and authorisation").type_name("FILE");
  const Option bag = command.option("--bag", options->bag, "The items as they were taken, with a proof each").type_name("DIR");
  command.flag("--json", options->json, "One JSON object each");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  add_wait_option(command, options->wait);
  command.footer("Example: litopys export my.case --wacz for-the-court.wacz");
  command.run([options, wacz, bag, &session] {
    if (!wacz.given() && !bag.given()) {
      return session.report({ErrorKind::kUsage, "export", {}, "name what to make", "type: litopys export --help"});
    }
    export_to(*options, session);
  });
}

}  // namespace litopys
