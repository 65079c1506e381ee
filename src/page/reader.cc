// Decode, tell page from text, then the way of each.
#include "page/reader.h"

#include <utility>

#include "page/decode.h"
#include "page/head.h"
#include "page/lines.h"

namespace litopys {

struct PageReader::Impl {
  LineJudge judge;
  HeadReader head;
};

PageReader::PageReader(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;
PageReader::~PageReader() = default;

Result<PageReader> PageReader::make(const Codebook& book) {
  auto judge = LineJudge::make(book);
  if (!judge) return tl::unexpected(judge.error());
  auto head = HeadReader::make(book);
  if (!head) return tl::unexpected(head.error());
  return PageReader(std::make_unique<const Impl>(Impl{std::move(*judge), std::move(*head)}));
}

Result<Document> PageReader::read(const Item& item) const {
  auto decoded = decode(item.bytes, {.item = item.path.empty() ? item.id : item.path, .transport = {}});
  if (!decoded) return tl::unexpected(decoded.error());

  Document document;
  document.id = item.id;
  document.path = item.path;
  document.encoding = std::move(decoded->encoding);
  document.notes = std::move(decoded->notes);
  document.text = std::move(decoded->text);
  document.map = std::move(decoded->map);
  document.lines = lines_of(document.text);
  if (decoded->broken) {
    for (Line& line : document.lines) {
      line.kind = LineKind::junk;
      line.reason = "mojibake";
    }
    return document;
  }
  document.language = language_by_letters(document.text);
  impl_->judge.judge(document.text, document.lines);
  Head head = impl_->head.read(document.text, document.lines, document.language);
  document.title = std::move(head.title);
  document.outlet = std::move(head.outlet);
  document.published = head.published;
  document.evidence = std::move(head.evidence);
  if (head.title_line) document.lines[*head.title_line].kind = LineKind::title;
  return document;
}

}  // namespace litopys
