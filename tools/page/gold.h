// The pages that learning sees, and what their sets say of each block.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "page/article.h"
#include "page/blocks.h"
#include "page/lines.h"

namespace litopys::learn {

struct Label {
  std::int8_t article = -1;  // 1 article, 0 furniture, -1 nobody says
  float weight = 0;
};

// One page with its gold: the text of the article, or segments that belong in it and segments that do not.
struct Example {
  std::string set, file;
  std::size_t fold = 0;
  bool own_blind = false;  // set aside: never learned from, scored once at the end
  html::Page page;
  std::optional<std::size_t> title;
  std::vector<PhraseFacts> phrases;
  std::string body;
  std::vector<std::string> with, without;
  std::vector<Label> labels;  // a block each
};

// The blind quarter: pages whose SHA-256 of "set/name" begins with a byte that four divides.
[[nodiscard]] bool own_blind(const std::string& set, const std::string& name);

// Reads FOLDER/truth.json and FOLDER/html; the set's name is the folder's. Prints what it cannot read and goes on.
[[nodiscard]] std::vector<Example> read_set(const std::filesystem::path& folder, const LineJudge& judge, const ArticleFinder& finder);

// A page and its day of publication, "YYYY-MM-DD".
struct DatedPage {
  std::string set, file, day;
  std::size_t fold = 0;
  bool own_blind = false;
  html::Page page;
};
[[nodiscard]] std::vector<DatedPage> read_dates(const std::filesystem::path& folder);

// F1 of 4-word shingles as the set was published with, and of pooled segments; `texts` has one entry an example.
struct Scores {
  double article = 0, segments = 0;
  std::size_t articles = 0, pages = 0;
};
[[nodiscard]] Scores score(const std::vector<Example>& examples, const std::vector<std::string>& texts, bool blind);

}  // namespace litopys::learn
