// Annotated text as examples for learning: annotated documents, passages and single sentences, read with the same stages as any report.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "intake/item.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

struct TrainingSentence {
  bool labelled = false;            // false: context only, says nothing
  std::vector<MeasureId> measures;  // distinct, ascending; none is a label too
  std::optional<Stance> stance;
  std::optional<Credence> credence;
};

struct TrainingDocument {
  enum class Kind { annotated, passage, single };
  std::string id;
  Kind kind = Kind::annotated;
  Document document;
  Text text;
  std::vector<Mentions> mentions;           // one a sentence of text
  std::vector<TrainingSentence> sentences;  // one a sentence of text
  std::size_t claims = 0;                   // annotated claims, sentences with two of one measure counted twice
};

// The stages before the reader, as claim/pipeline.h has them.
struct TrainingTools {
  std::function<Result<Document>(const Item&)> page;
  std::function<Text(const Document&)> text;
  std::function<std::vector<Mentions>(const Document&, const Text&)> mentions;
};

struct TrainingSet {
  std::vector<TrainingDocument> documents;  // by kind and path
  std::vector<std::string> notes;           // "en-a-01: blind, left out", "line 12: unknown measure \"x\""
};

// All of these under `folders`, by path:
//   NAME.json beside NAME.txt                 an annotation and its document. Ids that a blind.txt of the same folder lists are left out
//   (en|uk|ru)-passages-*.tsv                 passage, n (0 is a headline), measures, stance, credence, source, side, sentence
//   (en|uk|ru).tsv                            measures, stance, credence, context, sentence
// Other files are passed over. kUnreadable for a folder that is not there; kMalformed for an annotation that is no JSON, or with nothing
// found at all.
[[nodiscard]] Result<TrainingSet> load_training(const std::vector<std::filesystem::path>& folders, const Codebook& book,
                                                const TrainingTools& tools);

// A fingerprint of all text and labels, in order: 16 hex digits.
[[nodiscard]] std::string fingerprint(const std::vector<TrainingDocument>& documents);

}  // namespace litopys
