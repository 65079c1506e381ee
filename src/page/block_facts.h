// What a block's text looks like: counts of kinds of bytes; no language, no words looked up but by hash.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "page/blocks.h"
#include "page/hash_table.h"

namespace litopys {

struct BlockFacts {
  // The outline, by which the column is found and neighbours are judged.
  std::uint32_t bytes = 0;
  std::uint32_t words = 0;
  std::uint32_t text_hash = 0;  // of its first 200 bytes
  float link_share = 0;         // of its bytes
  unsigned char last = 0;       // 0 other, 1 full stop, 2 question or exclamation mark, 3 colon, 4 ellipsis
  bool good = false;            // running text: runs like a sentence or is long, and is not mostly links
  // The rest.
  bool completed = false;
  unsigned char first = 0;          // 0 other, 1 small letter, 2 capital, 3 digit, 4 quotation mark
  std::uint32_t capital_words = 0;  // begin with a capital
  std::uint32_t digits = 0, upper = 0, letters = 0;
  std::uint32_t stops = 0;   // . ! ? …, not inside a word or number
  std::uint32_t commas = 0;  // , ; :
  std::uint32_t bars = 0;    // | · • » › / standing alone
  float word_score = 0;      // learned: sum of the weights of its first words
  float worst_word = 0;      // the least of them
  bool year = false;         // holds 19xx or 20xx
  bool clock = false;        // digits, colon, digits
  bool address = false;      // "://", "www." or "@"
  bool copyright = false;    // ©
};

// Outlines, a block each. O(text).
[[nodiscard]] std::vector<BlockFacts> outlines_of(const html::Page& page);

// Adds the rest of a block's facts, learned scores aside, where they are not there yet. O(its text).
void complete(const html::Page& page, std::size_t block, BlockFacts& facts);

// The learned scores of a block's first words.
void score_words(std::string_view text, const HashTable& learned, BlockFacts& facts);

// The hashes that score_words asks for.
inline constexpr std::size_t kScoredWords = 16;
void hashed_text_words(std::string_view text, std::vector<std::uint32_t>& out);

}  // namespace litopys
