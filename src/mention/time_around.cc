#include "mention/time_around.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace litopys {
namespace {

using time_rules::Part;

// Whether nothing but a joining word stands between; with `spanning` only such a word as makes a stretch by itself.
bool joining_word_between(const TimeSentence& sentence, const TimePiece& a, const TimePiece& b, bool spanning) {
  if (a.end >= b.core) return false;
  for (const Phrases::Hit& hit : sentence.rows.joins.starting(sentence.text, sentence.atoms, a.end)) {
    if (spanning && !sentence.rows.spanning.contains(hit.row)) continue;
    // Words that are read as the second's own frame or part may be the join: "between April and the end of May".
    const bool within = b.first <= hit.end && hit.end <= b.core;
    if (within || hit.end + 1 == b.core) return true;
  }
  return false;
}

class SurroundingsReader {
 public:
  SurroundingsReader(const TimeSentence& sentence, std::vector<TimePiece> pieces)
      : sentence_(sentence),
        rows_(sentence.rows),
        text_(sentence.text),
        atoms_(sentence.atoms),
        pieces_(std::move(pieces)),
        drop_(pieces_.size()) {}

  std::vector<TimePiece> run() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) look_around(i);
    join_parts();
    drop_firsts_of_things();
    leave_out_dropped();
    drop_stretches();
    lend_years();
    return std::move(pieces_);
  }

 private:
  // True where the piece is a time by itself; else it needs words around it that say so.
  [[nodiscard]] bool stands_alone(const TimePiece& p) const {
    if (p.relative) return true;
    if (p.bare_day) return is_day_word(atoms_, p.end - 1);
    const CalendarDate& d = p.date;
    if (d.day != 0) return true;
    if (d.month != 0 && d.year) return true;
    const bool latin = static_cast<unsigned char>(sentence_.bytes[atoms_[p.core].span.begin]) < 0x80;
    if (d.month >= 21) return p.year_off.has_value() || adverb_season(p);
    if (d.month != 0) {
      if (p.year_off || is_chronicle_heading(p, atoms_)) return true;
      if (!latin) return false;
      const std::string_view form = atoms_.form(p.core);
      return form != "may" && form != "march" && form != "august";
    }
    if (d.weekday) return latin;
    return d.year_marked || is_chronicle_heading(p, atoms_);
  }

  // «навесні», «летом»: a season in the case that makes an adverb of it.
  [[nodiscard]] bool adverb_season(const TimePiece& p) const {
    constexpr std::array<std::string_view, 8> kAdverbs = {"навесні", "влітку", "восени", "взимку", "весной", "летом", "осенью", "зимой"};
    return std::find(kAdverbs.begin(), kAdverbs.end(), atoms_.form(p.core)) != kAdverbs.end();
  }

  void look_around(std::size_t i) {
    TimePiece& p = pieces_[i];
    const std::size_t floor = i == 0 ? 0 : pieces_[i - 1].end;
    const auto before = [&](const Phrases& rows) {
      auto hit = rows.before(text_, atoms_, p.first);
      if (hit && hit->first < floor) hit.reset();
      return hit;
    };
    const bool open = !p.relative && !p.date.year && !p.year_off;
    bool shifted = false;
    if (open && p.date.day == 0) {
      if (const auto shift = before(rows_.shifts)) {
        const auto which = rows_.shift_of.find(shift->row);
        const bool that = which == rows_.shift_of.end();
        if (!that) p.shift = which->second;
        if (!that || p.date.month != 0) {
          p.that = that;
          p.first = shift->first;
          shifted = true;
        }
      }
    }
    bool parted = false;
    if (p.relative || p.date.day == 0) {
      if (const auto part = before(rows_.parts)) {
        p.part = rows_.part_of.at(part->row);
        p.first = part->first;
        parted = true;
        if (open && p.date.day == 0 && !shifted) {
          if (const auto shift = before(rows_.shifts)) p.first = shift->first;
        }
      }
    }
    if (const auto frame = before(rows_.frames)) {
      p.frame = rows_.frame_of.at(frame->row);
      p.first = frame->first;
      // «указ от 20 марта» is dated so; «від 1 січня» at the head of a clause begins then.
      // «Указ № 12 від 20 березня», «от»: likewise behind the paper's number.
      const bool numbered = p.first > 1 && atoms_.is_number(p.first - 1) &&
                            (text_.language == Language::ru || atoms_.is_mark(p.first - 2, U'№') || atoms_.form(p.first - 2) == "№");
      p.dated = p.frame == TimeFrame::dated && p.date.day != 0 && p.first > 0 && (atoms_.is_word(p.first - 1) || numbered);
      if (p.frame == TimeFrame::dated) p.frame = p.dated ? TimeFrame::point : TimeFrame::since;
      if (p.frame == TimeFrame::counted && (p.date.day == 0 || !opens_clause(p.first))) p.frame = TimeFrame::point;
    }
    const bool joined_before = i > 0 && are_joined(sentence_, pieces_[i - 1], p);
    const bool listed_before = i > 0 && are_listed(sentence_.atoms, pieces_[i - 1], p) && follows(pieces_[i - 1], p);
    drop_[i] = !stands_alone(p) && !shifted && !parted && p.frame == TimeFrame::none &&
               !((joined_before || listed_before) && !drop_[i - 1]) && !dash_follows(i);
    // An event that the codebook knows the day of is a time as a bound only: "since the full-scale invasion", not "the third year of" it.
    if (p.relative && p.relative->base == time_rules::Base::fixed_date)
      drop_[i] = p.frame != TimeFrame::since && p.frame != TimeFrame::until;
  }

  // Whether a clause begins at an atom: the sentence itself, behind a mark, behind a conjunction.
  [[nodiscard]] bool opens_clause(std::size_t first) const {
    if (first == 0 || atoms_[first - 1].kind == AtomKind::mark) return true;
    if (!atoms_.is_word(first - 1)) return false;
    const auto readings = text_.readings_of(text_.tokens[atoms_[first - 1].token]);
    return std::ranges::any_of(readings, [](const Reading& r) { return r.part == PartOfSpeech::conjunction; });
  }

  // "2019, 2020": bare years one after the other.
  static bool follows(const TimePiece& a, const TimePiece& b) {
    return a.date.year && b.date.year && a.date.month == 0 && b.date.month == 0 && *b.date.year == *a.date.year + 1;
  }

  // Pieces that are one time together: «торік у квітні», «травневий указ 2022 року», «напередодні 1 липня».
  void join_parts() {
    for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
      TimePiece& a = pieces_[i];
      TimePiece& b = pieces_[i + 1];
      if (drop_[i]) continue;
      if (a.relative ? join_part_of_year(a, b) : join_day_of_month(a, b)) {
        drop_[i] = true;
        drop_[i + 1] = false;
        continue;
      }
      if (!a.relative || b.relative) continue;
      if (time_rules::is_whole_year(*a.relative) && b.date.month != 0 && !b.date.year && b.first == a.end) {
        b.year_off = a.relative->offset;
        b.year_off_that = a.relative->anchored;
        b.first = a.first;
        drop_[i + 1] = false;
        drop_[i] = true;
      } else if (a.relative->base == time_rules::Base::fixed_month && b.date.year && b.date.month == 0 && b.core - a.end <= 2) {
        a.date.year = b.date.year;
        a.date.month = a.relative->month;
        a.relative.reset();
        drop_[i] = false;
        drop_[i + 1] = true;
      } else if (a.relative->base == time_rules::Base::day && b.date.day != 0 && b.core == a.end) {
        drop_[i] = true;
      }
    }
  }

  // "This month", "last month".
  static bool is_month_away(const TimePiece& p) {
    return p.relative && p.relative->base == time_rules::Base::month && p.relative->edge == time_rules::Edge::none &&
           p.relative->part == Part::none;
  }

  // "The first week of", "the first ten days of".
  static Part first_part_of_month(const TimePiece& p) {
    using time_rules::Base;
    const int count = first_count(p);
    if (p.relative->unit == Base::week) return count == 1 ? Part::week1 : count == 2 ? Part::half1 : Part::none;
    return p.relative->unit == Base::day && count >= 8 && count <= 10 ? Part::ten1 : Part::none;
  }

  // "The 29th of last month".
  static bool join_day_of_month(TimePiece& a, TimePiece& b) {
    if (!a.bare_day || !is_month_away(b) || b.first > a.end) return false;
    b.relative->day = a.date.day;
    b.first = a.first;
    b.core = a.core;
    b.frame = a.frame;
    return true;
  }

  // "The first quarter of 2026", «за дев'ять місяців минулого року», "the last week of April": part and whole. True where they were; the
  // whole has all of it then.
  static bool join_part_of_year(TimePiece& a, TimePiece& b) {
    using time_rules::Base;
    const bool year = b.relative ? time_rules::is_whole_year(*b.relative) : b.date.year && b.date.month == 0;
    const bool month = !b.relative && b.date.month != 0 && b.date.day == 0;
    const Base of = a.relative->base;
    if (b.first > a.end || b.part != Part::none) return false;
    if (year && of == Base::part_of_year) {
      b.part = a.relative->part;
    } else if (year && (of == Base::first_months || of == Base::last_months) && a.count >= 1 && a.count <= 12) {
      b.months = a.count;
    } else if (month && of == Base::last_week) {
      b.part = Part::end;
    } else if (month && of == Base::last_days && a.count >= 8 && a.count <= 10) {
      b.part = Part::ten3;
    } else if (of == Base::its_first && year && a.relative->unit == Base::month && a.count >= 1 && a.count <= 12) {
      b.months = a.count;
    } else if (of == Base::its_first && (month || is_month_away(b))) {
      const auto part = first_part_of_month(a);
      if (part == Part::none) return false;
      b.part = part;
    } else {
      return false;
    }
    b.first = a.first;
    b.frame = a.frame;
    return true;
  }

  // "In the first year of the war", «в первые недели вторжения»: counted from what is named behind it, not from the time before.
  void drop_firsts_of_things() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const TimePiece& p = pieces_[i];
      if (!p.relative || p.relative->base != time_rules::Base::its_first || !atoms_.is_word(p.end)) continue;
      if (text_.language == Language::en) {
        drop_[i] = drop_[i] || atoms_.form(p.end) == "of";
        continue;
      }
      const auto readings = text_.readings_of(text_.tokens[atoms_[p.end].token]);
      drop_[i] = drop_[i] || std::ranges::any_of(readings, [](const Reading& r) {
                   const bool names = r.part == PartOfSpeech::noun || r.part == PartOfSpeech::adjective || r.part == PartOfSpeech::proper;
                   return names && r.grammatical_case == Case::genitive;
                 });
    }
  }

  void leave_out_dropped() {
    std::vector<TimePiece> kept;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (!drop_[i]) kept.push_back(std::move(pieces_[i]));
    }
    pieces_ = std::move(kept);
  }

  // "In nine months": a time by itself only where the sentence names no other.
  void drop_stretches() {
    const auto stretch = [](const TimePiece& p) {
      return p.relative && (p.relative->base == time_rules::Base::last_days || p.relative->base == time_rules::Base::last_months ||
                            p.relative->base == time_rules::Base::last_years);
    };
    if (!std::all_of(pieces_.begin(), pieces_.end(), stretch)) std::erase_if(pieces_, stretch);
  }

  // "2014–2022": a dash to the next piece of the same kind.
  [[nodiscard]] bool dash_follows(std::size_t i) const {
    return i + 1 < pieces_.size() && atoms_.is_dash(pieces_[i].end) && pieces_[i].end + 1 == pieces_[i + 1].core &&
           !pieces_[i + 1].relative && !pieces_[i].relative;
  }

  // "from 5 May to 10 June 2025", "March and April 2023".
  void lend_years() {
    for (std::size_t i = pieces_.size(); i-- > 1;) {
      TimePiece& a = pieces_[i - 1];
      const TimePiece& b = pieces_[i];
      const auto year = b.date.year ? b.date.year : b.lent_year;
      // "From January to March of last year": the same year.
      if (!year && b.year_off && !a.relative && !b.relative && !a.date.year && !a.year_off && a.date.month != 0 &&
          a.date.month <= b.date.month && b.core - a.end <= 3 && (are_joined(sentence_, a, b) || dash_follows(i - 1))) {
        a.year_off = b.year_off;
        a.year_off_that = b.year_off_that;
        continue;
      }
      if (!year || a.relative || b.relative || a.date.year || a.date.month == 0 || a.year_off || b.date.month == 0) continue;
      const bool near = b.core >= a.end && b.core - a.end <= 3;
      if (!near || !(are_joined(sentence_, a, b) || are_listed(sentence_.atoms, a, b))) continue;
      // "from December to March 2024" begins in the year before.
      a.lent_year = a.date.month <= 12 && b.date.month <= 12 && a.date.month > b.date.month ? static_cast<std::int16_t>(*year - 1) : *year;
    }
    for (std::size_t i = 1; i < pieces_.size(); ++i) {
      const TimePiece& a = pieces_[i - 1];
      TimePiece& b = pieces_[i];
      if (b.relative || b.date.year || b.lent_year || b.date.month == 0 || b.year_off || !a.date.year || a.date.month == 0) continue;
      if (b.core - a.end > 3 || !are_joined(sentence_, a, b)) continue;
      b.lent_year = a.date.month <= 12 && b.date.month < a.date.month ? static_cast<std::int16_t>(*a.date.year + 1) : *a.date.year;
    }
  }

  const TimeSentence& sentence_;
  const TimeRows& rows_;
  const Text& text_;
  const Atoms& atoms_;
  std::vector<TimePiece> pieces_;
  std::vector<bool> drop_;  // the pieces that are no time
};

}  // namespace

std::vector<TimePiece> read_around(const TimeSentence& sentence, std::vector<TimePiece> pieces) {
  return SurroundingsReader(sentence, std::move(pieces)).run();
}

bool are_joined(const TimeSentence& sentence, const TimePiece& a, const TimePiece& b) {
  if (a.end >= b.core) return false;
  if (sentence.atoms.is_dash(a.end) && a.end + 1 == b.core) return true;
  return joining_word_between(sentence, a, b, false);
}

bool are_spanned(const TimeSentence& sentence, const TimePiece& a, const TimePiece& b) {
  return joining_word_between(sentence, a, b, true);
}

bool are_listed(const Atoms& atoms, const TimePiece& a, const TimePiece& b) { return atoms.is_mark(a.end, U',') && a.end + 1 == b.core; }

}  // namespace litopys
