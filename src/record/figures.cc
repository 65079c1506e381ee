// Everything is whole billionths; a tenth of a figure is exact because Amount::of refuses finer ones.
#include "record/figures.h"

#include <algorithm>

namespace litopys {
namespace {

// The interval of *exact*: half a unit of the last digit that is told, either way, from hundreds on.
bool exact_interval(const Decimal& value, Unit unit, Amount& low, Amount& high) {
  const auto middle = Amount::of(value);
  if (!middle) return false;
  low = high = *middle;
  constexpr int kHundreds = 2;
  if (unit == Unit::percent || value.digits() == 0 || value.exponent() < kHundreds) return true;
  const auto step = Decimal::make(1, value.exponent());
  const auto width = step ? Amount::of(*step) : std::nullopt;
  if (!width) return false;
  low = *middle - width->tenths(5);
  high = *middle + width->tenths(5);
  return true;
}

}  // namespace

bool set_interval(Fact& f) {
  if (f.value.digits() < 0) return false;
  if (!exact_interval(f.value, f.unit, f.exact_low, f.exact_high)) return false;
  const Amount value = *Amount::of(f.value);
  switch (f.bound) {
    case Bound::exact:
      f.low = f.exact_low;
      f.high = f.exact_high;
      return true;
    case Bound::about:
      f.low = std::min(value.tenths(9), f.exact_low);
      f.high = std::max(value.tenths(11), f.exact_high);
      return true;
    case Bound::over:
    case Bound::at_least:
      f.low = value;
      f.high = kOpen;
      return true;
    case Bound::under:
    case Bound::at_most:
      f.low = Amount();
      f.high = value;
      return true;
    case Bound::several:
      f.low = value.tenths(20);
      f.high = value.tenths(100);
      return true;
    case Bound::range: {
      const auto end = Amount::of(f.value2);
      if (!end) return false;
      f.low = value;
      f.high = *end;
      return true;
    }
  }
  return false;
}

void append_bounds(const Facts& facts, FactId id, std::vector<CurveBound>& out) {
  const Fact& f = facts.all[id];
  const FactDocument& document = facts.document(f);
  const auto total = [&](BoundKind kind, DayNumber at, Amount amount) { out.push_back({id, 0, kind, f.side, at, at, amount}); };
  const auto period = [&](BoundKind kind, DayNumber from, DayNumber to, Amount amount) {
    if (to > from) out.push_back({id, 0, kind, f.side, from, to, amount});
  };
  if (f.form == FactTime::none || f.qualified) {
    if (document.published.known()) total(BoundKind::low, document.published.last, f.low);
    return;
  }
  if (f.form == FactTime::total) {
    total(BoundKind::low, facts.cut(f, f.time.last), f.low);
    total(BoundKind::high, facts.cut(f, f.coarse ? f.time.first - 1 : f.time.last), f.high);
    return;
  }
  const DayNumber start = f.time.first - 1;
  if (f.form == FactTime::closed) {
    const DayNumber end = facts.cut(f, f.time.last);
    period(BoundKind::period_low, start, end, f.low);
    period(BoundKind::period_high, start, end, f.high);
  } else if (document.published.known()) {
    period(BoundKind::period_low, start, document.published.last, f.low);
    period(BoundKind::period_high, start, document.coarse ? document.published.first - 1 : document.published.last, f.high);
  }
}

}  // namespace litopys
