// Findings in plain words, English or Ukrainian: one sentence that a journalist could print, and the steps behind it.
#pragma once

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/findings.h"
#include "record/names.h"
#include "record/record.h"
#include "record/wording.h"

namespace litopys {

// Keeps what it said of a place and of the claims of the finding at hand, since a finding tells them more than once: one thread at a time.
class Teller {
 public:
  // Keeps references. `language`: Ukrainian, or English for any other.
  Teller(const Facts& facts, const Actors& actors, const Codebook& book, const Gazetteer& gazetteer, Language language)
      : facts_(facts), actors_(actors), words_(book, gazetteer, language), uk_(language == Language::uk), places_(facts.places.size()) {}

  [[nodiscard]] Finding tell(const FindingDraft& draft);

 private:
  struct Said;  // the words of one finding

  [[nodiscard]] const std::string& place(const Fact& fact);

  const Facts& facts_;
  const Actors& actors_;
  Wording words_;
  bool uk_;
  std::vector<std::optional<std::string>> places_;
};

}  // namespace litopys
