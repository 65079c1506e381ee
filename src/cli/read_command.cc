// litopys read: the pure function, over many items at once.
#include <CLI/CLI.hpp>

#include "base/pipeline.h"
#include "claim/json.h"
#include "cli/commands.h"
#include "intake/open.h"
#include "intake/walk.h"
#include "store/reading.h"

namespace litopys {
namespace {

struct ReadOptions {
  std::vector<std::string> names;
  std::optional<std::string> codebook;
  bool pretty = false;
  bool jsonl = false;
  unsigned jobs = 0;
};

// An item's line, or what is wrong with it; both for an item that changed while it was read.
struct ReadLine {
  std::string json;
  std::vector<Error> errors;
};

ReadLine read_entry(const Result<Entry>& entry, const Resources& resources, bool pretty) {
  ReadLine out;
  if (!entry) {
    out.errors.push_back(entry.error());
    return out;
  }
  if (auto error = too_large_to_read(entry->path, entry->size)) {
    out.errors.push_back(std::move(*error));
    return out;
  }
  Result<OpenedItem> opened = open_item(*entry);
  if (!opened) {
    out.errors.push_back(std::move(opened.error()));
    return out;
  }
  if (opened->changed)
    out.errors.push_back({ErrorKind::kUnreadable, entry->path, {}, opened->notes.back(), "read as it was taken; read it again"});
  Result<ClaimDocument> document = read_safely(opened->item, resources);
  if (!document) {
    out.errors.push_back(std::move(document.error()));
    return out;
  }
  for (std::string& note : opened->notes) document->notes.push_back(std::move(note));
  if (std::string note = id_note(*entry); !note.empty()) document->notes.push_back(std::move(note));
  append_json(out.json, *document, pretty);
  out.json += '\n';
  return out;
}

void read(const ReadOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook);
  if (!resources) return;
  Walk walk(options.names);
  const PipelineLimits limits{.workers = options.jobs, .weight = kLargestDocument};
  ordered_parallel_map(
      limits, [&] { return walk.next(); },
      [&](const Result<Entry>& entry) -> std::size_t {
        if (!entry) return 0;
        return entry->standard_input ? limits.weight : static_cast<std::size_t>(entry->size);
      },
      [&](const Result<Entry>& entry) { return read_entry(entry, *resources, options.pretty); },
      [&](const ReadLine& line) {
        for (const Error& error : line.errors) session.report(error);
        return line.json.empty() || session.out.write(line.json);
      });
}

}  // namespace

void declare_read(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("read", "Reads reports and prints what they claim, one JSON document a line");
  auto options = std::make_shared<ReadOptions>();
  command->add_option("item", options->names, "Files, folders, or - for standard input")->required()->type_name("FILE|DIR|-");
  auto* jsonl = command->add_flag("--jsonl", options->jsonl, "One document a line (the default)");
  command->add_flag("--pretty", options->pretty, "Indented for people")->excludes(jsonl);
  command->add_option("--codebook", options->codebook, "Folder of the codebook")->type_name("DIR");
  command->add_option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  command->footer("Example: litopys read samples/ > documents.jsonl");
  command->callback([options, &session] { read(*options, session); });
}

}  // namespace litopys
