// Items as documents: plain text and HTML, told apart by what they hold.
//
//   auto pages = PageReader::make(book).value();
//   Result<Document> document = pages.read(item);
//
// Plain text keeps its text as it is, line by line. A page gives one line a block of visible text, menus and all; `lines` says which are
// the article. Head data (title, outlet, url, published) is what the document itself supports, with the evidence for a date.
#pragma once

#include <memory>

#include "base/result.h"
#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "intake/item.h"
#include "page/content.h"
#include "page/document.h"
#include "page/page_model.h"

namespace litopys {

// Immutable after make; threads may share one.
class PageReader {
 public:
  // Compiles the rows of page/phrases.h; `book` may go afterwards. Errors are kConfig.
  // Without a model the article of a page is found by rules alone.
  // `people`: see HeadReader::make.
  [[nodiscard]] static Result<PageReader> make(const Codebook& book, std::shared_ptr<const PageModel> model = nullptr,
                                               const Gazetteer* people = nullptr);

  // Errors (page/decode.h): kMalformed for bytes that are no text (empty, blank, binary), kLimit for too many. `language` is a first
  // guess by letters; text/language.h knows better. In broken text (mojibake) every line is junk. O(bytes).
  [[nodiscard]] Result<Document> read(const Item& item) const;

  // From here on pictures of text may be read too (page/ocr.h): seconds a page.
  void allow_ocr() { options_.ocr = true; }

  PageReader(PageReader&&) noexcept;
  PageReader& operator=(PageReader&&) noexcept;
  ~PageReader();

 private:
  struct Impl;
  explicit PageReader(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
  ContentOptions options_;
};

}  // namespace litopys
