// litopys codebook check: is each row sound, do its examples fire and its counter-examples not, and which rows does a set of documents
// never need.
//
// The loader stops at the first wrong row, as a reader must; here the row is noted, blanked out of the file's text, and the loading begun
// again, so that one run tells all. A row fires where one of its patterns stands in the text (text/lexicon.h); for kinds whose patterns are
// weighed against longer ones before they count (bounds, units, times), counter-examples are left to the tests of their stage.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "base/json.h"
#include "claim/pipeline.h"
#include "cli/commands.h"
#include "store/reading.h"
#include "text/lexicon.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

struct CodebookCheckOptions {
  std::string folder;
  std::vector<std::string> coverage;
  bool json = false;
};

// One thing that is wrong with a row, or a row that never fired.
struct RowFault {
  std::string place;  // "passportization/bounds.toml:12"
  std::string problem;
};

// Kinds whose rows fire wherever a pattern stands.
constexpr std::string_view kPlainKinds[] = {"cue",   "subject",   "setting",      "concept",     "target-group", "topic", "topic-setting",
                                            "place", "reporting", "speaker-side", "speech-word", "verification", "title"};
// Kinds whose words are no patterns over words: endings, abbreviations, stems in raw bytes, what the page stage matches by itself.
constexpr std::string_view kNoPatterns[] = {"name-ending", "adjective-ending", "town-adjective", "abbreviation", "screen",
                                            "habit",       "weights"};

bool is_one_of(std::string_view kind, std::span<const std::string_view> kinds) { return std::ranges::find(kinds, kind) != kinds.end(); }

std::vector<CodebookFile> files_of(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<CodebookFile> out;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    out.push_back({(folder.filename() / path.filename()).string(), {std::istreambuf_iterator<char>(in), {}}});
  }
  return out;
}

// "bounds.toml:12": the file and the line; line 0 where there is none.
std::pair<std::string, std::size_t> place_of(const Error& error) {
  const std::size_t colon = error.item.rfind(':');
  std::size_t line = 0;
  if (colon != std::string::npos) std::from_chars(error.item.data() + colon + 1, error.item.data() + error.item.size(), line);
  return {line == 0 ? error.item : error.item.substr(0, colon), line};
}

// Blanks out the table that `line` stands in, line ends kept; false where it stands in none.
bool blank_table(std::string& text, std::size_t line) {
  std::size_t begin = std::string::npos, at = 0;
  for (std::size_t n = 1; at < text.size() && n <= line; ++n) {
    if (text[at] == '[') begin = at;
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  if (begin == std::string::npos) return false;
  std::size_t end = text.find("\n[", begin);
  if (end == std::string::npos) end = text.size();
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
  return true;
}

// The codebook without its wrong rows, each of which goes to `findings`; nullopt where nothing is left.
std::optional<Codebook> load_what_is_sound(const fs::path& folder, std::vector<RowFault>& findings) {
  std::vector<CodebookFile> files = files_of(folder);
  while (!files.empty()) {
    Result<Codebook> book = parse_codebook(files);
    if (book) return *std::move(book);
    const Error& error = book.error();
    findings.push_back(
        {error.item, (error.place.empty() ? "" : error.place + ": ") + error.problem + (error.next.empty() ? "" : "; " + error.next)});
    const auto [name, line] = place_of(error);
    const auto file = std::ranges::find_if(files, [&](const CodebookFile& f) { return f.name == name || f.name.ends_with("/" + name); });
    if (file == files.end()) return std::nullopt;
    if (line == 0 || !blank_table(file->text, line)) files.erase(file);
  }
  return std::nullopt;
}

bool fires(const Lexicon& lexicon, const TextAnalyser& analyser, Language language, const std::string& words) {
  Document document;
  document.text = words;
  document.language = language;
  const Text text = analyser.analyse(document);
  return std::ranges::any_of(text.sentences, [&](const Sentence& sentence) { return !lexicon.find(text, sentence).empty(); });
}

void check_examples(const Codebook& book, const TextAnalyser& analyser, std::vector<RowFault>& findings) {
  for (const Row& row : book.rows) {
    if (row.language == Language::other || is_one_of(row.kind, kNoPatterns)) continue;
    const bool plain = is_one_of(row.kind, kPlainKinds);
    if (!plain && row.yes.empty()) continue;
    Codebook one;
    one.rows.push_back(row);
    const std::string_view kinds[] = {row.kind};
    const Result<Lexicon> lexicon = Lexicon::compile(one, kinds, row.language);
    const auto find = [&](const std::string& problem) {
      findings.push_back({fmt::format("{}:{}", row.file, row.line), fmt::format("row {}: {}", row.id, problem)});
    };
    if (!lexicon) {
      if (plain) find(lexicon.error().problem);
      continue;
    }
    if (!plain) continue;
    for (const std::string& example : row.yes) {
      if (!fires(*lexicon, analyser, row.language, example)) find(fmt::format("does not fire on its example \"{}\"", example));
    }
    for (const std::string& example : row.no) {
      if (fires(*lexicon, analyser, row.language, example)) find(fmt::format("fires on its own counter-example \"{}\"", example));
    }
  }
}

// Rows none of whose patterns stand anywhere in the items.
std::vector<RowFault> never_fired(const Codebook& book, const std::vector<std::string>& names, const Resources& resources,
                                  Session& session) {
  std::set<std::string_view> kinds;
  for (const Row& row : book.rows) {
    if (!is_one_of(row.kind, kNoPatterns)) kinds.insert(row.kind);
  }
  std::vector<std::pair<Language, Lexicon>> lexicons;
  std::vector<bool> asked(book.rows.size()), fired(book.rows.size());
  for (const std::string_view kind : kinds) {
    for (const Language language : kReadLanguages) {
      const std::string_view one[] = {kind};
      Result<Lexicon> lexicon = Lexicon::compile(book, one, language);
      if (!lexicon) continue;  // patterns of another sort
      lexicons.emplace_back(language, *std::move(lexicon));
      for (const RowId id : book.rows_of(kind)) asked[id] = asked[id] || book.rows[id].language == language;
    }
  }
  session.for_each_item(names, [&](const Item& item) {
    const Result<Document> document = read_document(item, resources);
    if (!document) return session.report(document.error());
    const Text text = analyse(*document, resources);
    for (const auto& [language, lexicon] : lexicons) {
      if (language != text.language) continue;
      for (const Sentence& sentence : text.sentences) {
        for (const LexiconHit& hit : lexicon.find(text, sentence)) fired[hit.row] = true;
      }
    }
  });
  std::vector<RowFault> out;
  for (RowId id = 0; id < book.rows.size(); ++id) {
    const Row& row = book.rows[id];
    if (asked[id] && !fired[id]) out.push_back({fmt::format("{}:{}", row.file, row.line), fmt::format("row {} never fired", row.id)});
  }
  return out;
}

void check(const CodebookCheckOptions& options, Session& session) {
  std::vector<RowFault> findings;
  std::error_code error;
  const fs::path folder = fs::canonical(options.folder, error);
  std::optional<Codebook> book = load_what_is_sound(error ? fs::path(options.folder) : folder, findings);
  // The stages check what only they know: vocabularies of options, codes of places.
  std::vector<RowFault> unused;
  const auto resources = findings.empty() && book ? session.resources(folder.string(), false) : session.resources(std::nullopt, false);
  if (!resources) return;
  if (book) {
    check_examples(*book, analyser_of(*resources), findings);
    if (!options.coverage.empty()) unused = never_fired(*book, options.coverage, *resources, session);
  }
  const auto write = [&](std::string_view kind, const RowFault& finding) {
    std::string line;
    if (options.json) {
      JsonWriter json(line);
      json.object([&] { json.key("kind").string(kind).key("place").string(finding.place).key("problem").string(finding.problem); });
    } else {
      line = finding.place + ": " + finding.problem;
    }
    session.out.write(line + "\n");
  };
  for (const RowFault& finding : findings) write("wrong", finding);
  for (const RowFault& finding : unused) write("unused", finding);
  if (!findings.empty()) session.worsen(ExitCode::some_unreadable);
  session.note(fmt::format("{} rows, {} wrong{}", book ? book->rows.size() : 0, findings.size(),
                           options.coverage.empty() ? "" : fmt::format(", {} never fired", unused.size())));
}

}  // namespace

void declare_codebook(CommandLine& line, Session& session) {
  Command parent = line.command("codebook", "Looks after the codebook: codebook check");
  Command command = parent.command("check", "Says what is wrong with each row, which examples fail, and which rows never fired");
  auto options = std::make_shared<CodebookCheckOptions>();
  command.option("folder", options->folder, "Folder of the codebook").required().type_name("DIR").existing_folder();
  command.option("--coverage", options->coverage, "Files or folders: name the rows that fire on none of them").type_name("FILE|DIR");
  command.flag("--json", options->json, "One JSON object a line");
  command.footer("Example: litopys codebook check codebooks/passportization --coverage samples/");
  command.run([options, &session] { check(*options, session); });
}

}  // namespace litopys
