// The encoder: what the sentences of a window say, as the outputs of a small BERT (12 layers, bytes for weights). Matrix products by
// oneDNN.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "reader/encoder_file.h"
#include "reader/pointers.h"
#include "reader/tokenizer.h"

namespace litopys {

// Tokens that are read at once, and the sentences among them that are judged: each by the mark before it and its own tokens.
struct Window {
  struct Judged {
    std::uint32_t sentence = 0;  // the caller's number
    std::uint32_t mark = 0;      // token index of its mark
    std::uint32_t begin = 0, end = 0;
  };
  std::vector<std::uint32_t> tokens;  // rows of the embedding; at most EncoderHead::positions
  std::vector<Judged> judged;
  // For the pointer: where each sentence begins (its mark), in order, judged or not; and each token's word, bytes of the document, empty
  // for begin and marks. May be left empty where nobody asks where it points.
  std::vector<std::uint32_t> marks;
  std::vector<Span> words;
};

// What the encoder says of windows.
struct EncoderOutputs {
  std::vector<float> numbers;                   // head().outputs of every judged sentence, in the order of the windows
  std::vector<std::vector<Pointing>> pointing;  // likewise its slots' pointings, by PointerSlot; empty where the file has no pointer
};

// Immutable but for what is made at first use (weights laid out for this processor, once, by whichever thread comes first); threads may
// share one. The same window gives the same outputs whatever stands beside it and whichever thread runs it.
class Encoder {
 public:
  explicit Encoder(std::shared_ptr<const EncoderFile> file);
  ~Encoder();
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  [[nodiscard]] const EncoderHead& head() const { return file_->head; }
  [[nodiscard]] const PieceTokenizer& tokenizer() const { return tokenizer_; }
  // Rows of the embedding that are no pieces.
  [[nodiscard]] std::uint32_t begin_token() const { return static_cast<std::uint32_t>(tokenizer_.pieces()); }
  [[nodiscard]] std::uint32_t mark_token() const { return begin_token() + 1; }
  [[nodiscard]] std::uint32_t unknown_token() const { return begin_token() + 3; }

  // All that is judged. About 130 microseconds a token on one core with AVX-512 VNNI; memory for some 1,000 tokens at a time.
  // Precondition: tokens are rows of the embedding, spans lie in the window.
  [[nodiscard]] EncoderOutputs outputs(std::span<const Window> windows) const;

 private:
  struct Prepared;
  const Prepared& prepared() const;

  std::shared_ptr<const EncoderFile> file_;
  PieceTokenizer tokenizer_;
  struct Lazy;
  std::unique_ptr<Lazy> lazy_;
};

}  // namespace litopys
