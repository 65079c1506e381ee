// Three steps a sentence: numbers (number.h) left to right, stepping over dates, articles and ages; neighbouring numbers joined to
// ranges; then bound and unit from the words around each. All knowledge of words is rows; here stands only the order of the steps.
//
// Fits: "rather more than 20–25% of pupils" is a range, because a range names both its ends and a word before it adds nothing.
// Does not fit: a unit that another sentence names ("1,340, against 900 in May") stays Unit::other for the claim to settle.
#include "mention/quantity.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "mention/number.h"
#include "mention/quantity_rows.h"
#include "page/calendar.h"

namespace litopys {
namespace {

constexpr std::size_t kNounReach = 5;  // atoms between a number and its noun: "1.4 million Ukrainian and Crimean Tatar citizens"

using UnitEntry = QuantityRows::UnitEntry;
using Only = QuantityRows::Only;

constexpr std::int64_t kMostAge = 110;
constexpr std::int64_t kMostBare = 20;  // "put on the register at 17", "teams of three"

// A number on its way to a quantity.
struct Candidate {
  Numeral number;
  std::optional<Numeral> upper;
  std::size_t first = 0, end = 0;  // atoms, with "between", currency sign and percent sign
  bool percent = false;
  bool currency_sign = false;
  bool multiple = false;  // a number of times: "twofold"
  bool spell = false;     // a span of time that stands in no number: «упродовж тижня», "within a month"
  bool months = false;    // which counts months and no days
};

bool is_currency_sign(char32_t c) { return c == U'$' || c == U'€' || c == U'£' || c == U'₴' || c == U'₽'; }

class SentenceQuantities {
 public:
  SentenceQuantities(const QuantityRows& rows, const Text& text, const Document& document, const Sentence& sentence)
      : rows_(rows), text_(text), bytes_(document.text), atoms_(cut_atoms(text, document, sentence)), sentence_(sentence) {}

  std::vector<Quantity> run() {
    collect();
    join_ranges();
    std::vector<Quantity> out;
    std::size_t taken = 0;  // atoms before it belong to an earlier quantity
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const std::size_t limit = i + 1 < found_.size() ? found_[i + 1].first : atoms_.size();
      out.push_back(finish(found_[i], taken, limit));
      if (i > 0) {
        lend_scale(found_[i - 1], found_[i], out.back());
        inherit_unit(out);
      }
      taken = std::max(taken, found_[i].end);
    }
    return out;
  }

 private:
  void collect() {
    const std::string_view sentence = std::string_view(bytes_).substr(sentence_.span.begin, sentence_.span.size());
    bool dates_known = false;
    for (std::size_t at = 0; at < atoms_.size();) {
      if (atoms_[at].kind == AtomKind::mark) {
        ++at;
        continue;
      }
      if (atoms_[at].kind == AtomKind::word) {
        if (const auto multiple = rows_.multiples.starting(text_, atoms_, at); !multiple.empty()) {
          Candidate c;
          c.number.value = rows_.multiple_of.at(multiple.front().row);
          c.number.first = c.first = at;
          c.number.end = c.end = multiple.front().end;
          c.multiple = true;
          found_.push_back(c);
          at = c.end;
          continue;
        }
      }
      if (atoms_[at].kind == AtomKind::word) {
        if (const auto spell = rows_.spells.starting(text_, atoms_, at); !spell.empty()) {
          Candidate c;
          c.number.value = rows_.multiple_of.at(spell.front().row);
          c.number.row = rows_.ids.at(spell.front().row);
          c.number.first = c.first = at;
          c.number.end = c.end = spell.front().end;
          c.spell = true;
          c.months = rows_.months.contains(spell.front().row);
          found_.push_back(c);
          at = c.end;
          continue;
        }
      }
      if (const std::size_t behind = past_phone(at); behind != at) {
        at = behind;
        continue;
      }
      std::size_t next = at + 1;
      auto number = number_at(rows_.numbers, text_.language, text_, atoms_, bytes_, at, next);
      if (number) {
        if (!dates_known) {
          dates_ = find_dates(sentence, text_.language, DateDetail::parts);
          dates_known = true;
        }
        if (in_date(*number)) {
          next = std::max(next, past_date(*number));
        } else if (counts(*number)) {
          Candidate c;
          c.first = at;
          c.end = number->end;
          c.percent = number->percent;
          c.number = std::move(*number);
          extend(c);
          next = std::max(next, c.end);
          found_.push_back(std::move(c));
        }
      }
      at = std::max(next, at + 1);
    }
  }

  // Behind "+380 67 123-45-67" and "123-45-67"; `at` itself for anything else.
  [[nodiscard]] std::size_t past_phone(std::size_t at) {
    if (!atoms_.is_number(at)) return at;
    const bool plus = at > 0 && atoms_.is_mark(at - 1, U'+') && atoms_.touches(at);
    if (!plus && at < no_phone_before_) return at;
    std::size_t end = at + 1;
    std::size_t groups = 1;
    while (end < atoms_.size()) {
      const std::size_t dash = atoms_.is_dash(end) && atoms_.touches(end) ? 1 : 0;
      const std::size_t number = atoms_.is_mark(end, U'(') || atoms_.is_mark(end, U')') ? end + 1 : end + dash;
      if (!atoms_.is_number(number)) break;
      if (!plus && (dash == 0 || !atoms_.touches(number))) {
        no_phone_before_ = number;  // nor is what begins within this one
        return at;
      }
      end = number + 1;
      ++groups;
    }
    return groups >= 3 ? end : at;
  }

  [[nodiscard]] Span span_of(std::size_t first, std::size_t end) const { return {atoms_[first].span.begin, atoms_[end - 1].span.end}; }

  [[nodiscard]] const CalendarDate* date_over(const Numeral& n) const {
    const Span span = span_of(n.first, n.end);
    // Dates are disjoint and in order: the first that ends behind the number's begin is the only one that can lie over it.
    const auto date = std::upper_bound(dates_.begin(), dates_.end(), span.begin - sentence_.span.begin,
                                       [](std::uint32_t begin, const CalendarDate& d) { return begin < d.span.end; });
    if (date != dates_.end() && date->span.begin + sentence_.span.begin < span.end) return &*date;
    return nullptr;
  }

  [[nodiscard]] bool in_date(const Numeral& n) const {
    const CalendarDate* date = date_over(n);
    if (date == nullptr) return false;
    const bool year_alone = date->month == 0 && !date->weekday;
    if (!year_alone) return true;
    if (date->year_marked) return true;
    return n.year_like && !year_counts(n);
  }

  [[nodiscard]] std::size_t past_date(const Numeral& n) const {
    const CalendarDate* date = date_over(n);
    std::size_t at = n.end;
    while (at < atoms_.size() && atoms_[at].span.end <= date->span.end + sentence_.span.begin) ++at;
    return at;
  }

  // Four bare digits count only with a bound before them or, where round, a counted noun right behind.
  [[nodiscard]] bool year_counts(const Numeral& n) const {
    if (const auto bound = rows_.bounds.before(text_, atoms_, n.first, n.end); bound && says_count(bound->row)) return true;
    const auto unit = unit_at(n.end);
    const auto value = n.value.whole();
    if (!unit || unit->entry->duration) return false;
    return value && (*value % 100 == 0 || text_.language != Language::en);
  }

  [[nodiscard]] bool says_count(RowId row) const {
    const auto& bound = rows_.bound_of.at(row);
    return bound.bound != Bound::at_most && !bound.of;
  }

  // False for digits that count nothing.
  [[nodiscard]] bool counts(const Numeral& n) const {
    const std::size_t first = n.first;
    if (first > 0 && atoms_.is_number(first)) {
      const Atom& before = atoms_[first - 1];
      const bool touching = !atoms_[first].space_before;
      if (touching && before.kind == AtomKind::word) return false;  // "A14"
      if (before.kind == AtomKind::mark && (before.mark == U'№' || before.mark == U'#')) return false;
      if (touching && before.kind == AtomKind::mark) {
        if (before.mark == U'@' || before.mark == U'_' || before.mark == U'&' || before.mark == U'=') return false;
        const bool tied = !before.space_before && first > 1 && atoms_[first - 2].span.end == before.span.begin;
        if (before.mark == U'/' || before.mark == U'\\') return false;
        if (tied && (before.mark == U':' || before.mark == U'.')) return false;
        if (tied && before.mark == U'-' && atoms_[first - 2].kind == AtomKind::word) return false;  // "covid-19"
      }
    }
    if (atoms_.is_number(n.end - 1) && n.end < atoms_.size() && atoms_.touches(n.end)) {
      const Atom& behind = atoms_[n.end];
      const bool number_behind = atoms_.is_number(n.end + 1) && !atoms_[n.end + 1].space_before;
      if (behind.kind == AtomKind::word && !suffix_of_number(n.end)) return false;  // "14th", "5pm"
      if ((behind.mark == U':' || behind.mark == U'/') && number_behind) return false;
      if (atoms_.is_dash(n.end) && atoms_.touches(n.end + 1)) {
        if (atoms_.is_word(n.end + 1) && ordinal_ending(n)) return false;  // "14-го", "90-х"
      }
    }
    if (atoms_.is_number(first) && atoms_.form(first).size() > 1 && atoms_.form(first).front() == '0') return false;  // "01.07", "007"
    if (blocked(n, rows_.not_quantities.before(text_, atoms_, first, n.end)) ||
        blocked(n, rows_.not_quantities.after(text_, atoms_, n.end))) {
      return false;
    }
    if (age(n)) return false;
    const bool one = n.words && !n.scaled && !n.percent && !n.several && n.value == *Decimal::make(1);
    if (one && !upper_behind(n)) return false;                                              // "one" is a pronoun more often than a number
    return !(n.several && n.value < *Decimal::make(12) && text_.language == Language::en);  // "tens" needs its scale
  }

  [[nodiscard]] bool blocked(const Numeral& n, const std::optional<Phrases::Hit>& hit) const {
    if (!hit) return false;
    const auto only = rows_.only.find(hit->row);
    if (only == rows_.only.end()) return true;
    switch (only->second) {
      case Only::share: return n.percent;
      case Only::bare: return bare(n) && n.value <= *Decimal::make(kMostBare);
      case Only::age: return bare(n) && n.value <= *Decimal::make(kMostAge);
      case Only::clock: return clock(n);
      case Only::nothing: break;
    }
    return true;
  }

  // A whole number that nothing says what it counts.
  [[nodiscard]] bool bare(const Numeral& n) const {
    return !n.percent && !n.scaled && !n.several && !n.people && n.value.whole() && !counted(n.end);
  }

  // Whether a noun stands behind a number that nothing else could be: "a commission of four walks" counts no walks.
  [[nodiscard]] bool counted(std::size_t at) const {
    const auto noun = noun_behind(at, atoms_.size());
    return noun && (noun->unit != nullptr || part_of(at) != PartOfSpeech::verb);
  }

  // "14.00", "9.30": what could be a time of day.
  [[nodiscard]] bool clock(const Numeral& n) const {
    if (n.end != n.first + 3 || !atoms_.is_mark(n.first + 1, U'.')) return false;
    const std::string_view hour = atoms_.form(n.first);
    const std::string_view minute = atoms_.form(n.first + 2);
    return minute.size() == 2 && minute < "60" && (hour.size() == 1 || (hour.size() == 2 && hour < "25"));
  }

  // "Olga, 38, an accountant", «бабусі 78 років».
  [[nodiscard]] bool age(const Numeral& n) const {
    const auto value = n.value.whole();
    if (n.first == 0 || !value || *value > kMostAge || *value < 1 || n.percent || n.scaled || n.several || n.people) return false;
    const auto unit = unit_at(n.end);
    if (unit && unit->entry->years) return names_person(n.first - 1);
    if (unit || !atoms_.is_number(n.first) || n.end != n.first + 1 || n.first < 2 || !atoms_.is_mark(n.first - 1, U',')) return false;
    if (!atoms_[n.first - 2].capital && !names_person(n.first - 2)) return false;
    if (n.end == atoms_.size() || atoms_.is_mark(n.end, U',') || atoms_.is_mark(n.end, U'.') || atoms_.is_mark(n.end, U')')) return true;
    return part_of(n.end) == PartOfSpeech::conjunction;
  }

  [[nodiscard]] bool names_person(std::size_t i) const {
    if (!atoms_.is_word(i)) return false;
    const auto hits = rows_.units.starting(text_, atoms_, i);
    return std::any_of(hits.begin(), hits.end(), [this](const Phrases::Hit& h) { return rows_.unit_of.at(h.row).unit == Unit::person; });
  }

  struct UnitHit {
    const UnitEntry* entry = nullptr;
    std::size_t end = 0;
  };

  // The unit whose words begin at an atom, the longest first.
  [[nodiscard]] std::optional<UnitHit> unit_at(std::size_t at) const {
    for (const Phrases::Hit& hit : rows_.units.starting(text_, atoms_, at)) {
      const UnitEntry& entry = rows_.unit_of.at(hit.row);
      if (entry.plural && !plural(at)) continue;
      return UnitHit{&entry, hit.end};
    }
    return std::nullopt;
  }

  [[nodiscard]] bool plural(std::size_t at) const {
    if (!atoms_.is_word(at) || !atoms_[at].whole_token) return false;
    const auto readings = text_.readings_of(text_.tokens[atoms_[at].token]);
    return std::any_of(readings.begin(), readings.end(),
                       [](const Reading& r) { return r.part == PartOfSpeech::noun && r.number == Number::plural; });
  }

  [[nodiscard]] bool upper_behind(const Numeral& n) const {
    if (!atoms_.is_dash(n.end) || !atoms_.touches(n.end) || !atoms_.touches(n.end + 1)) return false;
    std::size_t ignored = 0;
    return number_at(rows_.numbers, text_.language, text_, atoms_, bytes_, n.end + 1, ignored).has_value();
  }

  // What may touch digits and leave them a number: a unit ("5km", "100грн").
  [[nodiscard]] bool suffix_of_number(std::size_t at) const { return unit_at(at).has_value(); }

  // Endings behind a hyphen make an ordinal or a decade, except those of counting forms: "5-ти", "11-ма", "3-х".
  [[nodiscard]] bool ordinal_ending(const Numeral& n) const {
    const std::string_view ending = atoms_.form(n.end + 1);
    constexpr std::array<std::string_view, 10> kCounting = {"ти", "ма", "мя", "ох", "ьох", "ю", "тью", "ть", "и", "ми"};
    if (std::find(kCounting.begin(), kCounting.end(), ending) != kCounting.end()) return false;
    if (ending == "х" || ending == "м") {
      const auto value = n.value.whole();
      return !value || *value > 4;
    }
    return utf8_letters(ending) <= 3 && !ending.empty() && static_cast<unsigned char>(ending.front()) >= 0x80;
  }

  static std::size_t utf8_letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }

  // Takes the percent or currency sign and the case ending that belong to the number.
  void extend(Candidate& c) {
    if (atoms_.is_dash(c.end) && atoms_.touches(c.end) && atoms_.is_word(c.end + 1) && atoms_.touches(c.end + 1) &&
        atoms_.is_number(c.end - 1) && utf8_letters(atoms_.form(c.end + 1)) <= 3 && !unit_at(c.end + 1)) {
      c.end += 2;  // "5-ти"
    }
    const std::size_t dash = atoms_.is_dash(c.end) && atoms_.touches(c.end) && atoms_.touches(c.end + 1) ? 1 : 0;  // "95-процентный"
    const auto unit = unit_at(c.end + dash);
    if (unit && unit->entry->unit == Unit::percent) {
      c.percent = true;
      c.end = unit->end;
    }
    if (c.first > 0 && atoms_[c.first - 1].kind == AtomKind::mark && is_currency_sign(atoms_[c.first - 1].mark)) {
      --c.first;
      c.currency_sign = true;
    }
  }

  // "X–Y", "X to Y", "between X and Y", «два-три».
  void join_ranges() {
    std::vector<Candidate> out;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      Candidate c = std::move(found_[i]);
      if (i + 1 < found_.size() && !c.upper && !c.number.several && !found_[i + 1].number.several) {
        Candidate& next = found_[i + 1];
        std::optional<std::size_t> begin;
        if (atoms_.is_dash(c.end) && c.end + 1 == next.first) {
          begin = c.first;
        } else if (changes(c, next)) {
          begin.reset();
        } else if (named_twice(c, next)) {
          begin = c.first;
        } else {
          begin = range_words(c, next);
        }
        if (begin && ends_of_range(c, next)) {
          c.upper = next.number;
          c.first = *begin;
          c.end = next.end;
          c.percent = c.percent || next.percent;
          ++i;
        }
      }
      out.push_back(std::move(c));
    }
    found_ = std::move(out);
  }

  // "rose from 20 to 35": two numbers of two times, and no range.
  [[nodiscard]] bool changes(const Candidate& c, const Candidate& next) const {
    const auto hit = rows_.bounds.before(text_, atoms_, next.first, next.end);
    return hit && hit->first < c.first && rows_.bound_of.at(hit->row).bound == Bound::exact;
  }

  // "seventy, eighty thousand".
  [[nodiscard]] bool named_twice(const Candidate& c, const Candidate& next) const {
    if (!atoms_.is_mark(c.end, U',') || c.end + 1 != next.first || !c.number.words || !next.number.words) return false;
    if (c.number.scaled || !next.number.scaled || c.percent || next.percent) return false;
    const auto low = c.number.value.times(next.number.scale);
    const auto twice = low ? low->plus(*low) : std::nullopt;
    return twice && *low < next.number.value && next.number.value <= *twice;
  }

  [[nodiscard]] std::optional<std::size_t> range_words(const Candidate& c, const Candidate& next) const {
    // "between # and #" first, then "# to #".
    const std::size_t reach = std::min<std::size_t>(c.first, 3);
    for (std::size_t back = reach; back >= 1; --back) {
      for (const Phrases::Hit& hit : rows_.ranges.starting(text_, atoms_, c.first - back)) {
        if (rows_.ranges.slots(hit.phrase) != 2 || hit.end != c.first) continue;
        if (rows_.ranges.part_at(hit.phrase, 0, text_, atoms_, c.end) == next.first) return c.first - back;
      }
    }
    for (const std::uint32_t phrase : rows_.ranges.slot_first()) {
      if (rows_.ranges.part_at(phrase, 0, text_, atoms_, c.end) == next.first) return c.first;
    }
    return std::nullopt;
  }

  // Lends the upper end's scale to the lower one ("1.5 to 2 million") and says whether the two are ends of one thing.
  bool ends_of_range(Candidate& low, const Candidate& high) const {
    if (low.percent && !high.percent) return false;
    if (high.number.scaled && !low.number.scaled && low.number.value < high.number.value) {
      const auto lent = low.number.value.times(high.number.scale);
      if (lent && *lent < high.number.value) low.number.value = *lent;
    }
    const Decimal hundred = *Decimal::make(100);
    if (high.number.hundreds && low.number.value < *Decimal::make(10)) {  // "five to six hundred"
      const auto lent = low.number.value.times(hundred);
      if (lent && *lent < high.number.value) low.number.value = *lent;
    }
    if (high.number.whole && !low.percent) {  // "eight or nine out of ten"
      if (const auto share = percentage(low.number.value, *high.number.whole)) low.number.value = *share;
    }
    return low.number.value < high.number.value;
  }

  Quantity finish(const Candidate& c, std::size_t taken, std::size_t limit) const {
    Quantity q;
    q.value = c.number.value;
    q.number = span_of(c.first, c.end);
    q.span = q.number;
    q.row = c.number.row;
    if (c.upper) {
      q.high = c.upper->value;
      q.bound = Bound::range;
    } else if (c.number.several) {
      q.bound = Bound::several;
    } else if (c.number.over) {
      q.bound = Bound::over;
    } else if (c.number.about) {
      q.bound = Bound::about;
    }
    if (c.multiple) {
      q.noun = atoms_.form(c.first);
      noun_end_ = c.end;
      inverted_ = false;
      read_bound(c, taken, q);
      return q;
    }
    if (c.spell) {
      q.unit = c.months ? Unit::other : Unit::day;
      q.duration = true;
      return q;
    }
    read_unit(c, taken, limit, q);
    read_bound(c, taken, q);
    return q;
  }

  // "250 thousand in the one region, 235 in the other": a bare number of the same size is in the scale of the one before it.
  static void lend_scale(const Candidate& before, const Candidate& c, Quantity& q) {
    if (!before.number.scaled || before.percent || c.percent || c.upper || c.currency_sign || c.number.scaled || c.number.several) return;
    if (q.unit != Unit::other || !q.noun.empty() || c.number.people || q.value >= before.number.scale) return;
    const auto lent = q.value.times(before.number.scale);
    const auto five = Decimal::make(5);
    const auto most = before.number.value.times(*five);
    const auto least = lent ? lent->times(*five) : std::nullopt;
    if (most && least && *lent <= *most && *least >= before.number.value) q.value = *lent;
  }

  // "264 applications (310 a week before)": a number without a noun counts what the one before it counts.
  static void inherit_unit(std::vector<Quantity>& out) {
    if (out.size() < 2) return;
    Quantity& q = out.back();
    const Quantity& before = out[out.size() - 2];
    if (!q.noun.empty() || q.unit != Unit::other || q.duration || before.duration) return;
    if (before.unit == Unit::percent && q.value > *Decimal::make(100)) return;
    if (before.unit == Unit::other) return;
    q.unit = before.unit;
    q.noun = before.noun;
  }

  void read_bound(const Candidate& c, std::size_t taken, Quantity& q) const {
    std::optional<Phrases::Hit> before = rows_.bounds.before(text_, atoms_, c.first, c.end);
    std::size_t at = c.first;
    // One short word may stand between: «щонайбільше у 50%», "at least the 100", «почти о полутора миллионах».
    for (int skipped = 0; !before && skipped < 2 && at > taken && at > 0 && short_word(at - 1); ++skipped) {
      --at;
      before = rows_.bounds.before(text_, atoms_, at);
    }
    if (before && before->first < taken) before.reset();
    std::optional<Phrases::Hit> after = rows_.bounds.after(text_, atoms_, c.end);
    if (!after && noun_end_ > c.end) after = rows_.bounds.after(text_, atoms_, noun_end_);
    for (auto* hit : {&before, &after}) {
      if (*hit && rows_.bound_of.at((*hit)->row).of.value_or(q.unit) != q.unit) hit->reset();
    }
    const Phrases::Hit* hit = before ? &*before : after ? &*after : nullptr;
    if (hit == nullptr) {
      if (inverted_ && q.bound == Bound::exact && round(c.number)) {  // «человек пять»
        q.bound = Bound::about;
        q.span = joined(q.span, span_of(c.first - 1, c.first));
      }
      return;
    }
    const Bound bound = rows_.bound_of.at(hit->row).bound;
    q.span = joined(q.span, span_of(hit->first, hit->end));
    if (q.bound == Bound::range) return;
    if (q.bound == Bound::several && bound == Bound::exact) return;
    q.bound = bound;
    q.row = rows_.ids.at(hit->row);
  }

  // What somebody may say who has not counted: «человек пять», «паспортів сорок», but not «людей 918» or «посадовців троє».
  [[nodiscard]] static bool round(const Numeral& n) {
    const auto value = n.value.whole();
    return !n.people && (n.scaled || n.percent || !value || *value <= 10 || *value % 5 == 0);
  }

  [[nodiscard]] bool short_word(std::size_t i) const { return atoms_.is_word(i) && utf8_letters(atoms_.form(i)) <= 2; }

  void read_unit(const Candidate& c, std::size_t taken, std::size_t limit, Quantity& q) const {
    noun_end_ = c.end;
    inverted_ = false;
    if (c.percent) {
      q.unit = Unit::percent;
      if (const auto noun = noun_behind(c.end, limit)) q.noun = noun->lemma;
      return;
    }
    if (c.currency_sign) {
      q.unit = Unit::currency;
      q.noun = atoms_.form(c.number.first - 1);
      return;
    }
    std::optional<Noun> noun = noun_behind(c.end, limit);
    if (!noun && c.first > taken) {
      noun = noun_before(c.first, taken);
      inverted_ = noun && text_.language != Language::en && genitive_plural(c.first - 1) && !modified(c.first - 1);
    }
    if (c.number.people && (!noun || !noun->unit)) q.unit = Unit::person;
    if (!noun) return;
    q.noun = noun->lemma;
    if (noun->end > c.end) noun_end_ = noun->end;
    if (!noun->unit) return;
    q.unit = noun->unit->unit;
    q.duration = noun->unit->duration;
    if (noun->unit->factor != *Decimal::make(1)) {
      const auto value = q.value.times(noun->unit->factor);
      const auto high = q.high ? q.high->times(noun->unit->factor) : std::nullopt;
      if (value && (!q.high || high)) {
        q.value = *value;
        q.high = high;
      }
    }
  }

  [[nodiscard]] bool genitive_plural(std::size_t i) const {
    if (!atoms_[i].whole_token) return false;
    const auto readings = text_.readings_of(text_.tokens[atoms_[i].token]);
    return std::any_of(readings.begin(), readings.end(), [](const Reading& r) {
      return r.part == PartOfSpeech::noun && r.number == Number::plural && r.grammatical_case == Case::genitive;
    });
  }

  // «російських громадян 60 тисяч» is as exact as any number.
  [[nodiscard]] bool modified(std::size_t i) const {
    return i > 0 && atoms_.is_word(i - 1) && (part_of(i - 1) == PartOfSpeech::adjective || part_of(i - 1) == PartOfSpeech::participle);
  }

  struct Noun {
    std::string lemma;
    const UnitEntry* unit = nullptr;
    std::size_t end = 0;
  };

  [[nodiscard]] PartOfSpeech part_of(std::size_t i) const {
    if (!atoms_[i].whole_token) return PartOfSpeech::unknown;
    const auto readings = text_.readings_of(text_.tokens[atoms_[i].token]);
    return readings.empty() ? PartOfSpeech::unknown : readings.front().part;
  }

  [[nodiscard]] std::string lemma_of(std::size_t i) const {
    return std::string(atoms_[i].whole_token ? text_.lemma(text_.tokens[atoms_[i].token]) : atoms_.form(i));
  }

  // The noun behind a number, over adjectives, a hyphen and "of": the head of a noun group, so the last noun in English. A participle
  // that nothing stands behind is people: «230 опитаних».
  [[nodiscard]] std::optional<Noun> noun_behind(std::size_t at, std::size_t limit) const {
    static const UnitEntry kPerson{Unit::person, *Decimal::make(1)};
    const bool english = text_.language == Language::en;
    std::optional<Noun> found;
    std::optional<std::size_t> participle;
    for (std::size_t steps = 0; steps < kNounReach && at < limit && at < atoms_.size(); ++steps) {
      if (atoms_[at].kind == AtomKind::mark && !is_currency_sign(atoms_[at].mark)) {
        if (atoms_.is_dash(at) && atoms_.touches(at) && atoms_.touches(at + 1)) {
          ++at;
          continue;
        }
        break;
      }
      if (atoms_[at].kind == AtomKind::number) break;
      const auto unit = unit_at(at);
      const PartOfSpeech part = part_of(at);
      if (unit && unit->entry->duration && steps > 0 && part_of(at - 1) != PartOfSpeech::adjective) {
        break;  // "15 per day", "600 a day" count no days
      }
      if (found && part != PartOfSpeech::noun && part != PartOfSpeech::proper && part != PartOfSpeech::unknown) break;  // "families who"
      if (unit && unit->entry->unit != Unit::percent) {
        found = Noun{lemma_of(at), unit->entry, unit->end};
        at = unit->end;
        if (!english || found->unit->unit == Unit::currency || found->unit->duration) break;
        continue;  // "passport holders": the head comes last
      }
      if (found) break;
      if (part == PartOfSpeech::proper && !english) break;
      const bool noun = part == PartOfSpeech::noun || (english && steps == 0 && atoms_.form(at).size() > 3 && plural(at));
      if (noun && (!english || !noun_follows(at + 1, limit))) return Noun{lemma_of(at), nullptr, at + 1};
      if (part == PartOfSpeech::participle && !english && steps <= 1) participle = at;
      if (!noun && (part == PartOfSpeech::verb || part == PartOfSpeech::conjunction || part == PartOfSpeech::particle ||
                    part == PartOfSpeech::adverb)) {
        break;
      }
      if (part == PartOfSpeech::preposition && (!english || steps > 1 || atoms_.form(at) != "of")) break;  // "hundreds of residents"
      if (part == PartOfSpeech::pronoun && (steps > 1 || (!english && pronoun_subject(at)))) break;
      ++at;
    }
    if (!found && participle) return Noun{lemma_of(*participle), &kPerson, *participle + 1};
    return found;
  }

  // «їх», «такі» go with the noun behind them, «хто», «вони» stand alone.
  [[nodiscard]] bool pronoun_subject(std::size_t at) const {
    const auto readings = text_.readings_of(text_.tokens[atoms_[at].token]);
    return readings.front().grammatical_case == Case::nominative && readings.front().gender == Gender::unknown &&
           readings.front().number == Number::unknown;
  }

  [[nodiscard]] bool noun_follows(std::size_t at, std::size_t limit) const {
    if (at >= limit || at >= atoms_.size() || !atoms_.is_word(at)) return false;
    return unit_at(at) || part_of(at) == PartOfSpeech::noun;
  }

  // «человек пять», «годин п'ять-шість»: the counted noun right before; "UAH 5,000".
  [[nodiscard]] std::optional<Noun> noun_before(std::size_t first, std::size_t taken) const {
    if (first <= taken || !atoms_.is_word(first - 1)) return std::nullopt;
    const auto hits = rows_.units.starting(text_, atoms_, first - 1);
    if (hits.empty() || hits.front().end != first) return std::nullopt;
    const UnitEntry& unit = rows_.unit_of.at(hits.front().row);
    if (unit.unit != Unit::currency && (text_.language == Language::en || !genitive_plural(first - 1))) return std::nullopt;
    return Noun{lemma_of(first - 1), &unit, first};
  }

  const QuantityRows& rows_;
  const Text& text_;
  const std::string& bytes_;
  Atoms atoms_;
  const Sentence& sentence_;
  std::vector<CalendarDate> dates_;
  std::vector<Candidate> found_;
  std::size_t no_phone_before_ = 0;  // numbers before it that hang together make no telephone number
  mutable std::size_t noun_end_ = 0;
  mutable bool inverted_ = false;  // the noun stands before the number
};

}  // namespace

struct QuantityFinder::Impl {
  std::array<QuantityRows, std::size(kReadLanguages)> languages;
};

QuantityFinder::QuantityFinder(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
QuantityFinder::QuantityFinder(QuantityFinder&&) noexcept = default;
QuantityFinder& QuantityFinder::operator=(QuantityFinder&&) noexcept = default;
QuantityFinder::~QuantityFinder() = default;

Result<QuantityFinder> QuantityFinder::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  for (const Language language : kReadLanguages) {
    auto rows = QuantityRows::compile(book, language);
    if (!rows) return tl::unexpected(rows.error());
    impl->languages[static_cast<std::size_t>(language)] = std::move(*rows);
  }
  return QuantityFinder(std::unique_ptr<const Impl>(std::move(impl)));
}

std::vector<Quantity> QuantityFinder::find(const Text& text, const Document& document, const Sentence& sentence) const {
  if (text.language == Language::other || sentence.span.empty()) return {};
  return SentenceQuantities(impl_->languages[static_cast<std::size_t>(text.language)], text, document, sentence).run();
}

}  // namespace litopys
