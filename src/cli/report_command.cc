// litopys report: the record as one page.
#include <map>

#include "base/counted.h"
#include "claim/pipeline.h"
#include "cli/commands.h"
#include "report/places.h"
#include "report/report.h"
#include "store/casebook.h"
#include "store/record_of.h"

namespace litopys {
namespace {

struct ReportWords {
  std::string casebook, output, title, language = "en";
  std::optional<std::string> codebook;
};

// The reviews and marks that stand, with their documents.
tl::expected<void, Error> add_said(Store& record, std::vector<ReportDocument>& documents) {
  std::map<std::string_view, ReportDocument*> by_id;
  for (ReportDocument& each : documents) by_id.emplace(each.document.id, &each);
  const auto add = [&](const SaidRow& row) {
    const auto found = by_id.find(row.document);
    if (!row.standing || found == by_id.end()) return true;
    constexpr std::size_t kDay = 10;  // of a time
    found->second->said.push_back({row.number, row.tag.empty() ? std::string(name(row.verdict)) : std::string(), row.tag, row.by, row.note,
                                   row.time.substr(0, kDay), row.verdict == Verdict::wrong && row.tag.empty() ? row.quote : std::string()});
    return true;
  };
  auto done = record.reviews(add);
  return done ? record.marks(add) : done;
}

void report(const ReportWords& words, Session& session) {
  Result<CasebookReader> casebook = open_casebook(words.casebook);
  if (!casebook) return session.report(casebook.error());
  const ResourcePaths paths = default_paths();
  Result<Codebook> book = load_codebook(words.codebook ? std::filesystem::path(*words.codebook) : paths.codebook);
  if (!book) return session.report(book.error());
  Result<Gazetteer> gazetteer = load_gazetteer(paths.gazetteer);
  if (!gazetteer) return session.report(gazetteer.error());
  std::vector<ReportDocument> documents;
  const auto done = casebook->record.documents([&](const ItemRow& item, const ClaimDocument& document) {
    documents.push_back({document, item.sha256, item.taken});
    return true;
  });
  if (!done) return session.report(done.error());
  if (const auto said = add_said(casebook->record, documents); !said) return session.report(said.error());
  const ReportOptions options{.language = words.language == "uk" ? Language::uk : Language::en,
                              .title = words.title,
                              .made = timestamp().substr(0, 10),
                              .codebook_version = casebook->file.codebook_version,
                              .shapes = paths.gazetteer};
  const Result<Record> record = record_of(casebook->record, *book, *gazetteer, options.language);
  if (!record) return session.report(record.error());
  Result<std::string> page = make_report(documents, *record, *book, lookup_in(*gazetteer), names_in(*gazetteer, options.language), options);
  if (!page) return session.report(page.error());
  if (words.output == "-") {
    session.out.write(*page);
    return;
  }
  if (Done written = replace_file(words.output, *page); !written) {
    Error error = written.error();
    error.next = "name another file with -o";
    return session.report(error, ExitCode::wrong_use);
  }
  session.out.write(words.output + ": " + counted(documents.size(), "document", "documents") + "\n");
}

}  // namespace

void declare_report(CommandLine& line, Session& session) {
  Command command = line.command("report", "Writes the record of a casebook as one self-contained page");
  auto words = std::make_shared<ReportWords>();
  command.option("casebook", words->casebook, "Folder of the casebook").required().type_name("CASE");
  command.option("-o,--output", words->output, "The page; - for standard output").required().type_name("FILE.html");
  command.option("--lang", words->language, "Language of the page").type_name("LANG").one_of({"en", "uk"});
  command.option("--title", words->title, "Title of the page").type_name("TEXT");
  command.option("--codebook", words->codebook, "Folder of the codebook").type_name("DIR");
  command.footer("Example: litopys report my.case -o report.html --lang uk");
  command.run([words, &session] { report(*words, session); });
}

}  // namespace litopys
