// What a writer is about to write, signed before it writes. Evidence is durable before it is logged, so a crash leaves records that the log
// does not have, and the next writer logs them. This tells them from what somebody without the key put there: it takes only what was
// announced, in that order, to follow the log as it stands, and it begins to look where the log's part of the evidence was signed to end.
//
//   std::string note = log.announcement(entries, writer.end()).value();  // made durable as my.case/announced; then evidence, then log
//   AnnouncedActs acts(load_announcement(my.case/announced, verifier), log_reader);
//   acts.take(commitment)                                                // true: it is the next one
//
// my.case/announced is a signed note (C2SP signed-note) with the text of a checkpoint (C2SP tlog-checkpoint) whose origin has "/announced"
// behind it, so that it is taken for no checkpoint:
//
//   litopys/0123456789abcdef/announced
//   1234                                   entries that the log had
//   CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=     their root
//   evidence 2 48211                       where the first act is to stand: segment and byte, up to which the log has all
//   mfCmvPQE0rNtVXtyYQsnqzCz8dXtYF4B8U0FbRXTWjU=     the commitment of the first act that is to follow, and so on
//
// The position is missing in what casebook format 3 announced. Only the last announcement is kept. Commitments are salted: of what was
// withdrawn they say nothing. An old announcement that is put back lets in nothing: its acts have their entries by now, or others have
// their place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "vault/act_walk.h"
#include "vault/evidence.h"
#include "vault/log.h"
#include "vault/merkle.h"
#include "vault/note.h"

namespace litopys {

struct Announcement {
  std::uint64_t size = 0;  // of the log that the acts are to follow
  MerkleHash root{};
  std::optional<EvidenceEnd> end;  // of the evidence that the log has
  std::vector<MerkleHash> commitments;

  [[nodiscard]] bool operator==(const Announcement&) const = default;
};

[[nodiscard]] std::filesystem::path announced_path(const std::filesystem::path& casebook);  // CASE/announced

// The bytes of the file. Errors as NoteSigner::sign.
[[nodiscard]] Result<std::string> sign_announcement(const Announcement& announcement, const NoteSigner& signer);
// Nothing where there is no such file. Errors (kCasebook): unreadable, or not one that the key of `verifier` signed.
[[nodiscard]] Result<std::optional<Announcement>> load_announcement(const std::filesystem::path& path, const NoteVerifier& verifier);

// The acts of an announcement that the log does not have yet.
class AnnouncedActs {
 public:
  // Looks up what `log` has of them: entries of time-stamps may stand between. Where it has others instead, none is left.
  AnnouncedActs(const Result<std::optional<Announcement>>& announcement, LogReader& log);

  // Whether this is the commitment of the next one.
  [[nodiscard]] bool is_next(const MerkleHash& commitment) const { return next_ < left_.size() && left_[next_] == commitment; }
  // The same; it is passed then.
  [[nodiscard]] bool take(const MerkleHash& commitment);
  // From where on evidence and log must agree: what stands before was logged when this was signed. Nullopt: none was signed, or for another
  // story than the log's. A withdrawal moves what stands behind it: whoever finds nothing of ours there has to look from the beginning.
  [[nodiscard]] const std::optional<ActEnd>& covered() const { return covered_; }
  // Why what take() refused is none, in a clause.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  std::vector<MerkleHash> left_;
  std::size_t next_ = 0;
  std::optional<ActEnd> covered_;
  std::string problem_;
};

}  // namespace litopys
