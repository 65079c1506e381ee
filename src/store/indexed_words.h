// The words of a full-text index, row by row, as digests: what verify compares with what was logged as read. Inside store/.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "store/database.h"
#include "store/reading_digest.h"

namespace litopys {

struct IndexedWords {
  std::unordered_map<std::int64_t, WordsDigest> rows;
  std::uint64_t terms = 0;  // places of terms, of all rows

  // The digest of a row's words, zeros where it has none; it is gone afterwards.
  [[nodiscard]] MerkleHash take(std::int64_t row);
};

// In one pass over the index, term by term. Memory: 40 bytes a row. Failures are thrown as StoreFailure.
[[nodiscard]] IndexedWords words_of_index(Database& database, const std::string& table);

}  // namespace litopys
