// A tile of width 256 is a subtree of height 8 with its hashes as leaves; nodes between are hashed together when asked for, at most 255
// hashes, and a path asks for each tile once.
#include "vault/tiles.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "vault/small_file.h"

namespace litopys {
namespace {

constexpr std::size_t kTileHashSize = std::tuple_size_v<MerkleHash>;

// Digits only, in the one form; nothing otherwise.
std::optional<std::uint64_t> plain_number(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return value;
}

bool three_digits(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string with_width(std::string name, std::uint64_t width) {
  if (width < kTileWidth) name.append(".p/").append(std::to_string(width));
  return name;
}

// A partial file of that width or the full one that replaced it; and which it was.
struct Found {
  std::string name;
  std::string bytes;
};
Result<Found> partial_or_full(const std::filesystem::path& log, const std::string& partial, const std::string& full, std::size_t limit) {
  for (const std::string* name : {&partial, &full}) {
    Result<std::optional<std::string>> bytes = find_small_file(log / *name, limit);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    if (*bytes) return Found{*name, **std::move(bytes)};
  }
  return fail(ErrorKind::kCasebook, (log / partial).string(), {}, "is missing", "restore it from a copy of the casebook");
}

}  // namespace

std::string tile_number(std::uint64_t index) {
  const auto group = [](std::uint64_t value) {
    std::string text = std::to_string(value % 1000);
    return std::string(3 - text.size(), '0') + text;
  };
  std::string out = group(index);
  for (index /= 1000; index > 0; index /= 1000) out = "x" + group(index) + "/" + out;
  return out;
}

std::string tile_name(unsigned level, std::uint64_t index, std::uint64_t width) {
  return with_width("tile/" + std::to_string(level) + "/" + tile_number(index), width);
}

std::string bundle_name(std::uint64_t index, std::uint64_t width) { return with_width("tile/entries/" + tile_number(index), width); }

std::uint64_t tile_width(unsigned level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = level * kTileHeight >= 64 ? 0 : size >> (level * kTileHeight);
  if (index > hashes / kTileWidth) return 0;
  return std::min(kTileWidth, hashes - index * kTileWidth);
}

std::optional<std::uint64_t> parse_tile_number(std::string_view text) {
  std::uint64_t index = 0;
  bool first = true;
  while (true) {
    const std::size_t slash = text.find('/');
    std::string_view group = text.substr(0, slash);
    const bool last = slash == std::string_view::npos;
    if (!last) {
      if (!group.starts_with('x')) return std::nullopt;
      group.remove_prefix(1);
      if (first && group == "000") return std::nullopt;  // another name for the same number
    }
    if (!three_digits(group) || index > (UINT64_MAX - 999) / 1000) return std::nullopt;
    index = index * 1000 + static_cast<std::uint64_t>((group[0] - '0') * 100 + (group[1] - '0') * 10 + (group[2] - '0'));
    if (last) return index;
    first = false;
    text.remove_prefix(slash + 1);
  }
}

std::optional<TileName> parse_tile_name(std::string_view name) {
  TileName out;
  if (!name.starts_with("tile/")) return std::nullopt;
  name.remove_prefix(5);
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view level = name.substr(0, slash);
  name.remove_prefix(slash + 1);
  if (level == "entries") {
    out.entries = true;
  } else {
    const std::optional<std::uint64_t> number = plain_number(level, 63);
    if (!number) return std::nullopt;
    out.level = static_cast<unsigned>(*number);
  }
  out.width = kTileWidth;
  if (const std::size_t partial = name.rfind(".p/"); partial != std::string_view::npos) {
    const std::optional<std::uint64_t> width = plain_number(name.substr(partial + 3), kTileWidth - 1);
    if (!width || *width == 0) return std::nullopt;
    out.width = *width;
    name = name.substr(0, partial);
  }
  const std::optional<std::uint64_t> index = parse_tile_number(name);
  if (!index) return std::nullopt;
  out.index = *index;
  return out;
}

Result<std::vector<EntryPlace>> split_bundle(std::string_view bytes, const std::string& file) {
  std::vector<EntryPlace> out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string place = "byte " + std::to_string(at);
    if (bytes.size() - at < 2) return fail(ErrorKind::kCasebook, file, place, "half a length at the end of an entry bundle");
    const std::size_t size =
        static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[at])) << 8U | static_cast<std::uint8_t>(bytes[at + 1]);
    if (bytes.size() - at - 2 < size) {
      return fail(ErrorKind::kCasebook, file, place,
                  "an entry of " + std::to_string(size) + " bytes is promised, " + std::to_string(bytes.size() - at - 2) + " follow");
    }
    if (out.size() == kTileWidth) return fail(ErrorKind::kCasebook, file, place, "more than 256 entries in one bundle");
    out.push_back({at + 2, size});
    at += 2 + size;
  }
  return out;
}

void append_to_bundle(std::string& bundle, std::string_view entry) {
  bundle += static_cast<char>(entry.size() >> 8U);
  bundle += static_cast<char>(entry.size() & 0xFFU);
  bundle += entry;
}

std::string tile_bytes(std::span<const MerkleHash> hashes) {
  std::string out;
  out.reserve(hashes.size() * kTileHashSize);
  for (const MerkleHash& hash : hashes) out.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  return out;
}

std::vector<MerkleHash> tile_hashes(std::string_view bytes) {
  std::vector<MerkleHash> out(bytes.size() / kTileHashSize);
  if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * kTileHashSize);
  return out;
}

MerkleHash subtree_root(std::span<const MerkleHash> hashes) {
  std::vector<MerkleHash> row(hashes.begin(), hashes.end());
  while (row.size() > 1) {
    for (std::size_t i = 0; i < row.size() / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
    row.resize(row.size() / 2);
  }
  return row.front();
}

Result<std::vector<MerkleHash>> TileReader::tile(unsigned level, std::uint64_t index) {
  const auto key = std::make_pair(level, index);
  if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
  const std::uint64_t width = tile_width(level, index, size_);
  const std::string partial = tile_name(level, index, width);
  if (width == 0) return fail(ErrorKind::kUsage, (log_ / partial).string(), {}, "a log of this size has no such tile");
  Result<Found> found = partial_or_full(log_, partial, tile_name(level, index, kTileWidth), kTileWidth * kTileHashSize);
  if (!found) return tl::unexpected<Error>(found.error());
  const std::size_t want = (found->name == partial ? width : kTileWidth) * kTileHashSize;
  if (found->bytes.size() != want) {
    return fail(ErrorKind::kCasebook, (log_ / found->name).string(), {},
                "has " + std::to_string(found->bytes.size()) + " bytes, a tile of its name has " + std::to_string(want),
                "restore it from a copy of the casebook");
  }
  std::vector<MerkleHash> hashes = tile_hashes(std::string_view(found->bytes).substr(0, width * kTileHashSize));
  if (kept_.size() >= kKept) kept_.erase(kept_.begin());
  kept_.emplace(key, hashes);
  return hashes;
}

Result<MerkleHash> TileReader::node(unsigned level, std::uint64_t index) {
  if (level >= 64 || index >= size_ >> level) return fail(ErrorKind::kUsage, log_.string(), {}, "a log of this size has no such node");
  const unsigned inside = level % kTileHeight;
  const std::uint64_t first = index << inside;  // hash of the tiles' level; no overflow: index < size >> level
  Result<std::vector<MerkleHash>> hashes = tile(level / kTileHeight, first / kTileWidth);
  if (!hashes) return tl::unexpected<Error>(hashes.error());
  return subtree_root(std::span(*hashes).subspan(first % kTileWidth, std::size_t{1} << inside));
}

NodeSource TileReader::nodes() {
  return [this](unsigned level, std::uint64_t index) { return node(level, index); };
}

Result<std::string> TileReader::entry(std::uint64_t index) {
  if (index >= size_) return fail(ErrorKind::kUsage, log_.string(), {}, "there is no entry " + std::to_string(index) + " yet");
  const std::uint64_t bundle = index / kTileWidth;
  if (bundle_index_ != bundle) {
    const std::uint64_t width = tile_width(0, bundle, size_);
    Result<Found> found = partial_or_full(log_, bundle_name(bundle, width), bundle_name(bundle, kTileWidth), kLargestBundle);
    if (!found) return tl::unexpected<Error>(found.error());
    const std::string file = (log_ / found->name).string();
    Result<std::vector<EntryPlace>> places = split_bundle(found->bytes, file);
    if (!places) return tl::unexpected<Error>(places.error());
    if (places->size() < width) {
      return fail(ErrorKind::kCasebook, file, {},
                  "has " + std::to_string(places->size()) + " entries, the checkpoint needs " + std::to_string(width),
                  "restore it from a copy of the casebook");
    }
    bundle_index_ = bundle;
    bundle_ = std::move(found->bytes);
    bundle_places_ = *std::move(places);
  }
  const EntryPlace& place = bundle_places_[index % kTileWidth];
  return bundle_.substr(place.offset, place.size);
}

}  // namespace litopys
