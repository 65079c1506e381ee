// Checkpoints (C2SP tlog-checkpoint): the size and root of the log's tree, signed; and the folder that keeps every one of them, since a log
// that was rebuilt with the same key is caught by nothing but a checkpoint from before.
//
//   my.case/log/checkpoint               the newest
//   my.case/log/checkpoints/x001/234     the one of size 1234 (numbered as tiles are)
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "vault/files.h"
#include "vault/merkle.h"
#include "vault/note.h"

namespace litopys {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  MerkleHash root{};
  std::vector<std::string> extensions;  // lines; litopys writes none

  [[nodiscard]] bool operator==(const Checkpoint&) const = default;
};

// Note text to checkpoint and back. Errors are kMalformed: fewer than three lines, an empty line, a size with a leading zero, a root that
// is not the base64 of 32 bytes; a root of size 0 that is not the empty tree's.
[[nodiscard]] Result<Checkpoint> parse_checkpoint_text(std::string_view text);
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);

// A size or index in its one decimal form, without leading zeroes.
[[nodiscard]] std::optional<std::uint64_t> plain_size(std::string_view text);

struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::string bytes;  // the whole note, as signed and kept
};
[[nodiscard]] Result<SignedCheckpoint> sign_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer);
// Signature by `verifier`, and the origin must be the key's name.
[[nodiscard]] Result<SignedCheckpoint> open_checkpoint(std::string_view bytes, const NoteVerifier& verifier);

// log/checkpoint and log/checkpoints/ of a log's folder. Several may read beside one that writes.
class CheckpointFolder {
 public:
  // `known`: see FileBatch.
  explicit CheckpointFolder(std::filesystem::path log,
                            std::shared_ptr<std::set<std::filesystem::path>> known = std::make_shared<std::set<std::filesystem::path>>())
      : log_(std::move(log)), known_(std::move(known)) {}

  // First the kept one, then the newest is replaced; each durable. A kept one of the same size with the same root stands as it is; with
  // another root it is a kCasebook error, since a log never signs two stories.
  [[nodiscard]] Done keep(const SignedCheckpoint& checkpoint) const;
  // Only log/checkpoint, from a kept one, whose name is made durable first: after a crash between the two.
  [[nodiscard]] Done make_newest(const SignedCheckpoint& checkpoint) const;

  // Bytes as the files have them, unchecked. Nothing where there is no such file; errors where it cannot be read.
  [[nodiscard]] Result<std::optional<std::string>> newest() const;
  [[nodiscard]] Result<std::optional<std::string>> kept(std::uint64_t size) const;
  // The sizes of the kept ones, ascending. `stranger` is called with each name in the folder that is no checkpoint's.
  [[nodiscard]] Result<std::vector<std::uint64_t>> sizes(const std::function<void(const std::filesystem::path&)>& stranger = {}) const;
  // The largest size that is kept. Lists them all.
  [[nodiscard]] Result<std::optional<std::uint64_t>> largest() const;

  [[nodiscard]] std::filesystem::path newest_path() const { return log_ / "checkpoint"; }
  [[nodiscard]] std::filesystem::path kept_path(std::uint64_t size) const;

 private:
  [[nodiscard]] Done put_newest(const SignedCheckpoint& checkpoint) const;

  std::filesystem::path log_;
  std::shared_ptr<std::set<std::filesystem::path>> known_;
};

}  // namespace litopys
