// JSON read by its structure, front to back, for files that simdjson refuses as a whole: half written, damaged in one place, or larger
// than a tree of them should be. Every value is known by its bytes, so that a part can be kept exactly as it was taken.
//
//   JsonCursor at(bytes);
//   if (at.open('{')) for (std::string_view key; at.member(key);) { if (key == "text") at.string(raw); else at.skip(); }
//
// Lenient where no reader can be misled: control characters in strings, "\xHH" (Telegram Desktop writes it), commas before a bracket,
// numbers of any shape. Strict about what tells values apart: quotes, brackets, colons.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace litopys {

class JsonCursor {
 public:
  // `bytes` must outlive the cursor. Reading begins at byte `at` and ends before byte `end`.
  explicit JsonCursor(std::string_view bytes, std::size_t at = 0, std::size_t end = std::string_view::npos)
      : bytes_(bytes.substr(0, end)), at_(at) {}

  // The first byte of the next value ('{', '[', '"', a digit, ...), white space passed over; 0 at the end.
  [[nodiscard]] char peek();
  // Eats '{' or '['; false where something else stands.
  bool open(char bracket);
  // In an object: eats the next key and its colon; the value comes next. False after the closing bracket (eaten) or at damage.
  bool member(std::string_view& raw_key);
  // In an array: whether another value comes next. False after the closing bracket (eaten) or at damage.
  bool element();
  // Eats a value of any kind; false at damage, with at() at the byte where the value breaks.
  bool skip();
  // Eats a string; gives what stands between its quotes, still escaped. False (nothing eaten) where no whole string stands.
  bool string(std::string_view& raw);
  // Eats a number, true, false or null; gives it as written.
  bool scalar(std::string_view& written);

  // The byte where the next thing begins; at damage, where it is.
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool damaged() const { return !problem_.empty(); }
  // What is wrong: "ends inside a string", "a colon is missing"; empty where nothing is.
  [[nodiscard]] std::string_view problem() const { return problem_; }

 private:
  bool damage(std::string_view problem);
  bool closes(char bracket);
  bool skip_string();

  std::string_view bytes_;
  std::size_t at_;
  std::string_view problem_;
};

// Text bytes from `text_begin` on come from raw bytes from `raw_begin` on: byte by byte where `exact`, else as a whole.
struct JsonPiece {
  std::size_t text_begin = 0;
  std::size_t raw_begin = 0;
  bool exact = true;
};

// Appends what the inside of a JSON string says; lone surrogates, U+0000 (written out or not) and malformed UTF-8 become U+FFFD, unknown
// escapes stay as written. `pieces`, where given, receives the map: offsets into `out` and into `raw`. O(raw).
void append_unescaped(std::string& out, std::string_view raw, std::vector<JsonPiece>* pieces = nullptr);

// The same as a value.
[[nodiscard]] std::string unescaped(std::string_view raw);

}  // namespace litopys
