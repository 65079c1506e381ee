// The page stage's data file (data/page/page.model): what was learned about blocks and dates of pages.
//
//   bytes 0..7    "LITOPAG2"
//   8..15         uint32 length of the head, uint32 zero
//   then          head: text for people, lines "key value"
//   then          thresholds, word tables, forests: each a uint32 count and its numbers (page_model.cc)
//   last 8        FNV-1a of everything before
// Little-endian.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/trees.h"
#include "page/hash_table.h"
#include "page/wide_forest.h"

namespace litopys {

struct PageModel {
  using Weights = std::vector<std::pair<std::uint32_t, std::int32_t>>;  // hash of a word, 1024ths of log odds
  std::string head;                                                     // for people
  float threshold = 0.5F;                                               // least probability of an article's block
  float date_threshold = 0;                                             // least log odds of a publication date
  Weights name_weights, text_weights;
  Forest block, date;
  HashTable name_words, text_words;  // of the weights; made by index()
  WideForest block_rows;             // the forest of blocks, for many rows; made by index()

  void index() {
    name_words = HashTable(name_weights);
    text_words = HashTable(text_weights);
    block_rows = WideForest(block);
  }
};

// Errors: kConfig with what is broken: missing, another format, cut short, checksum, forests that do not fit this program's features.
[[nodiscard]] Result<PageModel> read_page_model(const std::filesystem::path& path);
[[nodiscard]] Result<void> write_page_model(const PageModel& model, const std::filesystem::path& path);

}  // namespace litopys
