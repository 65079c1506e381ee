// The finders in the order in which they lean on each other: actors before attributions, the rest independent.
#include "mention/find.h"

#include "mention/actor.h"
#include "mention/attribution.h"
#include "mention/cue.h"
#include "mention/place.h"
#include "mention/quantity.h"
#include "mention/time.h"

namespace litopys {

struct MentionFinder::Impl {
  QuantityFinder quantities;
  TimeFinder times;
  PlaceFinder places;
  ActorFinder actors;
  AttributionFinder attributions;
  CueFinder cues;
};

MentionFinder::MentionFinder() = default;
MentionFinder::~MentionFinder() = default;
MentionFinder::MentionFinder(MentionFinder&&) noexcept = default;
MentionFinder& MentionFinder::operator=(MentionFinder&&) noexcept = default;

Result<MentionFinder> MentionFinder::make(const Codebook& book, const Gazetteer& gazetteer) {
  auto quantities = QuantityFinder::make(book);
  if (!quantities) return tl::unexpected(quantities.error());
  auto times = TimeFinder::make(book);
  if (!times) return tl::unexpected(times.error());
  auto places = PlaceFinder::make(book, gazetteer);
  if (!places) return tl::unexpected(places.error());
  auto actors = ActorFinder::make(book, gazetteer);
  if (!actors) return tl::unexpected(actors.error());
  auto attributions = AttributionFinder::make(book);
  if (!attributions) return tl::unexpected(attributions.error());
  auto cues = CueFinder::make(book);
  if (!cues) return tl::unexpected(cues.error());
  MentionFinder out;
  out.impl_ = std::unique_ptr<const Impl>(new Impl{std::move(*quantities), std::move(*times), std::move(*places), std::move(*actors),
                                                   std::move(*attributions), std::move(*cues)});
  return out;
}

std::vector<Mentions> MentionFinder::find(const Document& document, const Text& text) const {
  // One finder over all sentences, then the next: its tables stay near, those of all finders together do not.
  const std::size_t n = text.sentences.size();
  std::vector<Mentions> out(n);
  std::vector<std::vector<Place>> places = impl_->places.find_all(text, document);  // namesakes are settled by the whole document
  for (std::size_t i = 0; i < n; ++i) out[i].quantities = impl_->quantities.find(text, document, text.sentences[i]);
  std::vector<std::vector<Time>> times = impl_->times.find_all(text, document);  // one is counted from another before it
  for (std::size_t i = 0; i < n; ++i) {
    out[i].times = std::move(times[i]);
    out[i].places = std::move(places[i]);
    out[i].actors = impl_->actors.find(text, document, text.sentences[i]);
    mark_name_parts(out[i].places, out[i].actors);
  }
  for (std::size_t i = 0; i < n; ++i) {
    out[i].attributions = impl_->attributions.find(document, text, text.sentences[i], out[i].actors);
  }
  for (std::size_t i = 0; i < n; ++i) out[i].cues = impl_->cues.find(text, text.sentences[i]);
  return out;
}

}  // namespace litopys
