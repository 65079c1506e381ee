// litopys verify: is the casebook what it says?
#include <fmt/format.h>
#include <unistd.h>
#include "base/counted.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/reader_option.h"
#include "store/reading.h"
#include "store/verify.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

constexpr std::size_t kMostLines = 100;  // of damage, for people; --json has them all

constexpr std::size_t kLargestAnchor = 1UL << 20U;

struct VerifyCommand {
  std::string casebook;
  std::optional<std::string> codebook;
  std::vector<std::string> anchors;
  bool quick = false;
  bool reread = false;
  bool json = false;
  unsigned jobs = 0;
};

std::string megabytes(std::uint64_t bytes) { return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6); }

void print_text(const Verification& found, Session& session) {
  std::string out;
  const bool record = found.rows > 0;
  out += "checked\n";
  out += fmt::format("  evidence      {}, {}, {}: {}, {}, {}\n", counted(found.segments, "segment", "segments"),
                     counted(found.records, "record", "records"), megabytes(found.bytes), counted(found.items, "item", "items"),
                     counted(found.sightings, "sighting", "sightings"), counted(found.acts, "other act", "other acts"));
  out += fmt::format("  custody log   {}, {}, {}, {} with their signatures, each consistent with the newest\n",
                     counted(found.log.entries, "entry", "entries"), counted(found.log.bundles, "bundle", "bundles"),
                     counted(found.log.tiles, "tile", "tiles"), counted(found.log.checkpoints, "checkpoint", "checkpoints"));
  if (found.anchors > 0) out += fmt::format("  anchors       {} kept elsewhere\n", counted(found.anchors, "checkpoint", "checkpoints"));
  if (found.stamps > 0) out += fmt::format("  time-stamps   {}, of which {} pending\n", found.stamps, found.stamps_pending);
  if (record) {
    out += fmt::format("  record.db     {} rows and search terms, compared with what {}\n", found.rows,
                       found.reread ? "the items give, read again" : "the log says was read in each item");
  }
  for (const std::string& note : found.notes) out += "note            " + plain_line(note) + "\n";
  for (const std::string& what : found.unknown) out += "cannot be known " + plain_line(what) + "\n";
  out += found.damages == 0 ? "all of it holds\n" : counted(found.damages, "thing does not hold", "things do not hold") + "\n";
  session.out.write(out);
}

void print_json(const Verification& found, const std::vector<Damage>& damages, Session& session) {
  std::string out;
  JsonWriter json(out);
  const auto number = [&](const char* key, std::uint64_t value) { json.key(key).number(static_cast<std::int64_t>(value)); };
  json.object([&] {
    json.key("holds").boolean(found.damages == 0);
    json.key("checked").object([&] {
      number("segments", found.segments);
      number("records", found.records);
      number("bytes", found.bytes);
      number("items", found.items);
      number("sightings", found.sightings);
      number("acts", found.acts);
      number("withdrawn", found.withdrawn);
      number("entries", found.log.entries);
      number("bundles", found.log.bundles);
      number("tiles", found.log.tiles);
      number("checkpoints", found.log.checkpoints);
      number("anchors", found.anchors);
      number("stamps", found.stamps);
      number("stamps_pending", found.stamps_pending);
      number("rows", found.rows);
      json.key("reread").boolean(found.reread);
    });
    json.key("damages").array([&] {
      for (const Damage& damage : damages) {
        json.object([&] {
          json.key("file").string(damage.file);
          if (damage.offset) number("offset", *damage.offset);
          json.key("problem").string(damage.problem);
          if (!damage.expected.empty()) json.key("expected").string(damage.expected);
          if (!damage.found.empty()) json.key("found").string(damage.found);
        });
      }
    });
    for (const auto& [key, lines] : {std::pair{"notes", &found.notes}, std::pair{"unknown", &found.unknown}}) {
      json.key(key).array([&, all = lines] {
        for (const std::string& line : *all) json.string(line);
      });
    }
  });
  session.out.write(out + "\n");
}

void verify(const VerifyCommand& command, Session& session) {
  VerifyOptions options;
  if (!command.quick) {
    options.data = default_paths();
    if (command.codebook) options.data->codebook = *command.codebook;
  }
  options.reread = command.reread;
  options.pipeline = {.workers = command.jobs, .weight = kLargestDocument};
  for (const std::string& path : command.anchors) {
    Result<std::string> bytes = read_small_file(path, kLargestAnchor);
    if (!bytes) {
      return session.report({ErrorKind::kUsage, path, {}, bytes.error().problem, "name the file of a checkpoint that was kept elsewhere"});
    }
    options.anchors.push_back(*std::move(bytes));
  }
  std::vector<Damage> damages;
  std::uint64_t lines = 0;
  bool reported = false;
  options.load = [&]() -> Result<std::shared_ptr<const Resources>> {
    if (std::shared_ptr<const Resources> all = session.resources(command.codebook)) return all;
    reported = true;
    return fail(ErrorKind::kConfig, {}, {}, "the data files cannot be loaded");
  };
  std::optional<Result<Verification>> found;
  {
    Progress progress({.verb = "verifying", .total = 0, .style = Progress::style_of(STDERR_FILENO), .width = 80},
                      [](std::string_view text) { Output(STDERR_FILENO).write(text); });
    session.set_progress(&progress);
    options.progress = [&](std::uint64_t done) { progress.step(done); };
    found = verify_casebook(command.casebook, options, [&](const Damage& damage) {
      if (command.json) {
        damages.push_back(damage);
        return;
      }
      if (++lines <= kMostLines) session.report({ErrorKind::kMalformed, command.casebook, {}, damage.line(), {}});
    });
    session.set_progress(nullptr);
  }
  if (!*found) {
    if (!reported) session.report(found->error());
    return;
  }
  const Verification& done = **found;
  if (lines > kMostLines) session.note(fmt::format("… and {} more; all of them with --json", lines - kMostLines));
  if (command.json) {
    print_json(done, damages, session);
  } else {
    print_text(done, session);
  }
  if (done.damages > 0) session.worsen(ExitCode::some_unreadable);
}

}  // namespace

void declare_verify(CommandLine& line, Session& session) {
  Command command = line.command("verify", "Checks that a casebook is what it says, to the last bit; exit code 0 only if all holds");
  auto options = std::make_shared<VerifyCommand>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("--anchor", options->anchors, "A signed checkpoint that was kept elsewhere; may be given several times").type_name("FILE");
  command.flag("--quick", options->quick, "Does not compare texts and claims of record.db");
  command.flag("--reread", options->reread, "Reads all items again, also where the log commits to what was read");
  command.flag("--json", options->json, "One JSON object");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  add_reader_option(command, session);
  command.option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)").type_name("N").range(1, 256);
  command.footer("Example: litopys verify my.case --anchor checkpoint-of-march");
  command.run([options, &session] { verify(*options, session); });
}

}  // namespace litopys
