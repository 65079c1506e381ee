// A casebook: evidence, custody log and record together, with the order in which they reach the disk.
//
//   my.case/
//     casebook.toml               format, name and codebook
//     lock                        held by the one writer
//     evidence/my-00001.warc.gz   every content once (vault/evidence.h)
//     log/                        the custody log (vault/log.h); log.key, log.vkey beside it
//     announced                   what the last writer was about to write, signed (vault/announced.h)
//     stamps/                     time-stamps over its checkpoints (vault/stamp.h)
//     record.db                   the projection
//
// Order: announcement, evidence, log with its checkpoint, record; each durable before the next. What `add` acknowledged is on disk; what a
// crash left between the steps is put right by the next writer (a torn record cut, announced records without an entry logged, items without
// a row read again). A whole record that was not announced is no crash's: the next writer stops at it. Where it begins to look is signed
// with the announcement, and not asked of the record, which anybody can edit.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
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
#include "vault/act_walk.h"
#include "vault/announced.h"
#include "vault/evidence_writer.h"
#include "vault/lock.h"

namespace litopys {

using Say = std::function<void(const std::string&)>;

// An item that is ready to be kept: hashed, packed and read if the casebook did not have it.
struct TakenItem {
  Item item;  // its bytes are gone where it is packed
  ItemFacts facts;
  std::optional<PackedAct> packed;     // empty: the content was kept already
  std::optional<ItemReading> reading;  // as `packed`; also where its pictures were read only now
  std::optional<Error> trouble;        // why its pictures could not be read
};

// What became of an item that is acknowledged now.
struct KeptItem {
  std::string sha256, id, path;
  bool fresh = false;  // false: seen again
  bool read = false;   // it was read now
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

// An act besides the taking in of items: goes into the evidence as JSON, and into the log.
struct NotedAct {
  Act act = Act::read;
  // JSON object. Its member "public", an object of integers and strings, becomes the entry's facts (vault/entry.h says what may be there).
  std::string json;
};

// The one writer.
class Casebook {
 public:
  // How many items and bytes wait at most before they are acknowledged together, and how long. One batch costs about a dozen fsyncs,
  // whatever it holds (measured in docs/performance.md).
  static constexpr std::size_t kBatchItems = 4096;
  static constexpr std::uint64_t kBatchBytes = 64UL << 20U;
  static constexpr std::chrono::milliseconds kBatchTime{500};

  // Opens the casebook, creates it where there is no folder or an empty one, and puts right what a crash left. `say` gets a line for each
  // thing put right. kCasebook errors: not a casebook, another format, another codebook, pieces missing, read-only, another writer (who is
  // waited for as long as `wait`, and named in a line), a lost or locked key, evidence and log that disagree, records at the end of the
  // evidence that no holder of the key announced. A casebook of an older format becomes one of this.
  [[nodiscard]] static Result<Casebook> open(const std::filesystem::path& folder, std::shared_ptr<const Resources> resources,
                                             const Say& say, std::chrono::seconds wait = {});

  // Hash, pack, read. Any thread.
  [[nodiscard]] Result<TakenItem> take(OpenedItem opened) const;

  // Puts an item into the batch; calls `acknowledge` for each item that became durable, in order. One thread.
  using Acknowledge = std::function<void(const KeptItem&)>;
  [[nodiscard]] Done add(TakenItem item, const Acknowledge& acknowledge);
  // Acknowledges what waits.
  [[nodiscard]] Done flush(const Acknowledge& acknowledge);

  // Logs an act, durable when it returns; gives the index of its entry. Demands that no item waits.
  [[nodiscard]] Result<std::uint64_t> note(const NotedAct& act);

  [[nodiscard]] Store& record() { return *record_; }
  [[nodiscard]] const CasebookFile& file() const { return file_; }
  [[nodiscard]] CustodyLog& log() { return *log_; }

 private:
  friend class CasebookKeeper;
  Casebook(std::filesystem::path folder, std::shared_ptr<const Resources> resources);
  // Good as long as `say` is.
  [[nodiscard]] static WriterPatience patience(const Say& say, std::chrono::seconds wait);
  [[nodiscard]] Done open_vault(const Say& say);
  [[nodiscard]] Done open_evidence();
  struct Kept {
    std::vector<EvidencePlace> places;
    std::uint64_t first = 0;  // index of the first one's entry
  };
  // Announces acts of one kind, writes them and logs them.
  [[nodiscard]] Result<Kept> keep(std::span<const PackedAct> acts, const LogEntry& like);
  struct Noted {
    std::uint64_t index = 0;
    std::string time;
  };
  // The act in evidence and log, not yet in the record.
  [[nodiscard]] Result<Noted> note_in_vault(const NotedAct& act);
  // Finishes withdrawals that a crash interrupted, of which a record that knows `known` entries cannot know. True: there were some, and the
  // record is made again.
  [[nodiscard]] Result<bool> finish_withdrawals(std::uint64_t known, const Say& say);
  // Error (kCasebook) where the log or the evidence has less than the record knows.
  [[nodiscard]] Done lost_nothing(const ActEnd& known) const;
  enum class LookFrom : unsigned char { signed_end, beginning };
  // Compares evidence and log from where the end of both was signed on (or from the beginning, where that is wanted or nothing holds that
  // was signed), cuts what is torn and logs what was announced. Afterwards evidence_->end() is that of the log.
  [[nodiscard]] Done log_what_is_not(LookFrom from, const Say& say);
  // What was announced and is not in `log`, and from where on both must agree. Error: the public key cannot be read.
  [[nodiscard]] Result<AnnouncedActs> announced_acts(LogReader& log) const;
  // Signs that the log has all evidence up to here, with nothing announced.
  [[nodiscard]] Done sign_end(EvidenceEnd end);
  // The error at a record that stands behind all that the log has and was not announced.
  [[nodiscard]] Error not_announced(const EvidencePlace& place, const std::string& why) const;
  // Writes the format of today into casebook.toml, so that no older litopys takes unannounced records over.
  [[nodiscard]] Done bring_up_format(const Say& say);
  [[nodiscard]] Done catch_up(const Say& say);

  std::filesystem::path folder_;
  std::shared_ptr<const Resources> resources_;
  CasebookFile file_;
  std::optional<WriterLock> lock_;
  EvidencePress press_;
  std::optional<EvidenceWriter> evidence_;
  std::optional<CustodyLog> log_;
  std::optional<Store> record_;
  std::shared_ptr<std::mutex> lookup_mutex_;
  std::shared_ptr<Store> lookup_;  // what the record has, asked by any thread under the mutex
  std::vector<TakenItem> batch_;
  std::uint64_t batch_bytes_ = 0;
  std::chrono::steady_clock::time_point batch_began_;
};

struct Rebuilt {
  Counts counts;
  std::vector<Error> problems;  // items that are kept and cannot be read
};

// Makes record.db again from evidence and log, with the codebook of `resources`, and puts it in the old one's place in one step. Puts right
// what a crash left, as Casebook::open does. Where the codebook's version is another than the record's, the log gets a re-read. `progress`
// gets the number of acts done. Reads in parallel.
[[nodiscard]] Result<Rebuilt> rebuild_casebook(const std::filesystem::path& folder, const std::shared_ptr<const Resources>& resources,
                                               const PipelineLimits& limits, const std::function<void(std::uint64_t)>& progress,
                                               const Say& say, std::chrono::seconds wait = {});

struct Withdrawn {
  std::uint64_t records = 0;  // WARC records that were destroyed
  std::uint64_t bytes = 0;    // of the evidence, as they lay on the disk
  std::vector<std::uint64_t> entries;
};

// Destroys an item (its id or SHA-256), every sighting of it and what was said of it (reviews, marks): bytes, facts and salts are in no
// file of the casebook any more. What stays is the log's entries, which say nothing without the salt, and a signed entry for each that
// names it, with `reason` in the evidence. The record is made again, so this reads all items. A crash at any instant leaves the withdrawal
// done or to be finished by the next writer. Errors: kUsage where there is no such item.
[[nodiscard]] Result<Withdrawn> withdraw_item(const std::filesystem::path& folder, std::shared_ptr<const Resources> resources,
                                              const std::string& item, const std::string& reason, const PipelineLimits& limits,
                                              const std::function<void(std::uint64_t)>& progress, const Say& say,
                                              std::chrono::seconds wait = {});

// How many entries of the log the record knows to have been acknowledged: what CustodyLog::open_for_writing is told, so that a log that was
// rolled back is noticed. 0 where there is no record, or none that can say so.
[[nodiscard]] std::uint64_t acknowledged_entries(const std::filesystem::path& folder);

// The facts of a noted act: what its JSON has under "public".
[[nodiscard]] std::map<std::string, std::variant<std::int64_t, std::string>> public_facts(std::string_view json);

}  // namespace litopys
