// Input goes through a file in memory, so that programs can seek in it and nothing is left behind. Between fork and exec only calls that
// are safe there; all strings are made before. Sockets are refused by a filter of system calls, which needs no privilege.
#include "page/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>

namespace litopys {
namespace {

constexpr int kInputNumber = 3;  // of the descriptor in the child
constexpr int kNoProgram = 127;

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset(int fd = -1) {
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

std::string path_of(std::string_view program) {
  if (program.find('/') != std::string_view::npos) return std::string(program);
  for (const char* folder : {"/usr/bin/", "/usr/local/bin/", "/bin/"}) {
    std::string path = folder + std::string(program);
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

void limit(int resource, std::uint64_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

// socket() and socketpair() fail with EACCES from here on; all else is allowed.
void refuse_sockets() {
#if defined(__x86_64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
  constexpr std::uint32_t kArchitecture = 0;
#endif
  if (kArchitecture == 0) return;
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socketpair, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
  };
  const sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

[[noreturn]] void become(const char* path, char* const* arguments, char* const* environment, int output, int input,
                         const ChildLimits& limits) {
  const int nothing = open("/dev/null", O_RDWR);
  // The numbers may be in each other's way: both go above them first.
  const int far_output = fcntl(output, F_DUPFD, 10);
  const int far_input = fcntl(input, F_DUPFD, 10);
  if (nothing < 0 || far_output < 0 || far_input < 0 || dup2(nothing, 0) < 0 || dup2(far_output, 1) < 0 || dup2(nothing, 2) < 0 ||
      dup2(far_input, kInputNumber) < 0) {
    _exit(kNoProgram);
  }
  for (int fd = kInputNumber + 1; fd < 256; ++fd) close(fd);
  setpgid(0, 0);
  limit(RLIMIT_CPU, limits.seconds);
  limit(RLIMIT_AS, limits.memory);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, limits.output);
  limit(RLIMIT_NOFILE, 64);
  refuse_sockets();
  execve(path, arguments, environment);
  _exit(kNoProgram);
}

// Reads until the pipe ends, the time is over or it is too much.
ChildOutcome::End drain(int fd, const ChildLimits& limits, std::string& out) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(limits.seconds);
  constexpr std::size_t kPiece = 256U << 10U;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (left <= 0) return ChildOutcome::End::too_slow;
    pollfd one{fd, POLLIN, 0};
    const int ready = poll(&one, 1, static_cast<int>(std::min<long long>(left, 1000)));
    if (ready < 0 && errno != EINTR) return ChildOutcome::End::killed;
    if (ready <= 0) continue;
    const std::size_t size = out.size();
    out.resize(size + kPiece);
    const ssize_t got = read(fd, out.data() + size, kPiece);
    out.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return ChildOutcome::End::exited;
    if (out.size() > limits.output) return ChildOutcome::End::too_much;
  }
}

}  // namespace

ChildOutcome run_child(std::string_view program, const std::vector<std::string>& arguments, std::string_view input,
                       const ChildLimits& limits) {
  ChildOutcome out;
  out.end = ChildOutcome::End::no_program;
  const std::string path = path_of(program);
  if (path.empty()) return out;
  const Descriptor file(memfd_create("litopys-input", MFD_CLOEXEC));
  int ends[2] = {-1, -1};
  if (file.get() < 0 || !write_all(file.get(), input) || lseek(file.get(), 0, SEEK_SET) != 0 || pipe2(ends, O_CLOEXEC) != 0) {
    out.end = ChildOutcome::End::killed;
    return out;
  }
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);

  std::vector<std::string> words{path};
  for (const std::string& argument : arguments)
    words.push_back(argument == kInput ? fmt::format("/proc/self/fd/{}", kInputNumber) : argument);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::string bare[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "HOME=/nonexistent", "TMPDIR=/nonexistent"};
  std::vector<char*> environment;
  for (std::string& one : bare) environment.push_back(one.data());
  environment.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) {
    out.end = ChildOutcome::End::killed;
    return out;
  }
  if (child == 0) become(path.c_str(), argv.data(), environment.data(), to.get(), file.get(), limits);
  to.reset();
  out.end = drain(from.get(), limits, out.output);
  if (out.end != ChildOutcome::End::exited) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (out.end != ChildOutcome::End::exited) return out;
  if (WIFEXITED(status)) {
    out.status = WEXITSTATUS(status);
    if (out.status == kNoProgram) out.end = ChildOutcome::End::no_program;
  } else {
    out.end = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU ? ChildOutcome::End::too_slow : ChildOutcome::End::killed;
  }
  return out;
}

std::string trouble_of(const ChildOutcome& outcome, std::string_view program, const ChildLimits& limits) {
  switch (outcome.end) {
    case ChildOutcome::End::exited:
      return outcome.status == 0 ? std::string() : fmt::format("{} gave up on it (status {})", program, outcome.status);
    case ChildOutcome::End::no_program: return fmt::format("{} is not installed", program);
    case ChildOutcome::End::killed: return fmt::format("{} died of it, or of the {} MB that it may take", program, limits.memory >> 20U);
    case ChildOutcome::End::too_slow: return fmt::format("{} took longer than {} s", program, limits.seconds);
    case ChildOutcome::End::too_much: return fmt::format("{} made more than {} MB of it", program, limits.output >> 20U);
  }
  return {};
}

}  // namespace litopys
