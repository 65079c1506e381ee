// A verb of saying looks for its subject, a preposition for what follows it.
//
// Who is the subject: in English by place (the nearest phrase before the verb that hangs on no preposition, or after it in ", said X"),
// in Ukrainian and Russian by case and number, on either side, within the clause. «В міністерстві кажуть» has its voice in the locative.
// A subject that no row knows ("the beekeeper said") is taken as it stands, a named one wins over it.
#include "mention/frames.h"

#include <algorithm>
#include <string>
#include <utility>

namespace litopys {
namespace {

constexpr std::size_t kMostFrames = 16;
constexpr std::uint32_t kSubjectReach = 25;
constexpr std::uint32_t kObjectReach = 6;

// How nouns for people end; what else "says" is a thing.
constexpr std::string_view kEnglishActors[] = {"er",  "or",  "ist", "ian",  "man",  "men",  "ee",   "ant", "ess",  "body",
                                               "one", "ers", "ors", "ists", "ians", "eers", "folk", "ees", "ants", "esses"};
constexpr std::string_view kSlavicActors[] = {"ник", "ниця", "ница", "тель", "телька", "ар",  "яр", "ист",  "іст", "ець", "ец", "ка", "ун",
                                              "ач",  "ер",   "ор",   "лог",  "иця",    "ица", "ин", "янин", "щик", "чик", "як", "няк"};

template <std::size_t N>
bool acts(std::string_view noun, const std::string_view (&endings)[N]) {
  return std::any_of(std::begin(endings), std::end(endings), [&](std::string_view e) { return noun.ends_with(e); });
}

class FrameReader {
 public:
  FrameReader(const Document& document, const Text& text, const Sentence& sentence, SpeechMarks& marks)
      : document_(document), text_(text), tokens_(text.tokens_of(sentence).first(marks.marks.size())), marks_(marks) {}

  std::vector<Frame> run() {
    for (const FrameWord& word : marks_.frames) {
      if (frames_.size() >= kMostFrames) break;
      if (marks_.has(word.first, kQuoted)) continue;
      switch (word.role) {
        case FrameRole::say:
        case FrameRole::weak:
        case FrameRole::judge: verb(word); break;
        case FrameRole::by:
        case FrameRole::cite: object(word); break;
        case FrameRole::by_after: genitive_before(word); break;
        case FrameRole::by_pronoun:
        case FrameRole::document: add({word, std::nullopt, true, whose(word), word.first, word.last, {}, false, at_end(word.last)}); break;
        case FrameRole::hearsay: add({word, std::nullopt, false, ActorKind::nameless, word.first, word.last, {}, false, false}); break;
        case FrameRole::relay: relay(word); break;
        case FrameRole::back: back_ = back_ || !marks_.has(word.first, kInserted); break;
        case FrameRole::silent: silent_ = word; break;
        case FrameRole::none: break;
      }
    }
    if (silent_) {  // "he did not say how many": the document's own remark
      std::erase_if(frames_, [&](const Frame& f) { return f.word.first <= silent_->last && silent_->first <= f.word.last; });
    }
    if (silent_ && frames_.empty()) {
      add({*silent_, std::nullopt, false, ActorKind::nameless, silent_->first, silent_->last, {}, false, false});
    }
    // «зі слів його брата» is the brother's word, not his
    std::erase_if(frames_, [&](const Frame& f) {
      return f.word.role == FrameRole::by_pronoun && std::any_of(frames_.begin(), frames_.end(), [&](const Frame& other) {
               return other.word.role == FrameRole::by && other.speaker && other.word.first == f.word.first;
             });
    });
    label_forms();
    quotation_form();
    colon_form();
    if (back_ && !frames_.empty()) frames_.front().back = true;
    hand_out_relays();
    std::stable_sort(frames_.begin(), frames_.end(), [](const Frame& a, const Frame& b) { return a.first < b.first; });
    return std::move(frames_);
  }

 private:
  [[nodiscard]] const std::vector<Speaker>& speakers() const { return marks_.speakers; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.size()); }
  [[nodiscard]] std::string_view word(std::uint32_t i) const { return tokens_[i].span.of(document_.text); }

  [[nodiscard]] bool at_end(std::uint32_t last) const {
    std::uint32_t left = 0;
    for (std::uint32_t i = last + 1; i < size(); ++i) left += tokens_[i].kind == TokenKind::word;
    return left <= 2;
  }

  // "in his words": a person's; "the report says": anybody's.
  [[nodiscard]] ActorKind whose(const FrameWord& w) const {
    for (std::uint32_t i = w.first; i <= w.last; ++i) {
      if (marks_.has(i, kHe)) return ActorKind::person;
      if (marks_.has(i, kIt)) return ActorKind::body;
    }
    return ActorKind::nameless;
  }

  void add(Frame frame) {
    if (frame.speaker) {
      const Speaker& s = speakers()[*frame.speaker];
      frame.pronoun |= s.pronoun;
      if (s.pronoun) frame.pronoun_of = s.actor.kind;
      frame.first = std::min(frame.first, s.first);
      frame.last = std::max(frame.last, s.last);
      for (Frame& other : frames_) {  // "X said, adding that": one voice, one frame
        if (other.speaker == frame.speaker) {
          if (frame.word.credence != Credence::plain) other.word.credence = frame.word.credence;
          if (frame.word.role == FrameRole::cite) other.word = frame.word;
          return;
        }
      }
      if (s.pronoun) frame.speaker.reset();
    }
    frames_.push_back(std::move(frame));
  }

  void verb(const FrameWord& word) {
    if (text_.language == Language::en ? passive(word) : impersonal(word)) {
      if (text_.language == Language::en && word.role == FrameRole::say) told_by(word);
      return;
    }
    const bool english = text_.language == Language::en;
    std::optional<std::size_t> subject = english ? english_subject(word) : slavic_subject(word);
    if (!subject && word.role == FrameRole::say) subject = english ? english_phrase(word) : slavic_noun(word);
    if (!subject && english && word.role == FrameRole::say) subject = english_inverted(word);
    if (!subject) {
      if (word.role == FrameRole::say && text_.language != Language::en) dropped_subject(word);
      return;
    }
    const Speaker& s = speakers()[*subject];
    if (word.role != FrameRole::say && !(word.role == FrameRole::weak && has_content(word))) {
      // What "residents" ask or refuse is what they do; a weak verb reports only where its subject is plainly a voice.
      if ((s.pronoun && !set_off(word, s)) || (!s.pronoun && s.actor.kind == ActorKind::nameless && s.actor.side != Side::ngo)) return;
      const bool body = s.actor.kind == ActorKind::body || s.actor.kind == ActorKind::office;
      if (!s.named && !s.pronoun && !s.prepositional && body && s.actor.side == Side::unknown) return;
    }
    Frame f{word, subject, false, ActorKind::nameless, word.first, word.last, {}, false, false};
    const std::uint32_t begin = std::min(word.first, s.first);
    f.tail = at_end(std::max(word.last, s.last)) && begin > 3 && !marks_.has(begin - 1, kClause | kThat);
    add(std::move(f));
  }

  // "was warned by the head doctor that": who warns stands behind "by".
  void told_by(const FrameWord& v) {
    constexpr std::uint32_t kBetween = 3;
    for (std::uint32_t i = v.last + 1; i < size() && i - v.last <= kBetween; ++i) {
      if (marks_.has(i, kComma | kBreak | kVerb | kQuoteMark)) return;
      if (tokens_[i].lower != "by") continue;
      if (const auto k = phrase_after(i, kObjectReach)) {
        if (!speakers()[*k].pronoun) add({v, k, false, ActorKind::nameless, v.first, v.last, {}, false, false});
      }
      return;
    }
  }

  // ", he suggested,": between commas, quotation marks or the sentence's ends.
  [[nodiscard]] bool set_off(const FrameWord& v, const Speaker& s) const {
    const std::uint32_t first = std::min(v.first, s.first);
    const std::uint32_t last = std::max(v.last, s.last);
    return first > 3 && marks_.has(first - 1, kComma | kQuoteMark | kBreak) &&
           (last + 1 >= size() || marks_.has(last + 1, kComma | kBreak | kQuoteMark | kColon) || at_end(last));
  }

  std::size_t made(std::uint32_t first, std::uint32_t last) {
    Speaker s;
    s.first = first;
    s.last = last;
    s.actor.kind = ActorKind::nameless;
    s.actor.span = {tokens_[first].span.begin, tokens_[last].span.end};
    s.actor.with_title = s.actor.span;
    s.actor.name = std::string(s.actor.span.of(document_.text));
    marks_.speakers.push_back(std::move(s));  // at the end: earlier indices stay; searches are over by then for this verb
    return marks_.speakers.size() - 1;
  }

  // Whoever says it, where no row knows the noun: the words right before the verb, from a determiner or the sentence's start.
  std::optional<std::size_t> english_phrase(const FrameWord& v) {
    std::uint32_t last = v.first;
    while (last > 0 && marks_.has(last - 1, kAside)) --last;
    if (last == 0) return std::nullopt;
    std::uint32_t first = last;
    while (first > 0 && last - first < 7) {
      const std::uint32_t i = first - 1;
      if (tokens_[i].kind != TokenKind::word ||
          (marks_.has(i, kVerb | kClause | kThat | kPronoun | kRelative | kNotSpeaker | kFirstPerson | kQuoted | kBe) &&
           !(marks_.has(i, kFirstPerson) && marks_.has(i, kDeterminer) && !marks_.has(i, kQuoted)))) {
        break;
      }
      first = i;
      if (marks_.has(i, kDeterminer)) break;
    }
    const bool anchored = first < last && (marks_.has(first, kDeterminer) || first == 0);
    // ", a notary told us": nothing but a voice stands so.
    const bool set_off = anchored && first > 0 && marks_.has(first - 1, kComma | kQuoteMark);
    if (!anchored || (first > 0 && marks_.has(first - 1, kPreposition))) return std::nullopt;
    if (marks_.has(first, kDeterminer)) ++first;
    while (first < last && marks_.has(first, kDeterminer)) ++first;
    if (first >= last || marks_.has(first, kPreposition | kAside)) return std::nullopt;
    if (!set_off && !acts(tokens_[last - 1].lower, kEnglishActors) && (!tokens_[last - 1].capital || last == 1)) return std::nullopt;
    for (const Speaker& s : speakers()) {
      if (s.first < last && first <= s.last) return std::nullopt;
    }
    return made(first, last - 1);
  }

  // The nearest noun in the nominative that agrees with the verb.
  std::optional<std::size_t> slavic_noun(const FrameWord& v) {
    const Reading* verb = nullptr;
    for (const Reading& r : text_.readings_of(tokens_[v.first])) {
      if (r.part == PartOfSpeech::verb) {
        verb = &r;
        break;
      }
    }
    if (verb == nullptr || verb->form == VerbForm::infinitive || verb->form == VerbForm::imperative) return std::nullopt;
    // Whose words stand in quotation marks is somebody.
    const bool quotation = std::any_of(marks_.marks.begin(), marks_.marks.end(), [](std::uint32_t m) { return (m & kQuoted) != 0; });
    const auto agrees = [&](std::uint32_t i) {
      if (tokens_[i].kind != TokenKind::word || marks_.has(i, kQuoted | kPronoun | kNotSpeaker | kRelative)) return false;
      for (const Reading& r : text_.readings_of(tokens_[i])) {
        if (r.part != PartOfSpeech::noun && r.part != PartOfSpeech::proper) continue;
        if (r.grammatical_case != Case::nominative || (r.guessed && !tokens_[i].capital)) continue;
        if ((r.name == NameKind::given || r.name == NameKind::surname) && r.number == Number::plural) continue;
        if (r.name == NameKind::geographic ||
            (!quotation && (!tokens_[i].capital || (i == 0 && !r.guessed && r.name == NameKind::none)) && !acts(r.lemma, kSlavicActors))) {
          continue;
        }
        if (verb->number != Number::unknown && r.number != Number::unknown && r.number != verb->number) continue;
        if (verb->gender != Gender::unknown && r.gender != Gender::unknown && verb->number != Number::plural && r.gender != verb->gender)
          continue;
        return r.gender != Gender::neuter;
      }
      return false;
    };
    const auto stops = [&](std::uint32_t i) {
      return marks_.has(i, kComma | kBreak | kColon | kThat | kQuoteMark | kClause | kVerb | kPreposition);
    };
    const auto free = [&](std::uint32_t i) {
      return std::none_of(speakers().begin(), speakers().end(), [&](const Speaker& s) { return s.first <= i && i <= s.last; });
    };
    for (std::uint32_t i = v.last + 1; i < size() && i - v.last < 4 && !stops(i); ++i) {
      if (agrees(i) && free(i)) return made(i, i);
    }
    for (std::uint32_t i = v.first; i-- > 0 && v.first - i < 5;) {
      if (marks_.has(i, kComma | kBreak | kColon | kThat | kQuoteMark | kClause | kVerb)) break;
      if (agrees(i) && free(i) && (i == 0 || !marks_.has(i - 1, kPreposition))) return made(i, i);
    }
    return std::nullopt;
  }

  // "was told", "have been advised"
  [[nodiscard]] bool passive(const FrameWord& v) const {
    for (std::uint32_t i = v.first; i-- > 0 && v.first - i < 4;) {
      if (marks_.has(i, kBe)) return true;
      if (!marks_.has(i, kAside) && !tokens_[i].lower.ends_with("ly")) return false;
    }
    return false;
  }

  // «визнано», «оголошено»: nobody is the subject of it.
  [[nodiscard]] bool impersonal(const FrameWord& v) const {
    const auto readings = text_.readings_of(tokens_[v.first]);
    return std::any_of(readings.begin(), readings.end(), [](const Reading& r) { return r.form == VerbForm::impersonal; });
  }

  [[nodiscard]] bool blocked(std::uint32_t a, std::uint32_t b) const { return !marks_.clear(a, b, kThat | kQuoted | kBreak | kColon); }

  // "A spokesperson called it void and said that": the verbs share a subject.
  [[nodiscard]] const FrameWord* joined_verb(const FrameWord& v) const {
    const std::uint32_t first = first_word(v);
    if (first < 2 || tokens_[first - 1].lower != "and" || v.role != FrameRole::say) return nullptr;
    const FrameWord* before = nullptr;
    for (const FrameWord& f : marks_.frames) {
      if (f.first >= first) break;
      const bool verb = f.role == FrameRole::say || f.role == FrameRole::weak || f.role == FrameRole::judge;
      if (verb) before = &f;
    }
    if (before == nullptr || blocked(before->last, first) || first - before->last > kSubjectReach || passive(*before)) return nullptr;
    return before;
  }

  std::optional<std::size_t> english_subject(const FrameWord& v) const {
    if (const FrameWord* before = joined_verb(v)) return english_subject_of(*before);
    return english_subject_of(v);
  }

  std::optional<std::size_t> english_subject_of(const FrameWord& v) const {
    // ", said X": the phrase right after the verb, where the verb begins its clause
    const bool clause_start = v.first > 0 && (marks_.has(v.first - 1, kComma | kQuoteMark | kBreak) || marks_.has(v.first - 1, kQuoted));
    if (clause_start && !takes_hearer(v)) {
      const bool explained = explained_subject(v);
      for (std::size_t k = 0; k < speakers().size(); ++k) {
        const Speaker& s = speakers()[k];
        if (s.first <= v.last) continue;
        if (s.first - v.last > 4 || !marks_.clear(v.last, s.first, kComma | kBreak | kThat | kColon | kPreposition | kVerb)) break;
        if (s.pronoun && marks_.has(s.last + 1, kBe | kAside)) break;  // "the engineer, who objected, said it was dark"
        if (!s.pronoun && (begins_predicate(s.last + 1) || (explained && !s.named))) break;
        if (!s.possessive) return k;
      }
    }
    std::uint32_t from = v.first;
    bool relative = false;
    for (std::uint32_t i = v.first; i-- > 0 && v.first - i < 9;) {  // "X, who in May has said": go on before "who"
      if (marks_.has(i, kRelative)) {
        // "engineers who objected spent a week": which engineers, and no report
        const bool restrictive = i > 0 && !marks_.has(i - 1, kComma | kQuoteMark) && marks_.clear(v.last, v.last + 3, kThat | kColon);
        if (restrictive) return std::nullopt;
        from = i;
        relative = true;
        break;
      }
      if (marks_.has(i, kComma | kVerb | kBreak | kThat | kQuoteMark | kPronoun)) break;
    }
    if (!relative && v.first > 0 && marks_.has(first_word(v) - 1, kComma)) {
      // "X, who heads Y, said": the insertion hides nearer phrases; the subject is the last one before its first comma
      for (std::size_t k = 0; k < speakers().size(); ++k) {
        const Speaker& s = speakers()[k];
        if (s.last + 1 >= first_word(v) - 1) break;
        if (v.first - s.last > kSubjectReach || s.prepositional || s.possessive || !marks_.has(s.last + 1, kComma)) continue;
        if (blocked(s.last, v.first) || !marks_.clear(s.last + 1, first_word(v) - 1, kFrame)) {
          if (!relative_insertion(s.last + 1, first_word(v) - 1)) continue;
        }
        return k;
      }
    }
    for (std::size_t k = speakers().size(); k-- > 0;) {
      const Speaker& s = speakers()[k];
      if (s.last >= from) continue;
      if (from - s.last > kSubjectReach) break;
      if (blocked(s.last, v.first)) break;
      if ((s.prepositional && !tells_as(s, v)) || s.possessive) continue;
      // Between subject and verb: asides, or something set off by two commas.
      const auto commas = static_cast<int>(
          std::count_if(marks_.marks.begin() + s.last, marks_.marks.begin() + from, [](std::uint32_t m) { return (m & kComma) != 0; }));
      if (!relative && commas == 1 && !marks_.has(v.first - 1, kComma)) {
        // "X, speaking to Y said" is rare, "After X, Y said" is not
        if (s.pronoun) break;
      }
      if (!marks_.clear(s.last, from, kVerb) && commas < 1) break;
      if (!relative && s.last + 1 < from && !near_enough(s.last, from)) break;
      return k;
    }
    return std::nullopt;
  }

  // "X, a state-run agency, said": a name, a comma, an article and no verb up to the comma before the verb of saying.
  [[nodiscard]] bool explained_subject(const FrameWord& v) const {
    if (v.first == 0 || !marks_.has(v.first - 1, kComma)) return false;
    return std::any_of(speakers().begin(), speakers().end(), [&](const Speaker& s) {
      return s.named && !s.pronoun && !s.prepositional && !s.possessive && s.last + 3 < v.first && marks_.has(s.last + 1, kComma) &&
             marks_.has(s.last + 2, kDeterminer) && v.first - s.last <= kSubjectReach &&
             marks_.clear(s.last + 1, v.first - 1, kVerb | kThat | kBreak | kColon | kQuoteMark | kRelative | kComma);
    });
  }

  // "residents had", "officials face": a verb and nothing else, so that what stands before it is its subject.
  [[nodiscard]] bool begins_predicate(std::uint32_t i) const {
    if (i >= size() || tokens_[i].kind != TokenKind::word || tokens_[i].capital) return false;
    if (marks_.has(i, kBe)) return true;
    if (tokens_[i].lower.ends_with("ing")) return false;  // "said a man selling batteries"
    const auto readings = text_.readings_of(tokens_[i]);
    return !readings.empty() &&
           std::all_of(readings.begin(), readings.end(), [](const Reading& r) { return r.part == PartOfSpeech::verb && !r.guessed; });
  }

  // "as Haida reported": no preposition, where the verb follows at once.
  [[nodiscard]] bool tells_as(const Speaker& s, const FrameWord& v) const {
    if (s.last + 1 != first_word(v)) return false;
    for (std::uint32_t i = s.first, steps = 0; i-- > 0 && steps < 3; ++steps) {
      if (tokens_[i].lower == "as") return true;
      if (!marks_.has(i, kDeterminer)) return false;
    }
    return false;
  }

  // "..., says the dispatcher.": an article and up to three words between the verb and whatever ends them.
  std::optional<std::size_t> english_inverted(const FrameWord& v) {
    constexpr std::uint32_t kMostWords = 3;
    const bool clause_start = v.first > 0 && (marks_.has(v.first - 1, kComma | kQuoteMark) || marks_.has(v.first - 1, kQuoted));
    std::uint32_t first = v.last + 1;
    if (!clause_start || first >= size() || (tokens_[first].lower != "the" && tokens_[first].lower != "a" && tokens_[first].lower != "an"))
      return std::nullopt;
    ++first;
    std::uint32_t last = first;
    while (last < size() && last - first < kMostWords && tokens_[last].kind == TokenKind::word &&
           !marks_.has(last, kPreposition | kPronoun | kVerb | kQuoted | kRelative | kThat | kClause | kAside | kDeterminer))
      ++last;
    const bool closed =
        last >= size() || marks_.has(last, kComma | kBreak | kPreposition | kRelative) || tokens_[last].kind != TokenKind::word;
    if (last == first || !closed) return std::nullopt;
    for (const Speaker& s : speakers()) {
      if (s.first < last && first <= s.last) return std::nullopt;
    }
    return made(first, last - 1);
  }

  // ", who heads Y,", ", the mayor of M, who heads Y,": between two commas a relative clause, perhaps behind one more insertion.
  [[nodiscard]] bool relative_insertion(std::uint32_t opening, std::uint32_t closing) const {
    std::uint32_t at = opening;
    for (int insertions = 0; insertions < 2; ++insertions) {
      if (marks_.has(at + 1, kRelative)) return !blocked(at + 1, closing);
      if (insertions > 0) break;
      std::uint32_t next = at + 1;
      while (next < closing && !marks_.has(next, kComma | kVerb | kBreak | kQuoteMark)) ++next;
      if (next >= closing || !marks_.has(next, kComma)) break;
      at = next;
    }
    return false;
  }

  // The first of the asides before the verb.
  [[nodiscard]] std::uint32_t first_word(const FrameWord& v) const {
    std::uint32_t i = v.first;
    while (i > 1 && v.first - i < 4 && marks_.has(i - 1, kAside)) --i;
    return i;
  }

  // "told Steppe Radio": what follows hears, it does not speak.
  [[nodiscard]] bool takes_hearer(const FrameWord& v) const {
    return std::any_of(marks_.frames.begin(), marks_.frames.end(),
                       [&](const FrameWord& f) { return f.role == FrameRole::relay && f.first == v.first; });
  }

  // Words between an English subject and its verb are asides, a prepositional phrase or an insertion.
  [[nodiscard]] bool near_enough(std::uint32_t subject_last, std::uint32_t verb_first) const {
    std::uint32_t loose = 0;
    bool insertion = false;
    for (std::uint32_t i = subject_last + 1; i < verb_first; ++i) {
      if (marks_.has(i, kComma)) {
        insertion = !insertion;
        continue;
      }
      if (insertion || marks_.has(i, kAside)) continue;
      if (marks_.has(i, kPreposition)) {
        insertion = true;  // a prepositional phrase runs up to the verb
        continue;
      }
      ++loose;
    }
    return loose <= 2;
  }

  // A comma, dash or quotation mark stands at most two words before the verb.
  [[nodiscard]] bool begins_clause(const FrameWord& v) const {
    for (std::uint32_t i = v.first, steps = 0; i-- > 0 && steps < 3; ++steps) {
      if (marks_.has(i, kComma | kBreak | kQuoteMark)) return true;
    }
    return false;
  }

  // "found that", «нарахував, що», "demanded: ..."
  [[nodiscard]] bool has_content(const FrameWord& v) const {
    const std::uint32_t next = v.last + 1;
    return marks_.has(next, kThat | kColon) || (marks_.has(next, kComma) && marks_.has(next + 1, kThat));
  }

  std::optional<std::size_t> slavic_subject(const FrameWord& v) const {
    std::optional<std::size_t> best;
    int best_cost = 15;
    const bool plural = verb_is_plural(v);
    for (std::size_t k = 0; k < speakers().size(); ++k) {
      const Speaker& s = speakers()[k];
      const bool before = s.last < v.first;
      // «додали п'ятеро працівників»: these were added; ", сказали нам шестеро"
      if (!before && s.counted && !begins_clause(v)) continue;
      const std::uint32_t a = before ? s.last : v.last;
      const std::uint32_t b = before ? v.first : s.first;
      if (b <= a || b - a > kSubjectReach) continue;
      const bool insertion = before && closes_insertion(a, b);
      if (!insertion && !marks_.clear(a, b, kThat | kQuoted | kBreak | kColon)) continue;
      if (!insertion && !marks_.clear(a, b, kVerb)) continue;
      // A pair of commas sets an insertion off; what stands in it is no distance.
      int cost = 0;
      int commas = 0;
      for (std::uint32_t i = a + 1; i < b; ++i) {
        if (marks_.has(i, kComma)) ++commas;
        if (commas % 2 == 0) ++cost;
        if (marks_.has(i, kClause)) cost += 3;
      }
      if (commas % 2 == 1) cost = static_cast<int>(b - a) + 3;
      cost += 2 * (commas / 2);
      if (!insertion && !marks_.clear(a, b, kRelative)) {
        // "the mayor, who said": only of the word that the relative clause hangs on
        const bool antecedent = before && v.role == FrameRole::say && marks_.has(s.last + 1, kComma) && marks_.has(s.last + 2, kRelative);
        if (!antecedent) continue;
      }
      const bool numbered = s.plural != plural && number_known(v) && !tokens_[s.first].all_caps;  // an abbreviation has no number
      if (!s.prepositional && v.role != FrameRole::say && numbered) continue;
      if (s.named) cost -= 3;
      const bool locative = s.prepositional && plural && in_locative(s);
      if (!locative) {
        if (!s.nominative || s.prepositional) continue;
      } else {
        cost += 2;
        if (s.actor.kind == ActorKind::person) continue;
      }
      if (!locative && numbered) cost += 5;
      if (cost < best_cost) {
        best_cost = cost;
        best = k;
      }
    }
    return best;
  }

  // «Рада, що працює у вигнанні, нарахувала»: between subject and verb stands something between commas, a relative clause at that.
  [[nodiscard]] bool closes_insertion(std::uint32_t subject_last, std::uint32_t verb_first) const {
    if (!marks_.has(subject_last + 1, kComma) || subject_last + 2 >= verb_first) return false;
    if (!marks_.has(subject_last + 2, kRelative | kThat | kPreposition)) return false;
    const bool relative = !marks_.clear(subject_last + 1, std::min(subject_last + 5, verb_first), kRelative | kThat);
    std::uint32_t closing = verb_first - 1;
    while (closing > subject_last + 2 && verb_first - closing <= 2 && !marks_.has(closing, kComma)) --closing;
    return relative && closing > subject_last + 2 && marks_.has(closing, kComma);
  }

  // «у міністерстві», «в ЦНС»: right after the preposition «в» or «у», whatever the case looks like.
  [[nodiscard]] bool in_locative(const Speaker& s) const {
    if (s.first == 0 || !can_be_locative(s)) return false;
    for (std::uint32_t i = s.first, steps = 0; i-- > 0 && steps < 4; ++steps) {
      if (marks_.has(i, kPreposition)) return marks_.has(i, kIn);
    }
    return false;
  }

  [[nodiscard]] bool can_be_locative(const Speaker& s) const {
    for (std::uint32_t i = s.first; i <= s.last; ++i) {
      bool known = false;
      for (const Reading& r : text_.readings_of(tokens_[i])) {
        if (r.grammatical_case == Case::locative) return true;
        known |= r.grammatical_case != Case::unknown && !r.guessed;
      }
      if (!known || tokens_[i].all_caps) return true;
    }
    return false;
  }

  [[nodiscard]] bool verb_is_plural(const FrameWord& v) const {
    for (const Reading& r : text_.readings_of(tokens_[v.first])) {
      const bool predicate = r.part == PartOfSpeech::adjective && r.grammatical_case == Case::unknown;  // «уверены», «впевнені»
      if (r.part == PartOfSpeech::verb || predicate) return r.number == Number::plural;
    }
    return false;
  }
  [[nodiscard]] bool number_known(const FrameWord& v) const {
    for (const Reading& r : text_.readings_of(tokens_[v.first])) {
      if (r.part == PartOfSpeech::verb && r.number != Number::unknown) return true;
    }
    return false;
  }

  // «Зазначив також, що…», «…, каже»: the voice is the one named before.
  void dropped_subject(const FrameWord& v) {
    for (const Reading& r : text_.readings_of(tokens_[v.first])) {
      if (r.part != PartOfSpeech::verb) continue;
      if (r.form == VerbForm::infinitive || r.form == VerbForm::imperative) return;
    }
    const bool starts = v.first == 0;
    const bool announces = v.last + 1 < size() && marks_.has(v.last + 1, kColon);
    const bool inserted = v.first > 0 && marks_.has(v.first - 1, kComma | kBreak | kQuoteMark) &&
                          (v.last + 1 >= size() || marks_.has(v.last + 1, kComma | kBreak | kColon));
    if (!starts && !inserted && !announces) return;
    // «Кажуть ще, що…»: people do.
    if (verb_is_plural(v)) {
      add({v, std::nullopt, false, ActorKind::nameless, v.first, v.last, {}, false, inserted && at_end(v.last)});
      return;
    }
    add({v, std::nullopt, true, ActorKind::nameless, v.first, v.last, {}, false, inserted && at_end(v.last)});
  }

  std::optional<std::size_t> phrase_after(std::uint32_t last, std::uint32_t reach) const {
    for (std::size_t k = 0; k < speakers().size(); ++k) {
      const Speaker& s = speakers()[k];
      if (s.last <= last) continue;
      if (s.first <= last) return k;
      if (s.first - last > reach || !marks_.clear(last, s.first, kComma | kBreak | kThat | kVerb | kColon)) return std::nullopt;
      // "the mayor's office", «за словами його брата»
      const bool owned = k + 1 < speakers().size() && !speakers()[k + 1].pronoun;
      const bool owner = owned && ((s.possessive && speakers()[k + 1].first - s.last < 5) ||
                                   (s.pronoun && s.last > last && speakers()[k + 1].first == s.last + 1));
      return owner ? k + 1 : k;
    }
    return std::nullopt;
  }

  // «по свидетельствам проезжающих», «за повідомленням опору з Приморська»: whose words they are stands in the genitive, whoever it is.
  std::optional<std::size_t> slavic_genitive(const FrameWord& w) {
    constexpr std::uint32_t kReach = 4;
    if (text_.language == Language::en || w.role != FrameRole::by) return std::nullopt;
    const auto genitive = [&](std::uint32_t i, bool noun) {
      const auto readings = text_.readings_of(tokens_[i]);
      return std::any_of(readings.begin(), readings.end(), [&](const Reading& r) {
        const bool right = noun ? r.part == PartOfSpeech::noun || r.part == PartOfSpeech::proper : r.part == PartOfSpeech::adjective;
        return right && r.grammatical_case == Case::genitive;
      });
    };
    std::optional<std::uint32_t> found;
    for (std::uint32_t i = w.last + 1; i < size() && i - w.last <= kReach; ++i) {
      if (tokens_[i].kind != TokenKind::word || marks_.has(i, kPronoun | kNotSpeaker | kVerb | kQuoted | kPreposition)) break;
      if (genitive(i, true)) {
        found = i;
        break;
      }
      if (!genitive(i, false)) break;
      found = i;  // «проезжающих», unless a noun follows
    }
    if (!found) return std::nullopt;
    // Set off: a comma before, or the beginning, and one behind.
    std::uint32_t last = *found;
    if (last + 2 < size() && marks_.has(last + 1, kPreposition) && tokens_[last + 2].capital) last += 2;
    const bool closed = last + 1 >= size() || marks_.has(last + 1, kComma | kBreak | kColon) || tokens_[last + 1].kind != TokenKind::word;
    if (!closed || (w.first > 0 && !marks_.has(w.first - 1, kComma | kBreak | kQuoteMark))) return std::nullopt;
    return made(*found, last);
  }

  // "according to the indictment,": whatever stands behind an article up to a comma, a preposition or the end.
  std::optional<std::size_t> english_object(const FrameWord& w) {
    constexpr std::uint32_t kLongest = 5;
    if (w.role != FrameRole::by || tokens_[w.first].lower != "according") return std::nullopt;
    std::uint32_t first = w.last + 1;
    while (first < size() && marks_.has(first, kDeterminer)) ++first;
    std::uint32_t last = first;
    while (last < size() && last - first <= kLongest && tokens_[last].kind == TokenKind::word &&
           !marks_.has(last, kPreposition | kPronoun | kNotSpeaker | kVerb | kQuoted | kRelative | kThat | kClause | kFirstPerson))
      ++last;
    if (last == first || last - first > kLongest) return std::nullopt;
    const bool closed = last >= size() || marks_.has(last, kComma | kBreak | kPreposition);
    if (!closed || (w.first > 0 && !marks_.has(w.first - 1, kComma | kBreak | kQuoteMark | kClause))) return std::nullopt;
    return made(first, last - 1);
  }

  void object(const FrameWord& w) {
    auto k = phrase_after(w.last, kObjectReach);
    if (!k) k = text_.language == Language::en ? english_object(w) : slavic_genitive(w);
    if (!k) return;
    Frame f{w, k, false, ActorKind::nameless, w.first, w.last, {}, false, false};
    f.tail = at_end(std::max(w.last, speakers()[*k].last)) && w.first > 3;
    add(std::move(f));
  }

  // "in the mayor's words": the phrase that owns them
  void genitive_before(const FrameWord& w) {
    for (std::size_t k = speakers().size(); k-- > 0;) {
      const Speaker& s = speakers()[k];
      if (s.last >= w.first) continue;
      if (w.first - s.last > 2 || !s.possessive || !after_in(s.first)) return;
      add({w, k, false, ActorKind::nameless, s.first, w.last, {}, false, false});
      return;
    }
  }
  [[nodiscard]] bool after_in(std::uint32_t first) const {
    for (std::uint32_t i = first, steps = 0; i-- > 0 && steps < 3; ++steps) {
      if (marks_.has(i, kPreposition)) return true;
      if (!marks_.has(i, kDeterminer)) return false;
    }
    return false;
  }

  void relay(const FrameWord& w) {
    const auto k = phrase_after(w.last, kObjectReach);
    if (!k) return;
    const Actor& a = speakers()[*k].actor;
    if (!w.any && a.kind != ActorKind::outlet && a.side != Side::media) return;
    if (!speakers()[*k].named) return;  // "on the telethon" names nobody
    relays_.push_back(*k);
  }

  // "Fedorov: no insulin without a passport", "No insulin without a passport — Fedorov"
  void label_forms() {
    if (speakers().empty() || frames_.size() >= kMostFrames) return;
    const Speaker& head = speakers().front();
    if (!head.pronoun && head.first <= 1 && head.nominative) {
      std::uint32_t i = head.last + 1;
      if (i < size() && marks_.has(i, kBreak) && word(i) == "(") {  // "Mr. Kyslytsya (Ukraine): ..."
        while (i < size() && word(i) != ")") ++i;
        ++i;
      }
      if (i < size() && marks_.has(i, kColon)) {
        add({label(), 0, false, ActorKind::nameless, head.first, i, {}, false, false});
        return;
      }
    }
    const Speaker& tail = speakers().back();
    if (!tail.pronoun && tail.first > 3 && tail.last + 2 >= size() && marks_.has(tail.first - 1, kBreak) && at_end(tail.last)) {
      const std::string_view dash = word(tail.first - 1);
      if (dash == "—" || dash == "–" || dash == "-") {
        add({label(), speakers().size() - 1, false, ActorKind::nameless, tail.first - 1, tail.last, {}, false, true});
      }
    }
  }
  [[nodiscard]] static FrameWord label() { return {FrameRole::say, kNoRow, Credence::plain, 0, 0, false}; }

  // «Мер заспокоював: …»: a speaker, any verb, a colon.
  void colon_form() {
    if (!frames_.empty() || text_.language == Language::en) return;
    for (std::uint32_t c = 2; c + 1 < size(); ++c) {
      if (!marks_.has(c, kColon)) continue;
      for (std::size_t k = 0; k < speakers().size(); ++k) {
        const Speaker& s = speakers()[k];
        if (s.last >= c) break;
        const bool quotes = marks_.has(c + 1, kQuoteMark);
        if (s.pronoun || s.prepositional || !s.nominative || c - s.last > (quotes ? 15 : 6)) continue;
        if (!marks_.clear(s.last, c, kThat | kBreak | kQuoted)) continue;
        if (!quotes && (s.actor.kind == ActorKind::nameless || (s.plural && !s.named))) continue;
        if (!s.named && s.actor.kind != ActorKind::office && s.actor.kind != ActorKind::nameless) continue;
        bool verb = false;
        for (std::uint32_t i = s.last + 1; i < c; ++i) {
          for (const Reading& r : text_.readings_of(tokens_[i])) verb |= r.part == PartOfSpeech::verb && r.form == VerbForm::finite;
        }
        if (!verb) continue;
        add({label(), k, false, ActorKind::nameless, s.first, c, {}, false, false});
        return;
      }
      return;
    }
  }

  // A closed quotation and a phrase right after it, whatever the verb: «…», — знизує плечима Раїса; "...", the teacher nods.
  void quotation_form() {
    if (!frames_.empty()) return;
    for (std::uint32_t i = 0; i + 1 < size(); ++i) {
      const bool closing = marks_.has(i, kQuoteMark) && i > 0 && marks_.has(i - 1, kQuoted);
      if (!closing) continue;
      for (std::size_t k = 0; k < speakers().size(); ++k) {
        const Speaker& s = speakers()[k];
        if (s.first <= i) continue;
        if (s.first - i > 6 || !marks_.clear(i + 3, s.first, kThat | kBreak | kColon)) return;
        if (s.prepositional || !s.nominative || marks_.has(s.first, kQuoted)) continue;
        if (s.actor.kind == ActorKind::body && !s.pronoun) continue;
        add({label(), k, false, ActorKind::nameless, s.first, s.last, {}, false, true});
        return;
      }
      return;
    }
  }

  void hand_out_relays() {
    if (relays_.empty()) return;
    for (std::size_t relay : relays_) {
      Frame* nearest = nullptr;
      std::uint32_t distance = size() + 1;
      for (Frame& f : frames_) {
        if (f.speaker == relay) continue;
        const std::uint32_t at = speakers()[relay].first;
        const std::uint32_t d = at > f.last ? at - f.last : f.first > at ? f.first - at : 0;
        if (d < distance) {
          distance = d;
          nearest = &f;
        }
      }
      if (nearest != nullptr && std::find(nearest->relays.begin(), nearest->relays.end(), relay) == nearest->relays.end()) {
        nearest->relays.push_back(relay);
        // "told Ukrinform" made the outlet a frame of its own if it stood near another verb: it is the same report
        std::erase_if(frames_, [&](const Frame& f) { return f.speaker == relay && &f != nearest; });
      }
    }
  }

 private:
  const Document& document_;
  const Text& text_;
  std::span<const Token> tokens_;
  SpeechMarks& marks_;
  std::vector<Frame> frames_;
  std::vector<std::size_t> relays_;
  bool back_ = false;
  std::optional<FrameWord> silent_;
};

}  // namespace

std::vector<Frame> read_frames(const Document& document, const Text& text, const Sentence& sentence, SpeechMarks& marks) {
  return FrameReader(document, text, sentence, marks).run();
}

}  // namespace litopys
