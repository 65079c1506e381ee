#include "vault/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "vault/tessera_log.h"

namespace litopys {
namespace {

// RFC 9162, 2.1.1, 2.1.3.1 and 2.1.4.1 written down as they are, on all leaves at once. k: the largest power of two smaller than n.
namespace naive {
using Leaves = std::span<const MerkleHash>;
std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
MerkleHash root(Leaves d) {
  if (d.empty()) return empty_tree_root();
  if (d.size() == 1) return d[0];
  const std::size_t k = split(d.size());
  return node_hash(root(d.first(k)), root(d.subspan(k)));
}
std::vector<MerkleHash> path(std::size_t m, Leaves d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  std::vector<MerkleHash> out = m < k ? path(m, d.first(k)) : path(m - k, d.subspan(k));
  out.push_back(m < k ? root(d.subspan(k)) : root(d.first(k)));
  return out;
}
std::vector<MerkleHash> subproof(std::size_t m, Leaves d, bool whole) {
  if (m == d.size()) return whole ? std::vector<MerkleHash>{} : std::vector<MerkleHash>{root(d)};
  const std::size_t k = split(d.size());
  std::vector<MerkleHash> out = m <= k ? subproof(m, d.first(k), whole) : subproof(m - k, d.subspan(k), false);
  out.push_back(m <= k ? root(d.subspan(k)) : root(d.first(k)));
  return out;
}
}  // namespace naive

constexpr std::size_t kMost = 1025;

struct Tree {
  std::vector<MerkleHash> leaves;
  std::vector<std::vector<MerkleHash>> complete;  // [level][index]
  std::vector<MerkleHash> roots;                  // [size], by the naive way

  NodeSource nodes() const {
    return [this](unsigned level, std::uint64_t index) -> Result<MerkleHash> { return complete.at(level).at(index); };
  }
};

const Tree& tree() {
  static const Tree kTree = [] {
    Tree out;
    for (std::size_t i = 0; i < kMost; ++i) out.leaves.push_back(leaf_hash("leaf " + std::to_string(i)));
    out.complete.push_back(out.leaves);
    while (out.complete.back().size() > 1) {
      std::vector<MerkleHash> above;
      for (std::size_t i = 0; i + 1 < out.complete.back().size(); i += 2) {
        above.push_back(node_hash(out.complete.back()[i], out.complete.back()[i + 1]));
      }
      out.complete.push_back(above);
    }
    for (std::size_t n = 0; n <= kMost; ++n) out.roots.push_back(naive::root(std::span(out.leaves).first(n)));
    return out;
  }();
  return kTree;
}

TEST(Merkle, HashesLeavesNodesAndNothingApart) {
  EXPECT_EQ(hex_of(empty_tree_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_of(leaf_hash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d") << "SHA-256 of one zero byte";
  EXPECT_EQ(node_hash(leaf_hash("a"), leaf_hash("b")),
            sha256_of("\x01" + std::string(reinterpret_cast<const char*>(leaf_hash("a").data()), 32) +
                      std::string(reinterpret_cast<const char*>(leaf_hash("b").data()), 32)));
}

TEST(Merkle, GivesTheRootsOfTesserasTestLog) {
  MerkleFrontier frontier;
  EXPECT_EQ(base64_of(frontier.root()), testing::kTesseraSizes[0].root);
  for (std::size_t n = 1; n <= 15; ++n) {
    frontier.append(leaf_hash(testing::kTesseraLeaves[n - 1]));
    EXPECT_EQ(base64_of(frontier.root()), testing::kTesseraSizes[n].root) << n;
  }
}

TEST(Merkle, GivesTheRootOfEverySizeInEveryWay) {
  MerkleFrontier frontier;
  for (std::size_t n = 0; n <= kMost; ++n) {
    ASSERT_EQ(frontier.root(), tree().roots[n]) << n;
    ASSERT_EQ(root_of(n, tree().nodes()).value(), tree().roots[n]) << n;
    if (n < kMost) frontier.append(tree().leaves[n]);
  }
}

TEST(Merkle, GivesThePathsThatTheStandardDefines) {
  for (std::size_t n = 1; n <= 70; ++n) {
    const auto leaves = std::span(tree().leaves).first(n);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_EQ(inclusion_path(i, n, tree().nodes()).value(), naive::path(i, leaves)) << i << " of " << n;
      ASSERT_EQ(consistency_path(i + 1, n, tree().nodes()).value(), naive::subproof(i + 1, leaves, true)) << i + 1 << " to " << n;
    }
  }
}

TEST(Merkle, ProvesEveryLeafOfEverySize) {
  for (std::size_t n = 1; n <= kMost; ++n) {
    for (std::size_t i = 0; i < n; ++i) {
      const auto path = inclusion_path(i, n, tree().nodes());
      ASSERT_TRUE(path);
      ASSERT_TRUE(inclusion_holds(tree().leaves[i], i, n, *path, tree().roots[n])) << i << " of " << n;
    }
  }
}

TEST(Merkle, ProvesThatEverySizeGrewOutOfEverySmallerOne) {
  for (std::size_t to = 0; to <= kMost; ++to) {
    for (std::size_t from = 0; from <= to; ++from) {
      const auto path = consistency_path(from, to, tree().nodes());
      ASSERT_TRUE(path);
      ASSERT_TRUE(consistency_holds(from, tree().roots[from], to, tree().roots[to], *path)) << from << " to " << to;
    }
  }
}

// Anything but the right proof for the right place fails.
RC_GTEST_PROP(Merkle, AProofOfSomethingElseDoesNotHold, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(2, kMost + 1);
  const auto i = *rc::gen::inRange<std::uint64_t>(0, n);
  const auto path = inclusion_path(i, n, tree().nodes()).value();
  const auto other = *rc::gen::distinctFrom(rc::gen::inRange<std::uint64_t>(0, n), i);
  RC_ASSERT(!inclusion_holds(tree().leaves[i], other, n, path, tree().roots[n]));
  RC_ASSERT(!inclusion_holds(tree().leaves[other], i, n, path, tree().roots[n]));
  RC_ASSERT(!inclusion_holds(tree().leaves[i], i, n, path, tree().roots[n - 1]));
  RC_ASSERT(!inclusion_holds(tree().leaves[i], n, n, path, tree().roots[n]));
  auto broken = path;
  const auto at = *rc::gen::inRange<std::size_t>(0, path.size());
  broken[at][*rc::gen::inRange<std::size_t>(0, 32)] ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0, 8));
  RC_ASSERT(!inclusion_holds(tree().leaves[i], i, n, broken, tree().roots[n]));
  broken = path;
  broken.erase(broken.begin() + static_cast<std::ptrdiff_t>(at));
  RC_ASSERT(!inclusion_holds(tree().leaves[i], i, n, broken, tree().roots[n]));
  broken = path;
  broken.push_back(path[at]);
  RC_ASSERT(!inclusion_holds(tree().leaves[i], i, n, broken, tree().roots[n]));
}

RC_GTEST_PROP(Merkle, AGrowthFromAnotherHistoryDoesNotHold, ()) {
  const auto to = *rc::gen::inRange<std::uint64_t>(2, kMost + 1);
  const auto from = *rc::gen::inRange<std::uint64_t>(1, to);
  auto path = consistency_path(from, to, tree().nodes()).value();
  MerkleHash other = tree().roots[from];
  other[*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
  RC_ASSERT(!consistency_holds(from, other, to, tree().roots[to], path));
  RC_ASSERT(!consistency_holds(from, tree().roots[from], to, other, path));
  RC_ASSERT(!consistency_holds(to, tree().roots[to], from, tree().roots[from], path));
  const auto at = *rc::gen::inRange<std::size_t>(0, path.size());
  path[at][*rc::gen::inRange<std::size_t>(0, 32)] ^= 1;
  RC_ASSERT(!consistency_holds(from, tree().roots[from], to, tree().roots[to], path));
  path.erase(path.begin() + static_cast<std::ptrdiff_t>(at));
  RC_ASSERT(!consistency_holds(from, tree().roots[from], to, tree().roots[to], path));
}

TEST(Merkle, RefusesProofsOfAnyLengthForAnySize) {
  const std::vector<MerkleHash> many(1000, leaf_hash("x"));
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{1} << 63U, UINT64_MAX}) {
    for (const std::size_t length : {0U, 1U, 63U, 64U, 65U, 1000U}) {
      const auto path = std::span(many).first(length);
      EXPECT_FALSE(inclusion_holds(leaf_hash("a"), size / 2, size, path, leaf_hash("b"))) << size << ' ' << length;
      EXPECT_FALSE(consistency_holds(size / 2, leaf_hash("a"), size, leaf_hash("b"), path)) << size << ' ' << length;
    }
  }
  EXPECT_FALSE(consistency_holds(0, leaf_hash("a"), 5, leaf_hash("b"), {})) << "the empty tree has one root";
  EXPECT_FALSE(consistency_holds(0, leaf_hash("a"), 0, leaf_hash("a"), {}));
}

TEST(Base64, TakesOnlyTheOneForm) {
  EXPECT_EQ(base64_of("\xFF\xFE"), "//4=");
  EXPECT_EQ(bytes_from_base64("//4=").value(), "\xFF\xFE");
  EXPECT_EQ(bytes_from_base64("").value(), "");
  for (const char* text : {"//4", "//5=", "__4=", "//4=\n", " //4", "/=4=", "====", "//4=//4=", "A===", "//4==="}) {
    EXPECT_FALSE(bytes_from_base64(text)) << text;
  }
}

RC_GTEST_PROP(Base64, GoesThereAndBack, (const std::string& bytes)) { RC_ASSERT(bytes_from_base64(base64_of(bytes)).value() == bytes); }

}  // namespace
}  // namespace litopys
