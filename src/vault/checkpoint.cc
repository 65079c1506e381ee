#include "vault/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "vault/small_file.h"
#include "vault/tiles.h"

namespace litopys {
namespace {

tl::unexpected<Error> refuse_checkpoint(std::string problem) { return fail(ErrorKind::kMalformed, "checkpoint", {}, std::move(problem)); }

}  // namespace

std::optional<std::uint64_t> plain_size(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  return out;
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  if (!text.ends_with('\n')) return refuse_checkpoint("its last line has no end");
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == 0) return refuse_checkpoint("line " + std::to_string(lines.size() + 1) + " is empty");
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (lines.size() < 3) return refuse_checkpoint("has fewer than three lines");
  Checkpoint out;
  out.origin = lines[0];
  const std::optional<std::uint64_t> size = plain_size(lines[1]);
  if (!size) return refuse_checkpoint("line 2 is no tree size");
  out.size = *size;
  const std::optional<MerkleHash> root = hash_from_base64(lines[2]);
  if (!root) return refuse_checkpoint("line 3 is not the base64 of a root");
  out.root = *root;
  if (out.size == 0 && out.root != empty_tree_root()) return refuse_checkpoint("an empty tree has another root");
  out.extensions.assign(lines.begin() + 3, lines.end());
  return out;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  std::string out = checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base64_of(checkpoint.root) + "\n";
  for (const std::string& line : checkpoint.extensions) out.append(line).append("\n");
  return out;
}

Result<SignedCheckpoint> sign_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer) {
  Result<std::string> bytes = signer.sign(checkpoint_text(checkpoint));
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  return SignedCheckpoint{checkpoint, *std::move(bytes)};
}

Result<SignedCheckpoint> open_checkpoint(std::string_view bytes, const NoteVerifier& verifier) {
  const Result<Note> note = open_note(bytes, verifier);
  if (!note) return tl::unexpected<Error>(note.error());
  Result<Checkpoint> checkpoint = parse_checkpoint_text(note->text);
  if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
  if (checkpoint->origin != verifier.name()) {
    return refuse_checkpoint("its origin is " + checkpoint->origin + ", the key is that of " + verifier.name());
  }
  return SignedCheckpoint{*std::move(checkpoint), std::string(bytes)};
}

std::filesystem::path CheckpointFolder::kept_path(std::uint64_t size) const { return log_ / "checkpoints" / tile_number(size); }

Done CheckpointFolder::keep(const SignedCheckpoint& checkpoint) const {
  const std::uint64_t size = checkpoint.checkpoint.size;
  Result<std::optional<std::string>> old = kept(size);
  if (!old) return tl::unexpected<Error>(old.error());
  if (*old) {
    const Result<Note> note = parse_note(**old);
    const Result<Checkpoint> said = note ? parse_checkpoint_text(note->text) : tl::unexpected<Error>(note.error());
    if (!said || said->size != size || said->root != checkpoint.checkpoint.root) {
      return fail(ErrorKind::kCasebook, kept_path(size).string(), {}, "is another checkpoint of the same size",
                  "a log signs one story only; look into it with: litopys verify");
    }
  } else {
    FileBatch batch(log_, log_ / "tmp", known_);
    if (Done added = batch.add("checkpoints/" + tile_number(size), checkpoint.bytes); !added) return added;
    if (Done done = batch.finish(); !done) return done;
  }
  return put_newest(checkpoint);
}

Done CheckpointFolder::make_newest(const SignedCheckpoint& checkpoint) const {
  if (Done synced = sync_folder(kept_path(checkpoint.checkpoint.size).parent_path()); !synced) return synced;
  return put_newest(checkpoint);
}

Done CheckpointFolder::put_newest(const SignedCheckpoint& checkpoint) const {
  FileBatch batch(log_, log_ / "tmp", known_);
  if (Done added = batch.add("checkpoint", checkpoint.bytes); !added) return added;
  return batch.finish();
}

Result<std::optional<std::string>> CheckpointFolder::newest() const { return find_small_file(newest_path(), kLargestNote); }
Result<std::optional<std::string>> CheckpointFolder::kept(std::uint64_t size) const {
  return find_small_file(kept_path(size), kLargestNote);
}

Result<std::vector<std::uint64_t>> CheckpointFolder::sizes(const std::function<void(const std::filesystem::path&)>& stranger) const {
  std::vector<std::uint64_t> out;
  const Done done = for_each_file(log_ / "checkpoints", [&](const std::string& name) -> Done {
    if (const std::optional<std::uint64_t> size = parse_tile_number(name)) {
      out.push_back(*size);
    } else if (stranger) {
      stranger(std::filesystem::path("checkpoints") / name);
    }
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::optional<std::uint64_t>> CheckpointFolder::largest() const {
  Result<std::vector<std::uint64_t>> all = sizes();
  if (!all) return tl::unexpected<Error>(all.error());
  if (all->empty()) return std::nullopt;
  return all->back();
}

}  // namespace litopys
