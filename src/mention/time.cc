// Pieces first (dates of the calendar, relative phrases), each with the atoms that it covers; then, from left to right, what stands
// around a piece is read outwards: shift ("last"), part ("late"), frame ("by"); then neighbours are joined to intervals. A piece that
// only a frame makes a time (a bare year, a bare month in lower case) falls away without one.
//
// Fits: "from late March to 1 June 2024". Does not fit: "the 31st" (no month), "the same week" (another sentence's time).
#include "mention/time.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "mention/number.h"
#include "mention/time_rules.h"
#include "page/calendar.h"

namespace litopys {
namespace {

using time_rules::Dates;
using time_rules::Lean;
using time_rules::Part;
using time_rules::Relative;

enum class Frame : unsigned char { none, until, as_of, since, dated, point, between };

struct LanguageRows {
  NumberRows numbers;
  Phrases times, frames, joins, parts, shifts, tenses;
  std::unordered_map<RowId, Relative> relative_of;
  std::unordered_map<RowId, Frame> frame_of;
  std::unordered_map<RowId, Part> part_of;
  std::unordered_map<RowId, int> shift_of;
  std::unordered_map<RowId, std::string> ids;
};

Result<LanguageRows> compile_rows(const Codebook& book, Language language) {
  LanguageRows out;
  auto numbers = NumberRows::compile(book, language);
  if (!numbers) return tl::unexpected(numbers.error());
  out.numbers = std::move(*numbers);
  const std::array<std::tuple<std::string_view, Phrases*, bool>, 6> kinds = {{{"time", &out.times, false},
                                                                              {"time-frame", &out.frames, true},
                                                                              {"time-join", &out.joins, false},
                                                                              {"time-part", &out.parts, true},
                                                                              {"time-shift", &out.shifts, true},
                                                                              {"time-tense", &out.tenses, false}}};
  for (const auto& [kind, phrases, implied] : kinds) {
    auto compiled = Phrases::compile(book, kind, language, implied);
    if (!compiled) return tl::unexpected(compiled.error());
    *phrases = std::move(*compiled);
    for (const RowId id : book.rows_of(kind)) {
      const Row& row = book.rows[id];
      if (row.language != language) continue;
      const auto wrong = [&row, kind = kind] {
        return fail(ErrorKind::kConfig, row.file, "line " + std::to_string(row.line),
                    "row " + row.id + ": gives = \"" + row.gives + "\" means nothing in kind " + std::string(kind));
      };
      out.ids[id] = row.id;
      if (kind == "time") {
        const auto relative = time_rules::parse_relative(row.gives);
        if (!relative) return wrong();
        out.relative_of[id] = *relative;
      } else if (kind == "time-frame") {
        constexpr std::pair<std::string_view, Frame> kFrames[] = {{"until", Frame::until}, {"as-of", Frame::as_of},
                                                                  {"since", Frame::since}, {"dated", Frame::dated},
                                                                  {"point", Frame::point}, {"between", Frame::between}};
        const auto* frame = std::find_if(std::begin(kFrames), std::end(kFrames), [&](const auto& f) { return f.first == row.gives; });
        if (frame == std::end(kFrames)) return wrong();
        out.frame_of[id] = frame->second;
      } else if (kind == "time-part") {
        const auto part = time_rules::parse_part(row.gives);
        if (!part) return wrong();
        out.part_of[id] = *part;
      } else if (kind == "time-shift") {
        if (row.gives != "-1" && row.gives != "0" && row.gives != "1") return wrong();
        out.shift_of[id] = row.gives == "-1" ? -1 : row.gives == "0" ? 0 : 1;
      }
    }
  }
  return out;
}

struct Piece {
  std::size_t first = 0, end = 0;  // atoms, outwards to the frame
  std::size_t core = 0;            // first atom of the date itself
  CalendarDate date;               // of the calendar
  std::optional<Relative> relative;
  int count = 0;
  std::string row;
  Part part = Part::none;
  std::optional<int> shift;     // of a month, season or weekday
  std::optional<int> year_off;  // "May last year"
  Frame frame = Frame::none;
  std::optional<std::int16_t> lent_year;
  bool drop = false;
};

class Finder {
 public:
  Finder(const LanguageRows& rows, const Text& text, const Document& document, const Sentence& sentence)
      : rows_(rows),
        text_(text),
        bytes_(document.text),
        published_(document.published),
        sentence_(sentence),
        atoms_(cut_atoms(text, document, sentence)) {}

  std::vector<Time> run() {
    collect();
    if (pieces_.empty()) return {};
    read_tense();
    for (std::size_t i = 0; i < pieces_.size(); ++i) look_around(i);
    join_parts();
    std::erase_if(pieces_, [](const Piece& p) { return p.drop; });
    lend_years();
    std::vector<Time> out;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i + 1 < pieces_.size()) {
        if (auto joined = interval(i)) {
          out.push_back(std::move(*joined));
          ++i;
          continue;
        }
      }
      out.push_back(single(i));
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t atom_at(std::uint32_t byte) const {
    const auto at =
        std::lower_bound(atoms_.list.begin(), atoms_.list.end(), byte, [](const Atom& a, std::uint32_t b) { return a.span.begin < b; });
    return static_cast<std::size_t>(at - atoms_.list.begin());
  }

  void collect() {
    const std::string_view sentence = std::string_view(bytes_).substr(sentence_.span.begin, sentence_.span.size());
    for (CalendarDate& date : find_dates(sentence, text_.language, DateDetail::parts)) {
      Piece piece;
      Span span = date.span;
      if (date.weekday && !date.weekday_span.empty()) span = joined(span, date.weekday_span);
      piece.first = piece.core = atom_at(span.begin + sentence_.span.begin);
      piece.end = std::max(atom_at(span.end + sentence_.span.begin), piece.first + 1);
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
    std::sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) { return a.first < b.first; });
    // A phrase of a row may reach over a date that it begins before ("the day before 5 May"): the date stays.
    for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
      if (pieces_[i].end > pieces_[i + 1].first) pieces_[i].end = pieces_[i + 1].first;
    }
    std::erase_if(pieces_, [](const Piece& p) { return p.end <= p.first; });
  }

  std::size_t relative_at(std::size_t at, std::size_t limit) {
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

  void add_relative(RowId row, std::size_t first, std::size_t end, int count) {
    Piece piece;
    piece.first = piece.core = first;
    piece.end = end;
    piece.relative = rows_.relative_of.at(row);
    piece.count = count;
    piece.row = rows_.ids.at(row);
    // «травня минулого року», "May of last year": the year of the month before it.
    if (piece.relative->base == time_rules::Base::year && piece.relative->edge == time_rules::Edge::none && !piece.relative->counted) {
      // Only the last date that ends before this can be it; dates stand first in the list, in order.
      const auto dates_end = pieces_.begin() + static_cast<std::ptrdiff_t>(dates_);
      const auto behind = std::upper_bound(pieces_.begin(), dates_end, first, [](std::size_t at, const Piece& p) { return at < p.end; });
      if (behind != pieces_.begin()) {
        Piece& month = *std::prev(behind);
        const bool adjacent =
            month.end == first || (month.end + 1 == first && (atoms_.form(month.end) == "of" || atoms_.is_mark(month.end, U',')));
        if (!month.relative && month.date.month != 0 && !month.date.year && adjacent) {
          month.year_off = piece.relative->offset;
          month.end = end;
          return;
        }
      }
    }
    pieces_.push_back(std::move(piece));
  }

  void read_tense() {
    for (std::size_t at = 0; at < atoms_.size(); ++at) {
      if (!atoms_.is_word(at)) continue;
      if (!rows_.tenses.starting(text_, atoms_, at).empty()) lean_ = Lean::future;
      if (!atoms_[at].whole_token) continue;
      const auto readings = text_.readings_of(text_.tokens[atoms_[at].token]);
      if (readings.empty()) continue;
      if (readings.front().tense == Tense::future) lean_ = Lean::future;
    }
  }

  // True where the piece is a time by itself; else it needs words around it that say so.
  [[nodiscard]] bool stands_alone(const Piece& p) const {
    if (p.relative) return true;
    const CalendarDate& d = p.date;
    if (d.day != 0) return true;
    if (d.month != 0 && d.year) return true;
    const bool latin = static_cast<unsigned char>(bytes_[atoms_[p.core].span.begin]) < 0x80;
    if (d.month >= 21) return p.year_off.has_value() || adverb_season(p);
    if (d.month != 0) {
      if (p.year_off) return true;
      if (!latin) return false;
      const std::string_view form = atoms_.form(p.core);
      return form != "may" && form != "march" && form != "august";
    }
    if (d.weekday) return latin;
    return d.year_marked;
  }

  // «навесні», «летом»: a season in the case that makes an adverb of it.
  [[nodiscard]] bool adverb_season(const Piece& p) const {
    constexpr std::array<std::string_view, 8> kAdverbs = {"навесні", "влітку", "восени", "взимку", "весной", "летом", "осенью", "зимой"};
    return std::find(kAdverbs.begin(), kAdverbs.end(), atoms_.form(p.core)) != kAdverbs.end();
  }

  void look_around(std::size_t i) {
    Piece& p = pieces_[i];
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
        p.shift = rows_.shift_of.at(shift->row);
        p.first = shift->first;
        shifted = true;
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
      if (p.frame == Frame::dated) p.frame = p.date.day != 0 && p.first > 0 && atoms_.is_word(p.first - 1) ? Frame::point : Frame::since;
    }
    const bool joined_before = i > 0 && joins(pieces_[i - 1], p);
    p.drop =
        !stands_alone(p) && !shifted && !parted && p.frame == Frame::none && !(joined_before && !pieces_[i - 1].drop) && !dash_follows(i);
  }

  // Pieces that are one time together: «торік у квітні», «травневий указ 2022 року», «напередодні 1 липня».
  void join_parts() {
    for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
      Piece& a = pieces_[i];
      Piece& b = pieces_[i + 1];
      if (!a.relative || b.relative || a.drop) continue;
      const bool plain_year =
          a.relative->base == time_rules::Base::year && a.relative->edge == time_rules::Edge::none && !a.relative->counted;
      if (plain_year && b.date.month != 0 && !b.date.year && b.first == a.end) {
        b.year_off = a.relative->offset;
        b.first = a.first;
        b.drop = false;
        a.drop = true;
      } else if (a.relative->base == time_rules::Base::fixed_month && b.date.year && b.date.month == 0 && b.core - a.end <= 2) {
        a.date.year = b.date.year;
        a.date.month = a.relative->month;
        a.relative.reset();
        a.drop = false;
        b.drop = true;
      } else if (a.relative->base == time_rules::Base::day && b.date.day != 0 && b.core == a.end) {
        a.drop = true;
      }
    }
  }

  // "2014–2022": a dash to the next piece of the same kind.
  [[nodiscard]] bool dash_follows(std::size_t i) const {
    return i + 1 < pieces_.size() && atoms_.is_dash(pieces_[i].end) && pieces_[i].end + 1 == pieces_[i + 1].core &&
           !pieces_[i + 1].relative && !pieces_[i].relative;
  }

  // Whether only a joining word or a dash stands between the two.
  [[nodiscard]] bool joins(const Piece& a, const Piece& b) const {
    if (a.end >= b.core) return false;
    if (atoms_.is_dash(a.end) && a.end + 1 == b.core) return true;
    for (const Phrases::Hit& hit : rows_.joins.starting(text_, atoms_, a.end)) {
      if (hit.end == b.core || hit.end == b.first || hit.end + 1 == b.core) return true;
    }
    return false;
  }

  // "from 5 May to 10 June 2025", "March and April 2023".
  void lend_years() {
    for (std::size_t i = pieces_.size(); i-- > 1;) {
      Piece& a = pieces_[i - 1];
      const Piece& b = pieces_[i];
      const auto year = b.date.year ? b.date.year : b.lent_year;
      if (!year || a.relative || b.relative || a.date.year || a.date.month == 0 || a.year_off || b.date.month == 0) continue;
      const bool near = b.core >= a.end && b.core - a.end <= 3;
      if (!near || !(joins(a, b) || listed(a, b))) continue;
      // "from December to March 2024" begins in the year before.
      a.lent_year = a.date.month <= 12 && b.date.month <= 12 && a.date.month > b.date.month ? static_cast<std::int16_t>(*year - 1) : *year;
    }
    for (std::size_t i = 1; i < pieces_.size(); ++i) {
      const Piece& a = pieces_[i - 1];
      Piece& b = pieces_[i];
      if (b.relative || b.date.year || b.lent_year || b.date.month == 0 || b.year_off || !a.date.year || a.date.month == 0) continue;
      if (b.core - a.end > 3 || !joins(a, b)) continue;
      b.lent_year = a.date.month <= 12 && b.date.month < a.date.month ? static_cast<std::int16_t>(*a.date.year + 1) : *a.date.year;
    }
  }

  [[nodiscard]] bool listed(const Piece& a, const Piece& b) const { return atoms_.is_mark(a.end, U',') && a.end + 1 == b.core; }

  struct Resolved {
    std::optional<Dates> dates;
    bool relative = false;
    std::string rule;
  };

  // What an earlier piece of the sentence says of the year: "wrote last year that … by December".
  [[nodiscard]] std::optional<Date> anchor_before(std::size_t i) const {
    constexpr std::size_t kReach = 4;  // times back: farther ones speak of something else
    for (std::size_t k = i; k-- > 0 && i - k <= kReach;) {
      const Piece& p = pieces_[k];
      const bool year_back = p.relative && p.relative->base == time_rules::Base::year && p.relative->edge == time_rules::Edge::none;
      if (!year_back && !p.year_off && !(p.shift && *p.shift != 0 && p.date.month != 0)) continue;
      const Resolved r = resolve(k);
      return r.dates ? std::optional<Date>(r.dates->first) : std::nullopt;
    }
    return std::nullopt;
  }

  [[nodiscard]] Resolved resolve(std::size_t index) const {
    const Piece& p = pieces_[index];
    Resolved out;
    if (p.relative) {
      out.relative = true;
      out.rule = "relative." + p.row;
      if (published_) out.dates = time_rules::resolve(*p.relative, *published_, p.count);
      // "since New Year" is the last one.
      if (out.dates && p.frame == Frame::since && p.relative->base == time_rules::Base::year && published_->valid() &&
          out.dates->first.first_day() > published_->last_day()) {
        time_rules::Relative last = *p.relative;
        --last.offset;
        out.dates = time_rules::resolve(last, *published_, p.count);
      }
      if (out.dates && out.dates->first == out.dates->second) out.dates = time_rules::within(out.dates->first, p.part);
      return out;
    }
    const CalendarDate& d = p.date;
    const Lean lean = p.frame == Frame::until ? Lean::future : p.frame == Frame::since ? Lean::past : lean_;
    std::optional<Date> date;
    const auto year = d.year ? d.year : p.lent_year;
    if (year) {
      out.rule = "absolute";
      date = Date{*year, d.month, d.day, 0};
    } else {
      out.relative = true;
      out.rule = d.month == 0 ? "weekday" : d.month > 12 ? "season" : d.day != 0 ? "yearless" : "month";
      if (!published_) return out;
      if (d.month == 0) {
        date = time_rules::weekday(*d.weekday, *published_, lean, p.shift && *p.shift != 0 ? p.shift : std::nullopt);
      } else if (p.year_off) {
        date = Date{static_cast<std::int16_t>(published_->year + *p.year_off), d.month, d.day, 0};
      } else if (p.shift && *p.shift == 0 && d.month <= 12) {
        date = Date{published_->year, d.month, d.day, 0};
      } else if (p.shift && *p.shift != 0 && published_->month == 0) {
        date = Date{static_cast<std::int16_t>(published_->year + *p.shift), d.month, d.day, 0};
      } else if (const auto anchor = p.shift ? std::nullopt : anchor_before(index)) {
        date = time_rules::nearest(d.month, d.day, *anchor, Lean::future);
      } else {
        const Lean leaning = p.shift ? (*p.shift <= 0 ? Lean::past : Lean::future) : lean;
        date = time_rules::nearest(d.month, d.day, *published_, leaning);
      }
    }
    if (date && date->valid()) out.dates = time_rules::within(*date, p.part);
    return out;
  }

  [[nodiscard]] Span span_of(const Piece& p) const { return {atoms_[p.first].span.begin, atoms_[p.end - 1].span.end}; }

  // The day up to which a bound reaches: "by the end of May" its last day, "by May" the month as it is.
  static Date upper(Date date, Part part) { return part == Part::end && date.day == 0 ? Date::of(date.last_day()) : date; }

  [[nodiscard]] Time single(std::size_t index) const {
    const Piece& p = pieces_[index];
    Time time;
    time.span = span_of(p);
    const Resolved resolved = resolve(index);
    time.relative = resolved.relative;
    time.rule = resolved.rule;
    const bool open_since = p.frame == Frame::since;
    time.form = p.frame == Frame::until || p.frame == Frame::as_of ? TimeForm::until : open_since ? TimeForm::since : TimeForm::point;
    if (!resolved.dates) return time;
    const auto& [first, last] = *resolved.dates;
    if (time.form == TimeForm::until) {
      time.when = When::until(upper(last, p.part));
    } else if (time.form == TimeForm::since) {
      time.when = When::since(first);
    } else if (first == last) {
      time.when = When::point(first);
    } else {
      time.form = TimeForm::between;
      time.when = When::between(first, last);
    }
    return time;
  }

  [[nodiscard]] std::optional<Time> interval(std::size_t index) const {
    const Piece& a = pieces_[index];
    const Piece& b = pieces_[index + 1];
    const bool opened = a.frame == Frame::since || a.frame == Frame::between;
    const bool dash = atoms_.is_dash(a.end) && a.end + 1 == b.core;
    if (!(opened && joins(a, b)) && !dash) return std::nullopt;
    if (a.relative.has_value() != b.relative.has_value() && !opened) return std::nullopt;
    if (dash && !opened && (a.frame == Frame::until || !same_grain(a, b))) return std::nullopt;
    const Resolved from = resolve(index);
    const Resolved to = resolve(index + 1);
    Time time;
    time.span = {atoms_[a.first].span.begin, atoms_[b.end - 1].span.end};
    time.form = TimeForm::between;
    time.relative = from.relative || to.relative;
    time.rule = from.rule == to.rule ? from.rule : from.rule + "+" + to.rule;
    if (!from.dates || !to.dates) return time;
    Date begin = from.dates->first;
    const Date end = upper(to.dates->second, b.part);
    // Two dates without a year fall on either side of what is nearest: the interval's end has the last word.
    if (begin.first_day() > end.last_day() && from.relative && to.relative && from.rule == to.rule && from.rule == "yearless")
      begin.year = static_cast<std::int16_t>(end.year - (std::pair(begin.month, begin.day) > std::pair(end.month, end.day) ? 1 : 0));
    if (!begin.valid() || begin.first_day() > end.last_day()) return std::nullopt;
    time.when = When::between(begin, end);
    return time;
  }

  static bool same_grain(const Piece& a, const Piece& b) {
    return (a.date.day != 0) == (b.date.day != 0) && (a.date.month != 0) == (b.date.month != 0) &&
           a.date.weekday.has_value() == b.date.weekday.has_value();
  }

  const LanguageRows& rows_;
  const Text& text_;
  const std::string& bytes_;
  std::optional<Date> published_;
  const Sentence& sentence_;
  Atoms atoms_;
  std::vector<Piece> pieces_;
  std::size_t dates_ = 0;  // of them, dates of the calendar, while the relative ones are collected
  Lean lean_ = Lean::past;
};

}  // namespace

struct TimeFinder::Impl {
  std::array<LanguageRows, std::size(kReadLanguages)> languages;
};

TimeFinder::TimeFinder(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
TimeFinder::TimeFinder(TimeFinder&&) noexcept = default;
TimeFinder& TimeFinder::operator=(TimeFinder&&) noexcept = default;
TimeFinder::~TimeFinder() = default;

Result<TimeFinder> TimeFinder::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  for (const Language language : kReadLanguages) {
    auto rows = compile_rows(book, language);
    if (!rows) return tl::unexpected(rows.error());
    impl->languages[static_cast<std::size_t>(language)] = std::move(*rows);
  }
  return TimeFinder(std::unique_ptr<const Impl>(std::move(impl)));
}

std::vector<Time> TimeFinder::find(const Text& text, const Document& document, const Sentence& sentence) const {
  if (text.language == Language::other || sentence.span.empty()) return {};
  return Finder(impl_->languages[static_cast<std::size_t>(text.language)], text, document, sentence).run();
}

}  // namespace litopys
