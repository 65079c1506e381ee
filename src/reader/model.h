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
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/vocabulary.h"
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

  // Numbers that `add` adds to: the outputs and what fills the row.
  [[nodiscard]] std::size_t width() const { return stride_ - sizeof(float); }

  // Adds value * weights of a slot to out[0..width()).
  void add(std::uint32_t slot, float value, float* out) const {
    const std::uint32_t row = slots_[slot];
    if (row == kNoRow) return;
    const std::int8_t* at = rows_.data() + static_cast<std::size_t>(row) * stride_;
    const float by = value * scale(at);
    const std::int8_t* w = at + sizeof(float);
    for (std::size_t block = 0; block < width(); block += kBlock) {
      for (std::size_t o = 0; o < kBlock; ++o) out[block + o] += by * static_cast<float>(w[block + o]);
    }
  }
  // Asks the processor for a slot's row ahead of use.
  void fetch(std::uint32_t slot) const {
    const std::uint32_t row = slots_[slot];
    if (row != kNoRow) __builtin_prefetch(rows_.data() + static_cast<std::size_t>(row) * stride_);
  }
  [[nodiscard]] float weight(std::uint32_t slot, std::size_t output) const {
    const std::uint32_t row = slots_[slot];
    if (row == kNoRow) return 0.0F;
    const std::int8_t* at = rows_.data() + static_cast<std::size_t>(row) * stride_;
    return scale(at) * static_cast<float>(at[sizeof(float) + output]);
  }

 private:
  Model() = default;
  static constexpr std::uint32_t kNoRow = 0xFFFFFFFF;
  static constexpr std::size_t kBlock = 4;  // divides every width
  static float scale(const std::int8_t* row) {
    float out = 0;
    std::memcpy(&out, row, sizeof out);
    return out;
  }

  ModelHead head_;
  std::size_t stride_ = 0;  // bytes of a row
  std::span<const std::uint32_t> slots_;
  std::span<const std::int8_t> rows_;
  ForestView forest_;
  void* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
};

}  // namespace litopys
