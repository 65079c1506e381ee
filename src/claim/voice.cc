// A walk over the sentences with one current voice in hand.
//
// A frame of the sentence itself decides first. A sentence without one belongs to the current voice where it plainly goes on: a
// quotation that is still open, the same paragraph, a pronoun; a heading, another voice or the document's own word ends it. «Про це
// розповів мер» gives the voice to the sentences before it. What nobody says is the document's own word, and that is the outlet's, or
// the body's where the document is a body's own (rulings 9 and 22). Fits reports, digests and posts; in an interview without names the
// answers stay the outlet's.
#include "claim/voice.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "claim/origin_look.h"
#include "claim/voice_carry.h"
#include "claim/voice_credence.h"
#include "claim/voice_document.h"
#include "claim/voice_names.h"
#include "claim/voice_pointed.h"
#include "claim/voice_quoting.h"
#include "claim/voice_rows.h"
#include "claim/voice_side.h"
#include "claim/voice_turns.h"
#include "mention/attribution.h"
#include "text/lexicon.h"

namespace litopys {
namespace {

constexpr std::uint32_t kOpeningBytes = 40;  // from a sentence's first byte: who stands there is its subject as a rule

// A voice in hand.
struct Current {
  Voice voice;
  std::uint32_t sentence = 0;   // where its frame stands
  std::uint32_t paragraph = 0;  // of the last sentence that it told
  std::uint32_t last = 0;       // the last sentence that it told
  ActorKind kind = ActorKind::nameless;
  bool quotation = false;    // its frame told a quotation
  bool first_voice = false;  // nobody else spoke before in the document
};

}  // namespace

struct VoiceReader::Impl {
  VoiceRows rows;
};

namespace {

class Walk {
 public:
  Walk(const VoiceRows& rows, const Document& document, const Text& text, const std::vector<Mentions>& mentions,
       std::span<const SentenceReading> readings)
      : rows_(rows), document_(document), text_(text), mentions_(mentions), readings_(readings), names_(document, text, mentions) {}

  std::vector<Voice> run(std::vector<OriginChoice>* choices) {
    const std::size_t n = text_.sentences.size();
    out_.resize(n);
    hits_.resize(n);
    carrying_.resize(n);
    in_hand_.resize(n);
    for (std::size_t i = 0; i < n; ++i) hits_[i] = rows_.hits(text_, text_.sentences[i]);
    quoting_ = quotings(document_, text_);
    const DocumentVoice own = document_voice(rows_, document_, text_, mentions_, hits_);
    own_ = own.voice;
    turns_ = turns_of(rows_, document_, text_, mentions_, names_, hits_, own_);
    count_voices();
    for (std::uint32_t i = 0; i < n; ++i) step(i);
    if (!readings_.empty()) ask_encoder(choices);
    settle_sides({readings_, rows_.measures, own}, out_);
    settle_credence({rows_, text_, mentions_, names_, hits_}, out_);
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Sentence& sentence(std::uint32_t i) const { return text_.sentences[i]; }

  void ask_encoder(std::vector<OriginChoice>* choices) {
    const PointedEvidence pointed{document_, text_, mentions_, names_, readings_, rows_.measures, own_, side_of_unknown};
    const std::vector<Voice> ruled = out_;
    settle_pointed(pointed, out_);
    choose_origins({pointed, ruled, carrying_, in_hand_}, rows_.origins ? &*rows_.origins : nullptr, out_, choices);
  }

  // How the document is built: the length of its paragraphs, and whether one and the same voice is named wherever one is.
  void count_voices() {
    std::uint32_t told = 0;
    std::uint32_t paragraphs = 0;
    std::uint32_t last = static_cast<std::uint32_t>(-1);
    for (const Sentence& s : text_.sentences) {
      if (s.junk || s.heading) continue;
      ++told;
      paragraphs += s.paragraph != last;
      last = s.paragraph;
    }
    long_paragraphs_ = told * 10 >= paragraphs * 17;
    std::string first;
    only_voice_ = true;
    for (std::uint32_t i = 0; i < mentions_.size() && only_voice_; ++i) {
      if (i < text_.sentences.size() && sentence(i).junk) continue;
      for (const Attribution& a : mentions_[i].attributions) {
        if (a.chain.empty()) continue;
        const std::string name = names_.resolve(a.chain.front(), i).name;
        if (first.empty()) first = name;
        only_voice_ = only_voice_ && name == first;
      }
    }
  }

  // ---- one sentence -----------------------------------------------------------------------------------------------------------
  void step(std::uint32_t i) {
    const Sentence& s = sentence(i);
    out_[i] = own_;
    out_[i].scope = s.span;
    if (s.junk) return;
    if (current_ && i < readings_.size() && !readings_[i].measures.empty()) {
      carrying_[i] = carry_sum(carry_signs(i));
      in_hand_[i] = current_->voice.sources.front();
    }
    const std::vector<Attribution>& own = mentions_[i].attributions;
    if (s.heading && current_ && own.empty()) current_.reset();
    const bool labelled = std::all_of(own.begin(), own.end(), [](const Attribution& a) { return a.row == "label" && a.chain.size() <= 1; });
    const Voice* turn = turns_.at(i);
    if (turn != nullptr && (i == 0 || turns_.at(i - 1) != turn)) turn_begin_ = s.span.begin;
    // What somebody was quoted for in the host's turn may go on.
    const bool goes_on_there = turn != nullptr && turn->sources.empty() && own.empty() && current_ && current_->last + 1 == i &&
                               sentence(current_->sentence).span.begin >= turn_begin_ && carries(i);
    if (turn != nullptr && labelled && !goes_on_there) {
      out_[i] = *turn;
      out_[i].scope = s.span;
      return;
    }
    if (!own.empty()) {
      told(i, own);
      if (turn != nullptr) within(*turn, out_[i]);
    } else if (!s.heading && quoted_throughout(i) && (!current_ || i - current_->last > 3)) {
      if (const Current* who = last_seen(ActorKind::person, i)) {
        current_ = *who;
        current_->sentence = i;
        carry(i, "quotation of whom it names before");
      }
    } else if (!s.heading && quoted_throughout(i) && s.paragraph - current_->paragraph <= 1) {
      carry(i, "quotation runs on");
    } else if (current_ && carries(i)) {
      carry(i, quoting_[i].open_before ? "quotation runs on" : "same paragraph");
    }
  }

  // What somebody hands on in a turn of theirs has them for its last relay. What nobody is named for ("they say") is theirs, and so is what
  // a pronoun gives to somebody of an earlier turn.
  void within(const Voice& turn, Voice& v) const {
    const bool before = v.carried && !v.spans.empty() && v.spans.front().begin < turn_begin_;
    if (v.rule == "label" && v.sources.size() > 1) v.sources.pop_back();  // who speaks, as the label has it
    if (v.sources.empty() || before) {
      if (v.rule.ends_with(kNoticeRow)) return;
      v.sources = turn.sources;
      v.side = turn.side;
      v.carried = true;
    } else if (!turn.sources.empty() && std::find(v.sources.begin(), v.sources.end(), turn.sources.front()) == v.sources.end()) {
      v.sources.push_back(turn.sources.front());
    }
    for (Voice& part : v.parts) within(turn, part);
  }

  void told(std::uint32_t i, const std::vector<Attribution>& own) {
    std::vector<Voice> said;
    bool back = false;
    for (const Attribution& a : own) {
      back |= a.row.ends_with(kBackRow);
      if (std::optional<Voice> v = voice_of(a, i)) {
        v->scope = a.whole_sentence ? sentence(i).span : a.scope;
        said.push_back(std::move(*v));
      }
    }
    if (said.empty()) return;
    Voice main = said.front();
    if (said.size() > 1) {
      main.parts.assign(said.begin() + 1, said.end());
      main.scope = sentence(i).span;
    }
    const bool heading = sentence(i).heading;
    out_[i] = std::move(main);
    if (back && !out_[i].sources.empty()) give_back(i);
    Voice last = said.back();
    if (last.sources.empty()) return;
    last.parts.clear();
    const ActorKind kind = own.back().chain.empty() ? ActorKind::nameless : kind_;
    Current now{std::move(last), i, sentence(i).paragraph, i, kind, own.back().quotation};
    if (kind == ActorKind::nameless && current_ && current_->voice.sources == now.voice.sources) now.kind = current_->kind;
    if (now.kind == ActorKind::person || now.kind == ActorKind::office) last_person_ = now;
    if (now.kind == ActorKind::body || now.kind == ActorKind::outlet) last_body_ = now;
    now.first_voice = !last_named_ || (last_named_->first_voice && last_named_->voice.sources.front() == now.voice.sources.front());
    last_named_ = now;
    if (!heading || announces(i)) current_ = std::move(now);
  }

  std::optional<Voice> voice_of(const Attribution& a, std::uint32_t i) {
    Voice v;
    v.rule = a.row;
    v.spans = {a.frame};
    v.credence = Credence::plain;
    // In a body's own document what it does not recognise is its own word.
    if (own_.side != Side::outlet && a.row.find(".judge") != std::string::npos &&
        (a.chain.empty() || (names_.resolve(a.chain.front(), i).side == own_.side && names_.resolve(a.chain.front(), i).bare))) {
      return std::nullopt;
    }
    if (a.row.ends_with(kNoticeRow)) {
      v.side = Side::russia;
      return v;
    }
    if (a.pronoun && !a.chain.empty()) {  // "he told TASS": the chain holds who hands it on
      if (const Current* from = meant(a.pronoun_of, i)) {
        take(v, *from);
        kind_ = from->kind;
        for (const Actor& actor : a.chain) {
          const NamedVoice named = names_.resolve(actor, i);
          const bool listed = std::find(v.sources.begin(), v.sources.end(), named.name) != v.sources.end();
          if (!names_.is_outlet(named.name) && !listed) v.sources.push_back(named.name);
        }
        return v;
      }
    }
    if (!a.chain.empty()) {
      for (const Actor& actor : a.chain) {
        const NamedVoice named = names_.resolve(actor, i);
        if (names_.is_outlet(named.name)) continue;
        // "The mission notes", in the mission's own report.
        if (own_.side != Side::outlet && v.sources.empty() && actor.kind == ActorKind::body && actor.id.empty() && named.bare &&
            (named.side == own_.side || named.side == Side::unknown)) {
          return std::nullopt;
        }
        // A bare title that nobody in the document bears, and a noun for a body and nothing more, mean the voice before; "the pension
        // fund", "the council" are somebody else.
        const bool generic = actor.kind == ActorKind::body && actor.side == Side::unknown && is_anyone(actor.span, i);
        if (v.sources.empty() && named.bare && (actor.kind == ActorKind::office || generic)) {
          const std::optional<Current>& from = actor.kind == ActorKind::office ? last_person_ : last_body_;
          if (from && i - from->last <= 12 && from->voice.side != Side::resident) {
            take(v, *from);
            kind_ = from->kind;
            continue;
          }
        }
        // "The woman recalls": the one named before.
        if (v.sources.empty() && actor.kind == ActorKind::nameless && is_anyone(actor.span, i) && last_person_ &&
            i - last_person_->last <= 5) {
          take(v, *last_person_);
          kind_ = last_person_->kind;
          continue;
        }
        if (v.sources.empty()) kind_ = named.kind;
        if (v.sources.empty()) v.side = named.side == Side::unknown ? side_of_unknown(named) : named.side;
        if (std::find(v.sources.begin(), v.sources.end(), named.name) == v.sources.end()) v.sources.push_back(named.name);
      }
      if (v.sources.empty()) return std::nullopt;
      // The same originator goes on in the same breath: relays named before stay.
      if (current_ && v.sources.size() == 1 && current_->voice.sources.front() == v.sources.front() && current_->voice.sources.size() > 1 &&
          near(i)) {
        v.sources = current_->voice.sources;
      }
      return v;
    }
    if (a.pronoun) {
      const Current* from = meant(a.pronoun_of, i);
      if (from == nullptr) return std::nullopt;
      take(v, *from);
      return v;
    }
    if (a.row.ends_with(kSilentRow)) {
      v = own_;
      v.rule = a.row;
      v.spans = {a.frame};
      return v;
    }
    // A nameless teller inside somebody's report is part of it.
    if (current_ && near(i) && sentence(i).paragraph == current_->paragraph) {
      carry(i, "same paragraph");
      return std::nullopt;
    }
    v.side = own_.side;
    return v;
  }

  // Whether a span is one of the nouns of the kind `anyone`, and no more.
  [[nodiscard]] bool is_anyone(Span span, std::uint32_t i) const {
    return std::any_of(hits_[i].begin(), hits_[i].end(), [&](const LexiconHit& hit) {
      return rows_.rows[hit.row].use == RowUse::anyone && hit.span.begin == span.begin && hit.span.end == span.end;
    });
  }

  static void take(Voice& v, const Current& from) {
    v.sources = from.voice.sources;
    v.side = from.voice.side;
    v.carried = true;
    // Where the voice was named, and what it was carried by last: a chain of a thousand sentences is told by its ends.
    constexpr std::size_t kMostSpans = 16;
    const std::size_t kept = std::min(from.voice.spans.size(), kMostSpans - 1);
    v.spans.insert(v.spans.begin(), from.voice.spans.begin(), from.voice.spans.begin() + static_cast<std::ptrdiff_t>(kept));
  }

  // The voice that a pronoun or a bare title means: the current one if it fits, else the last that does.
  [[nodiscard]] const Current* meant(ActorKind kind, std::uint32_t i) {
    const auto fits = [&](const std::optional<Current>& c) {
      if (kind == ActorKind::person && &c == &current_ && c && (c->kind == ActorKind::office || c->kind == ActorKind::nameless)) {
        return i - c->last <= 2;  // "the clerk answered ... he added"
      }
      return c && (kind == ActorKind::nameless || c->kind == kind || (kind == ActorKind::body && c->kind == ActorKind::outlet));
    };
    if (kind == ActorKind::person) {
      // A person named since, in this paragraph, is meant rather than an earlier voice.
      for (std::uint32_t k = i + 1; k-- > 0 && i - k <= 1;) {
        if (sentence(k).paragraph != sentence(i).paragraph || (current_ && k <= current_->last)) break;
        if (k == i) continue;
        for (const Actor& actor : mentions_[k].actors) {
          if (actor.kind != ActorKind::person) continue;
          const NamedVoice named = names_.resolve(actor, k);
          Voice v;
          v.sources = {named.name};
          v.side = named.side == Side::unknown ? side_of_unknown(named) : named.side;
          v.spans = {actor.span};
          mentioned_ = Current{std::move(v), k, sentence(k).paragraph, k, ActorKind::person};
          return &*mentioned_;
        }
      }
    }
    if (fits(current_)) return &*current_;
    if (!current_ || i - current_->last > 2) {
      if (const Current* seen = last_seen(kind, i)) return seen;
    }
    if (kind == ActorKind::person && fits(last_person_)) return &*last_person_;
    if (kind == ActorKind::body && fits(last_body_)) return &*last_body_;
    if (current_) return &*current_;
    return last_named_ ? &*last_named_ : nullptr;
  }

  // Who was named last, in the four sentences before, though not as a voice: an actor of that kind, else a given name.
  [[nodiscard]] const Current* last_seen(ActorKind kind, std::uint32_t i) {
    constexpr std::uint32_t kReach = 4;
    const auto remember = [&](const Actor& actor, std::uint32_t k) {
      const NamedVoice named = names_.resolve(actor, k);
      Voice v;
      v.sources = {named.name};
      v.side = named.side == Side::unknown ? side_of_unknown(named) : named.side;
      v.spans = {actor.span};
      mentioned_ = Current{std::move(v), k, sentence(k).paragraph, k, actor.kind};
      return &*mentioned_;
    };
    for (std::uint32_t k = i; k-- > 0 && i - k <= kReach;) {
      if (sentence(k).junk) continue;
      const std::vector<Actor>& actors = mentions_[k].actors;
      for (auto actor = actors.rbegin(); actor != actors.rend(); ++actor) {
        if (actor->kind == kind) return remember(*actor, k);
      }
      if (kind == ActorKind::body) continue;
      const auto tokens = text_.tokens_of(sentence(k));
      for (const Token& t : tokens) {
        if (t.kind != TokenKind::word || !t.capital || t.reading_count == 0) continue;
        const Reading& r = text_.readings_of(t).front();
        if (r.name != NameKind::given || (r.grammatical_case != Case::nominative && text_.language != Language::en)) continue;
        Actor actor;
        actor.kind = ActorKind::person;
        actor.span = t.span;
        actor.name = std::string(t.span.of(document_.text));
        return remember(actor, k);
      }
    }
    return nullptr;
  }

  // Offices and bodies that no word gives to a side are those of the place that a report is about: the occupied one.
  [[nodiscard]] static Side side_of_unknown(const NamedVoice& named) {
    switch (named.kind) {
      case ActorKind::outlet: return Side::media;
      case ActorKind::person: return named.titled ? Side::russia : Side::resident;
      case ActorKind::nameless: return Side::resident;
      case ActorKind::body:
      case ActorKind::office: return Side::russia;
    }
    return Side::unknown;
  }

  [[nodiscard]] bool near(std::uint32_t i) const { return current_ && i - current_->last <= 3; }

  // «Про це розповів мер»: the sentences right before that nobody else tells.
  void give_back(std::uint32_t i) {
    std::uint32_t given = 0;
    for (std::uint32_t k = i; k-- > 0 && given < 4;) {
      if (sentence(k).junk) continue;
      if (sentence(k).heading || !out_[k].sources.empty() || !mentions_[k].attributions.empty()) break;
      if (sentence(i).paragraph - sentence(k).paragraph > 1) break;
      out_[k] = out_[i];
      out_[k].parts.clear();
      out_[k].scope = sentence(k).span;
      out_[k].carried = true;
      ++given;
    }
  }

  // What speaks for and against the voice in hand telling sentence `i` too. Only sentences near it come here.
  [[nodiscard]] CarrySigns carry_signs(std::uint32_t i) const {
    const Sentence& s = sentence(i);
    CarrySigns signs{};
    const auto set = [&](CarrySign sign, bool on) { signs[static_cast<std::size_t>(sign)] = on; };
    const std::uint32_t distance = i - current_->sentence;
    set(CarrySign::bias, true);
    set(CarrySign::new_paragraph, s.paragraph != current_->paragraph);
    set(CarrySign::new_long_paragraph, s.paragraph != current_->paragraph && long_paragraphs_);
    set(CarrySign::second, distance == 2);
    set(CarrySign::third, distance == 3);
    set(CarrySign::far, distance >= 4);
    set(CarrySign::gap, i - current_->last > 1);
    const Side side = current_->voice.side;
    set(CarrySign::russia, side == Side::russia);
    set(CarrySign::ukraine, side == Side::ukraine);
    set(CarrySign::ngo, side == Side::ngo || side == Side::international || side == Side::foreign_state);
    set(CarrySign::resident, side == Side::resident);
    set(CarrySign::media, side == Side::media);
    set(CarrySign::body_document, own_.side != Side::outlet);
    set(CarrySign::quoted_frame, current_->quotation);
    set(CarrySign::starts_quoted, quoting_[i].starts);
    const auto tokens = text_.tokens_of(s);
    set(CarrySign::dash, !tokens.empty() && (tokens[0].span.of(document_.text) == "—" || tokens[0].span.of(document_.text) == "–"));
    set(CarrySign::names_actor, !mentions_[i].actors.empty());
    if (!mentions_[i].actors.empty() && mentions_[i].actors.front().span.begin < s.span.begin + kOpeningBytes) {
      const bool own = names_.resolve(mentions_[i].actors.front(), i).name == current_->voice.sources.front();
      set(own ? CarrySign::own_opens : CarrySign::other_opens, true);
    }
    for (const LexiconHit& hit : hits_[i]) {
      const VoiceRow& row = rows_.rows[hit.row];
      const bool early = hit.first_token - s.first_token <= 2;
      if (row.use == RowUse::narration && early) set(CarrySign::narration, true);
      if (row.use == RowUse::verification) set(CarrySign::verification, true);
      if (row.use == RowUse::credence && (row.credence == Credence::likely || row.credence == Credence::near_certain))
        set(CarrySign::estimate, true);
      if (row.use == RowUse::credence && row.credence == Credence::distanced) set(CarrySign::distance, true);
      if (row.use == RowUse::first_person) set(side == Side::resident ? CarrySign::first_person_resident : CarrySign::first_person, true);
      if (row.use == RowUse::pronoun && early) set(CarrySign::pronoun, true);
      if (row.use == RowUse::side && row.side == side) set(CarrySign::own_side, true);
    }
    bool dated = false;
    for (const Time& t : mentions_[i].times) dated |= t.span.begin < s.span.begin + 40;
    set(CarrySign::dated, dated);
    set(CarrySign::figure, !mentions_[i].quantities.empty());
    set(CarrySign::label, current_->voice.rule == "label");
    set(CarrySign::weak, current_->voice.rule.find(".weak") != std::string::npos);
    set(CarrySign::by, current_->voice.rule.find(".by") != std::string::npos);
    set(CarrySign::nameless, current_->kind == ActorKind::nameless || current_->kind == ActorKind::office);
    set(CarrySign::person, current_->kind == ActorKind::person);
    set(CarrySign::opening_voice, current_->first_voice);
    set(CarrySign::only_voice, only_voice_);
    set(CarrySign::distanced_frame, distanced(current_->sentence));
    set(CarrySign::two_voices, mentions_[current_->sentence].attributions.size() > 1);
    set(CarrySign::short_sentence, s.token_count < 10);
    set(CarrySign::carried_frame, current_->voice.carried);
    set(CarrySign::heading_before, i > 0 && sentence(i - 1).heading);
    return signs;
  }

  [[nodiscard]] bool distanced(std::uint32_t i) const {
    for (const LexiconHit& hit : hits_[i]) {
      if (rows_.rows[hit.row].use == RowUse::credence && rows_.rows[hit.row].credence == Credence::distanced) return true;
    }
    return std::any_of(mentions_[i].attributions.begin(), mentions_[i].attributions.end(),
                       [](const Attribution& a) { return a.credence == Credence::distanced; });
  }

  // A sentence that stands in quotation marks from end to end, five words or more.
  [[nodiscard]] bool quoted_throughout(std::uint32_t i) const {
    const std::string_view text = sentence(i).span.of(document_.text);
    if (sentence(i).token_count < 7) return false;
    const auto closes = [&](std::string_view mark) { return text.ends_with(mark) || text.substr(0, text.size() - 1).ends_with(mark); };
    return (text.starts_with("«") && closes("»") && text.find("»") + 4 >= text.size()) ||
           (text.starts_with("“") && closes("”") && text.find("”") + 5 >= text.size()) ||
           (text.starts_with("\"") && text.find('"', 1) + 3 >= text.size());
  }

  // "Neighbour from Lazurne:" on a line of its own.
  [[nodiscard]] bool announces(std::uint32_t i) const { return sentence(i).span.of(document_.text).ends_with(':'); }

  [[nodiscard]] bool carries(std::uint32_t i) const {
    if (quoting_[i].open_before) return true;
    if (current_->sentence + 1 == i && announces(current_->sentence)) return true;
    const Sentence& s = sentence(i);
    // A speaker's turn in a transcript ends with the paragraph.
    if (current_->voice.rule == "label" && s.paragraph == sentence(current_->sentence).paragraph && mentions_[i].attributions.empty())
      return true;
    if (i - current_->last > 3 || s.paragraph - current_->paragraph > 1) return false;
    const CarrySigns signs = carry_signs(i);
    const auto has = [&](CarrySign sign) { return signs[static_cast<std::size_t>(sign)]; };
    if (has(CarrySign::verification) || (has(CarrySign::narration) && has(CarrySign::new_paragraph))) return false;
    return goes_on(signs);
  }

  void carry(std::uint32_t i, std::string rule) {
    out_[i] = current_->voice;
    out_[i].parts.clear();
    out_[i].credence = Credence::plain;
    out_[i].scope = sentence(i).span;
    out_[i].carried = true;
    out_[i].rule = std::move(rule);
    current_->last = i;
    current_->paragraph = sentence(i).paragraph;
  }

  const VoiceRows& rows_;
  const Document& document_;
  const Text& text_;
  const std::vector<Mentions>& mentions_;
  std::span<const SentenceReading> readings_;
  VoiceNames names_;
  std::vector<std::vector<LexiconHit>> hits_;
  std::vector<Quoting> quoting_;
  std::vector<Voice> out_;
  std::vector<std::optional<double>> carrying_;  // by sentence that makes claims: how much speaks for the voice in hand going on
  std::vector<std::string> in_hand_;             // whose it is
  Voice own_;                                    // of what nobody else says
  Turns turns_;
  std::uint32_t turn_begin_ = 0;  // where the turn of the sentence in hand begins
  bool only_voice_ = false;
  bool long_paragraphs_ = false;          // of nearly two sentences or more on average: then a new one begins a new thought
  ActorKind kind_ = ActorKind::nameless;  // of the voice that voice_of gave last
  std::optional<Current> current_, last_named_, last_person_, last_body_, mentioned_;
};

}  // namespace

const Voice& Voice::at(Span claim) const {
  for (const Voice& part : parts) {
    if (part.scope.contains(claim.begin)) return part;
  }
  return *this;
}

VoiceReader::VoiceReader() = default;
VoiceReader::~VoiceReader() = default;
VoiceReader::VoiceReader(VoiceReader&&) noexcept = default;
VoiceReader& VoiceReader::operator=(VoiceReader&&) noexcept = default;

Result<VoiceReader> VoiceReader::make(const Codebook& book) {
  auto rows = VoiceRows::make(book);
  if (!rows) return tl::unexpected(rows.error());
  auto impl = std::make_unique<Impl>();
  impl->rows = std::move(*rows);
  VoiceReader reader;
  reader.impl_ = std::move(impl);
  return reader;
}

std::vector<Voice> VoiceReader::read(const Document& document, const Text& text, const std::vector<Mentions>& mentions,
                                     std::span<const SentenceReading> readings, std::vector<OriginChoice>* choices) const {
  if (!impl_) return {};
  if (mentions.size() < text.sentences.size()) {
    std::vector<Mentions> padded = mentions;
    padded.resize(text.sentences.size());
    return Walk(impl_->rows, document, text, padded, readings).run(choices);
  }
  return Walk(impl_->rows, document, text, mentions, readings).run(choices);
}

Credence VoiceReader::credence_of(const Document&, const Text& text, const Sentence& sentence, const Voice& voice) const {
  if (!impl_) return voice.credence;
  for (const LexiconHit& hit : impl_->rows.hits(text, sentence)) {
    if (impl_->rows.rows[hit.row].use == RowUse::credence && voice.scope.overlaps(hit.span)) return impl_->rows.rows[hit.row].credence;
  }
  return voice.credence;
}

std::vector<Voice> voices(const Document& document, const Text& text, const std::vector<Mentions>& mentions, const Codebook& book) {
  Result<VoiceReader> reader = VoiceReader::make(book);
  if (reader) return reader->read(document, text, mentions);
  std::vector<Voice> out(text.sentences.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].scope = text.sentences[i].span;
    out[i].rule = "outlet";
  }
  return out;
}

}  // namespace litopys
