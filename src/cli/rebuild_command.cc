// litopys rebuild: record.db again from the evidence.
#include <fmt/format.h>
#include <unistd.h>
#include "base/counted.h"
#include "cli/commands.h"
#include "cli/reading_options.h"
#include "cli/wait_option.h"
#include "store/casebook.h"
#include "store/transcribe.h"

namespace litopys {
namespace {

struct RebuildOptions {
  std::string casebook;
  ReadingOptions reading;
  unsigned jobs = 0, wait = 0;
};

// What was said of claims that this reading has no more.
void note_lost(const std::string& folder, Session& session) {
  Result<CasebookReader> casebook = open_casebook(folder);
  if (!casebook) return session.report(casebook.error());
  std::uint64_t lost = 0;
  const auto count = [&](const SaidRow& row) {
    lost += row.found ? 0 : 1;
    return true;
  };
  auto asked = casebook->record.reviews(count);
  if (asked) asked = casebook->record.marks(count);
  if (!asked) return session.report(asked.error());
  if (lost > 0)
    session.note(counted(lost, "review or mark is", "reviews and marks are") +
                 " of claims that are not read any more; see litopys review " + folder + " and litopys mark " + folder);
}

void rebuild(const RebuildOptions& options, Session& session) {
  session.allow_ocr(options.reading.ocr);
  const auto resources = session.resources(options.reading.codebook);
  if (!resources) return;
  const auto say = [&](const std::string& line) { session.note(line); };
  if (options.reading.ocr) {
    const auto trouble = [&](const Error& error) { session.report(error); };
    const Result<std::uint64_t> read = read_kept_pictures(options.casebook, resources, trouble, say, std::chrono::seconds(options.wait));
    if (!read) return session.report(read.error());
    session.note(fmt::format("{} read in pictures that were kept unread", counted(*read, "item was", "items were")));
  }
  std::optional<Result<Rebuilt>> rebuilt;
  {
    Progress progress({.verb = "rebuilding", .total = 0, .style = Progress::style_of(STDERR_FILENO), .width = 80},
                      [](std::string_view text) { Output(STDERR_FILENO).write(text); });
    rebuilt = rebuild_casebook(
        options.casebook, resources, {.workers = options.jobs, .weight = kLargestDocument},
        [&](std::uint64_t done) { progress.step(done); }, say, std::chrono::seconds(options.wait));
  }
  if (!*rebuilt) return session.report(rebuilt->error());
  const Rebuilt& done = **rebuilt;
  for (const Error& problem : done.problems) session.report(problem);
  session.out.write(fmt::format("{}: the record was made again: {}, {}, {}; {} kept, not read\n", options.casebook,
                                counted(done.counts.items, "item", "items"), counted(done.counts.documents, "document", "documents"),
                                counted(done.counts.claims, "claim", "claims"), done.counts.unreadable));
  note_lost(options.casebook, session);
}

}  // namespace

void declare_rebuild(CommandLine& line, Session& session) {
  Command command = line.command("rebuild", "Makes the record of a casebook again from its evidence");
  auto options = std::make_shared<RebuildOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  add_reading_options(command, session, options->reading);
  add_wait_option(command, options->wait);
  command.option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)").type_name("N").range(1, 256);
  command.footer("Example: litopys rebuild my.case");
  command.run([options, &session] { rebuild(*options, session); });
}

void declare_version(CommandLine& line, Session& session) {
  Command command = line.command("version", "Prints the version and where the data files are");
  command.footer("Example: litopys version");
  command.run([&session] {
    const ResourcePaths paths = default_paths();
    session.out.write(fmt::format("litopys {}\ncodebook    {}\ngazetteer   {}\nmorphology  {}\nmodel       {}\n", LITOPYS_VERSION,
                                  paths.codebook.string(), paths.gazetteer.string(), paths.morphology.string(), paths.model.string()));
  });
}

}  // namespace litopys
