// Digits first: a run of number atoms with the marks between them is read as a whole ("1 234,5", "61,000", "2.3.4"), or not at all.
// Words add up from the left: smaller ones join, scales multiply what stands before them, and each scale must be smaller than the last.
#include "mention/number.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace litopys {
namespace {

using Role = NumberRows::Entry::Role;

constexpr std::size_t kMostGroups = 8;  // of three digits; 18 digits are the most a Decimal takes

struct Digits {
  Decimal value;
  std::size_t end = 0;
  bool decimal = false;
  bool three_behind = false;  // one mark with three digits behind it: "1.240", group or fraction
  bool grouped = false;
  bool plain4 = false;
};

bool is_group_space(const Atoms& atoms, std::size_t i) { return atoms[i].space_before; }

// The characters between two adjacent atoms are one blank (of any width); a line end or two blanks are not.
bool one_blank(std::string_view text, const Atoms& atoms, std::size_t i) {
  if (!is_group_space(atoms, i)) return false;
  const std::string_view gap = text.substr(atoms[i - 1].span.end, atoms[i].span.begin - atoms[i - 1].span.end);
  return gap == " " || gap == "\u00A0" || gap == "\u202F" || gap == "\u2009" || gap == "\u2007" || gap == "\u2008";
}

std::optional<Decimal> from_digits(std::string_view whole, std::string_view fraction) {
  if (whole.size() + fraction.size() > 18) return std::nullopt;
  std::int64_t digits = 0;
  for (const char c : whole) digits = digits * 10 + (c - '0');
  for (const char c : fraction) digits = digits * 10 + (c - '0');
  return Decimal::make(digits, -static_cast<int>(fraction.size()));
}

bool groups_digits(char32_t c) { return c == U'\'' || c == U'’'; }

// A mark between two digit atoms that all three touch.
bool joint(const Atoms& atoms, std::size_t mark) {
  return mark + 1 < atoms.size() && atoms[mark].kind == AtomKind::mark && !atoms[mark].space_before && atoms.is_number(mark + 1) &&
         !atoms[mark + 1].space_before;
}

// "12,50,000": groups of two as India has them, three digits at the end.
template <class Marks, class Form>
bool in_lakhs(std::size_t count, const Marks& marks, const Form& form) {
  if (form(0).size() > 2 || form(count - 1).size() != 3) return false;
  for (std::size_t k = 1; k < count; ++k) {
    if (marks[k] != U',' || (k + 1 < count && form(k).size() != 2)) return false;
  }
  return true;
}

// Reads the digits at `at`; `end` is set behind all digits that hang together even where they are no number.
std::optional<Digits> digits_at(std::string_view bytes, const Atoms& atoms, std::size_t at, std::size_t& end) {
  std::array<std::size_t, kMostGroups + 2> pieces{};  // number atoms
  std::array<char32_t, kMostGroups + 2> marks{};      // marks[i] stands before pieces[i]; ' ' for a blank
  std::size_t count = 0;
  pieces[count++] = at;
  std::size_t i = at + 1;
  bool overflow = false;
  while (i < atoms.size()) {
    char32_t mark = 0;
    std::size_t number = 0;
    if (joint(atoms, i) && (atoms[i].mark == U'.' || atoms[i].mark == U',' || groups_digits(atoms[i].mark))) {
      mark = atoms[i].mark == U'’' ? U'\'' : atoms[i].mark;
      number = i + 1;
    } else if (atoms.is_number(i) && one_blank(bytes, atoms, i) && atoms.form(i).size() == 3 && atoms.form(pieces[count - 1]).size() <= 3 &&
               (count == 1 || marks[count - 1] == U' ')) {
      mark = U' ';
      number = i;
    } else {
      break;
    }
    if (count == pieces.size()) {
      overflow = true;
    } else {
      marks[count] = mark;
      pieces[count++] = number;
    }
    i = number + 1;
  }
  end = i;
  if (overflow) return std::nullopt;

  const auto form = [&](std::size_t piece) { return atoms.form(pieces[piece]); };
  Digits out;
  out.end = i;
  if (form(0).size() > 18) return std::nullopt;
  std::string whole(form(0));
  std::string_view fraction;
  if (count == 2 && marks[1] != U' ') {
    const bool three = form(1).size() == 3 && form(0).size() <= 3 && form(0) != "0";
    if (marks[1] == U'\'') {
      if (!three) return std::nullopt;
      whole += form(1);
      out.grouped = true;
    } else if (three) {  // "61,000", "1.240": decided by the caller where a scale or percent sign follows
      out.three_behind = true;
      out.grouped = true;
      whole += form(1);
    } else {
      fraction = form(1);
      out.decimal = true;
    }
  } else if (count >= 3 && in_lakhs(count, marks, form)) {
    for (std::size_t k = 1; k < count; ++k) whole += form(k);
    out.grouped = true;
  } else if (count >= 2) {
    const char32_t group = marks[1];
    std::size_t last = count;
    if (marks[count - 1] != group) --last;  // a decimal mark at the end: "1,234.5"
    for (std::size_t k = 1; k < last; ++k) {
      if (marks[k] != group || form(k).size() != 3) return std::nullopt;
      whole += form(k);
    }
    if (form(0).size() > 3) return std::nullopt;
    if (last < count) {
      if (marks[count - 1] == U' ' || marks[count - 1] == U'\'') return std::nullopt;
      fraction = form(count - 1);
      out.decimal = true;
    }
    out.grouped = true;
  } else {
    out.plain4 = form(0).size() == 4;
  }
  const auto value = from_digits(whole, fraction);
  if (!value) return std::nullopt;
  out.value = *value;
  return out;
}

class Reader {
 public:
  Reader(const NumberRows& rows, const Text& text, const Atoms& atoms) : rows_(rows), text_(text), atoms_(atoms) {}

  struct Found {
    const NumberRows::Entry* entry;
    std::size_t end;
    RowId row;
  };

  // False where no word of a number begins: most words are asked only this.
  [[nodiscard]] bool any_entry(std::size_t at) const { return !entries(at).empty(); }

  [[nodiscard]] std::optional<Found> entry(std::size_t at, std::initializer_list<Role> roles) const {
    for (const Phrases::Hit& hit : entries(at)) {
      const auto& e = rows_.entries.at(hit.row);
      if (e.attached && !atoms_.touches(at)) continue;
      for (const Role role : roles) {
        if (e.role == role) {
          // The full stop of "млн." at the end of a sentence is the sentence's.
          const bool stop = hit.end == atoms_.size() && hit.end > hit.first + 1 && atoms_.is_mark(hit.end - 1, U'.');
          return Found{&e, stop ? hit.end - 1 : hit.end, hit.row};
        }
      }
    }
    return std::nullopt;
  }

  // Words, or a value in digits and the words behind it.
  bool words(Numeral& n, std::optional<Decimal> digits, bool whole_digits) const {
    constexpr int kNone = 1'000'000;
    Decimal total;
    std::optional<Decimal> current = digits;
    int magnitude = digits ? 0 : kNone;  // what joins must be smaller
    std::optional<Decimal> last_scale;
    std::size_t at = n.end;
    bool any = digits.has_value();
    while (at < atoms_.size()) {
      std::size_t from = at;
      if (any && atoms_.is_dash(from) && atoms_.touches(from) && atoms_.touches(from + 1)) ++from;  // "twenty-three"
      if (const auto plus = entry(from, {Role::plus}); plus && current) {
        current = current->plus(plus->entry->value);
        if (!current) return false;
        n.end = at = plus->end;
        continue;
      }
      if (any && !digits) {
        // "two hundred and five", "fifty thousand and six"
        const bool open = magnitude >= 100 && (magnitude < kNone || (last_scale && !current));
        if (const auto conjunction = entry(from, {Role::conjunction}); conjunction && open) {
          const auto next = entry(conjunction->end, {Role::count});
          if (next && next->entry->value < *Decimal::make(100)) from = conjunction->end;
        }
      }
      if (any && !last_scale) {  // «600 с небольшим тысяч»
        const auto more = entry(from, {Role::over});
        const auto scale = more ? entry(more->end, {Role::scale}) : std::nullopt;
        if (scale && !scale->entry->attached) {
          n.over = true;
          n.row = rows_.ids.at(more->row);
          at = from = more->end;
        }
      }
      const auto found = entry(from, {Role::count, Role::hundred, Role::scale});
      if (!found) break;
      n.people = n.people || found->entry->people;
      n.hundreds = false;
      const Decimal value = found->entry->value;
      if (found->entry->role == Role::count) {
        if (current && !last_scale && digits) break;
        const auto size = value.whole();
        if (current && (!size || *size >= magnitude || (*size >= 10 && magnitude <= 10))) break;
        if (last_scale && value >= *last_scale) break;
        const auto sum = current ? current->plus(value) : std::optional<Decimal>(value);
        if (!sum) return false;
        current = sum;
        magnitude = !size ? 0 : *size >= 100 ? 100 : *size >= 20 && *size % 10 == 0 ? 10 : 0;
      } else if (found->entry->role == Role::hundred) {
        if (current && magnitude >= 100 && magnitude < kNone) break;
        const auto product = current ? current->times(value) : std::optional<Decimal>(value);
        if (!product) return false;
        current = product;
        magnitude = 100;
        n.hundreds = !last_scale;
      } else {
        if (last_scale && value >= *last_scale) break;
        const auto product = current ? current->times(value) : std::optional<Decimal>(value);
        const auto sum = product ? total.plus(*product) : std::nullopt;
        if (!sum) return false;
        total = *sum;
        current.reset();
        last_scale = value;
        magnitude = kNone;
        n.scaled = true;
        n.scale = value;
      }
      any = true;
      n.end = at = found->end;
      // "4 million and 200 thousand"
      if (const auto conjunction = last_scale && !current && digits && whole_digits ? entry(at, {Role::conjunction}) : std::nullopt;
          conjunction && atoms_.is_number(conjunction->end) && smaller_scale(conjunction->end, *last_scale)) {
        at = conjunction->end;
      }
      // «11 тис. 640»: the rest in digits below the scale.
      if (last_scale && !current && digits && whole_digits && atoms_.is_number(at) && atoms_[at].space_before) {
        const auto rest = atoms_.form(at).size() <= 9 ? Decimal::parse(atoms_.form(at)) : std::nullopt;
        const bool alone = !(at + 1 < atoms_.size() && joint(atoms_, at + 1)) && !entry(at + 1, {Role::scale});
        if (rest && *rest < *last_scale && atoms_.form(at).size() >= 2 && alone) {
          const auto sum = total.plus(*rest);
          if (!sum) return false;
          total = *sum;
          n.end = ++at;
          n.scaled = false;
        } else if (const auto next = rest ? smaller_scale(at, *last_scale) : std::nullopt) {  // «1 млн 250 тис.»
          const auto product = rest->times(next->entry->value);
          const auto sum = product && *product < *last_scale ? total.plus(*product) : std::nullopt;
          if (!sum) break;
          total = *sum;
          last_scale = next->entry->value;
          n.end = at = next->end;
          n.scaled = false;
          continue;
        }
        break;
      }
    }
    if (!any) return false;
    if (current) {
      // «два миллиона восемьсот семьдесят»: nobody counts the last hundreds of millions.
      const Decimal thousand = *Decimal::make(1000);
      if (last_scale == Decimal::make(1'000'000) && !digits && *current >= *Decimal::make(100) && *current < thousand) {
        current = current->times(thousand);
      }
      const auto sum = current ? total.plus(*current) : std::nullopt;
      if (!sum) return false;
      total = *sum;
    }
    n.value = total;
    return true;
  }

  // The scale behind the digits at `at`, where it is below `last`.
  [[nodiscard]] std::optional<Found> smaller_scale(std::size_t at, Decimal last) const {
    auto next = entry(at + 1, {Role::scale});
    if (next && (next->entry->value >= last || next->entry->attached)) next.reset();
    return next;
  }

  // «тысяч пять», «сотни три», «тысяч на сто»: a scale before its number.
  bool inverted(Numeral& n, std::size_t at) const {
    const auto scale = entry(at, {Role::inverted});
    if (!scale || !atoms_.is_word(scale->end)) return false;
    Numeral times;
    times.end = scale->end;
    if (!words(times, std::nullopt, false) || times.scaled || times.people) return false;
    const auto few = times.value.whole();
    if (scale->entry->few && (!few || *few < 2 || *few > 4)) return false;
    const auto value = times.value.times(scale->entry->value);
    if (!value) return false;
    n.value = *value;
    n.end = times.end;
    n.words = n.scaled = n.about = true;
    n.scale = scale->entry->value;
    return true;
  }

  // "hundreds", "tens of thousands", "a few thousand".
  bool several(Numeral& n, std::size_t at) const {
    auto some = entry(at, {Role::some});
    std::size_t from = some ? some->end : at;
    auto first = entry(from, {Role::several});
    if (!first && some) first = entry(from, {Role::scale, Role::hundred});
    if (!first) return false;
    Decimal value = first->entry->value;
    std::size_t end = first->end;
    for (int deeper = 0; deeper < 2; ++deeper) {
      const auto of = entry(end, {Role::of});
      auto next = entry(of ? of->end : end, {Role::several});
      if (!next) next = entry(of ? of->end : end, {Role::scale});
      if (!next || next->entry->attached || next->entry->value < *Decimal::make(1000)) break;
      const auto product = value.times(next->entry->value);
      if (!product) return false;
      value = *product;
      end = next->end;
    }
    n.value = value;
    n.end = end;
    n.several = true;
    n.words = true;
    n.row = rows_.ids.at(first->row);
    return true;
  }

 private:
  // What begins at an atom: asked for one role after the other, so the last answer is kept.
  [[nodiscard]] const std::vector<Phrases::Hit>& entries(std::size_t at) const {
    if (asked_ != at) entries_ = rows_.numerals.starting(text_, atoms_, at);
    asked_ = at;
    return entries_;
  }

  const NumberRows& rows_;
  const Text& text_;
  const Atoms& atoms_;
  mutable std::optional<std::size_t> asked_;
  mutable std::vector<Phrases::Hit> entries_;
};

// "nine out of ten" speaks of a share, "46 out of 120 children" counts children.
bool speaks_of_shares(Decimal part, Decimal whole) {
  const auto w = whole.whole();
  if (!w) return false;
  return part == *Decimal::make(1) || *w <= 10 || *w == 20 || whole.digits() == 1;
}

// "½" and its like behind a number.
std::optional<Decimal> vulgar_fraction(std::string_view bytes, const Atoms& atoms, std::size_t at) {
  if (at >= atoms.size() || atoms[at].space_before) return std::nullopt;
  constexpr std::pair<std::string_view, int> kParts[] = {{"½", 50}, {"¼", 25}, {"¾", 75}};
  const std::string_view form = atoms[at].span.of(bytes);
  for (const auto& [sign, hundredths] : kParts) {
    if (form == sign) return Decimal::make(hundredths, -2);
  }
  return std::nullopt;
}

std::optional<Numeral> plain_number(const Reader& reader, Language language, const Atoms& atoms, std::string_view bytes, std::size_t at,
                                    std::size_t& skip_to) {
  Numeral n;
  n.first = n.end = at;
  if (atoms.is_number(at)) {
    std::size_t end = at + 1;
    const auto digits = digits_at(bytes, atoms, at, end);
    skip_to = end;
    if (!digits) {
      if (const auto scale = reader.entry(end, {Role::scale})) skip_to = scale->end;  // "2,8,3 million" is not a million
      return std::nullopt;
    }
    n.end = end;
    Decimal value = digits->value;
    bool whole = !digits->decimal;
    if (const auto part = vulgar_fraction(bytes, atoms, end); part && whole) {
      const auto sum = value.plus(*part);
      if (!sum) return std::nullopt;
      value = *sum;
      n.end = end = end + 1;
      whole = false;
    }
    if (digits->three_behind) {
      const bool scale_follows = reader.entry(end, {Role::scale}).has_value() || atoms.is_mark(end, U'%');
      const bool comma = atoms[at + 1].mark == U',';
      if (scale_follows && !(comma && language == Language::en)) {
        const auto fraction = from_digits(atoms.form(at), atoms.form(at + 2));
        if (fraction) value = *fraction;
        whole = false;
      }
    }
    if (!reader.words(n, value, whole)) return std::nullopt;
    n.year_like = digits->plain4 && n.end == at + 1 && value >= *Decimal::make(1900) && value < *Decimal::make(2100);
    skip_to = n.end;
    return n;
  }
  if (!atoms.is_word(at) || !reader.any_entry(at)) return std::nullopt;
  n.words = true;
  if (reader.inverted(n, at)) {
    skip_to = n.end;
    return n;
  }
  if (reader.several(n, at)) {
    skip_to = n.end;
    return n;
  }
  n.end = at;
  if (const auto article = reader.entry(at, {Role::article}); article && !reader.entry(at, {Role::part})) {
    const auto scale = reader.entry(article->end, {Role::scale, Role::hundred, Role::part});
    if (!scale || scale->entry->attached) return std::nullopt;
    n.end = article->end;
    if (scale->entry->role == Role::part) return std::nullopt;
  }
  if (const auto part = reader.entry(at, {Role::part})) {
    const auto scale = reader.entry(part->end, {Role::scale});
    if (scale && !scale->entry->attached) {
      const auto value = part->entry->value.times(scale->entry->value);
      if (!value) return std::nullopt;
      n.value = *value;
      n.end = skip_to = scale->end;
      n.scaled = true;
      n.scale = scale->entry->value;
      return n;
    }
    return std::nullopt;
  }
  if (!reader.words(n, std::nullopt, false)) return std::nullopt;
  skip_to = n.end;
  // «двадцять другого», "twenty-second": the tens of an ordinal.
  const std::size_t dash = atoms.is_dash(n.end) && atoms.touches(n.end) ? 1 : 0;
  if (const auto tens = n.value.whole(); tens && *tens >= 20 && *tens % 10 == 0) {
    if (const auto ordinal = reader.entry(n.end + dash, {Role::ordinal})) {
      skip_to = ordinal->end;
      return std::nullopt;
    }
  }
  return n;
}

}  // namespace

std::optional<Decimal> percentage(Decimal part, Decimal whole) {
  const auto p = part.whole();
  const auto w = whole.whole();
  if (!p || !w || *w <= 1 || *p < 1 || *p >= *w || *w > 1'000'000'000 || *p > 1'000'000) return std::nullopt;
  std::int64_t scale = 1;
  for (int decimals = 0; decimals <= 4; ++decimals, scale *= 10) {
    if (*p * 100 * scale % *w == 0) return Decimal::make(*p * 100 * scale / *w, -decimals);
  }
  return Decimal::make((*p * 2000 + *w) / (2 * *w), -1);
}

Result<NumberRows> NumberRows::compile(const Codebook& book, Language language) {
  NumberRows out;
  auto numerals = Phrases::compile(book, "numeral", language, false);
  if (!numerals) return tl::unexpected(numerals.error());
  out.numerals = std::move(*numerals);
  auto shares = Phrases::compile(book, "share", language, false);
  if (!shares) return tl::unexpected(shares.error());
  out.shares = std::move(*shares);
  constexpr std::array<std::pair<std::string_view, Role>, 14> kRoles = {{{"count", Role::count},
                                                                         {"hundred", Role::hundred},
                                                                         {"scale", Role::scale},
                                                                         {"part", Role::part},
                                                                         {"plus", Role::plus},
                                                                         {"several", Role::several},
                                                                         {"some", Role::some},
                                                                         {"article", Role::article},
                                                                         {"and", Role::conjunction},
                                                                         {"of", Role::of},
                                                                         {"over", Role::over},
                                                                         {"ordinal", Role::ordinal},
                                                                         {"nth", Role::nth},
                                                                         {"inverted", Role::inverted}}};
  for (const std::string_view kind : {"numeral", "share"}) {
    for (const RowId id : book.rows_of(kind)) {
      const Row& row = book.rows[id];
      if (row.language != language) continue;
      const auto wrong = [&row](std::string why) {
        return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line), "row " + row.id + ": " + std::move(why));
      };
      out.ids[id] = row.id;
      const auto value = Decimal::parse(row.gives);
      if (kind == "share") {
        if (!value && row.gives != "of") return wrong("gives = \"" + row.gives + "\" is neither a percentage nor \"of\"");
        if (row.options.contains("part") && row.options.at("part") == "1") out.share_of_one.insert(id);
        out.share_of[id] = row.gives == "of" ? std::nullopt : value;
        continue;
      }
      Entry entry;
      const auto option = row.options.find("role");
      const auto* role = std::find_if(kRoles.begin(), kRoles.end(),
                                      [&](const auto& r) { return option != row.options.end() && option->second == r.first; });
      if (role == kRoles.end())
        return wrong("role must be count, hundred, scale, part, plus, several, some, article, and, of, over, ordinal, nth, inverted");
      entry.role = role->second;
      const bool valueless = entry.role == Role::some || entry.role == Role::article || entry.role == Role::conjunction ||
                             entry.role == Role::of || entry.role == Role::over || entry.role == Role::ordinal;
      if (!value && !valueless) return wrong("gives = \"" + row.gives + "\" is no number");
      entry.value = value.value_or(Decimal{});
      entry.attached = row.options.contains("attached") && row.options.at("attached") == "true";
      entry.people = row.options.contains("people") && row.options.at("people") == "true";
      entry.few = row.options.contains("few") && row.options.at("few") == "true";
      out.entries[id] = entry;
    }
  }
  return out;
}

std::optional<Numeral> number_at(const NumberRows& rows, Language language, const Text& text, const Atoms& atoms, std::string_view bytes,
                                 std::size_t at, std::size_t& skip_to) {
  const Reader reader(rows, text, atoms);
  skip_to = at + 1;
  // A share that is words alone; but "half a million" is a number.
  auto plain = plain_number(reader, language, atoms, bytes, at, skip_to);
  if (atoms.is_word(at)) {
    for (const Phrases::Hit& hit : rows.shares.starting(text, atoms, at)) {
      const auto percent = rows.share_of.at(hit.row);
      if (!percent || rows.shares.slots(hit.phrase) != 0) continue;
      if (plain && plain->end >= hit.end) break;
      Numeral n;
      n.value = *percent;
      n.first = at;
      n.end = skip_to = hit.end;
      n.percent = n.words = true;
      n.row = rows.ids.at(hit.row);
      return n;
    }
  }
  if (!plain || plain->several) return plain;
  // "three tenths", «девять десятых».
  if (const auto nth = plain->scaled ? std::nullopt : reader.entry(plain->end, {Role::nth})) {
    if (const auto value = percentage(plain->value, nth->entry->value)) {
      plain->value = *value;
      plain->end = skip_to = nth->end;
      plain->percent = true;
      plain->year_like = false;
      return plain;
    }
  }
  // "one in ten", "nine out of ten": the number found is the first of two.
  for (const std::uint32_t phrase : rows.shares.slot_first()) {
    const auto middle = rows.shares.part_at(phrase, 0, text, atoms, plain->end);
    if (!middle || rows.shares.slots(phrase) != 2) continue;
    std::size_t ignored = 0;
    const auto whole = plain_number(reader, language, atoms, bytes, *middle, ignored);
    if (!whole || whole->several) continue;
    if (plain->year_like || whole->year_like || !speaks_of_shares(plain->value, whole->value)) continue;
    if (rows.share_of_one.contains(rows.shares.row(phrase)) && plain->value != *Decimal::make(1)) continue;
    const auto value = percentage(plain->value, whole->value);
    if (!value) continue;
    plain->value = *value;
    plain->whole = whole->value;
    plain->end = skip_to = whole->end;
    plain->percent = true;
    plain->scaled = plain->year_like = false;
    break;
  }
  return plain;
}

}  // namespace litopys
