#include "store/casebook_folder.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "vault/evidence_writer.h"
#include "vault/keys.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> missing(const fs::path& piece, std::string what) {
  return fail(ErrorKind::kCasebook, piece.string(), {}, "is missing: " + std::move(what), "restore it from a copy of the casebook");
}

bool has_evidence_files(const fs::path& evidence) {
  std::error_code none;
  for (fs::directory_iterator each(evidence, none), end; !none && each != end; each.increment(none)) {
    if (each->path().filename().string().ends_with(".warc.gz")) return true;
  }
  return false;
}

}  // namespace

bool is_there(const fs::path& path) {
  std::error_code none;
  return fs::exists(path, none);
}

Done may_create_casebook(const CasebookPaths& paths) {
  const fs::path& folder = paths.folder;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    if (!is_there(folder)) return {};
    return fail(ErrorKind::kCasebook, folder.string(), {}, "is a file, not a casebook", "name the folder of a casebook, or a new one");
  }
  if (has_evidence_files(paths.evidence())) return missing(paths.file(), "the rest of a casebook is there");
  // What a crash during the creation can have left is no obstacle.
  static constexpr std::string_view kOurs[] = {"evidence",    "log",          "stamps",           "lock",          "log.key",
                                               "log.vkey",    "record.db",    "record.db-wal",    "record.db-shm", "record.db-journal",
                                               "log.key.new", "log.vkey.new", "casebook.toml.new"};
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    const std::string name = each->path().filename().string();
    if (std::find(std::begin(kOurs), std::end(kOurs), name) == std::end(kOurs)) {
      return fail(ErrorKind::kCasebook, folder.string(), {}, "is a folder with other things in it (" + name + "), not a casebook",
                  "name the folder of a casebook, or a new one");
    }
  }
  if (error) return casebook_failure(folder, "cannot be listed", error.value());
  return {};
}

Result<CasebookFile> load_casebook(const CasebookPaths& paths) {
  std::error_code none;
  const fs::path& folder = paths.folder;
  if (!is_there(folder)) {
    return fail(ErrorKind::kCasebook, folder.string(), {}, "there is no casebook of this name",
                "make one with: litopys add " + folder.string() + " REPORTS");
  }
  if (!fs::is_directory(folder, none) || !is_there(paths.file())) {
    if (has_evidence_files(paths.evidence())) return missing(paths.file(), "the rest of a casebook is there");
    return fail(ErrorKind::kCasebook, folder.string(), {}, "is no casebook: it has no casebook.toml", "name the folder of a casebook");
  }
  Result<CasebookFile> file = load_casebook_file(paths.file());
  if (!file) return file;
  if (!is_there(paths.evidence())) return missing(paths.evidence(), "without it the casebook proves nothing");
  if (!is_there(paths.log())) return missing(paths.log(), "without the custody log the casebook proves nothing");
  if (!is_there(log_vkey_path(folder))) return missing(log_vkey_path(folder), "without it no signature of the custody log can be checked");
  return file;
}

Done check_codebook(const CasebookPaths& paths, const CasebookFile& file, const Codebook& book) {
  if (file.codebook == book.id) return {};
  return fail(ErrorKind::kCasebook, paths.folder.string(), {}, "was made with the codebook " + file.codebook + ", not with " + book.id,
              "name that codebook with --codebook, or take another casebook");
}

void clear_leftovers(const CasebookPaths& paths) {
  const auto clear = [](const fs::path& folder, const auto& is_left) {
    std::vector<fs::path> left;
    std::error_code error;
    for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
      if (is_left(each->path().filename().string())) left.push_back(each->path());
    }
    for (const fs::path& each : left) fs::remove_all(each, error);  // what cannot be removed is no obstacle
  };
  clear(paths.folder, [](const std::string& name) {
    return name.starts_with(".verify-") || name.starts_with("record.db.new") || name == "casebook.toml.new" || name == "announced.new";
  });
  clear(paths.evidence(), [](const std::string& name) { return name.ends_with(".warc.gz.new"); });
}

std::string how_to_cut(const fs::path& segment, std::uint64_t offset) {
  return "it was never acknowledged; find out who put it there, keep a copy of the file, then cut it off: truncate -s " +
         std::to_string(offset) + " " + segment.string();
}

std::string how_to_forget(const fs::path& folder) {
  return "; record.db was edited to know it: make that again then: litopys rebuild " + folder.string();
}

fs::path segment_path(const CasebookPaths& paths, std::uint32_t number) {
  if (const auto all = evidence_segments(paths.evidence())) {
    for (const EvidenceSegment& each : *all) {
      if (each.number == number) return paths.evidence() / each.name;
    }
  }
  return paths.evidence() / std::to_string(number);
}

std::string casebook_name(const fs::path& folder) {
  std::error_code none;
  fs::path absolute = fs::absolute(folder, none).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  std::string out;
  for (const char c : absolute.stem().string().substr(0, 60)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain) out += c;
  }
  return out.empty() ? "case" : out;
}

}  // namespace litopys
