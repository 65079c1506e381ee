// What the rules of the record need of the data files, for whoever compares a record and reads no item.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "claim/pipeline.h"

namespace litopys {

struct RecordRules {
  Codebook book;  // its name, measures, targets, and rows of the kinds that src/record asks for
  std::unique_ptr<const Gazetteer> gazetteer;
};

// In a small part of the time of load_resources. The codebook has no rows but those that src/record asks for.
[[nodiscard]] Result<RecordRules> load_record_rules(const ResourcePaths& paths);

// Of the resources that load_resources gives for these paths.
[[nodiscard]] std::string reading_id(const ResourcePaths& paths);

}  // namespace litopys
