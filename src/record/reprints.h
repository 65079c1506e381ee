// Near-copies: documents that share at least half of the shorter text's distinct runs of five words.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace litopys {

struct CopyGroup {
  std::vector<std::uint32_t> documents;  // indices into the texts, ascending
  int share_percent = 100;               // the least, over the copies, of the text shared with an earlier one
};

// The distinct runs of five words (letters and digits, case folded) of a text, as sorted 64-bit hashes. Linear.
[[nodiscard]] std::vector<std::uint64_t> runs_of(std::string_view text);

// The groups among texts, by their first document. Exact on the thresholds (runs as hashes); near linear as long as runs that more than
// a few hundred documents share are the lesser half of a text.
[[nodiscard]] std::vector<CopyGroup> near_copies(const std::vector<std::string_view>& texts);

}  // namespace litopys
