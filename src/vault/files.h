// Durable file operations. Each gives a kCasebook error that says what to do; none leaves a half-written file under its final name.
#pragma once

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace litopys {

using Done = tl::expected<void, Error>;

// "my.case: the disk is full; free some space and run the same command again ..." for the errno of a failed call on `path`.
[[nodiscard]] tl::unexpected<Error> casebook_failure(const std::filesystem::path& path, std::string_view doing, int reason);

// A file descriptor that closes itself.
class File {
 public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  File(File&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  File& operator=(File&& other) noexcept;
  ~File();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// Writes all of `bytes` at the end of `file`.
[[nodiscard]] Done write_all(int file, std::string_view bytes, const std::filesystem::path& path);

// A new file with these bytes, durable (fsync); the name becomes durable with sync_folder. An existing file is replaced.
[[nodiscard]] Done write_new_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode);

// Makes the names in a folder durable: after renames and new files.
[[nodiscard]] Done sync_folder(const std::filesystem::path& folder);

// Write beside, fsync, rename, fsync of the folder: either the old or the new content, at any instant.
[[nodiscard]] Done replace_file(const std::filesystem::path& path, std::string_view bytes);

// The whole of a small file.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);

// Creates the folder if there is none (its parents must be there); durable with sync_folder of the parent.
[[nodiscard]] Done make_folder(const std::filesystem::path& path);

}  // namespace litopys
