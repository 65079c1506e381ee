// toml++ parses, this file checks. A table is read in the order of its lines (toml++ sorts tables by key), so that rows keep the order
// of the file. `gives` of kinds that name measures or targets is checked when all files are read, as those may stand in a later file.
// The first wrong thing stops the loading: a half-loaded codebook would read reports differently without a word.
#include "codebook/codebook.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "codebook/kinds.h"
#include "codebook/near_miss.h"
#include "codebook/part.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestFile = 16U << 20;  // a codebook file is written by hand; what is larger is something else
constexpr int kDottedKeys = 32;                  // toml++ 3.3 has no limit of its own and frees nested tables by recursion

using Views = std::vector<std::string_view>;

std::string suggestion(std::string_view word, const Views& known) {
  const std::string_view near = near_miss(word, known);
  return near.empty() ? std::string() : fmt::format("did you mean \"{}\"?", near);
}

std::string one_of(const Views& known) { return fmt::format("it must be one of {}", fmt::join(known, ", ")); }

std::string suggestion_or_list(std::string_view word, const Views& known) {
  std::string near = suggestion(word, known);
  return near.empty() && known.size() <= 12 ? one_of(known) : near;
}

template <class E>
Views words_of() {
  return {Names<E>::all.begin(), Names<E>::all.end()};
}

// The dots of dotted keys in a line lie outside its quotes. 0, or the number of the first line with too many.
int line_of_too_many_dots(std::string_view text) {
  int line = 1;
  int dots = 0;
  char quote = 0;
  bool comment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++line;
      dots = 0;
      quote = 0;
      comment = false;
    } else if (comment) {
      continue;
    } else if (quote != 0) {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      comment = true;
    } else if (c == '.' && ++dots > kDottedKeys) {
      return line;
    }
  }
  return 0;
}

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

// Keys of a table by their place in the file.
std::vector<std::pair<std::string_view, const toml::node*>> by_line(const toml::table& table) {
  std::vector<std::pair<std::string_view, const toml::node*>> out;
  for (const auto& [key, value] : table) out.emplace_back(key.str(), &value);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return line_of(*a.second) < line_of(*b.second); });
  return out;
}

class Loader {
 public:
  Result<void> file(const CodebookFile& source) {
    name_ = source.name;
    if (source.text.size() > kLargestFile) return bad(0, "", "the file is larger than 16 MiB");
    if (const int line = line_of_too_many_dots(source.text)) {
      return bad(line, "", fmt::format("a key of more than {} parts", kDottedKeys));
    }
    toml::table root;
    try {
      root = toml::parse(source.text, source.name);
    } catch (const toml::parse_error& error) {
      return bad(static_cast<int>(error.source().begin.line), "", std::string(error.description()));
    }
    struct Item {
      std::string_view kind;
      const toml::table* table;
    };
    std::vector<Item> items;
    for (const auto& [key, value] : by_line(root)) {
      if (key == "codebook") {
        if (!value->is_table()) return bad(line_of(*value), "", "codebook must be a table", "write [codebook]");
        if (auto read = head(*value->as_table()); !read) return read;
        continue;
      }
      const toml::array* array = value->as_array();
      if (array == nullptr || !std::all_of(array->begin(), array->end(), [](const toml::node& n) { return n.is_table(); })) {
        return bad(line_of(*value), "", fmt::format("\"{}\" is no list of rows", key), fmt::format("write [[{}]] above each row", key));
      }
      for (const toml::node& item : *array) items.push_back({key, item.as_table()});
    }
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return line_of(*a.table) < line_of(*b.table); });
    for (const Item& item : items) {
      Result<void> read = item.kind == "measure"  ? measure(*item.table)
                          : item.kind == "target" ? target(*item.table)
                                                  : row(item.kind, *item.table);
      if (!read) return read;
    }
    return {};
  }

  Result<Codebook> finish() {
    if (book_.id.empty()) {
      return fail(ErrorKind::kConfig, name_, "", "no file of the codebook has a [codebook] table",
                  "write [codebook] with id and version in one of them");
    }
    for (const Row& row : book_.rows) {
      if (auto fits = gives_fits(row); !fits) return tl::unexpected(fits.error());
    }
    return std::move(book_);
  }

 private:
  tl::unexpected<Error> bad(int line, std::string_view where, std::string problem, std::string next = {}) const {
    return fail(ErrorKind::kConfig, line > 0 ? fmt::format("{}:{}", name_, line) : name_, std::string(where), std::move(problem),
                std::move(next));
  }

  // A string, or the error that names the key.
  Result<std::string> text(const toml::node& node, std::string_view where, std::string_view key) const {
    if (const auto value = node.value<std::string>(); value && node.is_string()) return *value;
    return bad(line_of(node), where, fmt::format("{} must be a string", key));
  }

  Result<std::vector<std::string>> texts(const toml::node& node, std::string_view where, std::string_view key) const {
    const toml::array* array = node.as_array();
    if (array == nullptr) return bad(line_of(node), where, fmt::format("{} must be a list of strings", key));
    std::vector<std::string> out;
    for (const toml::node& item : *array) {
      if (!item.is_string()) return bad(line_of(item), where, fmt::format("{} must be a list of strings", key));
      out.push_back(**item.as_string());
      if (out.back().find_first_not_of(" \t\n") == std::string::npos) {
        return bad(line_of(item), where, fmt::format("{} has an empty string", key));
      }
    }
    return out;
  }

  Result<void> head(const toml::table& table) {
    if (!book_.id.empty()) {
      return bad(line_of(table), "[codebook]", fmt::format("a second [codebook]; the first is in {}", head_place_));
    }
    for (const auto& [key, value] : by_line(table)) {
      std::string* slot = key == "id" ? &book_.id : key == "version" ? &book_.version : key == "title" ? &book_title_ : nullptr;
      if (slot == nullptr) return unknown_key(line_of(*value), "[codebook]", key, {"id", "version", "title"});
      Result<std::string> read = text(*value, "[codebook]", key);
      if (!read) return tl::unexpected(read.error());
      *slot = *read;
    }
    if (book_.id.empty() || book_.version.empty()) return bad(line_of(table), "[codebook]", "id and version must both be given");
    head_place_ = fmt::format("{}:{}", name_, line_of(table));
    return {};
  }

  Result<void> unknown_key(int line, std::string_view where, std::string_view key, const Views& known) const {
    return bad(line, where, fmt::format("unknown key \"{}\"", key), suggestion_or_list(key, known));
  }

  // The id of a table, unique among `seen`; sets `where` to what errors call the table.
  Result<std::string> id_of(const toml::table& table, std::string_view what, std::unordered_map<std::string, std::string>& seen) const {
    const toml::node* node = table.get("id");
    if (node == nullptr) return bad(line_of(table), what, "no id", "give each one an id of its own");
    Result<std::string> id = text(*node, what, "id");
    if (!id) return id;
    if (id->empty()) return bad(line_of(*node), what, "the id is empty");
    const std::string place = fmt::format("{}:{}", name_, line_of(table));
    if (const auto [old, fresh] = seen.emplace(*id, place); !fresh) {
      return bad(line_of(table), fmt::format("{} {}", what, *id), fmt::format("the id is taken by {}", old->second));
    }
    return id;
  }

  Result<Label> label(const toml::node& node, std::string_view where) const {
    Label out;
    const toml::table* table = node.as_table();
    if (table == nullptr) return bad(line_of(node), where, "label must be a table", "write label = { en = \"…\", uk = \"…\", ru = \"…\" }");
    for (const auto& [key, value] : by_line(*table)) {
      std::string* slot = key == "en" ? &out.en : key == "uk" ? &out.uk : key == "ru" ? &out.ru : nullptr;
      if (slot == nullptr) return tl::unexpected(unknown_key(line_of(*value), where, key, {"en", "uk", "ru"}).error());
      Result<std::string> read = text(*value, where, key);
      if (!read) return tl::unexpected(read.error());
      *slot = *read;
    }
    return out;
  }

  Result<void> measure(const toml::table& table) {
    Result<std::string> id = id_of(table, "measure", measure_ids_);
    if (!id) return tl::unexpected(id.error());
    const std::string where = "measure " + *id;
    Measure out;
    out.id = *id;
    for (const auto& [key, value] : by_line(table)) {
      if (key == "id") continue;
      if (key == "label") {
        Result<Label> read = label(*value, where);
        if (!read) return tl::unexpected(read.error());
        out.label = std::move(*read);
      } else if (key == "norms") {
        Result<std::vector<std::string>> read = texts(*value, where, key);
        if (!read) return tl::unexpected(read.error());
        out.norms = std::move(*read);
      } else {
        return unknown_key(line_of(*value), where, key, {"id", "label", "norms"});
      }
    }
    if (book_.measures.size() > std::numeric_limits<MeasureId>::max()) return bad(line_of(table), where, "more than 256 measures");
    book_.measures.push_back(std::move(out));
    return {};
  }

  Result<void> target(const toml::table& table) {
    Result<std::string> id = id_of(table, "target", target_ids_);
    if (!id) return tl::unexpected(id.error());
    const std::string where = "target " + *id;
    Target out;
    out.id = *id;
    for (const auto& [key, value] : by_line(table)) {
      if (key == "id") continue;
      if (key != "label") return unknown_key(line_of(*value), where, key, {"id", "label"});
      Result<Label> read = label(*value, where);
      if (!read) return tl::unexpected(read.error());
      out.label = std::move(*read);
    }
    if (book_.targets.size() > std::numeric_limits<TargetId>::max()) return bad(line_of(table), where, "more than 256 targets");
    book_.targets.push_back(std::move(out));
    return {};
  }

  // What else a row says, as text.
  Result<std::string> option(const toml::node& node, std::string_view where, std::string_view key) const {
    if (node.is_string()) return **node.as_string();
    if (node.is_integer()) return fmt::format("{}", **node.as_integer());
    if (node.is_boolean()) return std::string(**node.as_boolean() ? "true" : "false");
    if (node.is_floating_point()) return fmt::format("{}", **node.as_floating_point());
    if (!node.is_array()) return bad(line_of(node), where, fmt::format("{} must be a string, number, boolean or list of strings", key));
    Result<std::vector<std::string>> list = texts(node, where, key);
    if (!list) return tl::unexpected(list.error());
    return fmt::format("{}", fmt::join(*list, "|"));
  }

  Result<void> row(std::string_view kind, const toml::table& table) {
    Result<std::string> id = id_of(table, "row", row_ids_);
    if (!id) return tl::unexpected(id.error());
    const std::string where = "row " + *id;
    const KindRule rule = kind_rule(kind);
    Views known = {"id", "lang", "words", "gives", "yes", "no"};
    for (std::size_t begin = 0; rule.options != "*" && begin < rule.options.size();) {
      const std::size_t end = std::min(rule.options.find(' ', begin), rule.options.size());
      known.push_back(rule.options.substr(begin, end - begin));
      begin = end + 1;
    }
    Row out;
    out.id = *id;
    out.kind = kind;
    out.file = name_;
    out.line = line_of(table);
    bool has_language = false;
    for (const auto& [key, value] : by_line(table)) {
      if (key == "id") continue;
      if (key == "lang") {
        Result<std::string> read = text(*value, where, key);
        if (!read) return tl::unexpected(read.error());
        const std::optional<Language> language = language_from_code(*read);
        if (!language || *language == Language::other) {
          return bad(line_of(*value), where, fmt::format("lang = \"{}\" is no language that is read", *read),
                     suggestion_or_list(*read, {"en", "uk", "ru"}));
        }
        out.language = *language;
        has_language = true;
      } else if (key == "gives") {
        Result<std::string> read = text(*value, where, key);
        if (!read) return tl::unexpected(read.error());
        out.gives = std::move(*read);
      } else if (key == "words" || key == "yes" || key == "no") {
        Result<std::vector<std::string>> read = texts(*value, where, key);
        if (!read) return tl::unexpected(read.error());
        (key == "words" ? out.words : key == "yes" ? out.yes : out.no) = std::move(*read);
      } else {
        // A key within one edit of a known one is a slip even where the kind takes any option.
        const bool listed = std::find(known.begin(), known.end(), key) != known.end();
        if (!listed && (rule.options != "*" || !suggestion(key, known).empty())) return unknown_key(line_of(*value), where, key, known);
        Result<std::string> read = option(*value, where, key);
        if (!read) return tl::unexpected(read.error());
        out.options.emplace(key, std::move(*read));
      }
    }
    if (!has_language) return bad(out.line, where, "no lang", "give lang = \"en\", \"uk\" or \"ru\"");
    if (out.words.empty()) return bad(out.line, where, "no words", "give at least one pattern in words");
    book_.rows.push_back(std::move(out));
    return {};
  }

  Result<void> gives_fits(const Row& row) const {
    const KindRule rule = kind_rule(row.kind);
    if (row.gives.empty() && (rule.may_be_empty || rule.gives == Gives::free)) return {};
    Views known;
    std::string_view what;
    switch (rule.gives) {
      case Gives::free: return {};
      case Gives::required: what = "word"; break;
      case Gives::bound: known = words_of<Bound>(), what = "bound"; break;
      case Gives::unit: known = words_of<Unit>(), what = "unit"; break;
      case Gives::side: known = words_of<Side>(), what = "side"; break;
      case Gives::stance: known = words_of<Stance>(), what = "stance"; break;
      case Gives::credence: known = words_of<Credence>(), what = "credence"; break;
      case Gives::measure:
        for (const Measure& measure : book_.measures) known.push_back(measure.id);
        what = "measure of this codebook";
        break;
      case Gives::target:
        for (const Target& target : book_.targets) known.push_back(target.id);
        what = "target of this codebook";
        break;
    }
    const auto wrong = [&](std::string problem, std::string next) -> Result<void> {
      return fail(ErrorKind::kConfig, fmt::format("{}:{}", row.file, row.line), "row " + row.id, std::move(problem), std::move(next));
    };
    if (row.gives.empty()) return wrong("no gives", fmt::format("say which {} the row gives", what));
    if (rule.gives == Gives::required || std::find(known.begin(), known.end(), row.gives) != known.end()) return {};
    return wrong(fmt::format("gives = \"{}\" is no {}", row.gives, what), suggestion_or_list(row.gives, known));
  }

  Codebook book_;
  std::string book_title_;
  std::string name_;
  std::string head_place_;
  std::unordered_map<std::string, std::string> row_ids_, measure_ids_, target_ids_;  // id → "file:line"
};

}  // namespace

std::optional<MeasureId> Codebook::measure(std::string_view wanted) const {
  for (std::size_t i = 0; i < measures.size(); ++i) {
    if (measures[i].id == wanted) return static_cast<MeasureId>(i);
  }
  return std::nullopt;
}

std::optional<TargetId> Codebook::target(std::string_view wanted) const {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i].id == wanted) return static_cast<TargetId>(i);
  }
  return std::nullopt;
}

std::vector<RowId> Codebook::rows_of(std::string_view kind) const {
  std::vector<RowId> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].kind == kind) out.push_back(static_cast<RowId>(i));
  }
  return out;
}

Result<Codebook> parse_codebook(const std::vector<CodebookFile>& files) {
  Loader loader;
  for (const CodebookFile& file : files) {
    if (Result<void> read = loader.file(file); !read) return tl::unexpected(read.error());
  }
  return loader.finish();
}

namespace {

Result<std::vector<CodebookFile>> files_of(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".toml") paths.push_back(it->path());
  }
  if (error) {
    return fail(ErrorKind::kConfig, folder.string(), "", fmt::format("the codebook's folder cannot be read ({})", error.message()),
                "give another with --codebook DIR");
  }
  if (paths.empty())
    return fail(ErrorKind::kConfig, folder.string(), "", "no *.toml in the codebook's folder", "give another with --codebook DIR");
  std::sort(paths.begin(), paths.end());
  std::vector<CodebookFile> files;
  for (const std::filesystem::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) return fail(ErrorKind::kConfig, path.string(), "", "the file cannot be read", "check its permissions");
    files.push_back({path.string(), std::move(text)});
  }
  return files;
}

// Whether a line begins with one of the words, but for what may stand before the name of a table or a key.
bool has_head(std::string_view text, const Views& words) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t[\"'")));
    if (std::any_of(words.begin(), words.end(), [&](std::string_view word) { return line.starts_with(word); })) return true;
  }
  return false;
}

}  // namespace

Result<Codebook> load_codebook(const std::filesystem::path& folder) {
  const Result<std::vector<CodebookFile>> files = files_of(folder);
  if (!files) return tl::unexpected(files.error());
  return parse_codebook(*files);
}

Result<Codebook> load_codebook_with(const std::filesystem::path& folder, std::vector<std::string_view> kinds) {
  Result<std::vector<CodebookFile>> files = files_of(folder);
  if (!files) return tl::unexpected(files.error());
  kinds.insert(kinds.end(), {"codebook", "measure", "target"});
  std::erase_if(*files, [&](const CodebookFile& file) { return !has_head(file.text, kinds); });
  return parse_codebook(*files);
}

}  // namespace litopys
