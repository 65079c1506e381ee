#include "store/interval.h"

#include <algorithm>

namespace litopys {
namespace {

Decimal times(Decimal value, std::int64_t digits, int exponent) {
  const std::optional<Decimal> factor = Decimal::make(digits, exponent);
  return factor ? value.times(*factor).value_or(value) : value;
}

// What an exact figure may have been before it was rounded.
Interval rounded(Decimal value, Unit unit) {
  if (value.digits() == 0 || value.exponent() <= 1 || unit == Unit::percent) return {value, value};
  const std::optional<Decimal> half = Decimal::make(5, value.exponent() - 1);
  const std::optional<Decimal> less = Decimal::make(-5, value.exponent() - 1);
  if (!half || !less) return {value, value};
  return {value.plus(*less).value_or(value), value.plus(*half).value_or(value)};
}

}  // namespace

Interval interval_of(const Figure& figure) {
  const Decimal v = figure.value;
  switch (figure.bound) {
    case Bound::exact: return rounded(v, figure.unit);
    case Bound::about: {
      const Interval exact = rounded(v, figure.unit);
      return {std::min(times(v, 9, -1), exact.low), std::max(times(v, 11, -1), *exact.high)};
    }
    case Bound::over:
    case Bound::at_least: return {v, std::nullopt};
    case Bound::under:
    case Bound::at_most: return {Decimal(), v};
    case Bound::several: return {times(v, 2, 0), times(v, 10, 0)};
    case Bound::range: return {v, figure.value2.value_or(v)};
  }
  return {v, v};
}

}  // namespace litopys
