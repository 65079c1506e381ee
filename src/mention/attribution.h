// Who is made to speak in a sentence: frames that give content to a voice.
//
//   finder.find(document, text, sentence, actors)
//   "Fedorov told Ukrinform that ..."            chain {Ivan Fedorov, Ukrinform}
//   «За словами мера, ...»                       chain {мера}, an office; voices() finds whom it means
//   "..., she added"                             chain {}, pronoun
//   "According to ISW, Putin claimed that ..."   chain {Putin, ISW}, credence distanced
//
// Rows (codebooks/passportization/reporting-*.toml), kind: what `gives` says
//   reporting     say | weak | judge | by | by-pronoun | by-after | cite | relay | back | document | hearsay | silent; options credence, at
//   = "start" speaker       a side or nothing; option kind = person | office | body | outlet | nameless | notice speaker-side  a side
//   speech-word pronoun | he | it | be | not-speaker | first-person | relative | that | determiner | aside | preposition | clause |
//   name-link
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "page/document.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one.
class AttributionFinder {
 public:
  AttributionFinder();
  ~AttributionFinder();
  AttributionFinder(AttributionFinder&&) noexcept;
  AttributionFinder& operator=(AttributionFinder&&) noexcept;

  // kConfig errors name the row's file and line.
  [[nodiscard]] static Result<AttributionFinder> make(const Codebook& book);

  // The frames of one sentence by place. `actors` are those of this sentence, by span.begin. The chain holds actors as they stand in
  // the sentence (voices() finds the fullest name); an office or nameless speaker that `actors` lacks is made here. An attribution
  // with an empty chain and no `pronoun` is a nameless voice ("it was reported"); row "…back" reports what stands before.
  // Linear in the sentence times the number of its frames (at most 16 are kept).
  [[nodiscard]] std::vector<Attribution> find(const Document& document, const Text& text, const Sentence& sentence,
                                              const std::vector<Actor>& actors) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// The row id that a back reference carries ("Про це розповів мер"): Attribution::row ends so.
inline constexpr std::string_view kBackRow = ".back";
// The row id of a remark that a voice did not say something ("he named no figure"): the document's own word.
inline constexpr std::string_view kSilentRow = ".silent";
// The row id of what a notice, poster or sheet says: nobody's name stands on it, those in power put it up.
inline constexpr std::string_view kNoticeRow = ".notice";

}  // namespace litopys
