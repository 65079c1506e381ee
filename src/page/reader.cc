// Decode, tell page from text, then the way of each.
#include "page/reader.h"

#include <algorithm>
#include <utility>

#include "page/article.h"
#include "page/blocks.h"
#include "page/byline.h"
#include "page/content.h"
#include "page/decode.h"
#include "page/head.h"
#include "page/lines.h"
#include "page/mojibake.h"
#include "page/page_facts.h"
#include "page/page_head.h"
#include "page/scan.h"
#include "page/source_map.h"

namespace litopys {
namespace {

// Whether a letter of Ukrainian or of Russian alone is there: і ї є ґ, ы э ъ ё.
bool letters_decide(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    i = scan::any(text.data(), i, text.size() - 1, '\xD1', '\xD2', '\xD2');
    const auto next = static_cast<unsigned char>(text[std::min(i + 1, text.size() - 1)]);
    if (i + 1 >= text.size()) break;
    if (text[i] == '\xD2' ? next == 0x91
                          : next == 0x96 || next == 0x97 || next == 0x94 || next == 0x8B || next == 0x8D || next == 0x8A || next == 0x91)
      return true;
  }
  return false;
}

// The lines of a page's text. Blocks hold no line ends, and between them is an empty line or, after a break, none.
std::vector<Line> lines_of_blocks(const html::Page& page) {
  std::vector<Line> out;
  out.reserve(page.blocks.size() * 2);
  for (const html::Block& block : page.blocks) {
    if (!out.empty() && !block.after_break) {
      const std::uint32_t between = out.back().span.end + 1;
      out.push_back({{between, between}, LineKind::article, {}});
    }
    out.push_back({block.text, LineKind::article, {}});
  }
  return out;
}

}  // namespace

struct PageReader::Impl {
  LineJudge judge;
  HeadReader head;
  ArticleFinder article;
  DateFinder dates;
  BylineReader byline;
  std::shared_ptr<const PageModel> model;

  void read_page(Document& document, std::string_view html, const std::string& address) const;
  void read_plain(Document& document, const Content* content) const;
};

PageReader::PageReader(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
PageReader::PageReader(PageReader&&) noexcept = default;
PageReader& PageReader::operator=(PageReader&&) noexcept = default;
PageReader::~PageReader() = default;

Result<PageReader> PageReader::make(const Codebook& book, std::shared_ptr<const PageModel> model, const Gazetteer* people) {
  auto judge = LineJudge::make(book);
  if (!judge) return tl::unexpected(judge.error());
  auto head = HeadReader::make(book, people);
  if (!head) return tl::unexpected(head.error());
  auto article = ArticleFinder::make(book, model);
  if (!article) return tl::unexpected(article.error());
  auto dates = DateFinder::make(book);
  if (!dates) return tl::unexpected(dates.error());
  auto byline = BylineReader::make(book);
  if (!byline) return tl::unexpected(byline.error());
  return PageReader(std::make_unique<const Impl>(
      Impl{std::move(*judge), std::move(*head), std::move(*article), std::move(*dates), std::move(*byline), std::move(model)}));
}

void PageReader::Impl::read_plain(Document& document, const Content* content) const {
  document.lines = lines_of(document.text);
  if (content != nullptr) mark_lines(*content, document.lines);
  document.language = language_by_letters(document.text);
  judge.judge(document.text, document.lines);
  Head found = head.read(document.text, document.lines, document.language);
  document.title = std::move(found.title);
  document.outlet = std::move(found.outlet);
  document.byline = byline.of_text(document.text, document.lines);
  document.published = found.published;
  document.evidence = std::move(found.evidence);
  if (found.title_line) document.lines[*found.title_line].kind = LineKind::title;
}

// `html` may be the document's own text, which the page's takes the place of.
void PageReader::Impl::read_page(Document& document, std::string_view html, const std::string& address) const {
  html::Page page = html::read_blocks(html);
  PageFacts facts = read_page_facts(page);
  facts.address = address;
  if (page.blocks.empty()) {
    // All of it is drawn by scripts: what the head says of the article is all there is.
    std::string said = collapsed(facts.json.body.empty() ? meta_of(page, "og:description") : facts.json.body);
    if (said.empty()) said = collapsed(meta_of(page, "description"));
    if (!said.empty()) {
      page.text = std::move(said);
      html::Block block;
      block.text = {0, static_cast<std::uint32_t>(page.text.size())};
      page.blocks.push_back(block);
      page.map = {{0, 0, false}};
      document.notes.emplace_back("no visible text: read is what the head of the page says");
    }
  }
  document.map = composed(page.map, document.map);
  while (!document.map.empty() && document.map.back().text_begin >= page.text.size()) document.map.pop_back();
  if (page.capped) document.notes.push_back("nesting capped at " + std::to_string(html::kMaxDepth));
  const std::vector<BlockVerdict> verdicts = article.judge(page, judge, facts.title_block);

  std::string article_text;
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    if (verdicts[b].kind != LineKind::junk) article_text.append(page.blocks[b].text.of(page.text)).append("\n");
  }
  document.language = language_by_letters(article_text.empty() ? page.text : article_text);
  // Short texts may hold no letter that tells Ukrainian from Russian; then the page's own word counts.
  const auto declared = language_from_code(std::string_view(page.language).substr(0, 2));
  if (document.language != Language::en && declared && (declared == Language::uk || declared == Language::ru) &&
      !letters_decide(article_text)) {
    document.language = *declared;
  }
  PageHead found = read_page_head(page, facts, verdicts, dates, model.get());
  document.byline = byline.of_page(page, facts, found.outlet);

  document.text = std::move(page.text);
  document.lines = lines_of_blocks(page);
  std::size_t b = 0;
  for (Line& line : document.lines) {
    if (line.span.empty()) continue;
    line.kind = verdicts[b].kind;
    line.reason = verdicts[b].reason;
    if (found.title_block == b) {
      line.kind = LineKind::title;
      line.reason.clear();
    }
    ++b;
  }
  // A model weighs the phrases of furniture with all else; rules alone need them said.
  if (!model) judge.judge(document.text, document.lines);
  document.title = std::move(found.title);
  document.outlet = std::move(found.outlet);
  document.url = std::move(found.url);
  document.published = found.published;
  document.evidence = std::move(found.evidence);
}

Result<Document> PageReader::read(const Item& item) const {
  const std::string& name = item.path.empty() ? item.id : item.path;
  auto content = content_of(item, options_);
  if (!content) return tl::unexpected(content.error());
  const Content* const given = *content ? &**content : nullptr;
  auto decoded = given != nullptr ? Result<DecodedText>(DecodedText{given->text, given->encoding, given->map, given->notes})
                                  : decode(item.bytes, {.item = name, .transport = item.origin.charset, .borrow = true});
  if (!decoded) return tl::unexpected(decoded.error());

  Document document;
  document.id = item.id;
  document.path = item.path;
  document.encoding = std::move(decoded->encoding);
  document.notes = std::move(decoded->notes);
  document.text = std::move(decoded->text);
  document.map = std::move(decoded->map);
  const std::string_view text = decoded->same ? std::string_view(item.bytes) : std::string_view(document.text);
  const bool page = given != nullptr ? given->page : looks_like_html(text);
  if (!page && decoded->same) document.text = item.bytes;
  if (page) {
    impl_->read_page(document, text, item.origin.url);
    if (document.text.empty()) return fail(ErrorKind::kMalformed, name, "", "the page has no visible text", "kept, not read");
  } else if (!decoded->broken) {
    impl_->read_plain(document, given);
  } else {
    document.lines = lines_of(document.text);
  }
  bool broken = decoded->broken;
  if (std::string lost = broken ? std::string() : losses_of(document.text); !lost.empty()) {
    broken = true;
    document.notes.push_back("broken text: " + lost + "; not read");
  }
  if (broken) {
    document.language = Language::other;
    for (Line& line : document.lines) {
      line.kind = LineKind::junk;
      line.reason = "mojibake";
    }
  }
  if (given != nullptr) state_content(document, *given);
  state_origin(document, item.origin);
  return document;
}

}  // namespace litopys
