// Which blocks of a page are its article.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/blocks.h"
#include "page/document.h"
#include "page/phrases.h"

namespace litopys {

struct BlockVerdict {
  LineKind kind = LineKind::article;
  std::string reason;  // where it is junk
};

// Immutable after make; threads may share one.
class ArticleFinder {
 public:
  // Reads the rows of kind "markup".
  [[nodiscard]] static Result<ArticleFinder> make(const Codebook& book);

  // One verdict a block. Furniture by phrase (page/lines.h) is judged elsewhere. O(page).
  [[nodiscard]] std::vector<BlockVerdict> judge(const html::Page& page) const;

 private:
  PhraseBook markup_;
  std::vector<std::string> gives_;  // of every row of the codebook, by id
};

}  // namespace litopys
