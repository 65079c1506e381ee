#include "claim/place_stand.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace litopys {
namespace {

// Whether something behind `offset` is said to happen "there".
bool is_taken_up(const Scene& scene, std::size_t index, std::uint32_t offset) {
  return std::ranges::any_of(scene.mentions[index].cues, [&](const Cue& cue) {
    const Row& row = scene.book.rows[cue.row];
    return cue.span.begin >= offset && row.kind == "slot-word" && row.gives == "there";
  });
}

// The first token of what gives `what` and ends right before the place, or up to `between` words earlier ("except annexed Crimea").
std::optional<std::uint32_t> led_by(const Scene& scene, std::size_t index, const Place& place, std::string_view what,
                                    std::uint32_t between = 1) {
  constexpr std::uint32_t kLongest = 6;  // words of such a phrase, and one between
  const std::uint32_t at = token_from(scene, index, place.span.begin), first = scene.text.sentences[index].first_token;
  const std::vector<Cue>& cues = scene.mentions[index].cues;
  const std::uint32_t from = std::max(first, at - std::min(at, kLongest));
  auto cue = std::partition_point(cues.begin(), cues.end(), [&](const Cue& c) { return c.first_token < from; });
  for (; cue != cues.end() && cue->first_token < at; ++cue) {
    const Row& row = scene.book.rows[cue->row];
    const std::uint32_t end = cue->first_token + cue->token_count;
    if (row.kind == "slot-word" && row.gives == what && end <= at && at - end <= between) return cue->first_token;
  }
  return std::nullopt;
}

}  // namespace

bool rests(const Scene& scene, std::size_t index, const Place& place) {
  const std::uint32_t first = scene.text.sentences[index].first_token, at = token_from(scene, index, place.span.begin);
  // The span may begin with the preposition itself, and an adjective may stand between the two.
  for (std::uint32_t back = 0; back <= 2 && first + back <= at; ++back) {
    if (is_slot_word(scene, index, at - back, "at")) return true;
  }
  return false;
}

bool goes_to(const Scene& scene, std::size_t index, const Place& place) {
  const std::uint32_t first = scene.text.sentences[index].first_token, at = token_from(scene, index, place.span.begin);
  const auto after = [&](std::uint32_t token) {
    return is_slot_word(scene, index, token, "to") || (place.goal && is_slot_word(scene, index, token, "goal"));
  };
  if (at <= first + 1 || is_taken_up(scene, index, place.span.end)) return false;
  if (after(at) || after(at - 1)) return true;
  if (at < first + 2 || !after(at - 2)) return false;
  // "to occupied Crimea", but not "to leave Crimea"
  const auto readings = scene.text.readings_of(scene.text.tokens[at - 1]);
  return std::ranges::any_of(readings,
                             [](const Reading& r) { return r.part == PartOfSpeech::adjective || r.part == PartOfSpeech::participle; });
}

bool of_people(const Scene& scene, std::size_t index, const Place& place) {
  const std::uint32_t at = token_from(scene, index, place.span.begin), first = scene.text.sentences[index].first_token;
  constexpr std::uint32_t kWords = 4;  // "residents of the occupied", quotation marks
  const std::vector<Cue>& cues = scene.mentions[index].cues;
  const std::uint32_t from = std::max(first, at - std::min(at, kWords));
  auto cue = std::partition_point(cues.begin(), cues.end(), [&](const Cue& c) { return c.first_token < from; });
  for (; cue != cues.end() && cue->first_token < at; ++cue) {
    const Row& row = scene.book.rows[cue->row];
    if (row.kind != "target-group" || row.gives != "residents") continue;
    bool only = true;
    for (std::uint32_t t = cue->first_token + cue->token_count; t < at; ++t) only = only && !is_slot_word(scene, index, t, "at");
    if (only) return true;
  }
  return false;
}

bool is_after_from(const Scene& scene, std::size_t index, const Place& place) {
  const std::uint32_t at = token_from(scene, index, place.span.begin);
  return at > scene.text.sentences[index].first_token && is_slot_word(scene, index, at - 1, "from");
}

bool comes_from(const Scene& scene, std::size_t index, const Place& place) {
  const Sentence& sentence = scene.text.sentences[index];
  const std::uint32_t at = token_from(scene, index, place.span.begin), behind = token_from(scene, index, place.span.end);
  if (at < sentence.first_token + 2 || !is_slot_word(scene, index, at - 1, "from")) return false;
  const auto readings = scene.text.readings_of(scene.text.tokens[at - 2]);
  if (std::none_of(readings.begin(), readings.end(), [](const Reading& r) { return r.part == PartOfSpeech::noun; })) return false;
  if (behind == sentence.first_token + sentence.token_count) return true;
  const Token& next = scene.text.tokens[behind];
  if (next.kind != TokenKind::word || next.span.size() > 4) return true;
  const auto after = scene.text.readings_of(next);
  return std::any_of(after.begin(), after.end(), [](const Reading& r) { return r.part == PartOfSpeech::verb; });
}

bool passes(const Scene& scene, std::size_t index, const Place& place) { return led_by(scene, index, place, "through", 0).has_value(); }

bool is_excepted(const Scene& scene, std::size_t index, const Place& place) {
  const std::optional<std::uint32_t> word = led_by(scene, index, place, "except");
  return word && *word > scene.text.sentences[index].first_token + 1;
}

bool is_left_behind(const Scene& scene, std::size_t index, const Place& place) {
  return led_by(scene, index, place, "newcomer").has_value();
}

bool seats_a_voice(const Scene& scene, std::size_t index, const Place& place) {
  return std::ranges::any_of(scene.mentions[index].attributions, [&](const Attribution& a) {
    return std::ranges::any_of(a.chain, [&](const Actor& actor) {
      return (actor.kind == ActorKind::body || actor.kind == ActorKind::office) && actor.with_title.covers(place.span) &&
             actor.with_title.begin < place.span.begin && rests(scene, index, place);
    });
  });
}

bool of_a_share(const Scene& scene, std::size_t index, Span figure, const std::vector<Span>& spans) {
  return std::ranges::any_of(scene.mentions[index].cues, [&](const Cue& cue) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind != "slot-word" || row.gives != "share" || cue.span.begin < figure.end) return false;
    if (token_from(scene, index, figure.end) == cue.first_token) return false;  // "93 of them": the figure is the share
    return std::ranges::all_of(spans, [&](Span place) { return cue.span.begin < place.begin; });
  });
}

}  // namespace litopys
