// What people say of what was read: a review (a claim is right, wrong, or says otherwise in a slot) and a mark (a word on an item or a
// claim, to find it again). Each is an act of the custody log; its JSON lies in the evidence, and record.db follows it.
//
//   {"item": sha256, "id": "en-1", "number": 3, "read": {…as it was read}, "verdict": "corrected", "says": {…}, "by": …, "note": …}
//   {"item": sha256, "id": "en-1", "number": 0, "tag": "for the court", "removed": false, "by": …, "note": …}
//
// A claim is found again by its words, measure and figure as they were read, not by its number: another codebook or reader may number
// otherwise. What a review holds for right it holds for right whoever reads later; where nobody reads such a claim any more it says
// nothing.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "claim/claim.h"
#include "codebook/vocabulary.h"

namespace litopys {

// `open` takes an earlier review back.
enum class Verdict : unsigned char { right, wrong, corrected, open };
template <>
struct Names<Verdict> {
  static constexpr std::array<std::string_view, 4> all = {"right", "wrong", "corrected", "open"};
};

// What an act of a person is about.
struct ActSubject {
  std::string sha256;         // of the item
  std::string id;             // of the item then
  int number = 0;             // of the claim then; 0: the item as a whole
  std::optional<Claim> read;  // the claim as it was read; none: the item as a whole
};

struct Review {
  ActSubject about;
  Verdict verdict = Verdict::right;
  std::optional<Claim> says;  // of right and corrected: the claim as it should be
  std::string by, note;
};

struct Mark {
  ActSubject about;
  std::string tag;
  bool removed = false;  // takes the mark away
  std::string by, note;
};

// The act's JSON. `text` is the document's, for offsets in code points; why a claim was read so is left out.
[[nodiscard]] std::string json_of(const Review& review, std::string_view text);
[[nodiscard]] std::string json_of(const Mark& mark, std::string_view text);

// Nullopt for what json_of never wrote. Spans and reasons of claims are empty.
[[nodiscard]] std::optional<Review> review_of_json(std::string_view json);
[[nodiscard]] std::optional<Mark> mark_of_json(std::string_view json);

// One claim in two readings: the same words, measure and figure.
[[nodiscard]] bool same_claim(const Claim& a, const Claim& b);
// All that a review can say of them is the same.
[[nodiscard]] bool same_slots(const Claim& a, const Claim& b);
// `from` in all slots, with span, quote, confidence and reasons of `into`.
void take_slots(Claim& into, const Claim& from);

}  // namespace litopys
