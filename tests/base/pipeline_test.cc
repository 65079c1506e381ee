#include "base/pipeline.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <atomic>
#include <barrier>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

namespace litopys {
namespace {

// A source of 0, 1, ... n-1.
auto numbers(int n) {
  return [next = 0, n]() mutable -> std::optional<int> { return next < n ? std::optional(next++) : std::nullopt; };
}
constexpr auto kNoWeight = [](int) -> std::size_t { return 0; };

TEST(Pipeline, GivesResultsInInputOrderWhateverTheWorkersDo) {
  std::vector<int> got;
  // The first piece ends last: it waits for all the others.
  std::atomic<int> others{0};
  const bool ended = ordered_parallel_map(
      {.workers = 3, .pieces = 16}, numbers(9), kNoWeight,
      [&](int n) {
        if (n == 0) {
          while (others.load() < 8) std::this_thread::yield();
        } else {
          ++others;
        }
        return n * n;
      },
      [&](int n) {
        got.push_back(n);
        return true;
      });
  EXPECT_TRUE(ended);
  EXPECT_EQ(got, (std::vector<int>{0, 1, 4, 9, 16, 25, 36, 49, 64}));
}

TEST(Pipeline, WorksOnSeveralPiecesAtOnce) {
  std::barrier together(2);  // is passed only by two at a time
  int count = 0;
  ordered_parallel_map(
      {.workers = 2}, numbers(2), kNoWeight,
      [&](int n) {
        together.arrive_and_wait();
        return n;
      },
      [&](int) {
        ++count;
        return true;
      });
  EXPECT_EQ(count, 2);
}

TEST(Pipeline, NeverHoldsMoreThanItsWeightOrItsPieces) {
  struct Case {
    std::size_t weight, pieces, each, most;
  };
  for (const auto& [weight, pieces, each, most] : {Case{100, 50, 30, 3}, Case{1000, 4, 1, 4}, Case{10, 8, 25, 1}, Case{90, 50, 30, 3}}) {
    std::size_t in_flight = 0;  // taken from the source, not yet sunk; both on this thread
    std::size_t highest = 0;
    int next = 0;
    ordered_parallel_map(
        {.workers = 2, .weight = weight, .pieces = pieces},
        [&]() -> std::optional<int> {
          if (next == 40) return std::nullopt;
          return next++;
        },
        [&](int) { return each; }, [](int n) { return n; },
        [&](int n) {
          // Of what was pulled, one may still wait outside for room.
          in_flight = static_cast<std::size_t>(next - n);
          highest = std::max(highest, in_flight);
          return true;
        });
    EXPECT_LE(highest, most + 1) << "weight " << weight << ", pieces " << pieces << ", each " << each;
  }
}

TEST(Pipeline, StopsWhenTheSinkHasEnough) {
  std::vector<int> got;
  std::atomic<int> worked{0};
  const bool ended = ordered_parallel_map(
      {.workers = 2, .pieces = 4}, numbers(1'000'000), kNoWeight,
      [&](int n) {
        ++worked;
        return n;
      },
      [&](int n) {
        got.push_back(n);
        return n < 2;
      });
  EXPECT_FALSE(ended);
  EXPECT_EQ(got, (std::vector<int>{0, 1, 2}));
  EXPECT_LE(worked.load(), 3 + 4);
}

TEST(Pipeline, RethrowsInItsTurnAfterTheResultsBeforeIt) {
  std::vector<int> got;
  EXPECT_THROW(ordered_parallel_map(
                   {.workers = 2}, numbers(10), kNoWeight,
                   [](int n) {
                     if (n == 4) throw std::runtime_error("four");
                     return n;
                   },
                   [&](int n) {
                     got.push_back(n);
                     return true;
                   }),
               std::runtime_error);
  EXPECT_EQ(got, (std::vector<int>{0, 1, 2, 3}));
}

// The answer of `promise` in a process to which the system gives so many threads besides its own; nullopt where there is no such process.
// Root is above the limit of processes: the child becomes a user who has no other process, of its own number, since such tests run side by
// side.
template <class Promise>
std::optional<bool> in_child(unsigned most, Promise promise) {
  constexpr uid_t kNobodyElse = 2'000'000;
  constexpr int kNoLimit = 77;
  const pid_t child = fork();
  if (child == 0) {
    const rlimit limit{1 + most, 1 + most};
    if (setrlimit(RLIMIT_NPROC, &limit) != 0) _exit(kNoLimit);
    const uid_t own = kNobodyElse + static_cast<uid_t>(getpid());
    if (getuid() == 0 && setresuid(own, own, own) != 0) _exit(kNoLimit);
    _exit(promise() ? 0 : 1);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return std::nullopt;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNoLimit) return std::nullopt;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The same, once it was seen in a process of its own that the limit holds (a thread that has been joined may count for a moment longer).
template <class Promise>
std::optional<bool> with_threads_at_most(unsigned most, Promise promise) {
  if (most > 0 && getuid() != 0) return std::nullopt;
  const std::optional<bool> holds = in_child(most, [&] {
    std::vector<std::jthread> all;
    std::barrier together(static_cast<std::ptrdiff_t>(most) + 1);
    bool refused = false;
    try {
      for (unsigned i = 0; i <= most; ++i) all.emplace_back([&] { together.arrive_and_wait(); });
    } catch (const std::system_error&) {
      refused = all.size() == most;
    }
    if (!refused) _exit(1);
    together.arrive_and_wait();
    return true;
  });
  return holds == true ? in_child(most, promise) : std::nullopt;
}

bool squares_of_a_hundred(unsigned workers) {
  std::vector<int> got;
  const bool ended = ordered_parallel_map(
      {.workers = workers, .pieces = 7}, numbers(100), kNoWeight, [](int n) { return n * n; },
      [&](int n) {
        got.push_back(n);
        return true;
      });
  for (int n = 0; n < 100; ++n) {
    if (got.size() != 100 || got[static_cast<std::size_t>(n)] != n * n) return false;
  }
  return ended;
}

TEST(Pipeline, GoesOnWithTheThreadsThatTheSystemGives) {
  const std::optional<bool> held = with_threads_at_most(2, [] { return WorkerPool(8).threads() == 2 && squares_of_a_hundred(8); });
  if (!held) GTEST_SKIP() << "not run: needs root, or no limit of threads can be set here";
  EXPECT_TRUE(*held);
}

TEST(Pipeline, WorksOnTheCallersThreadWhereTheSystemGivesNone) {
  const std::optional<bool> held = with_threads_at_most(0, [] { return WorkerPool(8).threads() == 0 && squares_of_a_hundred(8); });
  if (!held) GTEST_SKIP() << "not run: no limit of threads can be set here";
  EXPECT_TRUE(*held);
}

TEST(Pipeline, RethrowsInItsTurnOnTheCallersThreadToo) {
  const std::optional<bool> held = with_threads_at_most(0, [] {
    int sunk = 0;
    try {
      ordered_parallel_map(
          {.workers = 2}, numbers(10), kNoWeight,
          [](int n) {
            if (n == 4) throw std::runtime_error("four");
            return n;
          },
          [&](int) {
            ++sunk;
            return true;
          });
    } catch (const std::runtime_error&) {
      return sunk == 4;
    }
    return false;
  });
  if (!held) GTEST_SKIP() << "not run: no limit of threads can be set here";
  EXPECT_TRUE(*held);
}

TEST(Pipeline, TakesAnEmptyInput) {
  bool sunk = false;
  EXPECT_TRUE(ordered_parallel_map(
      {.workers = 2}, numbers(0), kNoWeight, [](int n) { return n; },
      [&](int) {
        sunk = true;
        return true;
      }));
  EXPECT_FALSE(sunk);
}

RC_GTEST_PROP(Pipeline, IsTheSerialMap, (std::vector<std::string> input)) {
  const auto workers = *rc::gen::inRange(1U, 5U);
  const auto weight = *rc::gen::inRange<std::size_t>(0, 40);
  std::vector<std::string> got;
  std::size_t next = 0;
  ordered_parallel_map(
      {.workers = workers, .weight = weight, .pieces = 5},
      [&]() -> std::optional<std::string> { return next < input.size() ? std::optional(input[next++]) : std::nullopt; },
      [](const std::string& text) { return text.size(); }, [](std::string text) { return std::string(text.rbegin(), text.rend()); },
      [&](std::string text) {
        got.push_back(std::move(text));
        return true;
      });
  std::vector<std::string> wanted;
  for (const std::string& text : input) wanted.emplace_back(text.rbegin(), text.rend());
  RC_ASSERT(got == wanted);
}

}  // namespace
}  // namespace litopys
