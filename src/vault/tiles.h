// The layout of C2SP tlog-tiles below a folder: names and contents of tiles and entry bundles, and reading hashes and entries from them.
//
//   tile/0/000            256 hashes of leaves, 8,192 bytes          tile/1/000     256 hashes, each the root of a full tile of level 0
//   tile/0/x001/234.p/17  the first 17 hashes of tile 1234           tile/entries/… the entries, each behind its length in 16 bits
//
// Everything that is read is bounds-checked and hostile until a root that was signed says otherwise: these functions give what the files
// say, not what is true.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "vault/merkle.h"

namespace litopys {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr unsigned kTileLevels = 8;            // levels 0..7 hold every tree of fewer than 2^64 leaves
inline constexpr std::size_t kLargestEntry = 65'535;  // what a 16-bit length can say
inline constexpr std::size_t kLargestBundle = kTileWidth * (2 + kLargestEntry);

// "005", "x001/234": tlog-tiles, "Merkle Tree", N.
[[nodiscard]] std::string tile_number(std::uint64_t index);

// "tile/0/x001/234.p/17"; width 256 gives the full tile's name. `level` < 64, width 1..256.
[[nodiscard]] std::string tile_name(unsigned level, std::uint64_t index, std::uint64_t width);
[[nodiscard]] std::string bundle_name(std::uint64_t index, std::uint64_t width);

// Hashes in tile `index` of `level` when the tree has `size` leaves, 0..256.
[[nodiscard]] std::uint64_t tile_width(unsigned level, std::uint64_t index, std::uint64_t size);

// What a name below the log's folder means; nothing where it is no name of a tile or bundle in its one form (leading zeroes, x missing …).
struct TileName {
  bool entries = false;  // a bundle
  unsigned level = 0;
  std::uint64_t index = 0;
  std::uint64_t width = 0;  // 256: full
};
[[nodiscard]] std::optional<TileName> parse_tile_name(std::string_view name);

// The number alone: "x001/234" gives 1234.
[[nodiscard]] std::optional<std::uint64_t> parse_tile_number(std::string_view text);

// A tile's bytes are its hashes one after the other. `bytes` is a multiple of 32 long.
[[nodiscard]] std::string tile_bytes(std::span<const MerkleHash> hashes);
[[nodiscard]] std::vector<MerkleHash> tile_hashes(std::string_view bytes);
// The root of a complete subtree above a power of two of hashes, 256 of a full tile.
[[nodiscard]] MerkleHash subtree_root(std::span<const MerkleHash> hashes);

// Where an entry lies in a bundle's bytes, its length bytes left out.
struct EntryPlace {
  std::uint64_t offset = 0;
  std::size_t size = 0;
};
// tlog-tiles, "Log entries". `file` is for the error's text. Errors (kCasebook): half a length, an entry past the end, over 256 entries;
// the place names the byte.
[[nodiscard]] Result<std::vector<EntryPlace>> split_bundle(std::string_view bytes, const std::string& file);
// Demands entry.size() <= kLargestEntry.
void append_to_bundle(std::string& bundle, std::string_view entry);

// Reads tiles and bundles of a log folder for a tree of one size: a partial tile, or the full one that has replaced it since. Keeps the
// last few tiles in memory. Not for several threads at once.
class TileReader {
 public:
  TileReader(std::filesystem::path log, std::uint64_t size) : log_(std::move(log)), size_(size) {}

  // The first tile_width() hashes of the tile. Errors (kCasebook): missing, wrong length.
  [[nodiscard]] Result<std::vector<MerkleHash>> tile(unsigned level, std::uint64_t index);
  // NodeSource of the tree: nodes between the levels of tiles are hashed together.
  [[nodiscard]] Result<MerkleHash> node(unsigned level, std::uint64_t index);
  [[nodiscard]] NodeSource nodes();
  // The bytes of entry `index` as its bundle has them. Demands index < size.
  [[nodiscard]] Result<std::string> entry(std::uint64_t index);

 private:
  static constexpr std::size_t kKept = 32;  // tiles of 8 KiB
  std::filesystem::path log_;
  std::uint64_t size_;
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<MerkleHash>> kept_;
  std::optional<std::uint64_t> bundle_index_;
  std::string bundle_;
  std::vector<EntryPlace> bundle_places_;
};

}  // namespace litopys
