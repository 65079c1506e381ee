// litopys dump: looks inside, a stage at a time.
#include "claim/dump.h"
#include "claim/json.h"
#include "claim/pipeline.h"
#include "cli/commands.h"
#include "cli/stage.h"
#include "store/reading.h"

namespace litopys {
namespace {

struct DumpOptions {
  std::string stage;
  std::vector<std::string> names;
  std::optional<std::string> codebook;
  bool json = false;
};

Result<Staged> start(const Item& item, const Resources& resources) {
  if (is_dump(item.bytes)) return staged_of(item.bytes, item.path, codebook_of(resources));
  if (auto error = too_large_to_read(item.path, item.bytes.size())) return tl::unexpected<Error>(std::move(*error));
  Result<Document> document = read_document(item, resources);
  if (!document) return tl::unexpected<Error>(document.error());
  Staged out;
  out.document = *std::move(document);
  return out;
}

void dump_item(const Item& item, Stage wanted, bool as_json, const Resources& resources, Session& session) {
  Result<Staged> begun = start(item, resources);
  if (!begun) return session.report(begun.error());
  Staged& staged = *begun;
  if (staged.stage > wanted) {
    return session.report({ErrorKind::kUsage,
                           item.path,
                           {},
                           "is a dump of a later stage: " + std::string(name(staged.stage)),
                           "ask for that stage or a later one"});
  }
  if (staged.stage < Stage::text && wanted >= Stage::text) {
    staged.text = analyse(staged.document, resources);
    staged.stage = Stage::text;
  }
  if (staged.stage < Stage::mention && wanted >= Stage::mention) {
    staged.mentions = find_mentions(staged.document, staged.text, resources);
    staged.stage = Stage::mention;
  }
  if (wanted < Stage::claim) {
    session.out.write(dump_of(staged, codebook_of(resources)));
    return;
  }
  const std::vector<SentenceReading> readings = judge(staged.document, staged.text, staged.mentions, resources);
  const ClaimDocument document = claims_of(staged.document, staged.text, staged.mentions, readings, resources);
  if (!as_json) {
    session.out.write(explain(document, static_cast<std::size_t>(terminal_of(1).width)));
    return;
  }
  std::string out;
  append_json(out, document, true);
  session.out.write(out + "\n");
}

void dump(const DumpOptions& options, Session& session) {
  const Stage wanted = *parse_name<Stage>(options.stage);
  const auto resources = session.resources(options.codebook, wanted == Stage::claim);
  if (!resources) return;
  session.for_each_item(options.names, [&](const Item& item) {
    try {
      dump_item(item, wanted, options.json, *resources, session);
    } catch (const std::exception& thrown) {
      session.report({ErrorKind::kMalformed,
                      item.path,
                      {},
                      std::string("reading it failed inside litopys: ") + thrown.what(),
                      "please report it with the file"});
    }
  });
}

}  // namespace

void declare_dump(CommandLine& line, Session& session) {
  Command command = line.command("dump", "Shows what a stage makes of a report: page, text, mention or claim");
  auto options = std::make_shared<DumpOptions>();
  command.option("stage", options->stage, "The stage").required().type_name("STAGE").one_of({"page", "text", "mention", "claim"});
  command.option("item", options->names, "A report, or the dump of an earlier stage; - for standard input").required().type_name("FILE");
  command.flag("--json", options->json, "Claims as JSON, as read prints them (the other stages are JSON anyway)");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  command.footer("Example: litopys dump mention report.txt > report.mention; litopys dump claim report.mention");
  command.run([options, &session] { dump(*options, session); });
}

}  // namespace litopys
