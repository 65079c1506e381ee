// Each event is one write to a file that is opened for appending, so that a process that is killed leaves whole events, and children go on
// where their parent was. Files are known by their inode numbers, names by those of their folders.
#include "store/kernel.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include "store/power.h"

namespace litopys::testing {
namespace {

std::atomic<int> recording_to = -1;
std::atomic<bool> real_syncs = true;
std::mutex one_at_a_time;  // a call and its event belong together

struct Header {
  std::uint64_t node, folder, to_folder, offset;
  std::uint32_t name, to_name, bytes;  // lengths of what follows
  DiskEvent::Kind kind;
};

void put(const DiskEvent& event) {
  const Header header{event.node,
                      event.folder,
                      event.to_folder,
                      event.offset,
                      static_cast<std::uint32_t>(event.name.size()),
                      static_cast<std::uint32_t>(event.to_name.size()),
                      static_cast<std::uint32_t>(event.bytes.size()),
                      event.kind};
  std::string all(sizeof header, '\0');
  std::memcpy(all.data(), &header, sizeof header);
  all += event.name + event.to_name + event.bytes;
  const int before = errno;
  if (syscall(SYS_write, recording_to.load(), all.data(), all.size()) != static_cast<long>(all.size())) {
    static constexpr char kSorry[] = "the recording cannot be written\n";
    syscall(SYS_write, 2, kSorry, sizeof kSorry - 1);
    _exit(99);
  }
  errno = before;
}

std::uint64_t node_of(int file) {
  struct stat status {};
  return syscall(SYS_fstat, file, &status) == 0 ? status.st_ino : 0;
}

bool looked_up(int folder, const std::string& path, struct stat& status) {
  const int before = errno;
  const bool found = syscall(SYS_newfstatat, folder, path.empty() ? "." : path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
  errno = before;
  return found;
}

// A path as the number of its folder and its last name.
struct Name {
  std::uint64_t folder = 0;
  std::string name;
};
Name name_of_path(int folder, std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  const std::size_t slash = path.rfind('/');
  struct stat status {};
  const std::string above = slash == std::string::npos ? std::string() : slash == 0 ? std::string("/") : path.substr(0, slash);
  if (!looked_up(folder, above, status)) return {};
  return {status.st_ino, slash == std::string::npos ? path : path.substr(slash + 1)};
}

// The call; `event` is asked for what there is to say once it has succeeded.
template <class Call, class Tell>
long told(Call call, Tell tell) {
  if (recording_to < 0) return call();
  const std::lock_guard lock(one_at_a_time);
  const long out = call();
  if (out >= 0) tell(out);
  return out;
}

void tell_written(int file, const void* bytes, std::size_t size, std::uint64_t at) {
  DiskEvent event;
  event.kind = DiskEvent::Kind::written;
  event.node = node_of(file);
  event.offset = at;
  event.bytes.assign(static_cast<const char*>(bytes), size);
  put(event);
}

long sync(long which, int file) {
  return told([&] { return real_syncs ? syscall(which, file) : 0; },
              [&](long) {
                DiskEvent event;
                event.kind = DiskEvent::Kind::synced;
                event.node = node_of(file);
                put(event);
              });
}

}  // namespace

Recording::Recording(const std::filesystem::path& stream) {
  const long file = syscall(SYS_openat, AT_FDCWD, stream.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file < 0) throw std::runtime_error("no recording can be made at " + stream.string());
  recording_to = static_cast<int>(file);
}

Recording::~Recording() { syscall(SYS_close, recording_to.exchange(-1)); }

void say_in_recording(std::string_view what) {
  if (recording_to < 0) return;
  const std::lock_guard lock(one_at_a_time);
  DiskEvent event;
  event.name = what;
  put(event);
}

std::vector<DiskEvent> recorded(const std::filesystem::path& stream) {
  std::ifstream file(stream, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  std::vector<DiskEvent> out;
  for (std::size_t at = 0; at + sizeof(Header) <= all.size();) {
    Header header{};
    std::memcpy(&header, all.data() + at, sizeof header);
    at += sizeof header;
    DiskEvent& event = out.emplace_back();
    event.kind = header.kind;
    event.node = header.node;
    event.folder = header.folder;
    event.to_folder = header.to_folder;
    event.offset = header.offset;
    for (const auto& [text, size] : {std::pair{&event.name, header.name}, {&event.to_name, header.to_name}, {&event.bytes, header.bytes}}) {
      *text = all.substr(at, size);
      at += size;
    }
  }
  return out;
}

void syncs_are_real(bool real) { real_syncs = real; }

namespace kernel {

long write(int file, const void* bytes, std::size_t size) {
  return told([&] { return syscall(SYS_write, file, bytes, size); },
              [&](long wrote) {
                const long end = syscall(SYS_lseek, file, 0, SEEK_CUR);  // right for appending too; a pipe has none
                if (end >= wrote) tell_written(file, bytes, static_cast<std::size_t>(wrote), static_cast<std::uint64_t>(end - wrote));
              });
}

long pwrite(int file, const void* bytes, std::size_t size, off_t at) {
  return told([&] { return syscall(SYS_pwrite64, file, bytes, size, at); },
              [&](long wrote) { tell_written(file, bytes, static_cast<std::size_t>(wrote), static_cast<std::uint64_t>(at)); });
}

long fsync(int file) { return sync(SYS_fsync, file); }
long fdatasync(int file) { return sync(SYS_fdatasync, file); }

long openat(int folder, const char* path, int flags, mode_t mode) {
  struct stat before {};
  bool was_there = false;
  return told(
      [&] {
        was_there = (flags & (O_CREAT | O_TRUNC)) == 0 || looked_up(folder, path, before);
        return syscall(SYS_openat, folder, path, flags, mode);
      },
      [&](long file) {
        struct stat status {};
        if ((flags & (O_CREAT | O_TRUNC)) == 0 || (was_there && ((flags & O_TRUNC) == 0 || before.st_size == 0))) return;
        if (syscall(SYS_fstat, static_cast<int>(file), &status) != 0) return;
        DiskEvent event;
        event.kind = was_there ? DiskEvent::Kind::cut : DiskEvent::Kind::made;
        event.node = status.st_ino;
        if (!was_there) {
          Name name = name_of_path(folder, path);
          event.folder = name.folder;
          event.name = std::move(name.name);
          event.offset = status.st_mode & 0777U;
        }
        put(event);
      });
}

long rename(const char* from, const char* to) {
  return told([&] { return syscall(SYS_rename, from, to); },
              [&](long) {
                Name old = name_of_path(AT_FDCWD, from);
                Name now = name_of_path(AT_FDCWD, to);
                DiskEvent event;
                event.kind = DiskEvent::Kind::renamed;
                event.folder = old.folder;
                event.name = std::move(old.name);
                event.to_folder = now.folder;
                event.to_name = std::move(now.name);
                put(event);
              });
}

long unlinkat(int folder, const char* path, int flags) {
  return told([&] { return syscall(SYS_unlinkat, folder, path, flags); },
              [&](long) {
                Name name = name_of_path(folder, path);
                DiskEvent event;
                event.kind = DiskEvent::Kind::removed;
                event.folder = name.folder;
                event.name = std::move(name.name);
                put(event);
              });
}

long mkdir(const char* path, mode_t mode) {
  return told([&] { return syscall(SYS_mkdir, path, mode); },
              [&](long) {
                Name name = name_of_path(AT_FDCWD, path);
                struct stat status {};
                if (!looked_up(AT_FDCWD, path, status)) return;
                DiskEvent event;
                event.kind = DiskEvent::Kind::folder;
                event.node = status.st_ino;
                event.folder = name.folder;
                event.name = std::move(name.name);
                put(event);
              });
}

long ftruncate(int file, off_t size) {
  return told([&] { return syscall(SYS_ftruncate, file, size); },
              [&](long) {
                DiskEvent event;
                event.kind = DiskEvent::Kind::cut;
                event.node = node_of(file);
                event.offset = static_cast<std::uint64_t>(size);
                put(event);
              });
}

}  // namespace kernel
}  // namespace litopys::testing
