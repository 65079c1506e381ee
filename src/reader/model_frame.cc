// From the outside in: a file that is no model is told from one that is cut short, and that from one that was changed.
#include "reader/model_frame.h"

#include <cstring>
#include <sstream>

namespace litopys {

tl::expected<ModelFrame, FrameFault> open_frame(std::string_view bytes, std::string_view magic, std::size_t largest_head,
                                                std::uint64_t (*checksum)(std::string_view)) {
  const auto broken = [](std::string place, std::string problem) {
    return tl::unexpected<FrameFault>(FrameFault{std::move(place), std::move(problem)});
  };
  constexpr std::size_t kLeast = 24, kBegin = 16, kSum = 8;
  if (bytes.size() < kLeast || !bytes.starts_with(magic)) {
    return broken("byte 0", "is no model of this format, \"" + std::string(magic) + "\" expected");
  }
  if (bytes.size() % 8 != 0) return broken("byte " + std::to_string(bytes.size()), "is cut short: the size is no multiple of 8");
  std::uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + bytes.size() - kSum, kSum);
  if (sum != checksum(bytes.substr(0, bytes.size() - kSum))) return broken("", "the checksum is wrong: cut short or changed");
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + 8, sizeof length);
  const std::size_t body = kBegin + static_cast<std::size_t>(length);
  if (length > largest_head || body % kFrameLine != 0 || body > bytes.size() - kSum) {
    return broken("byte 8", "the head's length does not fit");
  }
  ModelFrame out;
  out.body = body;
  std::istringstream lines{std::string(bytes.substr(kBegin, length))};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t blank = line.find(' ');
    if (blank != std::string::npos) out.keys[line.substr(0, blank)] = line.substr(blank + 1);
  }
  return out;
}

}  // namespace litopys
