// litopys add: reports into a casebook.
#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>

#include "base/counted.h"
#include "base/json.h"
#include "base/pipeline.h"
#include "cli/commands.h"
#include "cli/reading_options.h"
#include "cli/wait_option.h"
#include "intake/take.h"
#include "store/casebook.h"
#include "store/record_kept.h"

namespace litopys {
namespace {

struct AddOptions {
  std::string casebook;
  std::vector<std::string> names;
  ReadingOptions reading;
  bool verbose = false;
  unsigned jobs = 0, wait = 0;
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

Taking take(Result<OpenedItem> opened, const Casebook& casebook) {
  Taking out;
  if (!opened) {
    out.error = std::move(opened.error());
    return out;
  }
  if (opened->changed) {
    out.error = Error{ErrorKind::kUnreadable, opened->item.path, {}, opened->notes.front(), "kept as it was taken; add it again"};
  }
  Result<TakenItem> item = casebook.take(*std::move(opened));
  if (!item) {
    out.stop = std::move(item.error());
    return out;
  }
  out.item = *std::move(item);
  return out;
}

// The technical report of a run: program, settings, what came of it.
std::string run_json(const Tally& tally, const Codebook& book) {
  std::string out;
  JsonWriter json(out);
  const auto number = [&](const char* key, std::uint64_t value) { json.key(key).number(static_cast<std::int64_t>(value)); };
  json.object([&] {
    json.key("public").object([&] { json.key("codebook").string(book.id + " " + book.version); });
    json.key("program").string("litopys " LITOPYS_VERSION);
    number("items", tally.items);
    number("new", tally.fresh);
    number("documents", tally.documents);
    number("claims", tally.claims);
    number("kept_not_read", tally.unread.size());
    number("left_out", tally.left_out);
    // Of what was not taken in only how many: a name may be somebody's, and what is in the log's evidence is there to stay.
    number("not_taken_in", tally.unreadable.size());
  });
  return out;
}

void print_summary(const Tally& tally, Casebook& casebook, const AddOptions& options, Session& session) {
  std::string out;
  out += fmt::format("{}: {} taken in: {} new, {} seen again; {} read, {}\n", options.casebook, counted(tally.items, "item", "items"),
                     tally.fresh, tally.again, counted(tally.documents, "document", "documents"), counted(tally.claims, "claim", "claims"));
  if (tally.left_out > 0) {
    out += fmt::format("  left out: {} (hidden names, annotation files, casebooks)\n", counted(tally.left_out, "name", "names"));
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
    out += fmt::format("the casebook now: {}, {}, {}\n", counted(counts->items, "item", "items"),
                       counted(counts->documents, "document", "documents"), counted(counts->claims, "claim", "claims"));
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
  if (!check_columns_option(options.reading, session)) return;
  session.allow_ocr(options.reading.ocr);
  const auto resources = session.resources(options.reading.codebook);
  if (!resources) return;
  Result<Casebook> casebook = Casebook::open(
      options.casebook, resources, [&](const std::string& line) { session.note(line); }, std::chrono::seconds(options.wait));
  if (!casebook) return session.report(casebook.error());
  Result<IdGiver> ids = taken_ids(*casebook);
  if (!ids) return session.report(ids.error());

  Tally tally;
  std::optional<Error> stopped;
  const auto acknowledge = [&](const KeptItem& item) {
    ++(item.fresh ? tally.fresh : tally.again);
    ++tally.items;
    tally.claims += item.claims;
    if (item.read && !item.problem) ++tally.documents;
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
    Progress progress({.verb = "adding", .total = 0, .style = Progress::style_of(STDERR_FILENO), .width = terminal_of(STDERR_FILENO).width},
                      [](std::string_view text) { Output(STDERR_FILENO).write(text); });
    session.set_progress(&progress);
    ContainerLimits containers;
    containers.keep_warc_records = true;
    containers.columns = options.reading.columns;
    Take walk(options.names, *std::move(ids), containers);
    std::uint64_t done = 0;
    const PipelineLimits limits{.workers = options.jobs, .weight = kLargestDocument};
    const auto stop = [&](const Error& error) {
      stopped = error;
      return false;
    };
    ordered_parallel_map(
        limits, [&] { return walk.next(); },
        [&](const Result<OpenedItem>& opened) { return opened ? opened->item.bytes.size() + opened->item.warc_record.size() : 0; },
        [&](Result<OpenedItem> opened) { return take(std::move(opened), *casebook); },
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
    if (const std::string passed = passed_over_line(walk.passed_over()); !passed.empty()) session.note(passed);
  }
  if (!stopped && tally.items > 0) {
    if (const auto noted = casebook->note({Act::read, run_json(tally, codebook_of(*resources))}); !noted) stopped = noted.error();
  }
  // What the claims say together is worked in last: all that it rests on is kept already.
  if (!stopped && tally.fresh + tally.documents > 0) {
    if (const Done kept = keep_record(casebook->record(), codebook_of(*resources), gazetteer_of(*resources)); !kept) stopped = kept.error();
  }
  if (stopped) session.report(*stopped);
  print_summary(tally, *casebook, options, session);
}

}  // namespace

void declare_add(CommandLine& line, Session& session) {
  Command command = line.command("add", "Takes reports into a casebook, which is made on first use");
  auto options = std::make_shared<AddOptions>();
  command.option("casebook", options->casebook, "Folder of the casebook").required().type_name("CASE");
  command
      .option("item", options->names,
              "Files, folders, archives (WARC, WACZ, ZIP, TAR), feeds, mails, chats, tables, or - for standard input")
      .required()
      .type_name("PATH");
  add_reading_options(command, session, options->reading);
  add_columns_option(command, options->reading);
  add_wait_option(command, options->wait);
  command.flag("-v,--verbose", options->verbose, "A line for each item once it is durable");
  command.option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)").type_name("N").range(1, 256);
  command.footer("Example: litopys add my.case reports/ extra.html");
  command.run([options, &session] { add(*options, session); });
}

}  // namespace litopys
