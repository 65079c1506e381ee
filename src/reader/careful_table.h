// What the careful reader is trained from: the training set as our own stages see it, for tools/careful.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "reader/learn.h"
#include "reader/training.h"

namespace litopys {

// One JSON object a document, one a line:
//   {"id", "kind": "annotated"|"passage"|"single", "lang", "claims", "sentences": [{"text", "title", "junk", "labelled", "measures": [id],
//    "stance", "credence", "light": [log odds a measure, in the codebook's order, null where hopeless]}]}
// "light" is absent for single sentences. Errors: kUnreadable where the file cannot be written. Linear.
[[nodiscard]] Result<void> write_training_table(const std::vector<TrainingDocument>& documents, const LearnReport& report,
                                                const Codebook& book, const std::filesystem::path& path);

}  // namespace litopys
