// The third witness of verify: whether record.db says what evidence and log say. While the evidence is read, the record is made again in a
// file of its own, from what the evidence says was read (store/logged_record.h), and then compared row by row. Where that cannot be, all
// items are read again. Inside store/.
//
//   RecordWitness record(paths, file, options, out, damages);
//   for (each act of the evidence that the log has) record.take(act, index, time);
//   record.compare(vault);
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "claim/record_rules.h"
#include "store/casebook_file.h"
#include "store/casebook_folder.h"
#include "store/damage_tally.h"
#include "store/logged_record.h"
#include "store/store.h"
#include "store/verify.h"
#include "vault/note.h"

namespace litopys {

// What evidence and log were found to have.
struct VaultHeard {
  std::uint64_t entries = 0;             // of the log
  EvidenceEnd end;                       // of the evidence
  std::optional<EvidenceEnd> log_ends;   // where the first record stands that the log does not have
  std::optional<NoteVerifier> verifier;  // of the log, where it could be read
  // Whether an entry from this one on has a record that is not withdrawn.
  std::function<bool(std::uint64_t entry)> has_more;
};

class RecordWitness {
 public:
  // Opens record.db; what stands in the way is told by compare(). Everything given must stay. What is wrong goes into `damages`, rows,
  // notes and what cannot be known into `out`.
  RecordWitness(const CasebookPaths& paths, const CasebookFile& file, const VerifyOptions& options, Verification& out,
                const DamageTally& damages);
  ~RecordWitness();
  RecordWitness(const RecordWitness&) = delete;
  RecordWitness& operator=(const RecordWitness&) = delete;

  // The act of this entry of the log, in their order; `time` is the entry's, needed of what is no item.
  void take(const EvidenceAct& act, std::uint64_t index, const std::string& time);
  // Once all were taken. Error (kConfig): the data files cannot be loaded, and nothing is known.
  [[nodiscard]] Done compare(const VaultHeard& vault);

 private:
  void compare_with_evidence(const VaultHeard& vault);
  void compare_record(Store& record, const ActEnd& end, const VaultHeard& vault);
  void compare_with_logged(Store& record, const std::string& readers, const ActEnd& end);
  [[nodiscard]] std::string why_again(const std::string& readers);
  // Against what is read in all items now.
  void compare_with_read_again(Store& record, const std::string& readers, const ActEnd& end, const VaultHeard& vault);
  // What the record's rules need. False: the data files cannot be loaded, and nothing is known.
  [[nodiscard]] bool load_rules();
  // What reading needs; null as above.
  [[nodiscard]] std::shared_ptr<const Resources> all_data();
  // Whether the data files at hand are those that were read with, whichever reader is asked for now.
  [[nodiscard]] bool same_data(const std::string& readers) const;
  [[nodiscard]] bool quick() const { return !options_.data && options_.resources == nullptr; }
  // Beside the record, where nobody else may look at it; elsewhere only if the casebook cannot be written to. Empty: nowhere.
  [[nodiscard]] std::filesystem::path scratch();
  void clear_scratch();
  // Gone before the record is made again in another way.
  void end_logged();
  void damage(const std::string& problem, const std::string& expected, const std::string& found);
  void damage(const Error& error);

  const CasebookPaths& paths_;
  const CasebookFile& file_;
  const VerifyOptions& options_;
  Verification& out_;
  const DamageTally& damages_;
  Result<Store> record_;
  Done sound_;
  ActEnd record_end_;  // how far record.db says that it has come
  std::optional<LoggedRecord> logged_;
  RecordRules rules_;
  const Codebook* book_ = nullptr;  // in rules_, or the options' resources
  const Gazetteer* gazetteer_ = nullptr;
  std::optional<Error> stopped_;  // why the data files could not be loaded
  std::filesystem::path scratch_;
};

}  // namespace litopys
