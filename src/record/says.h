// Findings in plain words, English and Ukrainian: one sentence that a journalist could print, and the steps behind it.
#pragma once

#include "codebook/codebook.h"
#include "codebook/gazetteer.h"
#include "record/findings.h"
#include "record/names.h"
#include "record/record.h"
#include "record/wording.h"

namespace litopys {

class Teller {
 public:
  // Keeps references.
  Teller(const Evidence& evidence, const Actors& actors, const Codebook& book, const Gazetteer& gazetteer)
      : facts_(evidence.facts), actors_(actors), en_(book, gazetteer, Language::en), uk_(book, gazetteer, Language::uk) {}

  [[nodiscard]] Finding tell(const FindingDraft& draft) const;

 private:
  struct Tongue;  // a finding's words in one language

  const Facts& facts_;
  const Actors& actors_;
  Wording en_, uk_;
};

}  // namespace litopys
