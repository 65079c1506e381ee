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

inline constexpr std::size_t kFewestRuns = 20;     // of a text that takes part
inline constexpr std::size_t kManyCarriers = 400;  // a run in more documents says little: only some of them are compared

// Whether a run is among those by which its text is looked for: all of a short text, a quarter of a long one's (which of them hangs on the
// run alone, so two texts have the same ones in common). Of a long text's half, 64 runs or more, none is taken once in 100 million.
[[nodiscard]] constexpr bool run_leads(std::size_t runs_of_text, std::uint64_t run) {
  constexpr std::size_t kShort = 128;
  return runs_of_text < kShort || (run & 3U) == 0;
}

// Of a text's leading runs, taken from those in fewest documents, so many are enough to meet whatever shares half of it: of all of a short
// text's runs more than half; of a quarter of a long one's three in four, since chance may have left out more of the shared ones.
[[nodiscard]] constexpr std::size_t leading_enough(std::size_t runs_of_text, std::size_t leading) {
  return run_leads(runs_of_text, 1) ? leading / 2 + 1 : 3 * leading / 4 + 1;
}

// Percent of the shorter text's runs that both have.
[[nodiscard]] int share_of(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);
// The rule: half of the shorter's runs, of which there are a third of the longer's or more.
[[nodiscard]] bool are_near_copies(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);
// The least, over the copies, of what each shares with an earlier one of the group (of its first fifty). Runs in order of the documents.
[[nodiscard]] int share_of_group(const std::vector<const std::vector<std::uint64_t>*>& runs);

// The groups among texts, by their first document. Exact on the thresholds (runs as hashes); near linear as long as runs that more than
// a few hundred documents share are the lesser half of a text.
[[nodiscard]] std::vector<CopyGroup> near_copies(const std::vector<std::string_view>& texts);

}  // namespace litopys
