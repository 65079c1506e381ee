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
  std::vector<Mentions> out;
  out.reserve(text.sentences.size());
  std::vector<std::vector<Place>> places = impl_->places.find_all(text, document);  // namesakes are settled by the whole document
  for (std::size_t i = 0; i < text.sentences.size(); ++i) {
    const Sentence& sentence = text.sentences[i];
    Mentions& m = out.emplace_back();
    m.quantities = impl_->quantities.find(text, document, sentence);
    m.times = impl_->times.find(text, document, sentence);
    m.places = std::move(places[i]);
    m.actors = impl_->actors.find(text, document, sentence);
    mark_name_parts(m.places, m.actors);
    m.attributions = impl_->attributions.find(document, text, sentence, m.actors);
    m.cues = impl_->cues.find(text, sentence);
  }
  return out;
}

}  // namespace litopys
