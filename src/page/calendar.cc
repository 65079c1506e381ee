// One walk over the text. A digit or a word of the calendar may open a date; from there a few atoms (number, word, mark) are looked at,
// each of bounded length, and either a date is taken and the walk goes on behind it, or the walk goes on behind the one atom. So the
// whole is linear, whatever the bytes: "1.1.1.1.1…" costs a fixed look at each number.
//
// Fits: "10 і 12 травня 2025 року". Does not fit, and is left to whoever knows the sentence: "10 травня — 2 червня" is two dates here.
#include "page/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "base/small_letters.h"
#include "base/utf8.h"
#include "page/calendar_names.h"

namespace litopys {
namespace {

using calendar::Name;
using calendar::NameKind;

constexpr std::uint32_t kLongestName = 32;   // bytes; the longest name has 26
constexpr std::uint32_t kLongestBlank = 16;  // bytes of white space that may stand inside a date
constexpr std::size_t kMostDays = 8;         // days in a row before one month

enum class AtomKind : unsigned char { end, number, word, mark };

struct Atom {
  AtomKind kind = AtomKind::end;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool space_before = false;
  bool capital = false;
  std::uint32_t value = 0;  // of a number with up to 8 digits
  std::uint32_t digits = 0;
  const Name* name = nullptr;
  char32_t mark = 0;

  [[nodiscard]] bool is(NameKind k) const { return name != nullptr && name->kind == k; }
  [[nodiscard]] bool is_mark(char32_t m) const { return kind == AtomKind::mark && mark == m; }
  [[nodiscard]] bool is_dash() const { return kind == AtomKind::mark && (mark == U'-' || mark == U'–' || mark == U'—' || mark == U'‑'); }
};

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Without a year 29 February is let pass.
bool real_day(std::optional<std::int16_t> year, unsigned month, unsigned day) {
  constexpr std::array<unsigned, 13> kDays = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[month]) return false;
  return !(month == 2 && day == 29 && year && !leap(*year));
}

// Two digits name a year of this century up to 2049, of the last one above.
std::int16_t century(std::uint32_t two_digits) {
  return static_cast<std::int16_t>(two_digits < 50 ? 2000 + two_digits : 1900 + two_digits);
}

class Finder {
 public:
  Finder(std::string_view text, Language hint, DateDetail detail) : text_(text), hint_(hint), detail_(detail) {}

  std::vector<CalendarDate> run() {
    std::uint32_t at = 0;
    while (true) {
      const Atom atom = next(at, false);
      if (atom.kind == AtomKind::end) break;
      const std::uint32_t after = atom.kind == AtomKind::mark || (atom.kind == AtomKind::word && atom.name == nullptr) ? 0 : open(atom);
      at = after > atom.end ? after : atom.end;
      previous_ = atom;
    }
    return std::move(found_);
  }

 private:
  // The atom at or behind `at`. In a look-ahead blanks and words are cut at their limits; a cut word has no name and a cut blank ends
  // the look-ahead.
  [[nodiscard]] Atom next(std::uint32_t at, bool look_ahead = true) const {
    Atom atom;
    const std::uint32_t start = at;
    while (at < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      if (byte > ' ' && byte < 0x7F) break;
      if (utf8::small_cyrillic(text_, at) != 0) break;
      const auto c = utf8::decode(text_, at);
      if (!utf8::is_space(c.value)) break;
      at += c.size;
      if (look_ahead && at - start > kLongestBlank) return atom;
    }
    if (at >= text_.size()) return atom;
    atom.begin = at;
    atom.space_before = at > start || at == 0;
    const auto first = utf8::decode(text_, at);
    if (utf8::is_digit(first.value)) {
      atom.kind = AtomKind::number;
      while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') {
        if (atom.digits < 8) atom.value = atom.value * 10 + static_cast<std::uint32_t>(text_[at] - '0');
        ++atom.digits;
        ++at;
        if (look_ahead && atom.digits > kLongestName) break;
      }
    } else if (utf8::is_letter(first.value)) {
      atom.kind = AtomKind::word;
      atom.capital = utf8::is_upper(first.value);
      at = word(at, look_ahead, atom);
    } else {
      atom.kind = AtomKind::mark;
      atom.mark = first.value;
      at += first.size;
    }
    atom.end = at;
    return atom;
  }

  std::uint32_t word(std::uint32_t at, bool look_ahead, Atom& atom) const {
    std::array<char, kLongestName + 4> folded;  // no letter grows by folding, and none is added beyond kLongestName
    std::size_t size = 0;
    const std::uint32_t begin = at;
    bool whole = true;
    while (at < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at]);
      const unsigned char small = byte | 0x20U;
      std::uint16_t pair = 0;
      char32_t letter = 0;
      std::uint32_t taken = 1;
      if (small >= 'a' && small <= 'z' && byte < 0x80) {
        letter = small;
      } else if (pair = utf8::small_cyrillic(text_, at); pair != 0) {
        taken = 2;
      } else {
        const auto c = utf8::decode(text_, at);
        letter = c.value;
        taken = c.size;
        if (letter == U'’' || letter == U'ʼ' || letter == U'\'') {
          const auto behind = utf8::decode(text_, at + c.size);
          if (behind.size == 0 || !utf8::is_cyrillic(behind.value)) break;
          letter = U'\'';
        } else if (!utf8::is_letter(letter)) {
          if (letter != 0x301 && letter != 0xAD) break;  // stress mark, soft hyphen: inside a word, not part of its form
          at += c.size;
          continue;
        }
      }
      at += taken;
      if (at - begin > kLongestName) {
        whole = false;
        if (look_ahead) break;
        continue;
      }
      if (pair != 0) {
        if (pair == utf8::kSmallYo) pair = utf8::kSmallYe;
        folded[size++] = static_cast<char>(pair >> 8U);
        folded[size++] = static_cast<char>(pair & 0xFFU);
      } else if (letter < 0x80) {
        folded[size++] = static_cast<char>(letter);
      } else {
        whole = false;  // no name has another letter
      }
    }
    if (whole) atom.name = calendar::find_name({folded.data(), size});
    return at;
  }

  // Tries all that can begin with this atom; gives the end of what was taken, 0 for nothing.
  std::uint32_t open(const Atom& atom) {
    if (atom.kind == AtomKind::number) return open_number(atom);
    switch (atom.name->kind) {
      case NameKind::month:
      case NameKind::month_short: return open_month(atom);
      case NameKind::weekday:
      case NameKind::weekday_short: return open_weekday(atom);
      case NameKind::season: return open_season(atom);
      case NameKind::ordinal:
      case NameKind::tens: return open_ordinal(atom);
      default: return 0;
    }
  }

  [[nodiscard]] bool parts() const { return detail_ == DateDetail::parts; }
  [[nodiscard]] bool day_first() const { return hint_ == Language::uk || hint_ == Language::ru; }

  // True where the digits at `atom` are the tail of something longer: "2.14", "A14", "2,014".
  [[nodiscard]] bool glued(const Atom& atom) const {
    if (atom.begin == 0) return false;
    const auto before = utf8::decode_before(text_, atom.begin);
    if (utf8::is_letter(before.value) || utf8::is_digit(before.value) || before.value == U'№' || before.value == U'#') return true;
    if (before.value != U'.' && before.value != U',' && before.value != U'/' && before.value != U':' && before.value != U'-') return false;
    const auto second = utf8::decode_before(text_, atom.begin - before.size);
    return second.size != 0 && utf8::is_digit(second.value);
  }

  // True where digits go on behind `at` by a mark: ".5", ",000", ":30".
  [[nodiscard]] bool runs_on(std::uint32_t at, std::string_view marks) const {
    return at + 1 < text_.size() && marks.find(text_[at]) != std::string_view::npos && text_[at + 1] >= '0' && text_[at + 1] <= '9';
  }

  void take(std::uint32_t begin, std::uint32_t end, std::optional<std::int16_t> year, unsigned month, unsigned day, bool numeric = false) {
    CalendarDate date;
    date.span = {begin, end};
    date.year = year;
    date.month = static_cast<std::uint8_t>(month);
    date.day = static_cast<std::uint8_t>(day);
    date.numeric = numeric;
    found_.push_back(date);
  }

  // A weekday right behind the date just taken: ", Monday" or "(понеділок)"; behind another mark it ends the line: "14 июня. Пятница".
  void weekday_behind(std::uint32_t end) {
    const Atom mark = next(end);
    const bool alone = mark.is_mark(U'.') || mark.is_mark(U'|') || mark.is_mark(U'·') || mark.is_mark(U'/');
    if (!mark.is_mark(U',') && !mark.is_mark(U'(') && !alone) return;
    const Atom name = next(mark.end);
    if (!name.is(NameKind::weekday)) return;
    const Atom behind = next(name.end);
    if (alone ? behind.kind != AtomKind::end
              : (mark.is_mark(U'(') ? !behind.is_mark(U')') : behind.kind == AtomKind::number || behind.is(NameKind::month)))
      return;
    found_.back().weekday = name.name->value;
    found_.back().weekday_span = {name.begin, name.end};
  }

  // "Monday, 14 May", "Thursday (27 April)", «пн 14.05.2025».
  std::uint32_t open_weekday(const Atom& atom) {
    Atom target = next(atom.end);
    for (int marks = 0; marks < 2 && (target.is_mark(U',') || target.is_mark(U'(') || target.is_mark(U'.') || target.is(NameKind::of));
         ++marks) {
      target = next(target.end);
    }
    const bool opens = target.kind == AtomKind::number || target.is(NameKind::month) || target.is(NameKind::month_short) ||
                       target.is(NameKind::ordinal) || target.is(NameKind::tens);
    const std::size_t count = found_.size();
    if (opens) {
      const std::uint32_t end = open(target);
      if (end != 0 && found_.size() > count && found_[count].day != 0 && !found_[count].weekday) {
        found_[count].weekday = atom.name->value;
        found_[count].weekday_span = {atom.begin, atom.end};
        return end;
      }
      found_.resize(count);
    }
    if (!parts() || atom.is(NameKind::weekday_short)) return 0;
    take(atom.begin, atom.end, std::nullopt, 0, 0);
    found_.back().weekday = atom.name->value;
    found_.back().weekday_span = {atom.begin, atom.end};
    return atom.end;
  }

  struct Year {
    std::int16_t value = 0;
    std::uint32_t end = 0;
    bool marked = false;
  };

  // The ending and the noun of a year behind its digits: "-го", «року», «г.».
  Year year_tail(const Atom& digits) const {
    Year year{static_cast<std::int16_t>(digits.value), digits.end, false};
    const Atom dash = next(year.end);
    if (dash.is_dash() && !dash.space_before) {
      const Atom ending = next(dash.end);
      if (ending.is(NameKind::suffix) && !ending.space_before) {
        year.end = ending.end;
        year.marked = true;
      }
    }
    const Atom noun = next(year.end);
    if (noun.is(NameKind::year_noun)) {
      year.end = noun.end;
      year.marked = true;
      if (noun.end - noun.begin <= 4 && noun.end < text_.size() && text_[noun.end] == '.') ++year.end;  // «р.», «гг.»
    }
    return year;
  }

  [[nodiscard]] bool year_digits(const Atom& atom) const {
    return atom.kind == AtomKind::number && atom.digits == 4 && atom.value >= 1500 && atom.value < 2500 && !runs_on(atom.end, ".,:") &&
           !letter_at(atom.end);
  }

  [[nodiscard]] bool letter_at(std::uint32_t at) const { return at < text_.size() && utf8::is_letter(utf8::decode(text_, at).value); }

  // A year behind a month (or season) that ends at `at`: " 2025", ", 2025", " of 2025 року", " (2025)".
  [[nodiscard]] std::optional<Year> year_behind(std::uint32_t at) const {
    Atom atom = next(at);
    const bool bracket = atom.is_mark(U'(');
    if (bracket || atom.is_mark(U',') || atom.is(NameKind::of)) atom = next(atom.end);
    if (!year_digits(atom)) return std::nullopt;
    Year year = year_tail(atom);
    if (!bracket) return year;
    const Atom close = next(year.end);
    if (!close.is_mark(U')')) return std::nullopt;
    year.end = close.end;
    return year;
  }

  // «4 августа 22 года», behind a day and its month that end at `at`.
  [[nodiscard]] std::optional<Year> short_year_behind(std::uint32_t at) const {
    Atom atom = next(at);
    if (atom.kind != AtomKind::number || atom.digits != 2) return std::nullopt;
    const Atom noun = next(atom.end);
    // «р.» is also the rouble.
    if (!noun.is(NameKind::year_noun) || noun.end - noun.begin <= 4) return std::nullopt;
    atom.value = static_cast<std::uint32_t>(century(atom.value));
    return year_tail(atom);
  }

  // An abbreviation's full stop belongs to it.
  [[nodiscard]] std::uint32_t month_end(const Atom& atom) const {
    return atom.is(NameKind::month_short) && atom.end < text_.size() && text_[atom.end] == '.' ? atom.end + 1 : atom.end;
  }

  // Small letters make English "may" and "march" other words, but before a year ("5 dec 2024").
  [[nodiscard]] bool month_name(const Atom& atom) const {
    if (!atom.is(NameKind::month) && !atom.is(NameKind::month_short)) return false;
    const bool latin = static_cast<unsigned char>(text_[atom.begin]) < 0x80;
    return !latin || atom.capital || atom.end - atom.begin > 5 || year_behind(month_end(atom)).has_value();
  }

  struct DayNumber {
    Span span;
    std::uint32_t value = 0;
  };

  // Days in a row and their month: "10", "10 and 12", "10–12", «11, а не 12» with the month behind. `at` is behind the first day.
  std::uint32_t days_then_month(DayNumber first, std::uint32_t at) {
    std::array<DayNumber, kMostDays> days{};
    std::size_t count = 0;
    days[count++] = first;
    Atom atom = next(at);
    while (true) {
      if (atom.is(NameKind::of)) atom = next(atom.end);
      if (month_name(atom)) break;
      if (count == kMostDays) return 0;
      int links = 0;
      bool joined = false;
      while (links < 4 && (atom.is_mark(U',') || atom.is_dash() || atom.is(NameKind::joiner))) {
        joined = joined || !atom.is_mark(U',');
        atom = next(atom.end);
        ++links;
      }
      if (!joined || atom.kind != AtomKind::number || atom.digits > 2 || atom.value < 1 || atom.value > 31 || runs_on(atom.end, ".,:"))
        return 0;
      days[count] = {{atom.begin, atom.end}, atom.value};
      atom = after_suffix(days[count].span.end);
      ++count;
    }
    std::uint32_t end = month_end(atom);
    const unsigned month = atom.name->value;
    std::optional<Year> year = year_behind(end);
    if (!year) year = short_year_behind(end);
    const std::optional<std::int16_t> value = year ? std::optional<std::int16_t>(year->value) : std::nullopt;
    if (year) end = year->end;
    for (std::size_t i = 0; i < count; ++i) {
      if (!real_day(value, month, days[i].value)) return end;  // stepped over: its month alone would be a guess
    }
    for (std::size_t i = 0; i < count; ++i) {
      take(days[i].span.begin, i + 1 == count ? end : days[i].span.end, value, month, days[i].value);
      found_.back().year_marked = year && year->marked;
    }
    weekday_behind(end);
    return end;
  }

  // Steps over "th", "-го" behind a day number; moves `end` and gives the next atom.
  Atom after_suffix(std::uint32_t& end) const {
    Atom atom = next(end);
    if (atom.is_dash() && !atom.space_before) {
      const Atom ending = next(atom.end);
      if (ending.is(NameKind::suffix) && !ending.space_before) {
        end = ending.end;
        return next(end);
      }
    } else if (atom.is(NameKind::suffix) && !atom.space_before) {
      end = atom.end;
      return next(end);
    }
    return atom;
  }

  std::uint32_t open_number(const Atom& atom) {
    if (atom.digits == 3 || atom.digits > 4 || glued(atom)) return 0;
    if (const std::uint32_t end = numeric(atom); end != 0) return end;
    if (atom.digits == 4) return bare_year(atom);
    if (atom.value < 1 || atom.value > 31 || atom.digits > 2) return 0;
    DayNumber day{{atom.begin, atom.end}, atom.value};
    after_suffix(day.span.end);
    return days_then_month(day, day.span.end);
  }

  std::uint32_t bare_year(const Atom& atom) {
    if (!parts() || atom.value < 1900 || atom.value > 2099 || runs_on(atom.end, ".,:/") || letter_at(atom.end)) return 0;
    const Year year = year_tail(atom);
    take(atom.begin, year.end, year.value, 0, 0);
    found_.back().year_marked = year.marked;
    return year.end;
  }

  // Digits and separators: a/b/c with one separator, or "DD.MM".
  std::uint32_t numeric(const Atom& a) {
    if (a.end >= text_.size()) return 0;
    const char separator = text_[a.end];
    if (separator != '.' && separator != '/' && separator != '-') return 0;
    const Atom b = next(a.end + 1);
    if (b.kind == AtomKind::word) return named_between(a, b, separator);
    if (b.kind != AtomKind::number || b.space_before || b.digits > 2) return 0;
    if (b.end < text_.size() && text_[b.end] == separator) {
      const Atom c = next(b.end + 1);
      if (c.kind == AtomKind::number && !c.space_before) return three_numbers(a, b, c, separator);
    }
    if (separator != '.' || !day_first() || a.digits != 2 || b.digits != 2 || !real_day(std::nullopt, b.value, a.value)) return 0;
    if (runs_on(b.end, ".,:-/") || letter_at(b.end)) return 0;
    if (previous_.is(NameKind::clock)) return 0;
    const Atom behind = next(b.end);
    if (behind.is_mark(U'%') || behind.is(NameKind::no_date) || behind.is_mark(U'₴') || behind.is_mark(U'°') || behind.is_mark(U'×'))
      return 0;
    take(a.begin, b.end, std::nullopt, b.value, a.value, true);
    return b.end;
  }

  // The month in Roman figures, 0 for none. Ukrainians and Russians write them with their own І and Х too.
  [[nodiscard]] unsigned roman_month(const Atom& word) const {
    constexpr std::array<std::string_view, 12> kRoman = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};
    std::string letters;
    for (std::uint32_t at = word.begin; at < word.end;) {
      const auto c = utf8::decode(text_, at);
      at += c.size;
      utf8::append(letters, c.value == U'І' ? U'I' : c.value == U'Х' ? U'X' : c.value);
      if (letters.size() > 4) return 0;
    }
    const auto* found = std::find(kRoman.begin(), kRoman.end(), letters);
    return found == kRoman.end() ? 0 : static_cast<unsigned>(found - kRoman.begin()) + 1;
  }

  // A day, a month that is no digits, and a year of four, with one mark between: "02-XII-2024", "10.III.2023", "24-Mar-2025".
  std::uint32_t named_between(const Atom& day, const Atom& month, char separator) {
    if (month.space_before || day.digits > 2 || month.end >= text_.size() || text_[month.end] != separator) return 0;
    const Atom digits = next(month.end + 1);
    if (digits.space_before || !year_digits(digits)) return 0;
    const bool named = month.is(NameKind::month) || month.is(NameKind::month_short);
    const unsigned value = named ? month.name->value : roman_month(month);
    const Year year = year_tail(digits);
    if (!real_day(year.value, value, day.value)) return 0;
    take(day.begin, year.end, year.value, value, day.value);
    found_.back().year_marked = year.marked;
    weekday_behind(year.end);
    return year.end;
  }

  std::uint32_t three_numbers(const Atom& a, const Atom& b, const Atom& c, char separator) {
    std::optional<std::int16_t> year;
    unsigned month = b.value;
    unsigned day = a.value;
    if (runs_on(c.end, ".,/-")) return 0;
    if (a.digits == 4 && c.digits == 2) {  // ISO order; a letter may follow ("T10:15")
      year = static_cast<std::int16_t>(a.value);
      day = c.value;
    } else if (a.digits <= 2 && (c.digits == 4 || (c.digits == 2 && separator == '.' && a.digits == 2 && b.digits == 2))) {
      year = c.digits == 4 ? static_cast<std::int16_t>(c.value) : century(c.value);
      const bool as_day_first = real_day(year, b.value, a.value);
      const bool as_month_first = real_day(year, a.value, b.value);
      const bool sure = separator == '.' || day_first() || a.value == b.value;
      if (as_day_first && as_month_first && !sure) return 0;
      if (!as_day_first && separator != '.') std::swap(month, day);
    }
    if (!year || *year < 1500 || *year > 2499 || !real_day(year, month, day)) return 0;
    std::uint32_t end = c.end;
    const Year tail = c.digits == 4 ? year_tail(c) : Year{};
    if (tail.marked) end = tail.end;
    take(a.begin, end, year, month, day, true);
    found_.back().year_marked = tail.marked;
    weekday_behind(end);
    return end;
  }

  // "May 14, 2025", "May 10–12", "May 2025"; in Ukrainian and Russian only the year may follow a month, or a day with its
  // year behind a month in capital letters as pages of English make print it: «Вересень 30, 2024».
  std::uint32_t open_month(const Atom& atom) {
    const std::uint32_t end = month_end(atom);
    const bool latin = static_cast<unsigned char>(text_[atom.begin]) < 0x80;
    if (latin && !atom.capital && atom.end - atom.begin <= 5) return 0;
    if (latin) {
      if (const std::uint32_t after = month_then_days(atom, end); after != 0) return after;
    } else if (atom.capital) {
      const Atom day = next(end);
      const bool number = day.kind == AtomKind::number && day.digits <= 2 && next(day.end).is_mark(U',');
      const auto year = number ? year_behind(day.end) : std::nullopt;
      if (year && real_day(year->value, atom.name->value, day.value)) {
        take(atom.begin, year->end, year->value, atom.name->value, day.value);
        return year->end;
      }
    }
    if (const auto year = year_behind(end)) {
      take(atom.begin, year->end, year->value, atom.name->value, 0);
      found_.back().year_marked = year->marked;
      return year->end;
    }
    if (!parts() || atom.is(NameKind::month_short)) return 0;
    take(atom.begin, end, std::nullopt, atom.name->value, 0);
    return end;
  }

  std::uint32_t month_then_days(const Atom& atom, std::uint32_t at) {
    std::array<DayNumber, kMostDays> days{};
    std::size_t count = 0;
    std::uint32_t end = 0;
    Atom number = next(at);
    if (number.is(NameKind::of)) number = next(number.end);  // "January the 1st"
    while (count < kMostDays && number.kind == AtomKind::number && number.digits <= 2 && number.value >= 1 && number.value <= 31 &&
           !runs_on(number.end, ".:") && !(number.end < text_.size() && text_[number.end] == '%')) {
      if (runs_on(number.end, ",")) {  // "May 10,000" is no day, "May 17,2023" is one
        const Atom group = next(number.end + 1);
        if (group.digits != 4) break;
      }
      days[count] = {{number.begin, number.end}, number.value};
      Atom link = after_suffix(days[count].span.end);
      end = days[count].span.end;
      if (letter_at(end)) return 0;  // "May 14k"
      ++count;
      if (!link.is_dash() && !link.is(NameKind::joiner)) break;
      number = next(link.end);
    }
    if (count == 0) return 0;
    const std::optional<Year> year = year_behind(end);
    if (year) end = year->end;
    const std::optional<std::int16_t> value = year ? std::optional<std::int16_t>(year->value) : std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
      if (!real_day(value, atom.name->value, days[i].value)) return end;
    }
    for (std::size_t i = 0; i < count; ++i) {
      take(i == 0 ? atom.begin : days[i].span.begin, i + 1 == count ? end : days[i].span.end, value, atom.name->value, days[i].value);
    }
    weekday_behind(end);
    return end;
  }

  std::uint32_t open_season(const Atom& atom) {
    if (!parts()) {
      const auto year = year_behind(atom.end);
      if (!year) return 0;
      take(atom.begin, year->end, year->value, atom.name->value, 0);
      found_.back().year_marked = year->marked;
      return year->end;
    }
    const auto year = year_behind(atom.end);
    const std::uint32_t end = year ? year->end : atom.end;
    take(atom.begin, end, year ? std::optional<std::int16_t>(year->value) : std::nullopt, atom.name->value, 0);
    found_.back().year_marked = year && year->marked;
    return end;
  }

  // «первого января», "the twenty-first of May".
  std::uint32_t open_ordinal(const Atom& atom) {
    DayNumber day{{atom.begin, atom.end}, atom.name->value};
    if (atom.is(NameKind::tens)) {
      Atom unit = next(atom.end);
      if (unit.is_dash()) unit = next(unit.end);
      if (!unit.is(NameKind::ordinal) || unit.name->value > 9 || day.value + unit.name->value > 31) return 0;
      day.value += unit.name->value;
      day.span.end = unit.end;
    }
    return days_then_month(day, day.span.end);
  }

  std::string_view text_;
  Language hint_;
  DateDetail detail_;
  Atom previous_;
  std::vector<CalendarDate> found_;
};

}  // namespace

std::vector<CalendarDate> find_dates(std::string_view text, Language hint, DateDetail detail) { return Finder(text, hint, detail).run(); }

}  // namespace litopys
