// Numbers as reports write them, exact: never through a double. 2.8 million is 28 times ten to the fifth.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace litopys {

// value = digits * 10^exponent, normalised (digits has no trailing zero, zero is {0, 0}), so that equal numbers are equal structs.
// Precise to 18 digits; what needs more does not parse.
class Decimal {
 public:
  constexpr Decimal() = default;
  // From an integer and a power of ten; nullopt where it leaves the range.
  [[nodiscard]] static std::optional<Decimal> make(std::int64_t digits, int exponent = 0);
  // From "2800000", "2.8", "-0.5" (no grouping, point as decimal mark, optional exponent); nullopt for anything else.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

  [[nodiscard]] std::int64_t digits() const { return digits_; }
  [[nodiscard]] int exponent() const { return exponent_; }
  // This times another; nullopt on overflow.
  [[nodiscard]] std::optional<Decimal> times(Decimal other) const;
  [[nodiscard]] std::optional<Decimal> plus(Decimal other) const;
  // As a whole number; nullopt for a fraction or out of range.
  [[nodiscard]] std::optional<std::int64_t> whole() const;
  // Plain notation as JSON takes it: "2800000", "0.5", "-3".
  [[nodiscard]] std::string str() const;
  // For drawing only, never for arithmetic that decides anything.
  [[nodiscard]] double approximate() const;

  friend bool operator==(Decimal, Decimal) = default;
  friend std::strong_ordering operator<=>(Decimal a, Decimal b);

 private:
  constexpr Decimal(std::int64_t digits, int exponent) : digits_(digits), exponent_(exponent) {}
  std::int64_t digits_ = 0;
  int exponent_ = 0;
};

}  // namespace litopys
