// Reports name a place once and go on about it. So a place holds to the end of its paragraph, a heading's to the next heading, and the
// title's everywhere else; where a document names none of these, the campaign's territory as a whole is meant.
//   fits:         "Mariupol. A diabetic was sent away. On the door hung a sheet ..."
//   does not fit: "In Starobilsk the rule is in force. A patient must moreover ..." (the second is about the region again)
#include "claim/place.h"

#include <algorithm>
#include <map>

namespace litopys {
namespace {

// The codes of `places` that count as where something happens. Territory of the campaign wins over places elsewhere.
Setting setting_of(const Scene& scene, const std::vector<Place>& places, Span part) {
  Setting inside, outside;
  for (const Place& place : places) {
    if (place.role != PlaceRole::setting || !part.covers(place.span)) continue;
    bool in = false;
    for (const std::string& code : place.codes) in = in || scene.habits.inside(code);
    if (!in && place.adjective) continue;  // "Russian", "Ukrainian" tell whose, not where
    Setting& into = in ? inside : outside;
    into.codes.insert(into.codes.end(), place.codes.begin(), place.codes.end());
    into.spans.push_back(place.span);
  }
  Setting out = inside.empty() ? std::move(outside) : std::move(inside);
  std::sort(out.codes.begin(), out.codes.end());
  out.codes.erase(std::unique(out.codes.begin(), out.codes.end()), out.codes.end());
  // "Melitopol, Zaporizhzhia oblast" is Melitopol.
  std::erase_if(out.codes, [&](const std::string& code) {
    return std::any_of(out.codes.begin(), out.codes.end(), [&](const std::string& other) { return other.starts_with(code + "/"); });
  });
  // "the occupied part of Kherson oblast" is the oblast.
  if (out.codes.size() > 1) std::erase(out.codes, scene.habits.everywhere);
  return out;
}

Span all_of(const Sentence& sentence) { return sentence.span; }

Setting document_setting(const Scene& scene, const std::vector<Setting>& own) {
  const auto& sentences = scene.text.sentences;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::uint32_t line = sentences[i].line;
    const bool title = line < scene.document.lines.size() && scene.document.lines[line].kind == LineKind::title;
    if (title && !own[i].empty() && scene.habits.inside(own[i].codes[0])) return own[i];
  }
  return {};
}

}  // namespace

Settings settings_of(const Scene& scene) {
  Settings out;
  const auto& sentences = scene.text.sentences;
  out.own.reserve(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    out.own.push_back(sentences[i].junk ? Setting{} : setting_of(scene, scene.mentions[i].places, all_of(sentences[i])));
  }
  out.document = document_setting(scene, out.own);
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
    const Setting own = setting_of(scene, scene.mentions[index].places, part);
    if (!own.empty()) return given(own, "place.beside");
  }
  if (!settings.own[index].empty()) return given(settings.own[index], "place.own");
  for (std::size_t i = index; i-- > 0 && sentences[i].paragraph == sentences[index].paragraph;) {
    if (!settings.own[i].empty()) return given(settings.own[i], "place.before");
  }
  if (!settings.section[index].empty()) return given(settings.section[index], "place.heading");
  if (!settings.document.empty()) return given(settings.document, "place.document");
  Given<std::vector<std::string>> out;
  if (!scene.habits.everywhere.empty()) {
    out.value.push_back(scene.habits.everywhere);
    out.why = {"places", "place.everywhere", {}, "no place is named: the territory as a whole"};
  }
  return out;
}

}  // namespace litopys
