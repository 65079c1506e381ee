// A feed, a log or a broadcast by the minute is of one day; an hour within a sentence is none of its entries.
#include "claim/when_hour.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr std::size_t kHourBack = 6;  // sentences to the beginning of an entry

// "13:45", "9.05" at the beginning of a sentence, which the text stage cuts in one token or three.
bool opens_with_an_hour(const Scene& scene, std::size_t index) {
  const std::string_view text = scene.text.sentences[index].span.of(scene.document.text);
  const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  std::size_t i = !text.empty() && (text[0] == '[' || text[0] == '(') ? 1 : 0;
  std::size_t hour = 0, digits = 0;
  for (; digit(i) && digits < 3; ++i, ++digits) hour = hour * 10 + static_cast<std::size_t>(text[i] - '0');
  if (digits == 0 || digits > 2 || hour > 23 || i >= text.size() || (text[i] != ':' && text[i] != '.')) return false;
  if (!digit(i + 1) || text[i + 1] > '5' || !digit(i + 2) || digit(i + 3)) return false;
  // "12.05" may be a day of May, and "12.05.2024" is one.
  const int minute = (text[i + 1] - '0') * 10 + (text[i + 2] - '0');
  if (text[i] == '.' && minute >= 1 && minute <= 12) return false;
  return i + 3 == text.size() || text[i + 3] != '.' || !digit(i + 4);
}

}  // namespace

bool is_entry_of_an_hour(const Scene& scene, std::size_t index) {
  const auto& sentences = scene.text.sentences;
  for (std::size_t step = 0; step <= std::min(kHourBack, index); ++step) {
    const std::size_t k = index - step;
    const bool same = sentences[k].paragraph == sentences[index].paragraph;
    if (!same && !is_short_line(scene, k)) return false;
    if (opens_with_an_hour(scene, k)) return true;
    if (!same) return false;
  }
  return false;
}

}  // namespace litopys
