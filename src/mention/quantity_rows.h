// What the codebook says of quantities in one language: rows of the kinds bound, unit, no-quantity, range, multiple and spell beside those
// of numbers (number.h). codebooks/passportization/{bounds,units,numerals}.toml say what each gives.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/decimal.h"
#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "mention/number.h"
#include "mention/phrase.h"

namespace litopys {

struct QuantityRows {
  struct UnitEntry {
    Unit unit = Unit::other;
    Decimal factor;
    bool duration = false;
    bool plural = false;  // its words count in the plural only
    bool years = false;   // beside a person it is an age
  };

  // What a no-quantity row is confined to (its option `only`).
  enum class Only : unsigned char { nothing, share, bare, age, clock };

  struct BoundEntry {
    Bound bound = Bound::exact;
    std::optional<Unit> of;  // the one unit that it bounds
  };

  NumberRows numbers;
  Phrases bounds, units, not_quantities, ranges, multiples, spells;
  std::unordered_map<RowId, BoundEntry> bound_of;
  std::unordered_map<RowId, UnitEntry> unit_of;
  std::unordered_map<RowId, Decimal> multiple_of;  // of rows of the kinds multiple and spell
  std::unordered_set<RowId> months;                // spells that are no days: Unit::other
  std::unordered_map<RowId, Only> only;  // no-quantity rows that speak of "half" and the like, of small bare numbers, of times alone
  std::unordered_map<RowId, std::string> ids;

  // A row that cannot be compiled is a kConfig error with its file and line.
  [[nodiscard]] static Result<QuantityRows> compile(const Codebook& book, Language language);
};

}  // namespace litopys
