// Who signed a page: kept beside its title for people who judge a report, and nowhere else. Whoever writes is no entity of a record; no
// later stage sees it.
//
//   JSON-LD's author, meta elements, rel=author, itemprop=author, an element named "byline", a line "By A. Nobody" or «Автор: Н. Ніхто»
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "page/blocks.h"
#include "page/document.h"
#include "page/hash_table.h"
#include "page/page_facts.h"
#include "page/phrases.h"
#include "page/web_dates.h"

namespace litopys {

// Immutable after make; threads may share one.
class BylineReader {
 public:
  // Rows of kinds "month", "date-label", "byline-label" (words before a name; with `gives` = "name" what follows must look like one) and
  // "byline-markup" (one word of Latin letters each, as in class names). Errors are kConfig.
  [[nodiscard]] static Result<BylineReader> make(const Codebook& book);

  // Names as the page has them, without label and date, several joined by ", "; nullopt where nobody signed, or only the outlet did.
  // O(page).
  [[nodiscard]] std::optional<std::string> of_page(const html::Page& page, const PageFacts& facts,
                                                   const std::optional<std::string>& outlet) const;

  // Of plain text only a label speaks, in the first or last lines. O(bytes of those).
  [[nodiscard]] std::optional<std::string> of_text(std::string_view text, const std::vector<Line>& lines) const;

 private:
  struct Said {
    std::string name;
    bool labelled = false;
  };
  // `words` is room that is used again.
  [[nodiscard]] std::optional<Said> said_in(std::string_view line, FoldedLine& words) const;
  [[nodiscard]] std::string_view without_date(std::string_view name, FoldedLine& words) const;

  PhraseBook labels_, dates_;  // dates_: words such as "Published"
  MonthNames months_;
  HashTable markup_;
  std::vector<bool> strict_;  // of each row of the codebook: a name must follow
};

}  // namespace litopys
