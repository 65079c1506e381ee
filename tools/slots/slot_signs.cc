// What is chosen among, for the fits beside this file, which learn the weights of the signs from it and the annotation files.
// JSON lines:
//
//   slot_signs FOLDER...            one a claim whose sentence names no place: {"id", "start" (code points), "measure", "looks": [{"codes",
//                                   "signs": {"title": 1, ...}}]}
//   slot_signs --stance FOLDER...   one a claim: {"id", "start", "measure", "signs": {"said.planned": 1, ...}}
//   slot_signs --when FOLDER...     one a claim: {"id", "start", "measure", "figure" (code points or null), "looks": [{"when",
//                                   "signs": {...}}]}
//   slot_signs --origin FOLDER...   one a sentence that makes claims: {"id", "start", "looks": [{"origin", "signs": {...}}]}
//   slot_signs --targets FOLDER...  likewise, by group: {"id", "start", "measure", "signs": {"children": {"said": 1, ...}}}
//   slot_signs --side FOLDER...     one a report, of each side whose document it may be: {"id", "looks": [{"side", "signs": {...}}]}
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"
#include "claim/make.h"
#include "claim/origin_look.h"
#include "claim/pipeline.h"
#include "claim/place.h"
#include "claim/stance.h"
#include "claim/target.h"
#include "claim/voice_looks.h"
#include "claim/when_look.h"
#include "reader/slots.h"

namespace {

using namespace litopys;

// The signs that are there: "title": 1, "share": 0.25.
template <class Name>
std::string signs_text(std::span<const float> signs, Name name_of) {
  std::string out;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (signs[i] != 0) out += fmt::format(R"({}"{}": {:.4g})", out.empty() ? "" : ", ", name_of(i), signs[i]);
  }
  return out;
}

struct Tools {
  const Resources& resources;
  const Codebook& book;
  VoiceReader voices;
  VoiceRows rows;
  Habits habits;
};

struct ReportRead {
  Document document;
  Text text;
  std::vector<Mentions> mentions;
};

void print_side(const Tools& tools, const ReportRead& report) {
  std::vector<std::vector<LexiconHit>> hits;
  for (const Sentence& sentence : report.text.sentences) hits.push_back(tools.rows.hits(report.text, sentence));
  std::string looks;
  for (const VoiceLook& look : voice_looks(tools.rows, report.document, report.text, report.mentions, hits)) {
    looks += fmt::format(R"({}{{"side": "{}", "signs": {{{}}}}})", looks.empty() ? "" : ", ", name(look.side),
                         signs_text(look.signs, [](std::size_t i) { return name(static_cast<VoiceSign>(i)); }));
  }
  fmt::print("{{\"id\": \"{}\", \"looks\": [{}]}}\n", report.document.id, looks);
}

// What a claim's places are chosen from; "" where its sentence names them.
std::string places_text(const Scene& scene, const Settings& settings, std::size_t index, MeasureId measure, const Claim& claim) {
  std::string looks;
  for (const SettingLook& look : setting_looks_at(scene, settings, index, measure, claim.span, claim.span)) {
    looks += fmt::format(R"({}{{"codes": ["{}"], "signs": {{{}}}}})", looks.empty() ? "" : ", ", fmt::join(look.codes, "\", \""),
                         signs_text(look.signs, [](std::size_t i) { return name(static_cast<SettingSign>(i)); }));
  }
  return looks.empty() ? "" : fmt::format("\"looks\": [{}]", looks);
}

// What its stance is weighed by; "" where the encoder did not look.
std::string stance_text(const Scene& scene, std::size_t index, MeasureId measure) {
  const RuledStance ruled = ruled_stance(scene, index, measure);
  const std::vector<float> signs = stance_signs(scene.book, measure, ruled.given.value, ruled.voted, scene.readings[index]);
  if (signs.empty()) return "";
  const std::vector<std::string> names = stance_sign_names(scene.book);
  return fmt::format("\"signs\": {{{}}}", signs_text(signs, [&](std::size_t i) -> const std::string& { return names[i]; }));
}

// What the times of its claims are chosen from.
void print_whens(const Tools& tools, const ReportRead& report) {
  const auto& [document, text, mentions] = report;
  const auto readings = judge(document, text, mentions, tools.resources);
  const auto said = tools.voices.read(document, text, mentions);
  std::vector<WhenChoice> choices;
  (void)make_claims(document, text, mentions, readings, said, tools.book, tools.habits, &choices);
  utf8::CodePointIndex points(document.text);
  std::ranges::stable_sort(choices, {}, &WhenChoice::index);
  for (const WhenChoice& choice : choices) {
    std::string looks;
    for (const WhenLook& look : choice.looks) {
      looks += fmt::format(R"({}{{"when": "{}", "signs": {{{}}}}})", looks.empty() ? "" : ", ",
                           look.answer.value ? look.answer.value->str() : "",
                           signs_text(look.signs, [](std::size_t i) { return name(static_cast<WhenSign>(i)); }));
    }
    std::string figure = "null";
    if (choice.figure) figure = fmt::format("[{}, {}]", points.at(choice.figure->begin), points.at(choice.figure->end));
    fmt::print("{{\"id\": \"{}\", \"start\": {}, \"measure\": \"{}\", \"figure\": {}, \"looks\": [{}]}}\n", document.id,
               points.at(text.sentences[choice.index].span.begin), tools.book.measures[choice.measure].id, figure, looks);
  }
}

// What the voices of its sentences are chosen from.
void print_origins(const Tools& tools, const ReportRead& report) {
  const auto& [document, text, mentions] = report;
  const auto readings = judge(document, text, mentions, tools.resources);
  std::vector<OriginChoice> choices;
  (void)tools.voices.read(document, text, mentions, readings, &choices);
  utf8::CodePointIndex points(document.text);
  for (const OriginChoice& choice : choices) {
    std::string looks;
    for (const OriginLook& look : choice.looks) {
      std::string voice;
      append_json_string(voice, look.voice.sources.empty() ? "" : look.voice.sources.front());
      looks += fmt::format(R"({}{{"origin": {}, "signs": {{{}}}}})", looks.empty() ? "" : ", ", voice,
                           signs_text(look.signs, [](std::size_t i) { return name(static_cast<OriginSign>(i)); }));
    }
    fmt::print("{{\"id\": \"{}\", \"start\": {}, \"looks\": [{}]}}\n", document.id, points.at(text.sentences[choice.index].span.begin),
               looks);
  }
}

// What the targets of its claims are weighed by; "" where the encoder did not look.
std::string targets_text(const Scene& scene, std::size_t index, MeasureId measure, Span part, const std::vector<TargetId>& earlier) {
  const TargetSigns signs = target_signs(scene, index, measure, part, earlier);
  const std::array<std::pair<const char*, const std::vector<TargetId>*>, 5> lists{
      {{"said", &signs.said}, {"named", &signs.named}, {"general", &signs.general}, {"away", &signs.away}, {"earlier", &signs.earlier}}};
  std::string out;
  for (std::size_t group = 0; group < scene.book.targets.size(); ++group) {
    const auto logit = target_logit(scene.readings[index], scene.book.measures.size(), scene.book.targets[group].id);
    if (!logit) return "";
    std::string of = fmt::format(R"("reader": {:.4g}, "{}": 1)", *logit, scene.book.measures[measure].id);
    for (const auto& [sign, groups] : lists) {
      if (std::ranges::find(*groups, static_cast<TargetId>(group)) != groups->end()) of += fmt::format(R"(, "{}": 1)", sign);
    }
    if (signs.named.empty()) of += R"(, "nobody": 1)";
    if (signs.without) of += R"(, "without": 1)";
    out += fmt::format(R"({}"{}": {{{}}})", out.empty() ? "" : ", ", scene.book.targets[group].id, of);
  }
  return fmt::format("\"signs\": {{{}}}", out);
}

void print_targets(const Tools& tools, const ReportRead& report) {
  const auto& [document, text, mentions] = report;
  const auto readings = judge(document, text, mentions, tools.resources);
  const auto said = tools.voices.read(document, text, mentions);
  const Scene scene{document, text, mentions, readings, said, tools.book, tools.habits};
  utf8::CodePointIndex points(document.text);
  std::vector<TargetId> named, earlier;  // of the passage so far; before the sentence at hand
  std::size_t last = 0;
  for (const Claim& claim : make_claims(document, text, mentions, readings, said, tools.book, tools.habits)) {
    const auto measure = tools.book.measure(claim.measure);
    if (!measure) continue;
    const std::size_t index = sentence_at(text, claim.span.begin);
    if (index != last) {
      if (text.sentences[index].paragraph != text.sentences[last].paragraph) named.clear();
      earlier = named;
      last = index;
    }
    const std::string signs = targets_text(scene, index, *measure, claim.span, earlier);
    if (!claim.targets.empty()) {
      named.clear();
      for (const std::string& target : claim.targets) named.push_back(*tools.book.target(target));
    }
    if (signs.empty()) continue;
    fmt::print("{{\"id\": \"{}\", \"start\": {}, \"measure\": \"{}\", {}}}\n", document.id, points.at(claim.span.begin), claim.measure,
               signs);
  }
}

void print_claims(const Tools& tools, const ReportRead& report, bool stances) {
  const auto& [document, text, mentions] = report;
  const auto readings = judge(document, text, mentions, tools.resources);
  const auto said = tools.voices.read(document, text, mentions);
  const Scene scene{document, text, mentions, readings, said, tools.book, tools.habits};
  const Settings settings = settings_of(scene);
  utf8::CodePointIndex points(document.text);
  for (const Claim& claim : make_claims(document, text, mentions, readings, said, tools.book, tools.habits)) {
    const auto at = std::partition_point(text.sentences.begin(), text.sentences.end(),
                                         [&](const Sentence& sentence) { return sentence.span.end <= claim.span.begin; });
    const auto index = static_cast<std::size_t>(at - text.sentences.begin());
    const auto measure = tools.book.measure(claim.measure);
    if (!measure) continue;
    const std::string chosen_by = stances ? stance_text(scene, index, *measure) : places_text(scene, settings, index, *measure, claim);
    if (chosen_by.empty()) continue;
    fmt::print("{{\"id\": \"{}\", \"start\": {}, \"measure\": \"{}\", {}}}\n", document.id, points.at(claim.span.begin), claim.measure,
               chosen_by);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto resources = load_resources(default_paths());
  if (!resources) {
    fmt::print(stderr, "{}\n", resources.error().line());
    return 2;
  }
  const Codebook& book = codebook_of(**resources);
  auto voices = VoiceReader::make(book);
  auto rows = VoiceRows::make(book);
  if (!voices || !rows) return 2;
  const Tools tools{**resources, book, *std::move(voices), *std::move(rows), Habits::make(book)};
  const std::string_view what = argc > 1 ? argv[1] : "";
  const bool named = what.starts_with("--");
  for (int a = named ? 2 : 1; a < argc; ++a) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(argv[a])) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
      std::ifstream in(file, std::ios::binary);
      Item item;
      item.id = file.stem().string();
      item.path = file.string();
      item.bytes = {std::istreambuf_iterator<char>(in), {}};
      auto document = read_document(item, **resources);
      if (!document) continue;
      ReportRead report{*std::move(document), {}, {}};
      report.text = analyse(report.document, **resources);
      report.mentions = find_mentions(report.document, report.text, **resources);
      if (what == "--side") {
        print_side(tools, report);
      } else if (what == "--when") {
        print_whens(tools, report);
      } else if (what == "--origin") {
        print_origins(tools, report);
      } else if (what == "--targets") {
        print_targets(tools, report);
      } else {
        print_claims(tools, report, what == "--stance");
      }
    }
  }
}
