#include "mention/time_rules.h"

#include <array>
#include <charconv>
#include <span>

namespace litopys::time_rules {
namespace {

using std::chrono::days;

constexpr int kFarthest = 3000;  // years, months, weeks or days that a count may go: beyond is no time of a report

// How much a day ahead and a day behind count.
struct Cost {
  long ahead = 1, behind = 1;
};

Cost cost_of(Lean lean) {
  switch (lean) {
    case Lean::past: return {3, 1};
    case Lean::surely_past: return {8, 1};
    case Lean::over: return {1000, 1};
    case Lean::future: return {1, 3};
    case Lean::surely_future: return {1, 8};
    case Lean::either: break;
  }
  return {1, 1};
}

// The one of `dates` that costs least from the middle of what is known of `from`.
std::optional<Date> cheapest(std::span<const std::optional<Date>> dates, Date from, Lean lean) {
  const Day now = from.first_day() + (from.last_day() - from.first_day()) / 2;
  const Cost cost = cost_of(lean);
  std::optional<Date> best;
  long least = 0;
  for (const std::optional<Date>& date : dates) {
    if (!date || !date->valid()) continue;
    long price = 0;
    if (date->first_day() > now) {
      price = (date->first_day() - now).count() * cost.ahead;
    } else if (date->last_day() < now) {
      price = (now - date->last_day()).count() * cost.behind;
    }
    if (!best || price < least) {
      best = date;
      least = price;
    }
  }
  return best;
}

std::optional<int> integer(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Date> valid(Date date) { return date.valid() ? std::optional<Date>(date) : std::nullopt; }

std::optional<Date> month_of(Date published, int offset) {
  const int index = published.year * 12 + published.month - 1 + offset;
  if (index < 12 || index >= 9999 * 12) return std::nullopt;
  return Date{static_cast<std::int16_t>(index / 12), static_cast<std::uint8_t>(index % 12 + 1), 0, 0};
}

bool is_month(std::uint8_t month) { return month >= 1 && month <= 12; }

Date in_year(int year, std::uint8_t month, std::uint8_t day) { return {static_cast<std::int16_t>(year), month, day, 0}; }

}  // namespace

std::optional<Relative> parse_relative(std::string_view gives) {
  Relative out;
  if (gives.starts_with("that.")) {
    gives.remove_prefix(5);
    out.anchored = true;
  }
  constexpr std::pair<std::string_view, Base> kWhole[] = {
      {"easter", Base::easter}, {"last-week", Base::last_week}, {"last-year", Base::last_year}, {"weekend", Base::weekend}};
  for (const auto& [word, base] : kWhole) {
    if (gives != word) continue;
    out.base = base;
    return out;
  }
  if (out.anchored && (gives == "since" || gives == "until")) {
    out.base = gives == "since" ? Base::since_then : Base::by_then;
    return out;
  }
  if (out.anchored && gives.starts_with("first-")) {
    gives.remove_prefix(6);
    constexpr std::pair<std::string_view, Base> kUnits[] = {
        {"day", Base::day}, {"week", Base::week}, {"month", Base::month}, {"year", Base::year}};
    out.base = Base::its_first;
    out.offset = 1;
    out.counted = gives.starts_with('#');
    const std::size_t letter = out.counted ? 1 : gives.find_first_not_of("0123456789");
    if (letter != 0 && letter != std::string_view::npos && gives.ends_with('s')) {
      if (!out.counted) out.offset = integer(gives.substr(0, letter)).value_or(0);
      gives = gives.substr(letter, gives.size() - letter - 1);
    }
    for (const auto& [word, unit] : kUnits) {
      if (gives != word) continue;
      out.unit = unit;
      return out;
    }
    return std::nullopt;
  }
  if (gives.starts_with("last-") && gives.ends_with("months") && gives[5] != '#') {
    const auto months = integer(gives.substr(5, gives.size() - 11));
    if (!months || *months < 1) return std::nullopt;
    out.base = Base::last_months;
    out.offset = *months;
    return out;
  }
  if (const auto part = parse_part(gives); part && *part >= Part::half1) {
    out.base = Base::part_of_year;
    out.part = *part;
    return out;
  }
  if (gives.size() == 5 && gives[0] == 'y') {
    if (const auto year = integer(gives.substr(1)); year && *year >= 1900 && *year < 2100) {
      out.base = Base::fixed_year;
      out.year = static_cast<std::int16_t>(*year);
      return out;
    }
  }
  if (gives.starts_with('m')) {
    if (const auto month = integer(gives.substr(1)); month && *month >= 1 && *month <= 12) {
      out.base = Base::fixed_month;
      out.month = static_cast<std::uint8_t>(*month);
      return out;
    }
  }
  if (gives.size() == 11 && gives[0] == 'd') {
    const auto date = Date::parse(gives.substr(1));
    if (!date || date->day == 0) return std::nullopt;
    out.base = Base::fixed_date;
    out.year = date->year;
    out.month = date->month;
    out.day = date->day;
    return out;
  }
  constexpr std::pair<std::string_view, Base> kLast[] = {{"last-#days", Base::last_days},
                                                         {"last-#months", Base::last_months},
                                                         {"last-#years", Base::last_years},
                                                         {"first-#months", Base::first_months}};
  for (const auto& [word, base] : kLast) {
    if (gives != word) continue;
    out.base = base;
    out.counted = true;
    return out;
  }
  if (gives.size() == 5 && gives[2] == '-') {
    const auto month = integer(gives.substr(0, 2));
    const auto day = integer(gives.substr(3));
    if (!month || !day || !Date{2024, static_cast<std::uint8_t>(*month), static_cast<std::uint8_t>(*day), 0}.valid()) return std::nullopt;
    out.base = Base::fixed_day;
    out.month = static_cast<std::uint8_t>(*month);
    out.day = static_cast<std::uint8_t>(*day);
    return out;
  }
  const std::size_t dot = gives.rfind('.');
  if (const auto part = dot == std::string_view::npos ? std::nullopt : parse_part(gives.substr(dot + 1)); part && *part >= Part::week1) {
    out.part = *part;
    gives = gives.substr(0, dot);
    if (!gives.starts_with("month")) return std::nullopt;
  } else if (gives.starts_with("year") && gives.ends_with(".month")) {
    out.by_month = true;
    gives.remove_suffix(6);
  } else if (gives.ends_with(".start")) {
    out.edge = Edge::start;
    gives.remove_suffix(6);
  } else if (gives.ends_with(".end")) {
    out.edge = Edge::end;
    gives.remove_suffix(4);
  }
  const std::size_t sign = gives.find_first_of("+-");
  if (sign == std::string_view::npos) return std::nullopt;
  const std::string_view base = gives.substr(0, sign);
  if (base == "day")
    out.base = Base::day;
  else if (base == "week")
    out.base = Base::week;
  else if (base == "month")
    out.base = Base::month;
  else if (base == "quarter")
    out.base = Base::quarter;
  else if (base == "year")
    out.base = Base::year;
  else if (base == "same" && out.anchored)
    out.base = Base::same;
  else
    return std::nullopt;
  if (gives.substr(sign + 1) == "#") {
    out.counted = true;
    out.offset = gives[sign] == '-' ? -1 : 1;
    return out;
  }
  const auto offset = integer(gives.substr(sign));
  if (!offset) return std::nullopt;
  out.offset = *offset;
  return out;
}

std::optional<Dates> resolve(const Relative& relative, Date published, int count, Lean lean) {
  if (count < 0 || count > kFarthest) return std::nullopt;
  const int offset = relative.counted ? relative.offset * count : relative.offset;
  const auto point = [](std::optional<Date> date) -> std::optional<Dates> {
    if (!date) return std::nullopt;
    return Dates{*date, *date};
  };
  switch (relative.base) {
    case Base::day:
      if (published.day == 0) return point(published);
      return point(valid(Date::of(published.first_day() + days(offset))));
    case Base::last_week: {
      // Who reports on a Sunday or a Monday means the week of the calendar.
      if (published.day == 0) return std::nullopt;
      const auto today = static_cast<int>(std::chrono::weekday{published.first_day()}.iso_encoding());
      const Day last = published.first_day() - days(today == 1 ? 1 : 0);
      return Dates{Date::of(last - days(today == 1 || today == 7 ? 6 : 7)), Date::of(last)};
    }
    case Base::weekend: {
      if (published.day == 0) return point(published);
      const auto today = static_cast<int>(std::chrono::weekday{published.first_day()}.iso_encoding());
      const bool ahead = looks_ahead(lean);
      const Day saturday = published.first_day() + days((ahead ? 6 : today >= 6 ? 6 : -1) - today);
      const Dates weekend{Date::of(saturday), Date::of(saturday + days(1))};
      if (!weekend.first.valid() || !weekend.second.valid()) return std::nullopt;
      return weekend;
    }
    case Base::last_days:
      if (published.day == 0) return std::nullopt;
      return Dates{Date::of(published.first_day() - days(count)), published};
    case Base::last_months: {
      if (!relative.counted) count = relative.offset;
      if (!is_month(published.month) || count == 0) return std::nullopt;
      // "In nine months", said in October or November, are those of the year so far: bodies report by the quarter.
      const int past = published.month - count;
      if (count >= 3 && (past == 1 || past == 2))
        return Dates{in_year(published.year, 1, 0), in_year(published.year, static_cast<std::uint8_t>(count), 0)};
      const auto first = month_of(published, -count);
      if (!first) return std::nullopt;
      return Dates{*first, published};
    }
    case Base::last_years: {
      const Date first = in_year(published.year - count, 0, 0);
      if (count == 0 || !first.valid()) return std::nullopt;
      return Dates{first, published};
    }
    case Base::last_year: {
      if (!is_month(published.month)) return point(valid(in_year(published.year - 1, 0, 0)));
      const auto first = month_of(published, -12);
      if (!first) return std::nullopt;
      return Dates{*first, published};
    }
    case Base::first_months: return first_months(count, published, lean);
    case Base::same:  // another time's dates, which are not known here: years_on, first_of
    case Base::its_first:
    case Base::since_then:
    case Base::by_then: return std::nullopt;
    case Base::week: {
      if (published.day == 0) return point(published);
      // "Two weeks earlier" is told of a day, "two weeks ago" and "later" of any of that week.
      if (relative.anchored && relative.counted && offset < 0) return point(valid(Date::of(published.first_day() + days(7 * offset))));
      const std::chrono::weekday today{published.first_day()};
      const auto monday = published.first_day() - days(today.iso_encoding() - 1) + days(7 * offset);
      const Dates week{Date::of(monday), Date::of(monday + days(6))};
      if (!week.first.valid() || !week.second.valid()) return std::nullopt;
      return week;
    }
    case Base::month: {
      if (!is_month(published.month)) return point(published);
      const auto month = month_of(published, offset);
      if (month && relative.day != 0) return point(valid({month->year, month->month, relative.day, 0}));
      if (month && relative.part != Part::none) return within(*month, relative.part);
      if (!month || relative.edge == Edge::none) return point(month);
      return point(Date::of(relative.edge == Edge::start ? month->first_day() : month->last_day()));
    }
    case Base::quarter: {
      if (!is_month(published.month)) return point(published);
      const auto first = month_of(published, -((published.month - 1) % 3) + 3 * offset);
      const auto last = first ? month_of(*first, 2) : std::nullopt;
      if (!last) return std::nullopt;
      if (relative.edge != Edge::none) return point(Date::of(relative.edge == Edge::start ? first->first_day() : last->last_day()));
      return Dates{*first, *last};
    }
    case Base::year: {
      Date year{static_cast<std::int16_t>(published.year + offset), 0, 0, 0};
      if (!year.valid()) return std::nullopt;
      if (relative.by_month && is_month(published.month)) year.month = published.month;
      if (relative.edge == Edge::none) return point(year);
      return point(Date::of(relative.edge == Edge::start ? year.first_day() : year.last_day()));
    }
    case Base::fixed_day: return point(nearest(relative.month, relative.day, published, lean));
    case Base::fixed_month: return point(nearest(relative.month, 0, published, looks_ahead(lean) ? lean : Lean::past));
    case Base::fixed_year: return point(in_year(relative.year, 0, 0));
    case Base::fixed_date: return point(in_year(relative.year, relative.month, relative.day));
    case Base::easter: {
      const std::array<std::optional<Date>, 3> years{easter(published.year - 1), easter(published.year), easter(published.year + 1)};
      return point(published.month == 0 ? years[1] : cheapest(years, published, lean));
    }
    case Base::part_of_year: {
      const bool ahead = looks_ahead(lean);
      Dates dates = within(in_year(published.year, 0, 0), relative.part);
      const int shift = dates.first.first_day() > published.last_day() && !ahead   ? -1
                        : dates.second.last_day() < published.first_day() && ahead ? 1
                                                                                   : 0;
      dates.first.year = static_cast<std::int16_t>(dates.first.year + shift);
      dates.second.year = static_cast<std::int16_t>(dates.second.year + shift);
      if (!dates.first.valid()) return std::nullopt;
      return dates;
    }
  }
  return std::nullopt;
}

Dates years_on(Dates dates, int years) {
  for (Date* date : {&dates.first, &dates.second}) {
    date->year = static_cast<std::int16_t>(date->year + years);
    if (date->month == 2 && date->day == 29 && !date->valid()) date->day = 28;
  }
  return dates;
}

std::optional<Dates> first_of(Base unit, int count, Date from) {
  if (count < 1 || count > kFarthest) return std::nullopt;
  if (unit == Base::day || unit == Base::week) {
    if (!is_month(from.month)) return std::nullopt;
    const Day begin = from.first_day();
    const Date last = Date::of(begin + days((unit == Base::week ? 7 : 1) * count - 1));
    return last.valid() ? std::optional<Dates>(Dates{Date::of(begin), last}) : std::nullopt;
  }
  if (from.month > 12) return std::nullopt;
  const int months = unit == Base::year ? 12 * count : count;
  if (from.day == 0) {
    const Date begin{from.year, from.month == 0 ? std::uint8_t{1} : from.month, 0, 0};
    const auto last = month_of(begin, months - 1);
    return last ? std::optional<Dates>(Dates{begin, *last}) : std::nullopt;
  }
  auto last = month_of(from, months);
  if (!last) return std::nullopt;
  last->day = from.day;
  return Dates{from, last->valid() ? *last : Date::of(Date{last->year, last->month, 0, 0}.last_day())};
}

std::optional<Dates> first_months(int count, Date from, Lean lean) {
  if (count < 1 || count > 12) return std::nullopt;
  Dates months{in_year(from.year, 1, 0), in_year(from.year, static_cast<std::uint8_t>(count), 0)};
  const bool ahead = looks_ahead(lean);
  if (is_month(from.month) && months.second.month > from.month && !ahead) months = years_on(months, -1);
  if (!months.first.valid()) return std::nullopt;
  return months;
}

std::optional<Date> nearest(std::uint8_t month, std::uint8_t day, Date published, Lean lean) {
  if (published.month == 0) return valid({published.year, month, day, 0});
  const std::array<std::optional<Date>, 3> years{in_year(published.year - 1, month, day), in_year(published.year, month, day),
                                                 in_year(published.year + 1, month, day)};
  return cheapest(years, published, lean);
}

std::optional<Date> beside(std::uint8_t month, std::uint8_t day, Date published, int shift) {
  if (published.month == 0) return valid(in_year(published.year + shift, month, day));
  const int order = shift < 0 ? -1 : 1;
  for (int away = -1; away <= 1; ++away) {
    const Date date = in_year(published.year + order * away, month, day);
    if (!date.valid()) continue;
    if (order > 0 ? date.first_day() > published.last_day() : date.last_day() < published.first_day()) return date;
  }
  return std::nullopt;
}

bool is_close(Date date, Date published) {
  constexpr days kClose{31};
  return date.first_day() <= published.last_day() + kClose && date.last_day() + kClose >= published.first_day();
}

std::optional<Date> day_of_month(std::uint8_t day, Date from, Lean lean) {
  if (!is_month(from.month)) return std::nullopt;
  if (from.day == 0) return valid({from.year, from.month, day, 0});
  std::array<std::optional<Date>, 3> days_near;
  int away = -1;
  for (std::optional<Date>& near : days_near) {
    near = month_of(from, away++);
    if (near) near->day = day;
  }
  return cheapest(days_near, from, lean);
}

std::optional<Date> easter(int year) {
  if (year < 1900 || year > 2099) return std::nullopt;  // the years in which the Julian calendar is thirteen days behind
  const int golden = (19 * (year % 19) + 15) % 30;
  const int weekday = (2 * (year % 4) + 4 * (year % 7) - golden + 34) % 7;
  const int month = (golden + weekday + 114) / 31;
  const int day = (golden + weekday + 114) % 31 + 1;
  const Date julian = in_year(year, static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day));
  return Date::of(julian.first_day() + days(13));
}

std::optional<Date> weekday(std::uint8_t weekday, Date published, Lean lean, std::optional<int> shift) {
  if (published.day == 0) return published;
  const Day today = published.first_day();
  const int now = static_cast<int>(std::chrono::weekday{today}.iso_encoding());
  int back = (now - weekday + 7) % 7;  // 0: today
  if (shift && *shift < 0 && back == 0) back = 7;
  const bool ahead = shift ? *shift > 0 : lean == Lean::future || lean == Lean::surely_future || lean == Lean::either;
  if (ahead && back != 0) back -= 7;
  if (shift && *shift > 0 && back == 0) back = -7;
  return valid(Date::of(today - days(back)));
}

std::optional<Part> parse_part(std::string_view gives) {
  constexpr std::pair<std::string_view, Part> kParts[] = {{"start", Part::start}, {"middle", Part::middle}, {"end", Part::end},
                                                          {"week1", Part::week1}, {"ten1", Part::ten1},     {"ten3", Part::ten3},
                                                          {"half1", Part::half1}, {"half2", Part::half2},   {"q1", Part::q1},
                                                          {"q2", Part::q2},       {"q3", Part::q3},         {"q4", Part::q4}};
  for (const auto& [word, part] : kParts) {
    if (word == gives) return part;
  }
  return std::nullopt;
}

Dates within(Date date, Part part) {
  const auto months = [&](std::uint8_t from, std::uint8_t to) { return Dates{{date.year, from, 0, 0}, {date.year, to, 0, 0}}; };
  if (date.month == 0) {
    switch (part) {
      case Part::half1: return months(1, 6);
      case Part::half2: return months(7, 12);
      case Part::q1: return months(1, 3);
      case Part::q2: return months(4, 6);
      case Part::q3: return months(7, 9);
      case Part::q4: return months(10, 12);
      case Part::end: return months(12, 12);
      default: break;
    }
  } else if (date.day == 0 && is_month(date.month)) {
    const auto day = [&](std::uint8_t number) { return Date{date.year, date.month, number, 0}; };
    const Date last = Date::of(date.last_day());
    switch (part) {
      case Part::week1: return {day(1), day(7)};
      case Part::ten1: return {day(1), day(10)};
      case Part::ten3: return {day(21), last};
      case Part::half1: return {day(1), day(15)};
      case Part::half2: return {day(16), last};
      default: break;
    }
  }
  return {date, date};
}

Date bound_end(Date date, Part part) { return part == Part::end && date.day == 0 ? Date::of(date.last_day()) : date; }

}  // namespace litopys::time_rules
