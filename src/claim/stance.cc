// A word of stance governs what follows it in its clause, and the clause that it stands in: "pensions will stop", "they may be expelled,
// and those who stay fined". A dash, colon or semicolon ends its reach. Ukrainian and Russian say the future by the verb's form alone
// («вишлють»), so a finite future verb counts as a weak word for `planned`.
#include "claim/stance.h"

#include <algorithm>
#include <charconv>

namespace litopys {
namespace {

constexpr int kClause = 10;           // Nearness across a dash, colon or semicolon
constexpr float kReaderSure = 0.6F;   // from here on the reader's stance beats the measure's habit
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

// Finite verbs of the future, in the languages that have such a form.
void future_verbs(const Scene& scene, const Sentence& sentence, const Nearness& nearness, const std::vector<Span>& anchors, std::vector<Voter>& out) {
  for (const Token& token : scene.text.tokens_of(sentence)) {
    const auto readings = scene.text.readings_of(token);
    if (readings.empty() || readings[0].guessed || readings[0].part != PartOfSpeech::verb || readings[0].tense != Tense::future) continue;
    const auto distance = reach(nearness, token.span, false, anchors);
    if (distance) out.push_back({Stance::planned, kWeak, *distance, {"stance", "verb.future", {token.span}, std::string(token.lower)}});
  }
}

}  // namespace

Given<Stance> stance_of(const Scene& scene, std::size_t index, MeasureId measure) {
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
    const auto distance = reach(nearness, cue.span, scope != row.options.end() && scope->second == "all", anchors);
    if (distance) voters.push_back({*stance, strength_of(row), *distance, {"stance", row.id, {cue.span}, ""}});
  }
  if (scene.text.language == Language::uk || scene.text.language == Language::ru) {
    future_verbs(scene, sentence, nearness, anchors, voters);
  }
  const auto best = std::min_element(voters.begin(), voters.end(), [](const Voter& a, const Voter& b) {
    if (a.strength != b.strength) return a.strength > b.strength;
    return a.distance < b.distance;
  });
  if (best != voters.end()) return {best->stance, best->why};
  const SentenceReading& reading = scene.readings[index];
  if (reading.stance != Stance::asserted && reading.stance_probability >= kReaderSure) {
    return {reading.stance, {"stance", "reader", {}, ""}};
  }
  return {habit.stance, {"stance", habit.row.empty() ? "asserted unless said otherwise" : habit.row, {}, ""}};
}

}  // namespace litopys
