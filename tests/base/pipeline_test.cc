#include "base/pipeline.h"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <atomic>
#include <barrier>
#include <set>
#include <stdexcept>
#include <string>

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
