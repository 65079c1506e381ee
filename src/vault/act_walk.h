// Evidence and custody log side by side: each act with its entry. What rebuild reads from, what a crash left is found with, and what verify
// compares.
//
//   ActWalk walk(casebook, log_reader, {});
//   while (auto step = walk.next()) ...
//
// Entries are matched to acts by commitment, in order. An entry may have no act: a time-stamp (its bytes lie elsewhere), or an item that
// was withdrawn (a later entry says so). An act without an entry can only stand at the end, behind the log's last: a crash came between the
// two.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "base/result.h"
#include "vault/evidence_reader.h"
#include "vault/log.h"

namespace litopys {

// How far something has come in evidence and log.
struct ActEnd {
  EvidenceEnd evidence;
  std::uint64_t entries = 0;

  [[nodiscard]] bool operator==(const ActEnd&) const = default;
};

// Whether entries of this act have a record in the evidence.
[[nodiscard]] constexpr bool has_evidence(Act act) { return act != Act::stamped; }

// Entries of a log, pulled one by one; a few hundred are held. Unproved, as LogReader::for_each gives them.
class EntryCursor {
 public:
  EntryCursor(LogReader log, std::uint64_t from) : log_(std::move(log)), next_(from) {}
  struct Step {
    std::uint64_t index = 0;
    LogEntry entry;
  };
  // The next entry without taking it; nullptr at the end, or after an error.
  [[nodiscard]] const Step* peek();
  void take() { held_.pop_front(); }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  LogReader log_;
  std::uint64_t next_;  // to be fetched
  std::deque<Step> held_;
  std::optional<Error> error_;
};

// The entries that later entries withdraw, of all from `from` on.
[[nodiscard]] Result<std::set<std::uint64_t>> withdrawn_entries(LogReader& log, std::uint64_t from);

class ActWalk {
 public:
  struct Step {
    EvidenceAct act;
    std::optional<std::uint64_t> index;  // of its entry; nullopt: the log does not have it
    LogEntry entry;
  };

  // `folder` is the casebook's; `from` an end that an earlier walk or append gave.
  ActWalk(const std::filesystem::path& folder, LogReader log, const ActEnd& from);

  // Nullopt at the end of both. Errors (kCasebook): of the evidence, of the log, or that the two disagree.
  [[nodiscard]] std::optional<Result<Step>> next();
  // Behind what was given.
  [[nodiscard]] ActEnd end() const;
  // After an error of the evidence: it lies behind all that the log has, so that nothing there was ever acknowledged.
  [[nodiscard]] bool torn();
  // The entries from `from` on that were withdrawn.
  [[nodiscard]] const std::set<std::uint64_t>& withdrawn() const { return withdrawn_; }

 private:
  EvidenceReader evidence_;
  EntryCursor entries_;
  std::set<std::uint64_t> withdrawn_;
  std::optional<Error> error_;
  std::uint64_t log_size_ = 0;
  std::uint64_t done_ = 0;
  bool disagree_ = false;
};

}  // namespace litopys
