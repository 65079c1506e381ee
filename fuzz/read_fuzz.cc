// Any bytes through the whole way of a report, with the codebook, the gazetteer and the light model as they are delivered: mentions,
// attributions and claims keep their laws, and what is printed is read back as it was. Words get no dictionary, so that a run is fast. The
// gate of topics is not asked for the mentions: whatever a text is about, they must be sound.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "claim/json.h"
#include "claim/pipeline.h"
#include "law.h"

namespace {

using namespace litopys;
using fuzz::require;

const Resources& resources() {
  static const std::shared_ptr<const Resources> loaded = [] {
    ResourcePaths paths = default_paths();
    paths.morphology = LITOPYS_SOURCE_DIR "/fuzz/no-dictionaries";
    paths.careful.clear();
    auto out = load_resources(paths);
    if (!out) {
      std::fprintf(stderr, "%s\n", out.error().line().c_str());
      std::abort();
    }
    return *std::move(out);
  }();
  return *loaded;
}

std::string printed_form(const ClaimDocument& document) {
  std::string out;
  append_json(out, document);
  return out;
}

void check_mentions(const Sentence& sentence, const Mentions& found) {
  const auto inside = [&](const Span& span) { return span.begin < span.end && sentence.span.covers(span); };
  for (const Quantity& each : found.quantities) {
    require(inside(each.span) && inside(each.number) && each.span.covers(each.number), "a number lies in its sentence");
    require(each.high.has_value() == (each.bound == Bound::range), "a range has two values");
  }
  for (const Time& each : found.times) {
    require(inside(each.span), "a time lies in its sentence");
    require(!each.when || When::parse(each.when->str()) == each.when, "a time is read back");
  }
  for (const Place& each : found.places) {
    require(inside(each.span), "a place lies in its sentence");
    require(!each.codes.empty(), "a place has a code");
  }
  for (const Actor& each : found.actors) {
    require(inside(each.span) && inside(each.with_title) && each.with_title.covers(each.span), "a name lies in its title");
    require(!each.name.empty(), "an actor has a name");
  }
  for (const Attribution& each : found.attributions) {
    require(inside(each.frame), "a frame lies in its sentence");
    require(each.whole_sentence || inside(each.scope), "what is reported lies in its sentence");
    for (const Actor& actor : each.chain) require(inside(actor.span), "a voice lies in its sentence");
  }
  for (const Cue& each : found.cues) require(inside(each.span) && each.token_count > 0, "a cue lies in its sentence");
}

void check_claim(const Claim& claim, const std::string& text) {
  require(claim.span.begin < claim.span.end && claim.span.end <= text.size(), "a claim lies in the text");
  require(claim.quote == text.substr(claim.span.begin, claim.span.end - claim.span.begin), "a quote is the text's");
  require(!claim.measure.empty(), "a claim has a measure");
  if (claim.figure) {
    require(claim.quote.find(claim.figure->text) != std::string::npos, "a figure stands in its quote");
    require(claim.figure->value2.has_value() == (claim.figure->bound == Bound::range), "a range has two values");
  }
  require(std::is_sorted(claim.places.begin(), claim.places.end()), "places are sorted");
  require(std::adjacent_find(claim.places.begin(), claim.places.end()) == claim.places.end(), "no place is twice");
  require(!claim.when || When::parse(claim.when->str()) == claim.when, "a time is read back");
  require(claim.confidence >= 0 && claim.confidence <= 1, "confidence is a share");
  for (const Why& why : claim.why) {
    require(!why.slot.empty(), "a why has a slot");
    for (const Span& span : why.spans) require(span.begin <= span.end && span.end <= text.size(), "a why lies in the text");
  }
}

}  // namespace

// Loaded before the clock of the first input runs.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  (void)resources();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 8192) return 0;  // longer texts repeat what shorter ones do
  const Item item{"fuzz", "fuzz", std::string(reinterpret_cast<const char*>(data), size)};
  const auto document = read_document(item, resources());
  const auto whole = read_item(item, resources());
  require(document.has_value() == whole.has_value(), "the stages refuse what the whole refuses");
  if (!document) return 0;
  const Text text = analyse(*document, resources());
  const std::vector<Mentions> mentions = find_mentions(*document, text, resources());
  require(mentions.size() == text.sentences.size(), "each sentence has its mentions");
  for (std::size_t i = 0; i < mentions.size(); ++i) check_mentions(text.sentences[i], mentions[i]);

  const ClaimDocument claims = claims_of(*document, text, mentions, judge(*document, text, mentions, resources()), resources());
  for (const Claim& claim : claims.claims) check_claim(claim, claims.text);
  const std::string printed = printed_form(claims);
  require(printed == printed_form(*whole), "the stages give what the whole gives");
  const auto again = parse_claim_document(printed, "fuzz");
  require(again.has_value() && printed_form(*again) == printed, "parse(print(d)) is d");
  return 0;
}
