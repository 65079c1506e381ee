// A person named above the first question answers, unless the words beside the name say that it is who asks.
//   fits:         "Interviewed by Daryna Voloshko": not she   «Вероніка Гай відповідає слухачам / Ведуча Дарина Волошко»: Вероніка Гай
//   does not fit: a name further up than eight sentences; somebody who is named only in the answers
#include "claim/voice_answer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

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
  return std::nullopt;
}

bool VoiceAnswer::asked(const Actor& who, std::uint32_t at) const {
  constexpr std::uint32_t kBeside = 2;  // bytes between the two
  return std::ranges::any_of(hits_[at], [&](const LexiconHit& hit) {
    const RowUse use = rows_.rows[hit.row].use;
    if (use != RowUse::asks && use != RowUse::host) return false;
    const bool before = hit.span.end <= who.span.begin && who.span.begin - hit.span.end <= kBeside;
    const bool behind = who.span.end <= hit.span.begin && hit.span.begin - who.span.end <= kBeside;
    return before || behind;
  });
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
