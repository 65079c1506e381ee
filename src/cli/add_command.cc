// litopys add: reports into a casebook.
#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/pipeline.h"
#include "cli/commands.h"
#include "intake/walk.h"
#include "store/casebook.h"

namespace litopys {
namespace {

struct AddOptions {
  std::string casebook;
  std::vector<std::string> names;
  std::optional<std::string> codebook;
  bool verbose = false;
  unsigned jobs = 0;
};

struct Tally {
  std::uint64_t items = 0, fresh = 0, again = 0, documents = 0, claims = 0;
  std::vector<Error> unreadable;  // not kept: the bytes could not be had
  std::vector<Error> unread;      // kept, not read
  std::uint64_t left_out = 0;
};

// What could be taken of an entry; errors besides.
struct Taking {
  std::optional<TakenItem> item;
  std::optional<Error> error;  // of the item
  std::optional<Error> stop;   // of the casebook
};

Taking take(const Result<Entry>& entry, const Casebook& casebook) {
  Taking out;
  if (!entry) {
    out.error = entry.error();
    return out;
  }
  Result<OpenedItem> opened = open_item(*entry);
  if (!opened) {
    out.error = std::move(opened.error());
    return out;
  }
  if (opened->changed)
    out.error = Error{ErrorKind::kUnreadable, entry->path, {}, opened->notes.back(), "kept as it was taken; add it again"};
  Result<TakenItem> item = casebook.take(*std::move(opened));
  if (!item) {
    out.stop = std::move(item.error());
    return out;
  }
  if (item->reading) {
    if (std::string note = id_note(*entry); !note.empty()) item->notes.push_back(std::move(note));
  }
  out.item = *std::move(item);
  return out;
}

std::uint64_t count_entries(const std::vector<std::string>& names) {
  Walk walk(names);
  std::uint64_t out = 0;
  while (walk.next()) ++out;
  return out;
}

std::string plural(std::uint64_t n, const char* one, const char* many) { return fmt::format("{} {}", n, n == 1 ? one : many); }

void print_summary(const Tally& tally, Casebook& casebook, const AddOptions& options, Session& session) {
  std::string out;
  out += fmt::format("{}: {} taken in: {} new, {} seen again; {} read, {}\n", options.casebook, plural(tally.items, "item", "items"),
                     tally.fresh, tally.again, plural(tally.documents, "document", "documents"), plural(tally.claims, "claim", "claims"));
  if (tally.left_out > 0) {
    out += fmt::format("  left out: {} (hidden names, annotation files, casebooks)\n", plural(tally.left_out, "name", "names"));
  }
  if (!tally.unread.empty()) {
    out += fmt::format("  kept, not read: {}\n", tally.unread.size());
    for (const Error& error : tally.unread) out += "    " + plain_line(error.line()) + "\n";
  }
  if (!tally.unreadable.empty()) {
    out += fmt::format("  not taken in: {}\n", tally.unreadable.size());
    for (const Error& error : tally.unreadable) out += "    " + plain_line(error.line()) + "\n";
  }
  if (Result<Counts> counts = casebook.record().counts()) {
    out += fmt::format("the casebook now: {}, {}, {}\n", plural(counts->items, "item", "items"),
                       plural(counts->documents, "document", "documents"), plural(counts->claims, "claim", "claims"));
    std::vector<std::pair<std::string, std::uint64_t>> measures(counts->by_measure.begin(), counts->by_measure.end());
    std::stable_sort(measures.begin(), measures.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [measure, count] : measures) out += fmt::format("  {:>7}  {}\n", count, measure);
  }
  session.out.write(out);
}

// Ids that the casebook has, so that new items get others.
Result<IdGiver> taken_ids(Casebook& casebook) {
  IdGiver out;
  if (auto done = casebook.record().items([&](const ItemRow& item) {
        out.take(item.id);
        return true;
      });
      !done) {
    return tl::unexpected<Error>(done.error());
  }
  return out;
}

void add(const AddOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  Result<Casebook> casebook = Casebook::open(options.casebook, resources, [&](const std::string& line) { session.note(line); });
  if (!casebook) return session.report(casebook.error());
  Result<IdGiver> ids = taken_ids(*casebook);
  if (!ids) return session.report(ids.error());

  Tally tally;
  std::optional<Error> stopped;
  const auto acknowledge = [&](const KeptItem& item) {
    ++(item.fresh ? tally.fresh : tally.again);
    ++tally.items;
    tally.claims += item.claims;
    if (item.fresh && !item.problem) ++tally.documents;
    if (item.problem) {
      tally.unread.push_back(*item.problem);
      session.report(*item.problem);
    }
    if (options.verbose) {
      session.out.write(fmt::format("{}  {}  {}\n", item.fresh ? "kept" : "seen", item.sha256, plain_line(item.path)));
      session.out.flush();
    }
  };
  {
    const bool from_pipe = std::find(options.names.begin(), options.names.end(), "-") != options.names.end();
    Progress progress({.verb = "adding",
                       .total = from_pipe ? 0 : count_entries(options.names),
                       .style = Progress::style_of(STDERR_FILENO),
                       .width = terminal_of(STDERR_FILENO).width},
                      [](std::string_view text) { Output(STDERR_FILENO).write(text); });
    session.set_progress(&progress);
    Walk walk(options.names, *std::move(ids));
    std::uint64_t done = 0;
    const PipelineLimits limits{.workers = options.jobs, .weight = kLargestDocument};
    const auto stop = [&](const Error& error) {
      stopped = error;
      return false;
    };
    ordered_parallel_map(
        limits, [&] { return walk.next(); },
        [&](const Result<Entry>& entry) -> std::size_t {
          if (!entry) return 0;
          return entry->standard_input ? limits.weight : static_cast<std::size_t>(entry->size);
        },
        [&](const Result<Entry>& entry) { return take(entry, *casebook); },
        [&](Taking taking) {
          if (taking.error) {
            session.report(*taking.error);
            tally.unreadable.push_back(std::move(*taking.error));
          }
          if (taking.stop) return stop(*taking.stop);
          if (taking.item) {
            if (Done added = casebook->add(std::move(*taking.item), acknowledge); !added) return stop(added.error());
          }
          progress.step(++done);
          return true;
        });
    if (Done flushed = casebook->flush(acknowledge); !flushed && !stopped) stopped = flushed.error();
    session.set_progress(nullptr);
    tally.left_out = walk.left_out();
  }
  if (stopped) session.report(*stopped);
  print_summary(tally, *casebook, options, session);
}

}  // namespace

void declare_add(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("add", "Takes reports into a casebook, which is made on first use");
  auto options = std::make_shared<AddOptions>();
  command->add_option("casebook", options->casebook, "Folder of the casebook")->required()->type_name("CASE");
  command->add_option("item", options->names, "Files, folders, or - for standard input")->required()->type_name("PATH");
  command->add_option("--codebook", options->codebook, "Folder of the codebook")->type_name("DIR");
  command->add_flag("-v,--verbose", options->verbose, "A line for each item once it is durable");
  command->add_option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  command->footer("Example: litopys add my.case reports/ extra.html");
  command->callback([options, &session] { add(*options, session); });
}

}  // namespace litopys
