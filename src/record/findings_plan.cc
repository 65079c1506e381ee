// What became of a plan, as each side tells it.
#include <algorithm>
#include <array>
#include <map>

#include "record/findings.h"

namespace litopys {
namespace {

enum class Outcome : unsigned char { none, met, missed };

class Plans {
 public:
  Plans(const Evidence& evidence, const CompletionWords& words, std::vector<FindingDraft>& out)
      : facts_(evidence.facts), voices_(evidence.voices), words_(words), out_(out) {}

  void find() {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<FactId>> outcomes, plans;
    for (FactId v : voices_) {
      const Fact& f = facts_.all[v];
      if (is_plan(f)) plans[{f.place, f.group}].push_back(v);
      if (facts_.counted(f) && f.form == FactTime::total) outcomes[{f.place, f.group}].push_back(v);
    }
    for (const auto& [where, list] : plans) {
      const auto found = outcomes.find(where);
      if (found == outcomes.end()) continue;
      for (FactId plan : list) decide(plan, found->second);
    }
  }

 private:
  static bool counts(const Fact& f) {
    return f.whole_interval &&
           (f.unit == Unit::passport || f.unit == Unit::person || f.unit == Unit::application || f.unit == Unit::percent);
  }
  static bool has_goal(const Fact& f) { return counts(f) && f.bound != Bound::under && f.bound != Bound::at_most; }

  bool is_plan(const Fact& f) const {
    if (f.measure != facts_.measures.target && f.measure != facts_.measures.deadline) return false;
    if (f.stance != Stance::planned && f.stance != Stance::asserted) return false;
    return f.form == FactTime::total || has_goal(f);
  }

  void decide(FactId plan_id, const std::vector<FactId>& outcomes) {
    const Fact& plan = facts_.all[plan_id];
    const DayRange told = facts_.published(plan);
    if (!told.known()) return;
    std::array<bool, Names<Side>::all.size()> decided{};
    for (auto at = std::upper_bound(outcomes.begin(), outcomes.end(), plan_id); at != outcomes.end(); ++at) {
      const Fact& outcome = facts_.all[*at];
      bool& side = decided[static_cast<std::size_t>(outcome.side)];
      const DayRange published = facts_.published(outcome);
      if (side || !published.known() || published.last <= told.last) continue;
      const Outcome is = outcome_of(plan, *at);
      if (is == Outcome::none) continue;
      side = true;
      out_.push_back({is == Outcome::met ? FindingKind::plan_met : FindingKind::plan_missed, {plan_id, *at}, ""});
    }
  }

  Outcome outcome_of(const Fact& plan, FactId id) const {
    const Fact& outcome = facts_.all[id];
    const bool dated = plan.form == FactTime::total;
    const DayNumber due = dated ? plan.time.last : kEndless;
    const DayRange day = facts_.standing(outcome);
    const bool in_time = !dated || day.last <= due + kNear;
    if (outcome.stance == Stance::denied) {
      const bool issuing = plan.measure == facts_.measures.target && outcome.measure == facts_.measures.issuance;
      const bool what = !outcome.has_figure || (plan.has_figure && outcome.value == plan.value && outcome.unit == plan.unit);
      const bool after = dated && facts_.published(outcome).first > due;
      return issuing && what && after && facts_.compatible(plan, outcome) ? Outcome::missed : Outcome::none;
    }
    if (outcome.stance != Stance::asserted) return Outcome::none;
    if (!outcome.has_figure)
      return !plan.has_figure && dated && in_time && is_completion(facts_, id, words_) ? Outcome::met : Outcome::none;
    if (!has_goal(plan) || !outcome.whole_interval || outcome.left_out || outcome.unit != plan.unit) return Outcome::none;
    const Amount goal = plan.bound == Bound::several || plan.bound == Bound::range ? plan.low : *Amount::of(plan.value);
    const bool told_value = outcome.bound == Bound::exact || outcome.bound == Bound::over || outcome.bound == Bound::at_least;
    const Amount reached = told_value ? std::max(outcome.low, *Amount::of(outcome.value)) : outcome.low;
    if (reached >= goal && day.last >= facts_.published(plan).last && in_time) return Outcome::met;
    if (dated && outcome.high < goal && day.last >= due) return Outcome::missed;
    return Outcome::none;
  }

  const Facts& facts_;
  const std::vector<FactId>& voices_;
  const CompletionWords& words_;
  std::vector<FindingDraft>& out_;
};

}  // namespace

void find_plans(const Evidence& evidence, const CompletionWords& words, std::vector<FindingDraft>& out) {
  Plans(evidence, words, out).find();
}

}  // namespace litopys
