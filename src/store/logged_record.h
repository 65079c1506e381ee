// The record made again without reading: of each item what a record has of it, once its digest has shown that it is what the evidence says
// was read (ItemFacts::reading), to which the log commits. What follows from that (columns to search by, reviews, marks) is worked out
// again. For verify, at the speed of the disk. Inside store/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "codebook/codebook.h"
#include "store/compare.h"
#include "store/store.h"
#include "vault/evidence_reader.h"

namespace litopys {

class LoggedRecord {
 public:
  // Makes it at `place`, from what `looked_at` has; both must stay. `book` needs its id and version alone. Reads the search terms at once:
  // 40 bytes a document and a claim.
  LoggedRecord(Store& looked_at, const std::filesystem::path& place, const Codebook& book);
  ~LoggedRecord();
  LoggedRecord(const LoggedRecord&) = delete;
  LoggedRecord& operator=(const LoggedRecord&) = delete;

  // The act of this entry of the log, in their order; `time` is the entry's, needed of what is no item. Nothing more once it has failed.
  void take(const EvidenceAct& act, std::uint64_t index, const std::string& time);
  // Why the record cannot be compared so: the first item whose reading was not logged, or of which the record says something else. Empty:
  // it can.
  [[nodiscard]] const std::string& problem() const;
  // What was taken, against all rows and search terms of the record that it was made from.
  // Precondition: no problem.
  [[nodiscard]] Done compare(const ActEnd& end, Store& looked_at, std::uint64_t& rows, const Differs& differs);
  [[nodiscard]] std::uint64_t items() const;
  // Who read what was taken, as Store::readers has it. Precondition: no problem.
  [[nodiscard]] Result<std::string> readers();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;  // null after an error of the beginning
  std::string problem_;
};

}  // namespace litopys
