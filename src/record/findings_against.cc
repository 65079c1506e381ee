// What cannot all be true: figures, denials, deadlines, completions.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/utf8.h"
#include "record/findings.h"
#include "record/range_index.h"

namespace litopys {
namespace {

constexpr std::int64_t kPairWork = 1'000'000'000;  // pairs that are looked at before the rest is given up

// Measures that do not tell what a denial denies.
constexpr std::array<std::string_view, 7> kUntold = {"legal-act", "legal-assessment", "motive", "guidance",
                                                     "remedy",    "propaganda",       "target"};

class Denials {
 public:
  Denials(const Evidence& evidence, std::vector<FindingDraft>& out) : facts_(evidence.facts), voices_(evidence.voices), out_(out) {}

  void find() {
    std::set<std::uint16_t> denied;
    for (FactId v : voices_) {
      if (facts_.all[v].stance == Stance::denied) denied.insert(facts_.all[v].measure);
    }
    for (FactId v : voices_) {
      const Fact& f = facts_.all[v];
      if (f.stance != Stance::asserted || !denied.contains(f.measure)) continue;
      by_published_[f.measure].add(facts_.published(f), v);
      if (f.form != FactTime::none) by_time_[f.measure].add(f.time, v);
      in_document_[f.document].push_back(v);
    }
    for (auto& [measure, index] : by_published_) index.build();
    for (auto& [measure, index] : by_time_) index.build();
    for (FactId v : voices_) {
      if (facts_.all[v].stance == Stance::denied && !cut_short()) denial(v);
    }
  }

  [[nodiscard]] bool cut_short() const { return work_ > kPairWork; }

 private:
  void denial(FactId id) {
    const Fact& denied = facts_.all[id];
    const std::string& measure = facts_.measures.names[denied.measure];
    if (std::find(kUntold.begin(), kUntold.end(), measure) != kUntold.end()) return;
    struct Best {
      DayNumber apart = kEndless;
      FactId fact = kNoFact;
    };
    std::array<Best, Names<Side>::all.size()> best{};
    const auto look = [&](FactId other_id) {
      const Fact& other = facts_.all[other_id];
      ++work_;
      if (!against(denied, other)) return;
      Best& side = best[static_cast<std::size_t>(other.side)];
      const DayNumber apart = facts_.apart_published(denied, other);
      if (side.fact == kNoFact || apart < side.apart || (apart == side.apart && other_id < side.fact)) side = {apart, other_id};
    };
    if (denied.form == FactTime::none) {
      const auto own = in_document_.find(denied.document);
      if (own != in_document_.end()) std::for_each(own->second.begin(), own->second.end(), look);
      by_published_[denied.measure].near(facts_.published(denied), kNear, look);
      by_time_[denied.measure].near(facts_.published(denied), kNear, look);
    } else {
      by_time_[denied.measure].near(denied.time, kNear, look);
    }
    for (const Best& side : best) {
      if (side.fact != kNoFact) out_.push_back({FindingKind::contradiction, {id, side.fact}, "denial"});
    }
  }

  bool against(const Fact& denied, const Fact& other) const {
    if (other.measure != denied.measure || other.originator == denied.originator) return false;
    if (denied.form != FactTime::none && other.form == FactTime::none) return false;
    if (denied.has_figure) {
      if (!other.has_figure || other.value != denied.value || other.unit != denied.unit) return false;
    } else if (facts_.counted(denied) && (other.form != FactTime::total || other.has_figure)) {
      return false;
    }
    return facts_.compatible(denied, other) && facts_.place_within(other.place, denied.place) &&
           facts_.group_within(other.group, denied.group);
  }

  const Facts& facts_;
  const std::vector<FactId>& voices_;
  std::vector<FindingDraft>& out_;
  std::map<std::uint16_t, RangeIndex> by_published_, by_time_;
  std::map<std::uint32_t, std::vector<FactId>> in_document_;
  std::int64_t work_ = 0;
};

}  // namespace

void find_figures(const Facts& facts, const System& system, const std::vector<Solved>& solved, std::vector<FindingDraft>& out,
                  std::vector<std::string>& notes) {
  std::set<std::vector<FactId>> seen;
  for (const Solved& side : solved) {
    const Conflicts conflicts = find_conflicts(system, side);
    for (const Conflict& set : conflicts.sets) {
      std::vector<FactId> key = set.facts;
      std::sort(key.begin(), key.end());
      const std::uint16_t measure = facts.all[key.front()].measure;
      const bool known_larger = key.size() > kLargestSet && std::any_of(seen.begin(), seen.end(), [&](const auto& s) {
                                  return s.size() > kLargestSet && facts.all[s.front()].measure == measure;
                                });
      if (!known_larger && seen.insert(key).second) out.push_back({FindingKind::contradiction, std::move(key), "figures", set.excess});
    }
    if (conflicts.cut_short) {
      notes.push_back("contradictions: the figures of " + std::string(side.side() ? name(*side.side()) : "all sides") +
                      " contradict each other in more ways than were searched; some of their sets of three to five claims are not listed");
    }
  }
}

void find_contradictions(const Evidence& evidence, const System& system, const std::vector<Solved>& solved, const CompletionWords& words,
                         std::vector<FindingDraft>& out, std::vector<std::string>& notes) {
  find_figures(evidence.facts, system, solved, out, notes);
  find_denials(evidence, out, notes);
  find_deadlines(evidence, out);
  find_completions(evidence, words, out);
  // A set is told once, by its first rule.
  std::set<std::vector<FactId>> told;
  std::erase_if(out, [&](const FindingDraft& f) {
    std::vector<FactId> key = f.facts;
    std::sort(key.begin(), key.end());
    return f.kind == FindingKind::contradiction && !told.insert(std::move(key)).second;
  });
}

void find_denials(const Evidence& evidence, std::vector<FindingDraft>& out, std::vector<std::string>& notes) {
  Denials denials(evidence, out);
  denials.find();
  if (denials.cut_short())
    notes.emplace_back("contradictions: more denials and assertions lie side by side than were compared; some are not listed");
}

void find_deadlines(const Evidence& evidence, std::vector<FindingDraft>& out) {
  const Facts& facts = evidence.facts;
  // By place and group, then by the date that is told.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::map<std::pair<DayNumber, DayNumber>, std::vector<FactId>>> told;
  for (FactId v : evidence.voices) {
    const Fact& f = facts.all[v];
    if (f.measure != facts.measures.deadline || f.stance == Stance::possible || f.stance == Stance::denied) continue;
    const When* when = facts.claim(f).when ? &*facts.claim(f).when : nullptr;
    const bool point = when != nullptr && f.form == FactTime::closed && !when->interval;
    if (f.form != FactTime::total && !point) continue;
    told[{f.place, f.group}][{f.time.first, f.time.last}].push_back(v);
  }
  for (const auto& [where, dates] : told) {
    for (auto a = dates.begin(); a != dates.end(); ++a) {
      for (auto b = std::next(a); b != dates.end(); ++b) {
        const DayRange x{a->first.first, a->first.second}, y{b->first.first, b->first.second};
        if (x.contains(y) || y.contains(x)) continue;
        const DayNumber earlier = std::min(x.last, y.last);
        const auto in_time = [&](FactId f) { return facts.published(facts.all[f]).last <= earlier; };
        std::pair<FactId, FactId> best{kNoFact, kNoFact};  // the later, the earlier claim
        for (FactId f : a->second) {
          if (!in_time(f) || f > best.first) break;  // publications rise in order
          for (FactId g : b->second) {
            if (!in_time(g) || g > best.first) break;
            const Fact& one = facts.all[f];
            const Fact& two = facts.all[g];
            if (one.originator == two.originator && one.document == two.document) continue;
            best = std::min(best, std::pair{std::max(f, g), std::min(f, g)});
          }
        }
        if (best.first != kNoFact) out.push_back({FindingKind::contradiction, {best.second, best.first}, "deadline"});
      }
    }
  }
}

CompletionWords::CompletionWords(const Codebook& book) {
  for (RowId id : book.rows_of("completion")) {
    const Row& row = book.rows[id];
    for (std::string word : row.words) {
      if (word.ends_with('*')) word.pop_back();
      (row.gives == "done" ? done_ : almost_).push_back(utf8::lowered(word));
    }
  }
}

bool CompletionWords::completed(std::string_view quote) const {
  bool done = false;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return false;
    done = done || std::any_of(done_.begin(), done_.end(), [&](const std::string& begin) { return word.starts_with(begin); });
    const bool almost = std::find(almost_.begin(), almost_.end(), word) != almost_.end();
    word.clear();
    return almost;
  };
  for (std::size_t i = 0; i < quote.size();) {
    const utf8::Decoded d = utf8::decode(quote, i);
    i += d.size;
    if (utf8::is_letter(d.value)) {
      utf8::append(word, utf8::lower(d.value));
    } else if (end_word()) {
      return false;
    }
  }
  return !end_word() && done;
}

bool is_completion(const Facts& facts, FactId voice, const CompletionWords& words) {
  const Fact& f = facts.all[voice];
  return f.measure == facts.measures.issuance && f.stance == Stance::asserted && f.form == FactTime::total && !f.has_figure &&
         facts.groups[f.group].members.empty() && words.completed(facts.claim(f).quote);
}

void find_completions(const Evidence& evidence, const CompletionWords& words, std::vector<FindingDraft>& out) {
  const Facts& facts = evidence.facts;
  std::map<std::uint32_t, std::vector<FactId>> going_on;  // by place: periods in which passports were issued
  for (FactId v : evidence.voices) {
    const Fact& f = facts.all[v];
    if (f.measure != facts.measures.issuance || f.stance != Stance::asserted) continue;
    if (f.form == FactTime::closed || f.form == FactTime::since) going_on[f.place].push_back(v);
  }
  for (FactId v : evidence.voices) {
    if (!is_completion(facts, v, words)) continue;
    const Fact& completion = facts.all[v];
    FactId first = kNoFact;
    for (const auto& [place, periods] : going_on) {
      if (!facts.place_within(place, completion.place)) continue;
      for (auto at = std::upper_bound(periods.begin(), periods.end(), v); at != periods.end() && *at < first; ++at) {
        if (facts.all[*at].time.first > completion.time.last) first = *at;
      }
    }
    if (first != kNoFact) out.push_back({FindingKind::contradiction, {v, first}, "completed"});
  }
}

Opposed::Opposed(const std::vector<FindingDraft>& findings) {
  for (const FindingDraft& f : findings) {
    if (f.kind != FindingKind::contradiction) continue;
    for (std::size_t i = 0; i < f.facts.size(); ++i) {
      for (std::size_t j = i + 1; j < f.facts.size(); ++j) pairs_.insert(key(f.facts[i], f.facts[j]));
    }
  }
}

}  // namespace litopys
