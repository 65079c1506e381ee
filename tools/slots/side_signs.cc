// What speaks for each side whose document a report may be, one JSON line a report: {"id", "looks": [{"side", "signs": {...}}]}.
// fit_side.py learns the weights of the signs from it and the annotation files.
//
//   side_signs FOLDER... > looks.jsonl
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "claim/pipeline.h"
#include "claim/voice_looks.h"

namespace {

using namespace litopys;

void print(const std::string& id, const std::vector<VoiceLook>& looks) {
  std::string line = fmt::format(R"({{"id": "{}", "looks": [)", id);
  for (const VoiceLook& look : looks) {
    line += fmt::format(R"({}{{"side": "{}", "signs": {{)", &look == looks.data() ? "" : ", ", name(look.side));
    bool first = true;
    for (std::size_t i = 0; i < kVoiceSigns; ++i) {
      if (look.signs[i] == 0) continue;
      line += fmt::format(R"({}"{}": {:.4g})", first ? "" : ", ", name(static_cast<VoiceSign>(i)), look.signs[i]);
      first = false;
    }
    line += "}}";
  }
  fmt::print("{}]}}\n", line);
}

}  // namespace

int main(int argc, char** argv) {
  const auto resources = load_resources(default_paths());
  if (!resources) {
    fmt::print(stderr, "{}\n", resources.error().line());
    return 2;
  }
  const auto rows = VoiceRows::make(codebook_of(**resources));
  if (!rows) return 2;
  for (int a = 1; a < argc; ++a) {
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
      std::vector<std::vector<LexiconHit>> hits;
      for (const Sentence& sentence : text.sentences) hits.push_back(rows->hits(text, sentence));
      print(item.id, voice_looks(*rows, *document, text, mentions, hits));
    }
  }
}
