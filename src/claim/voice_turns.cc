// A conversation shows by its form: lines that begin with a dash, some of which ask; questions in lines of their own; or names before
// colons, before stops or in brackets that come again and again. Who asks speaks for the outlet; who answers is the one named before the
// first question, by name or by what they are. A transcript that is all turns has unknown speakers too, by what it calls them.
//   fits:         "— What do you advise? / — Keep the proofs."   "STREMOUSOV: They sell like hot cakes."   "V. K. Not yet."   "[Nick] no"
//   does not fit: a list whose points begin with dashes (nobody asks); "Kherson: 40 offices" (no person); "Crimea. Fines rose." (once)
#include "claim/voice_turns.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "claim/voice_answer.h"
#include "claim/voice_label.h"

namespace litopys {
namespace {

constexpr std::uint32_t kFewestQuestions = 2, kFewestAnswers = 3;
constexpr std::uint32_t kFewestTurns = 3;  // of a transcript

class Conversation {
 public:
  Conversation(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
               const VoiceNames& names, const std::vector<std::vector<LexiconHit>>& hits, const Voice& own)
      : rows_(rows),
        document_(document),
        text_(text),
        mentions_(mentions),
        hits_(hits),
        own_(own),
        answer_(rows, document, text, mentions, names, hits, own) {}

  Turns run() {
    if (!transcript() && !interview() && !quoted_answers()) questionnaire();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.sentences.size()); }
  [[nodiscard]] const Sentence& sentence(std::uint32_t i) const { return text_.sentences[i]; }
  [[nodiscard]] bool begins_line(std::uint32_t i) const { return i == 0 || sentence(i).line != sentence(i - 1).line; }

  // ---- dashes -------------------------------------------------------------------------------------------------------------------
  [[nodiscard]] bool dash_line(std::uint32_t i) const {
    std::uint32_t at = sentence(i).span.begin;
    const std::string& text = document_.text;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
    if (at >= 1 && at < sentence(i).span.begin && text[at - 1] == '-' && (at == 1 || text[at - 2] == '\n')) return hyphens_;
    if (at < 3) return false;
    const std::string_view mark(text.data() + at - 3, 3);
    return (mark == "—" || mark == "–") && (at == 3 || text[at - 4] == '\n');
  }

  [[nodiscard]] bool asks(std::uint32_t i) const {
    std::string_view view = sentence(i).span.of(document_.text);
    for (const std::string_view mark : {"»", "”", "\""}) {
      if (view.ends_with(mark)) view.remove_suffix(mark.size());
    }
    return view.ends_with('?');
  }

  // The first sentence behind the line of sentence `i`.
  [[nodiscard]] std::uint32_t line_end(std::uint32_t i) const {
    std::uint32_t next = i;
    while (next < size() && sentence(next).line == sentence(i).line) ++next;
    return next;
  }

  // The first sentence behind the turn whose line begins with sentence `i`: up to the next dash, within its paragraph.
  [[nodiscard]] std::uint32_t turn_end(std::uint32_t i) const {
    std::uint32_t next = i + 1;
    while (next < size() && sentence(next).paragraph == sentence(i).paragraph && !(begins_line(next) && dash_line(next))) ++next;
    return next;
  }

  // Whether a turn asks: its last sentence does, or one of two.
  [[nodiscard]] bool turn_asks(std::uint32_t first) const { return any_asks(first, dash_line(first) ? turn_end(first) : line_end(first)); }
  [[nodiscard]] bool any_asks(std::uint32_t first, std::uint32_t end) const {
    constexpr std::uint32_t kShort = 2;  // sentences; who answers at length may ask, too
    if (first < end && asks(end - 1)) return true;
    if (end - first > kShort) return false;
    for (std::uint32_t k = first; k < end; ++k) {
      if (asks(k)) return true;
    }
    return false;
  }

  bool interview() {
    if (interview_of_dashes()) return true;
    // Hyphens are dashes where most of the lines begin with one: subtitles.
    std::uint32_t lines = 0, dashes = 0;
    hyphens_ = true;
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (sentence(i).junk || !begins_line(i)) continue;
      ++lines;
      dashes += dash_line(i);
    }
    hyphens_ = dashes * 2 >= lines;
    const bool found = hyphens_ && interview_of_dashes();
    hyphens_ = found;
    return found;
  }

  bool interview_of_dashes() {
    std::uint32_t questions = 0, answers = 0;
    std::optional<std::uint32_t> first;
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (!begins_line(i)) continue;
      const bool dash = dash_line(i);
      // A reader's question in a line of its own, answered behind a dash.
      const std::uint32_t next = line_end(i);
      const bool asked = !dash && next < size() && dash_line(next) && turn_asks(i);
      if ((dash && turn_asks(i)) || asked)
        ++questions;
      else if (dash)
        ++answers;
      if ((dash || asked) && !first) first = i;
    }
    if (!first || questions < kFewestQuestions || answers < kFewestAnswers) return false;
    std::optional<Voice> who = answer_.answerer(*first);
    // "— With us is the head of the village, Daryna Voloshko. Good evening.": one of the first turns says who answers.
    constexpr int kMostGreetings = 3;
    std::uint32_t introduced = *first;
    for (int n = 0; n < kMostGreetings && !who && dash_line(*first) && introduced < size() && !turn_asks(introduced); ++n) {
      introduced = turn_end(introduced);
      who = answer_.anybody_before(introduced);
    }
    if (!who) return false;
    out_.voices = {std::move(*who), turn_voice({})};  // who asks speaks for the outlet
    out_.of.assign(size(), 0);
    constexpr std::uint16_t kAnswer = 1, kQuestion = 2;
    std::uint16_t turn = 0;
    for (std::uint32_t i = *first; i < size(); ++i) {
      if (begins_line(i)) {
        const bool goes_on = i > 0 && sentence(i).paragraph == sentence(i - 1).paragraph;
        if (dash_line(i))
          turn = turn_asks(i) ? kQuestion : kAnswer;
        else if (!goes_on)
          turn = 0;
      }
      out_.of[i] = i < introduced ? kQuestion : turn;
    }
    return true;
  }

  // "How many left? / “Half of us, I think.”": questions in lines of their own, each answered in a line that begins a quotation.
  bool quoted_answers() {
    constexpr std::uint32_t kFewestPairs = 3;
    const auto opens = [&](std::uint32_t i) {
      const std::string_view line = sentence(i).span.of(document_.text);
      return std::ranges::any_of(std::array<std::string_view, 4>{"“", "«", "„", "\""}, [&](auto mark) { return line.starts_with(mark); });
    };
    std::uint32_t pairs = 0;
    std::optional<std::uint32_t> first;
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (sentence(i).junk || !begins_line(i) || opens(i) || !turn_asks(i)) continue;
      const std::uint32_t next = line_end(i);
      if (next >= size() || !opens(next)) continue;
      ++pairs;
      if (!first) first = i;
    }
    if (!first || pairs < kFewestPairs) return false;
    std::optional<Voice> who = answer_.person_before(*first);
    if (!who) return false;
    out_.voices = {std::move(*who), turn_voice({})};
    out_.of.assign(size(), 0);
    std::uint16_t turn = 0;
    for (std::uint32_t i = *first; i < size(); ++i) {
      if (begins_line(i)) turn = opens(i) ? 1 : turn_asks(i) ? 2 : 0;
      out_.of[i] = turn;
    }
    return true;
  }

  // "1. Is it compulsory? / On paper, no.": questions in lines of their own, answered in the next. Only where the text above says that
  // somebody answers: without that it is the outlet that explains.
  void questionnaire() {
    constexpr std::uint32_t kFewestAsked = 3, kLongestQuestion = 3;  // questions; sentences of one
    std::vector<std::uint32_t> asked;                                // first sentences
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (sentence(i).junk || !begins_line(i)) continue;
      const std::uint32_t next = line_end(i);
      if (next < size() && next - i <= kLongestQuestion && asks(next - 1) && !dash_line(i)) asked.push_back(i);
    }
    if (asked.size() < kFewestAsked) return;
    std::optional<Voice> who = answer_.person_before(asked.front());
    if (!who || !announced(asked.front())) {
      const bool person = own_.side == Side::outlet || own_.side == Side::resident;
      who = person && told_in_first_person(asked) ? answer_.anybody_before(asked.front()) : std::nullopt;
    }
    if (!who) return;
    Voice asker;
    asker.side = own_.side;
    out_.voices = {std::move(*who), turn_voice(std::move(asker))};
    out_.of.assign(size(), 0);
    const std::uint32_t last_paragraph = answer_end(asked.back());
    std::size_t n = 0;
    for (std::uint32_t i = asked.front(); i < size() && sentence(i).paragraph <= last_paragraph; ++i) {
      if (n < asked.size() && asked[n] <= i) ++n;
      out_.of[i] = sentence(i).line == sentence(asked[n - 1]).line ? 2 : 1;
    }
  }

  // Whether questions say "you" and most of the answers "I": it is a person who answers, and no outlet that explains.
  [[nodiscard]] bool told_in_first_person(const std::vector<std::uint32_t>& questions) const {
    constexpr std::size_t kFewestAddressed = 2;
    const auto says = [&](std::uint32_t from, std::uint32_t to, RowUse use) {
      for (std::uint32_t k = from; k < to; ++k) {
        if (std::ranges::any_of(hits_[k], [&](const LexiconHit& hit) { return rows_.rows[hit.row].use == use; })) return true;
      }
      return false;
    };
    std::size_t told = 0, addressed = 0;
    for (const std::uint32_t question : questions) {
      const std::uint32_t last_paragraph = answer_end(question);
      std::uint32_t end = line_end(question);
      while (end < size() && sentence(end).paragraph <= last_paragraph) ++end;
      told += says(line_end(question), end, RowUse::document_i);
      addressed += says(question, line_end(question), RowUse::document_you);
    }
    return told * 2 >= questions.size() && addressed >= kFewestAddressed;
  }

  // Whether the head or the text above says that it is a conversation, or that somebody answers.
  [[nodiscard]] bool announced(std::uint32_t first) const {
    for (std::uint32_t k = 0; k < first; ++k) {
      if (std::any_of(hits_[k].begin(), hits_[k].end(), [&](const LexiconHit& hit) {
            const RowUse use = rows_.rows[hit.row].use;
            return use == RowUse::conversation || use == RowUse::answers || use == RowUse::asks || use == RowUse::asks_perhaps;
          }))
        return true;
    }
    return false;
  }

  // The paragraph in which the last answer ends: that of the question, or the next where the question is alone in it.
  [[nodiscard]] std::uint32_t answer_end(std::uint32_t question) const {
    const std::uint32_t next = line_end(question);
    return next < size() && sentence(next).paragraph <= sentence(question).paragraph + 1 ? sentence(next).paragraph
                                                                                         : sentence(question).paragraph;
  }

  // ---- names before turns ---------------------------------------------------------------------------------------------------------
  using Label = TurnLabel;
  using Mark = LabelMark;
  struct Turn {
    std::uint32_t first = 0, last = 0;  // sentences, both inside
  };

  [[nodiscard]] std::optional<Label> label_of(std::uint32_t i) const {
    if (!begins_line(i)) return std::nullopt;
    std::optional<Label> label = turn_label(document_.text, sentence(i).span.begin);
    if (label) label->sentence = i;
    return label;
  }

  [[nodiscard]] bool is_host(const Label& label) const {
    const auto names_host = [&](const LexiconHit& hit) {
      return rows_.rows[hit.row].use == RowUse::host && hit.span.begin >= label.span.begin && hit.span.begin < label.end;
    };
    const auto& hits = hits_[label.sentence];
    return std::any_of(hits.begin(), hits.end(), names_host);
  }

  // A label that says what somebody is: "REPRESENTATIVE OF THE OMBUDSMAN".
  [[nodiscard]] bool is_role(const Label& label) const {
    const auto& hits = hits_[label.sentence];
    return std::any_of(hits.begin(), hits.end(), [&](const LexiconHit& hit) {
      return rows_.rows[hit.row].use == RowUse::speaker && hit.span.begin >= label.span.begin && hit.span.begin < label.span.end;
    });
  }

  [[nodiscard]] bool is_place(const Label& label) const {
    const auto& places = mentions_[label.sentence].places;
    return std::any_of(places.begin(), places.end(), [&](const Place& p) { return p.span.overlaps(label.span); });
  }

  // The document's persons by what a label may call them: the end of the name ("voloshko"), its first word where a surname follows
  // ("daryna"), its initials ("d. v."). Whoever comes first has it.
  struct Bearer {
    const Actor* actor = nullptr;
    std::uint32_t sentence = 0;
  };
  using Bearers = std::unordered_map<std::string, Bearer>;
  [[nodiscard]] Bearers bearers() const {
    Bearers out;
    for (std::uint32_t i = 0; i < size(); ++i) {
      for (const Actor& actor : mentions_[i].actors) {
        if (actor.kind != ActorKind::person) continue;
        const std::string name = utf8::lowered(actor.name);
        const Bearer bearer{&actor, i};
        out.emplace(name, bearer);
        std::string initials;
        for (std::size_t at = 0; at != std::string::npos && at < name.size();) {
          const utf8::Decoded first = utf8::decode(name, at);
          initials.append(name, at, first.size).append(". ");
          const std::size_t space = name.find(' ', at);
          at = space == std::string::npos ? space : space + 1;
          if (at != std::string::npos) out.emplace(name.substr(at), bearer);
        }
        const std::size_t space = name.find(' ');
        if (space == std::string::npos) continue;
        if (name[space - 1] != '.') out.emplace(name.substr(0, space), bearer);  // "A." is no name of "A. Mostly"
        initials.pop_back();
        out.emplace(std::move(initials), bearer);
      }
    }
    return out;
  }

  [[nodiscard]] Bearer bearer_of(const Label& label, const Bearers& persons) const {
    // "Voice 2 (Daryna Voloshko, head of the staff)."
    for (std::uint32_t k = label.sentence; k < size() && sentence(k).span.begin < label.end; ++k) {
      for (const Actor& actor : mentions_[k].actors) {
        const bool beside = actor.span.begin >= label.span.end && actor.span.end <= label.end;
        if (actor.kind == ActorKind::person && beside) return {&actor, k};
      }
    }
    const std::string name = utf8::lowered(label.span.of(document_.text));
    if (const auto found = persons.find(name); found != persons.end()) return found->second;
    if (label.initials) return {};
    const std::size_t space = name.find(' ');
    if (space == std::string::npos) return {};
    const bool surname_first = name.ends_with('.');                                                        // "HAIDA P."
    const std::string surname = surname_first ? name.substr(0, space) : name.substr(name.rfind(' ') + 1);  // "Dr Haida"
    const auto found = persons.find(surname);
    return found == persons.end() ? Bearer{} : found->second;
  }

  // Whether a person is introduced as the one who asks: "Daryna Voloshko (host)".
  [[nodiscard]] bool introduced_as_host(const Bearer& bearer) const {
    constexpr std::uint32_t kBehind = 3;  // bytes between the two
    const Span name = bearer.actor->span;
    const auto& hits = hits_[bearer.sentence];
    return std::any_of(hits.begin(), hits.end(), [&](const LexiconHit& hit) {
      return rows_.rows[hit.row].use == RowUse::host && hit.span.begin >= name.end && hit.span.begin < name.end + kBehind;
    });
  }

  // A label that is somebody's first or family name.
  [[nodiscard]] bool is_name(const Label& label) const {
    for (const Token& t : text_.tokens_of(sentence(label.sentence))) {
      if (t.span.begin >= label.span.end) break;
      if (t.kind != TokenKind::word || t.reading_count == 0) continue;
      const NameKind kind = text_.readings_of(t).front().name;
      if (kind == NameKind::given || kind == NameKind::surname) return true;
    }
    return false;
  }

  // The sentences of a turn: up to the next one where the document is all turns, else those of its paragraph; of a chat, its line.
  [[nodiscard]] Turn turn_of(const std::vector<Label>& labels, std::size_t n, bool all_turns) const {
    const Label& label = labels[n];
    const bool ends = n + 1 == labels.size();
    Turn turn{label.sentence, label.sentence};
    for (std::uint32_t k = label.sentence + 1; k < size() && (ends || k < labels[n + 1].sentence); ++k) {
      if (label.mark == Mark::bracket && sentence(k).line != sentence(label.sentence).line) break;
      if ((ends || !all_turns) && sentence(k).paragraph != sentence(label.sentence).paragraph) break;
      turn.last = k;
    }
    return turn;
  }

  bool transcript() {
    for (const Mark mark : {Mark::colon, Mark::stop, Mark::bracket}) {
      std::vector<Label> labels;
      for (std::uint32_t i = 0; i < size(); ++i) {
        if (sentence(i).junk) continue;
        if (auto label = label_of(i); label && label->mark == mark) labels.push_back(*label);
      }
      if (transcript_of(labels)) return true;
    }
    return false;
  }

  bool transcript_of(std::vector<Label>& labels) {
    constexpr std::size_t kFewestOfAll = 4;  // turns of a text that is all turns
    const auto key = [&](const Label& label) { return utf8::lowered(label.span.of(document_.text)); };
    std::map<std::string, std::vector<std::size_t>> turns;
    for (std::size_t n = 0; n < labels.size(); ++n) turns[key(labels[n])].push_back(n);
    std::size_t again = 0, speakers = 0;
    for (const auto& [name, of] : turns) {
      again += of.size() < 2 ? 0 : of.size();
      speakers += of.size() >= 2;
    }
    if (again < kFewestTurns) return false;
    // Is the text all turns? Then one who speaks once is a speaker too, and a turn runs on until the next.
    std::uint32_t lines = 0;
    for (std::uint32_t k = labels.front().sentence; k <= labels.back().sentence; ++k) lines += begins_line(k) && !sentence(k).junk;
    const bool all_turns = labels.size() * 5 >= lines * 3 && again >= kFewestOfAll && again * 2 >= labels.size();
    const Mark mark = labels.front().mark;
    if (mark != Mark::colon && (!all_turns || (mark == Mark::bracket && speakers < 2))) return false;
    const bool hosted_by_name = std::ranges::any_of(labels, [&](const Label& label) { return is_host(label); });
    if (!all_turns) {
      std::erase_if(turns, [&](const auto& entry) {
        const bool once = entry.second.size() < 2;
        return once && !(hosted_by_name && shouted(labels[entry.second.front()]) && mark == Mark::colon);
      });
    }

    const Bearers persons = bearers();
    bool conversation = mark == Mark::bracket;  // somebody is known to speak, or to ask
    std::size_t called = 0;                     // speakers by what they are, or in capitals
    for (const auto& [name, of] : turns) {
      const Label& label = labels[of.front()];
      conversation |= is_host(label) || bearer_of(label, persons).actor != nullptr || (label.initials && of.size() >= 2);
      called += of.size() >= 2 && (is_role(label) || shouted(label));
    }
    const auto asks_at = [&](std::size_t n) { return asks(turn_of(labels, n, false).last); };
    if (!conversation && all_turns && called >= 2) {
      for (std::size_t n = 0; n < labels.size() && !conversation; ++n) conversation = asks_at(n);
    }
    if (!conversation) return false;

    const auto hosted = [&](const std::vector<std::size_t>& of) {
      const Bearer person = bearer_of(labels[of.front()], persons);
      if (std::any_of(of.begin(), of.end(), [&](std::size_t n) { return is_host(labels[n]); })) return true;
      if (person.actor != nullptr && introduced_as_host(person)) return true;
      if (turns.size() == 1 || of.size() < 2 || mark == Mark::bracket) return false;
      const auto asking = std::count_if(of.begin(), of.end(), asks_at);
      return static_cast<std::size_t>(asking) * 3 >= of.size() * 2;
    };
    std::map<std::string_view, bool> hosts;
    for (const auto& [name, of] : turns) hosts[name] = hosted(of);
    const bool asked_by_others = std::any_of(hosts.begin(), hosts.end(), [](const auto& host) { return host.second; });

    std::vector<std::uint16_t> of_sentence(size(), 0);
    std::vector<Voice> voices;
    bool answered = false;
    for (const auto& [name, of] : turns) {
      if (voices.size() == std::numeric_limits<std::uint16_t>::max()) break;
      const Label& label = labels[of.front()];
      const Bearer person = bearer_of(label, persons);
      const bool host = hosts[name];
      std::optional<Voice> who;
      if (host) {  // who asks speaks for the document
        Voice v;
        v.side = own_.side;
        who = turn_voice(std::move(v));
      } else if (person.actor != nullptr) {
        who = answer_.voice(*person.actor, person.sentence);
      } else if (asked_by_others && speakers == 2 && of.size() >= 2 && (!label.initials || one_letter(label))) {
        who = lone_answerer(labels.front().sentence, label);  // "A:", "Spokesperson:"
      } else if (label.initials || (hosted_by_name && mark == Mark::colon && (is_name(label) || shouted(label))) ||
                 (all_turns && !is_place(label) && (mark == Mark::bracket || is_role(label) || is_name(label) || shouted(label)))) {
        Voice v;
        const auto named = std::ranges::find_if(of, [&](std::size_t n) { return !labels[n].named.empty(); });
        v.spans = {named == of.end() ? label.span : labels[*named].named};
        v.sources = {std::string(v.spans.front().of(document_.text))};
        v.side = own_.side != Side::outlet && !label.initials ? own_.side : Side::resident;
        who = turn_voice(std::move(v));
      }
      if (!who) continue;
      answered = answered || !host;
      voices.push_back(std::move(*who));
      for (const std::size_t n : of) {
        const Turn turn = turn_of(labels, n, all_turns);
        for (std::uint32_t k = turn.first; k <= turn.last; ++k) of_sentence[k] = static_cast<std::uint16_t>(voices.size());
      }
    }
    if (!answered && turns.size() == 1 && asked_by_others && !voices.empty()) {
      // "Question: did anybody help? / Nobody did.": the answers have no label
      const std::uint32_t first = labels.front().sentence;
      if (std::optional<Voice> who = own_.side == Side::resident ? answer_.answerer(first) : answer_.person_before(first)) {
        voices.push_back(std::move(*who));
        answered = true;
        for (std::size_t n = 0; n < labels.size(); ++n) {
          const bool ends = n + 1 == labels.size();
          const std::uint32_t stop = ends ? size() : labels[n + 1].sentence;
          const std::uint32_t paragraph = ends ? answer_end(labels[n].sentence) : std::numeric_limits<std::uint32_t>::max();
          for (std::uint32_t k = labels[n].sentence; k < stop && sentence(k).paragraph <= paragraph; ++k) {
            of_sentence[k] = sentence(k).line == sentence(labels[n].sentence).line ? 1 : 2;
          }
        }
      }
    }
    if (!answered) return false;
    out_ = {std::move(of_sentence), std::move(voices)};
    return true;
  }

  // Who answers where one label asks and one other, which names nobody, answers: the body in its own document, else who was named before.
  [[nodiscard]] std::optional<Voice> lone_answerer(std::uint32_t first, const Label& label) const {
    Voice v;
    v.side = own_.side;
    v.spans = {label.span};
    if (own_.side != Side::outlet) return turn_voice(std::move(v));
    if (std::optional<Voice> who = answer_.person_before(first)) return who;
    if (!shouted(label) && !is_name(label)) return std::nullopt;
    v.sources = {std::string(label.span.of(document_.text))};
    v.side = Side::resident;
    return turn_voice(std::move(v));
  }

  [[nodiscard]] bool one_letter(const Label& label) const {
    const std::string_view name = label.span.of(document_.text);
    return name.size() == utf8::decode(name, 0).size + 1;
  }

  // "CHAIR", "HAIDA P.": written in capitals.
  [[nodiscard]] bool shouted(const Label& label) const { return utf8::capitals(label.span.of(document_.text)) >= 2; }

  const VoiceRows& rows_;
  const Document& document_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const std::vector<std::vector<LexiconHit>>& hits_;
  const Voice& own_;  // of what nobody else says
  VoiceAnswer answer_;
  bool hyphens_ = false;  // lines that begin with a hyphen are turns
  Turns out_;
};

}  // namespace

Turns turns_of(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
               const VoiceNames& names, const std::vector<std::vector<LexiconHit>>& hits, const Voice& own) {
  return Conversation(rows, document, text, mentions, names, hits, own).run();
}

}  // namespace litopys
