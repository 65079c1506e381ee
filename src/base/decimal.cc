#include "base/decimal.h"

#include <cmath>
#include <cstdlib>

namespace litopys {
namespace {

constexpr std::int64_t kMaxDigits = 999'999'999'999'999'999;  // 18 digits: sums of two still fit 64 bits
constexpr int kMaxExponent = 30;                              // beyond any count in a report

// digits * 10^power, or nullopt past 18 digits.
std::optional<std::int64_t> scaled(std::int64_t digits, int power) {
  for (; power > 0; --power) {
    if (std::llabs(digits) > kMaxDigits / 10) return std::nullopt;
    digits *= 10;
  }
  return digits;
}

}  // namespace

std::optional<Decimal> Decimal::make(std::int64_t digits, int exponent) {
  if (digits == 0) return Decimal{};
  if (digits > kMaxDigits || digits < -kMaxDigits) return std::nullopt;
  while (digits % 10 == 0) {
    digits /= 10;
    ++exponent;
  }
  if (exponent > kMaxExponent || exponent < -kMaxExponent) return std::nullopt;
  return Decimal{digits, exponent};
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::int64_t digits = 0;
  int exponent = 0;
  bool any = false;
  bool point = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    if (digits > (kMaxDigits - 9) / 10) return std::nullopt;
    digits = digits * 10 + (c - '0');
    exponent -= point ? 1 : 0;
    any = true;
  }
  if (!any) return std::nullopt;
  if (i < text.size()) {  // exponent, as JSON writes it
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    ++i;
    bool down = false;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) down = text[i++] == '-';
    if (i >= text.size() || text.size() - i > 3) return std::nullopt;
    int power = 0;
    for (; i < text.size(); ++i) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      power = power * 10 + (text[i] - '0');
    }
    exponent += down ? -power : power;
  }
  return make(negative ? -digits : digits, exponent);
}

std::optional<Decimal> Decimal::times(Decimal other) const {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(digits_, other.digits_, &product)) return std::nullopt;
  return make(product, exponent_ + other.exponent_);
}

std::optional<Decimal> Decimal::plus(Decimal other) const {
  const int low = exponent_ < other.exponent_ ? exponent_ : other.exponent_;
  const auto a = scaled(digits_, exponent_ - low);
  const auto b = scaled(other.digits_, other.exponent_ - low);
  if (!a || !b) return std::nullopt;
  return make(*a + *b, low);
}

std::optional<std::int64_t> Decimal::whole() const {
  if (exponent_ < 0) return std::nullopt;
  return scaled(digits_, exponent_);
}

std::string Decimal::str() const {
  std::string body = std::to_string(digits_ < 0 ? -digits_ : digits_);
  if (exponent_ >= 0) {
    body.append(digits_ == 0 ? 0 : static_cast<std::size_t>(exponent_), '0');
  } else {
    const auto places = static_cast<std::size_t>(-exponent_);
    if (body.size() <= places) body.insert(0, places + 1 - body.size(), '0');
    body.insert(body.size() - places, ".");
  }
  return digits_ < 0 ? "-" + body : body;
}

double Decimal::approximate() const { return static_cast<double>(digits_) * std::pow(10.0, exponent_); }

std::strong_ordering operator<=>(Decimal a, Decimal b) {
  const int sign_a = (a.digits_ > 0) - (a.digits_ < 0);
  const int sign_b = (b.digits_ > 0) - (b.digits_ < 0);
  if (sign_a != sign_b) return sign_a <=> sign_b;
  if (sign_a == 0) return std::strong_ordering::equal;
  const int low = a.exponent_ < b.exponent_ ? a.exponent_ : b.exponent_;
  const auto x = scaled(a.digits_, a.exponent_ - low);
  const auto y = scaled(b.digits_, b.exponent_ - low);
  if (x && y) return *x <=> *y;
  // Only one of them can overflow when aligned to the lower exponent: that one is larger in size.
  return x ? 0 <=> sign_a : sign_a <=> 0;
}

}  // namespace litopys
