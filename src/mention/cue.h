// Words of the codebook in a sentence, for the reader of measures and for `why`.
//
// Kinds of rows (codebooks/passportization/cues-*.toml and concepts-*.toml):
//   cue      gives = a measure's id: a frame that by itself speaks for that measure ("handed out ..3 passports")
//   subject  gives = a word class that marks the campaign itself: "passport", "citizenship"
//   setting  gives = a word class that ties a text to the campaign's place and actors: "occupier", "occupied-land"
//   concept  gives = a word class that rows of several languages share: "hospital", "refuse". What was learned on one language's
//            words holds for the others' (reader/features.h)
//   stance, target-group, slot-word   for the slots of a claim (claim/stance.h, target.h, scene.h); the reader does not look at them
#pragma once

#include <array>
#include <vector>

#include "base/result.h"
#include "codebook/codebook.h"
#include "mention/mention.h"
#include "text/lexicon.h"
#include "text/text.h"

namespace litopys {

// Immutable after make; threads may share one.
class CueFinder {
 public:
  // kConfig for a pattern that cannot be parsed, with file and line.
  [[nodiscard]] static Result<CueFinder> make(const Codebook& book);

  // All hits in one sentence by first token, overlapping ones included; a row that fires twice on the same words is given once. Empty
  // for a language without rows. Linear in the sentence.
  [[nodiscard]] std::vector<Cue> find(const Text& text, const Sentence& sentence) const;

 private:
  std::array<Lexicon, 3> lexicons_;  // by Language: en, uk, ru
};

}  // namespace litopys
