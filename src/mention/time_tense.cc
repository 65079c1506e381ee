#include "mention/time_tense.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace litopys {
namespace {

using time_rules::Lean;

// Whether a word that opens what is told stands between.
bool is_told_between(const Atoms& atoms, std::size_t from, std::size_t to) {
  constexpr std::size_t kFar = 8;
  for (std::size_t i = from + 1; i < std::min(to, from + kFar); ++i) {
    const std::string_view form = atoms.form(i);
    if (atoms.is_word(i) && (form == "that" || form == "що" || form == "что")) return true;
  }
  return false;
}

std::size_t words_from_to(const Atoms& atoms, std::size_t from, std::size_t to) {
  constexpr std::size_t kMark = 3, kFar = 60;  // beyond which the marks are not looked at
  std::size_t words = to - from;
  for (std::size_t i = from; i < to && words < kFar; ++i) words += atoms[i].kind == AtomKind::mark ? kMark : 0;
  return words;
}

// "Under the decree of the President of 27 April", «указ, подписанный 27 апреля»: the day is the paper's, whatever the sentence goes on
// to say of what will be.
bool is_of_a_paper(const TimeSentence& sentence, const TimePiece& p) {
  constexpr std::size_t kBack = 4;  // words from the paper's to its day
  const Atoms& atoms = sentence.atoms;
  if (p.date.day == 0 || p.date.year || p.first == 0 || p.frame == TimeFrame::until || p.frame == TimeFrame::since) return false;
  const bool of = sentence.text.language == Language::en && (atoms.form(p.first) == "of" || atoms.form(p.first) == "dated");
  for (std::size_t at = p.first; at-- > 0 && p.first - at <= (of ? kBack : 1);) {
    if (!atoms.is_word(at)) return false;
    if (const auto hits = sentence.rows.papers.starting(sentence.text, atoms, at); !hits.empty()) return true;
  }
  return false;
}

// "2 March: the administration announces that …", an entry of a chronicle.
bool is_chronicle_entry(const TimePiece& p, const Atoms& atoms) {
  return p.core == 0 && p.date.day != 0 && (atoms.is_mark(p.end, U':') || atoms.is_mark(p.end, U'.') || atoms.is_dash(p.end));
}

}  // namespace

SentenceTenses read_tenses(const TimeSentence& sentence) {
  constexpr std::size_t kOwnVerb = 3;     // "will not be paid": words in which the verb of "will" stands
  constexpr std::size_t kParticiple = 2;  // "are not used": and those in which that of "are"
  const Text& text = sentence.text;
  const Atoms& atoms = sentence.atoms;
  SentenceTenses out;
  std::size_t skip = 0, own = 0, passive = 0;
  std::vector<std::size_t> participles;  // of a present passive
  for (std::size_t at = 0; at < atoms.size(); ++at) {
    if (atoms[at].kind == AtomKind::mark) own = 0;
    if (!atoms.is_word(at) || at < skip) continue;
    if (const auto hits = sentence.rows.tenses.starting(text, atoms, at); !hits.empty()) {
      skip = hits.front().end;
      if (!sentence.rows.future_of.at(hits.front().row)) continue;
      out.verbs.push_back({at, Tense::future});
      if (text.language == Language::en) own = skip + kOwnVerb;
      continue;
    }
    if (!atoms[at].whole_token || at < own) continue;
    const auto readings = text.readings_of(text.tokens[atoms[at].token]);
    if (readings.empty() || readings.front().part != PartOfSpeech::verb) continue;
    const Reading& verb = readings.front();
    if (text.language == Language::en && verb.lemma == "be" && verb.tense == Tense::present) passive = at + 1 + kParticiple;
    if (verb.tense == Tense::past && at < passive && verb.lemma != "be") participles.push_back(at);
    // «визнає» is present and, with another stress, future: what holds now wins.
    const bool also_present = std::any_of(readings.begin(), readings.end(), [](const Reading& r) {
      return r.part == PartOfSpeech::verb && r.tense == Tense::present && r.form == VerbForm::finite;
    });
    if (verb.tense == Tense::future && !also_present) out.verbs.push_back({at, Tense::future});
    if ((verb.tense == Tense::present && verb.form == VerbForm::finite) || (verb.tense == Tense::future && also_present))
      out.verbs.push_back({at, Tense::present});
    if (verb.tense == Tense::past || verb.form == VerbForm::impersonal) out.verbs.push_back({at, Tense::past});
  }
  out.future = std::any_of(out.verbs.begin(), out.verbs.end(), [](const auto& t) { return t.second == Tense::future; });
  // "Will consider more if the papers are used in September": the participle is a part of a present that looks ahead.
  if (out.future) std::erase_if(out.verbs, [&](const auto& t) { return std::ranges::binary_search(participles, t.first); });
  return out;
}

Tense tense_of(const SentenceTenses& tenses, const TimePiece& piece, const Atoms& atoms) {
  const auto& verbs = tenses.verbs;
  const auto stands_before = [](const auto& verb, std::size_t at) { return verb.first < at; };
  const auto after = std::lower_bound(verbs.begin(), verbs.end(), piece.end, stands_before);
  const auto behind = std::lower_bound(verbs.begin(), after, piece.first, stands_before);
  Tense best = behind != verbs.begin() ? std::prev(behind)->second : Tense::unknown;
  if (after != verbs.end()) {
    // "Announces on 27 June that it will not …", "warned that from June the cards … will be blocked": the other verb is of another clause.
    if (best != Tense::unknown && is_told_between(atoms, piece.end - 1, after->first)) return best;
    if (best != Tense::unknown && is_told_between(atoms, std::prev(behind)->first, piece.first)) best = Tense::unknown;
    if (best == Tense::unknown ||
        words_from_to(atoms, piece.end, after->first) < words_from_to(atoms, std::prev(behind)->first, piece.first))
      best = after->second;
  }
  return best == Tense::present && tenses.future && piece.frame != TimeFrame::since ? Tense::future : best;
}

Lean lean_of(const TimeSentence& sentence, const SentenceTenses& tenses, const TimePiece& piece) {
  const Atoms& atoms = sentence.atoms;
  if (is_chronicle_heading(piece, atoms)) return Lean::over;
  if (piece.dated || is_of_a_paper(sentence, piece)) return Lean::over;  // what has a date was signed
  if (is_chronicle_entry(piece, atoms)) return Lean::past;
  // «Торги оголошено на вересень», «на сентябрь»: what is set for a month is to come.
  const bool month = piece.date.day == 0 && piece.date.month != 0;
  if (sentence.text.language != Language::en && month && piece.first + 1 == piece.core && atoms.form(piece.first) == "на")
    return Lean::future;
  // "Has waited since November": "since" looks back whatever the verb does, «с» and «з» do not.
  if (piece.frame == TimeFrame::since && atoms.form(piece.first) == "since") return Lean::over;
  const Tense tense = tense_of(tenses, piece, atoms);
  if (piece.frame == TimeFrame::until)
    return tense == Tense::past ? Lean::either : tense == Tense::future ? Lean::surely_future : Lean::future;
  if (tense == Tense::future) return Lean::surely_future;
  // A day of a vote or a term stands by a past verb too ("an election was set for 10 September"); a year ago it would have its year.
  return tense == Tense::past && piece.date.day == 0 ? Lean::surely_past : Lean::past;
}

}  // namespace litopys
