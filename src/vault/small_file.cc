// Writing many files durably: all are written and their write-back is started before the first fsync, so that a journalling file system
// commits once for the lot. What is left to each fsync is a flush of the disk's own cache; they are called side by side, because the kernel
// makes one flush of those that wait together.
#include "vault/small_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <memory>
#include <system_error>
#include <thread>

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepestFolder = 16;  // of names below a folder; tiles have at most 8

Done walk(const fs::path& folder, const std::string& prefix, int depth, const std::function<Done(const std::string&)>& each) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()), closedir);
  if (!open) {
    if (errno == ENOENT) return {};
    return casebook_failure(folder, "cannot be listed", errno);
  }
  while (const dirent* entry = readdir(open.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    struct stat status {};
    if (lstat((folder / name).c_str(), &status) != 0) {
      if (errno == ENOENT) continue;  // a writer was faster
      return casebook_failure(folder / name, "cannot be read", errno);
    }
    Done done;
    if (S_ISDIR(status.st_mode)) {
      if (depth == kDeepestFolder) return fail(ErrorKind::kCasebook, (folder / name).string(), {}, "folders are nested too deeply");
      done = walk(folder / name, prefix + name + "/", depth + 1, each);
    } else {
      done = each(prefix + name);
    }
    if (!done) return done;
  }
  return {};
}

constexpr std::size_t kSideBySide = 16;  // fsyncs that wait together

struct SyncFailure {
  std::size_t which = 0;
  int reason = 0;
};

// fsync of each; which one failed first, if any did.
std::optional<SyncFailure> sync_together(const std::vector<int>& files) {
  std::atomic<std::size_t> next = 0;
  std::vector<int> reasons(files.size(), 0);
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) {
      if (fsync(files[i]) != 0) reasons[i] = errno;
    }
  };
  {
    std::vector<std::jthread> helpers;
    try {
      while (helpers.size() + 1 < std::min(files.size(), kSideBySide)) helpers.emplace_back(work);
    } catch (const std::system_error&) {  // no more threads to be had: those that are here do it all
    }
    work();
  }
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (reasons[i] != 0) return SyncFailure{i, reasons[i]};
  }
  return std::nullopt;
}

}  // namespace

Result<std::optional<std::string>> find_small_file(const fs::path& path, std::size_t limit) {
  // O_NONBLOCK: opening a pipe would wait for a writer.
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    if (errno == ELOOP) return fail(ErrorKind::kCasebook, path.string(), {}, "is a link, not a file", "restore it from a copy");
    return fail(ErrorKind::kCasebook, path.string(), {}, std::string("cannot be opened: ") + std::strerror(errno),
                "restore it from a copy");
  }
  struct stat status {};
  if (fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(ErrorKind::kCasebook, path.string(), {}, "is no regular file", "restore it from a copy");
  }
  if (static_cast<std::uint64_t>(status.st_size) > limit) {
    return fail(ErrorKind::kCasebook, path.string(), {},
                "has " + std::to_string(status.st_size) + " bytes, at most " + std::to_string(limit) + " can be right",
                "restore it from a copy");
  }
  std::string out(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t at = 0;
  while (at < out.size()) {
    const ssize_t got = read(file.get(), out.data() + at, out.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail(ErrorKind::kCasebook, path.string(), "byte " + std::to_string(at), std::string("cannot be read: ") + std::strerror(errno),
                  "restore it from a copy");
    }
    if (got == 0) break;  // cut while it was read
    at += static_cast<std::size_t>(got);
  }
  out.resize(at);
  return out;
}

Result<std::string> read_small_file(const fs::path& path, std::size_t limit) {
  Result<std::optional<std::string>> found = find_small_file(path, limit);
  if (!found) return tl::unexpected<Error>(found.error());
  if (!*found) return fail(ErrorKind::kCasebook, path.string(), {}, "is missing", "restore it from a copy");
  return **std::move(found);
}

Done for_each_file(const fs::path& folder, const std::function<Done(const std::string&)>& each) { return walk(folder, {}, 0, each); }

Done FileBatch::make_folders(const fs::path& folder) {
  if (folder == root_ || known_->contains(folder)) return {};
  if (Done done = make_folders(folder.parent_path()); !done) return done;
  if (Done made = make_folder(folder); !made) return made;
  folders_.insert(folder.parent_path());
  known_->insert(folder);
  return {};
}

Done FileBatch::add(const std::string& name, std::string_view bytes) {
  Waiting next;
  next.path = root_ / name;
  if (written_ != nullptr) {
    const Result<std::optional<std::string>> old = find_small_file(next.path, bytes.size());
    if (old && *old && **old == bytes) return {};
    ++*written_;
  }
  next.temporary = temporary_ / std::to_string(counter_++);
  if (Done made = make_folders(next.path.parent_path()); !made) return made;
  next.file = File(open(next.temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (!next.file) return casebook_failure(next.temporary, "cannot be created", errno);
  if (Done wrote = write_all(next.file.get(), bytes, next.temporary); !wrote) return wrote;
#ifdef __linux__
  // Only a hint; the fsync that follows is what counts.
  [[maybe_unused]] const int hint = sync_file_range(next.file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
  waiting_.push_back(std::move(next));
  return waiting_.size() < kMostOpen ? Done{} : name_waiting();
}

Done FileBatch::name_waiting() {
  std::vector<int> files;
  for (const Waiting& each : waiting_) files.push_back(each.file.get());
  if (const std::optional<SyncFailure> failed = sync_together(files)) {
    return casebook_failure(waiting_[failed->which].temporary, "cannot be made durable", failed->reason);
  }
  for (const Waiting& each : waiting_) {
    if (rename(each.temporary.c_str(), each.path.c_str()) != 0) return casebook_failure(each.path, "cannot be put in place", errno);
    folders_.insert(each.path.parent_path());
  }
  waiting_.clear();
  return {};
}

Done FileBatch::finish() {
  if (Done named = name_waiting(); !named) return named;
  std::vector<File> open_folders;
  std::vector<int> files;
  for (const fs::path& folder : folders_) {
    open_folders.emplace_back(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!open_folders.back()) return casebook_failure(folder, "the folder cannot be made durable", errno);
    files.push_back(open_folders.back().get());
  }
  if (const std::optional<SyncFailure> failed = sync_together(files)) {
    return casebook_failure(*std::next(folders_.begin(), static_cast<std::ptrdiff_t>(failed->which)), "the folder cannot be made durable",
                            failed->reason);
  }
  folders_.clear();
  return {};
}

}  // namespace litopys
