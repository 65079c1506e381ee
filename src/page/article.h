// Which blocks of a page are its article.
//
// Rules find the column of running text (page/column.h); where there is a model (page/page_model.h), a forest decides block by block from
// the rules' verdict, the block and its neighbours. Without a model the rules decide.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/block_features.h"
#include "page/blocks.h"
#include "page/document.h"
#include "page/lines.h"
#include "page/page_model.h"

namespace litopys {

struct BlockVerdict {
  LineKind kind = LineKind::article;
  std::string reason;  // where it is junk
};

// What is known of a page's blocks before anything is learned; for judging and for learning alike.
struct PageReading {
  std::vector<BlockFacts> facts;
  std::vector<NodeNames> names;
  Column column;
  [[nodiscard]] BlockScene scene(const html::Page& page, const std::vector<PhraseFacts>& phrases, std::optional<std::size_t> title) const {
    return {page, facts, names, column, phrases, title};
  }
};

// Immutable after make; threads may share one.
class ArticleFinder {
 public:
  // Reads the rows of kind "markup". `model` may be null.
  [[nodiscard]] static Result<ArticleFinder> make(const Codebook& book, std::shared_ptr<const PageModel> model);

  // `name_words` and `text_words` are the learned tables (empty ones without a model). O(page).
  [[nodiscard]] PageReading look(const html::Page& page, const HashTable& name_words, const HashTable& text_words) const;

  // One verdict a block; `lines` knows the phrases of furniture, `title` is the headline's block. O(page).
  [[nodiscard]] std::vector<BlockVerdict> judge(const html::Page& page, const LineJudge& lines, std::optional<std::size_t> title) const;

 private:
  // As look, without the learned scores of words.
  [[nodiscard]] PageReading shape(const html::Page& page, const HashTable& name_words) const;

  MarkupBook markup_;
  std::shared_ptr<const PageModel> model_;
};

}  // namespace litopys
