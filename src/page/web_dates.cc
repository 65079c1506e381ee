// The walk stops at digits only. A year of four digits looks at what stands before and behind it; two digits count as a year only in
// "D.M.YY" and "D/M/YY". Words between are read backwards, at most three.
#include "page/web_dates.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "page/calendar_names.h"
#include "page/scan.h"

namespace litopys {
namespace {

constexpr int kFirstWebYear = 1995, kLastWebYear = 2049;
constexpr std::size_t kLongestWord = 30;  // bytes of a month's name

bool digit(char c) { return c >= '0' && c <= '9'; }

struct Number {
  int value = 0;
  std::size_t begin = 0, end = 0;
  [[nodiscard]] std::size_t digits() const { return end - begin; }
};

// The number that begins at `at`; up to eight digits are valued.
Number number_at(std::string_view text, std::size_t at) {
  Number out{0, at, at};
  while (out.end < text.size() && digit(text[out.end])) {
    if (out.digits() < 8) out.value = out.value * 10 + (text[out.end] - '0');
    ++out.end;
  }
  return out;
}

Number number_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && digit(text[begin - 1]) && end - begin < 9) --begin;
  return number_at(text.substr(0, end), begin);
}

int digits_of(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (!digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

Date to_date(int year, int month, int day) {
  if (year < kFirstWebYear || year > kLastWebYear || month < 1 || month > 12 || day < 1 || day > 31) return {};
  const Date out{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day), 0};
  return out.valid() ? out : Date{};
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\n' || text[at] == '\t') {
      ++at;
    } else if (text.compare(at, 2, "\xC2\xA0") == 0) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

std::size_t skip_blanks_back(std::string_view text, std::size_t at) {
  while (at > 0) {
    if (text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t') {
      --at;
    } else if (at >= 2 && text.compare(at - 2, 2, "\xC2\xA0") == 0) {
      at -= 2;
    } else {
      break;
    }
  }
  return at;
}

bool word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

std::string_view word_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && word_byte(text[begin - 1]) && end - begin <= kLongestWord) --begin;
  return text.substr(begin, end - begin);
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && word_byte(text[end]) && end - at <= kLongestWord) ++end;
  return text.substr(at, end - at);
}

bool is_link_word(std::string_view word) { return word == "de" || word == "del" || word == "of" || word == "d" || word == "di"; }

bool is_ordinal(std::string_view word) {
  return word == "st" || word == "nd" || word == "rd" || word == "th" || word == "er" || word == "го" || word == "a";
}

// A date whose year stands at [year.begin, year.end): day and month before it, in words or digits.
WebDate before_year(std::string_view text, const Number& year, const MonthNames& months) {
  WebDate out;
  std::size_t at = year.begin;
  // "12.05.2021", "12/5/2021", "12. 5. 2021"
  std::size_t mark = skip_blanks_back(text, at);
  if (mark > 0 && (text[mark - 1] == '.' || text[mark - 1] == '/' || text[mark - 1] == '-') && mark > 1) {
    const char sign = text[mark - 1];
    const std::size_t end = skip_blanks_back(text, mark - 1);
    if (end > 0 && digit(text[end - 1])) {
      const Number second = number_before(text, end);
      const std::size_t gap = skip_blanks_back(text, second.begin);
      if (second.digits() <= 2 && gap > 1 && text[gap - 1] == sign) {
        const std::size_t first_end = skip_blanks_back(text, gap - 1);
        const Number first = first_end > 0 && digit(text[first_end - 1]) ? number_before(text, first_end) : Number{};
        const bool glued =
            first.begin > 0 && (digit(text[first.begin - 1]) || text[first.begin - 1] == '.' || text[first.begin - 1] == '/');
        if (first.digits() >= 1 && first.digits() <= 2 && !glued) {
          out.date = to_date(year.value, second.value, first.value);
          out.other = to_date(year.value, first.value, second.value);
          if (out.date.year == 0) std::swap(out.date, out.other);
          if (out.other == out.date) out.other = {};
          if (sign == '.') out.other = {};
          out.span = {static_cast<std::uint32_t>(first.begin), static_cast<std::uint32_t>(year.end)};
          return out;
        }
      }
    }
  }
  // "7. September 2017", "17 de marzo de 2020", "Sept. 28, 2020", "July 9 2020", "5th of May, 2020", "Feb-02-2020"
  at = mark;
  for (int words = 0; words < 4 && at > 0; ++words) {
    at = skip_blanks_back(text, at);
    while (at > 0 && (text[at - 1] == ',' || text[at - 1] == '.' || text[at - 1] == '-' || text[at - 1] == '/'))
      at = skip_blanks_back(text, at - 1);
    if (at == 0) break;
    if (digit(text[at - 1])) {
      // "Month D, YYYY": the day, with the month before it.
      const Number day = number_before(text, at);
      if (day.digits() > 2) break;
      std::size_t month_end = skip_blanks_back(text, day.begin);
      while (month_end > 0 && (text[month_end - 1] == '.' || text[month_end - 1] == '-')) --month_end;
      const std::string_view name = word_before(text, month_end);
      if (const unsigned month = months.month_of(name); month != 0) {
        out.date = to_date(year.value, static_cast<int>(month), day.value);
        out.words = true;
        out.span = {static_cast<std::uint32_t>(month_end - name.size()), static_cast<std::uint32_t>(year.end)};
      }
      break;
    }
    const std::string_view word = word_before(text, at);
    if (word.empty()) break;
    if (const unsigned month = months.month_of(word); month != 0) {
      // The day before the month, with "de", "of", an ending or a full stop between.
      std::size_t day_end = at - word.size();
      for (int links = 0; links < 2; ++links) {
        day_end = skip_blanks_back(text, day_end);
        while (day_end > 0 && (text[day_end - 1] == '.' || text[day_end - 1] == '-' || text[day_end - 1] == '\''))
          day_end = skip_blanks_back(text, day_end - 1);
        const std::string_view link = word_before(text, day_end);
        if (!is_link_word(link) && !is_ordinal(link)) break;
        day_end -= link.size();
      }
      if (day_end == 0 || !digit(text[day_end - 1])) break;
      const Number day = number_before(text, day_end);
      if (day.digits() > 2) break;
      out.date = to_date(year.value, static_cast<int>(month), day.value);
      out.words = true;
      out.span = {static_cast<std::uint32_t>(day.begin), static_cast<std::uint32_t>(year.end)};
      break;
    }
    if (!is_link_word(word) && !is_ordinal(word)) break;
    at -= word.size();
  }
  return out;
}

// "2021-11-02", "2021/11/02", "2023.11.02.", "2021年11月2日", "20211102", "2021 m. lapkričio 2"
WebDate behind_year(std::string_view text, const Number& year, const MonthNames& months) {
  WebDate out;
  const auto taken = [&](const Number& last) { out.span = {static_cast<std::uint32_t>(year.begin), static_cast<std::uint32_t>(last.end)}; };
  std::size_t at = year.end;
  if (at >= text.size()) return out;
  const bool cjk = text.compare(at, 3, "年") == 0 || text.compare(at, 3, "년") == 0;
  const char sign = text[at];
  const bool noun_behind = sign == '.' && text.substr(skip_blanks(text, at + 1)).starts_with("gada");
  if (noun_behind) at = skip_blanks(text, at + 1);
  if (!noun_behind && (cjk || sign == '-' || sign == '/' || sign == '.' || sign == '_')) {
    at = skip_blanks(text, at + (cjk ? 3 : 1));
    const Number month = number_at(text, at);
    if (month.digits() == 1 || month.digits() == 2) {
      at = month.end;
      const bool second = cjk ? text.compare(at, 3, "月") == 0 || text.compare(at, 3, "월") == 0 : at < text.size() && text[at] == sign;
      if (second) {
        const Number day = number_at(text, skip_blanks(text, at + (cjk ? 3 : 1)));
        if (day.digits() == 1 || day.digits() == 2) {
          out.date = to_date(year.value, month.value, day.value);
          taken(day);
        }
      }
    } else if (month.digits() == 0) {
      // "2020-Feb-03", "2020. július 3."
      const std::string_view name = word_at(text, at);
      if (const unsigned named = months.month_of(name); named != 0) {
        at = at + name.size();
        while (at < text.size() && (text[at] == '.' || text[at] == ' ' || text[at] == '-')) ++at;
        const Number day = number_at(text, at);
        if (day.digits() == 1 || day.digits() == 2) {
          out.date = to_date(year.value, static_cast<int>(named), day.value);
          out.words = true;
          taken(day);
        }
      }
    }
    return out;
  }
  // "2021 m. lapkričio 2 d.", "2021. gada 2. novembrī": the year's noun, then month and day in either order.
  if (!noun_behind) at = skip_blanks(text, at);
  if (at == year.end || at >= text.size()) return out;
  const std::string_view noun = word_at(text, at);
  if (noun != "m" && noun != "gada" && noun != "metų") return out;
  at += noun.size();
  while (at < text.size() && (text[at] == '.' || text[at] == ' ')) ++at;
  const Number first = number_at(text, at);
  if (first.digits() == 1 || first.digits() == 2) {
    at = first.end;
    while (at < text.size() && (text[at] == '.' || text[at] == ' ')) ++at;
  } else if (first.digits() != 0) {
    return out;
  }
  const std::string_view name = word_at(text, at);
  const unsigned month = months.month_of(name);
  if (month == 0) return out;
  Number day = first;
  std::uint32_t end = static_cast<std::uint32_t>(at + name.size());
  if (first.digits() == 0) {
    day = number_at(text, skip_blanks(text, at + name.size()));
    if (day.digits() != 1 && day.digits() != 2) return out;
    end = static_cast<std::uint32_t>(day.end);
  }
  out.date = to_date(year.value, static_cast<int>(month), day.value);
  out.words = true;
  out.span = {static_cast<std::uint32_t>(year.begin), end};
  return out;
}

// A weekday or date run that is none: "1.2.3.2021", part of a longer number, a version.
bool bounded(std::string_view text, const Number& number) {
  return number.begin == 0 ||
         (!digit(text[number.begin - 1]) && !(text[number.begin - 1] == '.' && number.begin > 1 && text[number.begin - 2] == '.'));
}

}  // namespace

Result<MonthNames> MonthNames::make(const Codebook& book) {
  MonthNames out;
  for (const RowId id : book.rows_of("month")) {
    const Row& row = book.rows[id];
    unsigned month = 0;
    for (const char c : row.gives) month = digit(c) && month < 100 ? month * 10 + static_cast<unsigned>(c - '0') : 100;
    if (month < 1 || month > 12) {
      return fail(ErrorKind::kConfig, row.file, fmt::format("line {}", row.line),
                  fmt::format("row {}: gives = \"{}\" is no month", row.id, row.gives), "months are 1 to 12");
    }
    for (const std::string& word : row.words) out.names_.emplace(utf8::lowered(word), month);
  }
  return out;
}

unsigned MonthNames::month_of(std::string_view word) const {
  if (word.size() < 3 || word.size() > kLongestWord) return 0;
  const std::string folded = utf8::lowered(word);
  if (const auto found = names_.find(folded); found != names_.end()) return found->second;
  const calendar::Name* name = calendar::find_name(folded);
  if (name == nullptr || (name->kind != calendar::NameKind::month && name->kind != calendar::NameKind::month_short)) return 0;
  return name->value <= 12 ? name->value : 0;
}

std::optional<Date> date_in_url(std::string_view url) {
  const auto digits = [&](std::size_t at, std::size_t count) {
    if (at + count > url.size()) return -1;
    return digits_of(url.substr(at, count));
  };
  std::optional<Date> month_only;
  // Day first, with its marks: "/29-10-2021".
  for (std::size_t i = 0; i + 10 <= url.size(); ++i) {
    const char mark = url[i + 2];
    if ((mark != '-' && mark != '/' && mark != '.' && mark != '_') || url[i + 5] != mark) continue;
    if ((i > 0 && url[i - 1] >= '0' && url[i - 1] <= '9') || (i + 10 < url.size() && url[i + 10] >= '0' && url[i + 10] <= '9')) continue;
    const int day = digits(i, 2), month = digits(i + 3, 2), year = digits(i + 6, 4);
    const Date full{static_cast<std::int16_t>(std::max(year, 0)), static_cast<std::uint8_t>(std::max(month, 0)),
                    static_cast<std::uint8_t>(std::max(day, 0)), 0};
    if (day > 12 && month > 0 && year >= kFirstWebYear && full.valid()) return full;
  }
  for (std::size_t i = 0; i + 7 < url.size(); ++i) {
    if (i > 0 && url[i - 1] >= '0' && url[i - 1] <= '9') continue;
    const int year = digits(i, 4);
    if (year < kFirstWebYear || year > kLastWebYear) continue;
    const char mark = url[i + 4];
    if (mark == '/' || mark == '-' || mark == '_' || mark == '.') {
      std::size_t at = i + 5;
      int part[2] = {-1, -1};
      std::size_t got = 0;
      for (; got < 2; ++got) {
        std::size_t width = 2;
        part[got] = digits(at, 2);
        if (part[got] < 0) {
          width = 1;
          part[got] = digits(at, 1);
        }
        if (part[got] <= 0) break;
        at += width;
        const bool more = at < url.size() && url[at] >= '0' && url[at] <= '9';
        if (more) {
          part[got] = -1;
          break;
        }
        if (got == 0 && (at >= url.size() || url[at] != mark)) {
          ++got;
          break;
        }
        if (got == 0) ++at;
      }
      const Date full{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(std::max(part[0], 0)),
                      static_cast<std::uint8_t>(std::max(part[1], 0)), 0};
      if (part[0] > 0 && part[1] > 0 && full.valid()) return full;
      if (part[0] > 0 && part[0] <= 12 && mark == '/' && !month_only)
        month_only = Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(part[0]), 0, 0};
      continue;
    }
    const int month = digits(i + 4, 2), day = digits(i + 6, 2);
    const bool ends = i + 8 >= url.size() || url[i + 8] < '0' || url[i + 8] > '9';
    const Date full{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(std::max(month, 0)),
                    static_cast<std::uint8_t>(std::max(day, 0)), 0};
    if (month > 0 && day > 0 && ends && full.valid()) return full;
  }
  return month_only;
}

std::vector<WebDate> find_web_dates(std::string_view text, const MonthNames& months, std::size_t limit) {
  std::vector<WebDate> out;
  for (std::size_t i = 0; i < text.size() && out.size() < limit;) {
    i = scan::digit(text.data(), i, text.size());
    if (i == text.size()) break;
    const Number number = number_at(text, i);
    i = number.end;
    WebDate found;
    if (number.digits() == 4 && number.value >= kFirstWebYear && number.value <= kLastWebYear) {
      found = behind_year(text, number, months);
      if (found.date.year == 0) found = before_year(text, number, months);
    } else if (number.digits() == 8 || number.digits() == 14 || number.digits() == 12) {
      const int first = number_at(text.substr(0, number.begin + 8), number.begin).value;
      found.date = to_date(first / 10000, first / 100 % 100, first % 100);
      found.span = {static_cast<std::uint32_t>(number.begin), static_cast<std::uint32_t>(number.begin + 8)};
    } else if (number.digits() == 2 && number.begin > 3 && (text[number.begin - 1] == '.' || text[number.begin - 1] == '/') &&
               !(number.end < text.size() && (text[number.end] == '.' || text[number.end] == '/' || text[number.end] == ':') &&
                 number.end + 1 < text.size() && digit(text[number.end + 1]))) {
      Number year = number;
      year.value += 2000;
      // Both marks must be there without blanks: "12.05.21".
      const Number second = number_before(text, number.begin - 1);
      if (second.digits() == 2 || second.digits() == 1) {
        if (second.begin > 1 && text[second.begin - 1] == text[number.begin - 1]) found = before_year(text, year, months);
      }
    }
    if (found.date.year == 0 || !bounded(text, number)) continue;
    out.push_back(found);
    i = std::max<std::size_t>(i, found.span.end);
  }
  return out;
}

}  // namespace litopys
