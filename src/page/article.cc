// The forest sees the rules' verdict as one number among others, so it only has to learn where they go wrong.
#include "page/article.h"

#include <cmath>
#include <span>

namespace litopys {
namespace {

constexpr std::uint32_t kMenuWords = 8;

}  // namespace

Result<ArticleFinder> ArticleFinder::make(const Codebook& book, std::shared_ptr<const PageModel> model) {
  ArticleFinder out;
  auto markup = MarkupBook::make(book);
  if (!markup) return tl::unexpected(markup.error());
  out.markup_ = std::move(*markup);
  out.model_ = std::move(model);
  return out;
}

PageReading ArticleFinder::shape(const html::Page& page, const HashTable& name_words) const {
  PageReading out;
  out.facts = outlines_of(page);
  out.names = markup_.read(page, name_words);
  out.column = find_column(page, out.facts, out.names);
  return out;
}

PageReading ArticleFinder::look(const html::Page& page, const HashTable& name_words, const HashTable& text_words) const {
  PageReading out = shape(page, name_words);
  for (std::size_t b = 0; b < page.blocks.size(); ++b) {
    complete(page, b, out.facts[b]);
    score_words(page.blocks[b].text.of(page.text), text_words, out.facts[b]);
  }
  return out;
}

std::vector<BlockVerdict> ArticleFinder::judge(const html::Page& page, const LineJudge& lines, std::optional<std::size_t> title) const {
  const std::size_t count = page.blocks.size();
  std::vector<BlockVerdict> out(count);
  static const HashTable kNothing;
  PageReading reading = shape(page, model_ ? model_->name_words : kNothing);
  if (!model_) {
    for (std::size_t b = 0; b < count; ++b) {
      if (reading.column.junk[b] != LeftOut::no) out[b] = {LineKind::junk, std::string(name(reading.column.junk[b]))};
    }
    return out;
  }
  std::vector<PhraseFacts> phrases(count);
  std::vector<std::uint32_t> asked;
  asked.reserve(count);
  FoldedLine words;
  for (std::size_t b = 0; b < count; ++b) {
    // Half of a page's blocks are the links of its menus and what else stands in its frame; the forest need not be asked, nor their words
    // but of headings, which say something of what follows them. (Of 13,017 blocks of the
    // frame, sentences included, it let none pass.)
    BlockFacts& f = reading.facts[b];
    const html::Block& block = page.blocks[b];
    const std::uint16_t regions = page.nodes[block.inner].regions;
    const bool frame = (regions & (html::kNav | html::kFooter | html::kAside)) != 0 && !f.good;
    const bool menu = reading.column.inside[block.node] == 0 && (frame || (f.link_share > 0.8F && f.words < kMenuWords));
    if (!menu || (regions & html::kHeading) != 0) {
      phrases[b] = lines.facts_of(block.text.of(page.text), words);
      score_words(block.text.of(page.text), model_->text_words, f);
    }
    if (menu) {
      out[b] = {LineKind::junk, std::string(name(reading.column.junk[b]))};  // outside of the column: the rules have a reason
    } else {
      complete(page, b, f);
      asked.push_back(static_cast<std::uint32_t>(b));
    }
  }
  const auto reason = [&](std::size_t b) -> std::string_view {
    if (reading.column.junk[b] != LeftOut::no) return name(reading.column.junk[b]);
    if (phrases[b].kind != Part::none) return name(phrases[b].kind);
    return "outside";
  };
  const std::vector<float> rows = block_features(reading.scene(page, phrases, title), &asked);
  const float least = std::log(model_->threshold / (1 - model_->threshold));
  std::vector<const float*> numbers(asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) numbers[i] = rows.data() + i * block_feature_count();
  std::vector<float> odds(asked.size());
  if (model_->block_rows.empty()) {
    log_odds_of_rows(model_->block, numbers, odds);
  } else {
    model_->block_rows.ask(numbers, odds);
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (odds[i] < least) out[asked[i]] = {LineKind::junk, std::string(reason(asked[i]))};
  }
  return out;
}

}  // namespace litopys
