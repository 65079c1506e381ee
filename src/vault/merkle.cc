// Recursion follows the definitions of RFC 9162 word by word: a tree of n leaves splits at the largest power of two below n. The left part
// is always complete, so that one call of the NodeSource gives it; only the right edge is hashed together here. Depth is at most 64.
#include "vault/merkle.h"

#include <openssl/evp.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "vault/digest.h"
#include "vault/files.h"

namespace litopys {
namespace {

// The largest power of two that is smaller than n; n >= 2.
std::uint64_t split_of(std::uint64_t n) { return std::bit_floor(n - 1); }

// MTH(D[start:start + n]), where start is a multiple of the smallest power of two that holds n.
Result<MerkleHash> range_root(std::uint64_t start, std::uint64_t n, const NodeSource& nodes) {
  if (std::has_single_bit(n)) {
    const auto level = static_cast<unsigned>(std::countr_zero(n));
    return nodes(level, start >> level);
  }
  const std::uint64_t k = split_of(n);
  Result<MerkleHash> left = range_root(start, k, nodes);
  if (!left) return left;
  Result<MerkleHash> right = range_root(start + k, n - k, nodes);
  if (!right) return right;
  return node_hash(*left, *right);
}

// Appends MTH(D[start:start + n]) to a path.
Done add_root(std::vector<MerkleHash>& path, std::uint64_t start, std::uint64_t n, const NodeSource& nodes) {
  Result<MerkleHash> root = range_root(start, n, nodes);
  if (!root) return tl::unexpected<Error>(root.error());
  path.push_back(*root);
  return {};
}

// PATH(m, D[start:start + n]).
Done add_path(std::vector<MerkleHash>& path, std::uint64_t m, std::uint64_t start, std::uint64_t n, const NodeSource& nodes) {
  if (n == 1) return {};
  const std::uint64_t k = split_of(n);
  const bool left = m < k;
  if (Done done = left ? add_path(path, m, start, k, nodes) : add_path(path, m - k, start + k, n - k, nodes); !done) return done;
  return left ? add_root(path, start + k, n - k, nodes) : add_root(path, start, k, nodes);
}

// SUBPROOF(m, D[start:start + n], whole).
Done add_subproof(std::vector<MerkleHash>& path, std::uint64_t m, std::uint64_t start, std::uint64_t n, bool whole,
                  const NodeSource& nodes) {
  if (m == n) return whole ? Done{} : add_root(path, start, n, nodes);
  const std::uint64_t k = split_of(n);
  if (m <= k) {
    if (Done done = add_subproof(path, m, start, k, whole, nodes); !done) return done;
    return add_root(path, start + k, n - k, nodes);
  }
  if (Done done = add_subproof(path, m - k, start + k, n - k, false, nodes); !done) return done;
  return add_root(path, start, k, nodes);
}

Error out_of_range(const char* what) { return {ErrorKind::kUsage, "custody log", {}, what, {}}; }

}  // namespace

MerkleHash sha256_of(std::string_view bytes) { return sha256_bytes(bytes); }

MerkleHash leaf_hash(std::string_view entry) {
  std::string bytes;
  bytes.reserve(entry.size() + 1);
  bytes += '\0';
  bytes += entry;
  return sha256_of(bytes);
}

MerkleHash node_hash(const MerkleHash& left, const MerkleHash& right) {
  std::array<std::uint8_t, 65> bytes{};
  bytes[0] = 1;
  std::copy(left.begin(), left.end(), bytes.begin() + 1);
  std::copy(right.begin(), right.end(), bytes.begin() + 33);
  return sha256_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

MerkleHash empty_tree_root() { return sha256_of({}); }

std::string base64_of(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string base64_of(const MerkleHash& hash) {
  return base64_of(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()));
}

std::optional<std::string> bytes_from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  if (text.empty()) return std::string();
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  out.resize(static_cast<std::size_t>(size) - padding);
  // OpenSSL takes spaces at the ends, padding in odd places and stray bits in the last letter: only the one right form goes back to itself.
  if (base64_of(out) != text) return std::nullopt;
  return out;
}

std::optional<MerkleHash> hash_from_base64(std::string_view text) {
  MerkleHash out{};
  if (text.size() != 44) return std::nullopt;
  const std::optional<std::string> bytes = bytes_from_base64(text);
  if (!bytes || bytes->size() != out.size()) return std::nullopt;
  std::memcpy(out.data(), bytes->data(), out.size());
  return out;
}

std::string hex_of(const MerkleHash& hash) { return hex_text(hash); }

std::optional<MerkleHash> hash_from_hex(std::string_view text) {
  // 16: no digit.
  static constexpr std::array<std::uint8_t, 256> kDigits = [] {
    std::array<std::uint8_t, 256> out{};
    out.fill(16);
    for (std::uint8_t i = 0; i < 16; ++i) out[static_cast<unsigned char>("0123456789abcdef"[i])] = i;
    return out;
  }();
  MerkleHash out{};
  if (text.size() != 2 * out.size()) return std::nullopt;
  unsigned worst = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const unsigned high = kDigits[static_cast<unsigned char>(text[2 * i])];
    const unsigned low = kDigits[static_cast<unsigned char>(text[2 * i + 1])];
    worst |= high | low;
    out[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  if (worst > 15) return std::nullopt;
  return out;
}

void MerkleFrontier::append(const MerkleHash& leaf) {
  MerkleHash hash = leaf;
  // Each trailing one of the size is a complete subtree that the new leaf closes.
  for (std::uint64_t bits = size_; (bits & 1U) != 0; bits >>= 1U) {
    hash = node_hash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_;
}

MerkleHash MerkleFrontier::root() const {
  if (peaks_.empty()) return empty_tree_root();
  MerkleHash out = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) out = node_hash(peaks_[i], out);
  return out;
}

Result<MerkleHash> root_of(std::uint64_t size, const NodeSource& nodes) {
  if (size == 0) return empty_tree_root();
  return range_root(0, size, nodes);
}

Result<std::vector<MerkleHash>> inclusion_path(std::uint64_t index, std::uint64_t size, const NodeSource& nodes) {
  if (index >= size) return tl::unexpected<Error>(out_of_range("no such entry in a tree of that size"));
  std::vector<MerkleHash> out;
  if (Done done = add_path(out, index, 0, size, nodes); !done) return tl::unexpected<Error>(done.error());
  return out;
}

Result<std::vector<MerkleHash>> consistency_path(std::uint64_t from, std::uint64_t to, const NodeSource& nodes) {
  if (from > to) return tl::unexpected<Error>(out_of_range("a tree cannot have grown to a smaller size"));
  std::vector<MerkleHash> out;
  if (from == 0 || from == to) return out;
  if (Done done = add_subproof(out, from, 0, to, true, nodes); !done) return tl::unexpected<Error>(done.error());
  return out;
}

bool inclusion_holds(const MerkleHash& leaf, std::uint64_t index, std::uint64_t size, std::span<const MerkleHash> path,
                     const MerkleHash& root) {
  if (index >= size || path.size() > kLongestPath) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  MerkleHash r = leaf;
  for (const MerkleHash& p : path) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool consistency_holds(std::uint64_t from, const MerkleHash& from_root, std::uint64_t to, const MerkleHash& to_root,
                       std::span<const MerkleHash> path) {
  if (from > to || path.size() > kLongestPath) return false;
  if (from == to) return path.empty() && from_root == to_root && (from != 0 || from_root == empty_tree_root());
  if (from == 0) return path.empty() && from_root == empty_tree_root();
  std::uint64_t fn = from - 1;
  std::uint64_t sn = to - 1;
  while ((fn & 1U) != 0) {
    fn >>= 1U;
    sn >>= 1U;
  }
  MerkleHash fr = from_root;  // a power of two is its own first hash
  if (!std::has_single_bit(from)) {
    if (path.empty()) return false;
    fr = path.front();
    path = path.subspan(1);
  }
  MerkleHash sr = fr;
  for (const MerkleHash& c : path) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && fr == from_root && sr == to_root;
}

}  // namespace litopys
