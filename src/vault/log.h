// The custody log of a casebook: an append-only Merkle tree of entries in the layout of C2SP tlog-tiles, with a signed checkpoint after
// every append. A log of one writer and many readers.
//
//   my.case/log/checkpoint            newest (vault/checkpoint.h)
//   my.case/log/checkpoints/          every one ever signed
//   my.case/log/tile/…                tiles and entry bundles (vault/tiles.h)
//   my.case/log/tmp/                  files that have no name yet; empty unless a writer runs or died
//
//   Result<CustodyLog> log = CustodyLog::open_for_writing(casebook / "log", *key);
//   Result<std::uint64_t> first = log->append(entries);     // index of entries[0]; durable and signed when it returns
//
// Order of an append, each step durable (fsync of files and folders) before the next: entry bundles and tiles under new names, the kept
// checkpoint, the newest checkpoint. Then partial tiles that a full one has replaced are removed.
//
// What a crash leaves, and what open_for_writing does with it: the log is what its largest *kept* checkpoint signs. Where
// checkpoints/ is ahead of `checkpoint`, the newest is rolled forward. Tiles, bundles and temporary files beyond that size are DROPPED:
// append had not returned, nobody was told of them, and entries that merely lie on the disk are never signed (somebody else may have put
// them there). A caller whose evidence is durable and whose append was cut off appends again. Tiles (never bundles) that are missing or
// wrong for the size are made again from the bundles, if the bundles give the signed root; if they do not, opening is a kCasebook error
// and nothing is touched.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/checkpoint.h"
#include "vault/damage.h"
#include "vault/entry.h"
#include "vault/evidence.h"
#include "vault/files.h"
#include "vault/keys.h"
#include "vault/merkle.h"
#include "vault/tiles.h"

namespace litopys {

// A log as one signed checkpoint shows it. Reads files when asked; not for several threads at once (open one a thread, it is cheap).
class LogReader {
 public:
  // At the newest checkpoint, whose signature is verified. Errors (kCasebook): none there, not signed by `verifier`.
  [[nodiscard]] static Result<LogReader> open(const std::filesystem::path& log, const NoteVerifier& verifier);
  // At the kept checkpoint of that size.
  [[nodiscard]] static Result<LogReader> open_at(const std::filesystem::path& log, const NoteVerifier& verifier, std::uint64_t size);

  [[nodiscard]] const SignedCheckpoint& checkpoint() const { return checkpoint_; }
  [[nodiscard]] std::uint64_t size() const { return checkpoint_.checkpoint.size; }

  // The entry's bytes, proved against the checkpoint's root. Errors (kCasebook): beyond size(), a file missing or damaged, not in the tree.
  [[nodiscard]] Result<std::string> entry_bytes(std::uint64_t index);
  // The same, parsed.
  [[nodiscard]] Result<LogEntry> entry(std::uint64_t index);
  // Root of the first `size` leaves; demands size <= size(). From the tiles, unproved unless size == size().
  [[nodiscard]] Result<MerkleHash> root(std::uint64_t size);
  // Proofs out of the tiles; each is verified against the checkpoint's root before it is given (consistency: only where to == size()).
  [[nodiscard]] Result<std::vector<MerkleHash>> inclusion(std::uint64_t index, std::uint64_t size);
  [[nodiscard]] Result<std::vector<MerkleHash>> consistency(std::uint64_t from, std::uint64_t to);

  // Calls `each` with every entry of [from, size()) in order, from the bundles alone and unproved (verify_log proves them). Stops with the
  // error of `each`.
  [[nodiscard]] Done for_each(std::uint64_t from, const std::function<Done(std::uint64_t index, std::string_view bytes)>& each);

 private:
  LogReader(std::filesystem::path log, SignedCheckpoint checkpoint);
  std::filesystem::path log_;
  SignedCheckpoint checkpoint_;
  TileReader tiles_;
};

// What opening put right, in sentences for the user; empty after a clean end.
struct LogRecovery {
  std::vector<std::string> lines;
  std::uint64_t files_dropped = 0;
  std::uint64_t tiles_made_again = 0;
};

class CustodyLog {
 public:
  // The folder's parent must be there; an empty or missing folder becomes a log with a signed checkpoint of size 0. Whoever calls holds the
  // casebook's writer lock. Costs O(log size) files, besides what recovery needs.
  // `at_least`: the size that the caller knows to have been acknowledged. A smaller log was rolled back or restored in part: a kCasebook
  // error, and nothing is dropped.
  [[nodiscard]] static Result<CustodyLog> open_for_writing(const std::filesystem::path& log, const LogKey& key, std::uint64_t at_least = 0);

  [[nodiscard]] const LogRecovery& recovery() const { return recovery_; }
  [[nodiscard]] std::uint64_t size() const { return checkpoint_.checkpoint.size; }
  [[nodiscard]] const SignedCheckpoint& checkpoint() const { return checkpoint_; }

  // Group commit: all of `entries` under one checkpoint. Gives the index of the first. No entries: nothing happens. After an error the log
  // is as it was, and this object can no longer append (every further call gives the same error); open it again.
  [[nodiscard]] Result<std::uint64_t> append(std::span<const LogEntry> entries);
  // The same for bytes that are entries of another kind (tests, other logs' vectors). Each at most kLargestEntry bytes.
  [[nodiscard]] Result<std::uint64_t> append_bytes(std::span<const std::string> entries);

  // That these entries are to be appended next, for acts that are to stand behind `end`, up to which the log has all evidence; signed:
  // vault/announced.h. Errors: as append would give one before it writes.
  [[nodiscard]] Result<std::string> announcement(std::span<const LogEntry> entries, EvidenceEnd end) const;

  // A reader at checkpoint().
  [[nodiscard]] Result<LogReader> reader() const;

 private:
  CustodyLog(std::filesystem::path log, NoteSigner signer)
      : log_(std::move(log)), signer_(std::move(signer)), folders_(std::make_shared<std::set<std::filesystem::path>>()) {}
  struct Edge;  // the partial tiles and bundle at the right end of the tree
  [[nodiscard]] static Result<Edge> load_edge(const std::filesystem::path& log, const Checkpoint& checkpoint);
  [[nodiscard]] static Result<Edge> make_tiles_again(const std::filesystem::path& log, const Checkpoint& checkpoint, std::uint64_t& made);

  std::filesystem::path log_;
  NoteSigner signer_;
  SignedCheckpoint checkpoint_;
  LogRecovery recovery_;
  std::shared_ptr<Edge> edge_;
  std::shared_ptr<std::set<std::filesystem::path>> folders_;  // see FileBatch
  std::optional<Error> broken_;
};

// What verify_log went through.
struct LogCheck {
  std::uint64_t entries = 0;
  std::uint64_t bundles = 0;      // files
  std::uint64_t tiles = 0;        // files
  std::uint64_t checkpoints = 0;  // kept ones whose signature holds and whose root is the one that the entries give at their size
  std::uint64_t size = 0;         // up to which entries are signed
  MerkleHash root{};
  std::uint64_t damages = 0;       // how often `report` was called
  std::uint64_t unfinished = 0;    // files of an append that runs or was cut off: no damage, the next writer drops them
  std::vector<std::string> notes;  // what is odd and no damage, for people
};

struct LogCheckOptions {
  std::string prefix = "log/";  // before the names in damages
  // Called with the bytes of each entry that is what the tree says, in order.
  std::function<void(std::uint64_t index, std::string_view bytes)> on_entry;
  bool entries_are_ours = true;  // demand that each parses as LogEntry
};

// Goes through the whole log from its entries: every bundle, the hash of every leaf, every tile file that lies there (partial ones too,
// also those of older sizes), the root at the size of every kept checkpoint (which makes all of them consistent with one another), every
// signature, files that are missing for a checkpoint, a newest checkpoint that is not the last kept one, and names that belong to no log.
// Where an entry and its leaf hash differ, the hash above them tells which of the two is damaged, so that one flipped bit is one line.
// Streams: memory is a tile a level, each file is read once or twice. Reports in the order of the walk and never stops at the first damage.
//
// A crash of a writer is no damage: files beyond the signed size (`unfinished`), and a newest checkpoint that is one append behind the kept
// ones (a note).
[[nodiscard]] LogCheck verify_log(const std::filesystem::path& log, const NoteVerifier& verifier, const ReportDamage& report,
                                  const LogCheckOptions& options = {});

// Checkpoints that were kept elsewhere (a partner's copy, paper, a time-stamp): each of `anchors` (bytes of a signed checkpoint) must be
// signed by `verifier` and have the root that the log's tiles give at its size. What a log rebuilt or rolled back with the same key fails.
// Demands that verify_log found the tiles sound.
void verify_anchors(const std::filesystem::path& log, const NoteVerifier& verifier, std::span<const std::string> anchors,
                    const ReportDamage& report);

}  // namespace litopys
