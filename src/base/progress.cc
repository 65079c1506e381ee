// The bar is one line that ends in no line end: "\r", the line, "erase to the end of the line". Whatever else is printed meanwhile must go
// through say(), or the two would mix.
#include "base/progress.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace litopys {
namespace {

constexpr auto kBarPause = std::chrono::milliseconds(100);
constexpr auto kLinePause = std::chrono::seconds(5);
constexpr int kBarColumns = 30;
constexpr std::string_view kErase = "\r\x1b[K";

}  // namespace

Progress::Style Progress::style_of(int file_descriptor) { return isatty(file_descriptor) == 1 ? Style::bar : Style::lines; }

Progress::Progress(Options options, Write write, Now now)
    : options_(std::move(options)), write_(std::move(write)), now_(std::move(now)), last_(now_()) {}

std::string Progress::counts() const {
  std::string out = options_.verb + " " + std::to_string(done_);
  if (options_.total != 0) {
    out += " of " + std::to_string(options_.total);
    out += " (" + std::to_string(std::min<std::uint64_t>(100, done_ * 100 / options_.total)) + " %)";
  }
  return out;
}

void Progress::draw() {
  std::string line(kErase);
  if (options_.total != 0 && options_.width >= 60) {
    const auto eighths = static_cast<int>(std::min(done_, options_.total) * kBarColumns * 8 / options_.total);
    line += "▕";
    for (int i = 0; i < kBarColumns; ++i) {
      static constexpr const char* kBlocks[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
      line += kBlocks[std::clamp(eighths - i * 8, 0, 8)];
    }
    line += "▏ ";
  }
  line += counts();
  write_(line);
  drawn_ = true;
}

void Progress::step(std::uint64_t done) {
  done_ = done;
  const Clock::time_point now = now_();
  switch (options_.style) {
    case Style::none: return;
    case Style::bar:
      if (drawn_ && now - last_ < kBarPause && done_ != options_.total) return;
      draw();
      break;
    case Style::lines: {
      const std::uint64_t tenth = options_.total == 0 ? 0 : done_ * 10 / options_.total;
      if (tenth == tenth_ && now - last_ < kLinePause) return;
      tenth_ = tenth;
      write_(counts() + "\n");
      break;
    }
  }
  last_ = now;
}

void Progress::say(std::string_view line) {
  std::string out;
  if (drawn_) out += kErase;
  out += line;
  out += '\n';
  write_(out);
  if (drawn_) draw();
}

void Progress::finish() {
  if (drawn_) write_(kErase);
  drawn_ = false;
}

}  // namespace litopys
