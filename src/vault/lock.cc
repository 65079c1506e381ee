// flock and not a file that says "locked": the kernel lets go of it when a writer dies, so there is nothing to clean up and nothing to
// guess. Waiting asks again and again: a call of flock that waits cannot be given up after a time but by a signal.
#include "vault/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <thread>
#include <utility>

namespace litopys {
namespace {

constexpr std::chrono::milliseconds kAskAgain{50};

}  // namespace

std::string writer_of(int file_descriptor) {
  std::array<char, 20> text{};
  const ssize_t got = pread(file_descriptor, text.data(), text.size(), 0);
  long pid = 0;
  if (got > 0) std::from_chars(text.data(), text.data() + got, pid);
  return pid > 0 ? "process " + std::to_string(pid) : std::string("another process");
}

Result<WriterLock> WriterLock::take(const std::filesystem::path& path, const WriterPatience& patience) {
  WriterLock out;
  out.file_ = File(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!out.file_) return casebook_failure(path, "cannot be opened for writing", errno);
  const auto end = std::chrono::steady_clock::now() + patience.most;
  bool told = false;
  while (flock(out.file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) return casebook_failure(path, "cannot be locked", errno);
    if (std::chrono::steady_clock::now() >= end) {
      return fail(ErrorKind::kCasebook, path.parent_path().string(), {}, writer_of(out.file_.get()) + " is writing to this casebook",
                  "wait until it has ended");
    }
    if (!std::exchange(told, true) && patience.told) {
      patience.told(writer_of(out.file_.get()));
    } else {
      std::this_thread::sleep_for(kAskAgain);
    }
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  // The number is a courtesy; a full disk must not keep anybody from opening.
  if (ftruncate(out.file_.get(), 0) == 0) [[maybe_unused]]
    const ssize_t wrote = pwrite(out.file_.get(), pid.data(), pid.size(), 0);
  return out;
}

}  // namespace litopys
