// A file is read up to the size that it had when it was opened, and no further: a file that somebody appends to would else never end. One
// more byte tells whether it grew; a second look at size and time tells whether it was rewritten. O_NONBLOCK because a name can become a
// pipe between the walk and now, and opening a pipe waits for its writer.
#include "intake/open.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace litopys {
namespace {

constexpr std::size_t kChunk = 1U << 20U;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> too_large(const Entry& entry, std::uint64_t size, std::uint64_t largest) {
  return fail(ErrorKind::kLimit, entry.path, {},
              "has " + std::string(size > largest ? "" : "more than ") + std::to_string(std::max(size, largest) >> 20U) +
                  " MB; a document may have " + std::to_string(largest >> 20U) + " MB",
              "not read; split it into its documents");
}

tl::unexpected<Error> read_error(const Entry& entry, std::size_t at) {
  return fail(ErrorKind::kUnreadable, entry.path, "byte " + std::to_string(at), std::string("cannot be read: ") + std::strerror(errno),
              "skipped");
}

// Reads up to `most` bytes more; false on an error (errno). `ended`: the end of the file was met.
bool read_some(int fd, std::string& bytes, std::uint64_t most, bool& ended) {
  while (most > 0) {
    const std::size_t old = bytes.size();
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(most, kChunk));
    bytes.resize(old + want);
    const ssize_t got = read(fd, bytes.data() + old, want);
    bytes.resize(old + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) {
      ended = true;
      return true;
    }
    most -= static_cast<std::uint64_t>(got);
  }
  return true;
}

bool same_moment(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

Result<OpenedItem> read_stream(int file_descriptor, const Entry& entry, std::uint64_t largest) {
  OpenedItem out{{entry.id, entry.path, {}}, {}, false};
  bool ended = false;
  if (!read_some(file_descriptor, out.item.bytes, largest + 1, ended)) return read_error(entry, out.item.bytes.size());
  if (out.item.bytes.size() > largest) return too_large(entry, 0, largest);
  return out;
}

Result<OpenedItem> open_item(const Entry& entry, std::uint64_t largest) {
  if (entry.standard_input) return read_stream(STDIN_FILENO, entry, largest);
  const Descriptor file(open(entry.path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) {
    if (errno == EACCES || errno == EPERM) {
      return fail(ErrorKind::kUnreadable, entry.path, {}, "no permission to read it",
                  "skipped; ask its owner, or run as a user who may read it");
    }
    return fail(ErrorKind::kUnreadable, entry.path, {}, std::string("cannot be opened: ") + std::strerror(errno), "skipped");
  }
  struct stat before {};
  if (fstat(file.get(), &before) != 0) return read_error(entry, 0);
  if (!S_ISREG(before.st_mode)) return fail(ErrorKind::kUnreadable, entry.path, {}, "is not a file any more", "skipped");
  const auto size = static_cast<std::uint64_t>(before.st_size);
  if (size > largest) return too_large(entry, size, largest);

  OpenedItem out{{entry.id, entry.path, {}}, {}, false};
  bool ended = false;
  // Files of /proc say that they are empty; these are read like a stream.
  out.item.bytes.reserve(size);
  if (!read_some(file.get(), out.item.bytes, size == 0 ? largest + 1 : size, ended)) return read_error(entry, out.item.bytes.size());
  if (out.item.bytes.size() > largest) return too_large(entry, 0, largest);
  struct stat after {};
  if (fstat(file.get(), &after) != 0) return read_error(entry, out.item.bytes.size());
  if (!same_moment(before, after) || (size != 0 && out.item.bytes.size() != size)) {
    out.changed = true;
    out.notes.push_back("changed while it was read: " + std::to_string(size) + " bytes before, " + std::to_string(after.st_size) +
                        " after; " + std::to_string(out.item.bytes.size()) + " were taken");
  }
  return out;
}

}  // namespace litopys
