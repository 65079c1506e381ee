// Any bytes become sentences and words, and the laws of the stage hold: spans in order and inside, a reading for every word, hits of a
// lexicon inside their sentence.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "text/analyser.h"
#include "text/dump.h"
#include "text/language.h"
#include "text/lexicon.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Stages {
  litopys::TextAnalyser analyser;
  litopys::Lexicon lexicon;
};

litopys::Codebook book() {
  litopys::Codebook out;
  const auto add = [&](litopys::Language language, std::string kind, std::string gives, std::vector<std::string> words) {
    litopys::Row row;
    row.id = std::to_string(out.rows.size());
    row.kind = std::move(kind);
    row.language = language;
    row.gives = std::move(gives);
    row.words = std::move(words);
    out.rows.push_back(std::move(row));
  };
  add(litopys::Language::uk, "abbreviation", "open", {"м", "вул"});
  add(litopys::Language::uk, "abbreviation", "close", {"р", "млн"});
  add(litopys::Language::en, "abbreviation", "number", {"No"});
  for (const litopys::Language language : litopys::kReadLanguages) {
    add(language, "cue", "", {"паспорт* ..4 #", "_ , _", "!не так", "the ..3 passport", "a|б \" в"});
  }
  return out;
}

const Stages& stages() {
  using namespace litopys;
  static const Codebook kBook = book();
  static constexpr std::string_view kKinds[] = {"cue"};
  static const Stages kStages{TextAnalyser::load(LITOPYS_SOURCE_DIR "/data/morphology", kBook).value(),
                              Lexicon::compile(kBook, kKinds, Language::uk).value()};
  return kStages;
}

}  // namespace

// Loaded before the clock of the first input runs.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  (void)stages();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace litopys;
  Document document;
  document.text.assign(reinterpret_cast<const char*>(data), size);
  document.language = detect_language(document.text);
  const Text text = stages().analyser.analyse(document);
  std::uint32_t at = 0;
  for (const Sentence& s : text.sentences) {
    require(s.span.begin >= at && s.span.begin < s.span.end && s.span.end <= size && s.token_count > 0);
    at = s.span.end;
    for (const Token& t : text.tokens_of(s)) {
      require(s.span.covers(t.span));
      require((t.kind == TokenKind::word) == (t.reading_count > 0));
    }
    for (const LexiconHit& hit : stages().lexicon.find(text, s)) require(s.span.covers(hit.span) && hit.token_count > 0);
  }
  require(dump_json(text, document).size() > 10);
  return 0;
}
