// Exact numbers of the record's arithmetic: whole billionths in 128 bits, so that sums of a million figures neither round nor overflow.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "base/decimal.h"

namespace litopys {

__extension__ typedef __int128 Int128;

class Amount {
 public:
  constexpr Amount() = default;
  // nullopt past 10^18 or finer than 10^-8 (so that a tenth of it is still exact).
  [[nodiscard]] static std::optional<Amount> of(Decimal value);
  [[nodiscard]] static constexpr Amount raw(Int128 billionths) {
    Amount a;
    a.value_ = billionths;
    return a;
  }
  [[nodiscard]] constexpr Int128 billionths() const { return value_; }
  // Plain notation as JSON takes it: "644.4", "-3".
  [[nodiscard]] std::string str() const;

  friend constexpr Amount operator+(Amount a, Amount b) { return raw(a.value_ + b.value_); }
  friend constexpr Amount operator-(Amount a, Amount b) { return raw(a.value_ - b.value_); }
  // n tenths of it, exact for what `of` gives.
  [[nodiscard]] constexpr Amount tenths(int n) const { return raw(value_ * n / 10); }
  friend constexpr bool operator==(Amount a, Amount b) { return a.value_ == b.value_; }
  friend constexpr std::strong_ordering operator<=>(Amount a, Amount b) {
    return a.value_ < b.value_   ? std::strong_ordering::less
           : a.value_ > b.value_ ? std::strong_ordering::greater
                                 : std::strong_ordering::equal;
  }

 private:
  Int128 value_ = 0;
};

inline constexpr Amount kOpen = Amount::raw(static_cast<Int128>(1) << 120);  // beyond any sum of figures: no upper end

}  // namespace litopys
