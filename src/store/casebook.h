// A casebook: evidence, item lines and record together, with the order in which they reach the disk.
//
//   my.case/
//     casebook.toml         format and codebook
//     lock                  held by the one writer
//     evidence/ab/cdef…     every content once, by its SHA-256
//     evidence/items.jsonl  one line each time an item was seen
//     record.db             the projection
//
// Order: evidence, item line, record; each durable before the next. What `add` acknowledged is on disk; what a crash left between the steps
// is put right by the next writer (temporary files removed, a torn line cut, items without a record read again).
#pragma once

#include <chrono>
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
#include "intake/open.h"
#include "store/casebook_file.h"
#include "store/reading.h"
#include "store/store.h"
#include "vault/evidence.h"
#include "vault/journal.h"
#include "vault/lock.h"

namespace litopys {

// An item whose bytes are durable, read if the casebook did not have it.
struct TakenItem {
  StagedItem staged;
  std::string id, path;
  std::vector<std::string> notes;
  std::optional<ItemReading> reading;  // empty: the content was kept already
};

// What became of an item that is acknowledged now.
struct KeptItem {
  std::string sha256, id, path;
  bool fresh = false;  // false: seen again
  std::uint64_t claims = 0;
  std::optional<Error> problem;  // kept, not read
};

// For asking. Several may be open, beside a writer too.
struct CasebookReader {
  std::filesystem::path folder;
  CasebookFile file;
  Store record;
  bool behind = false;  // items are kept that the record does not have yet: an `add` was interrupted or is running
};
[[nodiscard]] Result<CasebookReader> open_casebook(const std::filesystem::path& folder);

// The one writer.
class Casebook {
 public:
  // How many items and bytes wait at most before they are acknowledged together, and how long (measured in docs: one fsync an item caps a
  // busy machine at 100 to 500 items a second).
  static constexpr std::size_t kBatchItems = 100;
  static constexpr std::uint64_t kBatchBytes = 64UL << 20U;
  static constexpr std::chrono::milliseconds kBatchTime{50};

  // Opens the casebook, creates it where there is no folder or an empty one, and puts right what a crash left. `say` gets a line for each
  // thing put right. kCasebook errors: not a casebook, a newer format, another codebook, pieces missing, read-only, another writer.
  [[nodiscard]] static Result<Casebook> open(const std::filesystem::path& folder, std::shared_ptr<const Resources> resources,
                                             const std::function<void(const std::string&)>& say);

  // Hash, write, read. Any thread.
  [[nodiscard]] Result<TakenItem> take(OpenedItem opened) const;

  // Puts an item into the batch; calls `acknowledge` for each item that became durable, in order. One thread.
  using Acknowledge = std::function<void(const KeptItem&)>;
  [[nodiscard]] Done add(TakenItem item, const Acknowledge& acknowledge);
  // Acknowledges what waits.
  [[nodiscard]] Done flush(const Acknowledge& acknowledge);

  [[nodiscard]] Store& record() { return *record_; }
  [[nodiscard]] const CasebookFile& file() const { return file_; }

 private:
  Casebook(std::filesystem::path folder, std::shared_ptr<const Resources> resources);
  [[nodiscard]] Done catch_up(const std::function<void(const std::string&)>& say);

  std::filesystem::path folder_;
  std::shared_ptr<const Resources> resources_;
  CasebookFile file_;
  std::optional<WriterLock> lock_;
  std::optional<EvidenceFolder> evidence_;
  std::optional<ItemJournal> journal_;
  std::optional<Store> record_;
  std::vector<TakenItem> batch_;
  std::uint64_t batch_bytes_ = 0;
  std::chrono::steady_clock::time_point batch_began_;
};

struct Rebuilt {
  Counts counts;
  std::vector<Error> problems;  // items that are kept and cannot be read
};

// Makes record.db again from evidence and item lines, with the codebook of `resources`, and puts it in the old one's place in one step.
// `progress` gets the number of item lines done. Reads in parallel.
[[nodiscard]] Result<Rebuilt> rebuild_casebook(const std::filesystem::path& folder, std::shared_ptr<const Resources> resources,
                                               const PipelineLimits& limits, const std::function<void(std::uint64_t)>& progress);

// Now, as item lines have it.
[[nodiscard]] std::string timestamp();

}  // namespace litopys
