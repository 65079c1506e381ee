// The distinct word forms of one document: folded and looked up once, however often they stand there.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "text/text.h"
#include "text/token.h"

namespace litopys {

// What all tokens with the same bytes share.
struct Form {
  std::string_view bytes;  // of the document's text
  std::string_view lower;
  std::uint64_t hash = 0;
  std::uint32_t first_reading = 0, first_key = 0;
  std::uint16_t reading_count = 0, key_count = 0;
  bool capital = false, all_caps = false, letters = false;
  std::uint8_t variant = 0;  // 0 no word, 1 a word, 2 a word with a capital inside a sentence: the readings come in another order
  bool read = false;         // readings and keys are filled
};

// Copies strings into Text::arena in blocks that never move.
class Arena {
 public:
  explicit Arena(Text& text) : text_(text) {}
  std::string_view keep(std::string_view bytes);

 private:
  Text& text_;
};

class FormTable {
 public:
  explicit FormTable(Text& text);
  // The entry for these bytes in this variant; a new one is folded, not read. The reference holds until the next call.
  Form& find(std::string_view bytes, std::uint8_t variant);

 private:
  void grow();

  Arena arena_;
  std::vector<Form> forms_;
  std::vector<std::uint32_t> slots_;  // index into forms_ + 1; 0 is free
  Folded folded_;
};

}  // namespace litopys
