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

PageReading ArticleFinder::look(const html::Page& page, const HashTable& name_words, const HashTable& text_words) const {
  PageReading out;
  out.facts = facts_of(page, text_words);
  out.names = markup_.read(page, name_words);
  out.column = find_column(page, out.facts, out.names);
  return out;
}

std::vector<BlockVerdict> ArticleFinder::judge(const html::Page& page, const std::vector<PhraseFacts>& phrases,
                                               std::optional<std::size_t> title) const {
  const std::size_t count = page.blocks.size();
  std::vector<BlockVerdict> out(count);
  static const HashTable kNothing;
  const PageReading reading = look(page, model_ ? model_->name_words : kNothing, model_ ? model_->text_words : kNothing);
  const auto reason = [&](std::size_t b) -> std::string_view {
    if (!reading.column.junk[b].empty()) return reading.column.junk[b];
    if (phrases[b].kind != Part::none) return name(phrases[b].kind);
    return "outside";
  };
  if (!model_) {
    for (std::size_t b = 0; b < count; ++b) {
      if (!reading.column.junk[b].empty()) out[b] = {LineKind::junk, std::string(reading.column.junk[b])};
    }
    return out;
  }
  const std::vector<float> rows = block_features(reading.scene(page, phrases, title));
  const float least = std::log(model_->threshold / (1 - model_->threshold));
  std::vector<std::size_t> asked;
  std::vector<const float*> numbers;
  for (std::size_t b = 0; b < count; ++b) {
    // Half of a page's blocks are the links of its menus; the forest need not be asked.
    const BlockFacts& f = reading.facts[b];
    if (f.link_share > 0.8F && f.words < kMenuWords && !reading.column.inside[page.blocks[b].node]) {
      out[b] = {LineKind::junk, std::string(reason(b))};
      continue;
    }
    asked.push_back(b);
    numbers.push_back(rows.data() + b * block_feature_count());
  }
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
