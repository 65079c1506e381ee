#include "store/casebook_file.h"

#include <toml++/toml.h>
#include <sstream>

#include "vault/small_file.h"

namespace litopys {
namespace {

constexpr std::size_t kLargestCasebookFile = 64UL << 10U;  // it has a few lines; a pipe in its place would be waited for

}  // namespace

Result<CasebookFile> load_casebook_file(const std::filesystem::path& path) {
  Result<std::string> text = read_small_file(path, kLargestCasebookFile);
  if (!text) return tl::unexpected<Error>(text.error());
  toml::table table;
  try {
    table = toml::parse(*text, path.string());
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::kCasebook, path.string(), "line " + std::to_string(error.source().begin.line),
                "is no TOML: " + std::string(error.description()), "restore it from a copy of the casebook");
  }
  const std::optional<std::int64_t> format = table["format"].value<std::int64_t>();
  if (!format || *format < 1) {
    return fail(ErrorKind::kCasebook, path.string(), {}, "does not say its format (format = 1)", "restore it from a copy of the casebook");
  }
  if (*format > kCasebookFormat) {
    return fail(ErrorKind::kCasebook, path.string(), {},
                "has format " + std::to_string(*format) + "; this litopys reads up to " + std::to_string(kCasebookFormat),
                "use a newer litopys; nothing was changed");
  }
  if (*format < kOldestCasebookFormat) {
    return fail(ErrorKind::kCasebook, path.string(), {},
                "has format " + std::to_string(*format) + ", from before the custody log; this litopys reads " +
                    std::to_string(kOldestCasebookFormat) + " to " + std::to_string(kCasebookFormat),
                "take the same reports into a new casebook; nothing was changed");
  }
  CasebookFile out;
  out.name = table["name"].value_or(std::string());
  const bool plain = !out.name.empty() && out.name.size() <= 100 &&
                     out.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos;
  if (!plain) {
    return fail(ErrorKind::kCasebook, path.string(), {}, "does not say its name (name = 'my'; letters, digits, - and _)",
                "restore it from a copy of the casebook");
  }
  out.format = static_cast<int>(*format);
  out.created = table["created"].value_or(std::string());
  out.codebook = table["codebook"]["id"].value_or(std::string());
  out.codebook_version = table["codebook"]["version"].value_or(std::string());
  return out;
}

std::string casebook_file_text(const CasebookFile& file) {
  toml::table table;
  table.insert("format", file.format);
  table.insert("name", file.name);
  table.insert("created", file.created);
  table.insert("codebook", toml::table{{"id", file.codebook}, {"version", file.codebook_version}});
  std::ostringstream text;
  text << "# A casebook of litopys. evidence/ holds the items as they were taken; record.db can be made again: litopys rebuild\n"
       << table << "\n";
  return text.str();
}

Done save_casebook_file(const std::filesystem::path& path, const CasebookFile& file) {
  return replace_file(path, casebook_file_text(file));
}

}  // namespace litopys
