// The writer keeps the right edge of the tree in memory: the entries of the partial bundle and, for each level, the hashes of its partial
// tile. An append pushes leaves in at level 0; a tile that becomes full is written and its root is pushed in one level up. The root of the
// tree is hashed together from the edge alone, since everything left of it is complete subtrees whose roots are in the edge.
#include "vault/log.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/counted.h"
#include "vault/announced.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> damaged(const fs::path& file, std::string problem) {
  return fail(ErrorKind::kCasebook, file.string(), {}, std::move(problem),
              "find out more with: litopys verify; restore the folder from a copy of the casebook");
}

std::string entries_of(std::uint64_t n) { return counted(n, "entry", "entries"); }

}  // namespace

// The right edge of a tree of `size` leaves.
struct CustodyLog::Edge {
  std::uint64_t size = 0;
  std::string bundle;                                       // bytes of the partial entry bundle
  std::array<std::vector<MerkleHash>, kTileLevels> levels;  // the partial tile of each level, fewer than 256 hashes
  std::array<bool, kTileLevels> changed{};                  // since the last flush

  // The hash that is given up to the next level is counted there by index: size >> 8 * level.
  Done append(std::string_view entry, FileBatch& files) {
    append_to_bundle(bundle, entry);
    levels[0].push_back(leaf_hash(entry));
    changed[0] = true;
    ++size;
    if (size % kTileWidth != 0) return {};
    if (Done added = files.add(bundle_name(size / kTileWidth - 1, kTileWidth), bundle); !added) return added;
    bundle.clear();
    for (unsigned level = 0; level + 1 < kTileLevels && levels[level].size() == kTileWidth; ++level) {
      const std::uint64_t index = (size >> (level * kTileHeight)) / kTileWidth - 1;
      if (Done added = files.add(tile_name(level, index, kTileWidth), tile_bytes(levels[level])); !added) return added;
      levels[level + 1].push_back(subtree_root(levels[level]));
      changed[level + 1] = true;
      levels[level].clear();
      changed[level] = false;
    }
    return {};
  }

  // Writes the partial files of this size that are new.
  Done flush(FileBatch& files) {
    if (!bundle.empty() && changed[0]) {
      if (Done added = files.add(bundle_name(size / kTileWidth, size % kTileWidth), bundle); !added) return added;
    }
    for (unsigned level = 0; level < kTileLevels; ++level) {
      if (!changed[level] || levels[level].empty()) continue;
      const std::uint64_t index = (size >> (level * kTileHeight)) / kTileWidth;
      if (Done added = files.add(tile_name(level, index, levels[level].size()), tile_bytes(levels[level])); !added) return added;
    }
    changed.fill(false);
    return {};
  }

  // Complete subtrees from the right: the partial tile of each level, each power of two of its hashes.
  [[nodiscard]] MerkleHash root() const {
    std::optional<MerkleHash> out;
    for (const std::vector<MerkleHash>& hashes : levels) {
      std::size_t end = hashes.size();
      for (std::size_t width = 1; end > 0; width *= 2) {
        if ((end & width) == 0) continue;
        const MerkleHash peak = subtree_root(std::span(hashes).subspan(end - width, width));
        out = out ? node_hash(peak, *out) : peak;
        end -= width;
      }
    }
    return out.value_or(empty_tree_root());
  }
};

namespace {

// What open_for_writing decides on: the checkpoint that the log stands at.
struct Standing {
  std::optional<SignedCheckpoint> checkpoint;
  bool newest_is_behind = false;
  bool kept_is_missing = false;
};

Result<Standing> standing_of(const fs::path& log, const NoteVerifier& verifier) {
  const CheckpointFolder folder(log);
  const auto opened = [&](const std::string& bytes, const fs::path& path) -> Result<SignedCheckpoint> {
    Result<SignedCheckpoint> out = open_checkpoint(bytes, verifier);
    if (!out) return damaged(path, out.error().problem);
    return out;
  };
  Standing out;
  const Result<std::optional<std::string>> newest = folder.newest();
  if (!newest) return tl::unexpected<Error>(newest.error());
  if (*newest) {
    Result<SignedCheckpoint> checkpoint = opened(**newest, folder.newest_path());
    if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
    out.checkpoint = *std::move(checkpoint);
    out.kept_is_missing = true;
  }
  const Result<std::optional<std::uint64_t>> largest = folder.largest();
  if (!largest) return tl::unexpected<Error>(largest.error());
  if (!*largest) return out;
  const Result<std::optional<std::string>> bytes = folder.kept(**largest);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  const fs::path path = folder.kept_path(**largest);
  Result<SignedCheckpoint> kept = opened(bytes->value_or(std::string()), path);
  if (!kept) return tl::unexpected<Error>(kept.error());
  if (kept->checkpoint.size != **largest) return damaged(path, "has another size than its name says");
  if (!out.checkpoint || kept->checkpoint.size > out.checkpoint->checkpoint.size) {
    return Standing{*std::move(kept), true, false};
  }
  if (kept->checkpoint.size == out.checkpoint->checkpoint.size) {
    if (kept->checkpoint.root != out.checkpoint->checkpoint.root) return damaged(path, "is another checkpoint than log/checkpoint");
    out.kept_is_missing = false;
  }
  return out;
}

// Removes what belongs to a larger log than `size`, and temporary files. Gives how many.
Result<std::uint64_t> drop_beyond(const fs::path& log, std::uint64_t size) {
  std::uint64_t dropped = 0;
  std::set<fs::path> folders;
  const auto drop = [&](const fs::path& path) -> Done {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return casebook_failure(path, "cannot be removed", errno);
    folders.insert(path.parent_path());
    ++dropped;
    return {};
  };
  Done done = for_each_file(log / "tmp", [&](const std::string& name) { return drop(log / "tmp" / name); });
  if (!done) return tl::unexpected<Error>(done.error());
  done = for_each_file(log / "tile", [&](const std::string& name) -> Done {
    const std::optional<TileName> tile = parse_tile_name("tile/" + name);
    if (!tile) return {};  // none of ours; verify names it
    const std::uint64_t width = tile_width(tile->entries ? 0 : tile->level, tile->index, size);
    return tile->width <= width ? Done{} : drop(log / "tile" / name);
  });
  if (!done) return tl::unexpected<Error>(done.error());
  for (const fs::path& folder : folders) {
    if (Done synced = sync_folder(folder); !synced) return tl::unexpected<Error>(synced.error());
  }
  return dropped;
}

// Partial tiles and bundles that full ones have replaced: tlog-tiles, "Partial Tiles", allows to remove them. Nothing depends on it, so
// that errors are ignored: the next append, or nobody, tries again.
void remove_replaced(const fs::path& log, std::uint64_t from, std::uint64_t to) {
  std::error_code none;
  const auto remove = [&](const std::string& full) { fs::remove_all(log / (full + ".p"), none); };
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t first = (from >> (level * kTileHeight)) / kTileWidth;
    const std::uint64_t end = (to >> (level * kTileHeight)) / kTileWidth;
    if (first == end) break;
    // Only the tile that was partial before can have partial files.
    remove(tile_name(level, first, kTileWidth));
    if (level == 0) remove(bundle_name(first, kTileWidth));
  }
}

}  // namespace

// The edge as the files have it; an error where they do not give the checkpoint's root.
Result<CustodyLog::Edge> CustodyLog::load_edge(const fs::path& log, const Checkpoint& checkpoint) {
  Edge out;
  out.size = checkpoint.size;
  TileReader tiles(log, checkpoint.size);
  for (unsigned level = 0; level < kTileLevels; ++level) {
    const std::uint64_t index = (checkpoint.size >> (level * kTileHeight)) / kTileWidth;
    if (tile_width(level, index, checkpoint.size) == 0) continue;
    Result<std::vector<MerkleHash>> hashes = tiles.tile(level, index);
    if (!hashes) return tl::unexpected<Error>(hashes.error());
    out.levels[level] = *std::move(hashes);
  }
  if (out.root() != checkpoint.root) return damaged(log, "the tiles do not give the root of the checkpoint");
  const std::uint64_t partial = checkpoint.size % kTileWidth;
  for (std::uint64_t i = 0; i < partial; ++i) {
    Result<std::string> entry = tiles.entry(checkpoint.size - partial + i);
    if (!entry) return tl::unexpected<Error>(entry.error());
    if (leaf_hash(*entry) != out.levels[0][i]) {
      return damaged(log / bundle_name(checkpoint.size / kTileWidth, partial),
                     "entry " + std::to_string(checkpoint.size - partial + i) + " is not what its leaf hash says");
    }
    append_to_bundle(out.bundle, *entry);
  }
  return out;
}

// All tiles from the entries, if these give the checkpoint's root; writes those that are missing or other than they should be.
Result<CustodyLog::Edge> CustodyLog::make_tiles_again(const fs::path& log, const Checkpoint& checkpoint, std::uint64_t& made) {
  // First without writing: whether the entries are what was signed.
  const auto walk = [&](const std::function<Done(std::string_view)>& each) -> Done {
    TileReader tiles(log, checkpoint.size);
    for (std::uint64_t i = 0; i < checkpoint.size; ++i) {
      Result<std::string> entry = tiles.entry(i);
      if (!entry) return tl::unexpected<Error>(entry.error());
      if (Done done = each(*entry); !done) return done;
    }
    return {};
  };
  MerkleFrontier frontier;
  Done done = walk([&](std::string_view entry) -> Done {
    frontier.append(leaf_hash(entry));
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  if (frontier.root() != checkpoint.root) {
    return damaged(log, "the entries are not those that the checkpoint of size " + std::to_string(checkpoint.size) + " signs");
  }
  Edge out;
  FileBatch files(log, log / "tmp");
  files.only_where_different(&made);
  done = walk([&](std::string_view entry) { return out.append(entry, files); });
  if (done) done = out.flush(files);
  if (done) done = files.finish();
  if (!done) return tl::unexpected<Error>(done.error());
  return out;
}

Result<CustodyLog> CustodyLog::open_for_writing(const fs::path& log, const LogKey& key, std::uint64_t at_least) {
  const auto failed = [](const Error& error) { return tl::unexpected<Error>(error); };
  CustodyLog out(log, key.signer());
  struct stat status {};
  const bool fresh = stat(log.c_str(), &status) != 0;
  for (const fs::path& folder : {log, log / "tmp"}) {
    if (Done made = make_folder(folder); !made) return failed(made.error());
  }
  if (fresh) {
    if (Done synced = sync_folder(log.has_parent_path() ? log.parent_path() : fs::path(".")); !synced) return failed(synced.error());
  }
  Result<Standing> standing = standing_of(log, key.verifier());
  if (!standing) return failed(standing.error());
  if (const std::uint64_t size = standing->checkpoint ? standing->checkpoint->checkpoint.size : 0; size < at_least) {
    return damaged(log, "its newest checkpoint is of " + entries_of(size) + ", and " + std::to_string(at_least) +
                            " were acknowledged: it was rolled back, or restored in part");
  }
  const CheckpointFolder checkpoints(log, out.folders_);
  if (!standing->checkpoint) {
    // A new log. Entries without any checkpoint are not a log of ours that crashed: the empty one is signed before the first entry.
    bool tiles = false;
    const Done looked = for_each_file(log / "tile", [&](const std::string&) -> Done {
      tiles = true;
      return {};
    });
    if (!looked) return failed(looked.error());
    if (tiles) return damaged(log, "has entries and no checkpoint that signs them");
    Result<SignedCheckpoint> empty = sign_checkpoint({key.verifier().name(), 0, empty_tree_root(), {}}, out.signer_);
    if (!empty) return failed(empty.error());
    if (Done kept = checkpoints.keep(*empty); !kept) return failed(kept.error());
    out.checkpoint_ = *std::move(empty);
    out.edge_ = std::make_shared<Edge>();
    return out;
  }
  out.checkpoint_ = *std::move(standing->checkpoint);
  const Checkpoint& at = out.checkpoint_.checkpoint;
  // The files that the checkpoint signs must be there before anything is changed.
  Result<Edge> edge = load_edge(log, at);
  if (!edge) {
    edge = make_tiles_again(log, at, out.recovery_.tiles_made_again);
    if (!edge) return failed(edge.error());
    out.recovery_.lines.push_back("the custody log: " + std::to_string(out.recovery_.tiles_made_again) +
                                  " files were made again from the entries, which are as they were signed");
  }
  if (standing->newest_is_behind) {
    if (Done done = checkpoints.make_newest(out.checkpoint_); !done) return failed(done.error());
    out.recovery_.lines.push_back("the custody log: the last writer was interrupted after it signed " + entries_of(at.size) +
                                  "; log/checkpoint was brought up to that");
  }
  if (standing->kept_is_missing) {
    if (Done done = checkpoints.keep(out.checkpoint_); !done) return failed(done.error());
    out.recovery_.lines.push_back("the custody log: the kept checkpoint of size " + std::to_string(at.size) +
                                  " was missing; it was put back from log/checkpoint");
  }
  Result<std::uint64_t> dropped = drop_beyond(log, at.size);
  if (!dropped) return failed(dropped.error());
  out.recovery_.files_dropped = *dropped;
  if (*dropped > 0) {
    out.recovery_.lines.push_back("the custody log: the last writer was interrupted; " + std::to_string(*dropped) +
                                  " files of entries that it had not signed yet were dropped");
  }
  out.edge_ = std::make_shared<Edge>(*std::move(edge));
  return out;
}

Result<std::uint64_t> CustodyLog::append(std::span<const LogEntry> entries) {
  std::vector<std::string> bytes;
  bytes.reserve(entries.size());
  for (const LogEntry& entry : entries) {
    Result<std::string> text = entry_text(entry);
    if (!text) return tl::unexpected<Error>(text.error());
    bytes.push_back(*std::move(text));
  }
  return append_bytes(bytes);
}

Result<std::uint64_t> CustodyLog::append_bytes(std::span<const std::string> entries) {
  if (broken_) return tl::unexpected<Error>(*broken_);
  for (const std::string& entry : entries) {
    if (entry.size() > kLargestEntry) return fail(ErrorKind::kMalformed, "log entry", {}, "is larger than 65,535 bytes");
  }
  const std::uint64_t first = size();
  if (entries.empty()) return first;
  const auto write = [&]() -> Done {
    FileBatch files(log_, log_ / "tmp", folders_);
    for (const std::string& entry : entries) {
      if (Done done = edge_->append(entry, files); !done) return done;
    }
    if (Done done = edge_->flush(files); !done) return done;
    if (Done done = files.finish(); !done) return done;
    Result<SignedCheckpoint> next = sign_checkpoint({checkpoint_.checkpoint.origin, edge_->size, edge_->root(), {}}, signer_);
    if (!next) return tl::unexpected<Error>(next.error());
    if (Done done = CheckpointFolder(log_, folders_).keep(*next); !done) return done;
    checkpoint_ = *std::move(next);
    return {};
  };
  if (Done done = write(); !done) {
    broken_ = done.error();
    return tl::unexpected<Error>(*broken_);
  }
  remove_replaced(log_, first, size());
  return first;
}

Result<std::string> CustodyLog::announcement(std::span<const LogEntry> entries, EvidenceEnd end) const {
  // Whoever cannot append any more leaves the last announcement standing: evidence that it is of may wait for its entries.
  if (broken_) return tl::unexpected<Error>(*broken_);
  Announcement out{size(), checkpoint_.checkpoint.root, end, {}};
  for (const LogEntry& entry : entries) out.commitments.push_back(entry.commitment);
  return sign_announcement(out, signer_);
}

Result<LogReader> CustodyLog::reader() const { return LogReader::open_at(log_, signer_.verifier(), size()); }

LogReader::LogReader(fs::path log, SignedCheckpoint checkpoint)
    : log_(std::move(log)), checkpoint_(std::move(checkpoint)), tiles_(log_, checkpoint_.checkpoint.size) {}

Result<LogReader> LogReader::open(const fs::path& log, const NoteVerifier& verifier) {
  const CheckpointFolder folder(log);
  const Result<std::optional<std::string>> bytes = folder.newest();
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (!*bytes) return damaged(folder.newest_path(), "is missing");
  Result<SignedCheckpoint> checkpoint = open_checkpoint(**bytes, verifier);
  if (!checkpoint) return damaged(folder.newest_path(), checkpoint.error().problem);
  return LogReader(log, *std::move(checkpoint));
}

Result<LogReader> LogReader::open_at(const fs::path& log, const NoteVerifier& verifier, std::uint64_t size) {
  const CheckpointFolder folder(log);
  const fs::path path = folder.kept_path(size);
  const Result<std::optional<std::string>> bytes = folder.kept(size);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  if (!*bytes) return damaged(path, "is missing");
  Result<SignedCheckpoint> checkpoint = open_checkpoint(**bytes, verifier);
  if (!checkpoint) return damaged(path, checkpoint.error().problem);
  if (checkpoint->checkpoint.size != size) return damaged(path, "has another size than its name says");
  return LogReader(log, *std::move(checkpoint));
}

Result<std::string> LogReader::entry_bytes(std::uint64_t index) {
  Result<std::string> bytes = tiles_.entry(index);
  if (!bytes) return bytes;
  const Result<std::vector<MerkleHash>> path = inclusion_path(index, size(), tiles_.nodes());
  if (!path) return tl::unexpected<Error>(path.error());
  if (!inclusion_holds(leaf_hash(*bytes), index, size(), *path, checkpoint_.checkpoint.root)) {
    return damaged(log_, "entry " + std::to_string(index) + " is not in the tree that the checkpoint signs");
  }
  return bytes;
}

Result<LogEntry> LogReader::entry(std::uint64_t index) {
  const Result<std::string> bytes = entry_bytes(index);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  return parse_entry(*bytes);
}

Result<MerkleHash> LogReader::root(std::uint64_t at) {
  if (at > size()) return fail(ErrorKind::kUsage, log_.string(), {}, "the log has fewer than " + entries_of(at));
  Result<MerkleHash> out = root_of(at, tiles_.nodes());
  if (out && at == size() && *out != checkpoint_.checkpoint.root) return damaged(log_, "the tiles do not give the root of the checkpoint");
  return out;
}

Result<std::vector<MerkleHash>> LogReader::inclusion(std::uint64_t index, std::uint64_t at) {
  if (at > size()) return fail(ErrorKind::kUsage, log_.string(), {}, "the log has fewer than " + entries_of(at));
  Result<std::vector<MerkleHash>> path = inclusion_path(index, at, tiles_.nodes());
  if (!path || at != size()) return path;
  const Result<MerkleHash> leaf = tiles_.node(0, index);
  if (!leaf) return tl::unexpected<Error>(leaf.error());
  if (!inclusion_holds(*leaf, index, at, *path, checkpoint_.checkpoint.root)) {
    return damaged(log_, "the tiles do not prove entry " + std::to_string(index));
  }
  return path;
}

Result<std::vector<MerkleHash>> LogReader::consistency(std::uint64_t from, std::uint64_t to) {
  if (to > size()) return fail(ErrorKind::kUsage, log_.string(), {}, "the log has fewer than " + entries_of(to));
  Result<std::vector<MerkleHash>> path = consistency_path(from, to, tiles_.nodes());
  if (!path || to != size()) return path;
  const Result<MerkleHash> older = root(from);
  if (!older) return tl::unexpected<Error>(older.error());
  if (!consistency_holds(from, *older, to, checkpoint_.checkpoint.root, *path)) {
    return damaged(log_, "the tiles do not prove that size " + std::to_string(to) + " grew out of size " + std::to_string(from));
  }
  return path;
}

Done LogReader::for_each(std::uint64_t from, const std::function<Done(std::uint64_t, std::string_view)>& each) {
  for (std::uint64_t i = from; i < size(); ++i) {
    const Result<std::string> bytes = tiles_.entry(i);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    if (Done done = each(i, *bytes); !done) return done;
  }
  return {};
}

}  // namespace litopys
