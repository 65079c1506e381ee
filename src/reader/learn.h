// Learning the light reader from annotated text. Deterministic: the same documents and codebook give the same bytes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "reader/model.h"
#include "reader/training.h"

namespace litopys {

// Cross-validated over annotated documents (each judged by a model that never saw it), five folds.
struct LearnReport {
  struct Score {
    std::string group;  // "all", "en", "en dense", "en made like real", "uk", ..., "passages"
    std::size_t documents = 0, gold = 0, predicted = 0, hit = 0;
    [[nodiscard]] double f1() const {
      return gold + predicted == 0 ? 1.0 : 2.0 * static_cast<double>(hit) / static_cast<double>(gold + predicted);
    }
  };
  std::vector<Score> claims;        // sentence and measure
  std::vector<Score> sentences;     // any measure
  double stance = 0, credence = 0;  // share right on sentences with claims
  std::string text;                 // all of it as a table for people
  // By document: log odds of sentence * measures + measure, each from a model that never saw the document; NaN where the linear score
  // leaves no hope. Empty for single sentences, which are always learned from.
  std::vector<std::vector<float>> odds;
};

struct LearnOptions {
  float cost = 0.5F;
  float annotated_cost = 2.0F;         // of an error in an annotated document, against one in other text
  float annotated_second_look = 3.0F;  // the same for the second look
  int passes = 15;
  bool cross_validate_only = false;  // report, write nothing
};

// About a minute on one core for 14,000 sentences. Errors: kMalformed where there is nothing to learn from; those of write_model.
[[nodiscard]] Result<LearnReport> learn(const std::vector<TrainingDocument>& documents, const Codebook& book,
                                        const std::filesystem::path& out, const LearnOptions& options = {});

}  // namespace litopys
