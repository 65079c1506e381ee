// Small readings of the codebook and of the sentence that several slots share.
#include "claim/scene.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "base/pieces.h"
#include "claim/weights.h"
#include "reader/windows.h"

namespace litopys {
namespace {

constexpr std::size_t kMostAnchors = 24;  // more say nothing new, and every nearness asks all of them

std::string_view option_of(const Row& row, const std::string& key) {
  const auto found = row.options.find(key);
  return found == row.options.end() ? std::string_view{} : std::string_view(found->second);
}

// "UA-65/Kherson" lies in "UA-65".
bool lies_in(std::string_view code, const std::vector<std::string>& regions) {
  return std::any_of(regions.begin(), regions.end(), [&](const std::string& region) {
    return code.starts_with(region) && (code.size() == region.size() || code[region.size()] == '/');
  });
}

int price(const Token& token, std::string_view text) {
  if (token.kind != TokenKind::punctuation) return 1;
  const std::string_view mark = token.span.of(text);
  if (mark == "," || mark == "(" || mark == ")") return 4;
  if (mark == ";" || mark == ":" || mark == "—" || mark == "–" || mark == "." || mark == "•" || mark == "·") return 10;
  return 0;
}

}  // namespace

Habits Habits::make(const Codebook& book) {
  Habits out;
  out.of.resize(book.measures.size());
  for (const RowId id : book.rows_of("unit")) {
    const Row& row = book.rows[id];
    if (row.gives != name(Unit::other)) continue;
    for (const std::string& words : row.words) out.other_nouns.insert(words.substr(0, words.find(' ')));
  }
  for (const RowId id : book.rows_of("habit")) {
    const Row& row = book.rows[id];
    if (row.id == "territory") {
      out.territory = row.words;
      out.everywhere = row.gives;
      if (const auto since = Date::parse(option_of(row, "since"))) out.since = since->first_day();
      continue;
    }
    if (row.id == "held") {
      out.held = row.words;
      continue;
    }
    if (row.id == "capitals") {
      out.capitals = row.words;
      continue;
    }
    if (row.id == "without") {
      out.without = row.gives;
      continue;
    }
    if (row.id == "papers") {
      out.papers = row.words;
      continue;
    }
    if (row.id == "goals") {
      out.goals = row.words;
      continue;
    }
    if (row.id == "seats") {
      out.seats = row.words;
      continue;
    }
    if (row.options.contains("jurisdiction")) {
      for (const std::string& official : row.words) out.jurisdictions.emplace_back(official, row.gives);
      continue;
    }
    if (row.options.contains("group")) {
      out.groups.emplace_back(row.gives, row.words);
      continue;
    }
    Habit habit;
    habit.row = row.id;
    each_piece(option_of(row, "classes"), ' ', [&](std::string_view word) { habit.classes.emplace_back(word); });
    each_piece(option_of(row, "units"), ' ', [&](std::string_view word) {
      if (const auto unit = parse_name<Unit>(word)) habit.units.push_back(*unit);
    });
    each_piece(option_of(row, "statuses"), ' ', [&](std::string_view word) { habit.statuses.emplace_back(word); });
    each_piece(option_of(row, "things"), ' ', [&](std::string_view word) { habit.things.emplace_back(word); });
    habit.stance = parse_name<Stance>(option_of(row, "stance")).value_or(Stance::asserted);
    if (option_of(row, "when") == "total") habit.when = TimeHabit::total;
    if (option_of(row, "when") == "until") habit.when = TimeHabit::until;
    if (option_of(row, "when") == "on") habit.when = TimeHabit::on;
    if (option_of(row, "when") == "never") habit.when = TimeHabit::never;
    habit.toward = option_of(row, "toward") == "yes";
    habit.arrives = option_of(row, "arrives") == "yes";
    habit.elsewhere = option_of(row, "elsewhere") == "yes";
    habit.wide = option_of(row, "wide") == "yes";
    habit.norm = option_of(row, "scope") == "norm";
    habit.advice = option_of(row, "scope") == "advice";
    habit.quota = option_of(row, "quota") == "yes";
    habit.future = option_of(row, "future") != "no";
    habit.durations = option_of(row, "durations") == "yes";
    habit.said = option_of(row, "said") == "yes";
    habit.carries = option_of(row, "carries") == "yes";
    habit.counted = book.target(option_of(row, "counted"));
    habit.target = book.target(option_of(row, "target"));
    habit.among = book.target(option_of(row, "among"));
    habit.events = option_of(row, "events") == "yes";
    habit.after = option_of(row, "after") == "yes";
    for (const std::string& word : row.words) {
      if (const auto measure = book.measure(word)) out.of[*measure] = habit;
    }
  }
  for (const RowId id : book.rows_of("weights")) {
    const Row& row = book.rows[id];
    if (row.id == "setting") add_weights<SettingSign>(row.words, out.setting.emplace());
    if (row.id == "when") add_weights<WhenSign>(row.words, out.when.emplace());
    if (row.id == "targets") out.targets = TargetWeights::of_words(row.words, book);
    if (row.id == "confidence") {
      for (const std::string& word : row.words) {
        if (const SignWeight weight = sign_weight(word); weight.name == "encoder") out.sureness = weight.value;
      }
    }
    if (row.id == "stance") out.stance = StanceWeights::of_words(row.words, book);
  }
  return out;
}

bool Habits::inside(std::string_view code) const { return lies_in(code, territory) && !lies_in(code, held); }
bool Habits::capital(std::string_view code) const { return lies_in(code, capitals); }

const std::string* Habits::jurisdiction(const Actor& actor) const {
  const auto known = std::find_if(jurisdictions.begin(), jurisdictions.end(),
                                  [&](const auto& entry) { return !actor.id.empty() && entry.first == actor.id; });
  return known == jurisdictions.end() ? nullptr : &known->second;
}

bool Habits::seat(std::string_view code) const { return std::find(seats.begin(), seats.end(), code) != seats.end(); }

bool Habits::whole(const std::vector<std::string>& codes) const {
  std::vector<std::string> regions;
  for (const std::string& code : codes) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == code; });
    if (group == groups.end()) {
      regions.push_back(code);
    } else {
      regions.insert(regions.end(), group->second.begin(), group->second.end());
    }
  }
  const auto all = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == everywhere; });
  return all != groups.end() && std::all_of(all->second.begin(), all->second.end(), [&](const std::string& region) {
           return std::find(regions.begin(), regions.end(), region) != regions.end();
         });
}

Nearness::Nearness(std::string_view bytes, const Text& text, const Sentence& sentence) {
  int cost = 0;
  begins_.reserve(sentence.token_count);
  cost_.reserve(sentence.token_count + 1U);
  for (const Token& token : text.tokens_of(sentence)) {
    begins_.push_back(token.span.begin);
    cost_.push_back(cost);
    cost += price(token, bytes);
  }
  cost_.push_back(cost);
}

std::size_t Nearness::token_at(std::uint32_t offset) const {
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
  return after == begins_.begin() ? 0 : static_cast<std::size_t>(after - begins_.begin() - 1);
}

int Nearness::between(Span a, Span b) const {
  if (begins_.empty() || a.overlaps(b)) return 0;
  if (b.begin < a.begin) std::swap(a, b);
  const std::size_t last = token_at(a.end == a.begin ? a.begin : a.end - 1);
  const std::size_t first = token_at(b.begin);
  return first <= last + 1 ? 0 : cost_[first] - cost_[last + 1];
}

int Nearness::least(Span a, std::span<const Span> spans, int otherwise) const {
  int best = std::numeric_limits<int>::max();
  for (const Span& span : spans) best = std::min(best, between(a, span));
  return spans.empty() ? otherwise : best;
}

bool is_quoted(const Scene& scene, const Sentence& sentence, Span span) {
  int open = 0;
  bool straight = false;
  for (const Token& token : scene.text.tokens_of(sentence)) {
    if (token.span.begin >= span.begin) break;
    const std::string_view mark = token.span.of(scene.document.text);
    if (mark == "«" || mark == "“" || mark == "„") ++open;
    if (mark == "»" || mark == "”") --open;
    if (mark == "\"") straight = !straight;
  }
  return open > 0 || straight;
}

std::vector<Span> anchors_of(const Scene& scene, std::size_t sentence, MeasureId measure) {
  std::vector<Span> out;
  for (const Cue& cue : scene.mentions[sentence].cues) {
    if (out.size() == kMostAnchors) break;
    const Row& row = scene.book.rows[cue.row];
    const std::vector<std::string>& classes = scene.habits.of[measure].classes;
    const bool by_class =
        (row.kind == "concept" || row.kind == "subject") && std::find(classes.begin(), classes.end(), row.gives) != classes.end();
    if (by_class || (row.kind == "cue" && row.gives == scene.book.measures[measure].id)) out.push_back(cue.span);
  }
  return out;
}

std::size_t sentence_at(const Text& text, std::uint32_t offset) {
  const auto after = std::ranges::upper_bound(text.sentences, offset, {}, [](const Sentence& s) { return s.span.begin; });
  return after == text.sentences.begin() ? 0 : static_cast<std::size_t>(after - text.sentences.begin()) - 1;
}

std::uint32_t token_from(const Scene& scene, std::size_t sentence, std::uint32_t offset) {
  const auto tokens = scene.text.tokens_of(scene.text.sentences[sentence]);
  const auto at = std::partition_point(tokens.begin(), tokens.end(), [&](const Token& token) { return token.span.begin < offset; });
  return scene.text.sentences[sentence].first_token + static_cast<std::uint32_t>(at - tokens.begin());
}

bool is_slot_word(const Scene& scene, std::size_t sentence, std::uint32_t token, std::string_view what) {
  const std::vector<Cue>& cues = scene.mentions[sentence].cues;
  auto cue = std::partition_point(cues.begin(), cues.end(), [&](const Cue& c) { return c.first_token < token; });
  for (; cue != cues.end() && cue->first_token == token; ++cue) {
    const Row& row = scene.book.rows[cue->row];
    if (row.kind == "slot-word" && row.gives == what) return true;
  }
  return false;
}

bool is_short_line(const Scene& scene, std::size_t index) {
  constexpr std::uint32_t kFewTokens = 9;
  const auto& sentences = scene.text.sentences;
  const Sentence& sentence = sentences[index];
  if (sentence.token_count == 0 || sentence.token_count > kFewTokens) return false;
  if (index > 0 && sentences[index - 1].paragraph == sentence.paragraph) return false;
  if (index + 1 < sentences.size() && sentences[index + 1].paragraph == sentence.paragraph) return false;
  const Token& last = scene.text.tokens[sentence.first_token + sentence.token_count - 1];
  return last.kind != TokenKind::punctuation || last.span.of(scene.document.text) == ")";
}

std::vector<std::size_t> head_of(const Scene& scene) {
  constexpr std::size_t kMostLines = 8;
  const auto& sentences = scene.text.sentences;
  std::vector<std::size_t> titles, letterhead;
  bool above = true;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (is_title(scene.document, sentences[i])) {
      titles.push_back(i);
      continue;
    }
    above = above && i < kMostLines && (sentences[i].heading || sentences[i].junk || is_short_line(scene, i));
    if (above && !sentences[i].junk) letterhead.push_back(i);
  }
  titles.insert(titles.end(), letterhead.begin(), letterhead.end());
  return titles;
}

bool lists(const Row& row, std::string_view option, std::string_view word) {
  const auto found = row.options.find(std::string(option));
  bool held = false;
  if (found != row.options.end()) each_piece(found->second, ' ', [&](std::string_view part) { held = held || part == word; });
  return held;
}

}  // namespace litopys
