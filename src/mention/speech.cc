// Marks first, phrases second. Phrases come from two sides: actors that the gazetteer or a name's form gave, and common nouns of the
// codebook ("residents", «військова адміністрація») with the words that belong to them. A noun that stands in apposition to a name
// ("Artem Lysohor, head of the administration"; «голова ОВА Артем Лисогор») gives the name its title and its side and is no voice of
// its own. Works on noun phrases of up to a dozen words; a relative clause inside a title ends it.
#include "mention/speech.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "mention/speech_marks.h"

namespace litopys {
namespace {

constexpr std::uint32_t kPhraseReach = 8;       // words that a common noun takes in to its right
constexpr std::uint32_t kAppositionReach = 12;  // words between a title and its name

class SpeakerReader {
 public:
  SpeakerReader(std::string_view document_text, const Text& text, const Sentence& sentence, const std::vector<LexiconHit>& hits,
                const std::vector<SpeechRow>& rows)
      : document_(document_text),
        text_(text),
        tokens_(text.tokens_of(sentence)),
        base_(sentence.first_token),
        hits_(hits),
        rows_(rows),
        out_(mark_words(document_text, text, sentence, hits, rows)) {}

  SpeechMarks run(const std::vector<Actor>& actors) {
    take_actors(actors);
    take_nouns();
    take_label();
    take_names();
    take_pronouns();
    std::sort(out_.speakers.begin(), out_.speakers.end(), [](const Speaker& a, const Speaker& b) { return a.first < b.first; });
    join_appositions();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view word(std::uint32_t i) const { return tokens_[i].span.of(document_); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.size()); }

  // Token that begins at or after a byte.
  [[nodiscard]] std::uint32_t token_at(std::uint32_t byte) const {
    const auto it = std::partition_point(tokens_.begin(), tokens_.end(), [&](const Token& t) { return t.span.end <= byte; });
    return static_cast<std::uint32_t>(it - tokens_.begin());
  }

  [[nodiscard]] bool can_be(std::uint32_t i, Case wanted) const {
    bool known = false;
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      if (r.grammatical_case == wanted) return true;
      known |= r.grammatical_case != Case::unknown;
    }
    return !known;
  }
  // Whether the word can stand in a case that prepositions ask for.
  [[nodiscard]] bool oblique(std::uint32_t i) const {
    bool known = false;
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      if (r.grammatical_case == Case::unknown) continue;
      if (r.grammatical_case != Case::nominative && r.grammatical_case != Case::vocative) return true;
      known = true;
    }
    return !known;
  }
  [[nodiscard]] bool infinitive(std::uint32_t i) const {
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      if (r.part == PartOfSpeech::verb && r.form == VerbForm::infinitive) return true;
    }
    return false;
  }
  // "a nurse", "the clerk": no verb, though the words are verbs too.
  [[nodiscard]] bool behind_article(std::uint32_t i) const {
    return text_.language == Language::en && i > 0 && (tokens_[i - 1].lower == "a" || tokens_[i - 1].lower == "the");
  }
  [[nodiscard]] bool conjunction(std::uint32_t i) const {
    const auto readings = text_.readings_of(tokens_[i]);
    return tokens_[i].kind == TokenKind::word && !readings.empty() && readings.front().part == PartOfSpeech::conjunction;
  }
  // «мали» is no mother: in Ukrainian and Russian a noun has a reading as one.
  [[nodiscard]] bool nominal(std::uint32_t i) const {
    const auto readings = text_.readings_of(tokens_[i]);
    if (text_.language == Language::en || readings.empty()) return true;
    return std::any_of(readings.begin(), readings.end(),
                       [](const Reading& r) { return r.guessed || (r.part != PartOfSpeech::verb && r.part != PartOfSpeech::adverb); });
  }
  [[nodiscard]] bool is_plural(std::uint32_t i) const {
    const auto readings = text_.readings_of(tokens_[i]);
    return !readings.empty() && readings.front().number == Number::plural;
  }

  // Whether the phrase asks for a verb in the plural: its first noun that can be a subject decides, an abbreviation has no number.
  [[nodiscard]] bool is_plural(std::uint32_t first, std::uint32_t last) const {
    if (text_.language == Language::en) return is_plural(last);
    for (std::uint32_t i = first; i <= last && i < size(); ++i) {
      if (tokens_[i].all_caps) return false;
      for (const Reading& r : text_.readings_of(tokens_[i])) {
        const bool noun = r.part == PartOfSpeech::noun || r.part == PartOfSpeech::proper;
        if (noun && r.grammatical_case == Case::nominative) return r.number == Number::plural;
      }
    }
    return is_plural(last);
  }

  // What stands before the phrase once its adjectives and determiners are skipped. «у Балках і Малій Білозерці»: what is joined to a name
  // hangs on that name's preposition.
  [[nodiscard]] bool after_preposition(std::uint32_t first, int joined = 0) const {
    constexpr int kJoined = 3;
    if (text_.language != Language::en && joined < kJoined && first >= 2 && conjunction(first - 1) && tokens_[first - 2].capital &&
        oblique(first - 2)) {
      std::uint32_t before = first - 2;
      while (before > 0 && first - before < 4 && tokens_[before - 1].capital && tokens_[before - 1].kind == TokenKind::word) --before;
      return after_preposition(before, joined + 1);
    }
    const bool english = text_.language == Language::en;
    bool name = false, article = false, article_of_name = false;  // "in the Simferopol migration office", but not "in Kyiv officials"
    for (std::uint32_t i = first, steps = 0; i-- > 0 && steps < (name ? 5 : 4); ++steps) {
      if (out_.marks[i] & kFrame) return (out_.marks[i] & kVerb) == 0;
      if (out_.marks[i] & kPreposition) return !name || article_of_name;
      if ((out_.marks[i] & kDeterminer) != 0) (name ? article_of_name : article) = true;
      if ((out_.marks[i] & (kDeterminer | kQuoteMark)) != 0 || tokens_[i].lower.ends_with("'s") || tokens_[i].lower.ends_with("’s"))
        continue;
      const bool owner = tokens_[i].lower == "'s" || (i + 1 < size() && tokens_[i + 1].lower == "'s");
      if (owner) continue;
      if (tokens_[i].kind != TokenKind::word) return false;
      if (english && tokens_[i].capital && !article && !article_of_name && !tokens_[first].capital) {
        name = true;
        continue;
      }
      if (english ? tokens_[i].capital || english_verb(i) : !adjective(i)) return false;
      if (english && (name || steps > 1)) return false;
    }
    return false;
  }
  [[nodiscard]] bool english_verb(std::uint32_t i) const {
    return (out_.marks[i] & (kVerb | kAside | kClause | kThat | kPronoun | kRelative)) != 0;
  }

  void settle(Speaker& s, std::uint32_t name_first, std::uint32_t name_last) {
    s.prepositional = after_preposition(s.first) && (text_.language == Language::en || oblique(name_first));
    if (text_.language != Language::en) {
      // A name is a subject when its first word can be; an abbreviation says nothing.
      s.nominative = can_be(name_first, Case::nominative) && !(s.prepositional && tokens_[name_first].all_caps);
    }
    s.plural = s.actor.kind != ActorKind::person && is_plural(name_first, name_last);
    const std::string_view last = tokens_[name_last].lower;
    s.possessive = last.ends_with("'s") || last.ends_with("s'") || (name_last + 1 < size() && tokens_[name_last + 1].lower == "'s");
  }

  void take_actors(const std::vector<Actor>& actors) {
    for (const Actor& actor : actors) {
      Speaker s;
      s.actor = actor;
      s.named = true;
      const Span whole = actor.with_title.empty() ? actor.span : joined(actor.with_title, actor.span);
      s.first = token_at(whole.begin);
      s.last = token_at(whole.end > 0 ? whole.end - 1 : 0);
      const std::uint32_t name_first = token_at(actor.span.begin);
      const std::uint32_t name_last = token_at(actor.span.end > 0 ? actor.span.end - 1 : 0);
      if (actor.span.end > tokens_.back().span.end || actor.span.empty()) continue;
      if (s.first >= size() || s.last >= size() || name_first >= size() || name_last >= size() || s.last < s.first) continue;
      if (!out_.speakers.empty() && out_.speakers.back().last >= s.first) continue;
      if (out_.marks[s.first] & kQuoted) continue;
      if (s.actor.side == Side::unknown) s.actor.side = side_of_title(s);
      settle(s, name_first, name_last);
      out_.speakers.push_back(std::move(s));
    }
  }

  // "lawyer Alina", "Independent Union of Miners": the side of the noun inside a name or its title.
  [[nodiscard]] Side side_of_title(const Speaker& s) const {
    for (const LexiconHit& hit : hits_) {
      const SpeechRow& row = rows_[hit.row];
      const std::uint32_t first = hit.first_token - base_;
      if ((row.speaker || row.side_word) && row.side != Side::unknown && first >= s.first && first <= s.last) return row.side;
    }
    return Side::unknown;
  }

  [[nodiscard]] bool taken(std::uint32_t first, std::uint32_t last) const {
    return std::any_of(out_.speakers.begin(), out_.speakers.end(), [&](const Speaker& s) { return s.first <= last && first <= s.last; });
  }
  [[nodiscard]] bool taken_by_actor(std::uint32_t i, std::size_t actors) const {
    for (std::size_t k = 0; k < actors; ++k) {
      if (out_.speakers[k].first <= i && i <= out_.speakers[k].last) return true;
    }
    return false;
  }

  void take_nouns() {
    const std::size_t actors = out_.speakers.size();
    for (const LexiconHit& hit : hits_) {
      const SpeechRow& row = rows_[hit.row];
      if (!row.speaker || hit.token_count == 0) continue;
      const std::uint32_t head_first = hit.first_token - base_;
      const std::uint32_t head_last = head_first + hit.token_count - 1;
      if (head_last < size() && row.kind == ActorKind::nameless && infinitive(head_first) && !behind_article(head_first)) continue;
      const bool item = head_first > 0 && tokens_[head_first - 1].kind == TokenKind::number && head_last + 1 < size() &&
                        (out_.marks[head_last + 1] & kColon) != 0;
      if (item) continue;  // "43 Prisoners: ..."
      if (text_.language == Language::en && is_joined_to_next(document_, tokens_, head_last)) continue;
      if (head_last < size() && !nominal(head_last)) continue;
      // "stated" is no state.
      if (text_.language == Language::en && head_last < size() && (out_.marks[head_last] & kVerb) != 0 &&
          tokens_[head_last].lower.ends_with("ed"))
        continue;
      if (head_last >= size() || taken(head_first, head_last) || (out_.marks[head_first] & kQuoted) != 0) continue;
      Speaker s;
      s.first = head_first;
      s.last = head_last;
      widen(s, actors);
      if (taken(s.first, s.last)) {
        s.first = head_first;
        s.last = head_last;
        s.quoted_first = 0;
      }
      s.actor.kind = row.kind;
      s.actor.side = row.side;
      s.notice = row.notice;
      name_phrase(s);
      s.named = s.quoted_first != 0 || tokens_[head_last].all_caps || (tokens_[head_last].capital && head_first > 0);
      settle(s, head_last, head_last);
      if (text_.language != Language::en) {
        s.nominative = can_be(head_first, Case::nominative) || can_be(head_last, Case::nominative);
        if (head_first != head_last) s.nominative = can_be(head_first, Case::nominative);
        s.plural = is_plural(head_last);
        // «29 собеседников», «сімнадцять людей»: the number is the subject.
        if (row.kind == ActorKind::nameless && s.first > 0 && counted(s.first - 1)) {
          --s.first;
          s.nominative = s.plural = s.counted = true;
          s.prepositional = s.first > 0 && (out_.marks[s.first - 1] & kPreposition) != 0;
        }
        s.counted = s.counted || (row.kind == ActorKind::nameless && counted(head_first));
      } else if (const std::size_t modifier = compound(s.first); modifier != out_.speakers.size()) {
        // "Commission spokesperson": the last noun is the one who speaks.
        s.first = out_.speakers[modifier].first;
        s.prepositional = out_.speakers[modifier].prepositional;
        if (s.actor.side == Side::unknown) s.actor.side = out_.speakers[modifier].actor.side;
        name_phrase(s);
        out_.speakers.erase(out_.speakers.begin() + static_cast<std::ptrdiff_t>(modifier));
      }
      out_.speakers.push_back(std::move(s));
    }
  }

  // "Washington-based", "state-run", "police-escorted": no noun of its own.
  // The body by a common noun that ends right before token `first`, and no title or name; speakers' count where there is none.
  [[nodiscard]] std::size_t compound(std::uint32_t first) const {
    if (out_.speakers.empty()) return 0;
    const std::size_t k = out_.speakers.size() - 1;
    const Speaker& s = out_.speakers[k];
    const bool joins = s.last + 1 == first && s.actor.kind == ActorKind::body && !s.named && !s.possessive && s.quoted_first == 0;
    return joins ? k : out_.speakers.size();
  }

  // A number of people before a noun in the genitive: digits or a numeral.
  [[nodiscard]] bool counted(std::uint32_t i) const {
    if (tokens_[i].kind == TokenKind::number) return true;
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      if (r.part == PartOfSpeech::numeral && (r.grammatical_case == Case::nominative || r.grammatical_case == Case::unknown)) return true;
    }
    return false;
  }

  // Takes in adjectives before the head and what hangs on it after: "officials in Zaporizhzhia", «адміністрації Генічеського округу».
  void widen(Speaker& s, std::size_t actors) {
    const bool english = text_.language == Language::en;
    for (std::uint32_t steps = 0; s.first > 0 && steps < 5; ++steps) {
      const std::uint32_t i = s.first - 1;
      if (tokens_[i].kind != TokenKind::word || taken_by_actor(i, actors)) break;
      if (out_.marks[i] &
          (kVerb | kDeterminer | kPreposition | kClause | kThat | kAside | kPronoun | kNotSpeaker | kRelative | kFirstPerson | kFrame))
        break;
      if (!english && !adjective(i)) break;
      if (english && !english_modifier(i)) break;
      s.first = i;
    }
    // "one of", «одна из»: what follows belongs to it, whatever it is.
    bool linked = english && s.last > s.first && (out_.marks[s.last] & kNameLink) != 0;
    if (!english && s.last > s.first && (out_.marks[s.last] & kPreposition) != 0 && s.last + 1 < size() &&
        tokens_[s.last + 1].kind == TokenKind::word)
      ++s.last;
    for (std::uint32_t steps = 0; s.last + 1 < size() && steps < kPhraseReach; ++steps) {
      const std::uint32_t i = s.last + 1;
      if (tokens_[i].kind != TokenKind::word && tokens_[i].kind != TokenKind::number) break;
      if (english) {
        if ((out_.marks[i] & kNameLink) != 0 && i + 1 < size() && tokens_[i + 1].kind == TokenKind::word) {
          linked = true;
          s.last = i;
          continue;
        }
        if (!linked || (out_.marks[i] & (kVerb | kClause | kThat | kAside | kPronoun | kRelative | kNotSpeaker)) != 0) break;
        if (tokens_[i - 1].capital && only_verb(i)) break;                                      // "residents in Kherson received"
        if ((out_.marks[i] & kDeterminer) != 0 && (out_.marks[i - 1] & kNameLink) == 0) break;  // "in Oleshky a woman"
        s.last = i;
        // An "of" phrase goes on while capitals or determiners do.
        if (!tokens_[i].capital && (out_.marks[i] & kDeterminer) == 0 &&
            !(i + 1 < size() && (tokens_[i + 1].capital || (out_.marks[i + 1] & kNameLink) != 0))) {
          break;
        }
      } else {
        if (out_.marks[i] & (kVerb | kPreposition | kClause | kThat | kPronoun | kRelative | kNotSpeaker)) break;
        if (!genitive(i)) break;
        s.last = i;
      }
    }
    while (s.last > s.first && (out_.marks[s.last] & (kNameLink | kDeterminer)) != 0) --s.last;
    // a short name in quotation marks: «телеканал «Хвиля»»
    if (s.last + 2 < size() && (out_.marks[s.last + 1] & kQuoteMark) != 0 && (out_.marks[s.last + 2] & kQuoted) == 0) {
      for (std::uint32_t i = s.last + 2; i < size() && i - s.last < 7; ++i) {
        if ((out_.marks[i] & kQuoteMark) == 0) continue;
        if (s.last + 2 == i || !tokens_[s.last + 2].capital) break;
        s.quoted_first = s.last + 2;
        s.last = i;
        break;
      }
    }
  }

  [[nodiscard]] bool adjective(std::uint32_t i) const {
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      if (r.part == PartOfSpeech::adjective || r.part == PartOfSpeech::participle) return true;
    }
    return false;
  }
  // A word before an English noun is its modifier unless it is known to be a verb or adverb and nothing else.
  [[nodiscard]] bool english_modifier(std::uint32_t i) const {
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      if (r.part == PartOfSpeech::verb || r.part == PartOfSpeech::adverb || r.part == PartOfSpeech::conjunction) return false;
    }
    return true;
  }
  [[nodiscard]] bool only_verb(std::uint32_t i) const {
    const auto readings = text_.readings_of(tokens_[i]);
    return !tokens_[i].capital && !readings.empty() &&
           std::all_of(readings.begin(), readings.end(), [](const Reading& r) { return r.part == PartOfSpeech::verb && !r.guessed; });
  }
  [[nodiscard]] bool genitive(std::uint32_t i) const {
    for (const Reading& r : text_.readings_of(tokens_[i])) {
      const bool nominal = r.part == PartOfSpeech::noun || r.part == PartOfSpeech::proper || r.part == PartOfSpeech::adjective;
      if (nominal && r.grammatical_case == Case::genitive) return true;
    }
    return tokens_[i].all_caps;
  }

  void name_phrase(Speaker& s) {
    s.actor.span = {tokens_[s.first].span.begin, tokens_[s.last].span.end};
    s.actor.with_title = s.actor.span;
    if (s.quoted_first != 0 && s.actor.kind == ActorKind::outlet) {
      s.actor.span = {tokens_[s.quoted_first].span.begin, tokens_[s.last - 1].span.end};
    }
    s.actor.name = std::string(s.actor.span.of(document_));
  }

  // "IRYNA: ...", "Baba Motria: ...": up to three capitals before a colon at the sentence's start, one of them a name or in no dictionary.
  void take_label() {
    std::uint32_t last = 0;
    while (last < size() && last < 3 && tokens_[last].kind == TokenKind::word && tokens_[last].capital &&
           (out_.marks[last] & (kVerb | kDeterminer | kPreposition | kClause | kThat | kPronoun | kNotSpeaker | kSideWord)) == 0)
      ++last;
    if (last == 0 || last + 1 >= size() || (out_.marks[last] & kColon) == 0 || taken(0, last - 1) || (out_.marks[0] & kQuoted) != 0) return;
    if (!tokens_[last + 1].capital && (out_.marks[last + 1] & kQuoteMark) == 0) return;
    bool known = false;
    for (std::uint32_t i = 0; i < last; ++i) {
      if (geographic(i)) return;
      const auto readings = text_.readings_of(tokens_[i]);
      known |= personal(i) || (!readings.empty() && readings.front().guessed);
    }
    const std::string_view words = tokens_[0].span.of(document_);
    if (!known || (last == 1 && utf8::decode(words, 0).size == words.size())) return;  // "Q:", "A:" is nobody's name
    Speaker s;
    s.first = 0;
    s.last = last - 1;
    s.actor.kind = ActorKind::person;
    s.named = true;
    name_phrase(s);
    settle(s, s.first, s.last);
    s.nominative = true;
    out_.speakers.push_back(std::move(s));
  }

  // Names that nothing else gave: capitals right beside a verb of saying ("says Tamriko"), or words that the dictionary knows as names.
  void take_names() {
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (!name_word(i)) continue;
      std::uint32_t last = i;
      while (last + 1 < size() && last - i < 3 && name_word(last + 1)) ++last;
      const std::uint32_t first = i;
      i = last;
      if (taken(first, last) || (out_.marks[first] & kQuoted) != 0) continue;
      if (names_body(first, last)) continue;
      bool known = false;
      bool plain = true;  // no word of a side or a speaker's noun in it
      for (std::uint32_t k = first; k <= last; ++k) {
        known |= personal(k);
        plain = plain && (out_.marks[k] & kSideWord) == 0;
      }
      const bool said_before = first > 0 && (out_.marks[first - 1] & kSay) != 0;
      std::uint32_t next = last + 1;
      while (next < size() && (out_.marks[next] & (kAside | kPronoun)) == kAside) ++next;
      const bool says = next < size() && (out_.marks[next] & kSay) != 0;
      const bool set_off = last > first && last + 1 < size() && (out_.marks[last + 1] & (kComma | kRelative)) != 0;
      const bool english = text_.language == Language::en;
      const bool formed = plain && (said_before || ((says || (set_off && english)) && (first > 0 || last > first || english)));
      if (!plain || (!known && !formed)) continue;
      Speaker s;
      s.first = first;
      s.last = last;
      s.actor.kind = ActorKind::person;
      s.named = true;
      name_phrase(s);
      settle(s, first, last);
      out_.speakers.push_back(std::move(s));
    }
  }

  // «Каховська РВА»: an adjective that looks like a surname belongs to the body after it.
  bool names_body(std::uint32_t first, std::uint32_t last) {
    if (text_.language == Language::en) return false;
    for (Speaker& s : out_.speakers) {
      if (s.first != last + 1 || s.actor.kind != ActorKind::body || !tokens_[s.first].all_caps) continue;
      s.first = first;
      if (s.actor.id.empty()) name_phrase(s);
      return true;
    }
    return false;
  }

  [[nodiscard]] bool name_word(std::uint32_t i) const {
    return tokens_[i].kind == TokenKind::word && tokens_[i].capital && !tokens_[i].all_caps &&
           (out_.marks[i] &
            (kVerb | kDeterminer | kPreposition | kClause | kThat | kAside | kPronoun | kNotSpeaker | kRelative | kFirstPerson)) == 0 &&
           !geographic(i);
  }
  [[nodiscard]] bool personal(std::uint32_t i) const {
    const auto readings = text_.readings_of(tokens_[i]);
    if (readings.empty()) return false;
    const NameKind kind = readings.front().name;
    return kind == NameKind::given || kind == NameKind::surname || kind == NameKind::patronymic;
  }
  [[nodiscard]] bool geographic(std::uint32_t i) const {
    const auto readings = text_.readings_of(tokens_[i]);
    return !readings.empty() && readings.front().name == NameKind::geographic;
  }

  void take_pronouns() {
    for (std::uint32_t i = 0; i < size(); ++i) {
      if ((out_.marks[i] & kPronoun) == 0 || (out_.marks[i] & kQuoted) != 0 || taken(i, i)) continue;
      Speaker s;
      s.first = s.last = i;
      while (s.last + 1 < size() && (out_.marks[s.last + 1] & kPronoun) != 0) ++s.last;
      s.pronoun = true;
      s.actor.kind = ActorKind::nameless;
      name_phrase(s);
      settle(s, s.first, s.last);
      s.plural = is_plural(s.last);
      if (out_.marks[s.first] & kHe) s.actor.kind = ActorKind::person;
      if (out_.marks[s.first] & kIt) s.actor.kind = ActorKind::body;
      i = s.last;
      out_.speakers.push_back(std::move(s));
    }
  }

  void join_appositions() {
    std::vector<Speaker>& all = out_.speakers;
    std::vector<bool> gone(all.size(), false);
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (gone[k] || all[k].pronoun || named(all[k])) continue;
      // title before name, other names of the title between them: "head of the Luhansk administration, Artem Lysohor"
      for (std::size_t n = k + 1; n < all.size() && n < k + 4; ++n) {
        if (all[n].first - all[k].last > kAppositionReach || all[n].pronoun) break;
        if (!out_.clear(all[k].last, all[n].first, kVerb | kThat | kBreak | kColon | kRelative | kClause)) break;
        if (all[n].actor.kind != ActorKind::person) continue;
        const auto commas = std::count_if(out_.marks.begin() + all[k].last, out_.marks.begin() + all[n].first,
                                          [](std::uint32_t m) { return (m & kComma) != 0; });
        if (commas > 1 || all[n].prepositional) break;
        const bool inserted = out_.has(all[n].first - 1, kComma) && out_.has(all[n].last + 1, kComma);  // "a driver, Gia, said"
        if (commas == 1 && all[k].actor.kind != ActorKind::office && !(inserted && all[k].actor.kind == ActorKind::nameless)) break;
        take_title(all[n], all[k]);
        for (std::size_t m = k; m < n; ++m) gone[m] = true;
        break;
      }
    }
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (gone[k] || all[k].pronoun || all[k].actor.kind != ActorKind::person) continue;
      // name before title: "Artem Lysohor, the head of the administration,"
      std::uint32_t end = all[k].last;
      for (std::size_t n = k + 1; n < all.size() && n < k + 5; ++n) {
        if (gone[n] || all[n].pronoun || all[n].actor.kind == ActorKind::person) break;
        if (all[n].first - end > 6 || !out_.clear(end, all[n].first, kVerb | kThat | kBreak | kColon | kClause)) break;
        if (end == all[k].last && !out_.has(end + 1, kComma) && all[k].actor.with_title.end <= all[k].actor.span.end) break;
        take_title(all[k], all[n]);
        end = all[n].last;
        gone[n] = true;
      }
    }
    std::vector<Speaker> kept;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (!gone[k]) kept.push_back(std::move(all[k]));
    }
    all = std::move(kept);
    for (Speaker& s : all) {
      const bool noun = s.actor.id.empty() && (s.actor.kind == ActorKind::body || s.actor.kind == ActorKind::office);
      if (s.actor.side != Side::unknown && !noun) continue;
      const Side near = side_near(s);
      if (near != Side::unknown) s.actor.side = near;
    }
  }

  [[nodiscard]] static bool named(const Speaker& s) {
    return s.actor.kind == ActorKind::person || s.actor.kind == ActorKind::outlet || !s.actor.id.empty();
  }

  // «представитель Кая Каллас»: a title in the nominative singular settles the case of a name that looks like another one's.
  [[nodiscard]] bool plainly_nominative(const Speaker& title) const {
    if (text_.language == Language::en) return true;
    for (std::uint32_t i = title.first; i <= title.last && i < size(); ++i) {
      for (const Reading& r : text_.readings_of(tokens_[i])) {
        if (r.part == PartOfSpeech::noun) return r.grammatical_case == Case::nominative && r.number == Number::singular;
      }
    }
    return false;
  }

  void take_title(Speaker& name, const Speaker& title) {
    if (title.first < name.first && title.actor.kind == ActorKind::office) {
      name.prepositional |= title.prepositional;
      name.nominative = title.nominative && (name.nominative || plainly_nominative(title));
    } else if (title.first < name.first) {
      name.prepositional = name.prepositional && title.prepositional;
    }
    name.first = std::min(name.first, title.first);
    name.last = std::max(name.last, title.last);
    name.actor.with_title = joined(name.actor.with_title.empty() ? name.actor.span : name.actor.with_title, title.actor.span);
    const bool open = name.actor.side == Side::unknown || (name.actor.side == Side::resident && title.actor.side != Side::unknown);
    if (open) name.actor.side = title.actor.side;
  }

  // The first word of a side inside the phrase or close before it.
  [[nodiscard]] Side side_near(const Speaker& s) const {
    std::uint32_t from = s.first;
    for (std::uint32_t steps = 0; from > 0 && steps < 4; ++steps) {
      if (out_.marks[from - 1] & (kComma | kBreak | kColon | kVerb | kThat | kPreposition)) break;
      --from;
    }
    for (const LexiconHit& hit : hits_) {
      const std::uint32_t first = hit.first_token - base_;
      if (!rows_[hit.row].side_word || first < from) continue;
      if (first > s.last) break;
      return rows_[hit.row].side;
    }
    // "President of the European Parliament Roberta Metsola": a body inside the title.
    for (const LexiconHit& hit : hits_) {
      const SpeechRow& row = rows_[hit.row];
      const std::uint32_t first = hit.first_token - base_;
      if (row.speaker && row.side != Side::unknown && first >= s.first && first <= s.last) return row.side;
    }
    return Side::unknown;
  }

  std::string_view document_;
  const Text& text_;
  std::span<const Token> tokens_;
  std::uint32_t base_;
  const std::vector<LexiconHit>& hits_;
  const std::vector<SpeechRow>& rows_;
  SpeechMarks out_;
};

}  // namespace

SpeechMarks mark_speech(std::string_view document_text, const Text& text, const Sentence& sentence, const std::vector<Actor>& actors,
                        const std::vector<LexiconHit>& hits, const std::vector<SpeechRow>& rows) {
  return SpeakerReader(document_text, text, sentence, hits, rows).run(actors);
}

}  // namespace litopys
