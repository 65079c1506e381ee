// The pieces of a casebook's folder: where they lie, whether they are all there. Inside store/ and cli/.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "codebook/codebook.h"
#include "store/casebook_file.h"
#include "vault/files.h"

namespace litopys {

struct CasebookPaths {
  std::filesystem::path folder;
  [[nodiscard]] std::filesystem::path file() const { return folder / "casebook.toml"; }
  [[nodiscard]] std::filesystem::path evidence() const { return folder / "evidence"; }
  [[nodiscard]] std::filesystem::path log() const { return folder / "log"; }
  [[nodiscard]] std::filesystem::path stamps() const { return folder / "stamps"; }
  [[nodiscard]] std::filesystem::path record() const { return folder / "record.db"; }
  [[nodiscard]] std::filesystem::path lock() const { return folder / "lock"; }
};

[[nodiscard]] bool is_there(const std::filesystem::path& path);

// Errors (kCasebook) where the folder is there and is neither a casebook nor something that a casebook may be made in.
[[nodiscard]] Done may_create_casebook(const CasebookPaths& paths);

// casebook.toml of a casebook with all that cannot be made again. Errors (kCasebook): no casebook, a piece missing.
[[nodiscard]] Result<CasebookFile> load_casebook(const CasebookPaths& paths);

// Error (kCasebook) unless the casebook was made with this codebook.
[[nodiscard]] Done check_codebook(const CasebookPaths& paths, const CasebookFile& file, const Codebook& book);

// Removes what programs that were killed left: records that were being made, copies that verify compared with, half-written segments. For
// the one writer.
void clear_leftovers(const CasebookPaths& paths);

// What is said of a whole record behind all that the log has which was not announced (vault/announced.h), and what to do about it.
inline constexpr const char* kNotAnnounced = "a record stands here, behind all that the log has, that no holder of the key announced";
[[nodiscard]] std::string how_to_cut(const std::filesystem::path& segment, std::uint64_t offset);
// … and what to do besides where record.db says that it knows such a record.
[[nodiscard]] std::string how_to_forget(const std::filesystem::path& folder);
// The file of a segment; its number where there is none.
[[nodiscard]] std::filesystem::path segment_path(const CasebookPaths& paths, std::uint32_t number);

// A name for a casebook's segments, from its folder's: "my.case" gives "my".
[[nodiscard]] std::string casebook_name(const std::filesystem::path& folder);

}  // namespace litopys
