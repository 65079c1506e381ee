// Nothing but the Lexicon of each language: what a hit means is the reader's business.
#include "mention/cue.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace litopys {

Result<CueFinder> CueFinder::make(const Codebook& book) {
  static constexpr std::string_view kKinds[] = {"cue", "subject", "concept", "stance", "target-group", "slot-word"};
  CueFinder out;
  for (const Language language : kReadLanguages) {
    auto lexicon = Lexicon::compile(book, kKinds, language);
    if (!lexicon) return tl::unexpected(lexicon.error());
    out.lexicons_[static_cast<std::size_t>(language)] = std::move(*lexicon);
  }
  return out;
}

std::vector<Cue> CueFinder::find(const Text& text, const Sentence& sentence) const {
  if (text.language == Language::other) return {};
  std::vector<Cue> out;
  for (const LexiconHit& hit : lexicons_[static_cast<std::size_t>(text.language)].find(text, sentence)) {
    // Hits come by first token, so that the same row on the same words lies close by.
    const auto same = [&](const Cue& cue) { return cue.row == hit.row && cue.first_token == hit.first_token; };
    const std::size_t near = std::min<std::size_t>(out.size(), 16);
    if (std::any_of(out.end() - static_cast<std::ptrdiff_t>(near), out.end(), same)) continue;
    out.push_back({hit.row, hit.span, hit.first_token, hit.token_count});
  }
  return out;
}

}  // namespace litopys
