#include "mention/time_pieces.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "mention/number.h"
#include "page/calendar_names.h"

namespace litopys {
namespace {

using time_rules::Relative;

// Dates of the calendar first, then what lies between them, from left to right.
class PieceCollector {
 public:
  explicit PieceCollector(const TimeSentence& sentence)
      : rows_(sentence.rows), text_(sentence.text), bytes_(sentence.bytes), span_(sentence.span), atoms_(sentence.atoms) {}

  std::vector<TimePiece> run() {
    const std::string_view sentence = std::string_view(bytes_).substr(span_.begin, span_.size());
    for (CalendarDate& date : find_dates(sentence, text_.language, DateDetail::parts)) {
      TimePiece piece;
      Span span = date.span;
      if (date.weekday && !date.weekday_span.empty()) span = joined(span, date.weekday_span);
      piece.first = piece.core = atom_at(span.begin + span_.begin);
      piece.end = std::max(atom_at(span.end + span_.begin), piece.first + 1);
      if (piece.first >= atoms_.size()) continue;
      piece.date = date;
      pieces_.push_back(std::move(piece));
    }
    const std::size_t dates = dates_ = pieces_.size();
    std::size_t d = 0;
    for (std::size_t at = 0; at < atoms_.size();) {
      while (d < dates && pieces_[d].end <= at) ++d;
      if (d < dates && pieces_[d].first <= at) {
        at = pieces_[d].end;
        continue;
      }
      const std::size_t limit = d < dates ? pieces_[d].first : atoms_.size();
      at = relative_at(at, limit);
    }
    std::sort(pieces_.begin(), pieces_.end(), [](const TimePiece& a, const TimePiece& b) { return a.first < b.first; });
    // A phrase of a row may reach over a date that it begins before ("the day before 5 May"): the date stays.
    for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
      if (pieces_[i].end > pieces_[i + 1].first) pieces_[i].end = pieces_[i + 1].first;
    }
    std::erase_if(pieces_, [](const TimePiece& p) { return p.end <= p.first; });
    return std::move(pieces_);
  }

 private:
  [[nodiscard]] std::size_t atom_at(std::uint32_t byte) const {
    const auto at =
        std::lower_bound(atoms_.list.begin(), atoms_.list.end(), byte, [](const Atom& a, std::uint32_t b) { return a.span.begin < b; });
    return static_cast<std::size_t>(at - atoms_.list.begin());
  }

  std::size_t relative_at(std::size_t at, std::size_t limit) {
    if (const std::size_t end = bare_day_at(at); end != 0 && end <= limit) return end;
    if (atoms_.is_word(at)) {
      for (const Phrases::Hit& hit : rows_.times.starting(text_, atoms_, at)) {
        if (hit.end > limit) continue;
        const Relative& relative = rows_.relative_of.at(hit.row);
        if (rows_.times.slots(hit.phrase) == 0) {
          if (relative.counted) continue;
          add_relative(hit.row, at, hit.end, 0);
          return hit.end;
        }
        std::size_t next = 0;
        const auto number = number_at(rows_.numbers, text_.language, text_, atoms_, bytes_, hit.end, next);
        if (!number || number->percent || number->several) continue;
        const auto end = rows_.times.part_at(hit.phrase, 0, text_, atoms_, number->end);
        const auto count = number->value.whole();
        if (!end || *end > limit || !count || *count > 3000) continue;
        add_relative(hit.row, at, *end, static_cast<int>(*count));
        return *end;
      }
    }
    if (atoms_[at].kind == AtomKind::mark) return at + 1;
    if (!atoms_.is_number(at) && rows_.numbers.numerals.starting(text_, atoms_, at).empty()) return at + 1;
    std::size_t next = at + 1;
    const auto number = number_at(rows_.numbers, text_.language, text_, atoms_, bytes_, at, next);
    if (!number || number->percent || number->several) return std::max(next, at + 1);
    const auto hit = rows_.times.after(text_, atoms_, number->end);
    const auto count = number->value.whole();
    if (!hit || hit->end > limit || !count || *count > 3000) return std::max(next, at + 1);
    add_relative(hit->row, at, hit->end, static_cast<int>(*count));
    return hit->end;
  }

  // "the 20th", «до 15-го», «к двадцатому», «29 числа», "the 3rd of this month": the end of it, 0 for none. What is counted ("the 20th
  // office") is no day, and words ("the first") are one only as a bound or of a month.
  std::size_t bare_day_at(std::size_t at) {
    const bool english = text_.language == Language::en;
    const bool opens = at == 0 && !english;
    if (!opens && (at == 0 || !atoms_.is_word(at - 1))) return 0;
    if (english && (at < 2 || atoms_.form(at - 1) != "the")) return 0;
    const std::size_t first = english ? at - 1 : at;
    const auto frame_row = rows_.frames.before(text_, atoms_, first);
    const TimeFrame frame = frame_row ? rows_.frame_of.at(frame_row->row) : TimeFrame::none;
    const auto name_at = [&](std::size_t i) { return atoms_.is_word(i) ? calendar::find_name(atoms_.form(i)) : nullptr; };
    std::size_t end = at + 1;
    unsigned day = 0;
    bool bound = frame == TimeFrame::until || frame == TimeFrame::as_of || frame == TimeFrame::since;
    if (atoms_.is_number(at)) {
      const std::string_view digits = atoms_.form(at);
      if (digits.size() > 2) return 0;
      for (const char c : digits) day = day * 10 + static_cast<unsigned>(c - '0');
      if (atoms_.is_dash(end)) ++end;
      const auto* suffix = atoms_.touches(end) ? name_at(end) : nullptr;
      if (suffix != nullptr && suffix->kind == calendar::NameKind::suffix) {
        ++end;
      } else if (end != at + 1 || !is_day_word(atoms_, end)) {
        return 0;
      }
      const std::string_view word = opens ? std::string_view{} : atoms_.form(first - 1);
      bound = bound || frame == TimeFrame::since || frame == TimeFrame::dated || word == "on" || word == "of" || word == "на";
    } else if (const auto* name = name_at(at)) {
      day = name->value;
      if (name->kind == calendar::NameKind::tens) {
        if (atoms_.is_dash(end)) ++end;
        const auto* unit = name_at(end);
        if (unit == nullptr || unit->kind != calendar::NameKind::ordinal || unit->value > 9) return 0;
        day += unit->value;
        ++end;
      } else if (name->kind != calendar::NameKind::ordinal) {
        return 0;
      }
      const std::string_view form = atoms_.form(end - 1);
      if (!english && !form.ends_with("го") && !form.ends_with("му")) return 0;
    }
    if (day < 1 || day > 31) return 0;
    if (is_day_word(atoms_, end)) {
      ++end;
    } else if (!month_away_follows(end) && (!frame_row || !bound || counts(end))) {
      return 0;
    }
    TimePiece piece;
    piece.first = piece.core = first;
    piece.end = end;
    piece.bare_day = true;
    piece.date.day = static_cast<std::uint8_t>(day);
    pieces_.push_back(std::move(piece));
    return end;
  }

  // "(The 29th) of last month", «(12-го) цього місяця».
  [[nodiscard]] bool month_away_follows(std::size_t at) const {
    if (at < atoms_.size() && atoms_.is_word(at) && atoms_.form(at) == "of") ++at;
    if (at >= atoms_.size() || !atoms_.is_word(at)) return false;
    const auto hits = rows_.times.starting(text_, atoms_, at);
    return std::ranges::any_of(hits, [&](const Phrases::Hit& hit) {
      const Relative& relative = rows_.relative_of.at(hit.row);
      return relative.base == time_rules::Base::month && !relative.counted && relative.edge == time_rules::Edge::none;
    });
  }

  // True where atom `at` may be what a number before it counts or what it is part of.
  [[nodiscard]] bool counts(std::size_t at) const {
    if (atoms_.is_number(at) || atoms_.is_dash(at)) return true;
    if (!atoms_.is_word(at)) return false;
    if (!atoms_[at].whole_token || atoms_.form(at) == "of") return true;
    const auto readings = text_.readings_of(text_.tokens[atoms_[at].token]);
    const auto other = [&](const Reading& r) {
      const bool joins = r.part == PartOfSpeech::preposition || r.part == PartOfSpeech::conjunction || r.part == PartOfSpeech::pronoun ||
                         r.part == PartOfSpeech::particle;
      return joins || (text_.language != Language::en && (r.part == PartOfSpeech::verb || r.part == PartOfSpeech::adverb));
    };
    return !std::all_of(readings.begin(), readings.end(), other);
  }

  // The last date of the calendar that ends before `first`, null where there is none. Dates stand first in the list, in order.
  TimePiece* date_before(std::size_t first) {
    const auto dates_end = pieces_.begin() + static_cast<std::ptrdiff_t>(dates_);
    const auto behind = std::upper_bound(pieces_.begin(), dates_end, first, [](std::size_t at, const TimePiece& p) { return at < p.end; });
    return behind == pieces_.begin() ? nullptr : &*std::prev(behind);
  }

  // A year in words, «двадцать третьего»: of the month or season before it, or a time by itself where its noun stands behind it or «в»
  // before it and nothing that it could count follows.
  bool add_year(const Relative& relative, std::size_t first, std::size_t end) {
    TimePiece* const month = date_before(first);
    if (month != nullptr && month->end == first && month->date.month != 0 && !month->date.year) {
      month->date.year = relative.year;
      month->end = end;
      return true;
    }
    const auto* noun = calendar::find_name(atoms_.form(end - 1));
    if (noun != nullptr && noun->kind == calendar::NameKind::year_noun) return false;
    const std::string_view last = atoms_.form(end - 1);
    const bool thousands =
        atoms_.form(first).starts_with("дв") && (atoms_.form(first + 1) == "тисячі" || atoms_.form(first + 1) == "тисяч" ||
                                                 atoms_.form(first + 1) == "тысячи" || atoms_.form(first + 1) == "тысяч");
    if (thousands) return false;
    const bool locative = last.ends_with("ом") || last.ends_with("ем") || last.ends_with("ому");
    const bool in = first > 0 && (atoms_.form(first - 1) == "в" || atoms_.form(first - 1) == "у" || atoms_.form(first - 1) == "во");
    if (!locative || !in) return true;
    if (!atoms_.is_word(end) || !atoms_[end].whole_token) return false;
    const auto readings = text_.readings_of(text_.tokens[atoms_[end].token]);
    return !readings.empty() && (readings.front().part == PartOfSpeech::noun || readings.front().part == PartOfSpeech::adjective ||
                                 readings.front().part == PartOfSpeech::proper);
  }

  void add_relative(RowId row, std::size_t first, std::size_t end, int count) {
    TimePiece piece;
    piece.first = piece.core = first;
    piece.end = end;
    piece.relative = rows_.relative_of.at(row);
    piece.count = count;
    piece.row = rows_.ids.at(row);
    if (piece.relative->base == time_rules::Base::fixed_year && add_year(*piece.relative, first, end)) return;
    // «травня минулого року», "May of last year": the year of the month before it.
    if (time_rules::is_whole_year(*piece.relative)) {
      TimePiece* const month = date_before(first);
      if (month != nullptr && !month->relative && month->date.month != 0 && !month->date.year) {
        const bool adjacent =
            month->end == first || (month->end + 1 == first && (atoms_.form(month->end) == "of" || atoms_.is_mark(month->end, U',')));
        if (adjacent) {
          month->year_off = piece.relative->offset;
          month->year_off_that = piece.relative->anchored;
          month->end = end;
          return;
        }
      }
    }
    pieces_.push_back(std::move(piece));
  }

  const TimeRows& rows_;
  const Text& text_;
  const std::string& bytes_;
  Span span_;
  const Atoms& atoms_;
  std::vector<TimePiece> pieces_;
  std::size_t dates_ = 0;  // of them, dates of the calendar; they stand first, in order
};

}  // namespace

std::vector<TimePiece> collect_pieces(const TimeSentence& sentence) { return PieceCollector(sentence).run(); }

bool is_chronicle_heading(const TimePiece& p, const Atoms& atoms) {
  const bool is_month = p.date.month >= 1 && p.date.month <= 12 && !p.date.year;
  const bool is_year = p.date.month == 0 && p.date.year.has_value();
  if (!(is_month || is_year) || p.date.day != 0 || p.core != 0 || p.end > 1) return false;
  return p.end == atoms.size() || atoms.is_mark(p.end, U':') || (atoms.is_mark(p.end, U'.') && p.end + 1 == atoms.size());
}

}  // namespace litopys
