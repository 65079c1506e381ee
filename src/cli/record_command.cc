// litopys record: what documents with claims say together, without a casebook.
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
      // One pass over each byte: depth of brackets outside strings.
      for (const char c : ahead_) {
        if (quoted_) {
          if (escaped_) {
            escaped_ = false;
          } else if (c == '\\') {
            escaped_ = true;
          } else if (c == '"') {
            quoted_ = false;
          }
        } else if (c == '"') {
          quoted_ = true;
        } else if (c == '{' || c == '[') {
          ++depth_;
        } else if (c == '}' || c == ']') {
          --depth_;
        }
      }
      json += ahead_;
      json += '\n';
      ahead_.clear();
      whole = depth_ <= 0 || quoted_;  // no string goes over a line: what is broken ends here
    }
    depth_ = 0;
    quoted_ = escaped_ = false;
    return !json.empty();
  }

 private:
  static bool blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

  std::istream& in_;
  std::string name_;
  std::string ahead_;
  std::size_t line_ = 0;
  long depth_ = 0;
  bool quoted_ = false, escaped_ = false;
};

void read_documents(std::istream& in, const std::string& name, std::vector<ClaimDocument>& out, Session& session) {
  DocumentLines lines(in, name);
  std::string json, place;
  while (lines.next(json, place)) {
    Result<ClaimDocument> document = parse_claim_document(json, place);
    if (document) {
      out.push_back(*std::move(document));
    } else {
      session.report(document.error());
    }
  }
}

void record(const RecordOptions& options, Session& session) {
  const auto resources = session.resources(options.codebook, false);
  if (!resources) return;
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
  const Record made = make_record(std::move(documents), codebook_of(*resources), gazetteer_of(*resources));
  for (const std::string& note : made.notes) session.note(note);
  write_jsonl(made, [&](std::string_view lines) { session.out.write(lines); });
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
