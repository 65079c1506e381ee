#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kBuffer = 1U << 16U;

int columns_of_letter(char32_t c) {
  if (c < 0x300) return 1;
  const auto point = static_cast<UChar32>(c);
  switch (u_charType(point)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR: return 0;
    default: break;
  }
  const int width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Direction marks and overrides, line and paragraph separators, tags: a document must not rearrange the table that shows it.
bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

bool Output::write(std::string_view text) {
  if (failure_ != 0) return false;
  buffer_ += text;
  return buffer_.size() < kBuffer || flush();
}

bool Output::flush() {
  std::string_view left = buffer_;
  while (!left.empty() && failure_ == 0) {
    const ssize_t wrote = ::write(fd_, left.data(), left.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      failure_ = errno;
      break;
    }
    left.remove_prefix(static_cast<std::size_t>(wrote));
  }
  buffer_.clear();
  return failure_ == 0;
}

int Output::failure() const { return failure_ == EPIPE ? 0 : failure_; }

Terminal terminal_of(int file_descriptor) {
  Terminal out;
  out.is_terminal = isatty(file_descriptor) == 1;
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  out.colours = out.is_terminal && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  winsize size{};
  if (out.is_terminal && ioctl(file_descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    out.width = size.ws_col;
  } else if (const int columns = std::atoi(std::string(variable("COLUMNS")).c_str()); columns > 0) {
    out.width = columns;
  }
  out.width = std::clamp(out.width, 40, 400);
  return out;
}

int columns_of(std::string_view text) {
  int out = 0;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    out += columns_of_letter(got.value);
    i += got.size;
  }
  return out;
}

std::string plain_line(std::string_view text) {
  std::string out;
  bool blank = false;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    i += got.size;
    if (steers(got.value) || utf8::is_space(got.value)) {
      blank = true;
      continue;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    utf8::append(out, got.value);
  }
  return out;
}

std::string fitted(std::string_view text, int columns, bool right) {
  std::string out;
  int used = 0;
  std::size_t before_last = 0;  // where the text must be cut to have room for the mark
  int used_before_last = 0;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded got = utf8::decode(text, i);
    const int wide = columns_of_letter(got.value);
    if (used + wide > columns) {
      out.resize(before_last);
      out += "…";
      used = used_before_last + 1;
      break;
    }
    if (used + wide <= columns - 1) {
      before_last = out.size() + got.size;
      used_before_last = used + wide;
    }
    out.append(text.substr(i, got.size));
    used += wide;
    i += got.size;
  }
  const std::string blanks(static_cast<std::size_t>(std::max(0, columns - used)), ' ');
  return right ? blanks + out : out + blanks;
}

std::string fitted_end(std::string_view text, int columns) {
  int over = columns_of(text) - columns;
  if (over <= 0) return fitted(text, columns);
  ++over;  // room for the mark
  std::size_t at = 0;
  while (at < text.size() && over > 0) {
    const utf8::Decoded got = utf8::decode(text, at);
    over -= columns_of_letter(got.value);
    at += got.size;
  }
  return fitted("…" + std::string(text.substr(at)), columns);
}

std::vector<std::string> wrapped(std::string_view text, int columns, std::size_t most) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < most) {
    if (out.size() + 1 == most || columns_of(text) <= columns) {
      std::string last = fitted(text, columns);
      last.erase(last.find_last_not_of(' ') + 1);
      out.push_back(std::move(last));
      break;
    }
    std::size_t end = 0;  // of what fits
    int used = 0;
    while (end < text.size()) {
      const utf8::Decoded got = utf8::decode(text, end);
      const int wide = columns_of_letter(got.value);
      if (used + wide > columns && end != 0) break;
      used += wide;
      end += got.size;
    }
    if (const std::size_t blank = text.substr(0, end + 1).rfind(' '); blank != std::string_view::npos && blank != 0) end = blank;
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return out;
}

}  // namespace litopys
