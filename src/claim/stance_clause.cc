#include "claim/stance_clause.h"

#include <algorithm>

namespace litopys {
namespace {

bool divides(const Scene& scene, const Token& token) {
  if (token.kind == TokenKind::punctuation) {
    constexpr std::string_view kMarks[] = {",", ";", ":", "-", "–", "—"};
    return std::ranges::find(kMarks, token.span.of(scene.document.text)) != std::end(kMarks);
  }
  const auto readings = scene.text.readings_of(token);
  return !readings.empty() && readings[0].part == PartOfSpeech::conjunction;
}

// A word that can be nothing but a verb that somebody does: "points" are no verb where they may be a noun.
bool is_verb(const Scene& scene, const Token& token, bool past) {
  const auto readings = scene.text.readings_of(token);
  return !readings.empty() && std::ranges::all_of(readings, [&](const Reading& r) {
    if (r.part == PartOfSpeech::participle) return true;  // "issued" is both; alone it says nothing
    return r.part == PartOfSpeech::verb &&
           (r.form == VerbForm::impersonal || (r.form == VerbForm::finite && (!past || r.tense == Tense::past)));
  }) && std::ranges::any_of(readings, [](const Reading& r) { return r.part == PartOfSpeech::verb; });
}

// Where the words of the second of two figures begin.
std::uint32_t begin_between(const Scene& scene, std::span<const Token> tokens, Span first, Span second) {
  std::uint32_t out = first.end;
  for (const Token& token : tokens) {
    if (token.span.begin >= first.end && token.span.end <= second.begin && divides(scene, token)) out = token.span.end;
  }
  return out;
}

}  // namespace

Span part_of_figure(const Scene& scene, std::size_t sentence, Span item, std::span<const Span> figures, std::size_t i) {
  const auto tokens = scene.text.tokens_of(scene.text.sentences[sentence]);
  return {i == 0 ? item.begin : begin_between(scene, tokens, figures[i - 1], figures[i]),
          i + 1 < figures.size() ? begin_between(scene, tokens, figures[i], figures[i + 1]) : item.end};
}

Span clause_of_figure(const Scene& scene, std::size_t sentence, Span item, std::span<const Span> figures, std::size_t i, Span word) {
  const auto tokens = scene.text.tokens_of(scene.text.sentences[sentence]);
  const Span clause = part_of_figure(scene, sentence, item, figures, i);
  if (clause.covers(word)) return item;
  const bool past = word.begin < clause.begin;
  const bool own =
      std::ranges::any_of(tokens, [&](const Token& token) { return clause.covers(token.span) && is_verb(scene, token, past); });
  return own ? clause : item;
}

}  // namespace litopys
