// A conversation shows by its form: lines that begin with a dash, some of which ask; or names before colons that come again and again.
// Who asks speaks for the outlet; who answers is the one named before the first question, by name or by what they are.
//   fits:         "— What do you advise? / — Keep the proofs."   "STREMOUSOV: They sell like hot cakes."
//   does not fit: a list whose points begin with dashes (nobody asks); "Kherson: 40 offices" (no person)
#include "claim/voice_turns.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"

namespace litopys {
namespace {

constexpr std::uint32_t kFewestQuestions = 2, kFewestAnswers = 3;
constexpr std::uint32_t kFewestTurns = 3;  // of a transcript
constexpr std::uint32_t kLookBack = 8;     // sentences before the first question that may name who answers

class Conversation {
 public:
  Conversation(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
               const VoiceNames& names, const std::vector<std::vector<LexiconHit>>& hits)
      : rows_(rows), document_(document), text_(text), mentions_(mentions), names_(names), hits_(hits) {}

  Turns run() {
    if (!transcript()) interview();
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

  // A turn: the line of a dash, of which one sentence at least asks, or none.
  [[nodiscard]] bool turn_asks(std::uint32_t first) const {
    for (std::uint32_t k = first; k < size() && sentence(k).line == sentence(first).line; ++k) {
      if (asks(k)) return true;
    }
    return false;
  }

  void interview() {
    std::uint32_t questions = 0, answers = 0;
    std::optional<std::uint32_t> first;
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (!begins_line(i)) continue;
      const bool dash = dash_line(i);
      // A reader's question in a line of its own, answered behind a dash.
      std::uint32_t next = i;
      while (next < size() && sentence(next).line == sentence(i).line) ++next;
      const bool asked = !dash && next < size() && dash_line(next) && turn_asks(i);
      if ((dash && turn_asks(i)) || asked)
        ++questions;
      else if (dash)
        ++answers;
      if ((dash || asked) && !first) first = i;
    }
    if (!first || questions < kFewestQuestions || answers < kFewestAnswers) return;
    std::optional<Voice> who = answerer(*first);
    if (!who) return;
    out_.voices = {std::move(*who), told({})};  // who asks speaks for the outlet
    out_.of.assign(size(), 0);
    constexpr std::uint16_t kAnswer = 1, kQuestion = 2;
    std::uint16_t turn = 0;
    for (std::uint32_t i = *first; i < size(); ++i) {
      if (begins_line(i)) turn = !dash_line(i) ? 0 : turn_asks(i) ? kQuestion : kAnswer;
      out_.of[i] = turn;
    }
  }

  // Who was named before the first question: a person, else a voice, else somebody by what they are.
  [[nodiscard]] std::optional<Voice> answerer(std::uint32_t first) const {
    const std::uint32_t from = first > kLookBack ? first - kLookBack : 0;
    for (std::uint32_t k = first; k-- > from;) {
      for (const Actor& actor : mentions_[k].actors) {
        if (actor.kind == ActorKind::person) return voice(actor, k);
      }
    }
    for (std::uint32_t k = first; k-- > from;) {
      for (const Attribution& a : mentions_[k].attributions) {
        if (!a.chain.empty() && a.chain.front().kind != ActorKind::body && a.chain.front().kind != ActorKind::outlet)
          return voice(a.chain.front(), k);
      }
      for (const Actor& actor : mentions_[k].actors) {
        if (actor.kind == ActorKind::office) return voice(actor, k);
      }
    }
    for (std::uint32_t k = first; k-- > from;) {
      for (const LexiconHit& hit : hits_[k]) {
        const VoiceRow& row = rows_.rows[hit.row];
        if (row.use != RowUse::speaker || row.body || row.side == Side::media) continue;
        Voice v;
        v.sources = {std::string(hit.span.of(document_.text))};
        v.side = row.side == Side::unknown ? Side::resident : row.side;
        v.spans = {hit.span};
        return told(std::move(v));
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] static Voice told(Voice v) {
    v.rule = "interview";
    v.carried = true;
    return v;
  }

  [[nodiscard]] Voice voice(const Actor& actor, std::uint32_t at) const {
    const NamedVoice named = names_.resolve(actor, at);
    Voice v;
    v.sources = {named.name};
    v.side = named.side == Side::unknown ? Side::resident : named.side;
    v.spans = {actor.span};
    return told(std::move(v));
  }

  // ---- names before colons --------------------------------------------------------------------------------------------------------
  struct Label {
    Span span;
    std::uint32_t sentence = 0;
  };

  // "STREMOUSOV:", "Daryna Voloshko, host:", "L.:" at the beginning of a line.
  [[nodiscard]] std::optional<Span> label_of(std::uint32_t i) const {
    constexpr std::uint32_t kLongest = 60;  // bytes
    constexpr int kMostWords = 3;
    if (!begins_line(i)) return std::nullopt;
    const std::string_view view = sentence(i).span.of(document_.text);
    const std::size_t colon = view.substr(0, kLongest).find(':');
    if (colon == std::string_view::npos || colon + 1 >= view.size() || colon == 0) return std::nullopt;
    std::string_view name = view.substr(0, colon);
    name = name.substr(0, name.find(','));
    int words = 1;
    bool capital = true;
    for (std::size_t at = 0; at < name.size();) {
      const utf8::Decoded got = utf8::decode(name, at);
      if (at == 0) capital = utf8::is_upper(got.value);
      words += got.value == U' ';
      if (!utf8::is_letter(got.value) && got.value != U' ' && got.value != U'.' && got.value != U'-' && got.value != U'’' &&
          got.value != U'\'')
        return std::nullopt;
      at += got.size;
    }
    if (!capital || words > kMostWords) return std::nullopt;
    const std::uint32_t begin = sentence(i).span.begin;
    return Span{begin, begin + static_cast<std::uint32_t>(name.size())};
  }

  [[nodiscard]] bool is_host(std::uint32_t i, Span label) const {
    return std::any_of(hits_[i].begin(), hits_[i].end(),
                       [&](const LexiconHit& hit) { return rows_.rows[hit.row].use == RowUse::host && hit.span.begin < label.end + 30; });
  }

  // The document's persons, each by what their name ends in: "voloshko" for "Daryna Voloshko". Whoever comes first has it.
  struct Bearer {
    const Actor* actor = nullptr;
    std::uint32_t sentence = 0;
  };
  [[nodiscard]] std::unordered_map<std::string, Bearer> bearers() const {
    std::unordered_map<std::string, Bearer> out;
    for (std::uint32_t i = 0; i < size(); ++i) {
      for (const Actor& actor : mentions_[i].actors) {
        if (actor.kind != ActorKind::person) continue;
        const std::string name = utf8::lowered(actor.name);
        for (std::size_t at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
          out.emplace(name.substr(at + 1), Bearer{&actor, i});
        }
      }
    }
    return out;
  }

  bool transcript() {
    std::map<std::string, std::vector<Label>> turns;
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (sentence(i).junk) continue;
      if (const auto span = label_of(i)) turns[utf8::lowered(span->of(document_.text))].push_back({*span, i});
    }
    std::erase_if(turns, [](const auto& entry) { return entry.second.size() < 2; });
    for (const auto& [name, labels] : turns) count += static_cast<std::uint32_t>(labels.size());
    if (count < kFewestTurns) return false;
    std::vector<std::uint16_t> of(size(), 0);
    std::vector<Voice> voices;
    bool answered = false;
    const std::unordered_map<std::string, Bearer> persons = bearers();
    for (const auto& [name, labels] : turns) {
      if (voices.size() == std::numeric_limits<std::uint16_t>::max()) break;
      std::optional<Voice> who;
      if (const auto person = persons.find(name); person != persons.end()) who = voice(*person->second.actor, person->second.sentence);
      const bool host = std::any_of(labels.begin(), labels.end(), [&](const Label& l) { return is_host(l.sentence, l.span); });
      // "L.", "V. K.": a voice that asked not to be named.
      const bool initials = name.size() <= 8 && name.ends_with('.');
      if (host) {  // who asks speaks for the outlet
        who = told({});
      } else if (!who && initials) {
        Voice v;
        v.sources = {std::string(labels.front().span.of(document_.text))};
        v.side = Side::resident;
        v.spans = {labels.front().span};
        who = told(std::move(v));
      }
      if (!who) continue;
      answered = answered || !host;
      voices.push_back(std::move(*who));
      for (const Label& label : labels) {
        for (std::uint32_t k = label.sentence; k < size() && sentence(k).paragraph == sentence(label.sentence).paragraph; ++k) {
          if (k > label.sentence && label_of(k)) break;
          of[k] = static_cast<std::uint16_t>(voices.size());
        }
      }
    }
    if (!answered) return false;
    out_ = {std::move(of), std::move(voices)};
    return true;
  }

  const VoiceRows& rows_;
  const Document& document_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  const VoiceNames& names_;
  const std::vector<std::vector<LexiconHit>>& hits_;
  Turns out_;
};

}  // namespace

Turns turns_of(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
               const VoiceNames& names, const std::vector<std::vector<LexiconHit>>& hits) {
  return Conversation(rows, document, text, mentions, names, hits).run();
}

}  // namespace litopys
