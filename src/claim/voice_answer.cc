// A person named above the first question answers, unless the words beside the name say that it is who asks.
//   fits:         "Interviewed by Daryna Voloshko": not she   «Вероніка Гай відповідає слухачам / Ведуча Дарина Волошко»: Вероніка Гай
//   does not fit: a name further up than eight sentences; somebody who is named only in the answers
#include "claim/voice_answer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "claim/voice_turns.h"

namespace litopys {
namespace {

constexpr std::uint32_t kLookBack = 8;  // sentences before the first question that may name who answers

}  // namespace

Voice turn_voice(Voice v) {
  v.rule = kTurnRule;
  v.carried = true;
  return v;
}

std::optional<Voice> VoiceAnswer::person_before(std::uint32_t first) const {
  const std::uint32_t from = first > kLookBack ? first - kLookBack : 0;
  for (std::uint32_t k = first; k-- > from;) {
    for (const LexiconHit& hit : hits_[k]) {
      if (rows_.rows[hit.row].use != RowUse::answers) continue;
      for (const Actor& actor : mentions_[k].actors) {
        if (actor.kind == ActorKind::person && actor.span.begin >= hit.span.end && !asked(actor, k)) return voice(actor, k);
      }
    }
  }
  for (std::uint32_t k = first; k-- > from;) {
    for (const Actor& actor : mentions_[k].actors) {
      if (actor.kind == ActorKind::person && !asked(actor, k)) return voice(actor, k);
    }
  }
  for (std::uint32_t k = first; k-- > from;) {
    for (const LexiconHit& hit : hits_[k]) {
      if (rows_.rows[hit.row].use != RowUse::asks_perhaps) continue;
      for (const Actor& actor : mentions_[k].actors) {
        if (actor.kind == ActorKind::person && actor.span.begin >= hit.span.end) return voice(actor, k);
      }
    }
  }
  return std::nullopt;
}

bool VoiceAnswer::asked(const Actor& who, std::uint32_t at) const {
  constexpr std::uint32_t kBeside = 2;      // bytes between the two
  constexpr std::uint32_t kGivenName = 30;  // bytes of a first name between them, where only the surname is known
  const auto follows = [&](const Actor& person, Span words) {
    if (person.kind != ActorKind::person || words.end > person.span.begin) return false;
    const std::uint32_t gap = person.span.begin - words.end;
    if (gap <= kBeside) return true;
    if (gap > kGivenName) return false;
    const std::string_view between = std::string_view(document_.text).substr(words.end, gap);
    return std::ranges::count(between, ' ') == 2 && between.front() == ' ' && utf8::is_upper(utf8::decode(between, 1).value);
  };
  return std::ranges::any_of(hits_[at], [&](const LexiconHit& hit) {
    const RowUse use = rows_.rows[hit.row].use;
    if (use == RowUse::asks_perhaps) return follows(who, hit.span);
    if (use != RowUse::asks && use != RowUse::host) return false;
    if (follows(who, hit.span)) return true;
    if (who.span.end > hit.span.begin || hit.span.begin - who.span.end > kBeside) return false;
    // "Answered by Dmytro Haida, interviewed by Daryna Voloshko": who asks stands behind it.
    const std::string_view behind = std::string_view(document_.text).substr(hit.span.end);
    return behind.size() < 2 || behind.front() != ' ' || !utf8::is_upper(utf8::decode(behind, 1).value);
  });
}

std::optional<Voice> VoiceAnswer::first_name(std::uint32_t from, std::uint32_t to) const {
  for (const bool subject : {true, false}) {  // «розмова з Оленою» only where nobody is a subject
    for (std::uint32_t k = to; k-- > from;) {
      if (text_.sentences[k].junk) continue;
      const auto tokens = text_.tokens_of(text_.sentences[k]);
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!is_first_name(tokens[i], subject)) continue;
        Span name = tokens[i].span;
        if (i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::word && tokens[i + 1].capital) name.end = tokens[i + 1].span.end;
        const auto named = [&](const Actor& a) { return a.span.overlaps(name) || a.with_title.overlaps(name); };
        if (std::ranges::any_of(mentions_[k].actors, named)) continue;
        Actor who;
        who.kind = ActorKind::person;
        who.span = who.with_title = name;
        who.name = std::string(name.of(document_.text));
        if (!asked(who, k)) return voice(who, k);
      }
    }
  }
  return std::nullopt;
}

bool VoiceAnswer::is_first_name(const Token& token, bool subject) const {
  if (token.kind != TokenKind::word || !token.capital) return false;
  return std::ranges::any_of(text_.readings_of(token), [&](const Reading& r) {
    return r.name == NameKind::given && !r.guessed &&
           (text_.language == Language::en || !subject || r.grammatical_case == Case::nominative);
  });
}

std::optional<Voice> VoiceAnswer::anybody_before(std::uint32_t first) const {
  std::optional<Voice> who = person_before(first);
  return who ? who : first_name(first > kLookBack ? first - kLookBack : 0, first);
}

std::optional<Voice> VoiceAnswer::answerer(std::uint32_t first) const {
  if (std::optional<Voice> who = person_before(first)) return who;
  const std::uint32_t from = first > kLookBack ? first - kLookBack : 0;
  for (std::uint32_t k = first; k-- > from;) {
    for (const Attribution& a : mentions_[k].attributions) {
      if (!a.chain.empty() && a.chain.front().kind != ActorKind::body && a.chain.front().kind != ActorKind::outlet &&
          !asked(a.chain.front(), k))
        return voice(a.chain.front(), k);
    }
    for (const Actor& actor : mentions_[k].actors) {
      if (actor.kind == ActorKind::office) return voice(actor, k);
    }
  }
  if (std::optional<Voice> who = first_name(from, first)) return who;
  for (std::uint32_t k = first; k-- > from;) {
    for (const LexiconHit& hit : hits_[k]) {
      const VoiceRow& row = rows_.rows[hit.row];
      if (row.use != RowUse::speaker || row.body || row.side == Side::media) continue;
      Voice v;
      v.sources = {std::string(hit.span.of(document_.text))};
      v.side = row.side == Side::unknown ? Side::resident : row.side;
      v.spans = {hit.span};
      return turn_voice(std::move(v));
    }
  }
  return std::nullopt;
}

Side VoiceAnswer::introduced_side(Span name, std::uint32_t at) const {
  constexpr std::uint32_t kNear = 60;  // bytes
  for (const LexiconHit& hit : hits_[at]) {
    const VoiceRow& row = rows_.rows[hit.row];
    if ((row.use != RowUse::speaker && row.use != RowUse::side) || row.side == Side::unknown || row.side == Side::media) continue;
    if (hit.span.begin < name.end || hit.span.begin > name.end + kNear) continue;
    const std::string_view between = std::string_view(document_.text).substr(name.end, hit.span.begin - name.end);
    if (between.find_first_of(";.") == std::string_view::npos) return row.side;
  }
  return Side::unknown;
}

Voice VoiceAnswer::voice(const Actor& actor, std::uint32_t at) const {
  const NamedVoice named = names_.resolve(actor, at);
  Voice v;
  v.sources = {named.name};
  v.side = named.side != Side::unknown ? named.side : introduced_side(actor.span, at);
  if (v.side == Side::unknown) v.side = own_.side != Side::outlet ? own_.side : Side::resident;
  v.spans = {actor.span};
  return turn_voice(std::move(v));
}

}  // namespace litopys
