#include "base/progress.h"

#include <gtest/gtest.h>

namespace litopys {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A clock that a test moves.
struct Bench {
  Progress::Clock::time_point now{};
  std::string out;
  Progress::Write write = [this](std::string_view text) { out += text; };
  Progress::Now clock = [this] { return now; };
};

TEST(Progress, PrintsALineEveryTenthWhereThereIsNoTerminal) {
  Bench bench;
  Progress progress({.verb = "adding", .total = 30, .style = Progress::Style::lines}, bench.write, bench.clock);
  for (int done = 1; done <= 8; ++done) progress.step(static_cast<std::uint64_t>(done));
  EXPECT_EQ(bench.out, "adding 3 of 30 (10 %)\nadding 6 of 30 (20 %)\n");
}

TEST(Progress, PrintsALineEveryFiveSecondsWhenItIsSlow) {
  Bench bench;
  Progress progress({.verb = "adding", .total = 1000, .style = Progress::Style::lines}, bench.write, bench.clock);
  progress.step(1);
  EXPECT_EQ(bench.out, "");
  bench.now += seconds(5);
  progress.step(2);
  EXPECT_EQ(bench.out, "adding 2 of 1000 (0 %)\n");
}

TEST(Progress, CountsWithoutATotal) {
  Bench bench;
  Progress progress({.verb = "adding", .total = 0, .style = Progress::Style::lines}, bench.write, bench.clock);
  bench.now += seconds(6);
  progress.step(7);
  EXPECT_EQ(bench.out, "adding 7\n");
}

TEST(Progress, RedrawsOneLineOnATerminalAndTakesItAwayAtTheEnd) {
  Bench bench;
  Progress progress({.verb = "adding", .total = 4, .style = Progress::Style::bar, .width = 80}, bench.write, bench.clock);
  progress.step(1);
  const std::string first = bench.out;
  EXPECT_TRUE(first.starts_with("\r\x1b[K▕███████▌")) << first;
  EXPECT_TRUE(first.ends_with("adding 1 of 4 (25 %)")) << first;
  EXPECT_EQ(first.find('\n'), std::string::npos);
  progress.step(2);  // too soon to be drawn again
  EXPECT_EQ(bench.out, first);
  bench.now += milliseconds(100);
  progress.step(3);
  EXPECT_TRUE(bench.out.ends_with("adding 3 of 4 (75 %)"));
  progress.finish();
  EXPECT_TRUE(bench.out.ends_with("\r\x1b[K"));
}

TEST(Progress, SaysLinesAboveTheBar) {
  Bench bench;
  Progress progress({.verb = "adding", .total = 4, .style = Progress::Style::bar, .width = 80}, bench.write, bench.clock);
  progress.step(1);
  bench.out.clear();
  progress.say("a.txt: is empty");
  EXPECT_TRUE(bench.out.starts_with("\r\x1b[Ka.txt: is empty\n\r\x1b[K▕")) << bench.out;
}

TEST(Progress, SaysLinesAloneWhereNoBarStands) {
  Bench bench;
  Progress progress({.verb = "adding", .total = 4, .style = Progress::Style::lines}, bench.write, bench.clock);
  progress.say("a.txt: is empty");
  EXPECT_EQ(bench.out, "a.txt: is empty\n");
}

}  // namespace
}  // namespace litopys
