// Each source is a closure over what it needs; copies of one share their place.
#include "intake/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

namespace litopys {
namespace {

Result<std::size_t> read_descriptor(int descriptor, const std::string& name, char* to, std::size_t most) {
  while (true) {
    const ssize_t got = ::read(descriptor, to, most);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return fail(ErrorKind::kUnreadable, name, {}, std::string("cannot be read: ") + std::strerror(errno));
  }
}

}  // namespace

ByteSource source_of(std::string_view bytes) {
  auto at = std::make_shared<std::size_t>(0);
  return {.read = [bytes, at](char* to, std::size_t most) -> Result<std::size_t> {
            const std::size_t n = std::min(most, bytes.size() - *at);
            if (n != 0) std::memcpy(to, bytes.data() + *at, n);
            *at += n;
            return n;
          },
          .seek =
              [bytes, at](std::uint64_t to) {
                *at = static_cast<std::size_t>(std::min<std::uint64_t>(to, bytes.size()));
                return true;
              },
          .size = bytes.size()};
}

Result<Peeked> peek(ByteSource source, std::size_t most) {
  Peeked out;
  out.head.resize(most);
  std::size_t size = 0;
  std::optional<Error> broken;  // behind what is had
  while (size < most) {
    const Result<std::size_t> got = source.read(out.head.data() + size, most - size);
    if (!got && size == 0) return tl::unexpected<Error>(got.error());
    if (!got) broken = got.error();
    if (!got || *got == 0) break;
    size += *got;
  }
  out.head.resize(size);
  if (source.seek && source.seek(0)) {
    out.source = std::move(source);
    return out;
  }
  auto head = std::make_shared<std::pair<std::string, std::size_t>>(out.head, 0);
  out.source.read = [head, broken = std::move(broken), rest = std::move(source.read)](char* to, std::size_t n) -> Result<std::size_t> {
    auto& [bytes, at] = *head;
    if (at == bytes.size() && broken) return tl::unexpected<Error>(*broken);
    if (at == bytes.size()) return rest(to, n);
    n = std::min(n, bytes.size() - at);
    std::memcpy(to, bytes.data() + at, n);
    at += n;
    return n;
  };
  return out;
}

Result<ByteSource> source_of_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    if (errno == EACCES || errno == EPERM) {
      return fail(ErrorKind::kUnreadable, path, {}, "no permission to read it", "skipped; ask its owner, or run as a user who may read it");
    }
    return fail(ErrorKind::kUnreadable, path, {}, std::string("cannot be opened: ") + std::strerror(errno), "skipped");
  }
  const std::shared_ptr<int> file(new int(descriptor), [](const int* open) {
    ::close(*open);
    delete open;
  });
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(ErrorKind::kUnreadable, path, {}, "is not a file", "skipped");
  }
  return ByteSource{.read = [file, path](char* to, std::size_t most) { return read_descriptor(*file, path, to, most); },
                    .seek = [file](std::uint64_t at) { return lseek(*file, static_cast<off_t>(at), SEEK_SET) >= 0; },
                    .size = static_cast<std::uint64_t>(status.st_size)};
}

ByteSource source_of_input() {
  return {.read = [](char* to, std::size_t most) { return read_descriptor(STDIN_FILENO, "standard input", to, most); }};
}

}  // namespace litopys
