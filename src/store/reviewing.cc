#include "store/reviewing.h"

#include <charconv>
#include <optional>

namespace litopys {
namespace {

tl::unexpected<Error> no_such_claim(std::string_view name) {
  return fail(ErrorKind::kUsage, std::string(name), {}, "the casebook has no item and no claim of this name",
              "name an item (en-1) or a claim (en-1#3), as litopys claims shows them");
}

Result<ActSubject> item_named(Store& record, std::string_view id, std::string_view name) {
  const Result<std::vector<Sighting>> sightings = record.sightings(id);
  if (!sightings) return tl::unexpected<Error>(sightings.error());
  if (sightings->empty()) return no_such_claim(name);
  return ActSubject{sightings->front().facts.sha256, sightings->front().facts.id, 0, std::nullopt};
}

// Text that offsets in the act's JSON count in.
Result<std::string> text_for(Store& record, const ActSubject& about) {
  if (!about.read) return std::string();
  return record.text_of(about.id);
}

}  // namespace

Result<ClaimRow> claim_named(Store& record, std::string_view name) {
  const std::size_t hash = name.rfind('#');
  int number = 0;
  const char* end = name.data() + name.size();
  if (hash == std::string_view::npos) return no_such_claim(name);
  if (const auto [at, error] = std::from_chars(name.data() + hash + 1, end, number); error != std::errc() || at != end)
    return no_such_claim(name);
  ClaimFilter filter;
  filter.document = std::string(name.substr(0, hash));
  filter.with_wrong = true;
  std::optional<ClaimRow> out;
  const auto asked = record.claims(filter, [&](const ClaimRow& row) {
    if (row.number == number) out = row;
    return !out;
  });
  if (!asked) return tl::unexpected<Error>(asked.error());
  if (!out) return no_such_claim(name);
  return *std::move(out);
}

Result<ActSubject> subject_of(Store& record, const ClaimRow& claim) {
  Result<ActSubject> out = item_named(record, claim.document, claim.document);
  if (!out) return out;
  out->number = claim.number;
  out->read = claim.read ? *claim.read : claim.claim;
  return out;
}

Result<ActSubject> subject_named(Store& record, std::string_view name) {
  // An item's id may have a # of its own.
  if (Result<ActSubject> whole = item_named(record, name, name); whole || whole.error().kind != ErrorKind::kUsage) return whole;
  const Result<ClaimRow> claim = claim_named(record, name);
  if (!claim) return tl::unexpected<Error>(claim.error());
  return subject_of(record, *claim);
}

Result<std::uint64_t> note_review(Casebook& casebook, const Review& review) {
  const Result<std::string> text = text_for(casebook.record(), review.about);
  if (!text) return tl::unexpected<Error>(text.error());
  const std::string json = json_of(review, *text);
  if (!review_of_json(json)) {
    return fail(ErrorKind::kUsage, review.about.id + "#" + std::to_string(review.about.number), {}, "this review could not be read back",
                "correct the slots that the guide does not know: litopys claims --json shows them");
  }
  return casebook.note({Act::reviewed, json});
}

Result<std::uint64_t> note_mark(Casebook& casebook, const Mark& mark) {
  const Result<std::string> text = text_for(casebook.record(), mark.about);
  if (!text) return tl::unexpected<Error>(text.error());
  const std::string json = json_of(mark, *text);
  if (!mark_of_json(json)) return fail(ErrorKind::kUsage, mark.about.id, {}, "this mark could not be read back", "name a word for it");
  return casebook.note({Act::marked, json});
}

}  // namespace litopys
