// From evidence and log to the tables of a record: what `rebuild` puts in place, and what `verify` compares with. Inside store/.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/pipeline.h"
#include "base/result.h"
#include "claim/pipeline.h"
#include "store/store.h"
#include "vault/act_walk.h"

namespace litopys {

struct BuildLimits {
  PipelineLimits pipeline;
  std::optional<std::uint64_t> entries = {};  // stop before the entry of this index
};

// Fills `record`, which is new, and commits. Evidence is read in order on the calling thread, which is quick; items are read on workers,
// which is slow. `problems` gets what is kept and cannot be read; `progress` the number of acts done.
[[nodiscard]] Done build_record(Store& record, ActWalk& walk, const Resources& resources, const BuildLimits& limits,
                                std::vector<Error>& problems, const std::function<void(std::uint64_t)>& progress);

// Removes a record with all that SQLite leaves beside it.
void remove_record(const std::filesystem::path& path);

}  // namespace litopys
