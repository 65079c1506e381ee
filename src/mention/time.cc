// Pieces first (dates of the calendar, relative phrases, bare days: "the 20th"), each with the atoms that it covers; then, from left to
// right, what stands around a piece is read outwards: shift ("last"), part ("late"), frame ("by"); then neighbours are joined to
// intervals. A piece that only a frame makes a time (a bare year, a bare month in lower case, a bare day) falls away without one.
//
// What the sentences before have said comes in as a value, `Passage`: the last day of the paragraph, from which "the next day" and "the
// 20th" are counted, and the date whose year a date without one shares. The tense of the nearest verb says on which side of its anchor a
// date lies: "Saldo said on Monday that they will …" was last Monday.
//
// Fits: "from late March to 1 June 2024". Does not fit: "on the eve of the vote" (no time at all).
#include "mention/time.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mention/time_rows.h"
#include "page/calendar.h"
#include "page/calendar_names.h"

namespace litopys {
namespace {

using time_rules::Dates;
using time_rules::Lean;
using time_rules::Part;
using time_rules::Relative;

using Frame = TimeFrame;

struct Piece {
  std::size_t first = 0, end = 0;  // atoms, outwards to the frame
  std::size_t core = 0;            // first atom of the date itself
  CalendarDate date;               // of the calendar
  std::optional<Relative> relative;
  int count = 0;
  int months = 0;  // of a year: its first so many
  std::string row;
  Part part = Part::none;
  std::optional<int> shift;     // of a month, season or weekday
  std::optional<int> year_off;  // "May last year"
  bool year_off_that = false;   // "May of that year": counted from the time before
  bool bare_day = false;        // "the 20th"
  bool dated = false;           // of a law or a report: «від 15 квітня»
  Frame frame = Frame::none;
  std::optional<std::int16_t> lent_year;
  bool drop = false;
};

// What the sentences before tell a sentence about its times.
struct Passage {
  std::optional<Date> last;   // the last time of the paragraph: where it begins,
  std::optional<When> span;   // and all of it
  std::optional<Date> dated;  // the last that had its year
};

class Finder {
 public:
  Finder(const TimeRows& rows, const Text& text, const Document& document, std::optional<Date> published, const Sentence& sentence,
         const Passage& passage)
      : rows_(rows),
        text_(text),
        bytes_(document.text),
        published_(published),
        sentence_(sentence),
        passage_(passage),
        atoms_(cut_atoms(text, document, sentence)) {}

  std::vector<Time> run() {
    collect();
    if (pieces_.empty()) return {};
    read_tenses();
    for (std::size_t i = 0; i < pieces_.size(); ++i) look_around(i);
    join_parts();
    std::erase_if(pieces_, [](const Piece& p) { return p.drop; });
    drop_stretches();
    lend_years();
    for (std::size_t i = 0; i < pieces_.size(); ++i) resolved_.push_back(resolve(i));
    std::vector<Time> out;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      // "That day", and none was named.
      if (pieces_[i].relative && pieces_[i].relative->anchored && !resolved_[i].dates) continue;
      if (i + 1 < pieces_.size()) {
        if (auto joined = interval(i)) {
          out.push_back(std::move(*joined));
          ++i;
          continue;
        }
        if (const std::size_t last = last_of_run(i); last > i) {
          out.push_back(run_of(i, last));
          i = last;
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

  // "the 20th", «до 15-го», «к двадцатому», «з першого числа»: the end of it, 0 for none. What is counted ("the 20th office") is no day,
  // and words ("the first") are one only as a bound.
  std::size_t bare_day_at(std::size_t at) {
    if (at == 0 || !atoms_.is_word(at - 1)) return 0;
    const bool english = text_.language == Language::en;
    if (english && (at < 2 || atoms_.form(at - 1) != "the")) return 0;
    const std::size_t first = english ? at - 1 : at;
    const auto frame_row = rows_.frames.before(text_, atoms_, first);
    if (!frame_row) return 0;
    const Frame frame = rows_.frame_of.at(frame_row->row);
    const auto name_at = [&](std::size_t i) { return atoms_.is_word(i) ? calendar::find_name(atoms_.form(i)) : nullptr; };
    std::size_t end = at + 1;
    unsigned day = 0;
    bool bound = frame == Frame::until || frame == Frame::as_of || (english && frame == Frame::since);
    if (atoms_.is_number(at)) {
      const std::string_view digits = atoms_.form(at);
      if (digits.size() > 2) return 0;
      for (const char c : digits) day = day * 10 + static_cast<unsigned>(c - '0');
      if (atoms_.is_dash(end)) ++end;
      const auto* suffix = atoms_.touches(end) ? name_at(end) : nullptr;
      if (suffix == nullptr || suffix->kind != calendar::NameKind::suffix) return 0;
      ++end;
      const std::string_view word = atoms_.form(first - 1);
      bound = bound || frame == Frame::since || frame == Frame::dated || word == "on" || word == "of" || word == "на";
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
    if (atoms_.is_word(end) && atoms_.form(end) == "числа") {
      ++end;
    } else if (!bound || counts(end)) {
      return 0;
    }
    Piece piece;
    piece.first = piece.core = first;
    piece.end = end;
    piece.bare_day = true;
    piece.date.day = static_cast<std::uint8_t>(day);
    pieces_.push_back(std::move(piece));
    return end;
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

  // A year in words, «двадцать третьего»: of the month or season before it, or a time by itself where its noun stands behind it or «в»
  // before it and nothing that it could count follows.
  bool add_year(const Relative& relative, std::size_t first, std::size_t end) {
    const auto dates_end = pieces_.begin() + static_cast<std::ptrdiff_t>(dates_);
    const auto behind = std::upper_bound(pieces_.begin(), dates_end, first, [](std::size_t at, const Piece& p) { return at < p.end; });
    if (behind != pieces_.begin()) {
      Piece& month = *std::prev(behind);
      if (month.end == first && month.date.month != 0 && !month.date.year) {
        month.date.year = relative.year;
        month.end = end;
        return true;
      }
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
    Piece piece;
    piece.first = piece.core = first;
    piece.end = end;
    piece.relative = rows_.relative_of.at(row);
    piece.count = count;
    piece.row = rows_.ids.at(row);
    if (piece.relative->base == time_rules::Base::fixed_year && add_year(*piece.relative, first, end)) return;
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
          month.year_off_that = piece.relative->anchored;
          month.end = end;
          return;
        }
      }
    }
    pieces_.push_back(std::move(piece));
  }

  enum class Said : unsigned char { past, present, future };

  void read_tenses() {
    constexpr std::size_t kOwnVerb = 3;     // "will not be paid": words in which the verb of "will" stands
    constexpr std::size_t kParticiple = 2;  // "are not used": and those in which that of "are"
    std::size_t skip = 0, own = 0, passive = 0;
    std::vector<std::size_t> participles;  // of a present passive
    for (std::size_t at = 0; at < atoms_.size(); ++at) {
      if (atoms_[at].kind == AtomKind::mark) own = 0;
      if (!atoms_.is_word(at) || at < skip) continue;
      if (const auto hits = rows_.tenses.starting(text_, atoms_, at); !hits.empty()) {
        skip = hits.front().end;
        if (!rows_.future_of.at(hits.front().row)) continue;
        tenses_.push_back({at, Said::future});
        if (text_.language == Language::en) own = skip + kOwnVerb;
        continue;
      }
      if (!atoms_[at].whole_token || at < own) continue;
      const auto readings = text_.readings_of(text_.tokens[atoms_[at].token]);
      if (readings.empty() || readings.front().part != PartOfSpeech::verb) continue;
      const Reading& verb = readings.front();
      if (text_.language == Language::en && verb.lemma == "be" && verb.tense == Tense::present) passive = at + 1 + kParticiple;
      if (verb.tense == Tense::past && at < passive && verb.lemma != "be") participles.push_back(at);
      // «визнає» is present and, with another stress, future: what holds now wins.
      const bool also_present = std::any_of(readings.begin(), readings.end(), [](const Reading& r) {
        return r.part == PartOfSpeech::verb && r.tense == Tense::present && r.form == VerbForm::finite;
      });
      if (verb.tense == Tense::future && !also_present) tenses_.push_back({at, Said::future});
      if ((verb.tense == Tense::present && verb.form == VerbForm::finite) || (verb.tense == Tense::future && also_present))
        tenses_.push_back({at, Said::present});
      if (verb.tense == Tense::past || verb.form == VerbForm::impersonal) tenses_.push_back({at, Said::past});
    }
    future_ = std::any_of(tenses_.begin(), tenses_.end(), [](const auto& t) { return t.second == Said::future; });
    // "Will consider more if the papers are used in September": the participle is a part of a present that looks ahead.
    if (future_) std::erase_if(tenses_, [&](const auto& t) { return std::ranges::binary_search(participles, t.first); });
  }

  // The tense of the verb nearest to a piece; a mark between them counts as some words. A present beside a future is one: "the vote is on
  // 10 September and will be guarded".
  [[nodiscard]] std::optional<Said> tense_of(const Piece& p) const {
    const auto after = std::lower_bound(tenses_.begin(), tenses_.end(), p.end, [](const auto& t, std::size_t at) { return t.first < at; });
    const auto behind = std::lower_bound(tenses_.begin(), after, p.first, [](const auto& t, std::size_t at) { return t.first < at; });
    std::optional<Said> best;
    if (behind != tenses_.begin()) best = std::prev(behind)->second;
    // "Announces on 27 June that it will not …", "warned that from June the cards … will be blocked": the other verb is of another clause.
    if (best && after != tenses_.end() && is_told(p.end - 1, after->first)) return best;
    if (best && after != tenses_.end() && is_told(std::prev(behind)->first, p.first)) best.reset();
    if (after != tenses_.end() && (!best || words_between(p.end, after->first) < words_between(std::prev(behind)->first, p.first)))
      best = after->second;
    return best == Said::present && future_ && p.frame != Frame::since ? Said::future : best;
  }

  // Whether a word that opens what is told stands between.
  [[nodiscard]] bool is_told(std::size_t from, std::size_t to) const {
    constexpr std::size_t kFar = 8;
    for (std::size_t i = from + 1; i < std::min(to, from + kFar); ++i) {
      const std::string_view form = atoms_.form(i);
      if (atoms_.is_word(i) && (form == "that" || form == "що" || form == "что")) return true;
    }
    return false;
  }

  [[nodiscard]] std::size_t words_between(std::size_t from, std::size_t to) const {
    constexpr std::size_t kMark = 3, kFar = 60;  // beyond which the marks are not looked at
    std::size_t words = to - from;
    for (std::size_t i = from; i < to && words < kFar; ++i) words += atoms_[i].kind == AtomKind::mark ? kMark : 0;
    return words;
  }

  static bool ahead(Lean lean) { return lean == Lean::future || lean == Lean::surely_future; }

  [[nodiscard]] Lean lean_of(const Piece& p) const {
    if (heads(p)) return Lean::over;
    if (p.dated || is_of_a_paper(p)) return Lean::over;  // what has a date was signed
    if (opens(p)) return Lean::past;
    // «Торги оголошено на вересень», «на сентябрь»: what is set for a month is to come.
    if (text_.language != Language::en && p.date.day == 0 && p.date.month != 0 && p.first + 1 == p.core && atoms_.form(p.first) == "на")
      return Lean::future;
    // "Has waited since November": "since" looks back whatever the verb does, «с» and «з» do not.
    if (p.frame == Frame::since && atoms_.form(p.first) == "since") return Lean::over;
    const auto tense = tense_of(p);
    if (p.frame == Frame::until) return tense == Said::past ? Lean::either : tense == Said::future ? Lean::surely_future : Lean::future;
    if (tense == Said::future) return Lean::surely_future;
    // A day of a vote or a term stands by a past verb too ("an election was set for 10 September"); a year ago it would have its year.
    return tense == Said::past && p.date.day == 0 ? Lean::surely_past : Lean::past;
  }

  // "Under the decree of the President of 27 April", «указ, подписанный 27 апреля»: the day is the paper's, whatever the sentence goes on
  // to say of what will be.
  [[nodiscard]] bool is_of_a_paper(const Piece& p) const {
    constexpr std::size_t kBack = 4;  // words from the paper's to its day
    if (p.date.day == 0 || p.date.year || p.first == 0) return false;
    const bool of = text_.language == Language::en && (atoms_.form(p.first) == "of" || atoms_.form(p.first) == "dated");
    for (std::size_t at = p.first; at-- > 0 && p.first - at <= (of ? kBack : 1);) {
      if (!atoms_.is_word(at)) return false;
      if (const auto hits = rows_.papers.starting(text_, atoms_, at); !hits.empty()) return true;
    }
    return false;
  }

  // True where the piece is a time by itself; else it needs words around it that say so.
  [[nodiscard]] bool stands_alone(const Piece& p) const {
    if (p.relative) return true;
    if (p.bare_day) return false;
    const CalendarDate& d = p.date;
    if (d.day != 0) return true;
    if (d.month != 0 && d.year) return true;
    const bool latin = static_cast<unsigned char>(bytes_[atoms_[p.core].span.begin]) < 0x80;
    if (d.month >= 21) return p.year_off.has_value() || adverb_season(p);
    if (d.month != 0) {
      if (p.year_off || heads(p)) return true;
      if (!latin) return false;
      const std::string_view form = atoms_.form(p.core);
      return form != "may" && form != "march" && form != "august";
    }
    if (d.weekday) return latin;
    return d.year_marked || heads(p);
  }

  // «Травень.», "MARCH:", "2023": a chronicle's heading, of what has been.
  [[nodiscard]] bool heads(const Piece& p) const {
    const bool is_month = p.date.month >= 1 && p.date.month <= 12 && !p.date.year;
    const bool is_year = p.date.month == 0 && p.date.year.has_value();
    if (!(is_month || is_year) || p.date.day != 0 || p.core != 0 || p.end > 1) return false;
    return p.end == atoms_.size() || atoms_.is_mark(p.end, U':') || (atoms_.is_mark(p.end, U'.') && p.end + 1 == atoms_.size());
  }

  // "2 March: the administration announces that …", an entry of a chronicle.
  [[nodiscard]] bool opens(const Piece& p) const {
    return p.core == 0 && p.date.day != 0 && (atoms_.is_mark(p.end, U':') || atoms_.is_mark(p.end, U'.') || atoms_.is_dash(p.end));
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
      // «Указ № 12 від 20 березня», «от»: likewise behind the paper's number.
      const bool numbered = p.first > 1 && atoms_.is_number(p.first - 1) &&
                            (text_.language == Language::ru || atoms_.is_mark(p.first - 2, U'№') || atoms_.form(p.first - 2) == "№");
      p.dated = p.frame == Frame::dated && p.date.day != 0 && p.first > 0 && (atoms_.is_word(p.first - 1) || numbered);
      if (p.frame == Frame::dated) p.frame = p.dated ? Frame::point : Frame::since;
    }
    const bool joined_before = i > 0 && joins(pieces_[i - 1], p);
    const bool listed_before = i > 0 && listed(pieces_[i - 1], p) && follows(pieces_[i - 1], p);
    p.drop = !stands_alone(p) && !shifted && !parted && p.frame == Frame::none &&
             !((joined_before || listed_before) && !pieces_[i - 1].drop) && !dash_follows(i);
    // An event that the codebook knows the day of is a time as a bound only: "since the full-scale invasion", not "the third year of" it.
    if (p.relative && p.relative->base == time_rules::Base::fixed_date) p.drop = p.frame != Frame::since && p.frame != Frame::until;
  }

  // "2019, 2020": bare years one after the other.
  static bool follows(const Piece& a, const Piece& b) {
    return a.date.year && b.date.year && a.date.month == 0 && b.date.month == 0 && *b.date.year == *a.date.year + 1;
  }

  // Pieces that are one time together: «торік у квітні», «травневий указ 2022 року», «напередодні 1 липня».
  void join_parts() {
    for (std::size_t i = 0; i + 1 < pieces_.size(); ++i) {
      Piece& a = pieces_[i];
      Piece& b = pieces_[i + 1];
      if (!a.relative || a.drop || join_part_of_year(a, b) || b.relative) continue;
      const bool plain_year =
          a.relative->base == time_rules::Base::year && a.relative->edge == time_rules::Edge::none && !a.relative->counted;
      if (plain_year && b.date.month != 0 && !b.date.year && b.first == a.end) {
        b.year_off = a.relative->offset;
        b.year_off_that = a.relative->anchored;
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

  // "The first quarter of 2026", «за дев'ять місяців минулого року», "the last week of April": part and whole. True where it was one.
  static bool join_part_of_year(Piece& a, Piece& b) {
    using time_rules::Base;
    const bool year = b.relative ? b.relative->base == Base::year && b.relative->edge == time_rules::Edge::none && !b.relative->counted
                                 : b.date.year && b.date.month == 0;
    const bool month = !b.relative && b.date.month != 0 && b.date.day == 0;
    const Base of = a.relative->base;
    if (b.first > a.end || b.part != Part::none) return false;
    if (year && of == Base::part_of_year) {
      b.part = a.relative->part;
    } else if (year && (of == Base::first_months || of == Base::last_months) && a.count >= 1 && a.count <= 12) {
      b.months = a.count;
    } else if (month && of == Base::last_week) {
      b.part = Part::end;
    } else {
      return false;
    }
    b.first = a.first;
    b.frame = a.frame;
    b.drop = false;
    a.drop = true;
    return true;
  }

  // "In nine months": a time by itself only where the sentence names no other.
  void drop_stretches() {
    const auto stretch = [](const Piece& p) {
      return p.relative && (p.relative->base == time_rules::Base::last_months || p.relative->base == time_rules::Base::last_years);
    };
    if (!std::all_of(pieces_.begin(), pieces_.end(), stretch)) std::erase_if(pieces_, stretch);
  }

  // "2014–2022": a dash to the next piece of the same kind.
  [[nodiscard]] bool dash_follows(std::size_t i) const {
    return i + 1 < pieces_.size() && atoms_.is_dash(pieces_[i].end) && pieces_[i].end + 1 == pieces_[i + 1].core &&
           !pieces_[i + 1].relative && !pieces_[i].relative;
  }

  // Whether only a joining word or a dash stands between the two; with `spanning` only such a word as makes a stretch by itself.
  [[nodiscard]] bool joins(const Piece& a, const Piece& b, bool spanning = false) const {
    if (a.end >= b.core) return false;
    if (!spanning && atoms_.is_dash(a.end) && a.end + 1 == b.core) return true;
    for (const Phrases::Hit& hit : rows_.joins.starting(text_, atoms_, a.end)) {
      if (spanning && !rows_.spanning.contains(hit.row)) continue;
      // Words that are read as the second's own frame or part may be the join: "between April and the end of May".
      const bool within = b.first <= hit.end && hit.end <= b.core;
      if (within || hit.end + 1 == b.core) return true;
    }
    return false;
  }

  // "from 5 May to 10 June 2025", "March and April 2023".
  void lend_years() {
    for (std::size_t i = pieces_.size(); i-- > 1;) {
      Piece& a = pieces_[i - 1];
      const Piece& b = pieces_[i];
      const auto year = b.date.year ? b.date.year : b.lent_year;
      // "From January to March of last year": the same year.
      if (!year && b.year_off && !a.relative && !b.relative && !a.date.year && !a.year_off && a.date.month != 0 &&
          a.date.month <= b.date.month && b.core - a.end <= 3 && (joins(a, b) || dash_follows(i - 1))) {
        a.year_off = b.year_off;
        a.year_off_that = b.year_off_that;
        continue;
      }
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

  static constexpr std::size_t kReach = 4;  // times back in a sentence: farther ones speak of something else

  struct Resolved {
    std::optional<Dates> dates;
    bool relative = false;
    std::string rule;
  };

  // What an earlier piece of the sentence says of the year: "wrote last year that … by December".
  [[nodiscard]] std::optional<Date> anchor_before(std::size_t i) const {
    for (std::size_t k = i; k-- > 0 && i - k <= kReach;) {
      const Piece& p = pieces_[k];
      const bool year_back = p.relative && p.relative->base == time_rules::Base::year && p.relative->edge == time_rules::Edge::none;
      if (!year_back && !p.year_off && !(p.shift && *p.shift != 0 && p.date.month != 0)) continue;
      const Resolved& r = resolved_[k];
      return r.dates ? std::optional<Date>(r.dates->first) : std::nullopt;
    }
    return std::nullopt;
  }

  // The time from which "that day" and "the 20th" are counted: the one before it in the sentence, else the passage's last.
  [[nodiscard]] std::optional<Date> time_before(std::size_t i) const {
    if (i > 0 && resolved_[i - 1].dates) return resolved_[i - 1].dates->first;
    return passage_.last;
  }

  // All of that time.
  [[nodiscard]] std::optional<Dates> dates_before(std::size_t i) const {
    if (i > 1) {
      if (const auto joined = interval(i - 2); joined && joined->when) return Dates{*joined->when->begin, *joined->when->end};
    }
    if (i > 0 && resolved_[i - 1].dates) return resolved_[i - 1].dates;
    if (!passage_.span) return std::nullopt;
    const auto& begin = passage_.span->begin ? passage_.span->begin : passage_.span->end;
    return Dates{*begin, passage_.span->end ? *passage_.span->end : *begin};
  }
  // Whether it is the end of what is counted: "As of 1 March 300 had, a year earlier 200".
  [[nodiscard]] bool bound_before(std::size_t i) const {
    if (i > 0 && resolved_[i - 1].dates) return pieces_[i - 1].frame == Frame::until || pieces_[i - 1].frame == Frame::as_of;
    return passage_.span && !passage_.span->begin;
  }

  // A year in the past that the sentence has named for what it tells: "In January 2024 it reported on the plan of the first quarter".
  [[nodiscard]] std::optional<Date> year_named_before(std::size_t i) const {
    for (std::size_t k = i; k-- > 0 && i - k <= kReach;) {
      const Piece& p = pieces_[k];
      const bool told = p.frame == Frame::none || p.frame == Frame::point;
      if (p.relative || !p.date.year || p.date.month == 0 || p.dated || !told) continue;
      return published_ && *p.date.year < published_->year ? std::optional<Date>(Date{*p.date.year, 0, 0, 0}) : std::nullopt;
    }
    return std::nullopt;
  }

  // The date before it whose year it shares.
  [[nodiscard]] std::optional<Date> dated_before(std::size_t i) const {
    for (std::size_t k = i; k-- > 0 && i - k <= kReach;) {
      const Piece& p = pieces_[k];
      if (!p.relative && p.date.year && p.date.month != 0 && p.frame != Frame::since && p.frame != Frame::until)
        return Date{*p.date.year, p.date.month, p.date.day, 0};
    }
    return passage_.dated;
  }

  [[nodiscard]] Resolved resolve(std::size_t index) const {
    const Piece& p = pieces_[index];
    Resolved out;
    if (p.relative) {
      out.relative = p.relative->base != time_rules::Base::fixed_year && p.relative->base != time_rules::Base::fixed_date;
      const bool event = p.relative->base == time_rules::Base::fixed_date;
      out.rule = out.relative ? "relative." + p.row : event ? "event." + p.row : "absolute";
      // "In two months it will open" is counted from the day of the report, "two months later it opened" from another.
      const bool from_now = !p.relative->anchored || (p.relative->offset > 0 && ahead(lean_of(p)));
      const bool of_a_year = p.relative->base == time_rules::Base::part_of_year || p.relative->base == time_rules::Base::first_months;
      const auto named = of_a_year ? year_named_before(index) : std::nullopt;
      const auto from = named ? named : from_now ? published_ : time_before(index);
      if (p.relative->base == time_rules::Base::same) {
        if (const auto then = dates_before(index)) out.dates = time_rules::years_on(*then, p.relative->offset);
        return out;
      }
      if (from) out.dates = time_rules::resolve(*p.relative, *from, p.count, lean_of(p));
      // «з нового року» is from the day behind the one by which «до нового року» ends.
      const bool turn = p.relative->base == time_rules::Base::fixed_day && p.relative->month == 12 && p.relative->day == 31;
      if (turn && p.frame == Frame::since && out.dates)
        out.dates->first = out.dates->second = Date::of(out.dates->first.last_day() + std::chrono::days(1));
      if (!out.relative) out.dates = time_rules::resolve(*p.relative, Date{p.relative->year, 0, 0, 0}, 0, Lean::either);
      // Whoever wrote before the event means another.
      if (event && out.dates && published_ && out.dates->first.first_day() > published_->last_day()) out.dates.reset();
      if (out.dates && out.dates->first == out.dates->second) out.dates = within(out.dates->first, p);
      return out;
    }
    const CalendarDate& d = p.date;
    const Lean lean = lean_of(p);
    std::optional<Date> date;
    const auto year = d.year ? d.year : p.lent_year;
    if (year) {
      out.rule = "absolute";
      date = Date{*year, d.month, d.day, 0};
    } else if (p.bare_day) {
      out.relative = true;
      out.rule = "bare-day";
      const auto before = time_before(index);
      if (before && before->month != 0 && before->month <= 12) {
        date = time_rules::day_of_month(d.day, *before, lean == Lean::past ? Lean::either : Lean::future);
      } else if (published_ && published_->day != 0) {
        date = time_rules::day_of_month(d.day, *published_, lean);
      }
    } else {
      out.relative = true;
      out.rule = d.month == 0 ? "weekday" : d.month > 12 ? "season" : d.day != 0 ? "yearless" : "month";
      const auto dated = d.month == 0 || p.year_off || p.shift || ahead(lean) ? std::nullopt : dated_before(index);
      if (!published_ && !dated) return out;
      // "The decree of 2023 makes it possible from 1 July" speaks of what is to come.
      const bool shares = p.frame != Frame::since || tense_of(p) == Said::past;
      if (dated && shares && (!published_ || dated->year < published_->year)) {
        // What lies close to the day of the report is of its year.
        constexpr std::chrono::days kClose{31};
        const auto of_report = published_ ? time_rules::nearest(d.month, d.day, *published_, Lean::either) : std::nullopt;
        const bool to_come = of_report && published_ && tense_of(p) == Said::past && of_report->first_day() > published_->last_day();
        const bool close = of_report && !to_come && of_report->first_day() <= published_->last_day() + kClose &&
                           of_report->last_day() + kClose >= published_->first_day();
        if (!close) date = time_rules::nearest(d.month, d.day, *dated, Lean::future);
        if (date && published_ && date->first_day() > published_->last_day()) date.reset();
        if (date) out.rule += "-of-passage";
      }
      if (date || !published_) {
        // As the passage has it.
      } else if (d.month == 0) {
        date = time_rules::weekday(*d.weekday, *published_, lean, p.shift && *p.shift != 0 ? p.shift : std::nullopt);
      } else if (p.year_off) {
        const auto from = p.year_off_that ? time_before(index) : published_;
        if (from) date = Date{static_cast<std::int16_t>(from->year + *p.year_off), d.month, d.day, 0};
      } else if (p.shift && *p.shift == 0 && d.month <= 12) {
        date = Date{published_->year, d.month, d.day, 0};
      } else if (p.shift && *p.shift != 0) {
        date = time_rules::beside(d.month, d.day, *published_, *p.shift);
      } else if (const auto anchor = p.shift ? std::nullopt : anchor_before(index)) {
        date = time_rules::nearest(d.month, d.day, *anchor, Lean::future);
      } else {
        date = time_rules::nearest(d.month, d.day, *published_, p.shift ? Lean::past : lean);
      }
    }
    if (date && date->valid()) out.dates = within(*date, p);
    return out;
  }

  // The part of a date that a piece means.
  static std::optional<Dates> within(Date date, const Piece& p) {
    if (p.months == 0 || date.month != 0) return time_rules::within(date, p.part);
    return time_rules::first_months(p.months, date, Lean::either);
  }

  [[nodiscard]] Span span_of(const Piece& p) const { return {atoms_[p.first].span.begin, atoms_[p.end - 1].span.end}; }

  // The day up to which a bound reaches: "by the end of May" its last day, "by May" the month as it is.
  static Date upper(Date date, Part part) { return part == Part::end && date.day == 0 ? Date::of(date.last_day()) : date; }

  [[nodiscard]] Time single(std::size_t index) const {
    const Piece& p = pieces_[index];
    Time time;
    time.span = span_of(p);
    const Resolved& resolved = resolved_[index];
    time.relative = resolved.relative;
    time.rule = resolved.rule;
    // "As of 1 January clinics will ask for it": nobody counts as of a day to come, it begins then.
    const bool begins =
        p.frame == Frame::as_of && published_ && resolved.dates && resolved.dates->first.first_day() > published_->last_day();
    const bool open_since = p.frame == Frame::since || begins;
    const bool same = p.relative && p.relative->base == time_rules::Base::same;
    const bool bound = p.frame == Frame::until || p.frame == Frame::as_of || (same && bound_before(index));
    time.form = open_since ? TimeForm::since : bound ? TimeForm::until : TimeForm::point;
    if (!resolved.dates) return time;
    const auto& [first, last] = *resolved.dates;
    if (time.form == TimeForm::until) {
      // "by autumn" is by its first month, "by autumn half had gone" may be any of them.
      const bool its_first = !p.date.year && last.month > 12 && p.frame == Frame::until && p.part == Part::none && ahead(lean_of(p));
      time.when = When::until(its_first ? Date{last.year, Date::of(last.first_day()).month, 0, 0} : upper(last, p.part));
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
    // "1 June to 30 November 2024": no "from" needed between two of a grain.
    const bool spans = !opened && !dash && a.frame != Frame::until && !a.relative && !b.relative && same_grain(a, b) && joins(a, b, true);
    if (!(opened && joins(a, b)) && !dash && !spans) return std::nullopt;
    if (a.relative.has_value() != b.relative.has_value() && !opened) return std::nullopt;
    if (dash && !opened && (a.frame == Frame::until || !same_grain(a, b))) return std::nullopt;
    const Resolved& from = resolved_[index];
    const Resolved& to = resolved_[index + 1];
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
    // "From Monday to Thursday", said on a Wednesday: the Monday before that Thursday.
    if (begin.first_day() > end.last_day() && a.date.weekday && b.date.weekday && a.date.month == 0 && b.date.month == 0 && end.day != 0)
      begin = Date::of(end.first_day() - std::chrono::days((*b.date.weekday - *a.date.weekday + 7) % 7));
    if (!begin.valid() || begin.first_day() > end.last_day()) return std::nullopt;
    time.when = When::between(begin, end);
    return time;
  }

  // "In September and October", "in 2019, 2020 and 2021", "the summer and autumn of 2023": times that follow one another are one stretch.
  // Gives the last piece of those that begin at `index`.
  [[nodiscard]] std::size_t last_of_run(std::size_t index) const {
    const auto plain = [&](std::size_t i) {
      const Piece& p = pieces_[i];
      const bool whole = p.part == Part::none && p.months == 0 && (p.frame == Frame::none || p.frame == Frame::point);
      return whole && !p.relative && p.date.day == 0 && !p.date.weekday && !p.bare_day && resolved_[i].dates;
    };
    std::size_t last = index;
    while (last + 1 < pieces_.size() && plain(last) && plain(last + 1)) {
      const Piece& a = pieces_[last];
      const Piece& b = pieces_[last + 1];
      const bool seasons = (a.date.month > 12) == (b.date.month > 12);
      if (!seasons || !same_grain(a, b) || !(joins(a, b) || listed(a, b))) break;
      if (resolved_[last + 1].dates->first.first_day() != resolved_[last].dates->second.last_day() + std::chrono::days(1)) break;
      ++last;
    }
    // Without a word that ends the list it is a list of something else.
    while (last > index && !joins(pieces_[last - 1], pieces_[last]) && pieces_[last].date.month != 0) --last;
    return last;
  }

  [[nodiscard]] Time run_of(std::size_t first, std::size_t last) const {
    Time time;
    time.span = {atoms_[pieces_[first].first].span.begin, atoms_[pieces_[last].end - 1].span.end};
    time.form = TimeForm::between;
    time.relative = resolved_[first].relative || resolved_[last].relative;
    time.rule = resolved_[last].rule;
    Date begin = resolved_[first].dates->first;
    Date end = resolved_[last].dates->second;
    if (begin.month > 12) {  // seasons bound no interval
      begin = Date::of(begin.first_day());
      end = Date::of(end.last_day());
      begin.day = end.day = 0;
    }
    time.when = When::between(begin, end);
    return time;
  }

  static bool same_grain(const Piece& a, const Piece& b) {
    return (a.date.day != 0) == (b.date.day != 0) && (a.date.month != 0) == (b.date.month != 0) &&
           a.date.weekday.has_value() == b.date.weekday.has_value();
  }

  const TimeRows& rows_;
  const Text& text_;
  const std::string& bytes_;
  std::optional<Date> published_;
  const Sentence& sentence_;
  const Passage& passage_;
  Atoms atoms_;
  std::vector<Piece> pieces_;
  std::size_t dates_ = 0;                             // of them, dates of the calendar, while the relative ones are collected
  std::vector<std::pair<std::size_t, Said>> tenses_;  // by atom
  bool future_ = false;                               // one of them is
  std::vector<Resolved> resolved_;                    // the pieces so far
};

// "2023", «Березень 2014.»: a sentence of one date that has its year.
bool is_date_alone(const Text& text, const Sentence& sentence, const std::vector<Time>& times) {
  constexpr std::ptrdiff_t kFewWords = 3;
  if (times.size() != 1 || times[0].rule != "absolute" || times[0].form != TimeForm::point || !times[0].when) return false;
  const auto tokens = text.tokens_of(sentence);
  return std::count_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.kind != TokenKind::punctuation; }) <= kFewWords;
}

// A digest of 9 to 15 September is published "in September" as far as its text says; its Tuesday is that of those days all the same.
Date last_day_of_digest(const std::vector<Time>& times, Date published) {
  for (const Time& time : times) {
    if (time.form != TimeForm::between || !time.when || !time.when->end || time.when->end->day == 0) continue;
    const Date& end = *time.when->end;
    if (end.year == published.year && (published.month == 0 || end.month == published.month)) return end;
  }
  return published;
}

}  // namespace

struct TimeFinder::Impl {
  std::array<TimeRows, std::size(kReadLanguages)> languages;
};

TimeFinder::TimeFinder(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
TimeFinder::TimeFinder(TimeFinder&&) noexcept = default;
TimeFinder& TimeFinder::operator=(TimeFinder&&) noexcept = default;
TimeFinder::~TimeFinder() = default;

Result<TimeFinder> TimeFinder::make(const Codebook& book) {
  auto impl = std::make_unique<Impl>();
  for (const Language language : kReadLanguages) {
    auto rows = TimeRows::compile(book, language);
    if (!rows) return tl::unexpected(rows.error());
    impl->languages[static_cast<std::size_t>(language)] = std::move(*rows);
  }
  return TimeFinder(std::unique_ptr<const Impl>(std::move(impl)));
}

std::vector<std::vector<Time>> TimeFinder::find_all(const Text& text, const Document& document) const {
  constexpr std::size_t kHead = 6;  // sentences in which a digest says of which days it is
  std::vector<std::vector<Time>> out(text.sentences.size());
  if (text.language == Language::other) return out;
  const TimeRows& rows = impl_->languages[static_cast<std::size_t>(text.language)];
  Passage passage;
  std::optional<Date> section;                         // the date that heads it: "2023"
  std::optional<Date> published = document.published;  // what is counted from
  for (std::size_t i = 0; i < text.sentences.size(); ++i) {
    const Sentence& sentence = text.sentences[i];
    if (sentence.span.empty()) continue;
    if (i > 0 && sentence.paragraph != text.sentences[i - 1].paragraph) passage = {{}, {}, section};
    out[i] = Finder(rows, text, document, published, sentence, passage).run();
    for (const Time& time : out[i]) {
      if (!time.when) continue;
      const auto& date = time.when->begin ? time.when->begin : time.when->end;
      passage.last = date;
      passage.span = time.when;
      if (time.rule == "absolute" && date->month != 0 && (time.form == TimeForm::point || time.form == TimeForm::between))
        passage.dated = date;
    }
    if (i < kHead && published && published->day == 0) published = last_day_of_digest(out[i], *published);
    if (is_date_alone(text, sentence, out[i])) {
      section = passage.dated = out[i][0].when->begin;
    } else if (sentence.heading) {
      section.reset();
    }
  }
  return out;
}

}  // namespace litopys
