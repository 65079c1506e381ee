// casebook.toml: what a folder must say to be a casebook.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

inline constexpr int kCasebookFormat = 1;

struct CasebookFile {
  int format = kCasebookFormat;
  std::string created;  // UTC, ISO 8601
  std::string codebook, codebook_version;
};

// Errors (kCasebook): missing, no TOML, no format, a format of a newer litopys.
[[nodiscard]] Result<CasebookFile> load_casebook_file(const std::filesystem::path& path);
// Durable; the old content until then.
[[nodiscard]] Done save_casebook_file(const std::filesystem::path& path, const CasebookFile& file);

}  // namespace litopys
