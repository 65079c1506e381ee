// Reports name a place once and go on about it. So a place holds to the end of its paragraph, a heading's to the next heading, and the
// title's everywhere else; where a document names none of these, the campaign's territory as a whole is meant.
//   fits:         "Mariupol. A diabetic was sent away. On the door hung a sheet ..."
//   does not fit: "In Starobilsk the rule is in force. A patient must moreover ..." (the second is about the region again)
#include "claim/place.h"

#include <algorithm>
#include <map>

namespace litopys {
namespace {

using Codes = std::vector<std::string>;

void tidy(Codes& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  // "Melitopol, Zaporizhzhia oblast" is Melitopol.
  const Codes all = codes;
  std::erase_if(codes, [&](const std::string& code) {
    return std::any_of(all.begin(), all.end(), [&](const std::string& other) { return other.starts_with(code + "/"); });
  });
}

std::string_view region_of(std::string_view code) { return code.substr(0, code.find('/')); }

bool is_inside(const Scene& scene, const Place& place) {
  return std::any_of(place.codes.begin(), place.codes.end(), [&](const std::string& code) { return scene.habits.inside(code); });
}

// Whether the word before the place is a preposition of rest: what happens "in Russia" is told apart from what goes "to Russia".
bool rests(const Scene& scene, const Sentence& sentence, const Place& place) {
  static constexpr std::string_view kAt[] = {"in", "at", "inside", "across", "throughout", "within", "в", "у", "во", "на", "по"};
  const auto tokens = scene.text.tokens_of(sentence);
  const auto here = std::find_if(tokens.begin(), tokens.end(), [&](const Token& token) { return token.span.begin >= place.span.begin; });
  // The span may begin with the preposition itself, and an adjective may stand between the two.
  for (auto token = here == tokens.end() ? here : here + 1; token != tokens.begin() && here - token < 2;) {
    --token;
    if (std::find(std::begin(kAt), std::end(kAt), token->lower) != std::end(kAt)) return true;
  }
  return false;
}

// What counts as where something happens within `part`. The campaign's territory wins over places elsewhere.
Setting setting_of(const Scene& scene, const Sentence& sentence, const std::vector<Place>& places, Span part) {
  Setting inside, outside;
  for (const Place& place : places) {
    if (place.role != PlaceRole::setting || place.codes.empty() || !part.covers(place.span)) continue;
    const bool in = is_inside(scene, place);
    // "Russian", "Ukrainian" tell whose, not where; a capital is its government; "to Russia" is where nobody is yet.
    if (!in && (place.adjective || scene.habits.capital(place.codes[0]) || !rests(scene, sentence, place))) continue;
    Setting& into = in ? inside : outside;
    into.codes.insert(into.codes.end(), place.codes.begin(), place.codes.end());
    into.spans.push_back(place.span);
  }
  Setting out = inside.empty() ? std::move(outside) : std::move(inside);
  tidy(out.codes);
  // "the occupied part of Kherson oblast" is the oblast.
  if (out.codes.size() > 1) std::erase(out.codes, scene.habits.everywhere);
  return out;
}

// What most of the document is about, from all that it names: settings in full, places in names ("the Luhansk administration") as a hint.
Setting most_named(const Scene& scene, const std::vector<Setting>& own) {
  constexpr int kSetting = 2, kName = 1;
  constexpr double kMost = 0.7;  // of all mentions of the territory
  std::map<std::string, int, std::less<>> regions, places;
  std::map<std::string, Span, std::less<>> words;
  int all = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const auto count = [&](const std::string& code, Span span, int weight) {
      if (!scene.habits.inside(code) || code == scene.habits.everywhere) return;
      regions[std::string(region_of(code))] += weight;
      places[code] += weight;
      words.emplace(code, span);
      words.emplace(region_of(code), span);
      all += weight;
    };
    for (const std::string& code : own[i].codes) count(code, own[i].spans.front(), kSetting);
    if (scene.text.sentences[i].junk) continue;
    for (const Place& place : scene.mentions[i].places) {
      if (place.role == PlaceRole::name_part && place.codes.size() == 1) count(place.codes[0], place.span, kName);
    }
  }
  const auto most = [&](const auto& counts, double least) -> std::string {
    const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return best != counts.end() && best->second >= least ? best->first : std::string{};
  };
  std::string code = most(places, kMost * all);
  if (code.empty()) code = most(regions, kMost * all);
  if (code.empty() || all < kSetting) return {};
  return {{code}, {words.at(code)}};
}

// A place that a title or an opening names, be it in a body's name: "Administration of the Kamianka-Dniprovska district".
Setting named_at_the_head(const Scene& scene, const Sentence& sentence, const Mentions& mentions, const Setting& own) {
  if (!own.empty() && scene.habits.inside(own.codes[0])) return own;
  Setting out;
  for (const Place& place : mentions.places) {
    if (place.role != PlaceRole::name_part || place.codes.size() != 1 || !is_inside(scene, place)) continue;
    if (!sentence.span.covers(place.span)) continue;
    out.codes.push_back(place.codes[0]);
    out.spans.push_back(place.span);
  }
  tidy(out.codes);
  return out.codes.size() == 1 ? out : Setting{};
}

Setting document_setting(const Scene& scene, const std::vector<Setting>& own) {
  constexpr std::size_t kOpening = 3;  // sentences of the article that may set the scene
  const auto& sentences = scene.text.sentences;
  const auto at = [&](std::size_t i) { return named_at_the_head(scene, sentences[i], scene.mentions[i], own[i]); };
  const auto is_title = [&](const Sentence& sentence) {
    return sentence.line < scene.document.lines.size() && scene.document.lines[sentence.line].kind == LineKind::title;
  };
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (!is_title(sentences[i])) continue;
    if (Setting title = at(i); !title.empty()) return title;
  }
  const Setting most = most_named(scene, own);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < sentences.size() && seen < kOpening; ++i) {
    if (sentences[i].junk || is_title(sentences[i])) continue;
    ++seen;
    const Setting opening = at(i);
    if (opening.codes.size() == 1 && (most.empty() || region_of(most.codes[0]) == region_of(opening.codes[0]))) return opening;
    if (!opening.empty()) break;
  }
  return most;
}

}  // namespace

Settings settings_of(const Scene& scene) {
  Settings out;
  const auto& sentences = scene.text.sentences;
  out.own.reserve(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    out.own.push_back(sentences[i].junk ? Setting{} : setting_of(scene, sentences[i], scene.mentions[i].places, sentences[i].span));
  }
  out.document = document_setting(scene, out.own);
  if (out.document.codes.size() == 1 && scene.habits.seat(out.document.codes[0])) {
    out.document.codes[0] = std::string(region_of(out.document.codes[0]));
  }
  out.section.resize(sentences.size());
  Setting section;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (sentences[i].heading && !sentences[i].junk) section = out.own[i];
    out.section[i] = section;
  }
  return out;
}

Given<std::vector<std::string>> places_of(const Scene& scene, const Settings& settings, std::size_t index, Span part) {
  const auto given = [](const Setting& setting, std::string rule) {
    return Given<std::vector<std::string>>{setting.codes, {"places", std::move(rule), setting.spans, ""}};
  };
  const auto& sentences = scene.text.sentences;
  if (part != sentences[index].span) {
    const Setting own = setting_of(scene, sentences[index], scene.mentions[index].places, part);
    if (!own.empty()) return given(own, "place.beside");
  }
  if (!settings.own[index].empty()) return given(settings.own[index], "place.own");
  for (std::size_t i = index; i-- > 0 && sentences[i].paragraph == sentences[index].paragraph;) {
    const Setting& before = settings.own[i];
    if (before.empty() || !scene.habits.inside(before.codes[0])) continue;
    if (scene.habits.whole(before.codes)) return given({{scene.habits.everywhere}, before.spans}, "place.before");
    return given(before, "place.before");
  }
  if (!settings.section[index].empty() && scene.habits.inside(settings.section[index].codes[0])) return given(settings.section[index], "place.heading");
  if (!settings.document.empty()) return given(settings.document, "place.document");
  Given<std::vector<std::string>> out;
  if (!scene.habits.everywhere.empty()) {
    out.value.push_back(scene.habits.everywhere);
    out.why = {"places", "place.everywhere", {}, "no place is named: the territory as a whole"};
  }
  return out;
}

}  // namespace litopys
