// The order is always: bytes durable, name in place, folder durable. Each fsync is checked: the kernel reports a failed write-back once, at
// the first fsync after it, and a caller that ignores that one believes in bytes that are gone.
#include "vault/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace litopys {

tl::unexpected<Error> casebook_failure(const std::filesystem::path& path, std::string_view doing, int reason) {
  std::string problem(doing);
  problem.append(": ");
  std::string next;
  switch (reason) {
    case ENOSPC:
    case EDQUOT:
      problem += reason == ENOSPC ? "the disk is full" : "the disk quota is used up";
      next = "free some space and run the same command again; what was acknowledged before is kept";
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      problem += reason == EROFS ? "the casebook lies on a read-only disk" : "no permission to write there";
      next = "copy the casebook to a place where you may write, or name another";
      break;
    case EIO:
      problem += "the disk reports an error";
      next = "copy the casebook to another disk; what was acknowledged before is kept";
      break;
    default: problem += std::strerror(reason); next = "nothing that was kept before is harmed";
  }
  return fail(ErrorKind::kCasebook, path.string(), {}, std::move(problem), std::move(next));
}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) close(fd_);
    fd_ = other.fd_;
    other.fd_ = -1;
  }
  return *this;
}

File::~File() {
  if (fd_ >= 0) close(fd_);
}

Done write_all(int file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t wrote = write(file, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return casebook_failure(path, "cannot be written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

Done write_new_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!file) return casebook_failure(path, "cannot be created", errno);
  Done wrote = write_all(file.get(), bytes, path);
  if (wrote && fsync(file.get()) != 0) wrote = casebook_failure(path, "cannot be made durable", errno);
  if (!wrote) unlink(path.c_str());
  return wrote;
}

Done sync_folder(const std::filesystem::path& folder) {
  const File file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file || fsync(file.get()) != 0) return casebook_failure(folder, "the folder cannot be made durable", errno);
  return {};
}

Done replace_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path beside = path;
  beside += ".new";
  if (Done wrote = write_new_file(beside, bytes, 0644); !wrote) return wrote;
  if (rename(beside.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    unlink(beside.c_str());
    return casebook_failure(path, "cannot be put in place", reason);
  }
  return sync_folder(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."));
}

Result<std::string> read_file(const std::filesystem::path& path) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    return fail(ErrorKind::kCasebook, path.string(), {}, std::string("cannot be opened: ") + std::strerror(errno),
                "restore it from a copy");
  }
  std::string out;
  struct stat status {};
  if (fstat(file.get(), &status) == 0) out.reserve(static_cast<std::size_t>(status.st_size) + 1);
  std::array<char, 65536> chunk{};
  while (true) {
    const ssize_t got = read(file.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail(ErrorKind::kCasebook, path.string(), "byte " + std::to_string(out.size()),
                  std::string("cannot be read: ") + std::strerror(errno), "restore it from a copy");
    }
    if (got == 0) return out;
    out.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

Done make_folder(const std::filesystem::path& path) {
  if (mkdir(path.c_str(), 0755) == 0) return {};
  const int reason = errno;
  struct stat status {};
  if (reason == EEXIST && stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
  return casebook_failure(path, "the folder cannot be created", reason);
}

}  // namespace litopys
