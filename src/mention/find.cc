// The finders in the order in which they lean on each other: actors before attributions, the rest independent.
#include "mention/find.h"

#include "mention/attribution.h"
#if __has_include("mention/actor.h")
#include "mention/actor.h"
#endif
#if __has_include("mention/place.h")
#include "mention/place.h"
#endif
#if __has_include("mention/quantity.h")
#include "mention/quantity.h"
#endif
#if __has_include("mention/time.h")
#include "mention/time.h"
#endif
#if __has_include("mention/cue.h")
#include "mention/cue.h"
#endif

namespace litopys {
namespace {
struct None {
  template <class... A>
  static Result<None> make(const A&...) {
    return None{};
  }
};
}  // namespace

#if !__has_include("mention/actor.h")
struct ActorFinder : None {
  std::vector<Actor> find(const Text&, const Document&, const Sentence&) const { return {}; }
  static Result<ActorFinder> make(const Codebook&, const Gazetteer&) { return ActorFinder{}; }
};
#endif
#if !__has_include("mention/place.h")
struct PlaceFinder : None {
  std::vector<Place> find(const Text&, const Document&, const Sentence&) const { return {}; }
  static Result<PlaceFinder> make(const Codebook&, const Gazetteer&) { return PlaceFinder{}; }
};
#endif
#if !__has_include("mention/quantity.h")
struct QuantityFinder : None {
  std::vector<Quantity> find(const Text&, const Document&, const Sentence&) const { return {}; }
  static Result<QuantityFinder> make(const Codebook&) { return QuantityFinder{}; }
};
#endif
#if !__has_include("mention/time.h")
struct TimeFinder : None {
  std::vector<Time> find(const Text&, const Document&, const Sentence&) const { return {}; }
  static Result<TimeFinder> make(const Codebook&) { return TimeFinder{}; }
};
#endif
#if !__has_include("mention/cue.h")
struct CueFinder : None {
  std::vector<Cue> find(const Text&, const Sentence&) const { return {}; }
  static Result<CueFinder> make(const Codebook&) { return CueFinder{}; }
};
#endif

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
  for (const Sentence& sentence : text.sentences) {
    Mentions& m = out.emplace_back();
    m.quantities = impl_->quantities.find(text, document, sentence);
    m.times = impl_->times.find(text, document, sentence);
    m.places = impl_->places.find(text, document, sentence);
    m.actors = impl_->actors.find(text, document, sentence);
    m.attributions = impl_->attributions.find(document, text, sentence, m.actors);
    m.cues = impl_->cues.find(text, sentence);
  }
  return out;
}

}  // namespace litopys
