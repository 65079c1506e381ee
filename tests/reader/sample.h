// A codebook of three measures and sentences in our own words that make them: enough to learn from, small enough to read.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codebook/codebook.h"
#include "mention/cue.h"
#include "reader/training.h"
#include "text/analyser.h"
#include "text/language.h"

namespace litopys::sample {

inline Codebook small_codebook() {
  Codebook book;
  book.id = "small";
  book.version = "1";
  for (const char* id : {"issuance", "fine", "denial-healthcare"}) book.measures.push_back({id, {id, id, id}, {}});
  const auto add = [&](std::string id, std::string kind, Language language, std::string gives, std::vector<std::string> words) {
    Row row;
    row.id = std::move(id);
    row.kind = std::move(kind);
    row.language = language;
    row.gives = std::move(gives);
    row.words = std::move(words);
    book.rows.push_back(std::move(row));
  };
  add("en.passport", "subject", Language::en, "passport", {"passport*"});
  add("uk.passport", "subject", Language::uk, "passport", {"паспорт*"});
  add("en.hospital", "concept", Language::en, "hospital", {"hospital*", "doctor*"});
  add("uk.hospital", "concept", Language::uk, "hospital", {"лікарн*", "лікар*"});
  add("en.fine", "cue", Language::en, "fine", {"fine|fined|fines"});
  add("uk.fine", "cue", Language::uk, "fine", {"штраф*", "оштраф*"});
  add("en.occupier", "setting", Language::en, "occupier", {"occup*"});
  return book;
}

struct Stages {
  Codebook book;
  TextAnalyser analyser;
  CueFinder cues;

  [[nodiscard]] std::vector<Mentions> mentions(const Text& text) const {
    std::vector<Mentions> out(text.sentences.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i].cues = cues.find(text, text.sentences[i]);
    return out;
  }
  [[nodiscard]] TrainingTools tools() const {
    return {[](const Item& item) -> Result<Document> { return document(item.bytes); },
            [this](const Document& d) { return analyser.analyse(d); }, [this](const Document&, const Text& t) { return mentions(t); }};
  }
  static Document document(std::string_view text) {
    Document out;
    out.text = text;
    out.language = detect_language(text);
    return out;
  }
};

template <class T>
T value(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().line());
  return std::move(*result);
}

inline const Stages& stages() {
  static const Stages one = [] {
    Codebook book = small_codebook();
    TextAnalyser analyser = value(TextAnalyser::load(LITOPYS_SOURCE_DIR "/data/morphology", book));
    CueFinder cues = value(CueFinder::make(book));
    return Stages{std::move(book), std::move(analyser), std::move(cues)};
  }();
  return one;
}

inline void write(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// Eighty single sentences and some documents, the measures in equal parts, a third of the sentences without any.
inline void write_training(const std::filesystem::path& folder) {
  const char* towns[] = {"Tokmak", "Skadovsk", "Henichesk", "Svatove", "Berdiansk", "Enerhodar", "Kakhovka", "Rovenky"};
  std::string singles;
  for (const char* town : towns) {
    const std::string t = town;
    singles += "issuance\tasserted\tplain\t\tForty passports were handed out in " + t + ".\n";
    singles += "issuance\tplanned\tplain\t\tThe town hall of " + t + " will hand out passports on Friday.\n";
    singles += "fine\tthreatened\tplain\t\tA fine awaits the shopkeepers of " + t + ".\n";
    singles += "fine\tasserted\tplain\t\tPeople in " + t + " were fined at the market.\n";
    singles += "denial-healthcare\tasserted\tplain\t\tThe hospital in " + t + " turns patients away.\n";
    singles += "denial-healthcare,fine\tasserted\tdistanced\t\tIn " + t + " the doctor refuses and the police fine.\n";
    singles += "\t\t\t\tThe market of " + t + " opened late.\n";
    singles += "\t\t\t\tIt rained in " + t + " all day.\n";
    singles += "\t\t\t\tA bus from " + t + " broke down near the bridge.\n";
  }
  write(folder / "train/en.tsv", singles);
  std::string passages;
  for (int i = 0; i < 20; ++i) {
    const std::string id = "p" + std::to_string(i);
    passages += id + "\t0\t\t\t\t\t\tNotes from the coast\n";
    passages += id + "\t1\tissuance\tasserted\tplain\t\toutlet\tSome " + std::to_string(30 + i) + " passports were handed out again.\n";
    passages += id + "\t2\t\t\t\t\t\tThe sea was calm and the nets were empty.\n";
    passages += id + "\t3\tfine\tasserted\tplain\t\toutlet\tWhoever had none was fined on the spot.\n";
    passages += id + "\t4\tdenial-healthcare\tasserted\tplain\t\toutlet\tThe hospital sent the old men home.\n";
  }
  write(folder / "train/en-passages-a.tsv", passages);
  for (int i = 0; i < 6; ++i) {
    const std::string id = "doc-" + std::to_string(i);
    write(folder / "dev" / (id + ".txt"),
          "Forty passports were handed out in the harbour town.\n\nThe weather stayed fine for fishing all week.\n");
    write(folder / "dev" / (id + ".json"),
          R"({"id": ")" + id +
              R"(", "lang": "en", "junk": [], "claims": [{"quote": "Forty passports were handed out in the harbour town.",)"
              R"( "measure": "issuance", "stance": "asserted", "credence": "plain"}]})");
  }
  write(folder / "dev/blind.txt", "doc-5\n");
}

}  // namespace litopys::sample
