// The careful reader's data file: an encoder's weights as bytes, its tokenizer, and what was measured when it was made. Mapped, not read.
//
//   bytes 0..7    "LITOPYSC"
//   8..11         length of the head h;   12..15  zero
//   16..16+h      head, lines "key value", for people too; filled up with blanks
//   then          arrays, each on a multiple of 64 bytes, in the order of EncoderFile below; sizes follow from the head
//   last 8        FNV-1a of everything before, in four lanes of eight bytes
// Little-endian. Written by tools/careful/export.py.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reader/tokenizer.h"

namespace litopys {

// The numbers that fuse what the encoder says with what the light reader says, see reader/careful.h.
inline constexpr std::size_t kFusionWeights = 8;

struct EncoderHead {
  std::string codebook;
  std::vector<std::string> measures;  // ids, in the order of the outputs
  std::string training;               // the light reader's fingerprint of the training set
  std::string licence, made_from, quality;
  std::array<float, 3> thresholds{};           // by language: least probability that is a claim
  std::array<float, kFusionWeights> fusion{};  // see reader/careful.h
  bool manner = false;                         // whether stance and credence are the encoder's to say (else the light reader's)
  float least_light = 0;                       // a sentence whose light log odds are all below is not looked at
  std::size_t hidden = 0, layers = 0, heads = 0, inner = 0, positions = 0, outputs = 0;
  bool points = false;  // whether the file has a pointer (reader/pointers.h)
};

// y = scale[n] * sum over k of weight[n * columns + k] * x[k], + bias[n].
struct ByteMatrix {
  std::size_t rows = 0, columns = 0;
  std::span<const std::int8_t> weights;
  std::span<const float> scale, bias;
};

struct FloatMatrix {
  std::size_t rows = 0, columns = 0;
  std::span<const float> weights, bias;
};

// A pointer's numbers, for each slot and in the order of reader/pointers.h; empty where the file has none.
struct PointerWeights {
  std::span<const float> query, key;  // slots * kPointerSize rows of `hidden`
  FloatMatrix absent;                 // hidden to slots * kPointerAbsent
  std::span<const float> distance;    // slots * kPointerBuckets
};

struct LayerNorm {
  std::span<const float> weight, bias;
};

struct EncoderLayer {
  ByteMatrix qkv;  // queries (already divided by the root of a head's width), keys, values
  ByteMatrix out;
  LayerNorm after_attention;
  ByteMatrix up, down;
  LayerNorm after_inner;
};

// What the last eight bytes are to be, of all before them (a multiple of 32 bytes).
[[nodiscard]] std::uint64_t encoder_checksum(std::string_view bytes);

// An open file. Immutable; threads may share it.
class EncoderFile {
 public:
  // kConfig errors say what is broken: missing, another format, cut short, checksum, sizes that do not fit, numbers that are none.
  // One pass over the bytes.
  [[nodiscard]] static Result<std::shared_ptr<const EncoderFile>> open(const std::filesystem::path& path);
  // The same over bytes that the object keeps (tests, fuzzing).
  [[nodiscard]] static Result<std::shared_ptr<const EncoderFile>> from_bytes(std::string bytes, const std::string& name);
  ~EncoderFile();
  EncoderFile(const EncoderFile&) = delete;
  EncoderFile& operator=(const EncoderFile&) = delete;

  EncoderHead head;
  PieceTable pieces;
  // Rows of the embedding: the pieces, then begin, end, padding (unused), unknown.
  std::span<const std::int8_t> word;  // (pieces + 4) * hidden
  std::span<const float> word_scale;  // pieces + 4
  std::span<const float> position;    // positions * hidden
  LayerNorm embedding;
  std::vector<EncoderLayer> layers;
  FloatMatrix inner, outer;  // the judgement of a sentence: 2 * hidden to hidden, hidden to outputs
  PointerWeights pointer;

 private:
  EncoderFile() = default;
  Result<void> parse(std::string_view bytes, const std::string& name);

  std::string owned_;
  void* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
};

}  // namespace litopys
