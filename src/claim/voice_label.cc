// Up to three words that begin with capitals, six where all is in capitals; initials; what stands in brackets or between a comma and the
// mark belongs to it.
//   fits:         "STREMOUSOV:", "Daryna Voloshko, host:", "V. K.", "HAIDA P. (deputy).", "VOLOSHKO D.I.", "Q14 Chair:", "[Nick_7]"
//   does not fit: "They came. Then ..." (small letters behind the first word's)
#include "claim/voice_label.h"

#include <cstddef>

#include "base/utf8.h"

namespace litopys {
namespace {

bool label_has_small(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const utf8::Decoded got = utf8::decode(word, at);
    if (utf8::is_letter(got.value) && !utf8::is_upper(got.value)) return true;
    at += got.size;
  }
  return false;
}

}  // namespace

// "STREMOUSOV:", "Daryna Voloshko, host:", "V. K.", "HAIDA P. (deputy).", "[Nick_7]" at the beginning of a line.
std::optional<TurnLabel> turn_label(std::string_view text, std::uint32_t begin) {
  constexpr std::uint32_t kLongest = 200;      // bytes
  constexpr std::size_t kLongestName = 100;    // bytes
  constexpr std::size_t kLongestBracket = 40;  // bytes
  constexpr int kMostWords = 3, kMostShouted = 6;
  std::string_view view = text.substr(begin, kLongest);
  view = view.substr(0, view.find('\n'));
  TurnLabel label;
  const auto found = [&](std::size_t from, std::size_t name_end, std::size_t end, LabelMark mark) {
    label.span = {begin + static_cast<std::uint32_t>(from), begin + static_cast<std::uint32_t>(name_end)};
    label.end = begin + static_cast<std::uint32_t>(end);
    label.mark = mark;
    return label;
  };
  const auto letter_at = [&](std::size_t at) { return at < view.size() && utf8::is_letter(utf8::decode(view, at).value); };
  if (view.starts_with('[')) {
    const std::size_t close = view.find(']');
    if (close > kLongestBracket || close < 2 || !letter_at(1)) return std::nullopt;
    return found(1, close, close + 1, LabelMark::bracket);
  }
  std::size_t at = 0;
  if (view.starts_with('Q')) {  // a numbered question: "Q14 Chair:"
    std::size_t behind = 1;
    while (behind < view.size() && view[behind] >= '0' && view[behind] <= '9') ++behind;
    if (behind > 1 && behind < view.size() && view[behind] == ' ') at = behind + 1;
  }
  const std::size_t from = at;
  int words = 0;
  bool capitals = true;                  // every word begins with one, or is a number
  bool shortened = false, full = false;  // single letters with a stop; longer words
  bool shouting = true;                  // every word is in capitals
  std::size_t end = at;                  // of the name
  while (at < view.size()) {
    const std::size_t word = at;
    std::size_t letters = 0;
    bool capital = false;
    while (at < view.size()) {
      const utf8::Decoded got = utf8::decode(view, at);
      const bool joins = got.value == U'-' || got.value == U'’' || got.value == U'\'' || got.value == U'_';
      const bool digit = got.value >= U'0' && got.value <= U'9';
      if (!utf8::is_letter(got.value) && !digit && (!joins || letters == 0)) break;
      if (letters == 0) capital = digit ? words > 0 : utf8::is_upper(got.value);
      ++letters;
      at += got.size;
    }
    if (letters == 0) break;
    const bool stop = at < view.size() && view[at] == '.';
    const bool surname = shortened && letters > 1 && utf8::capitals(view.substr(word, at - word)) == letters;  // "D. VOLOSHKO."
    if (letters == 1 && stop && capital) {
      shortened = true;
      end = ++at;
    } else if (shortened && !surname) {
      at = word;  // "V. K. They came": the name is over
      break;
    } else {
      full = true;
      end = at;
      if (words == 0 && !capital) return std::nullopt;
      capitals &= capital;
      shouting = shouting && utf8::capitals(view.substr(word, at - word)) > 0 && !label_has_small(view.substr(word, at - word));
      if (++words > (shouting ? kMostShouted : kMostWords)) return std::nullopt;
    }
    if (at >= view.size()) break;
    if (view[at] == ' ')
      ++at;
    else if (!shortened || !letter_at(at) || view[at - 1] != '.')  // "VOLOSHKO D.I."
      break;
  }
  if (end == from || end - from > kLongestName) return std::nullopt;
  label.initials = shortened && !full;
  at = end;
  while (at < view.size() && view[at] == ' ') ++at;
  if (at < view.size() && view[at] == '(') {
    const std::size_t close = view.find(')', at);
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view inside = view.substr(at + 1, close - at - 1);
    const std::size_t stop = inside.find('.');
    const bool initial = stop != std::string_view::npos && utf8::capitals(inside.substr(0, stop)) == 1 && stop <= 4;
    if (initial && shouting && !label_has_small(inside))
      label.named = {begin + static_cast<std::uint32_t>(at) + 1, begin + static_cast<std::uint32_t>(close)};
    at = close + 1;
  }
  if (at < view.size() && view[at] == ',') {
    const std::size_t colon = view.substr(0, kLongestName).find(':', at);
    const std::size_t stop = view.find('.', at);
    if (colon != std::string_view::npos) {
      at = colon;
    } else if (shortened && full && stop != std::string_view::npos) {
      at = stop;
    } else {
      return std::nullopt;
    }
  }
  if (at < view.size() && view[at] == ':' && at > 0) return found(from, end, at + 1, LabelMark::colon);
  if (!capitals) return std::nullopt;
  if (shortened && at > end) return found(from, end, at, LabelMark::stop);
  if (at < view.size() && view[at] == '.') return found(from, end, at + 1, LabelMark::stop);
  return std::nullopt;
}

}  // namespace litopys
