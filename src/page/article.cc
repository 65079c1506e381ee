// The forest sees the rules' verdict as one number among others, so it only has to learn where they go wrong.
#include "page/article.h"

#include <cmath>
#include <span>

namespace litopys {

namespace {

float probability(float odds) { return 1 / (1 + std::exp(-odds)); }

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
  std::vector<float> rows = block_features(reading.scene(page, phrases, title));
  std::vector<float> first(count);
  const auto row = [&](std::size_t b) { return std::span<const float>(rows).subspan(b * all_features(), all_features()); };
  for (std::size_t b = 0; b < count; ++b) first[b] = probability(log_odds(model_->first, row(b)));
  add_second_look(page, first, rows);
  for (std::size_t b = 0; b < count; ++b) {
    if (probability(log_odds(model_->second, row(b))) < model_->threshold) out[b] = {LineKind::junk, std::string(reason(b))};
  }
  return out;
}

}  // namespace litopys
