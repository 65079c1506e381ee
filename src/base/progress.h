// How far a run has come, for a person who waits: a bar that redraws itself on a terminal, plain lines elsewhere (a log keeps them).
//
//   Progress progress({.verb = "adding", .total = 240, .style = Progress::style_of(2)}, [](std::string_view s) { write(2, s); });
//   progress.step(17);                    // ▕███▏      ▏ adding 17 of 240
//   progress.say("x.pdf: is a folder");   // a line above the bar
//   progress.finish();
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace litopys {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;
  using Write = std::function<void(std::string_view)>;
  using Now = std::function<Clock::time_point()>;

  enum class Style : unsigned char { none, bar, lines };
  struct Options {
    std::string verb;         // "adding"
    std::uint64_t total = 0;  // pieces; 0: unknown, then no bar and no percent
    Style style = Style::lines;
    int width = 80;  // columns of the terminal
  };

  // Bar for a terminal, else lines.
  [[nodiscard]] static Style style_of(int file_descriptor);

  // `now` is for tests. `write` gets whole pieces of output and must not throw.
  Progress(
      Options options, Write write, Now now = [] { return Clock::now(); });
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `done` pieces are done. Draws at most ten times a second (bar), or every tenth of the total and every five seconds (lines).
  void step(std::uint64_t done);
  // A line of text that stays, without its line end; the bar moves below it.
  void say(std::string_view line);
  // Takes the bar away; in lines style nothing. May be called twice.
  void finish();

 private:
  void draw();
  [[nodiscard]] std::string counts() const;

  Options options_;
  Write write_;
  Now now_;
  Clock::time_point last_;
  std::uint64_t done_ = 0;
  std::uint64_t tenth_ = 0;  // of the total, last printed
  bool drawn_ = false;       // a bar stands on the last line of the terminal
};

}  // namespace litopys
