// A definition in the program comes before that of any library it is linked with, so SQLite and the C++ library call these too. Nothing
// here may call what it stands for: the kernel is asked directly.
#include "store/faults.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include "store/kernel.h"

namespace litopys::testing {
namespace {

std::atomic<bool> armed = false;
std::atomic<std::uint64_t> calls = 0;
std::uint64_t nth_call = 0;
Fault fault_then = Fault::none;
long pretended_file_system = 0;

Fault next_fault() {
  if (!armed) return Fault::none;
  return ++calls == nth_call ? fault_then : Fault::none;
}

[[noreturn]] void die() {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

// `call` with the fault that is due. `still`: it is done although it "fails" (close).
template <class Call>
long faulty(Call call, bool still = false) {
  const Fault fault = fault_then == Fault::unreadable ? Fault::none : next_fault();
  if (fault == Fault::kill_before) die();
  const int reason = fault == Fault::no_space ? ENOSPC : fault == Fault::io_error ? EIO : fault == Fault::interrupted ? EINTR : 0;
  if (reason != 0) {
    if (still) call();
    errno = reason;
    return -1;
  }
  const long out = call();
  if (fault == Fault::kill_after) die();
  return out;
}

bool evidence_fails() { return fault_then == Fault::unreadable && next_fault() == Fault::unreadable; }

// Of `size` bytes, how many a write that is due to be short takes: the fault is used up here.
template <class Call>
long faulty_write(Call call, std::size_t size) {
  if (armed && fault_then == Fault::short_write) return call(next_fault() == Fault::short_write && size > 1 ? size / 2 : size);
  return faulty([&] { return call(size); });
}

}  // namespace

const char* name_of(Fault fault) {
  switch (fault) {
    case Fault::none: return "none";
    case Fault::kill_before: return "killed before it";
    case Fault::kill_after: return "killed after it";
    case Fault::no_space: return "disk full";
    case Fault::io_error: return "disk error";
    case Fault::interrupted: return "interrupted";
    case Fault::short_write: return "written by half";
    case Fault::unreadable: return "evidence unreadable";
  }
  return "";
}

void arm(Fault fault, std::uint64_t nth) {
  fault_then = fault;
  nth_call = nth;
  calls = 0;
  armed = true;
}

std::uint64_t disarm() {
  armed = false;
  return calls;
}

void pretend_file_system(long type) { pretended_file_system = type; }

}  // namespace litopys::testing

using litopys::testing::faulty;
using litopys::testing::faulty_write;
namespace kernel = litopys::testing::kernel;

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  return faulty_write([&](size_t n) { return kernel::write(file, bytes, n); }, size);
}
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  return faulty_write([&](size_t n) { return kernel::pwrite(file, bytes, n, at); }, size);
}
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) { return pwrite(file, bytes, size, at); }
ssize_t read(int file, void* bytes, size_t size) {
  return faulty([&] { return syscall(SYS_read, file, bytes, size); });
}
// What reads evidence; SQLite calls pread64.
ssize_t pread(int file, void* bytes, size_t size, off_t at) {
  if (litopys::testing::evidence_fails()) {
    errno = EIO;
    return -1;
  }
  return pread64(file, bytes, size, at);
}
ssize_t pread64(int file, void* bytes, size_t size, off64_t at) {
  return faulty([&] { return syscall(SYS_pread64, file, bytes, size, at); });
}
int fsync(int file) {
  return static_cast<int>(faulty([&] { return kernel::fsync(file); }));
}
int fdatasync(int file) {
  return static_cast<int>(faulty([&] { return kernel::fdatasync(file); }));
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return static_cast<int>(faulty([&] { return kernel::openat(AT_FDCWD, path, flags, mode); }));
}
int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open(path, flags, mode);
}
int close(int file) {
  return static_cast<int>(faulty([&] { return syscall(SYS_close, file); }, true));
}
int rename(const char* from, const char* to) noexcept {
  return static_cast<int>(faulty([&] { return kernel::rename(from, to); }));
}
int unlink(const char* path) noexcept {
  return static_cast<int>(faulty([&] { return kernel::unlinkat(AT_FDCWD, path, 0); }));
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  return static_cast<int>(faulty([&] { return kernel::unlinkat(folder, path, flags); }));
}
int rmdir(const char* path) noexcept {
  return static_cast<int>(faulty([&] { return kernel::unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }));
}
// What std::filesystem calls.
int remove(const char* path) noexcept {
  return static_cast<int>(faulty([&] {
    const long out = kernel::unlinkat(AT_FDCWD, path, 0);
    return out != 0 && errno == EISDIR ? kernel::unlinkat(AT_FDCWD, path, AT_REMOVEDIR) : out;
  }));
}
int mkdir(const char* path, mode_t mode) noexcept {
  return static_cast<int>(faulty([&] { return kernel::mkdir(path, mode); }));
}
int ftruncate(int file, off_t size) noexcept {
  return static_cast<int>(faulty([&] { return kernel::ftruncate(file, size); }));
}
int statfs(const char* path, struct statfs* status) noexcept {
  const long out = syscall(SYS_statfs, path, status);
  if (out == 0 && litopys::testing::pretended_file_system != 0) status->f_type = litopys::testing::pretended_file_system;
  return static_cast<int>(out);
}
int ftruncate64(int file, off64_t size) noexcept { return ftruncate(file, size); }
int flock(int file, int how) noexcept {
  return static_cast<int>(faulty([&] { return syscall(SYS_flock, file, how); }));
}

}  // extern "C"
