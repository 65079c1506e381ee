// litopys read: the pure function, over many items at once.
#include "base/pipeline.h"
#include "claim/json.h"
#include "cli/commands.h"
#include "cli/reading_options.h"
#include "intake/take.h"
#include "store/reading.h"

namespace litopys {
namespace {

struct ReadOptions {
  std::vector<std::string> names;
  ReadingOptions reading;
  bool pretty = false;
  bool jsonl = false;
  unsigned jobs = 0;
};

// An item's line, or what is wrong with it; both for an item that changed while it was read.
struct ReadLine {
  std::string json;
  std::vector<Error> errors;
};

ReadLine read_opened(Result<OpenedItem> opened, const Resources& resources, bool pretty) {
  ReadLine out;
  if (!opened) {
    out.errors.push_back(std::move(opened.error()));
    return out;
  }
  if (opened->changed) {
    out.errors.push_back({ErrorKind::kUnreadable, opened->item.path, {}, opened->notes.front(), "read as it was taken; read it again"});
  }
  Result<ClaimDocument> document = read_safely(opened->item, resources);
  if (!document) {
    out.errors.push_back(std::move(document.error()));
    return out;
  }
  for (std::string& note : opened->notes) document->notes.push_back(std::move(note));
  append_json(out.json, *document, pretty);
  out.json += '\n';
  return out;
}

void read(const ReadOptions& options, Session& session) {
  if (!check_columns_option(options.reading, session)) return;
  session.allow_ocr(options.reading.ocr);
  const auto resources = session.resources(options.reading.codebook);
  if (!resources) return;
  Take take(options.names, {}, {.largest_item = kLargestDocument, .columns = options.reading.columns});
  const PipelineLimits limits{.workers = options.jobs, .weight = kLargestDocument};
  ordered_parallel_map(
      limits, [&] { return take.next(); },
      [&](const Result<OpenedItem>& opened) -> std::size_t { return opened ? opened->item.bytes.size() : 0; },
      [&](Result<OpenedItem> opened) { return read_opened(std::move(opened), *resources, options.pretty); },
      [&](const ReadLine& line) {
        for (const Error& error : line.errors) session.report(error);
        return line.json.empty() || session.out.write(line.json);
      });
  if (const std::string passed = passed_over_line(take.passed_over()); !passed.empty()) session.note(passed);
}

}  // namespace

void declare_read(CommandLine& line, Session& session) {
  Command command = line.command("read", "Reads reports and prints what they claim, one JSON document a line");
  auto options = std::make_shared<ReadOptions>();
  command
      .option("item", options->names,
              "Files, folders, archives (WARC, WACZ, ZIP, TAR), feeds, mails, chats, tables, or - for standard input")
      .required()
      .type_name("FILE|DIR|-");
  const Option jsonl = command.flag("--jsonl", options->jsonl, "One document a line (the default)");
  command.flag("--pretty", options->pretty, "Indented for people").excludes(jsonl);
  add_reading_options(command, session, options->reading);
  add_columns_option(command, options->reading);
  command.option("-j,--jobs", options->jobs, "Documents read at once (default: one a core)").type_name("N").range(1, 256);
  command.footer("Example: litopys read samples/ crawl.warc.gz > documents.jsonl");
  command.run([options, &session] { read(*options, session); });
}

}  // namespace litopys
