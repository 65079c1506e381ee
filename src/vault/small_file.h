// Files of the custody log: small, hostile when read, durable when written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/files.h"

namespace litopys {

// The whole of a regular file of at most `limit` bytes; nothing where there is none of that name. Errors (kCasebook): larger, a link, a
// device or a pipe (which would hang the reader or lead out of the casebook), unreadable.
[[nodiscard]] Result<std::optional<std::string>> find_small_file(const std::filesystem::path& path, std::size_t limit);
// The same; a missing file is an error too.
[[nodiscard]] Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t limit);

// Regular files below `folder`, with '/' between the parts and in no order; links are given as files and not followed. A missing folder is
// an empty one.
[[nodiscard]] Done for_each_file(const std::filesystem::path& folder, const std::function<Done(const std::string& name)>& each);

// New files below a folder that become durable together: written under temporary names, made durable, then named, then the folders that
// hold the names are made durable. Until finish() returns, any of them may or may not be there; each that is there is whole.
class FileBatch {
 public:
  using Folders = std::set<std::filesystem::path>;
  // `temporary` is a folder on the same disk, which is there; folders that names need are made. A folder that is there may have been made
  // by a writer that was killed before it was durable, so its name is made durable too, once: `known` are those where that was done, and
  // is kept from one batch to the next as long as none fails.
  FileBatch(std::filesystem::path root, std::filesystem::path temporary, std::shared_ptr<Folders> known = std::make_shared<Folders>())
      : root_(std::move(root)), temporary_(std::move(temporary)), known_(std::move(known)) {}
  ~FileBatch() = default;
  FileBatch(const FileBatch&) = delete;
  FileBatch& operator=(const FileBatch&) = delete;

  // From here on add() leaves a file as it is that has these bytes already, and counts the others in `written`.
  void only_where_different(std::uint64_t* written) { written_ = written; }

  // `name` is relative to the root. An existing file is replaced.
  [[nodiscard]] Done add(const std::string& name, std::string_view bytes);
  [[nodiscard]] Done finish();

 private:
  static constexpr std::size_t kMostOpen = 64;  // files that wait for their fsync together
  struct Waiting {
    File file;
    std::filesystem::path temporary, path;
  };
  [[nodiscard]] Done make_folders(const std::filesystem::path& folder);
  [[nodiscard]] Done name_waiting();

  std::filesystem::path root_, temporary_;
  std::vector<Waiting> waiting_;
  Folders folders_;  // that must be synced
  std::shared_ptr<Folders> known_;
  std::uint64_t counter_ = 0;
  std::uint64_t* written_ = nullptr;
};

}  // namespace litopys
