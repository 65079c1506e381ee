// Where output goes and what it may look like there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace litopys {

// Buffered output to a file descriptor. A reader that went away (`| head`) ends the writing quietly; any other failure is remembered.
class Output {
 public:
  explicit Output(int file_descriptor) : fd_(file_descriptor) {}
  ~Output() { flush(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // False once nothing more can be written: the caller should stop making output.
  bool write(std::string_view text);
  bool flush();
  [[nodiscard]] bool closed() const { return failure_ != 0; }
  // The errno of a failure that is worth telling; 0 for none or a reader that went away.
  [[nodiscard]] int failure() const;

 private:
  int fd_;
  int failure_ = 0;
  std::string buffer_;
};

struct Terminal {
  bool is_terminal = false;
  bool colours = false;  // a terminal, and neither NO_COLOR nor TERM=dumb
  int width = 100;       // columns; 100 where it is no terminal and COLUMNS is not set
};
[[nodiscard]] Terminal terminal_of(int file_descriptor);

// Columns that text takes on a terminal: marks take none, East Asian wide letters two.
[[nodiscard]] int columns_of(std::string_view text);

// Text on one line that cannot steer the terminal: control and direction characters as blanks, runs of white space as one.
[[nodiscard]] std::string plain_line(std::string_view text);

// Cut to `columns` with "…" at the end where it is longer; filled with blanks where it is shorter (left of it when `right`).
[[nodiscard]] std::string fitted(std::string_view text, int columns, bool right = false);

// The same, cut at the front: for names whose end tells them apart.
[[nodiscard]] std::string fitted_end(std::string_view text, int columns);

// Cut into lines of at most `columns` at blanks (a longer word is cut), at most `most` lines; the last then ends in "…".
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, int columns, std::size_t most);

}  // namespace litopys
