// Destroys records: the segments that hold them are written again without them. What the disk keeps of deleted files is beyond a program's
// reach; an encrypted disk is the answer to that.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>

#include "base/result.h"
#include "vault/log.h"

namespace litopys {

struct Erased {
  std::uint64_t records = 0;  // acts
  std::uint64_t bytes = 0;    // as they lay on the disk
};

// Removes from `evidence` every act that one of `entries` commits to. Each segment is replaced in one step, durable. What is gone already
// is no error, so a crash in between is put right by calling again. Reads all evidence. Offsets behind what was removed change.
[[nodiscard]] Result<Erased> erase_records(const std::filesystem::path& evidence, LogReader& log, const std::set<std::uint64_t>& entries);

}  // namespace litopys
