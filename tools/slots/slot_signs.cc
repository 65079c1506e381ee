// What slots of claims are chosen from, for fit.py and fit_stance.py, which learn the weights of the signs from it and the annotation
// files.
//
//   slot_signs FOLDER... > looks.jsonl            one JSON line a claim whose sentence names no place: {"id", "start" (code points),
//                                                 "measure", "looks": [{"codes", "signs": {"title": 1, ...}}]}
//   slot_signs --stance FOLDER... > stances.jsonl  one a claim: {"id", "start", "measure", "signs": {"said.planned": 1, ...}}
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "claim/make.h"
#include "claim/pipeline.h"
#include "claim/place.h"
#include "claim/stance.h"

namespace {

using namespace litopys;

void print(const Scene& scene, const Settings& settings, const Claim& claim, utf8::CodePointIndex& points, std::size_t index) {
  const auto measure = scene.book.measure(claim.measure);
  if (!measure) return;
  const auto looks = setting_looks_at(scene, settings, index, *measure, claim.span, claim.span);
  if (looks.empty()) return;
  std::string line = fmt::format(R"({{"id": "{}", "start": {}, "measure": "{}", "looks": [)", scene.document.id,
                                 points.at(claim.span.begin), claim.measure);
  for (const SettingLook& look : looks) {
    line += fmt::format(R"({}{{"codes": ["{}"], "signs": {{)", &look == looks.data() ? "" : ", ", fmt::join(look.codes, "\", \""));
    bool first = true;
    for (std::size_t i = 0; i < kSettingSigns; ++i) {
      if (look.signs[i] == 0) continue;
      line += fmt::format(R"({}"{}": {:.4g})", first ? "" : ", ", name(static_cast<SettingSign>(i)), look.signs[i]);
      first = false;
    }
    line += "}}";
  }
  fmt::print("{}]}}\n", line);
}

void print_stance(const Scene& scene, const Claim& claim, utf8::CodePointIndex& points, std::size_t index) {
  const auto measure = scene.book.measure(claim.measure);
  if (!measure) return;
  const RuledStance ruled = ruled_stance(scene, index, *measure);
  const std::vector<float> signs = stance_signs(scene.book, *measure, {ruled.given.value, ruled.voted}, scene.readings[index]);
  if (signs.empty()) return;
  const std::vector<std::string> names = stance_sign_names(scene.book);
  std::string line = fmt::format(R"({{"id": "{}", "start": {}, "measure": "{}", "signs": {{)", scene.document.id,
                                 points.at(claim.span.begin), claim.measure);
  bool first = true;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (signs[i] == 0) continue;
    line += fmt::format(R"({}"{}": {:.4g})", first ? "" : ", ", names[i], signs[i]);
    first = false;
  }
  fmt::print("{}}}}}\n", line);
}

}  // namespace

int main(int argc, char** argv) {
  const auto resources = load_resources(default_paths());
  if (!resources) {
    fmt::print(stderr, "{}\n", resources.error().line());
    return 2;
  }
  const Codebook& book = codebook_of(**resources);
  const Habits habits = Habits::make(book);
  const auto voices = VoiceReader::make(book);
  if (!voices) return 2;
  const bool stances = argc > 1 && std::string_view(argv[1]) == "--stance";
  for (int a = stances ? 2 : 1; a < argc; ++a) {
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
      const auto document = read_document(item, **resources);
      if (!document) continue;
      const Text text = analyse(*document, **resources);
      const auto mentions = find_mentions(*document, text, **resources);
      const auto readings = judge(*document, text, mentions, **resources);
      const auto said = voices->read(*document, text, mentions);
      const Scene scene{*document, text, mentions, readings, said, book, habits};
      const Settings settings = settings_of(scene);
      utf8::CodePointIndex points(document->text);
      for (const Claim& claim : make_claims(*document, text, mentions, readings, said, book, habits)) {
        const auto at = std::partition_point(text.sentences.begin(), text.sentences.end(),
                                             [&](const Sentence& sentence) { return sentence.span.end <= claim.span.begin; });
        const auto index = static_cast<std::size_t>(at - text.sentences.begin());
        if (stances) {
          print_stance(scene, claim, points, index);
        } else {
          print(scene, settings, claim, points, index);
        }
      }
    }
  }
}
