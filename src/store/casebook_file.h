// casebook.toml: what a folder must say to be a casebook.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

// In format 2 nothing was announced (vault/announced.h), in format 3 no end of the evidence with it. Both are opened, and brought up by a
// writer.
inline constexpr int kCasebookFormat = 4;
inline constexpr int kOldestCasebookFormat = 2;

struct CasebookFile {
  int format = kCasebookFormat;
  std::string name;     // that the segments of its evidence begin with: letters, digits, "-", "_"
  std::string created;  // UTC, ISO 8601
  std::string codebook, codebook_version;
};

// Errors (kCasebook): missing, no TOML, no format, a format of a newer litopys, or of one before the custody log.
[[nodiscard]] Result<CasebookFile> load_casebook_file(const std::filesystem::path& path);
// The text that save_casebook_file writes.
[[nodiscard]] std::string casebook_file_text(const CasebookFile& file);
// Durable; the old content until then.
[[nodiscard]] Done save_casebook_file(const std::filesystem::path& path, const CasebookFile& file);

}  // namespace litopys
