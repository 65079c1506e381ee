// litopys record: what documents with claims say together, without a casebook.
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "claim/json.h"
#include "cli/commands.h"
#include "record/json.h"
#include "record/record.h"

namespace litopys {
namespace {

struct RecordOptions {
  std::vector<std::string> names;
  std::optional<std::string> codebook;
};

// The objects of a file: a document a line as `read` prints them, or one document over many lines as annotation files have it. A line
// that begins no object goes on with the one before.
class DocumentLines {
 public:
  DocumentLines(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {}

  // False at the end.
  bool next(std::string& json, std::string& place) {
    json.clear();
    bool whole = false;
    while (!whole && (!ahead_.empty() || std::getline(in_, ahead_))) {
      ++line_;
      if (json.empty()) place = name_ + ":" + std::to_string(line_);
      if (blank(ahead_)) {
        ahead_.clear();
        continue;
      }
      const bool closed = count_brackets(ahead_);
      if (json.empty()) {
        std::swap(json, ahead_);
      } else {
        json += ahead_;
      }
      json += '\n';
      ahead_.clear();
      whole = depth_ <= 0 || !closed;  // no string goes over a line: what is broken ends here
    }
    depth_ = 0;
    return !json.empty();
  }

 private:
  static bool blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

  // Adds up the brackets outside strings; strings, which are nearly all of it, are leapt over. False where one is not closed.
  bool count_brackets(std::string_view line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (c == '{' || c == '[') ++depth_;
      if (c == '}' || c == ']') --depth_;
      if (c != '"') continue;
      do {
        i = line.find('"', i + 1);
        if (i == std::string_view::npos) return false;
      } while (escaped(line, i));
    }
    return true;
  }
  // An odd number of backslashes stands before it.
  static bool escaped(std::string_view line, std::size_t at) {
    std::size_t before = at;
    while (before > 0 && line[before - 1] == '\\') --before;
    return (at - before) % 2 == 1;
  }

  std::istream& in_;
  std::string name_;
  std::string ahead_;
  std::size_t line_ = 0;
  long depth_ = 0;
};

// What is broken is told line by line, but no more often than a reader would look at; of a file without any document that does not even
// begin as one does it is told once that it is none.
void read_documents(std::istream& in, const std::string& name, std::vector<ClaimDocument>& out, Session& session) {
  constexpr std::size_t kMostTold = 20;
  DocumentLines lines(in, name);
  std::string json, place;
  const std::size_t before = out.size();
  bool other = false;  // begins as something else
  std::vector<Error> told;
  std::size_t more = 0;
  for (bool first = true; lines.next(json, place); first = false) {
    if (first) other = json[json.find_first_not_of(" \t\r\xEF\xBB\xBF")] != '{';
    Result<ClaimDocument> document = parse_claim_document(json, place);
    if (document) {
      out.push_back(*std::move(document));
    } else if (told.size() < kMostTold) {
      told.push_back(document.error());
    } else {
      ++more;
    }
  }
  if (other && out.size() == before) {
    told = {
        {ErrorKind::kMalformed, name, {}, "is no file of documents with claims, which are JSON", "`litopys read` makes one of reports"}};
  } else if (more > 0) {
    told.push_back({ErrorKind::kMalformed, name, {}, fmt::format("{} more lines are no documents", more), {}});
  }
  for (const Error& error : told) session.report(error);
}

void record(const RecordOptions& options, Session& session) {
  const ResourcePaths paths = default_paths();
  const Result<Codebook> book = load_codebook(options.codebook ? std::filesystem::path(*options.codebook) : paths.codebook);
  if (!book) return session.report(book.error());
  const Result<Gazetteer> gazetteer = load_gazetteer(paths.gazetteer);
  if (!gazetteer) return session.report(gazetteer.error());
  std::vector<ClaimDocument> documents;
  for (const std::string& name : options.names) {
    if (name == "-") {
      std::ios::sync_with_stdio(false);
      read_documents(std::cin, "standard input", documents, session);
      continue;
    }
    std::ifstream file(name, std::ios::binary);
    if (!file) {
      session.report({ErrorKind::kUnreadable, name, {}, "cannot be opened", "the others are read"});
      continue;
    }
    read_documents(file, name, documents, session);
  }
  const RecordWork work(std::move(documents), *book, *gazetteer);
  for (const std::string& note : work.notes()) session.note(note);
  write_jsonl(work, Language::en, [&](std::string_view lines) { session.out.write(lines); });
}

}  // namespace

void declare_record(CommandLine& line, Session& session) {
  Command command = line.command("record", "Shows what documents with claims say together: statements, series with bands, findings");
  auto options = std::make_shared<RecordOptions>();
  command.option("file", options->names, "Documents as read prints them, annotation files, or - for standard input")
      .required()
      .type_name("FILE|-");
  command.option("--codebook", options->codebook, "Folder of the codebook").type_name("DIR");
  command.footer("Example: litopys record claims.jsonl, or: litopys read samples/ | litopys record -");
  command.run([options, &session] { record(*options, session); });
}

}  // namespace litopys
