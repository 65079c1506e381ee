// How what the rules say of a claim's targets is weighed with what the encoder thinks of each group (kind `weights`, row `targets`, made by
// tools/slots/fit_target.py): a group is one of them where bias + said (if the rules name it) + reader * logit is above zero.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codebook/codebook.h"
#include "reader/reader.h"

namespace litopys {

struct TargetWeights {
  struct Of {
    float bias = 0, said = 0, reader = 0;
  };
  std::vector<Of> of;  // by TargetId; zeros where the row has nothing: the rules alone decide

  // From words "GROUP=bias", "GROUP.said=weight", "GROUP.reader=weight"; what names no group of `book` is passed over.
  [[nodiscard]] static TargetWeights of_words(const std::vector<std::string>& words, const Codebook& book);

  // The groups in the codebook's order; nullopt where the encoder did not look.
  [[nodiscard]] std::optional<std::vector<TargetId>> weighed(const std::vector<TargetId>& said, const SentenceReading& reading,
                                                             const Codebook& book) const;
};

}  // namespace litopys
