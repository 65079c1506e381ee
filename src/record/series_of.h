// Series: the asserted figures of one measure, place, unit and group, and the bands that each side's claims leave.
#pragma once

#include <functional>
#include <vector>

#include "record/names.h"
#include "record/record.h"
#include "record/system.h"
#include "record/utterance.h"
#include "record/words.h"

namespace litopys {

// "s:" and the statement's first claim.
[[nodiscard]] std::string statement_id(const Facts& facts, const StatementDraft& draft);

class SeriesMaker {
 public:
  // Keeps references.
  SeriesMaker(const Facts& facts, const Actors& actors, const std::vector<StatementDraft>& statements, const System& system,
              const std::vector<Solved>& solved)
      : facts_(facts), actors_(actors), statements_(statements), system_(system), solved_(solved) {}

  // By measure, place, unit and group. `voices` ascending.
  void each(const std::vector<FactId>& voices, const std::function<void(RecordSeries&&)>& visit) const;

 private:
  [[nodiscard]] RecordSeries one(const std::vector<FactId>& list) const;
  void put_bands(const std::vector<FactId>& list, RecordSeries& out) const;

  const Facts& facts_;
  const Actors& actors_;
  const std::vector<StatementDraft>& statements_;
  const System& system_;
  const std::vector<Solved>& solved_;
};

}  // namespace litopys
