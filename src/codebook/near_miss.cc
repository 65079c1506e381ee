// Optimal string alignment with three rows. Fits words; a limit keeps a hostile key of a megabyte from costing a square.
#include "codebook/near_miss.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::size_t kLongestWord = 64;

struct Letters {
  std::array<char32_t, kLongestWord> at{};
  std::size_t size = 0;
  bool fits = true;
};

Letters letters_of(std::string_view word) {
  Letters out;
  for (std::size_t offset = 0; offset < word.size();) {
    const utf8::Decoded next = utf8::decode(word, offset);
    offset += next.size;
    if (out.size == kLongestWord) {
      out.fits = false;
      break;
    }
    out.at[out.size++] = next.value;
  }
  return out;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const Letters x = letters_of(a);
  const Letters y = letters_of(b);
  if (!x.fits || !y.fits) return std::max(a.size(), b.size());
  std::array<std::array<std::size_t, kLongestWord + 1>, 3> rows{};
  auto* before = &rows[0];
  auto* previous = &rows[1];
  auto* current = &rows[2];
  for (std::size_t j = 0; j <= y.size; ++j) (*previous)[j] = j;
  for (std::size_t i = 1; i <= x.size; ++i) {
    (*current)[0] = i;
    for (std::size_t j = 1; j <= y.size; ++j) {
      const std::size_t replaced = (*previous)[j - 1] + (x.at[i - 1] == y.at[j - 1] ? 0 : 1);
      std::size_t best = std::min({replaced, (*previous)[j] + 1, (*current)[j - 1] + 1});
      if (i > 1 && j > 1 && x.at[i - 1] == y.at[j - 2] && x.at[i - 2] == y.at[j - 1]) best = std::min(best, (*before)[j - 2] + 1);
      (*current)[j] = best;
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return (*previous)[y.size];
}

std::string_view near_miss(std::string_view word, std::span<const std::string_view> candidates) {
  const std::size_t allowed = std::max<std::size_t>(1, utf8::count_code_points(word) / 3);
  std::string_view best;
  std::size_t distance = allowed + 1;
  for (std::string_view candidate : candidates) {
    const std::size_t here = edit_distance(word, candidate);
    if (here < distance && here < utf8::count_code_points(candidate)) {
      distance = here;
      best = candidate;
    }
  }
  return best;
}

}  // namespace litopys
