// What the rules of the record need of the data files, for whoever compares a record and reads no item.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "claim/pipeline.h"

namespace litopys {

struct RecordRules {
  Codebook book;
  std::unique_ptr<const Gazetteer> gazetteer;
};

// As load_resources, in a third of its time.
[[nodiscard]] Result<RecordRules> load_record_rules(const ResourcePaths& paths);

// Of the resources that load_resources gives for these paths.
[[nodiscard]] std::string reading_id(const ResourcePaths& paths);

}  // namespace litopys
