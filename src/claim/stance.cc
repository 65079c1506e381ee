// A word of stance governs what follows it in its clause, and the clause that it stands in: "pensions will stop", "they may be expelled,
// and those who stay fined". A dash, colon or semicolon ends its reach. Ukrainian and Russian say the future by the verb's form alone
// («вишлють»), so a finite future verb counts as a weak word for `planned`. What these rules say is one sign of several: the last word have
// learned weights, since a scope drawn by words is wrong about as often as the encoder.
#include "claim/stance.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "claim/stance_clause.h"

namespace litopys {
namespace {

constexpr int kClause = 10;                  // Nearness across a dash, colon or semicolon
constexpr float kReaderSureOfStance = 0.6F;  // from here on the reader's stance beats the measure's habit
constexpr std::string_view kFuture = "verb.future";
constexpr int kWeak = 1, kNormal = 2, kSettles = 3;

struct Voter {
  Stance stance = Stance::asserted;
  int strength = 0;
  int distance = 0;
  Why why;
};

int strength_of(const Row& row) {
  const auto found = row.options.find("strength");
  if (found == row.options.end()) return kNormal;
  int value = kNormal;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return std::clamp(value, kWeak, kSettles);
}

bool counts_for(const Row& row, std::string_view measure) {
  if (row.options.contains("for") && !lists(row, "for", measure)) return false;
  return !lists(row, "except", measure);
}

// How far the measure's words are in the word's scope; nullopt: they are not.
std::optional<int> reach(const Nearness& nearness, Span word, bool everywhere, const std::vector<Span>& anchors) {
  if (anchors.empty() || everywhere) return nearness.least(word, anchors, 0);
  std::optional<int> best;
  for (const Span& anchor : anchors) {
    const int distance = nearness.between(word, anchor);
    const bool follows = anchor.end > word.begin;
    if (distance >= (follows ? 2 * kClause : kClause)) continue;
    if (!best || distance < *best) best = distance;
  }
  return best;
}

bool is_infinitive(const Text& text, const Token& token) {
  const auto readings = text.readings_of(token);
  return !readings.empty() && readings[0].part == PartOfSpeech::verb && readings[0].form == VerbForm::infinitive;
}

// A verb that can be nothing but future: «проходять» is also the present of another verb.
bool is_future(const Text& text, const Token& token) {
  const auto readings = text.readings_of(token);
  return !readings.empty() && std::all_of(readings.begin(), readings.end(), [](const Reading& r) {
    return !r.guessed && r.part == PartOfSpeech::verb && r.tense == Tense::future;
  });
}

// "who will not get one" tells who, not what will be: a relative word stands before the verb in its clause.
bool is_relative(const Scene& scene, std::size_t index, std::size_t verb) {
  constexpr std::size_t kClauseWords = 6;
  const auto tokens = scene.text.tokens_of(scene.text.sentences[index]);
  for (std::size_t i = verb; i-- > 0 && verb - i <= kClauseWords;) {
    const std::string_view mark = tokens[i].span.of(scene.document.text);
    if (tokens[i].kind == TokenKind::punctuation && mark != "«" && mark != "»") return false;
    if (is_slot_word(scene, index, scene.text.sentences[index].first_token + static_cast<std::uint32_t>(i), "relative")) return true;
  }
  return false;
}

bool has_infinitive_after(const Text& text, std::span<const Token> tokens, std::size_t verb) {
  constexpr std::size_t kReach = 3;
  for (std::size_t i = verb + 1; i < tokens.size() && i <= verb + kReach && tokens[i].kind == TokenKind::word; ++i) {
    if (is_infinitive(text, tokens[i])) return true;
  }
  return false;
}

// What Ukrainian and Russian say of the future by form: «вишлють», «мають здати».
void future_verbs(const Scene& scene, std::size_t index, const Nearness& nearness, const std::vector<Span>& anchors,
                  std::vector<Voter>& out) {
  const Sentence& sentence = scene.text.sentences[index];
  const auto tokens = scene.text.tokens_of(sentence);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto token = sentence.first_token + static_cast<std::uint32_t>(i);
    const bool found =
        is_future(scene.text, tokens[i]) || (is_slot_word(scene, index, token, "have-to") && has_infinitive_after(scene.text, tokens, i));
    if (!found || is_relative(scene, index, i)) continue;
    const auto distance = reach(nearness, tokens[i].span, false, anchors);
    if (distance)
      out.push_back({Stance::planned, kWeak, *distance, {"stance", std::string(kFuture), {tokens[i].span}, std::string(tokens[i].lower)}});
  }
}

}  // namespace

RuledStance ruled_stance(const Scene& scene, std::size_t index, MeasureId measure, std::optional<Span> within) {
  const Sentence& sentence = scene.text.sentences[index];
  const Habit& habit = scene.habits.of[measure];
  const std::string& id = scene.book.measures[measure].id;
  const Nearness nearness(scene.document.text, scene.text, sentence);
  const std::vector<Span> anchors = anchors_of(scene, index, measure);
  std::vector<Voter> voters;
  for (const Cue& cue : scene.mentions[index].cues) {
    const Row& row = scene.book.rows[cue.row];
    if (row.kind != "stance" || !counts_for(row, id)) continue;
    const auto stance = parse_name<Stance>(row.gives);
    if (!stance) continue;
    const auto scope = row.options.find("scope");
    const bool everywhere = scope != row.options.end() && scope->second == "all";
    if (within && !everywhere && !within->covers(cue.span)) continue;
    const auto distance = reach(nearness, cue.span, everywhere, anchors);
    if (distance) voters.push_back({*stance, strength_of(row), *distance, {"stance", row.id, {cue.span}, ""}});
  }
  if (habit.future && (scene.text.language == Language::uk || scene.text.language == Language::ru)) {
    future_verbs(scene, index, nearness, anchors, voters);
    if (within) std::erase_if(voters, [&](const Voter& v) { return v.why.rule == kFuture && !within->covers(v.why.spans[0]); });
  }
  const auto best = std::min_element(voters.begin(), voters.end(), [](const Voter& a, const Voter& b) {
    if (a.strength != b.strength) return a.strength > b.strength;
    return a.distance < b.distance;
  });
  if (best != voters.end()) return {{best->stance, best->why}, true};
  const SentenceReading& reading = scene.readings[index];
  if (reading.stance != Stance::asserted && reading.stance_probability >= kReaderSureOfStance) {
    return {{reading.stance, {"stance", "reader", {}, ""}}, false};
  }
  return {{habit.stance, {"stance", habit.row.empty() ? "asserted unless said otherwise" : habit.row, {}, ""}}, false};
}

Given<Stance> stance_of(const Scene& scene, std::size_t index, MeasureId measure) {
  RuledStance ruled = ruled_stance(scene, index, measure);
  if (!scene.habits.stance) return std::move(ruled.given);
  const std::vector<float> signs = stance_signs(scene.book, measure, ruled.given.value, ruled.voted, scene.readings[index]);
  if (signs.empty()) return std::move(ruled.given);
  const Stance said = ruled.given.value, likeliest = scene.habits.stance->likeliest(signs);
  if (likeliest == said) return std::move(ruled.given);
  // A denial is a matter of words: where they say so they are right three times of four against the sum, and of what they take for a fact
  // the sum makes denials that are none ("has not published a figure").
  if (said == Stance::denied || (said == Stance::asserted && likeliest == Stance::denied)) return std::move(ruled.given);
  return {likeliest, {"stance", "stance.likeliest", {}, scene.habits.stance->reasons(scene.book, signs, likeliest, said)}};
}

std::vector<Given<Stance>> stances_of(const Scene& scene, std::size_t index, MeasureId measure, Span item, std::span<const Span> figures) {
  const Given<Stance> all = stance_of(scene, index, measure);
  std::vector<Given<Stance>> out(std::max<std::size_t>(figures.size(), 1), all);
  if (figures.size() < 2) return out;
  const RuledStance ruled = ruled_stance(scene, index, measure);
  if (!ruled.voted || ruled.given.value != all.value) return out;
  const Span word = ruled.given.why.spans[0];
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const Span clause = clause_of_figure(scene, index, item, figures, i, word);
    if (clause == item) continue;
    // The encoder speaks of sentences, so that it has no say in what one clause of them is.
    RuledStance own = ruled_stance(scene, index, measure, clause);
    const Habit& habit = scene.habits.of[measure];
    out[i] = own.voted ? std::move(own.given) : Given<Stance>{habit.stance, {"stance", "clause.own", {clause}, ""}};
  }
  return out;
}

}  // namespace litopys
