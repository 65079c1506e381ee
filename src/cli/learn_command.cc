// litopys learn: the light reader's data file from annotated text.
#include "claim/pipeline.h"
#include "cli/commands.h"
#include "reader/careful_table.h"
#include "reader/learn.h"
#include "reader/training.h"

namespace litopys {
namespace {

struct LearnWords {
  std::vector<std::string> folders;
  std::string output;
  std::string table;
  std::optional<std::string> codebook;
  bool check_only = false;
};

void learn_from(const LearnWords& words, Session& session) {
  const auto resources = session.resources(words.codebook, false);
  if (!resources) return;
  const TrainingTools tools{[&](const Item& item) { return read_document(item, *resources); },
                            [&](const Document& document) { return analyse(document, *resources); },
                            [&](const Document& document, const Text& text) { return find_mentions(document, text, *resources); }};
  const std::vector<std::filesystem::path> folders(words.folders.begin(), words.folders.end());
  Result<TrainingSet> set = load_training(folders, codebook_of(*resources), tools);
  if (!set) return session.report(set.error());
  for (const std::string& note : set->notes) session.note(note);
  session.note("learning from " + std::to_string(set->documents.size()) + " texts");
  LearnOptions options;
  options.cross_validate_only = words.check_only;
  Result<LearnReport> learned = learn(set->documents, codebook_of(*resources), words.output, options);
  if (!learned) return session.report(learned.error(), ExitCode::wrong_use);
  session.out.write(learned->text);
  if (!words.table.empty()) {
    if (auto done = write_training_table(set->documents, *learned, codebook_of(*resources), words.table); !done) {
      return session.report(done.error(), ExitCode::wrong_use);
    }
  }
  if (!words.check_only) session.out.write("written: " + words.output + "\n");
}

}  // namespace

void declare_learn(CommandLine& line, Session& session) {
  Command command = line.command("learn", "Trains the scorer of measures from annotated documents and training text");
  auto words = std::make_shared<LearnWords>();
  command.option("folder", words->folders, "Folders with NAME.txt and NAME.json, and tables of training text (.tsv)")
      .required()
      .type_name("DIR");
  Option check = command.flag("--check-only", words->check_only, "Cross-validate and print the quality, write nothing");
  const Option output = command.option("-o,--output", words->output, "The data file that read uses").type_name("FILE");
  check.excludes(output);
  command
      .option("--table", words->table,
              "Also writes every sentence with its labels and cross-validated scores as JSON lines, for training the careful reader")
      .type_name("FILE");
  command.footer("Example: litopys learn annotated/ -o data/reader/light.model");
  command.run([words, &session] {
    if (words->output.empty() && !words->check_only) {
      return session.report({ErrorKind::kUsage, "learn", {}, "--output is required", "type: litopys learn --help"});
    }
    learn_from(*words, session);
  });
}

}  // namespace litopys
