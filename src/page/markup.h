// What the names in a page's markup say of its parts: class names, ids and itemprops, read word by word.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/blocks.h"
#include "page/hash_table.h"

namespace litopys {

// What a row of kind "markup" gives (codebooks/…/page.toml).
enum class Part : unsigned char { none, main, menu, side, share, teaser, subscribe, advert, cookie, comments, meta, photo, hidden, donate };
inline constexpr std::size_t kParts = 14;
[[nodiscard]] std::string_view name(Part part);

struct NodeNames {
  Part says = Part::none;  // furniture by its own names
  bool main = false;       // its names or its tag say: here is the article
  float score = 0;         // learned: log odds for an article of the words in its names, 0 without a model
};

// Immutable after make; threads may share one.
class MarkupBook {
 public:
  // Rows of kind "markup": words without wildcards, at most three in a row. kConfig with file and line otherwise.
  [[nodiscard]] static Result<MarkupBook> make(const Codebook& book);

  // One entry a node; `learned` are weights by hash_of_word. O(bytes of names).
  [[nodiscard]] std::vector<NodeNames> read(const html::Page& page, const HashTable& learned) const;

 private:
  HashTable parts_;        // phrase -> Part
  HashTable first_words_;  // words that begin a phrase of several
};

// The words of names, as hashes; 0 stands between names. "post-relatedArticles" is post, related, articles.
void hashed_name_words(std::string_view names, std::vector<std::uint32_t>& out);

// The words of the rows of a kind as such hashes, each with its row. A word that is not one word of Latin letters is a kConfig error.
[[nodiscard]] Result<std::vector<std::pair<std::uint32_t, RowId>>> hashed_row_words(const Codebook& book, std::string_view kind);

}  // namespace litopys
