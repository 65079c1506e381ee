// A quote becomes labels by place: the sentences of our own cutting that lie in the quote by at least half of the shorter take its measure.
// So what is learned fits the sentences that will be asked about, not the annotator's.
#include "reader/training.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

namespace litopys {
namespace {

namespace fs = std::filesystem;

struct Labels {
  Span span;
  bool labelled = true;
  std::vector<MeasureId> measures;
  std::optional<Stance> stance;
  std::optional<Credence> credence;
};

std::optional<std::string> contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream out;
  out << file.rdbuf();
  return std::move(out).str();
}

std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0;;) {
    const std::size_t end = line.find('\t', at);
    out.push_back(line.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return out;
    at = end + 1;
  }
}

class Loader {
 public:
  Loader(const Codebook& book, const TrainingTools& tools, TrainingSet& out) : book_(book), tools_(tools), out_(out) {}

  // The document's sentences take the labels that lie on them.
  void add(TrainingDocument document, const std::vector<Labels>& labels, bool all_labelled) {
    document.text = tools_.text(document.document);
    document.mentions = tools_.mentions(document.document, document.text);
    for (const Sentence& sentence : document.text.sentences) {
      TrainingSentence& s = document.sentences.emplace_back();
      s.labelled = all_labelled && !sentence.junk;
      for (const Labels& l : labels) {
        const std::uint32_t begin = std::max(l.span.begin, sentence.span.begin), end = std::min(l.span.end, sentence.span.end);
        if (end <= begin || 2 * (end - begin) < std::min(l.span.size(), sentence.span.size())) continue;
        s.labelled = l.labelled;
        s.measures.insert(s.measures.end(), l.measures.begin(), l.measures.end());
        if (!s.stance) s.stance = l.stance;
        if (!s.credence) s.credence = l.credence;
      }
      std::ranges::sort(s.measures);
      s.measures.erase(std::unique(s.measures.begin(), s.measures.end()), s.measures.end());
    }
    out_.documents.push_back(std::move(document));
  }

  Result<void> annotated(const fs::path& json, const std::set<std::string>& blind) {
    const fs::path text_path = fs::path(json).replace_extension(".txt");
    const std::string id = json.stem().string();
    if (blind.contains(id)) {
      out_.notes.push_back(id + ": blind, left out");
      return {};
    }
    auto bytes = contents(text_path);
    if (!bytes) return {};  // some other JSON file
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::array claims;
    if (parser.load(json.string()).get(root) != simdjson::SUCCESS) {
      return fail(ErrorKind::kMalformed, json.string(), "", "is no JSON", "mend or remove it");
    }
    if (root["claims"].get_array().get(claims) != simdjson::SUCCESS) return {};
    auto document = tools_.page({id, text_path.string(), std::move(*bytes)});
    if (!document) return tl::unexpected(document.error());
    TrainingDocument out;
    out.id = id;
    out.kind = TrainingDocument::Kind::annotated;
    out.document = std::move(*document);
    std::string_view lang;
    if (root["lang"].get_string().get(lang) == simdjson::SUCCESS) {
      out.document.language = language_from_code(lang).value_or(out.document.language);
    }
    std::vector<Labels> labels;
    std::map<std::string, std::size_t, std::less<>> seen;
    for (const simdjson::dom::element claim : claims) {
      std::string_view quote, measure, stance, credence;
      if (claim["quote"].get_string().get(quote) != simdjson::SUCCESS || claim["measure"].get_string().get(measure) != simdjson::SUCCESS) {
        out_.notes.push_back(id + ": a claim without quote or measure, passed over");
        continue;
      }
      ++out.claims;
      std::size_t at = out.document.text.find(quote);
      if (at == std::string::npos || quote.empty()) {
        out_.notes.push_back(fmt::format("{}: a quote that does not stand in the text, passed over", id));
        continue;
      }
      Labels l;
      l.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + quote.size())};
      if (!measures_of(measure, l.measures)) out_.notes.push_back(fmt::format("{}: unknown measure \"{}\"", id, measure));
      if (claim["stance"].get_string().get(stance) == simdjson::SUCCESS) l.stance = parse_name<Stance>(stance);
      if (claim["credence"].get_string().get(credence) == simdjson::SUCCESS) l.credence = parse_name<Credence>(credence);
      labels.push_back(std::move(l));
    }
    simdjson::dom::array junk;
    if (root["junk"].get_array().get(junk) == simdjson::SUCCESS) {
      for (const simdjson::dom::element number : junk) {
        std::uint64_t line = 0;
        if (number.get_uint64().get(line) != simdjson::SUCCESS || line == 0 || line > out.document.lines.size()) continue;
        Labels l;
        l.span = out.document.lines[line - 1].span;
        l.labelled = false;
        if (!l.span.empty()) labels.push_back(std::move(l));
      }
    }
    add(std::move(out), labels, true);
    return {};
  }

  void passages(const fs::path& path, std::string_view bytes, Language language) {
    Open open;
    std::size_t number = 0;
    for_lines(bytes, [&](std::string_view line) {
      ++number;
      const std::vector<std::string_view> c = cells(line);
      if (c.size() < 8) {
        out_.notes.push_back(fmt::format("{}: line {}: {} cells, 8 expected", path.filename().string(), number, c.size()));
        return;
      }
      if (open.id != c[0]) {
        close(open, language);
        open.id = c[0];
      }
      Labels l = labels_of(c[2], c[3], c[4], path, number);
      append(open, c[7], c[1] == "0", std::move(l));
    });
    close(open, language);
  }

  void singles(const fs::path& path, std::string_view bytes, Language language) {
    std::size_t number = 0;
    for_lines(bytes, [&](std::string_view line) {
      ++number;
      const std::vector<std::string_view> c = cells(line);
      if (c.size() < 5) {
        out_.notes.push_back(fmt::format("{}: line {}: {} cells, 5 expected", path.filename().string(), number, c.size()));
        return;
      }
      Open open;
      open.kind = TrainingDocument::Kind::single;
      open.id = fmt::format("{}:{}", path.filename().string(), number);
      if (!c[3].empty()) {
        Labels context;
        context.labelled = false;
        append(open, c[3], false, std::move(context));
      }
      append(open, c[4], false, labels_of(c[0], c[1], c[2], path, number));
      close(open, language);
    });
  }

 private:
  // A passage on its way to a document: one sentence a line.
  struct Open {
    std::string id;
    TrainingDocument::Kind kind = TrainingDocument::Kind::passage;
    Document document;
    std::vector<Labels> labels;
  };

  template <class Body>
  static void for_lines(std::string_view bytes, Body body) {
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      std::string_view line = bytes.substr(at, end - at);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) body(line);
      at = end + 1;
    }
  }

  bool measures_of(std::string_view names, std::vector<MeasureId>& out) const {
    bool all = true;
    while (!names.empty()) {
      const std::size_t comma = std::min(names.find(','), names.size());
      if (const auto measure = book_.measure(names.substr(0, comma))) {
        out.push_back(*measure);
      } else {
        all = false;
      }
      names.remove_prefix(std::min(comma + 1, names.size()));
    }
    return all;
  }

  Labels labels_of(std::string_view measures, std::string_view stance, std::string_view credence, const fs::path& path, std::size_t line) {
    Labels l;
    if (!measures_of(measures, l.measures)) {
      out_.notes.push_back(fmt::format("{}: line {}: unknown measure in \"{}\"", path.filename().string(), line, measures));
    }
    if (!l.measures.empty()) {
      l.stance = parse_name<Stance>(stance);
      l.credence = parse_name<Credence>(credence);
    }
    return l;
  }

  static void append(Open& open, std::string_view sentence, bool title, Labels labels) {
    std::string& text = open.document.text;
    if (!text.empty()) text += '\n';
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += sentence;
    labels.span = {begin, static_cast<std::uint32_t>(text.size())};
    open.document.lines.push_back({labels.span, title ? LineKind::title : LineKind::article, {}});
    if (title) open.document.title = std::string(sentence);
    open.labels.push_back(std::move(labels));
  }

  void close(Open& open, Language language) {
    if (open.labels.empty()) return;
    TrainingDocument out;
    out.id = open.id;
    out.kind = open.kind;
    out.document = std::move(open.document);
    out.document.id = open.id;
    out.document.language = language;
    add(std::move(out), open.labels, false);
    open = {};
  }

  const Codebook& book_;
  const TrainingTools& tools_;
  TrainingSet& out_;
};

std::set<std::string> blind_ids(const fs::path& folder) {
  std::set<std::string> out;
  if (const auto bytes = contents(folder / "blind.txt")) {
    std::istringstream words(*bytes);
    for (std::string id; words >> id;) {
      for (const std::string_view ending : {".json", ".txt"}) {
        if (id.ends_with(ending)) id.resize(id.size() - ending.size());
      }
      out.insert(id);
    }
  }
  return out;
}

}  // namespace

Result<TrainingSet> load_training(const std::vector<fs::path>& folders, const Codebook& book, const TrainingTools& tools) {
  TrainingSet out;
  Loader loader(book, tools, out);
  std::vector<fs::path> files;
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      if (at->is_regular_file(error)) files.push_back(at->path());
    }
    if (error) return fail(ErrorKind::kUnreadable, folder.string(), "", "cannot be listed: " + error.message());
  }
  std::ranges::sort(files);
  files.erase(std::unique(files.begin(), files.end()), files.end());
  std::map<fs::path, std::set<std::string>> blind;
  for (const fs::path& file : files) {
    if (file.extension() != ".json") continue;
    const fs::path folder = file.parent_path();
    if (!blind.contains(folder)) blind[folder] = blind_ids(folder);
    if (auto done = loader.annotated(file, blind[folder]); !done) return tl::unexpected(done.error());
  }
  for (const bool passages : {true, false}) {
    for (const fs::path& file : files) {
      const std::string name = file.filename().string();
      const auto language = language_from_code(std::string_view(name).substr(0, 2));
      if (file.extension() != ".tsv" || !language || *language == Language::other) continue;
      const bool is_passages = name.substr(2).starts_with("-passages");
      if (is_passages != passages || (!is_passages && name.size() != 6)) continue;
      const auto bytes = contents(file);
      if (!bytes) return fail(ErrorKind::kUnreadable, file.string(), "", "cannot be read");
      if (passages) {
        loader.passages(file, *bytes, *language);
      } else {
        loader.singles(file, *bytes, *language);
      }
    }
  }
  if (out.documents.empty()) {
    return fail(ErrorKind::kMalformed, folders.empty() ? "" : folders.front().string(), "", "holds no annotated text",
                "NAME.json beside NAME.txt, or en.tsv, en-passages-a.tsv and the like, are expected");
  }
  return out;
}

std::string fingerprint(const std::vector<TrainingDocument>& documents) {
  std::uint64_t h = 1469598103934665603ULL;
  const auto feed = [&](std::string_view bytes) {
    for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    h = (h ^ 0xFF) * 1099511628211ULL;
  };
  for (const TrainingDocument& d : documents) {
    feed(d.id);
    feed(d.document.text);
    for (const TrainingSentence& s : d.sentences) {
      feed(s.labelled ? "1" : "0");
      for (const MeasureId m : s.measures) feed(std::to_string(m));
      if (s.stance) feed(name(*s.stance));
      if (s.credence) feed(name(*s.credence));
    }
  }
  return fmt::format("{:016x}", h);
}

}  // namespace litopys
