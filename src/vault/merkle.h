// The Merkle tree of RFC 9162, section 2.1: hashes of leaves and nodes, roots, inclusion and consistency proofs. Pure functions; where the
// hashes of the tree lie is the caller's business (NodeSource; vault/tiles.h reads them from tiles).
//
//   MerkleFrontier tree;
//   for (const std::string& entry : entries) tree.append(leaf_hash(entry));
//   MerkleHash root = tree.root();
//
// Sizes and indexes count leaves, from 0. All hashing is SHA-256.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace litopys {

using MerkleHash = std::array<std::uint8_t, 32>;

// SHA-256 of the bytes as they are.
[[nodiscard]] MerkleHash sha256_of(std::string_view bytes);

// RFC 9162, 2.1.1: HASH(0x00 || entry), HASH(0x01 || left || right), HASH() of the tree without leaves.
[[nodiscard]] MerkleHash leaf_hash(std::string_view entry);
[[nodiscard]] MerkleHash node_hash(const MerkleHash& left, const MerkleHash& right);
[[nodiscard]] MerkleHash empty_tree_root();

// Standard base64 (RFC 4648, section 4) and lower-case hex of a hash. `..._from` gives nothing unless the text is exactly the one form.
[[nodiscard]] std::string base64_of(std::string_view bytes);
[[nodiscard]] std::string base64_of(const MerkleHash& hash);
[[nodiscard]] std::optional<std::string> bytes_from_base64(std::string_view text);  // canonical padding only
[[nodiscard]] std::optional<MerkleHash> hash_from_base64(std::string_view text);
[[nodiscard]] std::string hex_of(const MerkleHash& hash);
[[nodiscard]] std::optional<MerkleHash> hash_from_hex(std::string_view text);

// The root of a growing tree in O(log size) memory: the roots of the complete subtrees from left to right.
class MerkleFrontier {
 public:
  void append(const MerkleHash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] MerkleHash root() const;  // O(log size)

 private:
  std::uint64_t size_ = 0;
  std::vector<MerkleHash> peaks_;  // one for each set bit of size_, the largest first
};

// The hash of the complete subtree of 2^level leaves that starts at leaf index * 2^level. Errors pass through the functions below.
using NodeSource = std::function<Result<MerkleHash>(unsigned level, std::uint64_t index)>;

// Deepest path that a proof can have: sizes are 64 bits wide.
inline constexpr std::size_t kLongestPath = 64;

// MTH(D[0:size]). O(log size) nodes.
[[nodiscard]] Result<MerkleHash> root_of(std::uint64_t size, const NodeSource& nodes);

// PATH(index, D[0:size]) of RFC 9162, 2.1.3.1: from the leaf's sibling to the root's child. Demands index < size.
[[nodiscard]] Result<std::vector<MerkleHash>> inclusion_path(std::uint64_t index, std::uint64_t size, const NodeSource& nodes);

// PROOF(from, D[0:to]) of RFC 9162, 2.1.4.1; empty where from == to or from == 0 (nothing is to be proved then). Demands from <= to.
[[nodiscard]] Result<std::vector<MerkleHash>> consistency_path(std::uint64_t from, std::uint64_t to, const NodeSource& nodes);

// The verifier's side, RFC 9162, 2.1.3.2 and 2.1.4.2. Any input is allowed: what is out of range or too long does not hold.
[[nodiscard]] bool inclusion_holds(const MerkleHash& leaf, std::uint64_t index, std::uint64_t size, std::span<const MerkleHash> path,
                                   const MerkleHash& root);
[[nodiscard]] bool consistency_holds(std::uint64_t from, const MerkleHash& from_root, std::uint64_t to, const MerkleHash& to_root,
                                     std::span<const MerkleHash> path);

}  // namespace litopys
