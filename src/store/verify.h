// Whether a casebook is what it says: every record, digest, leaf, tile, checkpoint, signature and time-stamp, and that record.db says what
// the evidence says. Changes nothing in the casebook.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/pipeline.h"
#include "base/result.h"
#include "claim/pipeline.h"
#include "vault/damage.h"
#include "vault/log.h"

namespace litopys {

struct VerifyOptions {
  // To compare the record with: all data files. Or where they lie, of which only what the rules of the record need is loaded, and what
  // loads all of them once items must be read again. None of it: claims and texts are not compared (items and sightings are).
  std::shared_ptr<const Resources> resources;
  std::optional<ResourcePaths> data;
  std::function<Result<std::shared_ptr<const Resources>>()> load;
  // Items are read again, also where the log commits to what was read in them and the record says just that.
  bool reread = false;
  PipelineLimits pipeline;
  std::vector<std::string> anchors;                                    // signed checkpoints that were kept elsewhere: their bytes
  std::function<void(std::uint64_t)> progress = [](std::uint64_t) {};  // records done
};

// What was gone through. Counts say what was looked at, not what was good: damages are reported one by one.
struct Verification {
  std::uint64_t segments = 0, records = 0, bytes = 0;  // of the evidence; bytes as they lie on the disk
  std::uint64_t items = 0, sightings = 0, acts = 0;    // acts besides: read, exported, …
  std::uint64_t withdrawn = 0;                         // entries whose record was destroyed
  LogCheck log;
  std::uint64_t anchors = 0;
  std::uint64_t stamps = 0, stamps_pending = 0;
  std::uint64_t rows = 0;  // of record.db that were compared
  bool reread = false;     // … with what is read in the items now, not only with what was logged as read
  std::uint64_t damages = 0;
  std::vector<std::string> notes;    // what is unfinished, and is no damage
  std::vector<std::string> unknown;  // what cannot be known from the casebook alone
};

// Errors: no casebook at all, another format, a writer is at work (kCasebook); data files that cannot be loaded (kConfig). Damage is no
// error: `report` gets it, in the order in which it is found. Memory: 40 bytes a log entry, a document and a claim, and one record.
[[nodiscard]] Result<Verification> verify_casebook(const std::filesystem::path& folder, const VerifyOptions& options,
                                                   const ReportDamage& report);

}  // namespace litopys
