// The light reader's data file: hashed linear weights as bytes with a scale a slot, the forest of the second look, thresholds, and what
// was measured when it was learned. Mapped, not read: opening costs one pass over the bytes for the checksum.
//
//   bytes 0..7    "LITOPYS3"
//   8..11         length of the head h;   12..15  zero
//   16..16+h      head, lines "key value", for people too; filled up with blanks
//   then          rows of slots: uint32[kSlots], row number or 0xFFFFFFFF
//                 rows: each a float scale and int8 weights, filled up to a multiple of 64 bytes: a row is one line of the cache
//                 tree starts: uint32[trees];  nodes: TreeNode[nodes];  each array begins on a multiple of 64 bytes
//   last 8        FNV-1a of everything before
// Little-endian. Outputs: the measures in the order of the head, "any measure", the stances, the credences.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/vocabulary.h"
#include "reader/features.h"
#include "reader/trees.h"

namespace litopys {

struct ModelHead {
  std::string codebook, codebook_version;
  std::vector<std::string> measures;  // ids, in the order of the outputs
  std::string training;               // SHA-free fingerprint of the training set, 16 hex digits
  std::string licence = "Apache-2.0";
  std::string made_from;              // "82 documents, 1140 passages, 5252 sentences"
  std::string quality;                // cross-validated, one line
  std::array<float, 3> thresholds{};  // by language: least probability that is a claim
  float forest_base = 0;
};

// Sizes of the outputs behind the measures.
inline constexpr std::size_t kStances = Names<Stance>::all.size(), kCredences = Names<Credence>::all.size();
[[nodiscard]] constexpr std::size_t outputs_of(std::size_t measures) { return measures + 1 + kStances + kCredences; }

// What learning gives: weights[output][slot].
struct TrainedModel {
  ModelHead head;
  std::vector<std::vector<float>> weights;
  Forest forest;
};

// Writes the file anew (to a temporary name beside it, then renamed). Keeps the `rows_kept` slots with the largest weights.
[[nodiscard]] Result<void> write_model(const TrainedModel& model, const std::filesystem::path& path, std::size_t rows_kept = 120'000);

// An open model. Immutable; threads may share it.
class Model {
 public:
  // Errors: kConfig with what is broken: missing, another format, cut short, checksum, sizes that do not fit.
  [[nodiscard]] static Result<std::shared_ptr<const Model>> open(const std::filesystem::path& path);
  ~Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  [[nodiscard]] const ModelHead& head() const { return head_; }
  [[nodiscard]] std::size_t outputs() const { return outputs_of(head_.measures.size()); }
  [[nodiscard]] const ForestView& forest() const { return forest_; }

  // The outputs, filled up to whole blocks of four.
  [[nodiscard]] std::size_t width() const { return (outputs() + 3) / 4 * 4; }

  // out[0..width()) = the sum of value * weights over the features, added in their order. O(features * width).
  void sum(std::span<const Feature> features, std::span<float> out) const;

  [[nodiscard]] float weight(std::uint32_t slot, std::size_t output) const {
    const std::int8_t* at = row_of(slot);
    return at == nullptr ? 0.0F : scale(at) * static_cast<float>(at[sizeof(float) + output]);
  }

 private:
  Model() = default;
  static constexpr std::uint32_t kNoRow = 0xFFFFFFFF;

  // Rows stand in the order of their slots, so that a slot's row is the number of slots before it that have one. This table stays in the
  // second cache, where that of the file does not.
  struct Presence {
    std::uint64_t bits = 0;    // of 64 slots: has a row
    std::uint32_t before = 0;  // rows of the slots before
  };
  [[nodiscard]] const std::int8_t* row_of(std::uint32_t slot) const {
    const Presence& p = presence_[slot / 64];
    const std::uint64_t bit = 1ULL << (slot % 64);
    if ((p.bits & bit) == 0) return nullptr;
    return rows_.data() + (p.before + static_cast<std::size_t>(std::popcount(p.bits & (bit - 1)))) * stride_;
  }

  template <std::size_t Blocks>
  static void sum_of(std::span<const std::int8_t* const> rows, std::span<const float> values, float* out);
  static float scale(const std::int8_t* row) {
    float out = 0;
    std::memcpy(&out, row, sizeof out);
    return out;
  }

  ModelHead head_;
  std::size_t stride_ = 0;  // bytes of a row
  std::vector<Presence> presence_;
  std::span<const std::int8_t> rows_;
  ForestView forest_;
  void* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
};

}  // namespace litopys
