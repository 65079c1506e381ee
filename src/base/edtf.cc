#include "base/edtf.h"

#include <fmt/format.h>

namespace litopys {
namespace {

constexpr std::uint8_t kSpring = 21;
constexpr std::uint8_t kWinter = 24;

bool is_season(std::uint8_t month) { return month >= kSpring && month <= kWinter; }

std::optional<int> number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::parse(std::string_view text) {
  Date out;
  if (!text.empty() && (text.back() == '~' || text.back() == '?' || text.back() == '%')) {
    out.mark = text.back();
    text.remove_suffix(1);
  }
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto year = number(text.substr(0, 4));
  if (!year) return std::nullopt;
  out.year = static_cast<std::int16_t>(*year);
  if (text.size() >= 7) {
    const auto month = number(text.substr(5, 2));
    if (text[4] != '-' || !month || *month == 0) return std::nullopt;
    out.month = static_cast<std::uint8_t>(*month);
  }
  if (text.size() == 10) {
    const auto day = number(text.substr(8, 2));
    if (text[7] != '-' || !day || *day == 0) return std::nullopt;
    out.day = static_cast<std::uint8_t>(*day);
  }
  if (!out.valid()) return std::nullopt;
  return out;
}

Date Date::of(Day day) {
  const std::chrono::year_month_day ymd{day};
  return {static_cast<std::int16_t>(static_cast<int>(ymd.year())), static_cast<std::uint8_t>(static_cast<unsigned>(ymd.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(ymd.day())), 0};
}

bool Date::valid() const {
  if (year < 1 || year > 9999) return false;
  if (month == 0) return day == 0;
  if (is_season(month)) return day == 0;
  if (month > 12) return false;
  if (day == 0) return true;
  return std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}.ok();
}

Day Date::first_day() const {
  using namespace std::chrono;
  unsigned m = month == 0 ? 1 : month;
  if (is_season(month)) m = 3 * (month - kSpring) + 3U;  // spring starts in March, winter in December
  return sys_days{std::chrono::year{year} / std::chrono::month{m} / std::chrono::day{day == 0 ? 1U : day}};
}

Day Date::last_day() const {
  using namespace std::chrono;
  if (day != 0) return first_day();
  if (month == 0) return sys_days{std::chrono::year{year} / 12 / 31};
  const year_month first = year_month_day{first_day()}.year() / year_month_day{first_day()}.month();
  const year_month end = first + months{is_season(month) ? 2 : 0};
  return sys_days{end / last};
}

std::string Date::str() const {
  std::string out = fmt::format("{:04d}", year);
  if (month != 0) out += fmt::format("-{:02d}", month);
  if (day != 0) out += fmt::format("-{:02d}", day);
  if (mark != 0) out += mark;
  return out;
}

std::optional<When> When::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto date = Date::parse(text);
    if (!date) return std::nullopt;
    return point(*date);
  }
  const auto side = [](std::string_view part, std::optional<Date>& out) {
    if (part == "..") return true;
    out = Date::parse(part);
    return out.has_value();
  };
  When out{.begin = std::nullopt, .end = std::nullopt, .interval = true};
  if (!side(text.substr(0, slash), out.begin) || !side(text.substr(slash + 1), out.end)) return std::nullopt;
  if (!out.begin && !out.end) return std::nullopt;
  return out;
}

std::string When::str() const {
  if (!interval) return begin ? begin->str() : std::string{};
  return (begin ? begin->str() : "..") + "/" + (end ? end->str() : "..");
}

}  // namespace litopys
