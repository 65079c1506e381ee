// litopys withdraw: destroys an item and leaves a signed tombstone.
#include <fmt/format.h>
#include <unistd.h>
#include "base/json.h"
#include "cli/commands.h"
#include "cli/reader_option.h"
#include "cli/wait_option.h"
#include "store/casebook.h"

namespace litopys {
namespace {

struct WithdrawOptions {
  std::string casebook, item, reason;
  std::optional<std::string> codebook;
  bool json = false;
  unsigned jobs = 0, wait = 0;
};

void withdraw(const WithdrawOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  std::optional<Result<Withdrawn>> done;
  {
    Progress progress({.verb = "reading again", .total = 0, .style = Progress::style_of(STDERR_FILENO), .width = 80},
                      [](std::string_view text) { Output(STDERR_FILENO).write(text); });
    done = withdraw_item(
        options.casebook, resources, options.item, options.reason, {.workers = options.jobs, .weight = kLargestDocument},
        [&](std::uint64_t count) { progress.step(count); }, [&](const std::string& line) { session.note(line); },
        std::chrono::seconds(options.wait));
  }
  if (!*done) return session.report(done->error());
  const Withdrawn& found = **done;
  if (options.json) {
    std::string out;
    JsonWriter json(out);
    json.object([&] {
      json.key("records").number(static_cast<std::int64_t>(found.records));
      json.key("bytes").number(static_cast<std::int64_t>(found.bytes));
      json.key("entries").array([&] {
        for (const std::uint64_t entry : found.entries) json.number(static_cast<std::int64_t>(entry));
      });
    });
    session.out.write(out + "\n");
    return;
  }
  session.out.write(
      fmt::format("{}: {} {} destroyed, {} bytes of evidence; the custody log says that {} withdrawn\n"
                  "  copies outside this casebook (exports, backups, the disk's own traces of deleted files) are not reached\n",
                  options.casebook, found.records, found.records == 1 ? "record was" : "records were", found.bytes,
                  found.entries.size() == 1 ? "its entry was" : "their entries were"));
}

}  // namespace

void declare_withdraw(CommandLine& line, Session& session) {
  Command command = line.command("withdraw", "Destroys an item with every trace of its content; the custody log keeps that it was there");
  auto options = std::make_shared<WithdrawOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("item", options->item, "Id or SHA-256 of the item").required().type_name("ITEM");
  command.option("--reason", options->reason, "Why; kept in the evidence, so it names nobody who must be forgotten")
      .required()
      .type_name("TEXT");
  command.flag("--json", options->json, "One JSON object");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  add_reader_option(command, session);
  add_wait_option(command, options->wait);
  command.option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)").type_name("N").range(1, 256);
  command.footer("Example: litopys withdraw my.case en-a-07 --reason \"the witness asked for it\"");
  command.run([options, &session] { withdraw(*options, session); });
}

}  // namespace litopys
