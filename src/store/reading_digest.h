// One digest for all that the record keeps of an item that was read: what the evidence says was read (ItemFacts::reading), and what verify
// compares with what record.db has. It covers text, claims as they were read and the words that search finds them by; the columns of
// record.db that follow from these are made again instead.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/reading.h"
#include "vault/merkle.h"

namespace litopys {

// The words of a document or a claim, in the order in which a full-text index gives them: term by term in the order of their bytes, with
// the places where each stands. Begins as zeros; each term makes it the SHA-256 of itself, the term, a zero byte, and four bytes a place.
class WordsDigest {
 public:
  // `room` is overwritten; its memory serves for the next term.
  void add(std::string_view term, std::span<const std::uint32_t> places, std::string& room);
  [[nodiscard]] const MerkleHash& value() const { return value_; }

 private:
  MerkleHash value_{};
};
// Of words as append_index_words gives them.
[[nodiscard]] MerkleHash words_digest(std::string_view words);

// `words` and `claim_words` are the digests of those of `reading`, which need not have them itself.
[[nodiscard]] std::string reading_digest(const ItemReading& reading, const MerkleHash& words, std::span<const MerkleHash> claim_words);
[[nodiscard]] std::string reading_digest(const ItemReading& reading);

}  // namespace litopys
