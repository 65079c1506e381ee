// Text cut into the pieces that the encoder knows: a unigram model (Kudo 2018, "Subword regularization"), the cut whose pieces' log
// probabilities sum to most. The vocabulary is that of XLM-RoBERTa, pruned; the cut is that of SentencePiece with the same pieces.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace litopys {

// The tokenizer's arrays, in memory that somebody else holds (a mapped model).
struct PieceTable {
  std::span<const std::uint32_t> offsets;  // pieces + 1, ascending, into `bytes`
  std::span<const float> scores;           // log probabilities, one a piece
  std::string_view bytes;                  // the pieces in byte order, each distinct; "▁" stands for a blank
  std::span<const std::uint32_t> normal;   // code points that become something else, ascending
  std::span<const std::uint32_t> becomes;  // normal + 1 offsets into normal_bytes
  std::string_view normal_bytes;
};

// Whether offsets ascend and fit, pieces are sorted and scores finite. O(size).
[[nodiscard]] bool sound(const PieceTable& table);

// Immutable; threads may share one.
class PieceTokenizer {
 public:
  PieceTokenizer() = default;
  // Precondition: sound(table). O(pieces of one byte more or less): an index of first bytes is made.
  explicit PieceTokenizer(const PieceTable& table);

  [[nodiscard]] std::size_t pieces() const { return table_.scores.size(); }
  [[nodiscard]] std::uint32_t unknown() const { return static_cast<std::uint32_t>(pieces()); }
  [[nodiscard]] std::string_view piece(std::uint32_t id) const;

  // The pieces' numbers; unknown() for a run of characters that no piece covers. Malformed UTF-8 is U+FFFD. At most `most` pieces: of a
  // longer text the beginning. O(bytes * longest piece); of a text beyond 64 KiB only that much is looked at.
  [[nodiscard]] std::vector<std::uint32_t> cut(std::string_view text, std::size_t most) const;

  // What is cut: compatibility forms, kinds of blanks and case of letters as the vocabulary expects them, runs of blanks one "▁", one in
  // front; stress marks, soft hyphens and zero-width characters left out.
  [[nodiscard]] std::string normalise(std::string_view text) const;

 private:
  PieceTable table_;
  std::array<std::uint32_t, 257> first_{};    // pieces that begin with byte b: first_[b] .. first_[b + 1]
  std::array<std::uint32_t, 0x800> short_{};  // by code point: 0 stays, 1 + index into `normal`
  float unknown_score_ = 0;
};

}  // namespace litopys
