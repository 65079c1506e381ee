// How what the rules say of a claim's targets is weighed with what the encoder thinks of each group and with what annotators give the
// measure (kind `weights`, row `targets`, made by tools/slots/fit_target.py): a group is one of them where the sum of its signs is above
// zero.
//
// Signs of a group, by name: `said` the rules name it; `named` a word of the sentence does; `general` a word for people at large does;
// `away` a word does that stands with another measure; `earlier` the claim before has it; `nobody` no word names a group of its own;
// `without` a word names those without the passport; `reader` the encoder's logit; and the measure's id.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "reader/reader.h"

namespace litopys {

// What the rules found of one claim.
struct TargetSigns {
  MeasureId measure = 0;
  std::vector<TargetId> said, named, general, away, earlier;
  bool without = false;
};

struct TargetWeights {
  struct Of {
    float bias = 0, said = 0, reader = 0, named = 0, general = 0, away = 0, earlier = 0, nobody = 0, without = 0;
    std::vector<float> measure;  // by MeasureId
  };
  std::vector<Of> of;  // by TargetId; zeros where the row has nothing: the rules alone decide

  // From words "GROUP=bias", "GROUP.SIGN=weight"; what names no group or sign of `book` is passed over.
  [[nodiscard]] static TargetWeights of_words(const std::vector<std::string>& words, const Codebook& book);

  // The groups in the codebook's order; nullopt where the encoder did not look.
  [[nodiscard]] std::optional<std::vector<TargetId>> weighed(const TargetSigns& signs, const SentenceReading& reading,
                                                             const Codebook& book) const;
};

}  // namespace litopys
