// One walk over the entries, a tile at a time. What the tree says is worked out from the entries; everything else in the folder is compared
// with that. Where an entry and its leaf hash in tile/0 differ, one of the two is damaged, and the hash above (the parent tile's; at the
// right edge the signed root) tells which: the walk goes on with the right one, so that a single fault stays a single line.
#include <dirent.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>

#include "vault/log.h"
#include "vault/small_file.h"

namespace litopys {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHashSize = std::tuple_size_v<MerkleHash>;
constexpr std::size_t kTileBytes = kTileWidth * kHashSize;

std::optional<std::uint64_t> offset_in(const Error& error) {
  std::uint64_t out = 0;
  if (!error.place.starts_with("byte ")) return std::nullopt;
  const char* begin = error.place.data() + 5;
  if (std::from_chars(begin, error.place.data() + error.place.size(), out).ec != std::errc()) return std::nullopt;
  return out;
}

// A file's bytes with its name below the log; no bytes where it is missing or was reported.
struct Stored {
  std::string name;
  std::optional<std::string> bytes;
};

class Walk {
 public:
  Walk(const fs::path& log, const NoteVerifier& verifier, const ReportDamage& report, const LogCheckOptions& options)
      : log_(log), verifier_(verifier), report_(report), options_(options) {}

  LogCheck run() {
    read_checkpoints();
    check_.size = signed_.empty() ? 0 : signed_.rbegin()->first;
    check_roots();  // of size 0
    for (std::uint64_t index = 0; index * kTileWidth < check_.size; ++index) check_leaves(index);
    for (unsigned level = 1; level < kTileLevels; ++level) {
      if (tree_known_ && !levels_[level].empty()) check_tile(level, (check_.size >> (level * kTileHeight)) / kTileWidth, levels_[level]);
    }
    if (tree_known_) check_.root = frontier_.root();
    look_for_strangers();
    return std::move(check_);
  }

 private:
  void damage(const std::string& name, std::optional<std::uint64_t> offset, std::string problem, std::string expected = {},
              std::string found = {}) {
    ++check_.damages;
    report_({options_.prefix + name, offset, std::move(problem), std::move(expected), std::move(found)});
  }

  // ---- checkpoints

  void read_checkpoints() {
    const CheckpointFolder folder(log_);
    // The kept ones first: a writer may go on while this runs, and then the newest is ahead of this list, never behind.
    const Result<std::vector<std::uint64_t>> sizes =
        folder.sizes([&](const fs::path& name) { damage(name.string(), std::nullopt, "is the name of no checkpoint"); });
    if (!sizes) return damage("checkpoints", std::nullopt, sizes.error().problem);
    for (const std::uint64_t size : *sizes) read_kept(folder, size);
    const Result<std::optional<std::string>> bytes = folder.newest();
    if (!bytes) return damage("checkpoint", std::nullopt, bytes.error().problem);
    if (!*bytes) return damage("checkpoint", std::nullopt, "is missing");
    const Result<SignedCheckpoint> newest = open_checkpoint(**bytes, verifier_);
    if (!newest) return damage("checkpoint", offset_in(newest.error()), newest.error().problem);
    const Checkpoint& checkpoint = newest->checkpoint;
    if (std::binary_search(sizes->begin(), sizes->end(), checkpoint.size)) {
      const auto kept = signed_.find(checkpoint.size);
      if (kept != signed_.end() && kept->second != checkpoint.root) {
        damage("checkpoint", std::nullopt, "has another root than the kept one of its size", hex_of(kept->second), hex_of(checkpoint.root));
      }
    } else if (sizes->empty() || checkpoint.size > sizes->back()) {
      const Result<std::optional<std::string>> kept = folder.kept(checkpoint.size);
      if (kept && *kept) {
        read_kept(folder, checkpoint.size);
      } else {
        damage("checkpoints/" + tile_number(checkpoint.size), std::nullopt, "is missing: the newest checkpoint was not kept");
        signed_.emplace(checkpoint.size, checkpoint.root);
      }
    } else {
      damage("checkpoints/" + tile_number(checkpoint.size), std::nullopt, "is missing: log/checkpoint is of that size");
    }
    const auto after = std::upper_bound(sizes->begin(), sizes->end(), checkpoint.size);
    if (sizes->end() - after == 1) {
      check_.notes.push_back("log/checkpoint is one append behind the kept checkpoints: a writer was interrupted");
    } else if (after != sizes->end()) {
      damage("checkpoint", std::nullopt, "is older than the checkpoints that are kept: it was put back", std::to_string(sizes->back()),
             std::to_string(checkpoint.size));
    }
  }

  void read_kept(const CheckpointFolder& folder, std::uint64_t size) {
    const std::string name = "checkpoints/" + tile_number(size);
    const Result<std::optional<std::string>> bytes = folder.kept(size);
    if (!bytes) return damage(name, std::nullopt, bytes.error().problem);
    if (!*bytes) return damage(name, std::nullopt, "is missing");
    const Result<SignedCheckpoint> kept = open_checkpoint(**bytes, verifier_);
    if (!kept) return damage(name, offset_in(kept.error()), kept.error().problem);
    if (kept->checkpoint.size != size) {
      return damage(name, std::nullopt, "has another size than its name says", std::to_string(size), std::to_string(kept->checkpoint.size));
    }
    signed_.emplace(size, kept->checkpoint.root);
  }

  // Compares the root with that of a checkpoint of this size, if there is one.
  void check_roots() {
    const auto found = signed_.find(frontier_.size());
    if (found == signed_.end()) return;
    const MerkleHash root = frontier_.root();
    if (root == found->second) {
      ++check_.checkpoints;
      return;
    }
    damage("checkpoints/" + tile_number(found->first), std::nullopt, "signs another root than the entries give", hex_of(root),
           hex_of(found->second));
  }

  // ---- files

  Stored read(const std::string& name, std::size_t limit) {
    Result<std::optional<std::string>> bytes = find_small_file(log_ / name, limit);
    if (bytes) return {name, *std::move(bytes)};
    damage(name, offset_in(bytes.error()), bytes.error().problem);
    return {name, std::nullopt};
  }

  // The file of that width, or the full one that replaced it while this runs. `limit` is of the full one.
  template <class Name>
  Stored read_width(const Name& name, std::uint64_t width, std::size_t limit) {
    Stored out = read(name(width), limit);
    if (out.bytes || width == kTileWidth) {
      if (!out.bytes && !reported(out.name)) damage(out.name, std::nullopt, "is missing");
      return out;
    }
    if (reported(out.name)) return out;
    Stored full = read(name(kTileWidth), limit);
    if (full.bytes) return full;
    damage(out.name, std::nullopt, "is missing");
    return out;
  }

  // Whether read() already said that the file cannot be read (it is there, then).
  [[nodiscard]] bool reported(const std::string& name) const {
    std::error_code none;
    return fs::symlink_status(log_ / name, none).type() != fs::file_type::not_found;
  }

  // Widths of the partial files beside a full name, ascending; others are reported.
  std::vector<std::uint64_t> partial_widths(const std::string& full) {
    std::vector<std::uint64_t> out;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir((log_ / (full + ".p")).c_str()), closedir);
    if (!folder) return out;
    while (const dirent* entry = readdir(folder.get())) {
      const std::optional<TileName> name = parse_tile_name(full + ".p/" + entry->d_name);
      if (name) out.push_back(name->width);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  // Each partial file up to `width` against `bytes_of(w)`, what its content must be; those that a checkpoint needs must be there, unless
  // the full one is. `seen` is the width that was read already.
  template <class Name, class Bytes>
  void check_partials(const Name& name, unsigned level, std::uint64_t index, std::uint64_t width, std::uint64_t seen, const Bytes& bytes_of,
                      std::uint64_t& counter) {
    const std::vector<std::uint64_t> widths = partial_widths(name(kTileWidth));
    for (const std::uint64_t each : widths) {
      if (each == seen || each > width) continue;
      const Stored stored = read(name(each), kLargestBundle);
      if (!stored.bytes) continue;
      ++counter;
      const std::string_view want = bytes_of(each);
      if (*stored.bytes == want) continue;
      const auto at = std::mismatch(want.begin(), want.end(), stored.bytes->begin(), stored.bytes->end());
      damage(stored.name, static_cast<std::uint64_t>(at.first - want.begin()), "is not the beginning of what the log has there",
             std::to_string(want.size()) + " bytes", std::to_string(stored.bytes->size()) + " bytes");
    }
    if (width == kTileWidth) return;
    const std::uint64_t unit = std::uint64_t{1} << (level * kTileHeight);
    const std::uint64_t first = index * kTileWidth * unit;
    for (auto at = signed_.upper_bound(first); at != signed_.end(); ++at) {
      const std::uint64_t needed = (at->first - first) / unit;
      if (needed == 0 || needed == seen || needed > width || std::binary_search(widths.begin(), widths.end(), needed)) continue;
      if (reported(name(kTileWidth))) break;
      damage(name(needed), std::nullopt, "is missing: the checkpoint of size " + std::to_string(at->first) + " needs it");
      at = std::prev(signed_.lower_bound(first + (needed + 1) * unit));  // once for all checkpoints that need it
    }
  }

  // ---- leaves

  struct Bundle {
    Stored stored;
    std::vector<EntryPlace> places;
    std::vector<MerkleHash> leaves;  // as many as the tree has there, or none
  };

  Bundle read_bundle(std::uint64_t index, std::uint64_t width) {
    Bundle out;
    out.stored = read_width([&](std::uint64_t w) { return bundle_name(index, w); }, width, kLargestBundle);
    if (!out.stored.bytes) return out;
    ++check_.bundles;
    Result<std::vector<EntryPlace>> places = split_bundle(*out.stored.bytes, out.stored.name);
    if (!places) {
      damage(out.stored.name, offset_in(places.error()), places.error().problem);
      return out;
    }
    const bool exact = out.stored.name == bundle_name(index, width);
    if (exact ? places->size() != width : places->size() < width) {
      damage(out.stored.name, std::nullopt, "has another number of entries than its name says", std::to_string(width),
             std::to_string(places->size()));
      if (places->size() < width) return out;
    }
    out.places = *std::move(places);
    out.places.resize(width);
    for (const EntryPlace& place : out.places) {
      out.leaves.push_back(leaf_hash(std::string_view(*out.stored.bytes).substr(place.offset, place.size)));
    }
    return out;
  }

  // The hashes of a stored tile, as many as the tree has there; none where it is missing or damaged in size.
  struct StoredTile {
    Stored stored;
    std::vector<MerkleHash> hashes;
  };
  StoredTile read_tile(unsigned level, std::uint64_t index, std::uint64_t width, bool count) {
    StoredTile out;
    out.stored = read_width([&](std::uint64_t w) { return tile_name(level, index, w); }, width, kTileBytes);
    if (!out.stored.bytes) return out;
    if (count) ++check_.tiles;
    const bool exact = out.stored.name == tile_name(level, index, width);
    const std::size_t want = (exact ? width : kTileWidth) * kHashSize;
    if (out.stored.bytes->size() != want) {
      damage(out.stored.name, std::nullopt, "has another size than its name says", std::to_string(want) + " bytes",
             std::to_string(out.stored.bytes->size()) + " bytes");
      return out;
    }
    out.hashes = tile_hashes(std::string_view(*out.stored.bytes).substr(0, width * kHashSize));
    return out;
  }

  // Whether the tree above, as it is stored, says that these are the leaf hashes of tile `index`.
  bool confirmed(std::uint64_t index, const std::vector<MerkleHash>& leaves) const {
    TileReader tiles(log_, check_.size);
    if (leaves.size() == kTileWidth) {
      const Result<MerkleHash> above = tiles.node(kTileHeight, index);
      return above && *above == subtree_root(leaves);
    }
    const std::uint64_t first = index * kTileWidth;
    const Result<MerkleHash> root = root_of(check_.size, [&](unsigned level, std::uint64_t at) -> Result<MerkleHash> {
      if (level >= kTileHeight || at << level < first) return tiles.node(level, at);
      return subtree_root(std::span(leaves).subspan((at << level) - first, std::size_t{1} << level));
    });
    const auto signed_root = signed_.find(check_.size);
    return root && signed_root != signed_.end() && *root == signed_root->second;
  }

  void check_leaves(std::uint64_t index) {
    const std::uint64_t width = tile_width(0, index, check_.size);
    const Bundle bundle = read_bundle(index, width);
    const StoredTile tile = read_tile(0, index, width, true);
    std::vector<MerkleHash> leaves = bundle.leaves.empty() ? tile.hashes : bundle.leaves;
    bool bundle_is_right = !bundle.leaves.empty();
    bool tile_is_right = !tile.hashes.empty();
    if (bundle_is_right && tile_is_right && bundle.leaves != tile.hashes) {
      const bool by_bundle = confirmed(index, bundle.leaves);
      const bool by_tile = !by_bundle && confirmed(index, tile.hashes);
      bundle_is_right = by_bundle;
      tile_is_right = by_tile;
      if (by_tile) leaves = tile.hashes;
      report_difference(index, bundle, tile, by_bundle, by_tile);
    }
    if (leaves.empty()) {
      if (tree_known_) {
        damage(tile.stored.name, std::nullopt,
               "is lost with its entries: what is after entry " + std::to_string(index * kTileWidth) + " cannot be proved");
      }
      tree_known_ = false;
      return;
    }
    give_entries(index, bundle, leaves);
    const std::string hashes = tile_bytes(leaves);
    check_partials([&](std::uint64_t w) { return tile_name(0, index, w); }, 0, index, width,
                   tile.stored.name == tile_name(0, index, width) ? width : 0,
                   [&](std::uint64_t w) { return std::string_view(hashes).substr(0, w * kHashSize); }, check_.tiles);
    if (bundle_is_right) {
      const std::string_view bytes = *bundle.stored.bytes;
      check_partials([&](std::uint64_t w) { return bundle_name(index, w); }, 0, index, width,
                     bundle.stored.name == bundle_name(index, width) ? width : 0,
                     [&](std::uint64_t w) { return bytes.substr(0, bundle.places[w - 1].offset + bundle.places[w - 1].size); },
                     check_.bundles);
    }
    if (!tree_known_) return;
    for (const MerkleHash& leaf : leaves) {
      frontier_.append(leaf);
      check_roots();
    }
    if (width == kTileWidth) give_up(0, index, subtree_root(leaves));
  }

  void report_difference(std::uint64_t index, const Bundle& bundle, const StoredTile& tile, bool by_bundle, bool by_tile) {
    std::size_t first = 0;
    while (bundle.leaves[first] == tile.hashes[first]) ++first;
    std::size_t more = 0;
    for (std::size_t i = first + 1; i < bundle.leaves.size(); ++i) more += bundle.leaves[i] != tile.hashes[i] ? 1 : 0;
    const std::string which =
        "entry " + std::to_string(index * kTileWidth + first) + (more > 0 ? " and " + std::to_string(more) + " more" : "");
    const std::string unsure = by_bundle || by_tile ? "" : " (or the other way round: nothing above tells which)";
    if (!by_tile) {
      damage(tile.stored.name, first * kHashSize, "is not the leaf hash of " + which + unsure, hex_of(bundle.leaves[first]),
             hex_of(tile.hashes[first]));
    }
    if (!by_bundle) {
      damage(bundle.stored.name, bundle.places[first].offset, which + " is not what was signed" + unsure,
             "leaf hash " + hex_of(tile.hashes[first]), hex_of(bundle.leaves[first]));
    }
  }

  void give_entries(std::uint64_t index, const Bundle& bundle, const std::vector<MerkleHash>& leaves) {
    for (std::size_t i = 0; i < bundle.leaves.size(); ++i) {
      if (bundle.leaves[i] != leaves[i]) continue;
      ++check_.entries;
      const EntryPlace& place = bundle.places[i];
      const std::string_view bytes = std::string_view(*bundle.stored.bytes).substr(place.offset, place.size);
      const std::uint64_t number = index * kTileWidth + i;
      if (options_.entries_are_ours) {
        if (const Result<LogEntry> entry = parse_entry(bytes); !entry) {
          damage(bundle.stored.name, place.offset, "entry " + std::to_string(number) + " " + entry.error().problem);
        }
      }
      if (options_.on_entry) options_.on_entry(number, bytes);
    }
  }

  // ---- tiles above

  // The root of the full tile `index` of `level` becomes a hash one level up.
  void give_up(unsigned level, std::uint64_t index, const MerkleHash& root) {
    std::vector<MerkleHash>& above = levels_[level + 1];
    above.push_back(root);
    if (above.size() < kTileWidth) return;
    check_tile(level + 1, index / kTileWidth, above);
    const MerkleHash next = subtree_root(above);
    above.clear();
    if (level + 2 < kTileLevels) give_up(level + 1, index / kTileWidth, next);
  }

  void check_tile(unsigned level, std::uint64_t index, const std::vector<MerkleHash>& right) {
    const StoredTile tile = read_tile(level, index, right.size(), true);
    for (std::size_t i = 0; i < tile.hashes.size(); ++i) {
      if (tile.hashes[i] == right[i]) continue;
      damage(tile.stored.name, i * kHashSize, "is not the hash of the tile below", hex_of(right[i]), hex_of(tile.hashes[i]));
      break;
    }
    const std::string bytes = tile_bytes(right);
    check_partials([&](std::uint64_t w) { return tile_name(level, index, w); }, level, index, right.size(),
                   tile.stored.name == tile_name(level, index, right.size()) ? right.size() : 0,
                   [&](std::uint64_t w) { return std::string_view(bytes).substr(0, w * kHashSize); }, check_.tiles);
  }

  // ---- names

  void look_for_strangers() {
    const Done done = for_each_file(log_, [&](const std::string& name) -> Done {
      if (name == "checkpoint" || name.starts_with("checkpoints/")) return {};
      if (name.starts_with("tmp/")) {
        ++check_.unfinished;
        return {};
      }
      const std::optional<TileName> tile = parse_tile_name(name);
      if (!tile) {
        damage(name, std::nullopt, "is no file of a custody log");
      } else if (tile->width > tile_width(tile->entries ? 0 : tile->level, tile->index, check_.size)) {
        ++check_.unfinished;
      }
      return {};
    });
    if (!done) damage("", std::nullopt, done.error().line());
    if (check_.unfinished > 0) {
      check_.notes.push_back(std::to_string(check_.unfinished) +
                             " files of entries that are not signed yet: an append runs, or was interrupted and will be dropped");
    }
  }

  const fs::path& log_;
  const NoteVerifier& verifier_;
  const ReportDamage& report_;
  const LogCheckOptions& options_;
  LogCheck check_;
  std::map<std::uint64_t, MerkleHash> signed_;  // roots of checkpoints whose signature holds, by size
  MerkleFrontier frontier_;
  std::array<std::vector<MerkleHash>, kTileLevels> levels_;  // hashes of the partial tile at each level above 0
  bool tree_known_ = true;                                   // false after a stretch that neither entries nor tile give
};

}  // namespace

LogCheck verify_log(const fs::path& log, const NoteVerifier& verifier, const ReportDamage& report, const LogCheckOptions& options) {
  return Walk(log, verifier, report, options).run();
}

void verify_anchors(const fs::path& log, const NoteVerifier& verifier, std::span<const std::string> anchors, const ReportDamage& report) {
  Result<LogReader> reader = LogReader::open(log, verifier);
  if (!reader) return report({reader.error().item, std::nullopt, reader.error().problem, {}, {}});
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    const std::string name = "anchor " + std::to_string(i + 1);
    const Result<SignedCheckpoint> anchor = open_checkpoint(anchors[i], verifier);
    if (!anchor) {
      report({name, offset_in(anchor.error()), anchor.error().problem, {}, {}});
      continue;
    }
    const std::uint64_t size = anchor->checkpoint.size;
    if (size > reader->size()) {
      report({name, std::nullopt, "signs more entries than the log has: the log was cut or rolled back", std::to_string(size),
              std::to_string(reader->size())});
      continue;
    }
    const Result<MerkleHash> root = reader->root(size);
    if (!root) {
      report({name, std::nullopt, "cannot be compared: " + root.error().line(), {}, {}});
    } else if (*root != anchor->checkpoint.root) {
      report({name, std::nullopt, "signs another history: the log was rebuilt", hex_of(anchor->checkpoint.root), hex_of(*root)});
    }
  }
}

}  // namespace litopys
