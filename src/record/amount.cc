#include "record/amount.h"

#include <algorithm>

namespace litopys {
namespace {

constexpr int kPlaces = 9;
constexpr int kMaxWhole = 18;

}  // namespace

std::optional<Amount> Amount::of(Decimal value) {
  const int power = value.exponent() + kPlaces;
  if (power < 1) return std::nullopt;
  Int128 out = value.digits();
  const Int128 magnitude = out < 0 ? -out : out;
  Int128 limit = 1;
  for (int i = 0; i < kMaxWhole + kPlaces; ++i) limit *= 10;
  Int128 scaled = magnitude;
  for (int i = 0; i < power; ++i) {
    if (scaled > limit / 10) return std::nullopt;
    scaled *= 10;
  }
  return raw(out < 0 ? -scaled : scaled);
}

std::string Amount::str() const {
  Int128 rest = value_ < 0 ? -value_ : value_;
  std::string out;
  bool written = false;
  for (int i = 0; i < kPlaces; ++i) {
    const auto digit = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
    written = written || digit != '0';
    if (written) out += digit;
  }
  if (written) out += '.';
  do {
    out += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (value_ < 0) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace litopys
