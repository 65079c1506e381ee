// Dates as EDTF (ISO 8601-2) level 1, as far as GUIDE.md uses it: "2024-08-09", "2024-08", "2024", "2024-21" (season), an approximation
// mark, and intervals "A/B", "../B", "A/..". Precision is kept: a month is never padded to a day.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace litopys {

using Day = std::chrono::sys_days;

// A date as fine as it was given: month 0 when only the year is known, day 0 when only the month is. Month 21..24: spring, summer,
// autumn, winter (EDTF seasons), day then 0.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  char mark = 0;  // 0, '~' approximate, '?' uncertain, '%' both

  [[nodiscard]] static std::optional<Date> parse(std::string_view text);  // nullopt for what is no calendar date
  [[nodiscard]] static Date of(Day day);
  [[nodiscard]] bool valid() const;
  [[nodiscard]] Day first_day() const;  // precondition: valid()
  [[nodiscard]] Day last_day() const;   // a season is three whole months, winter runs into the next year
  [[nodiscard]] std::string str() const;
  friend bool operator==(const Date&, const Date&) = default;
};

// When a claim holds. `begin` or `end` empty is an open side; a point has equal begin and end and `interval` false.
struct When {
  std::optional<Date> begin;
  std::optional<Date> end;
  bool interval = false;

  [[nodiscard]] static When point(Date date) { return {date, date, false}; }
  [[nodiscard]] static When until(Date date) { return {std::nullopt, date, true}; }   // ../D
  [[nodiscard]] static When since(Date date) { return {date, std::nullopt, true}; }   // D/..
  [[nodiscard]] static When between(Date from, Date to) { return {from, to, true}; }  // D/E
  [[nodiscard]] static std::optional<When> parse(std::string_view text);
  [[nodiscard]] std::string str() const;
  friend bool operator==(const When&, const When&) = default;
};

}  // namespace litopys
