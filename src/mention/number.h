// One number at one place of a sentence, without its bound and unit: digits, words or both, a share of a whole, an open number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/decimal.h"
#include "mention/atom.h"
#include "mention/phrase.h"

namespace litopys {

struct Numeral {
  Decimal value;
  std::size_t first = 0;  // atoms [first, end)
  std::size_t end = 0;
  bool several = false;          // "hundreds": value is the scale
  bool percent = false;          // a share of a whole, as a percentage
  bool words = false;            // no digits in it
  bool year_like = false;        // four bare digits, 1900–2099: a quantity only where something says so
  bool scaled = false;           // has a scale word ("million"), so that a range may lend it to its lower end
  Decimal scale;                 // that scale
  bool people = false;           // a numeral that counts people only: «двоє», «шестеро»
  std::string row;               // of a share, of an open number, of what makes it more than it says
  bool over = false;             // more than it says, by a word inside: «600 с небольшим тысяч»
  bool about = false;            // about what it says, by the order of its words: «тысяч пять»
  bool hundreds = false;         // so many hundreds, named as such: "six hundred", «шесть сотен»
  std::optional<Decimal> whole;  // of a share that two numbers make, the second: "nine out of ten"
};

struct NumberRows {
  Phrases numerals;
  Phrases shares;
  struct Entry {
    enum class Role : unsigned char {
      count,
      hundred,
      scale,
      part,
      plus,
      several,
      some,
      article,
      conjunction,
      of,
      over,
      ordinal,
      nth,
      inverted
    } role = Role::count;
    Decimal value;
    bool attached = false;
    bool people = false;
    bool few = false;  // of "inverted": before 2, 3 and 4 only
  };
  std::unordered_map<RowId, Entry> entries;                    // of numerals
  std::unordered_map<RowId, std::optional<Decimal>> share_of;  // percentage; nullopt: two numbers make it
  std::unordered_set<RowId> share_of_one;                      // these need "one" before them
  std::unordered_map<RowId, std::string> ids;

  [[nodiscard]] static Result<NumberRows> compile(const Codebook& book, Language language);
};

// 100 * part / whole, exact where the division ends within four decimals, else to one decimal; nullopt for what is no part of a whole.
[[nodiscard]] std::optional<Decimal> percentage(Decimal part, Decimal whole);

// The number that begins at atom `at`, or nullopt. `skip_to` is where to go on: behind the number, or behind a stretch of digits that
// is no number at all ("1.2.3"). `bytes` is Document::text.
[[nodiscard]] std::optional<Numeral> number_at(const NumberRows& rows, Language language, const Text& text, const Atoms& atoms,
                                               std::string_view bytes, std::size_t at, std::size_t& skip_to);

}  // namespace litopys
